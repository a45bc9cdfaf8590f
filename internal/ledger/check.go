package ledger

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
)

// check holds every rule that needs no balance.
func (h *head) check(r record) error {
	kind, known := kinds[r.Kind]
	switch today := calendar.DateOf(h.now); {
	case h.book.Status != "open":
		return fault.New(fault.Rule, "book_closed", "账簿“%s”已关闭，不能入账", h.book.Name)
	case !known:
		return fault.InField("kind", "entry_kind_unknown", "没有“%.40s”这种分录", r.Kind)
	case r.Reference == "" || !clean(r.Reference, referenceMax):
		return fault.InField("reference", "reference_malformed", "请填写业务编号，最多 %d 个字，不含换行等控制字符", referenceMax)
	case !clean(r.Narrative, narrativeMax):
		return fault.InField("narrative", "narrative_malformed", "摘要最多 %d 个字，不含换行等控制字符", narrativeMax)
	case !clean(r.IdempotencyKey, keyMax):
		return fault.InField("Idempotency-Key", "idempotency_key_malformed", "幂等键最长 %d 个字符，不含控制字符", keyMax)
	case r.EffectiveOn.After(today):
		return fault.InField("effective_on", "effective_in_future", "记账日期 %s 晚于今天，请填写业务实际发生日", r.EffectiveOn)
	case !r.EffectiveOn.After(h.book.ClosedThrough):
		return errPeriodClosed.Of("effective_on")
	case r.CheckerID != nil && r.MakerID != nil && *r.CheckerID == *r.MakerID:
		return errSamePerson
	case kind.TwoPeople && (r.CheckerID == nil || r.MakerID == nil):
		return fault.New(fault.Rule, "entry_takes_two_people", "“%s”须由经办和复核两人办理", kind.Text)
	}
	return checkPostings(r.Postings)
}

func checkPostings(postings []Posting) error {
	if len(postings) == 0 || len(postings) > postingsMax {
		return fault.InField("postings", "postings_out_of_range", "一笔分录应有 1 到 %d 行", postingsMax)
	}
	var c fault.Collector
	for i, p := range postings {
		field := fmt.Sprintf("postings[%d]", i)
		switch {
		case !p.Amount.IsPositive():
			c.Add(field+".amount", "amount_not_positive", "第 %d 行金额应大于零", i+1)
		case p.Source == p.Destination:
			c.Add(field+".destination", "posting_moves_nothing", "第 %d 行转出与转入是同一科目", i+1)
		case isMemo(p.Source) != isMemo(p.Destination):
			c.Add(field+".destination", "posting_mixes_money_and_memo", "第 %d 行在资金科目与备查科目之间转移，两类科目不能混记", i+1)
		}
	}
	return c.Err()
}

// clean refuses text that is too long, isn't UTF-8, or holds control characters.
func clean(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unicode.IsControl)
}
