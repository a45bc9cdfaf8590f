package identifier

import "ippledge/internal/fault"

// bankAreas are the area codes of the payment system in Shaoyang. They aren't the
// administrative codes (domain §6.4).
var bankAreas = map[string]string{
	"5550": "邵阳市", "5551": "邵东市", "5552": "新邵县", "5553": "邵阳县", "5554": "隆回县",
	"5555": "洞口县", "5556": "武冈市", "5557": "绥宁县", "5558": "新宁县", "5559": "城步苗族自治县",
}

// ParseCNAPS reads the code of a bank's branch in the payment system (联行号): three digits of
// the bank, four of the area, four of the branch and a check digit. It fails with
// cnaps_length, cnaps_alphabet or cnaps_check_digit. No published rule states the check,
// ISO 7064 MOD 11,10; it fits every code that was tried (domain §6.4), so with
// cnaps_check_digit the normal form comes back too, and a second person may overrule it.
func ParseCNAPS(s string) (string, error) {
	normalized, _, problems := readCNAPS(clean(s))
	return normalized, first(problems)
}

func readCNAPS(s string) (normalized string, details map[string]string, problems []*fault.Error) {
	if n := length(s); n != 12 {
		return s, nil, wrong("cnaps_length", "联行号应为12位数字，现为%d位，请向开户行核对", n)
	}
	if !allDigits(s) {
		return s, nil, wrong("cnaps_alphabet", "联行号“%s”只能由数字组成，请向开户行核对", shorten(s))
	}
	details = map[string]string{"bank_code": s[:3], "area_code": s[3:7]}
	if name := bankAreas[s[3:7]]; name != "" {
		details["area_name"] = name
	}
	if s[11] != cnapsCheck(s[:11]) {
		details[overrideAllowed] = "true"
		return s, details, wrong("cnaps_check_digit",
			"联行号“%s”的末位校验位不正确，请逐位核对；如开户行确认无误，可由复核人确认", s)
	}
	return s, details, nil
}

func cnapsCheck(first11 string) byte {
	product := 10
	for i := range first11 {
		sum := (product + int(first11[i]-'0')) % 10
		if sum == 0 {
			sum = 10
		}
		product = 2 * sum % 11
	}
	return byte('0' + (11-product)%10)
}
