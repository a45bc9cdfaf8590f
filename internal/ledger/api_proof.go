package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
)

// routesProof registers what proves the books: runs of Verify, published days, the chain.
func (s *Service) routesProof(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.LedgerRead, authz.LedgerVerify), op("list-verifications", http.MethodGet, "/ledger/verifications", "校验记录"), s.apiVerifications)
	httpapi.Register(api, httpapi.Needs(authz.LedgerVerify), op("verify-ledger", http.MethodPost, "/ledger/verifications", "立即校验"), s.apiVerify)
	httpapi.Register(api, httpapi.Needs(authz.LedgerRead), op("export-chain", http.MethodGet, "/ledger/books/{id}/chain.jsonl", "下载带内容的链（每行一笔分录）"), s.apiChain)
	httpapi.Register(api, httpapi.Public(), op("list-day-hashes", http.MethodGet, "/portal/ledger/day-hashes", "公布的每日哈希"), s.apiDayHashes)
	httpapi.Register(api, httpapi.Public(), op("export-public-chain", http.MethodGet, "/portal/ledger/books/{code}/chain.jsonl", "下载公开的链（不含内容，任何人可校验）"), s.apiPublicChain)
}

type verificationList struct {
	Items []Report `json:"items" nullable:"false"`
}

func (s *Service) apiVerifications(ctx context.Context, _ *struct{}) (*httpapi.Body[verificationList], error) {
	var out verificationList
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Items, err = verifications(tx, 30)
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiVerify(ctx context.Context, _ *struct{}) (*httpapi.Body[Report], error) {
	report, err := s.Verify(ctx)
	return httpapi.Of(report), err
}

type dayHashesInput struct {
	Book string        `query:"book" doc:"账簿代码；空为全部"`
	From calendar.Date `query:"from"`
	To   calendar.Date `query:"to"`
}

type dayHashList struct {
	Items []DayHash `json:"items" nullable:"false"`
}

// dayHashMax is how many published days one answer holds.
const dayHashMax = 1000

func (s *Service) apiDayHashes(ctx context.Context, in *dayHashesInput) (*httpapi.Body[dayHashList], error) {
	var out dayHashList
	if in.From.IsZero() {
		in.From = calendar.NewDate(2000, 1, 1)
	}
	if in.To.IsZero() {
		in.To = calendar.NewDate(2200, 12, 31)
	}
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Items, err = dayHashes(tx, in.Book, in.From, in.To, dayHashMax)
		return err
	})
	return httpapi.Of(out), err
}

// InRange is a range of entries.
type InRange struct {
	FromSeq int64 `query:"from_seq" default:"1" minimum:"1" doc:"起始序号"`
	ToSeq   int64 `query:"to_seq" doc:"终止序号；0 为直到最后。一次最多 20000 笔"`
}

type chainInput struct {
	httpapi.ByID
	InRange
}

func (s *Service) apiChain(ctx context.Context, in *chainInput) (*httpapi.File, error) {
	return s.chainFile(ctx, in.InRange, true, func(tx postgres.Tx) (Book, error) { return BookByID(tx, in.ID.UUID) })
}

type publicChainInput struct {
	Code string `path:"code" doc:"账簿代码"`
	InRange
}

func (s *Service) apiPublicChain(ctx context.Context, in *publicChainInput) (*httpapi.File, error) {
	return s.chainFile(ctx, in.InRange, false, func(tx postgres.Tx) (Book, error) { return BookByCode(tx, in.Code) })
}

// chainMax is how many entries one download holds.
const chainMax = 20000

func (s *Service) chainFile(ctx context.Context, in InRange, whole bool, find func(postgres.Tx) (Book, error)) (*httpapi.File, error) {
	file := &httpapi.File{ContentType: "application/jsonl"}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		b, err := find(tx)
		if err != nil {
			return err
		}
		if in.ToSeq == 0 {
			in.ToSeq = b.LastSeq
		}
		file.ContentDisposition = fmt.Sprintf("attachment; filename=%q", b.Code+"-chain.jsonl")
		file.Body, err = chainLines(tx, b, in.FromSeq, in.ToSeq, whole)
		return err
	})
	return file, err
}

// chainLine is one entry of a downloaded chain. Content is the canonical content as a
// string, so that whoever checks hashes these very bytes and needs no serialiser to agree.
type chainLine struct {
	BookID      string `json:"book_id"`
	Seq         int64  `json:"seq"`
	ID          string `json:"id"`
	PostedAt    string `json:"posted_at"`
	ContentHash string `json:"content_hash"`
	PrevHash    string `json:"prev_hash"`
	Hash        string `json:"hash"`
	Content     string `json:"content,omitempty"`
}

func chainLines(tx postgres.Tx, b Book, from, to int64, whole bool) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for at, left := max(from, 1)-1, chainMax; left > 0 && at < to; {
		records, err := entriesAfter(tx, b.ID, at, to, min(left, verifyChunk))
		if err != nil || len(records) == 0 {
			return out.Bytes(), err
		}
		for _, r := range records {
			line := chainLine{b.ID.String(), r.Seq, r.ID.String(), stamp(r.PostedAt), r.ContentHash, r.PrevHash, r.Hash, ""}
			if whole {
				text, err := r.canonical()
				if err != nil {
					return nil, err
				}
				line.Content = string(text)
			}
			if err := encoder.Encode(line); err != nil {
				return nil, err
			}
			at = r.Seq
		}
		left -= len(records)
	}
	return out.Bytes(), nil
}
