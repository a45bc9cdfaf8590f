package httpapi

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"ippledge/internal/fault"
)

// unmarshal is encoding/json, except that a value which one of our own types refuses
// (an amount with three decimals, a date that isn't) is reported with its field's name
// and its own code. encoding/json alone says neither.
func unmarshal(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	if err == nil {
		return nil
	}
	if _, ours := fault.From(err); !ours {
		return err
	}
	var fields []fault.Field
	walk(reflect.TypeOf(v).Elem(), data, "", &fields)
	if len(fields) == 0 {
		return err
	}
	text, marshalErr := json.Marshal(fields)
	if marshalErr != nil {
		return err
	}
	return fmt.Errorf("%s%s", embedded, text)
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

func walk(t reflect.Type, data json.RawMessage, path string, fields *[]fault.Field) {
	if t.Kind() == reflect.Pointer {
		if string(data) != "null" {
			walk(t.Elem(), data, path, fields)
		}
		return
	}
	if reflect.PointerTo(t).Implements(textType) {
		try(t, data, path, fields)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		walkStruct(t, data, path, fields)
	case reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(data, &items) != nil {
			return
		}
		for i, item := range items {
			walk(t.Elem(), item, fmt.Sprintf("%s[%d]", path, i), fields)
		}
	}
}

func walkStruct(t reflect.Type, data json.RawMessage, path string, fields *[]fault.Field) {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			walk(f.Type, data, path, fields)
			continue
		}
		if member, ok := members[name]; ok {
			walk(f.Type, member, strings.TrimPrefix(path+"."+name, "."), fields)
		}
	}
}

func try(t reflect.Type, data json.RawMessage, path string, fields *[]fault.Field) {
	err := json.Unmarshal(data, reflect.New(t).Interface())
	if f, ok := fault.From(err); ok {
		*fields = append(*fields, fault.Field{Field: path, Code: f.Code, Message: f.Message})
	}
}
