package claim

import (
	"context"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Followed is a claim on the borrower's own loan as the borrower may know it: where it
// stands, what was paid and what came back. What bank, reviewers and experts said isn't
// the borrower's to read.
type Followed struct {
	ClaimNumber    string            `json:"claim_number"`
	LoanID         uuid.UUID         `json:"loan_id"`
	LoanNumber     string            `json:"loan_number"`
	BankName       string            `json:"bank_name"`
	Status         Status            `json:"status"`
	StatusText     string            `json:"status_text" gorm:"-"`
	SubmittedAt    *time.Time        `json:"submitted_at,omitempty"`
	EligibleLoss   money.Amount      `json:"eligible_loss" doc:"合格损失"`
	Approved       *money.Amount     `json:"approved,omitempty"`
	ApprovedOn     *calendar.Date    `json:"approved_on,omitempty"`
	Paid           money.Amount      `json:"paid" doc:"基金已向银行拨付"`
	Outstanding    money.Amount      `json:"outstanding" doc:"本企业目前尚欠的贷款本金"`
	PublicityID    *uuid.UUID        `json:"publicity_id,omitempty" doc:"最近一次公示"`
	RecoveryNumber string            `json:"recovery_number"`
	RecoveryStatus *RecoveryStatus   `json:"recovery_status,omitempty"`
	Recovered      money.Amount      `json:"recovered" doc:"追偿净回款累计"`
	Surplus        money.Amount      `json:"surplus" doc:"应退还出质人的余款"`
	WrittenOffOn   *calendar.Date    `json:"written_off_on,omitempty"`
	Receipts       []FollowedReceipt `json:"receipts" nullable:"false" gorm:"-"`
}

// FollowedReceipt is money that came in towards the borrower's debt.
type FollowedReceipt struct {
	Number     string        `json:"number"`
	ReceivedOn calendar.Date `json:"received_on"`
	Source     string        `json:"source" enum:"auction,debtor,guarantor,execution,bankruptcy,other"`
	Gross      money.Amount  `json:"gross"`
	Costs      money.Amount  `json:"costs"`
	Net        money.Amount  `json:"net" doc:"冲减债务的净额（含退还出质人的余款）"`
}

// Follow is what became of the claims on an enterprise's own loans.
func (s *Service) Follow(ctx context.Context, actor authz.Actor) (out []Followed, err error) {
	if err := actor.Allowed(authz.LoanRead); err != nil {
		return nil, err
	}
	if actor.OrgKind != authz.Enterprise {
		return nil, fault.New(fault.Denied, "permission_denied", "本页供借款企业查看本企业贷款的补偿与追偿")
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		out, err = followed(tx, actor.OrgID)
		return err
	})
	return out, err
}
