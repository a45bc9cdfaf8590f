package fund

import (
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

// references reads the exposure of an enrolment from two witnesses: the audit trail says
// how it fell, step by step, and the row what is left. Their sum is what it entered with,
// so that a row changed behind the trail's back shows too. Exposure only falls, therefore
// the steps are put in order by it; a compensated enrolment's last rest went with the
// entry of its claim.
func references(tx postgres.Tx) (out []ledger.Reference, err error) {
	err = tx.Gorm().Raw(`
		with step as (
			select e.id, case a.action when 'enrolment.release' then 0 else (a.detail ->> 'exposure')::numeric end as exposure
			from audit_entry a join enrolment e on e.id::text = a.object_id
			where a.object_kind = 'enrolment' and a.result = 'ok' and a.action in ('enrolment.enrol', 'enrolment.exposure', 'enrolment.release')
		), change as (
			select id, exposure, lag(exposure) over (partition by id order by exposure desc) as before from step
		), fall as (
			select id, before - exposure as amount, row_number() over (partition by id order by exposure desc) as n from change where before > exposure
		), total as (
			select id, min(exposure) as rest, max(exposure) - min(exposure) as fallen from step group by id
		)
		select kind, number as reference, amount from fund_movement where status = 'posted'
		union all
		select 'enrol', e.number, case e.status when 'compensated' then coalesce(t.rest, 0) else e.exposure end + coalesce(t.fallen, 0)
		from enrolment e left join total t on t.id = e.id where e.enrolled_at is not null
		union all
		select 'exposure_down', e.number || '-' || f.n, f.amount from fall f join enrolment e on e.id = f.id`).Scan(&out).Error
	return out, err
}
