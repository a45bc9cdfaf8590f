package ipasset

import (
	"strings"

	"ippledge/internal/platform/postgres"
)

// BundleOf is the other marks of the same owner that must be pledged together with this
// one: identical or similar marks on the same class of goods (domain §1.4, art. 3 of the
// trademark pledge rules). Similarity is read from the names only [REC]: the register's
// examiner has the last word. Of the right itself this is a warning; the filing of a
// pledge refuses an incomplete bundle. Patents have no bundle.
func BundleOf(tx postgres.Tx, a Asset) ([]Asset, error) {
	if a.Kind.IsPatent() || a.NiceClass == nil {
		return nil, nil
	}
	candidates, err := marksOfClass(tx, a)
	if err != nil {
		return nil, err
	}
	var bundle []Asset
	for _, c := range candidates {
		if similarNames(a.Title, c.Title) {
			bundle = append(bundle, c)
		}
	}
	return bundle, nil
}

// BundleFinding is the warning that belongs to a bundle; nil when there is none.
func BundleFinding(bundle []Asset) *Finding {
	if len(bundle) == 0 {
		return nil
	}
	names := make([]string, len(bundle))
	for i, b := range bundle {
		names[i] = b.Title + "（" + b.RightNo + "）"
	}
	return &Finding{Code: "T_bundle", Text: "同一注册人在同一类别上的相同或近似商标须一并出质：" + strings.Join(names, "、")}
}

// SameMark tells whether two marks bear the same name, whatever kind of mark they are.
func SameMark(a, b Asset) bool {
	name := markName(a.Title)
	return name != "" && name == markName(b.Title)
}

// similarNames tells whether two names of marks are likely to be held similar: equal, one
// within the other, or sharing at least half of their characters in pairs.
func similarNames(a, b string) bool {
	x, y := markName(a), markName(b)
	if x == "" || y == "" {
		return false
	}
	if strings.Contains(x, y) || strings.Contains(y, x) {
		return true
	}
	px, py := pairs(x), pairs(y)
	shared := 0
	for pair, n := range px {
		shared += min(n, py[pair])
	}
	return shared > 0 && 4*shared >= total(px)+total(py)
}

// markName leaves out what describes the kind of mark and not the mark.
func markName(s string) string {
	s = plainName(s)
	for _, word := range []string{"图形商标", "文字商标", "商标", "牌", "及图", "图形"} {
		s = strings.TrimSuffix(s, word)
	}
	return s
}

func pairs(s string) map[string]int {
	out := map[string]int{}
	runes := []rune(s)
	for i := range len(runes) - 1 {
		out[string(runes[i:i+2])]++
	}
	return out
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
