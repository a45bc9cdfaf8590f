// Package fault holds the failures a user may be told about: what kind, a stable code,
// a sentence in the user's language, and the fields at fault. Anything else that goes
// wrong is an ordinary error, is logged, and reaches nobody word for word.
package fault

import (
	"errors"
	"fmt"
)

// Kind classes a failure; the HTTP status follows from it and from nothing else.
type Kind int

const (
	Internal        Kind = iota // anything that isn't an *Error
	Invalid                     // the input is malformed or out of range
	Unauthenticated             // nobody is signed in, or the session ended
	Denied                      // somebody is, and may not
	NotFound
	Conflict // the state moved on: somebody else acted first
	Stale    // the caller saw an older version of the row (If-Match)
	Rule     // well formed, but a rule of the business refuses it
	TooLarge
	TooMany     // rate limit, lockout
	Unavailable // a dependency is down; try again
)

// Field is one field at fault. Field is the JSON path of the input ("principal",
// "assets[2].class"), or "row 7: patent_no" for a spreadsheet.
type Field struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error is a failure with a stable code. Two errors are the same to errors.Is when
// their codes are.
type Error struct {
	Kind    Kind
	Code    string // stable, documented, never reused: "bid_not_open"
	Message string // a Chinese sentence that says what is wrong and what to do
	Fields  []Field
	cause   error
}

// New makes a failure. The format is a Chinese sentence.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// InField makes an Invalid failure of one field.
func InField(field, code, format string, args ...any) *Error {
	e := New(Invalid, code, format, args...)
	e.Fields = []Field{{field, code, e.Message}}
	return e
}

// Of returns the same failure with the named field at fault.
func (e *Error) Of(field string) *Error {
	c := *e
	c.Fields = []Field{{field, e.Code, e.Message}}
	return &c
}

// Because keeps the cause for the log; it is never shown.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.cause)
	}
	text := e.Code + ": " + e.Message
	if len(e.Fields) > 1 {
		for _, f := range e.Fields {
			text += fmt.Sprintf(" [%s %s %s]", f.Field, f.Code, f.Message)
		}
	}
	return text
}

func (e *Error) Unwrap() error { return e.cause }

// Is matches by code, so that a test or a caller can ask for a failure by name.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// From finds the failure in err's chain.
func From(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Has tells whether err is the failure with this code.
func Has(err error, code string) bool {
	e, ok := From(err)
	return ok && e.Code == code
}

// Collector gathers the fields at fault of one input, so that the user sees all at once.
type Collector struct{ fields []Field }

// Add notes one field.
func (c *Collector) Add(field, code, format string, args ...any) {
	c.fields = append(c.fields, Field{field, code, fmt.Sprintf(format, args...)})
}

// Take notes err against field when it is a failure; other errors come back.
func (c *Collector) Take(field string, err error) error {
	if err == nil {
		return nil
	}
	e, ok := From(err)
	if !ok {
		return err
	}
	c.fields = append(c.fields, Field{field, e.Code, e.Message})
	return nil
}

// Err is nil when nothing was noted. With one field its code is the failure's code.
func (c *Collector) Err() error {
	switch len(c.fields) {
	case 0:
		return nil
	case 1:
		return &Error{Kind: Invalid, Code: c.fields[0].Code, Message: c.fields[0].Message, Fields: c.fields}
	default:
		return &Error{Kind: Invalid, Code: "input_invalid", Message: fmt.Sprintf("有 %d 处填写有误，请逐项更正。", len(c.fields)), Fields: c.fields}
	}
}
