package ledger

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Post writes an entry in the caller's transaction: it stands if and only if the rest of
// the unit of work does. The book stays locked until the transaction ends, so post late
// in it. It fails with fund_insufficient when an account that may not would fall below
// zero, with account_unknown, period_closed, idempotency_key_reused, maker_is_checker,
// entry_takes_two_people, and what the entry itself lacks.
func Post(tx postgres.Tx, e Entry) (Posted, error) {
	posted, err := postAll(tx, e.BookID, []Entry{e})
	if err != nil {
		return Posted{}, err
	}
	return posted[0], nil
}

func postAll(tx postgres.Tx, bookID uuid.UUID, unit []Entry) ([]Posted, error) {
	records, err := prepare(tx.Now(), unit)
	if err != nil {
		return nil, err
	}
	return applyAll(tx, bookID, records)
}

func applyAll(tx postgres.Tx, bookID uuid.UUID, unit []record) ([]Posted, error) {
	h, err := lockHead(tx, bookID, unit)
	if err != nil {
		return nil, err
	}
	posted, err := h.apply(unit)
	if err != nil {
		return nil, err
	}
	return posted, writeHead(tx, h)
}

// Ensure opens the account unless it stands. An account keeps the rule it was opened
// with: asking for the other one is a fault of the program.
func Ensure(tx postgres.Tx, bookID uuid.UUID, path, name string, mayGoNegative bool) error {
	if err := checkPath(path, mayGoNegative); err != nil {
		return err
	}
	stands, err := insertAccount(tx, bookID, path, name, mayGoNegative)
	if err == nil && stands != mayGoNegative {
		return fmt.Errorf("ledger: account %s stands with may_go_negative %v, asked for %v", path, stands, mayGoNegative)
	}
	return err
}

// Balance is what stands on an account now: what came in less what went out. An account
// that was never opened has had no movement and stands at zero.
func Balance(tx postgres.Tx, bookID uuid.UUID, path string) (money.Amount, error) {
	found, err := balances(tx, bookID, "path = $2", path)
	return found[path], err
}

// Balances are those of all accounts whose path begins with prefix ("exposure:", "" for all).
func Balances(tx postgres.Tx, bookID uuid.UUID, prefix string) (map[string]money.Amount, error) {
	return balances(tx, bookID, "starts_with(path, $2)", prefix)
}

// SumOf adds the balances of all accounts whose path begins with prefix.
func SumOf(tx postgres.Tx, bookID uuid.UUID, prefix string) (total money.Amount, err error) {
	found, err := Balances(tx, bookID, prefix)
	for _, balance := range found {
		total = total.Add(balance)
	}
	return total, err
}

// BalancesOn are the balances at the end of a day, by the effective dates of entries.
// Accounts without movement until then are left out.
func BalancesOn(tx postgres.Tx, bookID uuid.UUID, prefix string, on calendar.Date) (map[string]money.Amount, error) {
	return balancesAt(tx, bookID, prefix, on)
}

// BookByCode finds a book; fault book_not_found.
func BookByCode(tx postgres.Tx, code string) (Book, error) { return bookWhere(tx, "code = $1", code) }

// BookByID finds a book; fault book_not_found.
func BookByID(tx postgres.Tx, id uuid.UUID) (Book, error) { return bookWhere(tx, "id = $1", id) }

// standing are the accounts every book has from the start.
var standing = []struct {
	path, name string
	negative   bool
}{
	{Cash("main"), "托管账户", false},
	{Capital("municipal"), "市级财政出资", true},
	{IncomeInterest, "专户利息收入", true},
	{LossPaid, "补偿损失", true},
	{LossWrittenOff, "核销损失", true},
	{FeeManagement, "管理费", true},
	{EquityCarried, "历年结余", true},
	{ExposureTotal, "在保敞口合计（对方）", true},
}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// OpenBook opens a book with its standing accounts. kind is fund, sub_fund or subsidy;
// areaCode may be empty. It fails with book_code_taken.
func OpenBook(tx postgres.Tx, code, name, kind, areaCode string) (Book, error) {
	var c fault.Collector
	if !codeForm.MatchString(code) {
		c.Add("code", "book_code_malformed", "账簿代码由小写字母、数字和连字符组成，2 到 40 位")
	}
	if name == "" || !clean(name, 100) {
		c.Add("name", "book_name_malformed", "请填写账簿名称，最多 100 个字")
	}
	if !slices.Contains([]string{FundBook, SubFundBook, SubsidyBook}, kind) {
		c.Add("kind", "book_kind_unknown", "账簿种类应为基金、子基金或补贴资金")
	}
	if err := c.Err(); err != nil {
		return Book{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Book{}, err
	}
	b := Book{ID: id, Code: code, Name: name, Kind: kind, Status: "open", OpenedAt: tx.Now()}
	if areaCode != "" {
		b.AreaCode = &areaCode
	}
	if err := insertBook(tx, b); err != nil {
		return Book{}, err
	}
	for _, a := range standing {
		if err := Ensure(tx, b.ID, a.path, a.name, a.negative); err != nil {
			return Book{}, err
		}
	}
	return b, nil
}

// The database refuses what the code refuses; these name its refusals.
var (
	_ = postgres.Rule("ledger_book_code_uq", fault.New(fault.Conflict, "book_code_taken", "该账簿代码已被使用"))
	_ = postgres.Rule("ledger_account_is_not_overdrawn", fault.New(fault.Rule, "fund_insufficient", "科目余额不足，不能入账"))
	_ = postgres.Rule("ledger_entry_key_uq", errKeyReused)
	_ = postgres.Rule("ledger_entry_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("ledger_entry_is_in_open_period", errPeriodClosed)
	_ = postgres.Rule("ledger_entry_reversed_once", fault.New(fault.Conflict, "entry_already_reversed", "该分录已经冲正过，不能再次冲正"))
)
