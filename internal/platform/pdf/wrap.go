package pdf

import "strings"

// Characters that may not begin or end a line of Chinese text.
const (
	notFirst = "，。、；：！？）》〉」』】〕”’…—%％,.;:!?)]}·"
	notLast  = "（《〈「『【〔“‘([{"
)

// wrap breaks text into lines no wider than most, as measure counts. It breaks between
// any two Chinese characters, keeps Latin words and numbers whole, and never begins a
// line with closing punctuation. Nothing of the text is lost: the writer's own MultiCell
// swallows a character where it breaks a line without a space.
func wrap(text string, most float64, measure func(string) float64) (lines []string) {
	for _, paragraph := range strings.Split(text, "\n") {
		line, width := "", 0.0
		for _, piece := range pieces(paragraph) {
			w := measure(piece)
			if width+w > most && line != "" {
				lines = append(lines, line)
				line, width = "", 0
			}
			for w > most { // one word longer than the line is cut
				cut := fit(piece, most, measure)
				lines = append(lines, piece[:cut])
				piece = piece[cut:]
				w = measure(piece)
			}
			line, width = line+piece, width+w
		}
		lines = append(lines, line)
	}
	return lines
}

// pieces are the smallest parts that stay together.
func pieces(text string) (out []string) {
	for _, r := range text {
		s := string(r)
		if n := len(out); n > 0 && joins(out[n-1], s) {
			out[n-1] += s
			continue
		}
		out = append(out, s)
	}
	return out
}

// joins tells whether next may not be parted from what stands before it.
func joins(before, next string) bool {
	runes := []rune(before)
	last := string(runes[len(runes)-1])
	return strings.Contains(notFirst, next) || strings.Contains(notLast, last) || narrow(last) && narrow(next)
}

func narrow(s string) bool { return s[0] > ' ' && s[0] < 0x7f }

// fit is how many bytes of a piece fit on a line, at least one character.
func fit(piece string, most float64, measure func(string) float64) int {
	end := 0
	for i := range piece {
		if i > 0 && measure(piece[:i]) > most {
			break
		}
		end = i
	}
	if end == 0 {
		return len(string([]rune(piece)[0]))
	}
	return end
}
