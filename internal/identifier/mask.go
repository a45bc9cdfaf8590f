package identifier

import "strings"

// Masks follow domain §9.2. A value too short to hide anything in is hidden whole, so
// that a slip of the keyboard doesn't show what the mask is for.

// MaskName keeps the family name and, of three characters or more, the last: 张*, 张*三.
func MaskName(name string) string {
	r := []rune(strings.TrimSpace(name))
	switch n := len(r); n {
	case 0:
		return ""
	case 1:
		return "*"
	case 2:
		return string(r[:1]) + "*"
	default:
		return string(r[:1]) + strings.Repeat("*", n-2) + string(r[n-1:])
	}
}

// MaskResidentID keeps the first four and the last four of 18 characters.
func MaskResidentID(id string) string { return maskMiddle(strings.TrimSpace(id), 4, 4, 15) }

// MaskMobile keeps the first three and the last four digits: 138****1234.
func MaskMobile(number string) string {
	number = strings.TrimPrefix(clean(number), "+86")
	return maskMiddle(number, 3, 4, 11)
}

// MaskAccount keeps the last four characters of a bank account: ****1234.
func MaskAccount(account string) string {
	r := []rune(clean(account))
	if len(r) == 0 {
		return ""
	}
	if len(r) < 8 {
		return "****"
	}
	return "****" + string(r[len(r)-4:])
}

// MaskEmail keeps the first character and the domain: a***@example.com.
func MaskEmail(address string) string {
	address = strings.TrimSpace(address)
	if address == "" {
		return ""
	}
	local, domain, found := strings.Cut(address, "@")
	r := []rune(local)
	if !found || len(r) == 0 {
		return "***"
	}
	return string(r[:1]) + "***@" + domain
}

func maskMiddle(s string, head, tail, shortest int) string {
	r := []rune(s)
	if len(r) < shortest {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
