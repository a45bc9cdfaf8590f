package policy

import "fmt"

// Difference is one parameter in two versions side by side.
type Difference struct {
	Definition
	A       string `json:"a"`
	B       string `json:"b"`
	Changed bool   `json:"changed"`
}

// compare sets two versions side by side, every parameter in the order of the form.
func compare(a, b Parameters) []Difference {
	left, right := a.values(), b.values()
	out := make([]Difference, len(Definitions))
	for i, d := range Definitions {
		l, r := fmt.Sprint(left[d.Key]), fmt.Sprint(right[d.Key])
		out[i] = Difference{Definition: d, A: l, B: r, Changed: l != r}
	}
	return out
}

// differences are the changed parameters only, for the audit trail.
func differences(a, b Parameters) map[string][2]string {
	out := map[string][2]string{}
	for _, d := range compare(a, b) {
		if d.Changed {
			out[d.Key] = [2]string{d.A, d.B}
		}
	}
	return out
}
