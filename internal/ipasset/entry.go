package ipasset

import (
	"strings"
	"unicode/utf8"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
)

// Entry is what an owner says of a right: by the form, or by a line of a spreadsheet.
type Entry struct {
	Kind            Kind           `json:"kind" enum:"invention_patent,utility_model,design_patent,trademark,gi_mark"`
	Title           string         `json:"title" doc:"发明创造名称或商标名称"`
	RightNo         string         `json:"right_no" doc:"专利号或商标注册号"`
	NiceClass       *int           `json:"nice_class,omitempty" doc:"商标类别 1–45，一号多类请分别登记"`
	MarkKind        string         `json:"mark_kind,omitempty" enum:",ordinary,certification,collective"`
	IPC             string         `json:"ipc,omitempty" maxLength:"40" doc:"主分类号"`
	FiledOn         *calendar.Date `json:"filed_on,omitempty" doc:"申请日"`
	GrantedOn       *calendar.Date `json:"granted_on,omitempty" doc:"授权公告日，商标为注册日"`
	ExpiresOn       *calendar.Date `json:"expires_on,omitempty" doc:"期满日，空则按法定期限计算"`
	ExpiryNote      string         `json:"expiry_note,omitempty" maxLength:"200" doc:"期满日晚于法定期限的理由，如专利权期限补偿"`
	Divisional      bool           `json:"divisional,omitempty" doc:"分案申请：号码年份可晚于申请日"`
	FeePaidUntil    *calendar.Date `json:"fee_paid_until,omitempty" doc:"年费已缴至（申请日的周年日）"`
	RegisteredOwner string         `json:"registered_owner,omitempty" maxLength:"500" doc:"登记簿上的权利人，多人以顿号分隔；空则为本单位"`
	CoOwned         bool           `json:"co_owned,omitempty"`
	CoOwnersConsent bool           `json:"co_owners_consent,omitempty" doc:"全体共有人已同意出质"`
	SameDayFiling   bool           `json:"same_day_filing,omitempty" doc:"实用新型有同日申请的发明专利"`
	ExtractOn       *calendar.Date `json:"extract_on,omitempty" doc:"登记簿副本或商标档案的出具日"`
	ProductRevenue  *money.Amount  `json:"product_revenue,omitempty" doc:"上年相关产品销售收入，元"`
	Description     string         `json:"description,omitempty" maxLength:"2000"`
}

// owner is what the rules need of the organisation that lists the right.
type owner struct {
	Kind authz.OrgKind
	Name string
}

func date(d *calendar.Date) calendar.Date {
	if d == nil {
		return calendar.Date{}
	}
	return *d
}

// fill checks the entry as of a day and puts it into the asset, normalised. It reports
// every field at fault at once.
func (e Entry) fill(a *Asset, by owner, today calendar.Date) error {
	var c fault.Collector
	a.Kind, a.Title, a.IPC = e.Kind, strings.TrimSpace(e.Title), strings.ToUpper(strings.TrimSpace(e.IPC))
	a.FiledOn, a.GrantedOn, a.FeePaidUntil, a.ExtractOn = date(e.FiledOn), date(e.GrantedOn), date(e.FeePaidUntil), date(e.ExtractOn)
	a.RegisteredOwner = strings.TrimSpace(e.RegisteredOwner)
	if a.RegisteredOwner == "" {
		a.RegisteredOwner = by.Name
	}
	a.CoOwned, a.CoOwnersConsent, a.SameDayFiling = e.CoOwned, e.CoOwned && e.CoOwnersConsent, e.SameDayFiling
	a.ProductRevenue, a.Description, a.Divisional = e.ProductRevenue, strings.TrimSpace(e.Description), e.Divisional
	a.ExpiryNote, a.NiceClass, a.MarkKind = strings.TrimSpace(e.ExpiryNote), nil, ""
	if a.Title == "" || utf8.RuneCountInString(a.Title) > 200 {
		c.Add("title", "title_required", "请填写名称，最多 200 字")
	}
	if e.ProductRevenue != nil && e.ProductRevenue.IsNegative() {
		c.Add("product_revenue", "amount_negative", "销售收入不能为负数")
	}
	switch {
	case e.Kind.IsPatent():
		e.patent(&c, a)
	case e.Kind.IsMark():
		e.mark(&c, a, by)
	default:
		c.Add("kind", "asset_kind_unknown", "请选择权利种类：发明、实用新型、外观设计、商标或地理标志商标")
	}
	a.checkDates(&c, today)
	a.checkExpiry(&c, date(e.ExpiresOn), today)
	return c.Err()
}

var patentClass = map[Kind]string{
	InventionPatent: identifier.Invention, UtilityModel: identifier.UtilityModel, DesignPatent: identifier.Design,
}

func (e Entry) patent(c *fault.Collector, a *Asset) {
	if e.NiceClass != nil {
		c.Add("nice_class", "nice_class_of_patent", "专利没有商标类别，请留空")
	}
	if a.FiledOn.IsZero() {
		c.Add("filed_on", "filed_on_required", "请填写专利申请日，保护期自申请日起算")
	}
	number, err := identifier.ParsePatent(e.RightNo)
	if err != nil {
		note(c, "right_no", err)
		return
	}
	a.RightNo = number.Number
	if number.Class() != patentClass[e.Kind] {
		c.Add("right_no", "patent_kind_mismatch", "号码中的种类代码与所选“%s”不符，请核对专利证书", e.Kind.Text())
	}
	if a.FiledOn.IsZero() {
		return
	}
	year := number.ApplicationYear
	if year != a.FiledOn.Year() && !(e.Divisional && year > a.FiledOn.Year()) {
		c.Add("filed_on", "filing_year_mismatch", "申请日 %s 与专利号中的申请年份 %d 不一致，请核对；分案申请请勾选“分案申请”", a.FiledOn, year)
	}
	if e.SameDayFiling && e.Kind != UtilityModel {
		c.Add("same_day_filing", "same_day_filing_of_other", "仅实用新型专利有“同日申请发明专利”的情形")
	}
}

func (e Entry) mark(c *fault.Collector, a *Asset, by owner) {
	if _, err := identifier.ParseGI(e.RightNo); err == nil {
		c.Add("right_no", "gi_product_not_pledgeable",
			"地理标志产品（公告或农产品登记号）没有质押登记机关，不能出质，只能作为增信；以证明商标、集体商标注册的地理标志请填写商标注册号")
	} else if number, err := identifier.ParseTrademark(e.RightNo); err != nil {
		note(c, "right_no", err)
	} else {
		a.RightNo = number.Number
	}
	if e.NiceClass == nil {
		c.Add("nice_class", "nice_class_required", "请填写商标类别（1 至 45），一号多类请每类登记一条")
	} else if err := identifier.CheckNiceClass(*e.NiceClass); err != nil {
		note(c, "nice_class", err)
	} else {
		a.NiceClass = e.NiceClass
	}
	if a.GrantedOn.IsZero() {
		c.Add("granted_on", "trademark_not_registered", "请填写商标注册日；尚未核准注册的商标不能出质")
	}
	a.MarkKind = e.MarkKind
	if e.Kind == Trademark {
		a.MarkKind = "ordinary"
		return
	}
	if a.MarkKind != "certification" && a.MarkKind != "collective" {
		c.Add("mark_kind", "gi_mark_kind_required", "地理标志商标请注明是证明商标还是集体商标")
	}
	if by.Kind != authz.GIRegistrant {
		c.Add("kind", "gi_mark_needs_registrant", "地理标志商标只能由注册人（协会或公共机构）登记和出质，被许可使用的企业不能办理")
	}
}

func (a *Asset) checkDates(c *fault.Collector, today calendar.Date) {
	for _, d := range []struct {
		field, name string
		on          calendar.Date
	}{{"filed_on", "申请日", a.FiledOn}, {"granted_on", "授权（注册）日", a.GrantedOn}, {"extract_on", "登记簿副本出具日", a.ExtractOn}} {
		if d.on.After(today) {
			c.Add(d.field, "date_in_future", "%s不能晚于今天（%s）", d.name, today)
		}
	}
	if !a.FiledOn.IsZero() && !a.GrantedOn.IsZero() && a.GrantedOn.Before(a.FiledOn) {
		c.Add("granted_on", "granted_before_filing", "授权（注册）日 %s 早于申请日 %s，请核对", a.GrantedOn, a.FiledOn)
	}
	if a.Kind.IsPatent() && !a.FeePaidUntil.IsZero() && !a.FiledOn.IsZero() && a.FeePaidUntil.Before(a.FiledOn) {
		c.Add("fee_paid_until", "fee_paid_before_filing", "年费已缴至的日期不能早于申请日")
	}
	if a.Kind.IsMark() && !a.FeePaidUntil.IsZero() {
		c.Add("fee_paid_until", "mark_has_no_annual_fee", "商标没有年费，续展请更新期满日")
	}
}

// checkExpiry takes the expiry that was stated, or computes it, and refuses one that the
// statute doesn't allow: later for an invention with a reason (term adjustment), later by
// whole renewals for a mark, never earlier.
func (a *Asset) checkExpiry(c *fault.Collector, stated, today calendar.Date) {
	statutory := StatutoryExpiry(a.Kind, a.FiledOn, a.GrantedOn)
	if statutory.IsZero() {
		return // the missing date is reported already
	}
	a.ExpiresOn = stated
	if stated.IsZero() {
		a.ExpiresOn = statutory
	}
	later := a.ExpiresOn.After(statutory)
	switch {
	case a.ExpiresOn.Before(statutory):
		c.Add("expires_on", "expiry_before_term", "期满日 %s 早于法定期限届满日 %s，请核对", a.ExpiresOn, statutory)
	case later && a.Kind.IsMark() && !renewedTerm(a.GrantedOn, a.ExpiresOn):
		c.Add("expires_on", "expiry_not_a_renewal", "商标有效期每次续展十年，期满日应为注册日起每满十年的前一日，如 %s", statutory)
	case later && a.Kind.IsPatent() && a.Kind != InventionPatent:
		c.Add("expires_on", "expiry_after_term", "%s的期限不能延长，期满日应为 %s", a.Kind.Text(), statutory)
	case later && a.Kind == InventionPatent && a.ExpiryNote == "":
		c.Add("expiry_note", "expiry_needs_reason", "期满日 %s 晚于法定届满日 %s，请说明理由（如专利权期限补偿决定的文号）", a.ExpiresOn, statutory)
	}
	if pastLife(a.Kind, a.ExpiresOn, today) {
		code, text := "patent_expired", "专利权已于 %s 期满，不能登记"
		if a.Kind.IsMark() {
			code, text = "trademark_expired", "商标已于 %s 期满且宽展期已过，不能登记"
		}
		c.Add("expires_on", code, text, a.ExpiresOn)
	}
}

// note keeps a failure of the identifier's parser; it returns nothing else.
func note(c *fault.Collector, field string, err error) {
	if f, ok := fault.From(err); ok {
		c.Add(field, f.Code, "%s", f.Message)
		return
	}
	c.Add(field, "field_invalid", "%s", err.Error())
}
