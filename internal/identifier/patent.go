package identifier

import (
	"regexp"
	"strconv"
	"strings"

	"ippledge/internal/fault"
)

// The types of patents by the type digit of their number. A PCT type is an international
// application in its national phase.
const (
	Invention       = "invention"
	UtilityModel    = "utility_model"
	Design          = "design"
	PCTInvention    = "pct_invention"
	PCTUtilityModel = "pct_utility_model"
)

var patentTypes = map[byte]string{
	'1': Invention, '2': UtilityModel, '3': Design, '8': PCTInvention, '9': PCTUtilityModel,
}

// The years a patent's number may name. The law began in April 1985; numbers of 13
// characters came in October 2003 (domain §6.2).
const (
	firstPatentYear = 1985
	lastOldYear     = 2003
	lastPatentYear  = 2099
)

// Patent is what the number of a patent or of an application tells. Both have the same
// number; ZL before it says that the patent was granted.
type Patent struct {
	Number          string // with the check character, no dot: "2020105660889" or "851000010"
	ApplicationYear int    // the year it was filed, from which its term runs
	Type            string // Invention, UtilityModel, Design, PCTInvention or PCTUtilityModel
	Granted         bool   // written with ZL
}

// Class is the kind of right: a PCT invention is an invention, which has its term.
func (p Patent) Class() string { return strings.TrimPrefix(p.Type, "pct_") }

var (
	patentForm  = regexp.MustCompile(`^(ZL|CN)?(\d{12}|\d{8})([\dX])$`)
	publication = regexp.MustCompile(`^CN\d{7,9}[A-Z]\d?$`)
)

// ParsePatent reads an application number or a patent number, of 13 characters or the old
// 9, with or without ZL or CN, dots and spaces (domain §6.2). It fails with patent_length,
// patent_alphabet, patent_publication_no (that of the publication, another number),
// patent_year, patent_type or patent_check_digit.
func ParsePatent(s string) (Patent, error) {
	p, problems := parsePatent(clean(s))
	if problems != nil {
		return Patent{}, problems[0]
	}
	return p, nil
}

func parsePatent(s string) (p Patent, problems []*fault.Error) {
	parts := patentForm.FindStringSubmatch(s)
	if parts == nil {
		return p, patentFormProblem(s)
	}
	p = Patent{Number: parts[2] + parts[3], Granted: parts[1] == "ZL"}
	digits, typeDigit := parts[2], parts[2][2]
	year, earliest, latest := "20"+digits[:2], firstPatentYear, lastOldYear
	switch {
	case len(digits) == 12:
		year, typeDigit, earliest, latest = digits[:4], digits[4], lastOldYear, lastPatentYear
	case digits[0] >= '5':
		year = "19" + digits[:2]
	}
	p.ApplicationYear, _ = strconv.Atoi(year) // digits only
	p.Type = patentTypes[typeDigit]
	if p.ApplicationYear < earliest || p.ApplicationYear > latest {
		problems = append(problems, wrong("patent_year",
			"专利号中的申请年份“%s”不合理（%d位号码应为%d年至%d年），请核对专利证书", year, len(p.Number), earliest, latest)...)
	}
	if p.Type == "" {
		problems = append(problems, wrong("patent_type",
			"专利号中的种类代码“%c”无效，应为 1（发明）、2（实用新型）、3（外观设计）、8（PCT发明）或 9（PCT实用新型）", typeDigit)...)
	}
	if parts[3][0] != patentCheck(digits) {
		problems = append(problems, wrong("patent_check_digit",
			"专利号“%s”的校验位“%s”不正确，请对照专利证书逐位核对", FormatApplication(p.Number), parts[3])...)
	}
	return p, problems
}

func patentFormProblem(s string) []*fault.Error {
	if publication.MatchString(s) {
		return wrong("patent_publication_no",
			"“%s”是公开号或公告号，请填写申请号或专利号，如 ZL202010566088.9", shorten(s))
	}
	number := strings.TrimPrefix(strings.TrimPrefix(s, "ZL"), "CN")
	if n := length(number); n != 13 && n != 9 {
		return wrong("patent_length",
			"专利号应为13位（2003年10月前申请的为9位），含最后的校验位，现为%d位，请对照专利证书填写，如 ZL202010566088.9", n)
	}
	return wrong("patent_alphabet", "专利号“%s”只能由数字组成，仅末位校验位可为 X，前面可加 ZL 或 CN", shorten(s))
}

// patentCheck is the check character of 12 or 8 digits: weights 2 to 9, repeated from
// the left, modulo 11.
func patentCheck(digits string) byte {
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (i%8 + 2)
	}
	return "0123456789X"[sum%11]
}

// FormatPatent writes a normalised number as on the certificate: "ZL202010566088.9".
// Whether the patent was granted is for the caller to know.
func FormatPatent(number string) string {
	if number == "" {
		return ""
	}
	return "ZL" + dotted(number)
}

// FormatApplication writes a normalised number as that of an application: "202010566088.9".
func FormatApplication(number string) string {
	if number == "" {
		return ""
	}
	return dotted(number)
}

func dotted(number string) string {
	cut := len(number) - 1
	return number[:cut] + "." + number[cut:]
}

func readPatent(s string) (normalized string, details map[string]string, problems []*fault.Error) {
	p, problems := parsePatent(s)
	if p.Number == "" {
		return s, nil, problems
	}
	formatted := FormatApplication(p.Number)
	if p.Granted {
		formatted = FormatPatent(p.Number)
	}
	details = map[string]string{
		"formatted":        formatted,
		"application_year": strconv.Itoa(p.ApplicationYear),
		"granted":          strconv.FormatBool(p.Granted),
	}
	if p.Type != "" {
		details["type"] = p.Type
	}
	return p.Number, details, problems
}

var registrationForm = regexp.MustCompile(`^Y(19|20)\d{2}\d{9}$`)

// PatentRegistrationNo reads the number of a patent pledge's registration, as the office
// gives it: Y, the year and nine digits. The form is known from samples only, so an
// unusual number is a warning and doesn't block (domain §6.3).
func PatentRegistrationNo(s string) (normalized string, warning *Problem) {
	normalized = clean(s)
	if registrationForm.MatchString(normalized) {
		return normalized, nil
	}
	return normalized, &Problem{"patent_registration_no_unusual",
		"专利权质押登记号通常为字母 Y 加4位年份和9位数字，如 Y2021980000001，请对照登记通知书核对；确认无误可继续"}
}
