package httpapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"ippledge/internal/fault"
)

// Problem is the answer to every request that fails (RFC 9457), with a stable code, a
// Chinese sentence, and the fields at fault.
type Problem struct {
	Type      string        `json:"type" doc:"问题类型的地址，可在接口文档中查到"`
	Title     string        `json:"title"`
	Status    int           `json:"status"`
	Detail    string        `json:"detail" doc:"说明哪里不对、如何处理的中文句子"`
	Code      string        `json:"code" doc:"稳定的错误代码"`
	Errors    []fault.Field `json:"errors,omitempty" doc:"有误的字段"`
	RequestID string        `json:"request_id,omitempty"`
}

func (p *Problem) Error() string             { return p.Code + ": " + p.Detail }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Denied:          http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Stale:           http.StatusPreconditionFailed,
	fault.Rule:            http.StatusUnprocessableEntity,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

var titles = map[int]string{
	400: "请求格式有误", 401: "请先登录", 403: "没有权限", 404: "没有找到", 405: "不支持的方法", 406: "不支持的返回格式",
	409: "状态冲突", 412: "数据已更新", 413: "内容过大", 415: "不支持的内容类型", 422: "内容未通过检查", 429: "操作过于频繁",
	500: "系统出错", 503: "服务暂不可用",
}

// plainCodes name the problems that no domain raised.
var plainCodes = map[int]string{
	400: "request_malformed", 401: "not_signed_in", 403: "permission_denied", 404: "not_found", 405: "method_not_allowed",
	406: "not_acceptable", 408: "request_timeout", 409: "conflict", 412: "stale_version", 413: "body_too_large", 415: "media_type_unsupported",
	422: "input_invalid", 429: "too_many_requests", 500: "internal", 503: "unavailable",
}

func newProblem(ctx context.Context, status int, code, detail string) *Problem {
	title := titles[status]
	if title == "" {
		title = http.StatusText(status)
	}
	return &Problem{
		Type: "/docs/problems#" + code, Title: title, Status: status, Detail: detail, Code: code, RequestID: RequestID(ctx),
	}
}

// problemOf turns what a use case returned into the answer. A failure shows its
// sentence; any other error is logged and shows nothing of itself.
func problemOf(ctx context.Context, err error) *Problem {
	f, ok := fault.From(err)
	if !ok {
		if ctx.Err() != nil {
			return newProblem(ctx, http.StatusServiceUnavailable, "request_cancelled", "请求已取消或超时，请重试")
		}
		slog.ErrorContext(ctx, "request failed", "error", err, "request_id", RequestID(ctx))
		return newProblem(ctx, http.StatusInternalServerError, "internal", "系统出错，请稍后再试；如持续出现，请将请求编号告知平台")
	}
	p := newProblem(ctx, statusOf[f.Kind], f.Code, f.Message)
	p.Errors = f.Fields
	return p
}

// embedded carries our failures through huma's text-only error details.
const embedded = "\x00fields:"

var coded = regexp.MustCompile(`([a-z][a-z0-9]*(?:_[a-z0-9]+)+): ([^\x00]*\p{Han}.*)$`)

// humaError is what huma calls for the faults it finds itself: bad JSON, a missing
// property, a value of the wrong type.
func humaError(status int, msg string, errs ...error) huma.StatusError {
	p := newProblem(context.Background(), status, plainCodes[status], sentences[msg])
	if p.Code == "" {
		p.Code = "request_malformed"
	}
	if p.Detail == "" {
		p.Detail = titles[status]
	}
	for _, err := range errs {
		p.Errors = append(p.Errors, fieldsOf(err, p.Code)...)
	}
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Message
		if len(p.Errors) > 1 {
			p.Detail = "填写内容有误，请逐项更正：" + p.Detail
		}
	}
	if len(p.Errors) == 1 && status == http.StatusUnprocessableEntity {
		p.Code = p.Errors[0].Code
		p.Type = "/docs/problems#" + p.Code
	}
	return p
}

var sentences = map[string]string{
	"request body is required": "请求内容不能为空",
	"validation failed":        "内容未通过检查",
	"request body too large":   "提交的内容超出大小限制",
}

func fieldsOf(err error, code string) []fault.Field {
	detailer, ok := err.(huma.ErrorDetailer)
	if !ok {
		return []fault.Field{{Field: "", Code: code, Message: "请求无法识别"}}
	}
	d := detailer.ErrorDetail()
	if at := strings.Index(d.Message, embedded); at >= 0 {
		var fields []fault.Field
		if json.Unmarshal([]byte(d.Message[at+len(embedded):]), &fields) == nil {
			return fields
		}
	}
	field := location(d.Location)
	if m := coded.FindStringSubmatch(d.Message); m != nil {
		return []fault.Field{{Field: field, Code: m[1], Message: m[2]}}
	}
	message := d.Message
	switch {
	case code == "request_malformed":
		message = "请求内容不是有效的 JSON"
	case strings.HasPrefix(message, "缺少必填项"):
		code = "field_required"
		field = strings.TrimPrefix(field+"."+strings.TrimPrefix(message, "缺少必填项 "), ".")
	case strings.HasPrefix(message, "required "): // huma's own words for a missing query parameter or header
		code, message = "field_required", "缺少必填项"
	case message == validation.MsgUnexpectedProperty:
		code = "field_unknown"
	case message == validation.MsgExpectedRFC3339Date:
		code = "date_malformed"
	case strings.HasPrefix(message, "编号格式有误"):
		code, message = "id_malformed", "编号格式有误"
	default:
		code = "field_invalid"
	}
	if !han.MatchString(message) {
		message = "该项填写有误"
	}
	return []fault.Field{{Field: field, Code: code, Message: message}}
}

var han = regexp.MustCompile(`\p{Han}`)

func location(l string) string {
	for _, prefix := range []string{"body.", "query.", "path.", "header."} {
		l = strings.TrimPrefix(l, prefix)
	}
	if l == "body" {
		return ""
	}
	return l
}

func init() {
	huma.NewError = humaError
	huma.NewErrorWithContext = func(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
		p := humaError(status, msg, errs...)
		if problem, ok := p.(*Problem); ok && hc != nil {
			problem.RequestID = RequestID(hc.Context())
		}
		return p
	}
	speakChinese()
}

// speakChinese sets huma's sentences for what its schema check finds.
func speakChinese() {
	validation.MsgUnexpectedProperty = "不认识的字段"
	validation.MsgExpectedRequiredProperty = "缺少必填项 %s"
	validation.MsgExpectedString = "应为文本"
	validation.MsgExpectedNumber = "应为数字"
	validation.MsgExpectedInteger = "应为整数"
	validation.MsgExpectedBoolean = "应为是或否"
	validation.MsgExpectedArray = "应为列表"
	validation.MsgExpectedObject = "应为对象"
	validation.MsgExpectedOneOf = "应为以下之一：%s"
	validation.MsgExpectedMinimumNumber = "不能小于 %v"
	validation.MsgExpectedExclusiveMinimumNumber = "应大于 %v"
	validation.MsgExpectedMaximumNumber = "不能大于 %v"
	validation.MsgExpectedExclusiveMaximumNumber = "应小于 %v"
	validation.MsgExpectedMinLength = "至少 %d 个字"
	validation.MsgExpectedMaxLength = "最多 %d 个字"
	validation.MsgExpectedMinItems = "至少 %d 项"
	validation.MsgExpectedMaxItems = "最多 %d 项"
	validation.MsgExpectedRFC4122UUID = "编号格式有误：%v"
	validation.MsgExpectedRFC3339Date = "日期应为 2026-01-31 这样的格式"
	validation.MsgExpectedRFC3339DateTime = "时间格式有误"
	validation.MsgExpectedRFC5322Email = "邮箱格式有误：%v"
	validation.MsgExpectedMatchPattern = "格式不符（%s）"
	validation.MsgExpectedBePattern = "格式不符（%s）"
	validation.MsgExpectedArrayItemsUnique = "列表中有重复项"
}
