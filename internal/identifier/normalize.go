package identifier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longest is more than any number with all its punctuation needs. A longer text is left
// as it is, and fails on its length.
const longest = 256

// clean undoes what keyboards and copying add: full-width forms, lower case, spaces,
// dots, hyphens and invisible marks.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if len(s) > longest {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || strings.ContainsRune(".·•。", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(s))
}

// shorten keeps a wrong value quotable in a sentence.
func shorten(s string) string {
	r := []rune(strings.ToValidUTF8(s, "?"))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

func length(s string) int { return len([]rune(s)) }

func allDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
