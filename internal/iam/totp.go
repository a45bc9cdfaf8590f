package iam

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// period is the length of a time step in seconds (RFC 6238).
const period = 30

// step finds the time step a code belongs to: the present one, or one before or after for
// clocks that differ a little. A step at or before last was used and is refused, so that
// a code read over somebody's shoulder is worth nothing.
func step(secret, code string, now time.Time, last int64) (used int64, ok bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	present := now.Unix() / period
	for _, candidate := range []int64{present, present - 1, present + 1} {
		want, err := totp.GenerateCode(secret, time.Unix(candidate*period, 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && candidate > last {
			return candidate, true
		}
	}
	return 0, false
}

// Enrolment is what an authenticator app needs to know; it is shown once.
type Enrolment struct {
	Secret string `json:"secret" doc:"手工录入用的密钥"`
	URL    string `json:"otpauth_url"`
	QR     string `json:"qr_png_base64" doc:"二维码图片，PNG 的 base64"`
}

// EnrolTOTP makes a new secret. It counts only once a code made with it is confirmed;
// until then a factor in use stays in use.
func (s *Service) EnrolTOTP(ctx context.Context, actor authz.Actor) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		u, err := lockUser(tx, actor.UserID)
		if err != nil {
			return err
		}
		if u.TOTPConfirmedAt != nil {
			return fault.New(fault.Conflict, "totp_already_enrolled", "您已绑定动态口令；更换手机请联系系统管理员解除后重新绑定")
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: s.config.issuer(), AccountName: u.Username, Period: period})
		if err != nil {
			return err
		}
		image, err := key.Image(240, 240)
		if err != nil {
			return err
		}
		var drawn bytes.Buffer
		if err := png.Encode(&drawn, image); err != nil {
			return err
		}
		e = Enrolment{key.Secret(), key.URL(), base64.StdEncoding.EncodeToString(drawn.Bytes())}
		u.TOTPSecret = key.Secret()
		return saveUser(tx, &u)
	})
	return e, err
}

// ConfirmTOTP takes the first code and with it the factor into use; totp_wrong otherwise.
func (s *Service) ConfirmTOTP(ctx context.Context, actor authz.Actor, code string) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		u, err := lockUser(tx, actor.UserID)
		if err != nil {
			return err
		}
		if u.TOTPSecret == "" || u.TOTPConfirmedAt != nil {
			return fault.New(fault.Conflict, "totp_not_enrolling", "请先获取二维码，再输入动态口令确认")
		}
		used, ok := step(u.TOTPSecret, code, tx.Now(), u.TOTPLastStep)
		if !ok {
			return fault.InField("code", "totp_wrong", "动态口令不正确，请核对手机时间后重试")
		}
		now := tx.Now()
		u.TOTPLastStep, u.TOTPConfirmedAt = used, &now
		if err := saveUser(tx, &u); err != nil {
			return err
		}
		return audit.Record(tx, actor, "user.enrol_totp", "user", u.ID, nil)
	})
}
