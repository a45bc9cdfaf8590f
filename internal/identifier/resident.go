package identifier

import (
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
)

// ParseResidentID reads the number of a resident identity card (GB 11643) and gives its 18
// characters. It fails with resident_id_length, resident_id_alphabet, resident_id_region,
// resident_id_birth_date or resident_id_check_digit. Its sentences never repeat the
// number: it is personal data, and sentences end in logs.
func ParseResidentID(s string) (string, error) {
	return ParseResidentIDOn(s, calendar.Date{})
}

// ParseResidentIDOn is ParseResidentID and refuses a birth after today as well.
func ParseResidentIDOn(s string, today calendar.Date) (string, error) {
	id, birth, problems := parseResidentID(clean(s))
	if problems == nil && !today.IsZero() && birth.After(today) {
		problems = birthProblem()
	}
	if problems != nil {
		return "", problems[0]
	}
	return id, nil
}

func parseResidentID(s string) (id string, birth calendar.Date, problems []*fault.Error) {
	if n := length(s); n != 18 {
		return s, birth, wrong("resident_id_length", "居民身份证号码应为18位，现为%d位，请核对证件", n)
	}
	if len(s) != 18 || !allDigits(s[:17]) || s[17] != 'X' && !allDigits(s[17:]) {
		return s, birth, wrong("resident_id_alphabet", "居民身份证号码前17位应为数字，末位为数字或 X，请核对证件")
	}
	if !provinces[s[:2]] {
		problems = append(problems, wrong("resident_id_region", "居民身份证号码前6位的地区代码无效，请核对证件")...)
	}
	birth, err := calendar.ParseDate(s[6:10] + "-" + s[10:12] + "-" + s[12:14])
	if err != nil {
		problems = append(problems, birthProblem()...)
	}
	if s[17] != residentCheck(s[:17]) {
		problems = append(problems, wrong("resident_id_check_digit", "居民身份证号码末位校验码不正确，请对照证件逐位核对")...)
	}
	return s, birth, problems
}

func birthProblem() []*fault.Error {
	return wrong("resident_id_birth_date", "居民身份证号码第7至14位不是有效的出生日期，请核对证件")
}

// residentCheck is ISO 7064 MOD 11-2, as GB 11643 lays down.
func residentCheck(first17 string) byte {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(first17[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

func readResidentID(s string) (normalized string, details map[string]string, problems []*fault.Error) {
	id, birth, problems := parseResidentID(s)
	if problems != nil {
		return id, nil, problems
	}
	return id, map[string]string{"area_code": id[:6], "birth_date": birth.String(), "masked": MaskResidentID(id)}, nil
}
