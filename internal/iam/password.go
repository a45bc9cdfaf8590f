package iam

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"unicode"

	"github.com/alexedwards/argon2id"

	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// hashing is the cost of a password hash: OWASP's smaller setting for argon2id, 19 MiB.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// cheap is the cost in tests, where nobody attacks.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// CheckPassword wants 10 to 128 characters of three of the four classes, without the
// username in it (domain §9.1). It fails with password_too_short, password_too_long,
// password_too_simple or password_contains_username.
func CheckPassword(username, password string) error {
	n := len([]rune(password))
	switch {
	case n < passwordShortest:
		return fault.InField("password", "password_too_short", "口令至少 %d 位，现为 %d 位", passwordShortest, n)
	case n > passwordLongest:
		return fault.InField("password", "password_too_long", "口令最多 %d 位", passwordLongest)
	case username != "" && strings.Contains(strings.ToLower(password), strings.ToLower(username)):
		return fault.InField("password", "password_contains_username", "口令中不能含有登录名")
	}
	classes := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			classes["upper"] = true
		case unicode.IsLower(r):
			classes["lower"] = true
		case unicode.IsDigit(r):
			classes["digit"] = true
		default:
			classes["other"] = true
		}
	}
	if len(classes) < 3 {
		return fault.InField("password", "password_too_simple", "口令应包含大写字母、小写字母、数字、符号中的至少三类")
	}
	return nil
}

// hash derives the stored form. Few run at a time, so that a flood of sign-ins can't
// take the machine's memory.
func (s *Service) hash(password string) (string, error) {
	s.hashers <- struct{}{}
	defer func() { <-s.hashers }()
	return argon2id.CreateHash(password, s.config.hashing())
}

func (s *Service) matches(password, hash string) (bool, error) {
	s.hashers <- struct{}{}
	defer func() { <-s.hashers }()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// setPassword checks the rules and the last passwords, and stores the new one. field
// names the input at fault.
func (s *Service) setPassword(tx postgres.Tx, u *User, password, field string, mustChange bool) error {
	if err := CheckPassword(u.Username, password); err != nil {
		if f, ok := fault.From(err); ok {
			return f.Of(field)
		}
		return err
	}
	kept, err := recentHashes(tx, u.ID, passwordsKept)
	if err != nil {
		return err
	}
	for _, old := range kept {
		same, err := s.matches(password, old)
		if err != nil {
			return err
		}
		if same {
			return fault.InField(field, "password_used_before", "新口令不能与最近 %d 次使用过的口令相同", passwordsKept)
		}
	}
	if u.PasswordHash, err = s.hash(password); err != nil {
		return err
	}
	u.PasswordChangedAt, u.MustChangePassword = tx.Now(), mustChange
	u.FailedAttempts, u.LockedUntil = 0, nil
	return nil
}

// temporary is a password to hand over by telephone; it must be changed at once.
func temporary() string {
	raw := make([]byte, 9)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	return "Aa1-" + base64.RawURLEncoding.EncodeToString(raw)
}
