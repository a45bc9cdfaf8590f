package httpapi

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/go-playground/validator/v10"

	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

// newValidator knows the field's own formats (uscc, patent_no, …), the same ones that
// the spreadsheet imports and the command line use.
func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		for _, tag := range []string{"json", "query", "path", "header"} {
			if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" && name != "-" {
				return name
			}
		}
		return f.Name
	})
	if err := identifier.Register(v); err != nil {
		panic(err) // a tag of our own that doesn't register is a fault of the program
	}
	return v
}

func (api *API) validate(in any) error {
	err := api.validity.Struct(in)
	var found validator.ValidationErrors
	if !errors.As(err, &found) {
		return err
	}
	var c fault.Collector
	for _, f := range found {
		code, message := explain(f)
		c.Add(fieldPath(f.Namespace()), code, "%s", message)
	}
	return c.Err()
}

var leading = regexp.MustCompile(`^[^.]*\.(Body\.)?`)

func fieldPath(namespace string) string { return leading.ReplaceAllString(namespace, "") }

func explain(f validator.FieldError) (code, message string) {
	if code, message := identifier.Explain(f.Tag(), fmt.Sprint(f.Value())); code != "" {
		return code, message
	}
	switch f.Tag() {
	case "required":
		return "field_required", "该项必填"
	case "max":
		return "field_too_long", "超出长度或数值上限 " + f.Param()
	case "min":
		return "field_too_short", "低于长度或数值下限 " + f.Param()
	case "email":
		return "email_malformed", "邮箱格式有误"
	case "oneof":
		return "field_invalid", "应为以下之一：" + f.Param()
	}
	return "field_invalid", "该项填写有误"
}
