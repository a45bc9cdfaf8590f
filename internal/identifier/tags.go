package identifier

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"

	"github.com/go-playground/validator/v10"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// tags are the validator tags of the field's own formats; each calls the parser, so that
// a form, a spreadsheet and the command line refuse the same things.
var tags = map[string]func(string) error{
	"uscc":         func(s string) error { _, err := ParseUSCC(s); return err },
	"patent_no":    func(s string) error { _, err := ParsePatent(s); return err },
	"trademark_no": func(s string) error { _, err := ParseTrademark(s); return err },
	"nice_class":   func(s string) error { _, err := ParseNiceClass(s); return err },
	"cnaps":        func(s string) error { _, err := ParseCNAPS(s); return err },
	"resident_id":  func(s string) error { _, err := ParseResidentID(s); return err },
	"fen":          checkFen,
	"rate":         func(s string) error { _, err := money.ParseRate(s); return err },
}

// checkFen wants an amount people may type in: exact to the fen and not below zero.
func checkFen(s string) error {
	a, err := money.Parse(s)
	if err != nil {
		return err
	}
	if a.IsNegative() {
		return fault.New(fault.Invalid, "amount_negative", "金额“%s”不能为负数", s)
	}
	return nil
}

// Register teaches a validator the tags uscc, patent_no, trademark_no, nice_class, cnaps,
// resident_id, fen and rate. They apply to strings, to whole numbers and to types that
// have a text form.
func Register(v *validator.Validate) error {
	for tag, check := range tags {
		if err := v.RegisterValidation(tag, func(field validator.FieldLevel) bool {
			text, err := fieldText(field.Field())
			return err == nil && check(text) == nil
		}); err != nil {
			return fmt.Errorf("identifier: tag %s: %w", tag, err)
		}
	}
	return nil
}

func fieldText(v reflect.Value) (string, error) {
	if v.CanInterface() {
		if m, ok := v.Interface().(encoding.TextMarshaler); ok {
			text, err := m.MarshalText()
			return string(text), err
		}
	}
	switch {
	case v.Kind() == reflect.String:
		return v.String(), nil
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	default:
		return "", fmt.Errorf("identifier: a %s has no text form", v.Type())
	}
}

// Explain is why a value failed one of our tags: the code and the Chinese sentence of the
// parser. Both are empty for another tag and for a value that passes.
func Explain(tag, value string) (code, message string) {
	check, ok := tags[tag]
	if !ok {
		return "", ""
	}
	if failure, ok := fault.From(check(value)); ok {
		return failure.Code, failure.Message
	}
	return "", ""
}
