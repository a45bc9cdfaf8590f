package ipasset

import (
	"strconv"
	"strings"
	"time"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/spreadsheet"
)

// titles are the columns of the import's template, by the field that they fill.
var titles = []struct {
	Field, Title string
	Required     bool
	Example      string
}{
	{"kind", "权利种类", true, "发明专利"},
	{"title", "名称", true, "一种轴承座自动装配装置"},
	{"right_no", "专利号或商标注册号", true, "ZL202010566088.9"},
	{"nice_class", "商标类别", false, ""},
	{"mark_kind", "商标性质", false, ""},
	{"ipc", "主分类号", false, "B23P19/04"},
	{"filed_on", "申请日", false, "2020-06-19"},
	{"granted_on", "授权或注册日", false, "2022-03-11"},
	{"expires_on", "期满日", false, ""},
	{"expiry_note", "期限延长理由", false, ""},
	{"divisional", "分案申请", false, "否"},
	{"fee_paid_until", "年费已缴至", false, "2027-06-19"},
	{"registered_owner", "登记权利人", false, ""},
	{"co_owned", "共有", false, "否"},
	{"co_owners_consent", "共有人同意", false, ""},
	{"same_day_filing", "同日申请发明", false, "否"},
	{"extract_on", "登记簿出具日", false, ""},
	{"product_revenue", "上年产品销售收入（元）", false, ""},
	{"description", "说明", false, ""},
}

var (
	titleOf        = map[string]string{}
	requiredTitles []string
)

func init() {
	for _, t := range titles {
		titleOf[t.Field] = t.Title
		if t.Required {
			requiredTitles = append(requiredTitles, t.Title)
		}
	}
}

// Template is an empty sheet with one line as an example.
func Template() ([]byte, error) {
	columns := make([]spreadsheet.Column[struct{}], len(titles))
	for i, t := range titles {
		title := t.Title
		if t.Required {
			title += "*"
		}
		columns[i] = spreadsheet.Column[struct{}]{Title: title, Value: func(struct{}) any { return t.Example }}
	}
	return spreadsheet.Write("知识产权登记", columns, []struct{}{{}})
}

// read turns a line into the asset, reporting each fault with its column.
func read(r spreadsheet.Row, a *Asset, by owner, today calendar.Date) ([]RowFault, error) {
	var c fault.Collector
	e := parseRow(r.Cells, &c)
	err := c.Err()
	if err == nil {
		err = e.fill(a, by, today)
	}
	if err == nil {
		return nil, nil
	}
	f, ours := fault.From(err)
	if !ours {
		return nil, err
	}
	// What can be said of the line although it is wrong.
	a.Kind, a.Title, a.RightNo = e.Kind, e.Title, e.RightNo
	faults := make([]RowFault, len(f.Fields))
	for i, field := range f.Fields {
		faults[i] = RowFault{r.Number, titleOf[field.Field], field.Code, field.Message}
	}
	return faults, nil
}

// parseRow reads the cells of a line. It never fails: what it can't read is noted.
func parseRow(cells map[string]string, c *fault.Collector) Entry {
	cell := func(field string) string { return strings.TrimSpace(strings.TrimPrefix(cells[titleOf[field]], "'")) }
	day := func(field string) *calendar.Date {
		d, err := parseDay(cell(field))
		if err != nil {
			note(c, field, err)
		}
		return d
	}
	flag := func(field string) bool {
		yes, known := flags[cell(field)]
		if !known {
			c.Add(field, "flag_unknown", "“%s”应填“是”或“否”", titleOf[field])
		}
		return yes
	}
	e := Entry{
		Title: cell("title"), RightNo: cell("right_no"), IPC: cell("ipc"), ExpiryNote: cell("expiry_note"),
		RegisteredOwner: cell("registered_owner"), Description: cell("description"),
		FiledOn: day("filed_on"), GrantedOn: day("granted_on"), ExpiresOn: day("expires_on"),
		FeePaidUntil: day("fee_paid_until"), ExtractOn: day("extract_on"),
		Divisional: flag("divisional"), CoOwned: flag("co_owned"), CoOwnersConsent: flag("co_owners_consent"), SameDayFiling: flag("same_day_filing"),
	}
	e.Kind = parseKind(cell("kind"), c)
	if class := cell("nice_class"); class != "" {
		n, err := identifier.ParseNiceClass(class)
		if err != nil {
			note(c, "nice_class", err)
		}
		e.NiceClass = &n
	}
	mark, known := markKinds[cell("mark_kind")]
	if !known {
		c.Add("mark_kind", "mark_kind_unknown", "商标性质应为“普通商标”“证明商标”或“集体商标”")
	}
	e.MarkKind = mark
	if revenue := strings.ReplaceAll(cell("product_revenue"), ",", ""); revenue != "" {
		amount, err := money.Parse(revenue)
		if err != nil {
			note(c, "product_revenue", err)
		}
		e.ProductRevenue = &amount
	}
	return e
}

var flags = map[string]bool{"": false, "否": false, "无": false, "是": true, "有": true, "√": true}

var markKinds = map[string]string{"": "", "普通商标": "ordinary", "证明商标": "certification", "集体商标": "collective"}

var kindWords = map[string]Kind{
	"发明": InventionPatent, "发明专利": InventionPatent, "实用新型": UtilityModel, "实用新型专利": UtilityModel,
	"外观设计": DesignPatent, "外观设计专利": DesignPatent, "商标": Trademark, "注册商标": Trademark,
	"地理标志商标": GIMark, "地理标志证明商标": GIMark, "地理标志集体商标": GIMark,
}

func parseKind(word string, c *fault.Collector) Kind {
	if kind, known := kindWords[word]; known {
		return kind
	}
	if word == "地理标志产品" || word == "农产品地理标志" {
		c.Add("kind", "gi_product_not_pledgeable", "地理标志产品没有质押登记机关，不能出质；以证明商标、集体商标注册的请填“地理标志商标”")
		return ""
	}
	c.Add("kind", "asset_kind_unknown", "权利种类应为：发明专利、实用新型专利、外观设计专利、注册商标、地理标志商标")
	return ""
}

// The days that a spreadsheet's serial numbers may mean: 1954 to 2119.
const (
	firstSerial = 20000
	lastSerial  = 80000
)

var serialZero = calendar.NewDate(1899, time.December, 30)

// parseDay reads 2020-06-19, 2020/6/19, 2020.6.19, 2020年6月19日, 20200619 and the serial
// number that Excel keeps for a date. Nothing is no date.
func parseDay(s string) (*calendar.Date, error) {
	if s == "" {
		return nil, nil
	}
	if n, err := strconv.Atoi(s); err == nil && n >= firstSerial && n <= lastSerial {
		d := serialZero.AddDays(n)
		return &d, nil
	}
	text := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(s)
	if len(text) == 8 && !strings.Contains(text, "-") {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	parts := strings.Split(text, "-")
	for i, p := range parts {
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	d, err := calendar.ParseDate(strings.Join(parts, "-"))
	if err != nil {
		return nil, err
	}
	return &d, nil
}
