package number

import "ippledge/internal/platform/postgres"

func next(tx postgres.Tx, prefix string, year int) (last int, err error) {
	err = tx.Gorm().Raw(`insert into business_number (prefix, year, last) values (?, ?, 1)
		on conflict (prefix, year) do update set last = business_number.last + 1 returning last`, prefix, year).Scan(&last).Error
	return last, err
}
