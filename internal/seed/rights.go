package seed

import (
	"fmt"
	"time"

	"ippledge/internal/calendar"
	"ippledge/internal/identifier"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
)

// right is an asset of the story.
type right struct {
	asset ipasset.Asset
	value money.Amount
}

type titles struct {
	Titles map[string][]string
	Marks  []string
}

var patentType = map[ipasset.Kind]string{ipasset.InventionPatent: "1", ipasset.UtilityModel: "2", ipasset.DesignPatent: "3"}

// planRights has nothing of its own to plan: rights follow their owner's admission. It
// reads the file early, so that a bad one stops the telling before it begins.
func (s *Story) planRights(calendar.Date) error { return read("rights.json", &titles{}) }

// listRights lets a newly admitted enterprise list what it owns, have it signed and
// verified: three or four rights each, patents first, a trademark always.
func (s *Story) listRights(e *enterprise) error {
	var t titles
	if err := read("rights.json", &t); err != nil {
		return err
	}
	index := len(s.enterprises) - 1
	for i, title := range t.Titles[e.member.Industry] {
		kind := []ipasset.Kind{ipasset.InventionPatent, ipasset.UtilityModel, ipasset.DesignPatent}[i%3]
		s.after(1+i, func() error { return s.listRight(e, s.patent(kind, title, index, i), index, i) })
	}
	mark := func() error { return s.listRight(e, s.mark(t.Marks[index%len(t.Marks)], index), index, 3) }
	if leftBehind(index) {
		day, _ := calendar.AddWorkingDays(s.today, -5)
		s.on(day, 10, index, mark)
		return nil
	}
	s.after(4, mark)
	return nil
}

// leftBehind tells the owners whose trademark was handed in last week and waits: as a
// draft, for the signatory, for the bureau's handler, for its checker.
func leftBehind(owner int) bool { return owner%13 >= 5 && owner%13 <= 8 }

func (s *Story) patent(kind ipasset.Kind, title string, owner, i int) ipasset.Entry {
	year := s.day().Year() - 3 - (owner+i)%4
	first12 := fmt.Sprintf("%04d%s%07d", year, patentType[kind], 1000000+owner*1733+i*7919)
	filed := calendar.NewDate(year, time.Month(1+(owner+i)%12), 1+(owner*3+i)%27)
	granted := filed.AddMonths(20)
	paid := filed.AddMonths(12 * (s.today.Year() - year + 1)) // upkeep is looked after to the end of the story
	extract := s.day()
	revenue := money.FromFen(int64(s.between(300, 2600)) * 1_000_000)
	return ipasset.Entry{
		Kind: kind, Title: title, RightNo: "ZL" + identifier.CompletePatent(first12), FiledOn: &filed, GrantedOn: &granted,
		FeePaidUntil: &paid, ExtractOn: &extract, IPC: "B23P 19/00", ProductRevenue: &revenue, Description: "用于本企业主要产品，已投产。",
	}
}

func (s *Story) mark(word string, owner int) ipasset.Entry {
	class := 7 + owner%30
	registered := s.day().AddMonths(-12 * (2 + owner%5)).AddDays(-owner)
	extract := s.day()
	return ipasset.Entry{
		Kind: ipasset.Trademark, Title: word, RightNo: fmt.Sprintf("%d", 40000000+owner*10177), NiceClass: &class, MarkKind: "ordinary",
		GrantedOn: &registered, ExtractOn: &extract, Description: "企业主商标。",
	}
}

// listRight carries one right from draft to where the story wants it: most are verified;
// a few of each of the other states stay behind.
func (s *Story) listRight(e *enterprise, entry ipasset.Entry, owner, i int) error {
	a, err := s.Assets.Create(s.ctx, e.maker, entry)
	if err != nil {
		return fmt.Errorf("%s %s: %w", e.org.Name, entry.Title, err)
	}
	if i == 3 && owner%13 == 5 {
		return nil // stays a draft
	}
	if a, err = s.Assets.Submit(s.ctx, e.maker, a.ID); err != nil {
		return fmt.Errorf("%s: %w", entry.Title, err)
	}
	if i == 3 && owner%13 == 6 {
		return nil // waits for the signatory
	}
	if err := s.sign(e.checker, ipasset.Subject, a.ID); err != nil {
		return err
	}
	switch {
	case i == 3 && owner%13 == 7:
		return nil // waits for the bureau's handler
	case i == 2 && owner%17 == 9:
		_, err := s.Assets.Reject(s.ctx, s.people["bureau.handler"], a.ID, "登记簿副本与所填权利人名称不一致，请核对后重新提交")
		return err
	}
	s.after(2, func() error { return s.verifyRight(e, a, owner, i) })
	return nil
}

func (s *Story) verifyRight(e *enterprise, a ipasset.Asset, owner, i int) error {
	a, err := s.Assets.Verify(s.ctx, s.people["bureau.handler"], a.ID, "号码、权利人、年费状态核对一致")
	if err != nil {
		return err
	}
	if i == 3 && owner%13 == 8 {
		return nil // waits for the bureau's checker
	}
	if err := s.sign(s.people["bureau.checker"], ipasset.Subject, a.ID); err != nil {
		return err
	}
	s.clock.now = s.clock.now.Add(20 * time.Minute)
	if a, err = s.Assets.PutOnList(s.ctx, e.checker, a.ID); err != nil {
		return fmt.Errorf("%s: %w", a.Title, err)
	}
	e.rights = append(e.rights, &right{asset: a})
	return nil
}
