package claim

import (
	"github.com/google/uuid"

	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// TableName is the table of payments that the bank sent back.
func (PaymentFailure) TableName() string { return "claim_payment_failure" }

func insertFailure(tx postgres.Tx, f PaymentFailure) error { return tx.Gorm().Create(&f).Error }

func failuresOf(tx postgres.Tx, id uuid.UUID) (out []PaymentFailure, err error) {
	out = []PaymentFailure{}
	err = tx.Gorm().Where("claim_id = ?", id).Order("reported_at, id").Find(&out).Error
	return out, err
}

func byNumber(tx postgres.Tx, number string) (Claim, error) {
	return take[Claim](tx.Gorm().Where("number = ?", number), fault.InField("number", "claim_not_found", "没有申请号为“%.30s”的补偿申请", number))
}

// voucherUsed tells whether a payment of the claim already stands under a voucher.
func voucherUsed(tx postgres.Tx, id uuid.UUID, voucher string) (used bool, err error) {
	err = tx.Gorm().Raw("select exists (select 1 from claim_payout where claim_id = ? and voucher = ?)", id, voucher).Row().Scan(&used)
	return used, err
}
