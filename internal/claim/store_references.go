package claim

import (
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

func references(tx postgres.Tx) (out []ledger.Reference, err error) {
	err = tx.Gorm().Raw(`
		select 'approve_claim' as kind, number as reference, approved as amount from claim where approved is not null
		union all select 'pay', number, amount from claim_payout
		union all select 'claw_back', number, clawed_back from claim where clawed_back > 0
		union all select 'recover', r.number, r.fund_part from recovery_receipt r join recovery_transfer t on t.receipt_id = r.id
		union all select 'write_off', number, written_off from recovery where written_off > 0`).Scan(&out).Error
	return out, err
}
