package claim

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

// post registers one step on a claim: the body is what the step is told.
func post[P any](api *httpapi.API, s *Service, p authz.Permission, verb, summary string, run func(context.Context, authz.Actor, uuid.UUID, P) (Claim, error)) {
	httpapi.Register(api, httpapi.Needs(p), op("claims", verb+"-claim", http.MethodPost, "/claims/{id}/"+verb, summary),
		func(ctx context.Context, in *stepInput[P]) (*httpapi.Versioned[Detail], error) {
			c, err := run(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, c.ID, err)
		})
}

// postPlain registers a step that is told nothing.
func postPlain(api *httpapi.API, s *Service, p authz.Permission, verb, summary string, run func(context.Context, authz.Actor, uuid.UUID) (Claim, error)) {
	httpapi.Register(api, httpapi.Needs(p), op("claims", verb+"-claim", http.MethodPost, "/claims/{id}/"+verb, summary),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			c, err := run(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, c.ID, err)
		})
}

// said turns a use case that takes a sentence into one that takes a Remark.
func said(run func(context.Context, authz.Actor, uuid.UUID, string) (Claim, error)) func(context.Context, authz.Actor, uuid.UUID, Remark) (Claim, error) {
	return func(ctx context.Context, actor authz.Actor, id uuid.UUID, r Remark) (Claim, error) {
		return run(ctx, actor, id, r.Reason)
	}
}

type revealInput struct {
	httpapi.ByID
	ObjectionID httpapi.UUID `path:"objection_id"`
	Body        Remark
}

func (s *Service) routesSteps(api *httpapi.API) {
	postPlain(api, s, authz.ClaimFile, "submit", "提交补偿申请（须复核）", s.Submit)
	postPlain(api, s, authz.ClaimFile, "resubmit", "补正后重新提交（须复核）", s.Resubmit)
	postPlain(api, s, authz.ClaimFile, "withdraw", "撤回补偿申请", s.Withdraw)
	post(api, s, authz.ClaimManage, "accept", "受理", said(s.Accept))
	post(api, s, authz.ClaimManage, "correct", "要求补正", said(s.Correct))
	post(api, s, authz.ClaimManage, "refuse", "不予受理（须复核）", said(s.Refuse))
	post(api, s, authz.ClaimManage, "first-review", "初审（须复核）", s.FirstReview)
	postPlain(api, s, authz.ClaimManage, "draw", "随机抽取专家", s.Draw)
	post(api, s, authz.ClaimScore, "recuse", "专家申请回避", said(s.Recuse))
	post(api, s, authz.ClaimScore, "score", "专家评分", s.Score)
	post(api, s, authz.ClaimDecide, "bureau-review", "知识产权局复核（须复核）", s.BureauReview)
	post(api, s, authz.ClaimDecide, "publicise", "公示（须复核）", s.Publicise)
	post(api, s, authz.ClaimDecide, "answer", "答复异议（须复核）", s.AnswerObjection)
	post(api, s, authz.ClaimDecide, "reject", "不予补偿（须复核）", said(s.Reject))
	post(api, s, authz.ClaimDecide, "approve", "核准补偿（须复核，再由财政局会签）", said(s.Approve))
	post(api, s, authz.ClaimConfirm, "confirm", "财政局会签核准", said(s.Confirm))
	post(api, s, authz.ClaimConfirm, "send-back", "财政局退回", said(s.SendBack))
	post(api, s, authz.ClaimPay, "pay", "登记拨付（须复核）", s.Pay)
	post(api, s, authz.ClaimDecide, "order-clawback", "责令退回补偿款（须复核）", s.OrderClawback)
	post(api, s, authz.ClaimPay, "claw-back", "登记退回款到账（须复核）", s.ClawBack)
	post(api, s, authz.ClaimManage, "close", "办结（须复核）", said(s.Close))
	httpapi.Register(api, httpapi.Needs(authz.ClaimDecide), op("claims", "reveal-objector", http.MethodPost, "/claims/{id}/objections/{objection_id}/reveal", "查看异议人信息（记入审计）"),
		func(ctx context.Context, in *revealInput) (*httpapi.Body[Contact], error) {
			c, err := s.Reveal(ctx, authz.From(ctx), in.ID.UUID, in.ObjectionID.UUID, in.Body.Reason)
			return httpapi.Of(c), err
		})
}
