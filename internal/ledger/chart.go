package ledger

import (
	"regexp"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/fault"
)

// Class is one line of the chart of accounts: the first segment of a path.
//
// Signs: a balance is what came in less what went out. Accounts that money comes from
// (capital, income, payable, recovered) are therefore negative by nature: a capital of
// 1,000,000.00 stands at -1000000.00, and all balances of a book add up to zero.
type Class struct {
	Segment string
	Text    string
	// Memo classes register commitments; they never mix with money.
	Memo bool
	// Negative tells that accounts of the class may fall below zero.
	Negative bool
	// Temporary classes are emptied into equity when the year is closed.
	Temporary bool
}

// Chart is the whole chart of accounts (design ledger.md, "Accounts").
var Chart = []Class{
	{Segment: "cash", Text: "托管存款"},
	{Segment: "capital", Text: "出资", Negative: true},
	{Segment: "returned", Text: "已退回出资"},
	{Segment: "income", Text: "收益", Negative: true, Temporary: true},
	{Segment: "payable", Text: "应付补偿款", Negative: true},
	{Segment: "loss", Text: "补偿损失", Negative: true, Temporary: true},
	{Segment: "recovered", Text: "追偿收回", Negative: true, Temporary: true},
	{Segment: "fee", Text: "管理费用", Negative: true, Temporary: true},
	{Segment: "subsidy", Text: "补贴支出", Negative: true, Temporary: true},
	{Segment: "equity", Text: "累计结余", Negative: true},
	{Segment: "exposure", Text: "在保风险敞口（备查）", Memo: true, Negative: true},
	{Segment: "memo", Text: "其他备查", Memo: true, Negative: true},
}

var classes = func() map[string]Class {
	m := map[string]Class{}
	for _, c := range Chart {
		m[c.Segment] = c
	}
	return m
}()

func segment(path string) string { s, _, _ := strings.Cut(path, ":"); return s }
func isMemo(path string) bool    { return classes[segment(path)].Memo }

// Accounts without an owner.
const (
	ExposureTotal  = "exposure:total"    // against every exposure:<bank>:<loan>
	IncomeInterest = "income:interest"   // 专户利息
	LossPaid       = "loss:compensation" // 已确认的补偿损失
	LossWrittenOff = "loss:written_off"  // 核销的损失
	FeeManagement  = "fee:management"    // 管理费
	EquityCarried  = "equity:carried"    // 历年结余
)

// Cash is a custody account at a bank: "cash:main".
func Cash(custody string) string { return "cash:" + custody }

// Capital is a contributor's account; owner is "municipal", "county:<code>" or "park:<code>".
func Capital(owner string) string { return "capital:" + owner }

// Returned is what was paid back to a contributor.
func Returned(owner string) string { return "returned:" + owner }

// Payable is the compensation owed to a bank.
func Payable(bankID uuid.UUID) string { return "payable:compensation:" + bankID.String() }

// Recovered is what came back on one claim.
func Recovered(claimID uuid.UUID) string { return "recovered:" + claimID.String() }

// SubsidyFor is the spending on one kind of subsidy.
func SubsidyFor(kind string) string { return "subsidy:" + kind }

// Exposure is the fund's share of a loan's covered principal still outstanding.
func Exposure(bankID, loanID uuid.UUID) string {
	return "exposure:" + bankID.String() + ":" + loanID.String()
}

var pathForm = regexp.MustCompile(`^[a-z_]+(:[A-Za-z0-9_.-]+)*$`)

// checkPath says whether an account of this path may be opened.
func checkPath(path string, mayGoNegative bool) error {
	class, ok := classes[segment(path)]
	switch {
	case len(path) > 200 || !pathForm.MatchString(path) || !strings.Contains(path, ":"):
		return fault.InField("path", "account_path_malformed", "科目“%.60s”格式有误，应为“大类:明细”，如 cash:main", path)
	case !ok:
		return fault.InField("path", "account_class_unknown", "科目大类“%.40s”不在科目表中", segment(path))
	case mayGoNegative && !class.Negative:
		return fault.InField("may_go_negative", "account_never_negative", "“%s”类科目不允许出现负数余额", class.Text)
	}
	return nil
}

// Kind says what sort of entry it is and what it takes to post one.
type Kind struct {
	Name string
	Text string
	// TwoPeople kinds need a checker; the database refuses them without one.
	TwoPeople bool
	// Direct kinds may be posted by the API on its own.
	Direct bool
	// Business kinds stand for a record of another package, which corrects both.
	Business bool
}

// Kinds of entries. The constraint ledger_entry_takes_two_people repeats TwoPeople.
var Kinds = []Kind{
	{Name: "contribute", Text: "出资入账", TwoPeople: true},
	{Name: "interest", Text: "利息收入", Direct: true},
	{Name: "enrol", Text: "备案入库（敞口增加）", Business: true},
	{Name: "exposure_down", Text: "敞口减少", Business: true},
	{Name: "approve_claim", Text: "补偿核准", TwoPeople: true, Business: true},
	{Name: "pay", Text: "补偿拨付", TwoPeople: true, Business: true},
	{Name: "recover", Text: "追偿收回", Business: true},
	{Name: "claw_back", Text: "补偿追回", TwoPeople: true, Business: true},
	{Name: "write_off", Text: "损失核销", TwoPeople: true, Business: true},
	{Name: "return_capital", Text: "退回出资", TwoPeople: true},
	{Name: "fee", Text: "管理费", TwoPeople: true},
	{Name: "subsidy", Text: "补贴支出", TwoPeople: true, Business: true},
	{Name: "close_year", Text: "年终结转", TwoPeople: true, Business: true},
	{Name: "reverse", Text: "冲正", TwoPeople: true},
	{Name: "adjust", Text: "手工调整", TwoPeople: true},
	{Name: "memo", Text: "备查登记", Direct: true},
}

var kinds = func() map[string]Kind {
	m := map[string]Kind{}
	for _, k := range Kinds {
		m[k.Name] = k
	}
	return m
}()
