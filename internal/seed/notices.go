package seed

import (
	"fmt"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/notify"
)

// notices are what the bureau publishes, by day after the beginning.
var notices = []struct {
	after       int
	kind        notify.Kind
	title, body string
}{
	{10, notify.Announcement, "关于启用知识产权质押融资平台的通知", "自即日起，全市知识产权质押融资需求的发布、银行报价、质押登记备案、风险补偿申请统一在本平台办理。\n企业凭统一社会信用代码入驻，经核准后即可登记专利、商标和地理标志。\n办理中不收取任何费用。"},
	{45, notify.ListNotice, "知识产权质押融资合作银行名单（第一批）", "经双方签约，下列银行为第一批合作银行：邵阳资江银行、宝庆商业银行、雪峰农村商业银行、邵东民商村镇银行、湘西南实业银行邵阳分行、崀山农村商业银行、都梁银行武冈分行、湘商合作银行邵阳分行。"},
	{400, notify.Disclosure, "风险补偿基金上年度运行情况", "上年度基金收到市、县（市、区）和园区出资，全部存放于托管专户，利息计入基金。\n备案贷款、补偿与追偿明细见平台公开指标与账簿公示，每日账簿指纹可供核对。"},
	{700, notify.Announcement, "关于做好年末知识产权年费缴纳的提醒", "出质专利的年费应在申请日的周年日之前缴纳，逾期六个月内补缴须缴滞纳金，逾期不缴专利权自应缴之日起终止，影响质权。\n请出质人和质权人登录平台查看提醒。"},
}

// planNotices lets the bureau write and a colleague publish.
func (s *Story) planNotices(begin calendar.Date) error {
	for i, n := range notices {
		s.on(begin.AddDays(n.after), 16, 10*i, func() error {
			made, err := s.Notices.Create(s.ctx, s.people["bureau.handler"], notify.Text{
				Kind: n.kind, Title: n.title, Body: n.body, Contact: "邵阳市市场监督管理局知识产权运用促进科 0739-5300000",
			})
			if err != nil {
				return fmt.Errorf("%s: %w", n.title, err)
			}
			if _, err := s.Notices.Submit(s.ctx, s.people["bureau.handler"], made.ID); err != nil {
				return err
			}
			return s.sign(s.people["bureau.checker"], "notice", made.ID)
		})
	}
	return nil
}

// planGI lets the association of the story list its certification mark.
func (s *Story) planGI(begin calendar.Date) error {
	s.on(begin.AddDays(35), 10, 40, func() error {
		class := 29
		registered, extract := s.day().AddMonths(-50), s.day()
		maker, signatory := s.people["gi.operator"], s.people["gi.signatory"]
		a, err := s.Assets.Create(s.ctx, maker, ipasset.Entry{
			Kind: ipasset.GIMark, Title: "邵阳县茶油（演示）", RightNo: "48800127", NiceClass: &class, MarkKind: "certification",
			GrantedOn: &registered, ExtractOn: &extract, Description: "地理标志证明商标，授权产区内符合条件的油茶企业使用。",
		})
		if err != nil {
			return err
		}
		if _, err := s.Assets.Submit(s.ctx, maker, a.ID); err != nil {
			return err
		}
		if err := s.sign(signatory, ipasset.Subject, a.ID); err != nil {
			return err
		}
		s.after(3, func() error { return s.verifyGI(a, signatory) })
		return nil
	})
	return nil
}

func (s *Story) verifyGI(a ipasset.Asset, signatory authz.Actor) error {
	if _, err := s.Assets.Verify(s.ctx, s.people["bureau.handler"], a.ID, "注册人、类别与商标档案一致"); err != nil {
		return err
	}
	if err := s.sign(s.people["bureau.checker"], ipasset.Subject, a.ID); err != nil {
		return err
	}
	_, err := s.Assets.PutOnList(s.ctx, signatory, a.ID)
	return err
}
