// Package identifier reads the numbers of the field: social credit codes, patents,
// trademarks, geographical indications, bank codes and identity cards. It normalises
// what people type and says precisely what is wrong with it.
//
// The one hard rule: a right check digit proves that a number was copied correctly, and
// nothing about whose number it is; no caller may take a valid number for an identity.
package identifier

import (
	"ippledge/internal/fault"
)

// The kinds of number Check knows.
const (
	KindUSCC       = "uscc"
	KindPatent     = "patent"
	KindTrademark  = "trademark"
	KindCNAPS      = "cnaps"
	KindResidentID = "resident_id"
	KindGI         = "gi"
)

// Result is what can be said about one number.
type Result struct {
	Valid      bool              `json:"valid" doc:"号码是否有效（仅说明号码填写正确，不证明权属或身份）"`
	Normalized string            `json:"normalized" doc:"规范化后的号码"`
	Kind       string            `json:"kind" enum:"uscc,patent,trademark,cnaps,resident_id,gi" doc:"号码种类"`
	Details    map[string]string `json:"details" doc:"从号码中读出的内容"`
	Problems   []Problem         `json:"problems" nullable:"false" doc:"发现的问题"`
}

// Problem is one thing wrong with a number: a stable code and a Chinese sentence.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// overrideAllowed is the detail that tells whether a scan of the certificate and a second
// person may overrule a wrong check digit (domain §6.1, §6.4).
const overrideAllowed = "override_allowed"

// Check reads a number of the given kind. A number that is merely wrong is an answer with
// Valid false; the only failure is identifier_kind_unknown.
func Check(kind, value string) (Result, error) {
	read, ok := readers[kind]
	if !ok {
		return Result{}, fault.InField("kind", "identifier_kind_unknown",
			"不支持的号码种类“%s”，可选：统一社会信用代码、专利号、商标注册号、联行号、居民身份证号、地理标志编号", shorten(kind))
	}
	normalized, details, problems := read(clean(value))
	if details == nil {
		details = map[string]string{}
	}
	r := Result{Valid: len(problems) == 0, Normalized: normalized, Kind: kind, Details: details, Problems: []Problem{}}
	for _, p := range problems {
		r.Problems = append(r.Problems, Problem{p.Code, p.Message})
	}
	return r, nil
}

// reader takes a cleaned value and gives its best normal form, what it tells, and what is
// wrong with it.
type reader func(string) (normalized string, details map[string]string, problems []*fault.Error)

var readers = map[string]reader{
	KindUSCC:       readUSCC,
	KindPatent:     readPatent,
	KindTrademark:  readTrademark,
	KindCNAPS:      readCNAPS,
	KindResidentID: readResidentID,
	KindGI:         readGI,
}

// first turns the problems into an error: the first is the one to mend first.
func first(problems []*fault.Error) error {
	if len(problems) == 0 {
		return nil
	}
	return problems[0]
}

func wrong(code, format string, args ...any) []*fault.Error {
	return []*fault.Error{fault.New(fault.Invalid, code, format, args...)}
}
