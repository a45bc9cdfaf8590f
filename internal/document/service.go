package document

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
)

// Scanner looks for malicious content before anything is stored. It answers a failure
// such as document_infected to refuse the file; any other error stops the upload too, so
// that a scanner that is down lets nothing through.
type Scanner interface {
	Scan(ctx context.Context, name string, content []byte) error
}

// NoScanner accepts everything. It is the default where no scanning service is
// connected; the type check and the refusal of macros still hold.
type NoScanner struct{}

// Scan accepts.
func (NoScanner) Scan(context.Context, string, []byte) error { return nil }

// Guard decides who may see the documents of one kind of subject; it returns a failure
// to refuse.
type Guard func(tx postgres.Tx, actor authz.Actor, subjectID uuid.UUID) error

// Service stores and hands out documents.
type Service struct {
	db      *postgres.DB
	files   blob.Store
	scanner Scanner
	guards  map[string]Guard
}

// NewService makes the service; a nil scanner accepts all files.
func NewService(db *postgres.DB, files blob.Store, scanner Scanner) *Service {
	if scanner == nil {
		scanner = NoScanner{}
	}
	return &Service{db, files, scanner, map[string]Guard{}}
}

// Guard says who may see what is linked to this kind of subject. Each domain names its
// own when it is wired; twice the same is a fault of the program.
func (s *Service) Guard(subjectKind string, guard func(postgres.Tx, authz.Actor, uuid.UUID) error) {
	if _, twice := s.guards[subjectKind]; twice {
		panic("document: subject kind " + subjectKind + " is guarded twice")
	}
	s.guards[subjectKind] = guard
}

// Upload stores a file after checking its size, its type by content, and the scanner's
// verdict. It fails with document_too_large, document_empty, document_type_refused or
// document_name_invalid; a refusal is on record.
func (s *Service) Upload(ctx context.Context, actor authz.Actor, name string, content []byte) (d Document, err error) {
	if err := actor.Allowed(authz.DocumentUpload); err != nil {
		return d, err
	}
	name, mediaType, err := s.inspect(ctx, name, content)
	if f, refused := fault.From(err); refused {
		recording := s.db.InTx(ctx, func(tx postgres.Tx) error {
			return audit.Write(tx, actor, audit.Entry{Action: "document.refuse", ObjectKind: "document", ObjectID: name,
				Detail: map[string]any{"code": f.Code, "size": len(content)}, Refused: true})
		})
		if recording != nil {
			return d, recording
		}
	}
	if err != nil {
		return d, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		d, err = s.store(tx, actor, name, mediaType, content)
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "document.upload", "document", d.ID, map[string]any{"name": d.Name, "sha256": d.SHA256})
	})
	return d, err
}

func (s *Service) inspect(ctx context.Context, name string, content []byte) (clean, mediaType string, err error) {
	if clean, err = cleanName(name); err != nil {
		return clean, "", err
	}
	switch {
	case len(content) == 0:
		return clean, "", errEmpty
	case len(content) > SizeMax:
		return clean, "", errTooLarge
	}
	if mediaType, err = typeOf(clean, content); err != nil {
		return clean, "", err
	}
	return clean, mediaType, s.scanner.Scan(ctx, clean, content)
}

// Keep stores a file that the platform made itself (a notice as PDF, a report).
func (s *Service) Keep(tx postgres.Tx, actor authz.Actor, name, mediaType string, content []byte) (Document, error) {
	d, err := s.store(tx, actor, name, mediaType, content)
	if err != nil {
		return d, err
	}
	return d, audit.Record(tx, actor, "document.keep", "document", d.ID, map[string]any{"name": d.Name, "sha256": d.SHA256})
}

// store writes the bytes first: a row without its file would be a lie, a file without
// its row (when the transaction fails afterwards) is only waste.
func (s *Service) store(tx postgres.Tx, actor authz.Actor, name, mediaType string, content []byte) (Document, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Document{}, err
	}
	day := calendar.DateOf(tx.Now())
	d := Document{
		ID: id, OrgID: actor.OrgID, Name: name, MediaType: mediaType,
		BlobKey:    fmt.Sprintf("document/%04d/%02d/%s", day.Year(), int(day.Month()), id),
		UploadedBy: actor.UserID, UploaderName: actor.Name, UploadedAt: tx.Now(),
	}
	if d.Size, d.SHA256, err = s.files.Put(tx.Context(), d.BlobKey, bytes.NewReader(content)); err != nil {
		return d, err
	}
	return d, insert(tx, d)
}

// Open finds a document for somebody and reads it. To those it does not concern it does
// not exist; when another organisation than its owner reads it, that is on record.
func (s *Service) Open(ctx context.Context, actor authz.Actor, id uuid.UUID) (d Document, content []byte, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if d, err = find(tx, id); err != nil {
			return err
		}
		if err := s.mayRead(tx, actor, d); err != nil || actor.ActsFor(d.OrgID) {
			return err
		}
		return audit.Record(tx, actor, "document.download", "document", d.ID, map[string]any{"name": d.Name})
	})
	if err != nil {
		return d, nil, err
	}
	file, err := s.files.Get(ctx, d.BlobKey)
	if err != nil {
		return d, nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	content, err = io.ReadAll(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return d, content, err
}

// mayRead asks the guards of what the document is evidence of. The bureau reads what no
// guard keeps to itself: a sealed bid's guard refuses the bureau too.
func (s *Service) mayRead(tx postgres.Tx, actor authz.Actor, d Document) error {
	if actor.ActsFor(d.OrgID) {
		return nil
	}
	links, err := linksOf(tx, d.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		guard, guarded := s.guards[l.SubjectKind]
		if !guarded {
			if actor.Can(authz.OrgHandle) || actor.Can(authz.OrgCheck) {
				return nil
			}
			continue
		}
		err := guard(tx, actor, l.SubjectID)
		if err == nil {
			return nil
		}
		if _, refused := fault.From(err); !refused {
			return err
		}
	}
	return errNotFound
}

// Link makes documents the evidence of a subject. Only documents of the actor's own
// organisation can be linked; it fails with document_not_found otherwise.
func Link(tx postgres.Tx, actor authz.Actor, documentIDs []uuid.UUID, subjectKind string, subjectID uuid.UUID, purpose string) error {
	ids := slices.Clone(documentIDs)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil
	}
	own, err := countOwn(tx, ids, actor.OrgID)
	if err != nil {
		return err
	}
	if own != int64(len(ids)) {
		return errNotFound
	}
	return link(tx, ids, subjectKind, subjectID, purpose)
}

// Of lists what is linked to a subject, in the order it was linked.
func Of(tx postgres.Tx, subjectKind string, subjectID uuid.UUID) ([]View, error) {
	return linkedTo(tx, subjectKind, subjectID)
}
