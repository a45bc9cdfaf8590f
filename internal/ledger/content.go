package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// content is what an entry says, in the order in which it is hashed. README.md gives the
// recipe by which anybody can check the chain; changing anything here breaks every chain
// there is.
type content struct {
	Kind           string      `json:"kind"`
	Reference      string      `json:"reference"`
	EffectiveOn    string      `json:"effective_on"`
	Narrative      string      `json:"narrative"`
	MakerID        string      `json:"maker_id"`
	MakerName      string      `json:"maker_name"`
	CheckerID      string      `json:"checker_id"`
	CheckerName    string      `json:"checker_name"`
	IdempotencyKey string      `json:"idempotency_key"`
	Reverses       string      `json:"reverses"`
	Postings       [][3]string `json:"postings"`
}

func idText(id *uuid.UUID) string {
	if id == nil || *id == uuid.Nil {
		return ""
	}
	return id.String()
}

// canonical writes the content as one line of JSON.
func (r record) canonical() ([]byte, error) {
	c := content{
		Kind: r.Kind, Reference: r.Reference, EffectiveOn: r.EffectiveOn.String(), Narrative: r.Narrative,
		MakerID: idText(r.MakerID), MakerName: r.MakerName, CheckerID: idText(r.CheckerID), CheckerName: r.CheckerName,
		IdempotencyKey: r.IdempotencyKey, Reverses: idText(r.Reverses), Postings: make([][3]string, len(r.Postings)),
	}
	for i, p := range r.Postings {
		c.Postings[i] = [3]string{p.Source, p.Destination, p.Amount.String()}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(c); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func contentHash(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// stampForm is how posted_at is hashed: UTC to the microsecond, as the database keeps it.
const stampForm = "2006-01-02T15:04:05.000000Z"

func stamp(t time.Time) string { return t.UTC().Format(stampForm) }

// link is the hash of an entry on the chain: it covers the hash before it, the book, the
// number, the id, the moment and the content's hash.
func link(prev string, book uuid.UUID, seq int64, id uuid.UUID, postedAt time.Time, contentHash string) string {
	line := make([]byte, 0, 300)
	for _, part := range []string{prev, book.String(), strconv.FormatInt(seq, 10), id.String(), stamp(postedAt)} {
		line = append(append(line, part...), '\n')
	}
	sum := sha256.Sum256(append(line, contentHash...))
	return hex.EncodeToString(sum[:])
}
