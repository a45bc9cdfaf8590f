package identifier

import (
	"regexp"
	"strconv"
	"strings"

	"ippledge/internal/fault"
)

// Trademark is what a registration number tells. It has no check digit (domain §6.3).
type Trademark struct {
	Number string // with suffix and Madrid letter: "51127133", "20532736A", "G1234567"
	Suffix string // the letter after a number that was divided or reassigned, or empty
	Madrid bool   // an international registration extended to China
}

var (
	trademarkForm = regexp.MustCompile(`^(G?)(\d{1,8})([A-Z]?)$`)
	niceClassForm = regexp.MustCompile(`^\d{1,3}$`)
)

// ParseTrademark reads a registration number: one to eight digits with an optional letter
// after them, or G and digits for a Madrid registration; 第…号 around it is left out. It
// fails with trademark_length or trademark_format.
func ParseTrademark(s string) (Trademark, error) {
	m, problems := parseTrademark(clean(s))
	if problems != nil {
		return Trademark{}, problems[0]
	}
	return m, nil
}

func parseTrademark(s string) (Trademark, []*fault.Error) {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "第"), "号")
	parts := trademarkForm.FindStringSubmatch(s)
	switch {
	case parts != nil && strings.Trim(parts[2], "0") != "":
		return Trademark{Number: s, Suffix: parts[3], Madrid: parts[1] == "G"}, nil
	case s == "" || allDigits(s) && len(s) > 8:
		return Trademark{}, wrong("trademark_length",
			"商标注册号应为1至8位数字，现为%d位，请对照商标注册证填写，如 51127133", length(s))
	default:
		return Trademark{}, wrong("trademark_format",
			"商标注册号“%s”格式有误，应为1至8位数字（可带一个字母后缀），马德里国际注册为 G 加数字", shorten(s))
	}
}

func readTrademark(s string) (normalized string, details map[string]string, problems []*fault.Error) {
	m, problems := parseTrademark(s)
	if problems != nil {
		return s, nil, problems
	}
	return m.Number, map[string]string{"suffix": m.Suffix, "madrid": strconv.FormatBool(m.Madrid)}, nil
}

// ParseNiceClass reads a class of the Nice classification: 1 to 34 are goods, 35 to 45
// services; 第31类 is read too. It fails with nice_class_malformed or nice_class_range.
func ParseNiceClass(s string) (int, error) {
	digits := strings.TrimSuffix(strings.TrimPrefix(clean(s), "第"), "类")
	if !niceClassForm.MatchString(digits) {
		return 0, fault.New(fault.Invalid, "nice_class_malformed", "商标类别“%s”应为1至45的整数", shorten(s))
	}
	class, err := strconv.Atoi(digits)
	if err != nil {
		return 0, err
	}
	return class, CheckNiceClass(class)
}

// CheckNiceClass fails with nice_class_range unless the class is 1 to 45.
func CheckNiceClass(class int) error {
	if class < 1 || class > 45 {
		return fault.New(fault.Invalid, "nice_class_range",
			"商标类别应为1至45（1至34为商品，35至45为服务），现为%d", class)
	}
	return nil
}
