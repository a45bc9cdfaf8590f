package ipasset

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"ippledge/internal/calendar"
)

// Finding is one ground on which the register would refuse the pledge, or would not
// unless the parties knew (domain §1.3 P01–P12, §1.4 T1–T5).
type Finding struct {
	Code     string `json:"code" doc:"P01–P12 为专利质押登记不予登记情形，T 开头为商标"`
	Text     string `json:"text"`
	Blocking bool   `json:"blocking" doc:"true 表示不解决就不能上架或出质"`
}

// Precheck finds what would keep the right from being pledged on a day, for a debt due on
// debtDueOn (the zero date when no debt is meant yet). P07 and P12 are for people to
// judge and never appear; the bundle of marks is found by BundleOf.
func Precheck(a Asset, debtDueOn, on calendar.Date) []Finding {
	if a.Kind.IsMark() {
		return precheckMark(a, debtDueOn, on)
	}
	return precheckPatent(a, debtDueOn, on)
}

func precheckPatent(a Asset, debtDueOn, on calendar.Date) []Finding {
	f := findings{}
	if !ownedBy(a.RegisteredOwner, a.OwnerName) {
		f.block("P01", "登记簿上的专利权人（"+a.RegisteredOwner+"）与出质单位（"+a.OwnerName+"）不一致")
	}
	if a.Status == Lapsed || a.Status == Invalid || a.ExpiresOn.Before(on) {
		f.block("P02", "专利权已终止、期满或被宣告无效")
	}
	if a.GrantedOn.IsZero() {
		f.block("P03", "尚未授权，专利申请权不能出质")
	}
	f.fee(UpkeepOf(a, on))
	if a.Preserved || a.Status == Frozen {
		f.block("P05", "权属纠纷中止或法院保全期间不能办理质押登记")
	}
	if !debtDueOn.IsZero() && a.ExpiresOn.Before(debtDueOn) {
		f.block("P06", "债务到期日 "+debtDueOn.String()+" 晚于专利权期满日 "+a.ExpiresOn.String())
	}
	if a.CoOwned && !a.CoOwnersConsent {
		f.block("P08", "专利权共有，尚未取得全体共有人同意")
	}
	if a.Status == Pledged || a.Status == InDisposal || a.HeldBefore == Pledged || a.HeldBefore == InDisposal {
		f.block("P09", "已办理质押登记且仍在质押期内")
	}
	if a.SameDayFiling {
		f.warn("P10", "实用新型专利有同日申请的发明专利，需双方知悉并声明继续办理", !a.AcknowledgedRisks)
	}
	if a.InvalidationPending {
		f.warn("P11", "已启动无效宣告程序，需双方知悉并声明继续办理", !a.AcknowledgedRisks)
	}
	return f.list
}

func precheckMark(a Asset, debtDueOn, on calendar.Date) []Finding {
	f := findings{}
	if !ownedBy(a.RegisteredOwner, a.OwnerName) {
		f.block("T1", "商标注册人（"+a.RegisteredOwner+"）与出质单位（"+a.OwnerName+"）不一致")
	}
	if a.Status == Lapsed || a.Status == Invalid || a.ExpiresOn.Before(on) {
		f.block("T3", "注册商标已被撤销、注销，或有效期满未续展")
	}
	if a.Preserved || a.Status == Frozen {
		f.block("T4", "注册商标已被法院查封、冻结")
	}
	if a.CoOwned && !a.CoOwnersConsent {
		f.block("P08", "商标专用权共有，尚未取得其他共有人同意")
	}
	if a.Status == Pledged || a.Status == InDisposal || a.HeldBefore == Pledged || a.HeldBefore == InDisposal {
		f.block("P09", "已办理质权登记且仍在质押期内，平台不受理再次出质")
	}
	if !debtDueOn.IsZero() && a.ExpiresOn.Before(debtDueOn) {
		// A mark can be renewed, so its expiry before the debt's is a task, not an end.
		f.warn("T5", "债务到期日 "+debtDueOn.String()+" 晚于商标有效期 "+a.ExpiresOn.String()+"，须按期续展", false)
	}
	if a.InvalidationPending {
		f.warn("P11", "已启动无效宣告或撤销程序，需双方知悉并声明继续办理", !a.AcknowledgedRisks)
	}
	return f.list
}

type findings struct{ list []Finding }

func (f *findings) block(code, text string) { f.warn(code, text, true) }

func (f *findings) warn(code, text string, blocking bool) {
	f.list = append(f.list, Finding{code, text, blocking})
}

func (f *findings) fee(u Upkeep) {
	switch u.State {
	case UpkeepUnknown:
		f.block("P04", "未登记年费缴纳情况，请补充已缴费至何日")
	case UpkeepSurcharge:
		f.block("P04", "年费已逾期（应于 "+u.DueOn.String()+" 前缴纳），请在 "+u.LastOn.String()+" 前补缴并缴纳滞纳金")
	case UpkeepMissed:
		f.block("P04", "年费逾期且滞纳期已过（"+u.LastOn.String()+"），专利权可能已终止")
	}
}

// acknowledgeable tells whether there is a risk that the parties may accept (P10, P11).
func (a Asset) acknowledgeable() bool {
	return !a.AcknowledgedRisks && (a.SameDayFiling || a.InvalidationPending)
}

// ownedBy tells whether an organisation is among the owners named in the register, which
// separates several by a comma, a semicolon or 、.
func ownedBy(registered, name string) bool {
	want := plainName(name)
	if want == "" {
		return false
	}
	for _, owner := range strings.FieldsFunc(registered, func(r rune) bool { return strings.ContainsRune(";；,，、", r) }) {
		if plainName(owner) == want {
			return true
		}
	}
	return false
}

// plainName undoes what keyboards change in a company's name: full-width brackets and spaces.
func plainName(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
}
