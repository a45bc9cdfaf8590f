package identifier

import (
	"regexp"
	"strconv"
	"strings"

	"ippledge/internal/fault"
)

// The schemes under which a geographical indication has a number of its own. One that is
// registered as a collective or certification mark has a trademark number instead.
const (
	GIProduct      = "product"      // protected product, by the announcement's year and number
	GIAgricultural = "agricultural" // AGI and five digits; closed to new filings (domain §6.3)
)

// GI is what the number of a geographical indication tells.
type GI struct {
	Number string // "2006年第39号", "AGI02104"
	Scheme string // GIProduct or GIAgricultural
	Year   int    // of the announcement; 0 for AGI
}

// firstGIYear is when China began to protect products of origin.
const firstGIYear = 1999

var (
	giAnnouncement = regexp.MustCompile(`^(?:\p{Han}{0,20}公告)?[(\[〔]?(\d{4})[)\]〕]?年?第0*(\d{1,4})号$`)
	giAgricultural = regexp.MustCompile(`^AGI(\d{5})$`)
)

// ParseGI reads the announcement of a protected product, "2006年第39号", or the number of an
// agricultural one, "AGI02104". It fails with gi_format or gi_year.
func ParseGI(s string) (GI, error) {
	g, problems := parseGI(clean(s))
	if problems != nil {
		return GI{}, problems[0]
	}
	return g, nil
}

func parseGI(s string) (GI, []*fault.Error) {
	if giAgricultural.MatchString(s) {
		return GI{Number: s, Scheme: GIAgricultural}, nil
	}
	parts := giAnnouncement.FindStringSubmatch(s)
	if parts == nil || strings.Trim(parts[2], "0") == "" {
		hint := ""
		if trademarkForm.MatchString(s) && allDigits(s) {
			hint = "；以集体商标、证明商标注册的地理标志请按商标填写注册号"
		}
		return GI{}, wrong("gi_format",
			"地理标志编号“%s”格式有误，产品公告如 2006年第39号，农产品登记如 AGI02104%s", shorten(s), hint)
	}
	year, _ := strconv.Atoi(parts[1]) // four digits
	if year < firstGIYear || year > lastPatentYear {
		return GI{}, wrong("gi_year", "地理标志公告年份“%s”不合理，应不早于%d年，请核对公告", parts[1], firstGIYear)
	}
	return GI{Number: parts[1] + "年第" + parts[2] + "号", Scheme: GIProduct, Year: year}, nil
}

func readGI(s string) (normalized string, details map[string]string, problems []*fault.Error) {
	g, problems := parseGI(s)
	if problems != nil {
		return s, nil, problems
	}
	details = map[string]string{"scheme": g.Scheme}
	if g.Year != 0 {
		details["year"] = strconv.Itoa(g.Year)
	}
	return g.Number, details, nil
}
