package audit

import (
	"gorm.io/gorm"

	"ippledge/internal/platform/postgres"
)

type sealRow struct {
	Seq     int64
	EntryID string
	Hash    string
}

func (sealRow) TableName() string { return "audit_seal" }

// sealSome takes a transaction-scoped advisory lock, so that two processes don't both
// append; the primary key of audit_seal would refuse the second one anyway.
func sealSome(tx postgres.Tx) (int, error) {
	g := tx.Gorm()
	if err := g.Exec("select pg_advisory_xact_lock(hashtext('audit_seal'))").Error; err != nil {
		return 0, err
	}
	var head sealRow
	if err := g.Order("seq desc").Limit(1).Find(&head).Error; err != nil {
		return 0, err
	}
	var rows []entryRow
	err := g.Where("not exists (select 1 from audit_seal s where s.entry_id = audit_entry.id)").
		Order("at, id").Limit(sealBatch).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	seals := make([]sealRow, len(rows))
	for i, r := range rows {
		hash, err := link(head.Hash, head.Seq+1, r)
		if err != nil {
			return 0, err
		}
		head = sealRow{Seq: head.Seq + 1, EntryID: r.ID.String(), Hash: hash}
		seals[i] = head
	}
	return len(seals), g.CreateInBatches(seals, 500).Error
}

func verify(tx postgres.Tx) (Report, error) {
	type sealed struct {
		Entry entryRow `gorm:"embedded"`
		Seq   int64
		Hash  string
	}
	var report Report
	prev, seq := "", int64(0)
	for {
		var rows []sealed
		err := tx.Gorm().Raw(`select e.*, s.seq, s.hash from audit_seal s left join audit_entry e on e.id = s.entry_id
			where s.seq > ? order by s.seq limit 2000`, seq).Scan(&rows).Error
		if err != nil {
			return report, err
		}
		if len(rows) == 0 {
			break
		}
		for _, r := range rows {
			if r.Seq != seq+1 {
				return broken(seq+1, "缺少第 %d 条串链记录", seq+1), nil
			}
			seq = r.Seq
			hash, err := link(prev, seq, r.Entry)
			if err != nil {
				return report, err
			}
			if hash != r.Hash {
				return broken(seq, "第 %d 条审计记录（%s）与链上的哈希不符", seq, r.Entry.ID), nil
			}
			prev = hash
		}
	}
	report = Report{OK: true, Sealed: seq, Head: prev}
	err := pending(tx.Gorm(), &report.Pending)
	return report, err
}

func pending(g *gorm.DB, n *int64) error {
	return g.Raw("select count(*) from audit_entry e where not exists (select 1 from audit_seal s where s.entry_id = e.id)").Scan(n).Error
}
