package claim

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

type recoveriesInput struct {
	page.Query
	Status          string        `query:"status" enum:",open,collecting,exhausted,writeoff_applied,writeoff_endorsed,written_off,completed,reopened"`
	FundID          httpapi.UUID  `query:"fund_id" doc:"基金"`
	BankID          httpapi.UUID  `query:"bank_id" doc:"银行"`
	ClaimID         httpapi.UUID  `query:"claim_id" doc:"补偿申请"`
	TransferOverdue bool          `query:"transfer_overdue" doc:"只看基金应得款逾期未划转的"`
	From            calendar.Date `query:"from" doc:"补偿日期起"`
	To              calendar.Date `query:"to" doc:"补偿日期止"`
}

func (in recoveriesInput) filter() recoveryFilter {
	return recoveryFilter{
		Status: in.Status, FundID: in.FundID.UUID, BankID: in.BankID.UUID, ClaimID: in.ClaimID.UUID,
		TransferOverdue: in.TransferOverdue, From: in.From, To: in.To,
	}
}

// postRecovery registers one step on a recovery.
func postRecovery[P any](api *httpapi.API, s *Service, p authz.Permission, verb, summary string, run func(context.Context, authz.Actor, uuid.UUID, P) (Recovery, error)) {
	httpapi.Register(api, httpapi.Needs(p), op("recoveries", verb+"-recovery", http.MethodPost, "/recoveries/{id}/"+verb, summary),
		func(ctx context.Context, in *stepInput[P]) (*httpapi.Versioned[RecoveryDetail], error) {
			r, err := run(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answerRecovery(ctx, r.ID, err)
		})
}

func (s *Service) routesRecovery(api *httpapi.API) {
	const tag = "recoveries"
	read := httpapi.Needs(authz.ClaimRead)
	httpapi.Register(api, read, op(tag, "list-recoveries", http.MethodGet, "/recoveries", "追偿列表"), s.apiRecoveries)
	httpapi.Register(api, read, op(tag, "export-recoveries", http.MethodGet, "/recoveries/export.xlsx", "导出追偿列表"), s.apiRecoveriesExport)
	httpapi.Register(api, read, op(tag, "get-recovery", http.MethodGet, "/recoveries/{id}", "追偿详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[RecoveryDetail], error) {
			return s.answerRecovery(ctx, in.ID.UUID, nil)
		})
	postRecovery(api, s, authz.ClaimFile, "receive", "登记追偿回款（须复核）", s.Receive)
	postRecovery(api, s, authz.ClaimPay, "confirm-transfer", "确认追偿款到账（须复核）", s.ConfirmTransfer)
	postRecovery(api, s, authz.ClaimFile, "exhaust", "认定追偿终结（须复核）", s.Exhaust)
	postRecovery(api, s, authz.ClaimManage, "apply-writeoff", "申请核销（须复核）",
		func(ctx context.Context, actor authz.Actor, id uuid.UUID, r Remark) (Recovery, error) {
			return s.ApplyForWriteoff(ctx, actor, id, r.Reason)
		})
	postRecovery(api, s, authz.ClaimDecide, "decide-writeoff", "知识产权局审定核销（须复核）", s.DecideWriteoff)
	postRecovery(api, s, authz.ClaimConfirm, "settle-writeoff", "财政局会签核销", s.SettleWriteoff)
}

func (s *Service) answerRecovery(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[RecoveryDetail], error) {
	if err != nil {
		return nil, err
	}
	var d RecoveryDetail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.recoveryDetail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) loadRecoveries(ctx context.Context, in *recoveriesInput, export bool) (out page.List[RecoveryView], err error) {
	request, err := in.Parse(sortableRecoveries, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listRecoveries(tx, actor, request, in.filter())
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, RecoverySubject, ids)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, func(r listedRecovery) RecoveryView { return r.view(actor, pending[r.ID], today(tx)) })
		return nil
	})
	return out, err
}

func (s *Service) apiRecoveries(ctx context.Context, in *recoveriesInput) (*httpapi.Body[page.List[RecoveryView]], error) {
	out, err := s.loadRecoveries(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiRecoveriesExport(ctx context.Context, in *recoveriesInput) (*httpapi.File, error) {
	out, err := s.loadRecoveries(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("追偿台账.xlsx", "追偿台账", []spreadsheet.Column[RecoveryView]{
		{Title: "追偿编号", Value: func(v RecoveryView) any { return v.Number }},
		{Title: "申请号", Value: func(v RecoveryView) any { return v.ClaimNumber }},
		{Title: "贷款编号", Value: func(v RecoveryView) any { return v.LoanNumber }},
		{Title: "银行", Value: func(v RecoveryView) any { return v.BankName }},
		{Title: "企业", Value: func(v RecoveryView) any { return v.BorrowerName }},
		{Title: "基金", Value: func(v RecoveryView) any { return v.FundName }},
		{Title: "补偿日期", Value: func(v RecoveryView) any { return &v.CompensatedOn }},
		{Title: "损失合计（元）", Value: func(v RecoveryView) any { return v.Loss }},
		{Title: "净回款（元）", Value: func(v RecoveryView) any { return v.Recovered }},
		{Title: "尚未追回（元）", Value: func(v RecoveryView) any { return v.Left }},
		{Title: "基金损失（元）", Value: func(v RecoveryView) any { return v.FundLoss }},
		{Title: "基金应得追回（元）", Value: func(v RecoveryView) any { return v.FundRecovered }},
		{Title: "未到账笔数", Value: func(v RecoveryView) any { return v.Untransferred }},
		{Title: "核销（元）", Value: func(v RecoveryView) any { return v.WrittenOff }},
		{Title: "状态", Value: func(v RecoveryView) any { return v.Status.Text() }},
	}, out.Items)
}
