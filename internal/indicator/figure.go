package indicator

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/state"
)

// Figure names a sum whose rows can be listed. Each has one source of rows
// (store_rows.go); whoever states the figure links to it with the same narrowing.
type Figure string

// The figures. Those of the fund count active funds; the last five count the whole city.
const (
	Balance    Figure = "balance"     // 托管余额
	Committed  Figure = "committed"   // 已核准未拨付
	Available  Figure = "available"   // 可用余额
	PaidIn     Figure = "paid_in"     // 实收资本
	Paid       Figure = "paid"        // 已拨补偿
	Recovered  Figure = "recovered"   // 追回
	ClawedBack Figure = "clawed_back" // 退回的补偿
	NetLoss    Figure = "net_loss"    // 净损失
	Enrolled   Figure = "enrolled"    // 在保余额
	Exposure   Figure = "exposure"    // 基金敞口
	NPL        Figure = "npl"         // 在保不良余额
	Ageing     Figure = "ageing"      // 在保逾期，part 为 S71 分段
	Claims     Figure = "claims"      // 补偿申请，part 为环节

	Registered  Figure = "registered"  // 当年质押登记金额
	Outstanding Figure = "outstanding" // 在贷余额
	Overdue     Figure = "overdue"     // 逾期贷款余额
	LoanAgeing  Figure = "loan_ageing" // 逾期贷款，part 为 S71 分段
	Needs       Figure = "needs"       // 当年融资需求，part 为状态
)

// Narrowing is what rows of a figure are narrowed to; zero values don't narrow.
type Narrowing struct {
	Figure   Figure
	FundID   uuid.UUID
	BankID   uuid.UUID
	AreaCode string // of a county, or of a park
	Year     int    // by the day of the row
	Part     string // bucket, step or status, where the figure has parts
	Late     bool   // claims whose step is late
}

// Value is a figure of the cockpit with the way to its rows. Amount is missing where there
// is no data; it is never 0 in place of that.
type Value struct {
	Amount *money.Amount `json:"amount,omitempty" doc:"元；缺省为暂无数据"`
	Count  *int64        `json:"count,omitempty" doc:"笔数；缺省为不计笔数"`
	Link   string        `json:"link" doc:"明细的前端路径，明细之和等于本数"`
}

// Link is the front-end path of the rows.
func (n Narrowing) Link() string {
	q := url.Values{"figure": {string(n.Figure)}}
	if n.FundID != uuid.Nil {
		q.Set("fund_id", n.FundID.String())
	}
	if n.BankID != uuid.Nil {
		q.Set("bank_id", n.BankID.String())
	}
	if n.AreaCode != "" {
		q.Set("area_code", n.AreaCode)
	}
	if n.Year != 0 {
		q.Set("year", strconv.Itoa(n.Year))
	}
	if n.Part != "" {
		q.Set("part", n.Part)
	}
	if n.Late {
		q.Set("late", "true")
	}
	return "/console/indicators/rows?" + q.Encode()
}

func (n Narrowing) check() error {
	if _, ok := sources[n.Figure]; !ok {
		return fault.InField("figure", "figure_unknown", "没有“%s”这项指标，请从总览或驾驶舱中的数字进入", string(n.Figure))
	}
	if n.Year != 0 && (n.Year < 2000 || n.Year > 2100) {
		return fault.InField("year", "year_out_of_range", "年份应在 2000 到 2100 之间")
	}
	return nil
}

// Row is one line of the rows behind a figure, whatever it is made of.
type Row struct {
	ID       uuid.UUID      `json:"id"`
	On       *calendar.Date `json:"on_date,omitempty"`
	Number   string         `json:"number"`
	Title    string         `json:"title" doc:"企业名称，或分录摘要"`
	Detail   string         `json:"detail" doc:"类别、状态或逾期情况"`
	FundName string         `json:"fund_name"`
	BankName string         `json:"bank_name"`
	AreaName string         `json:"area_name"`
	Amount   money.Amount   `json:"amount"`
	Link     string         `json:"link" doc:"业务的前端路径；空为无权查看"`
}

// places are where a row of each kind is at home, and who may go there.
var places = map[string]struct {
	path string
	read authz.Permission
}{
	"entry": {"/console/ledger/entries/", authz.LedgerRead}, "enrolment": {"/console/enrolments/", authz.EnrolmentRead},
	"claim": {"/console/claims/", authz.ClaimRead}, "loan": {"/console/loans/", authz.LoanRead},
	"pledge": {"/console/pledges/", authz.PledgeRead}, "need": {"/console/needs/", authz.NeedRead},
}

func (r figureRow) view(actor authz.Actor, today calendar.Date) Row {
	v := Row{r.ID, r.OnDate, r.Number, r.Title, r.detail(today), r.FundName, r.BankName, r.AreaName, r.Amount, ""}
	if place := places[r.Noun]; actor.Can(place.read) {
		v.Link = place.path + r.ID.String()
	}
	return v
}

// detail is the row's situation in words.
func (r figureRow) detail(today calendar.Date) string {
	switch r.Noun {
	case "entry":
		for _, k := range ledger.Kinds {
			if k.Name == r.Detail {
				return k.Text
			}
		}
	case "enrolment", "loan":
		text := repayment.ClassText(repayment.Class(r.Detail))
		if r.DaysPastDue > 0 {
			text += "，逾期 " + strconv.Itoa(r.DaysPastDue) + " 天"
		}
		return text
	case "claim":
		text := claimWord(r.Detail)
		if r.Late {
			text += "，超期 " + strconv.Itoa(calendar.WorkingDaysBetween(*r.OnDate, today)) + " 个工作日"
		}
		return text
	case "need":
		return needWords[r.Detail]
	}
	return state.Label(r.Detail)
}

// Rows lists the rows of a figure; their amounts add up to sum, whatever page is asked for.
func (s *Service) Rows(ctx context.Context, actor authz.Actor, n Narrowing, r page.Request) (out page.List[Row], sum money.Amount, count int64, err error) {
	if err := n.check(); err != nil {
		return out, sum, 0, err
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listRows(tx, n, r)
		if err != nil {
			return err
		}
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(row figureRow) Row { return row.view(actor, today) })
		sum, count, err = sumOf(tx, n)
		return err
	})
	return out, sum, count, err
}
