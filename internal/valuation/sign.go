package valuation

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
)

// SignReport is an appraiser's signature: the first, or the second of another person,
// after which the report is signed (Asset Appraisal Law art. 27). It fails with
// signers_must_differ.
func (s *Service) SignReport(ctx context.Context, actor authz.Actor, id uuid.UUID) (o Order, err error) {
	if err := actor.Allowed(authz.ValuationSign); err != nil {
		return o, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = lockFor(tx, actor, id, firm); err != nil {
			return err
		}
		action, now := Sign, tx.Now()
		if o.FirstSignerID != nil {
			action = Countersign
		}
		if err := o.move(action); err != nil {
			return err
		}
		if action == Sign {
			o.FirstSignerID, o.FirstSignerName, o.FirstSignedAt = &actor.UserID, actor.Name, &now
		} else {
			if *o.FirstSignerID == actor.UserID {
				return errSameSigner
			}
			o.SecondSignerID, o.SecondSignerName, o.SecondSignedAt = &actor.UserID, actor.Name, &now
		}
		return finish(tx, actor, &o, string(action), map[string]any{"signer": actor.Name})
	})
	return o, err
}

// SendBack is the firm's reviewer returning a signed report with a reason; it has to be
// signed anew.
func (s *Service) SendBack(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Order, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Order{}, errNeedsReason
	}
	return s.step(ctx, actor, authz.ValuationFile, id, firm, Return, func(_ postgres.Tx, o *Order) error {
		if err := o.mayReview(actor); err != nil {
			return err
		}
		o.StatusReason = reason
		o.unsign()
		return nil
	})
}

// FileReport issues the report: a third person of the firm reviewed it (art. 26), and
// from now on its values count. It fails with reviewer_signed_report or
// reviewer_wrote_report, and when a right died or the conclusion ran out meanwhile.
func (s *Service) FileReport(ctx context.Context, actor authz.Actor, id uuid.UUID) (Order, error) {
	return s.step(ctx, actor, authz.ValuationFile, id, firm, File, func(tx postgres.Tx, o *Order) error {
		if err := o.mayReview(actor); err != nil {
			return err
		}
		ids, err := assetsOf(tx, o.ID)
		if err != nil {
			return err
		}
		assets, err := ipasset.FindMany(tx, ids)
		if err != nil {
			return err
		}
		if err := o.stillHolds(assets, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		now := tx.Now()
		o.ReviewerID, o.ReviewerName, o.FiledAt, o.StatusReason = &actor.UserID, actor.Name, &now, ""
		if err := s.settleDocument(tx, actor, o, assets); err != nil {
			return err
		}
		for _, id := range ids {
			if err := ipasset.CloseAlert(tx, id, ipasset.AlertValuation); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o Order) mayReview(actor authz.Actor) error {
	is := func(id *uuid.UUID) bool { return id != nil && *id == actor.UserID }
	switch {
	case is(o.FirstSignerID) || is(o.SecondSignerID):
		return errReviewerSigned
	case is(o.DraftedBy):
		return fault.New(fault.Rule, "reviewer_wrote_report", "内部审核人不能是报告的编制人，请由本机构其他审核人出具")
	}
	return nil
}

func (o Order) stillHolds(assets []ipasset.Asset, today calendar.Date) error {
	if o.ValidUntil.Before(today) {
		return fault.New(fault.Rule, "valuation_expired", "以 %s 为基准日的结论已过一年有效期，请退回重新评估", o.ValuationOn)
	}
	for _, a := range assets {
		if !a.IsLive() || a.Status == ipasset.Lapsed {
			return fault.New(fault.Rule, "asset_not_verified", "%s已失效、无效或下架，请退回修改", a.Label())
		}
	}
	return nil
}

// settleDocument fixes which file is the report and what its hash is: the firm's own
// scan, or a summary that the platform writes.
func (s *Service) settleDocument(tx postgres.Tx, actor authz.Actor, o *Order, assets []ipasset.Asset) error {
	if o.ReportDocumentID == nil {
		items, err := itemsOf(tx, o.ID)
		if err != nil {
			return err
		}
		kept, err := s.documents.Keep(tx, actor, "评估报告摘要-"+o.Number+".txt", "text/plain; charset=utf-8", []byte(summary(*o, items, assets)))
		if err != nil {
			return err
		}
		o.ReportDocumentID, o.ReportSHA256 = &kept.ID, kept.SHA256
		return document.Link(tx, actor, []uuid.UUID{kept.ID}, Subject, o.ID, "valuation_report")
	}
	files, err := document.Of(tx, Subject, o.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.ID == *o.ReportDocumentID {
			o.ReportSHA256 = f.SHA256
			return nil
		}
	}
	return fault.New(fault.NotFound, "document_not_found", "没有找到报告扫描件，请退回重新上传")
}
