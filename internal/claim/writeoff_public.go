package claim

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// PublicWriteoff is a decided write-off as anybody may see it (domain §2.4, 公示). The
// court's number is public; no person is named.
type PublicWriteoff struct {
	ID             uuid.UUID     `json:"id"`
	RecoveryNumber string        `json:"recovery_number"`
	ClaimNumber    string        `json:"claim_number"`
	BorrowerName   string        `json:"borrower_name"`
	BankName       string        `json:"bank_name"`
	FundName       string        `json:"fund_name"`
	CompensatedOn  calendar.Date `json:"compensated_on"`
	Paid           money.Amount  `json:"paid" doc:"基金补偿金额"`
	Recovered      money.Amount  `json:"recovered" doc:"基金已追回"`
	WrittenOff     money.Amount  `json:"written_off" doc:"核销金额"`
	WrittenOffOn   calendar.Date `json:"written_off_on"`
	RulingText     string        `json:"ruling_text" doc:"追偿终结依据"`
	Reopened       bool          `json:"reopened" doc:"核销后又有回款，继续追偿"`
}

type writeoffRow struct {
	PublicWriteoff
	Status     RecoveryStatus
	RulingKind string
	RulingNo   string
	Bearers    []Bearer `gorm:"serializer:json"`
}

func (r writeoffRow) view() PublicWriteoff {
	v := r.PublicWriteoff
	v.Recovered = Recovery{Bearers: r.Bearers}.bearer(SeatFund).Recovered
	v.RulingText = wordOf(RulingKinds, r.RulingKind) + " " + r.RulingNo
	v.Reopened = r.Status == Reopened || r.Status == Completed
	return v
}

// Writeoffs is a page of the write-offs that were decided, shown to the public.
func (s *Service) Writeoffs(ctx context.Context, r page.Request) (out page.List[PublicWriteoff], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listWriteoffs(tx, r)
		out = page.ListOf(rows, writeoffRow.view)
		return err
	})
	return out, err
}
