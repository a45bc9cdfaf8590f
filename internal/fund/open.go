package fund

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Install opens the city's own fund with its book; at set-up, once. A second call returns
// the fund that is there.
func Install(tx postgres.Tx, name, custodyBank string) (Fund, error) {
	known, err := ByCode(tx, CityCode)
	if err == nil || !fault.Has(err, errNoFund.Code) {
		return known, err
	}
	city, err := cityOf(tx)
	if err != nil {
		return known, err
	}
	f, err := build(tx, CityCode, name, ledger.FundBook, city, custodyBank)
	if err != nil {
		return f, err
	}
	f.Status = Active
	if err := insertFund(tx, f); err != nil {
		return f, err
	}
	return f, audit.Record(tx, authz.System, "fund.open", fundSubject, f.ID, map[string]any{"name": name})
}

func cityOf(tx postgres.Tx) (string, error) {
	areas, err := org.Areas(tx)
	for _, a := range areas {
		if a.Kind == org.City {
			return a.Code, err
		}
	}
	return "", err
}

func build(tx postgres.Tx, code, name, kind, area, custodyBank string) (f Fund, err error) {
	book, err := ledger.OpenBook(tx, code, name, kind, area)
	if err != nil {
		return f, err
	}
	id, err := uuid.NewV7()
	f = Fund{
		ID: id, Code: code, Name: name, BookID: book.ID, Custody: "main", CustodyBank: custodyBank,
		Status: Proposed, Breaker: Normal, CreatedAt: tx.Now(), Version: 1,
	}
	if area != "" {
		f.AreaCode = &area
	}
	return f, err
}

// NewFund is what the finance bureau writes to open a sub-fund.
type NewFund struct {
	Name        string         `json:"name" maxLength:"60" doc:"名称"`
	AreaCode    string         `json:"area_code" maxLength:"20" doc:"县市区或园区代码"`
	CustodyBank string         `json:"custody_bank" maxLength:"60" doc:"托管银行"`
	Shares      *policy.Shares `json:"shares,omitempty" doc:"子基金自定的分担比例；不填则按政策"`
}

func (n NewFund) check(tx postgres.Tx) error {
	var c fault.Collector
	if strings.TrimSpace(n.Name) == "" {
		c.Add("name", "field_required", "请填写子基金名称")
	}
	area, err := org.Area(tx, n.AreaCode)
	if err := c.Take("area_code", err); err != nil {
		return err
	}
	if err == nil && area.Kind == org.City {
		c.Add("area_code", "sub_fund_area", "市级基金已设立，子基金请选择县市区或园区")
	}
	if err := c.Take("shares", checkShares(n.Shares)); err != nil {
		return err
	}
	return c.Err()
}

func checkShares(s *policy.Shares) error {
	if s == nil {
		return nil
	}
	for _, share := range []money.Rate{s.Fund, s.Bank, s.Guarantor, s.Insurer, s.Appraiser} {
		if share.IsNegative() {
			return errSharesBad
		}
	}
	if !s.Sum().Equal(money.MustRate("100")) {
		return errSharesBad
	}
	return nil
}

// Open proposes a sub-fund of a county or park; it exists once a checker of the finance
// bureau signs. It fails with fund_exists.
func (s *Service) Open(ctx context.Context, actor authz.Actor, n NewFund) (f Fund, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.FundOpen); err != nil {
			return err
		}
		if err := n.check(tx); err != nil {
			return err
		}
		code := "sub-" + strings.ToLower(n.AreaCode)
		if _, err := ByCode(tx, code); err == nil {
			return errCodeTaken
		} else if !fault.Has(err, errNoFund.Code) {
			return err
		}
		if f, err = build(tx, code, strings.TrimSpace(n.Name), ledger.SubFundBook, n.AreaCode, strings.TrimSpace(n.CustodyBank)); err != nil {
			return err
		}
		f.Shares = n.Shares
		if err := insertFund(tx, f); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "fund.propose", fundSubject, f.ID, n); err != nil {
			return err
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{Kind: kindOpen, SubjectID: f.ID, SubjectVersion: f.Version, Title: f.Name, Payload: n})
		return err
	})
	return f, err
}
