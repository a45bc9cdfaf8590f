package notify

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/event"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Listen connects the rules to the bus.
func (s *Service) Listen(bus *event.Bus) {
	for _, r := range rules {
		bus.On(r.event, r.tell)
	}
}

func (r rule) tell(tx postgres.Tx, payload json.RawMessage) error {
	var members map[string]any
	if err := json.Unmarshal(payload, &members); err != nil {
		return err
	}
	if !r.wanted(members) {
		return nil
	}
	subject, err := member(members, r.event, r.subject)
	if err != nil {
		return err
	}
	number, err := numberOf(tx, r.noun, subject)
	if err != nil {
		return err
	}
	occasion := subject.String() + tx.Now().UTC().Format(time.RFC3339Nano)
	if r.once != "" {
		id, err := member(members, r.event, r.once)
		if err != nil {
			return err
		}
		occasion = id.String()
	}
	body, err := r.body(number, members)
	if err != nil {
		return err
	}
	to, err := r.recipients(tx, members)
	if err != nil {
		return err
	}
	for _, orgID := range to {
		if err := Tell(tx, orgID, r.permission, News{Event: r.event, Occasion: occasion, Title: r.title, Body: body, Link: r.link + subject.String()}); err != nil {
			return err
		}
	}
	return nil
}

// wanted tells whether the event is one that the rule speaks of. A sum of nothing counts
// as absent: nobody waits for it.
func (r rule) wanted(members map[string]any) bool {
	name, without := strings.CutPrefix(r.needs, "!")
	if name == "" {
		return true
	}
	value := members[name]
	there := value != nil && value != "" && value != money.Zero.String()
	return there != without
}

// body says what it is about: number, sum, deadline, reason, and what to do now.
func (r rule) body(number string, members map[string]any) (string, error) {
	parts := []string{number}
	if text, ok := members["amount"].(string); ok {
		amount, err := money.Parse(text)
		if err != nil {
			return "", fmt.Errorf("notify: event %s: %w", r.event, err)
		}
		if amount.IsPositive() {
			parts = append(parts, "金额 "+amount.Text())
		}
	}
	if due, ok := members["due_on"].(string); ok && due != "" {
		parts = append(parts, "期限 "+due)
	}
	if message, ok := members["message"].(string); ok && message != "" {
		parts = append(parts, strings.TrimSuffix(message, "。"))
	}
	body := strings.TrimPrefix(strings.Join(parts, "，"), "，")
	if r.next != "" {
		body += "。" + r.next
	}
	return body, nil
}

func (r rule) recipients(tx postgres.Tx, members map[string]any) ([]uuid.UUID, error) {
	if r.kind == "" {
		id, err := member(members, r.event, r.to)
		return []uuid.UUID{id}, err
	}
	all, err := org.OfKind(tx, r.kind)
	ids := make([]uuid.UUID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return ids, err
}

func member(members map[string]any, event, name string) (uuid.UUID, error) {
	text, _ := members[name].(string)
	id, err := uuid.Parse(text)
	if err != nil {
		return id, fmt.Errorf("notify: event %s has no %s", event, name)
	}
	return id, nil
}
