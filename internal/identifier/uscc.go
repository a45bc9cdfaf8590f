package identifier

import (
	"strconv"
	"strings"

	"ippledge/internal/fault"
)

// usccAlphabet gives the values 0 to 30 of a code's characters; I, O, Z, S and V are left
// out because they look like digits or each other (GB 32100-2015, domain §6.1).
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// usccAuthorities names who may give a code, by its first character.
var usccAuthorities = map[byte]string{
	'1': "机构编制部门", '2': "外交部门", '3': "司法行政部门", '4': "文化部门", '5': "民政部门",
	'6': "旅游部门", '7': "宗教部门", '8': "工会", '9': "市场监督管理部门",
	'A': "军队改革和编制部门", 'N': "农业部门", 'Y': "其他部门",
}

// ParseUSCC reads a social credit code (统一社会信用代码) and gives its 18 characters. It fails
// with uscc_length, uscc_alphabet, uscc_authority, uscc_area, uscc_org_code_check (the
// organisation code inside, characters 9 to 17) or uscc_check_digit.
//
// Only the last may be overruled, with a scan of the licence and a second person: some
// early codes of Fujian were printed with a wrong 18th character (domain §6.1). It is
// reported only when everything before it is right, and for its sake the normal form
// comes back with the failure too.
func ParseUSCC(s string) (string, error) {
	normalized, _, problems := readUSCC(clean(s))
	return normalized, first(problems)
}

func readUSCC(code string) (normalized string, details map[string]string, problems []*fault.Error) {
	if problems = usccForm(code); problems != nil {
		return code, map[string]string{overrideAllowed: "false"}, problems
	}
	area, name := CurrentArea(code[2:8])
	details = map[string]string{
		"authority":         code[:1],
		"area_code":         area,
		"organisation_code": code[8:17],
	}
	if name != "" {
		details["area_name"] = name
	}
	if area != code[2:8] {
		details["area_code_written"] = code[2:8]
	}
	if authority, ok := usccAuthorities[code[0]]; ok {
		details["authority_name"] = authority
	} else {
		problems = append(problems, wrong("uscc_authority",
			"统一社会信用代码第1位“%c”不是有效的登记管理部门代码，企业一般为 9，请核对营业执照", code[0])...)
	}
	if !allDigits(code[2:8]) || !provinces[code[2:4]] && code[2:4] != "10" {
		problems = append(problems, wrong("uscc_area",
			"统一社会信用代码第3至8位“%s”不是有效的行政区划码，请核对营业执照", code[2:8])...)
	}
	if code[16] != orgCheck(code[8:16]) {
		problems = append(problems, wrong("uscc_org_code_check",
			"统一社会信用代码第9至17位（主体标识码）“%s”校验不通过，请对照营业执照逐位核对", code[8:17])...)
	}
	if code[17] == usccCheck(code[:17]) {
		return code, details, problems
	}
	details[overrideAllowed] = strconv.FormatBool(problems == nil)
	return code, details, append(problems, wrong("uscc_check_digit",
		"统一社会信用代码第18位校验码“%c”不正确，请对照营业执照逐位核对；如证照上确为此号，请上传证照扫描件并由复核人确认", code[17])...)
}

func usccForm(code string) []*fault.Error {
	if n := length(code); n != 18 {
		return wrong("uscc_length", "统一社会信用代码应为18位，现为%d位，请核对营业执照", n)
	}
	at := 0
	for _, r := range code {
		at++
		if !strings.ContainsRune(usccAlphabet, r) {
			return wrong("uscc_alphabet",
				"统一社会信用代码第%d位“%c”不是允许的字符（只用数字和大写字母，不用 I、O、Z、S、V），请检查是否把 0、1、2、5 误填为字母", at, r)
		}
	}
	return nil
}

// orgCheck is the check character of an organisation code, after GB 11714.
func orgCheck(org8 string) byte {
	sum := 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		value := int(org8[i] - '0')
		if org8[i] >= 'A' {
			value = int(org8[i]-'A') + 10
		}
		sum += value * weight
	}
	return "0X987654321"[sum%11]
}

// usccCheck is the 18th character, after GB 32100: weights are the powers of 3 modulo 31.
func usccCheck(first17 string) byte {
	sum, weight := 0, 1
	for i := range first17 {
		sum += strings.IndexByte(usccAlphabet, first17[i]) * weight
		weight = weight * 3 % 31
	}
	return usccAlphabet[(31-sum%31)%31]
}
