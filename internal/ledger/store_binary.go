package ledger

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"ippledge/internal/calendar"
)

// The gatherer's statement has 23 arrays, and everybody in the book waits while they are
// written. The driver's own encoding looks at the type of every element; this one knows
// them, and takes a tenth of the time.

// array is a list of values in PostgreSQL's binary form: number of dimensions, whether
// there are nulls, type of the elements, length and first index, and each element behind
// its length.
type array struct {
	n     int
	nulls bool
	data  []byte
}

const headerLength = 20

func arrayOf(oid uint32, n, size int) *array {
	a := &array{n: n, data: make([]byte, headerLength, headerLength+n*(4+size))}
	binary.BigEndian.PutUint32(a.data[8:], oid)
	return a
}

func (a *array) bytes() []byte {
	binary.BigEndian.PutUint32(a.data, 1)
	if a.nulls {
		binary.BigEndian.PutUint32(a.data[4:], 1)
	}
	binary.BigEndian.PutUint32(a.data[12:], uint32(a.n))
	binary.BigEndian.PutUint32(a.data[16:], 1)
	return a.data
}

func (a *array) text(s string) {
	a.data = append(binary.BigEndian.AppendUint32(a.data, uint32(len(s))), s...)
}

func (a *array) int4(i int32) {
	a.data = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(a.data, 4), uint32(i))
}

func (a *array) int8(i int64) {
	a.data = append(binary.BigEndian.AppendUint32(a.data, 8), int8Binary(i)...)
}

func (a *array) uuid(id *uuid.UUID) {
	if id == nil {
		a.nulls, a.data = true, binary.BigEndian.AppendUint32(a.data, 1<<32-1)
		return
	}
	a.data = append(binary.BigEndian.AppendUint32(a.data, 16), id[:]...)
}

func (a *array) day(d calendar.Date) {
	a.data = append(binary.BigEndian.AppendUint32(a.data, 4), dayBinary(d)...)
}

// epoch is where PostgreSQL's dates and moments begin.
var (
	epoch    = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	epochDay = calendar.NewDate(2000, 1, 1)
)

func int8Binary(i int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(i)) }

func momentBinary(t time.Time) []byte { return int8Binary(t.Sub(epoch).Microseconds()) }

// dayBinary is nil, which is null, for no day.
func dayBinary(d calendar.Date) []byte {
	if d.IsZero() {
		return nil
	}
	return binary.BigEndian.AppendUint32(nil, uint32(int32(d.Sub(epochDay))))
}

// binary is the arguments of postRecords, all in binary form, and how many postings it writes.
func (l load) binary() ([][]byte, int64) {
	b := l.book
	args := [][]byte{
		b.ID[:], int8Binary(b.LastSeq), []byte(b.LastHash), momentBinary(*b.LastPostedAt), int8Binary(l.records[0].Seq - 1),
		dayBinary(b.ClosedThrough), dayBinary(b.PublishedThrough),
	}
	args = append(append(args, l.entries()...), texts(l.touched).bytes(), texts(l.balances).bytes())
	postings, n := l.postings()
	return append(args, postings...), n
}

func texts(list []string) *array {
	a := arrayOf(pgtype.TextOID, len(list), 24)
	for _, s := range list {
		a.text(s)
	}
	return a
}

// entries are the columns of the records, in the order of postRecords.
func (l load) entries() (args [][]byte) {
	n := len(l.records)
	text := func(size int, of func(*record) string) {
		a := arrayOf(pgtype.TextOID, n, size)
		for i := range l.records {
			a.text(of(&l.records[i]))
		}
		args = append(args, a.bytes())
	}
	id := func(of func(*record) *uuid.UUID) {
		a := arrayOf(pgtype.UUIDOID, n, 16)
		for i := range l.records {
			a.uuid(of(&l.records[i]))
		}
		args = append(args, a.bytes())
	}
	seqs, days, moments := arrayOf(pgtype.Int8OID, n, 8), arrayOf(pgtype.DateOID, n, 4), arrayOf(pgtype.TimestamptzOID, n, 8)
	for i := range l.records {
		r := &l.records[i]
		seqs.int8(r.Seq)
		days.day(r.EffectiveOn)
		moments.int8(r.PostedAt.Sub(epoch).Microseconds())
	}
	args = append(args, seqs.bytes())
	id(func(r *record) *uuid.UUID { return &r.ID })
	text(8, func(r *record) string { return r.Kind })
	text(24, func(r *record) string { return r.Reference })
	args = append(args, days.bytes())
	text(24, func(r *record) string { return r.Narrative })
	id(func(r *record) *uuid.UUID { return r.MakerID })
	text(16, func(r *record) string { return r.MakerName })
	id(func(r *record) *uuid.UUID { return r.CheckerID })
	text(16, func(r *record) string { return r.CheckerName })
	text(56, func(r *record) string { return r.IdempotencyKey })
	text(64, func(r *record) string { return r.ContentHash })
	id(func(r *record) *uuid.UUID { return r.Reverses })
	args = append(args, moments.bytes())
	text(64, func(r *record) string { return r.PrevHash })
	text(64, func(r *record) string { return r.Hash })
	return args
}

// postings are the columns of the records' postings, and how many there are.
func (l load) postings() ([][]byte, int64) {
	n := 0
	for i := range l.records {
		n += len(l.records[i].Postings)
	}
	seqs, lines := arrayOf(pgtype.Int8OID, n, 8), arrayOf(pgtype.Int4OID, n, 4)
	sources, destinations, amounts := arrayOf(pgtype.TextOID, n, 24), arrayOf(pgtype.TextOID, n, 24), arrayOf(pgtype.TextOID, n, 12)
	for i := range l.records {
		for line, p := range l.records[i].Postings {
			seqs.int8(l.records[i].Seq)
			lines.int4(int32(line + 1))
			sources.text(p.Source)
			destinations.text(p.Destination)
			amounts.text(p.Amount.String())
		}
	}
	return [][]byte{seqs.bytes(), lines.bytes(), sources.bytes(), destinations.bytes(), amounts.bytes()}, int64(n)
}
