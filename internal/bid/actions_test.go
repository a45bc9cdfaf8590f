package bid_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// as signs in whoever the X-User header names.
type as map[string]authz.Actor

func (a as) Authenticate(r *http.Request) (authz.Actor, error, error) {
	return a[r.Header.Get("X-User")], nil, nil
}

// shown reads the available actions of a row as one reader; false when it is hidden.
func (w *world) shown(path string, who authz.Actor) ([]string, bool) {
	w.t.Helper()
	engine := httpapi.Engine(as{"x": who})
	api := httpapi.New(engine, w.db)
	w.needs.Routes(api)
	w.bids.Routes(api)
	request := httptest.NewRequest(http.MethodGet, "http://x"+httpapi.Prefix+path, nil)
	request.Header.Set("X-User", "x")
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	if answer.Code == http.StatusNotFound || answer.Code == http.StatusForbidden {
		return nil, false
	}
	require.Equal(w.t, http.StatusOK, answer.Code, answer.Body.String())
	var body struct {
		Actions []string `json:"available_actions"`
	}
	require.NoError(w.t, json.Unmarshal(answer.Body.Bytes(), &body))
	return body.Actions, true
}

var errUndo = errors.New("only tried")

// possible tries each action and undoes it, and tells which succeeded.
func (w *world) possible(tries map[string]func(context.Context) error) []string {
	w.t.Helper()
	out := []string{}
	for name, try := range tries {
		err := w.db.InTx(context.WithoutCancel(w.t.Context()), func(tx postgres.Tx) error {
			if err := try(tx.Context()); err != nil {
				return err
			}
			return errUndo
		})
		if errors.Is(err, errUndo) {
			out = append(out, name)
			continue
		}
		_, told := fault.From(err)
		require.True(w.t, told, "%s: %v", name, err)
	}
	slices.Sort(out)
	return out
}

func (w *world) bidTries(b bid.Bid, who authz.Actor) map[string]func(context.Context) error {
	drop := func(_ bid.Bid, err error) error { return err }
	return map[string]func(context.Context) error{
		"edit": func(ctx context.Context) error {
			return drop(w.bids.Edit(ctx, who, b.ID, offer("1000000.00", "4")))
		},
		"submit":              func(ctx context.Context) error { return drop(w.bids.Submit(ctx, who, b.ID)) },
		"withdraw":            func(ctx context.Context) error { return drop(w.bids.Withdraw(ctx, who, b.ID)) },
		"start_due_diligence": func(ctx context.Context) error { return drop(w.bids.StartDueDiligence(ctx, who, b.ID)) },
		"approve_credit":      func(ctx context.Context) error { return drop(w.bids.ApproveCredit(ctx, who, b.ID)) },
		"decline":             func(ctx context.Context) error { return drop(w.bids.ProposeDecline(ctx, who, b.ID, "理由")) },
		"award": func(ctx context.Context) error {
			return w.bids.Award(ctx, who, b.NeedID, []bid.AwardLine{{BidID: b.ID, Amount: money.Must("1000.00")}})
		},
	}
}

func (w *world) needTries(id uuid.UUID, who authz.Actor, b bid.Bid) map[string]func(context.Context) error {
	drop := func(_ financing.Need, err error) error { return err }
	content := financing.Content{
		Title: "流动资金", Amount: money.Must("3000000.00"), TermMonths: 12, Purpose: "采购原材料用于生产", PurposeKind: "working_capital",
		Method: "bullet", RateCeiling: money.MustRate("4.5"), BidDays: 5, AssetIDs: w.assets,
	}
	return map[string]func(context.Context) error{
		"edit":        func(ctx context.Context) error { return drop(w.needs.Edit(ctx, who, id, content)) },
		"submit":      func(ctx context.Context) error { return drop(w.needs.Submit(ctx, who, id)) },
		"close":       func(ctx context.Context) error { return drop(w.needs.CloseEarly(ctx, who, id)) },
		"reopen":      func(ctx context.Context) error { return drop(w.needs.Reopen(ctx, who, id)) },
		"revise":      func(ctx context.Context) error { return drop(w.needs.Revise(ctx, who, id)) },
		"cancel":      func(ctx context.Context) error { return drop(w.needs.Cancel(ctx, who, id, "理由")) },
		"approve":     func(ctx context.Context) error { return drop(w.needs.Review(ctx, who, id, financing.Approve, "")) },
		"return":      func(ctx context.Context) error { return drop(w.needs.Review(ctx, who, id, financing.Return, "理由")) },
		"reject_bids": func(ctx context.Context) error { return w.bids.RejectRest(ctx, who, id, "理由") },
		"award": func(ctx context.Context) error {
			return w.bids.Award(ctx, who, id, []bid.AwardLine{{BidID: b.ID, Amount: money.Must("1000.00")}})
		},
		"bid": func(ctx context.Context) error {
			_, err := w.bids.Create(ctx, who, id, offer("1000000.00", "4"))
			return err
		},
	}
}

// TestAvailableActionsAreExact walks a case from the draft to the credit approval. At each
// step, as each person, what the row shows as possible is what succeeds, and nothing else.
func TestAvailableActionsAreExact(t *testing.T) {
	t.Parallel()
	w := setup(t)
	bank, rival := w.bank("资江银行"), w.bank("宝庆银行")
	people := []authz.Actor{
		w.operator, w.signatory, w.handler, w.checker, bank.officer, bank.reviewer, bank.approver, rival.officer, rival.reviewer,
		person(w.org(authz.Enterprise, "别家"), authz.Enterprise, "外人", authz.EnterpriseSignatory),
	}
	var b bid.Bid
	compare := func(step string, need uuid.UUID) {
		t.Helper()
		for _, who := range people {
			if shown, visible := w.shown("/needs/"+need.String(), who); visible {
				require.Equal(t, w.possible(w.needTries(need, who, b)), shown, "need, %s, %s", step, who.Name)
			} else {
				require.Empty(t, w.possible(w.needTries(need, who, b)), "hidden need, %s, %s", step, who.Name)
			}
			if b.ID == uuid.Nil {
				continue
			}
			shown, _ := w.shown("/bids/"+b.ID.String(), who)
			require.ElementsMatch(t, w.possible(w.bidTries(b, who)), shown, "bid, %s, %s", step, who.Name)
		}
	}
	ctx := t.Context()
	n, err := w.needs.Create(ctx, w.operator, financing.Content{
		Title: "流动资金", Amount: money.Must("3000000.00"), TermMonths: 12, Purpose: "采购原材料用于生产", PurposeKind: "working_capital",
		Method: "bullet", RateCeiling: money.MustRate("4.5"), BidDays: 5, AssetIDs: w.assets,
	})
	require.NoError(t, err)
	do := func(step string, err error) {
		t.Helper()
		require.NoError(t, err, step)
		compare(step, n.ID)
	}
	sign := func(step string, who authz.Actor, kind string, id uuid.UUID) {
		t.Helper()
		w.sign(who, kind, id)
		compare(step, n.ID)
	}
	do("draft", nil)
	_, err = w.needs.Submit(ctx, w.operator, n.ID)
	do("waits for the signatory", err)
	sign("pending review", w.signatory, "need", n.ID)
	_, err = w.needs.Review(ctx, w.handler, n.ID, financing.Approve, "")
	do("waits for the bureau's checker", err)
	sign("open", w.checker, "need", n.ID)
	b, err = w.bids.Create(ctx, bank.officer, n.ID, offer("1000000.00", "4"))
	do("bid drafted", err)
	_, err = w.bids.Submit(ctx, bank.officer, b.ID)
	do("bid waits for the reviewer", err)
	sign("bid submitted", bank.reviewer, "bid", b.ID)
	other := w.submitted(n, rival, "2000000.00", "4.2")
	compare("rival's bid", n.ID)
	w.closed(w.need(n.ID))
	compare("closed by the clock alone", n.ID)
	_, err = w.needs.CloseDue(ctx)
	do("evaluating", err)
	do("awarded", w.award(n, line(b, "1000000.00"), line(other, "2000000.00")))
	_, err = w.bids.StartDueDiligence(ctx, bank.officer, b.ID)
	do("due diligence", err)
	_, err = w.bids.ProposeDecline(ctx, bank.officer, b.ID, "存疑")
	do("refusal waits for the approver", err)
	_, err = w.approvals.Reject(ctx, bank.approver, w.pending("bid", b.ID), "不同意否决")
	do("refusal sent back", err)
	_, err = w.bids.ApproveCredit(ctx, bank.approver, b.ID)
	do("credit approved", err)
	w.at(w.db.Now().Add(time.Hour))
	_, err = w.needs.Cancel(ctx, w.signatory, n.ID, "改变计划")
	do("cancelled", err)
}
