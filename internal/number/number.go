// Package number gives out business numbers for people: RZ2026000123. Inside the
// program rows are known by UUID; a number is what one reads out on the telephone.
package number

import (
	"fmt"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// Kinds of numbers, by the initials of the Chinese word.
const (
	Organisation = "JG" // 机构
	Asset        = "ZC" // 资产
	Valuation    = "PG" // 评估
	Need         = "RZ" // 融资
	Product      = "CP" // 产品
	Bid          = "BJ" // 报价
	Pledge       = "ZY" // 质押
	Loan         = "DK" // 贷款
	Repayment    = "HK" // 还款
	Enrolment    = "BA" // 备案
	Claim        = "BC" // 补偿
	Payout       = "BF" // 拨付
	Recovery     = "ZK" // 追款
	Receipt      = "SK" // 收款
	Objection    = "YY" // 异议
	Notice       = "GG" // 公告
	Policy       = "ZD" // 政策
	Subsidy      = "TX" // 贴息补助
)

// Next gives out the next number of a kind in the year of the transaction. Numbers of
// transactions that roll back are given out again.
func Next(tx postgres.Tx, kind string) (string, error) {
	year := calendar.DateOf(tx.Now()).Year()
	last, err := next(tx, kind, year)
	return fmt.Sprintf("%s%04d%06d", kind, year, last), err
}
