package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/data/vault"
)

// leastPassword is how many characters a password has at least.
const leastPassword = 8

// Strength chooses how slowly passwords are derived: as slowly as this computer does
// within a second.
var Strength = func() vault.Params { return vault.Calibrate(time.Now, time.Second) }

// guarded is a store that can be protected: a data file of its own.
type guarded interface {
	Reseal(key *vault.Key, keys []byte, progress func(done, total int64)) error
	SetKeys(keys []byte) error
}

// IsProtected reports whether the office is protected.
func (d *Desk) IsProtected() bool { return d.store.Keys() != nil }

// Persons returns who has a password, in the order in which they got it.
func (d *Desk) Persons() []Who {
	w, err := d.wraps()
	if err != nil {
		return nil
	}
	return personsOf(w)
}

// Superior returns the public key of the superior office that can open this one, "" for
// none.
func (d *Desk) Superior() string {
	w, err := d.wraps()
	if err != nil {
		return ""
	}
	return w.Superior()
}

// wraps returns the ways to the key; data.Conflict where the office is not protected.
func (d *Desk) wraps() (*vault.Wraps, error) {
	raw := d.store.Keys()
	if raw == nil {
		return nil, data.Fail(data.Conflict, "Sổ chưa được bảo vệ nên không có mật khẩu. Bật bảo vệ trước.", nil)
	}
	w, err := vault.Parse(raw)
	if err != nil {
		return nil, data.Fail(data.Damaged, "Phần khóa của tệp dữ liệu không đọc được. Khôi phục từ bản sao lưu gần nhất.", err)
	}
	return w, nil
}

// guarding returns the store where its protection may be changed by the person at the
// desk.
func (d *Desk) guarding() (guarded, error) {
	if err := d.who.Role.Allow(ToProtect); err != nil {
		return nil, err
	}
	return d.guardable()
}

func (d *Desk) guardable() (guarded, error) {
	g, ok := d.store.(guarded)
	switch {
	case !ok || d.Link().Server != "":
		return nil, data.Fail(data.Conflict, "Sổ dùng chung trên máy chủ được bảo vệ ở máy chủ. Lấy sổ về một máy rồi mới bật bảo vệ.", nil)
	case d.IsBackup():
		return nil, data.Fail(data.ReadOnly, "Đang xem một bản sao lưu nên không đổi cách bảo vệ. Mở sổ đang dùng.", nil)
	}
	return g, nil
}

// checkPassword refuses what is no password.
func checkPassword(password string) error {
	switch {
	case utf8.RuneCountInString(password) < leastPassword:
		return &data.Error{Code: data.Invalid, Field: "password", Message: fmt.Sprintf("Mật khẩu phải có ít nhất %d ký tự. Nên dùng một câu dễ nhớ.", leastPassword)}
	case strings.ContainsAny(password, "\r\n"):
		return &data.Error{Code: data.Invalid, Field: "password", Message: "Mật khẩu chỉ gồm một dòng."}
	}
	return nil
}

// Protect protects the office: all that the data file holds goes sealed into a new file,
// which is read from end to end and takes the place of the old one; then evidence and kept
// reports are sealed. The person gets the password and may do all. The code is the only way
// in beside passwords; nothing keeps it but its sheet. The Desk is closed afterwards: the
// file is opened again with what is returned. After an error all is as before and open.
func (d *Desk) Protect(ctx context.Context, person, password string, tell Tell) (o Opened, c vault.Code, err error) {
	g, err := d.guarding()
	if err == nil {
		err = checkPassword(password)
	}
	if err == nil && d.IsProtected() {
		err = data.Fail(data.Conflict, "Sổ đã được bảo vệ. Muốn đổi mật khẩu hoặc lập mã khôi phục mới thì dùng các mục ấy.", nil)
	}
	if err != nil {
		return o, c, err
	}
	person = text.Line(person)
	w, key, code := vault.New()
	w.SetPassword(key, person, string(HeadRole), norm.NFC.String(password), Strength())
	if err := d.Change(ctx, Work{Title: "Bật bảo vệ dữ liệu", Note: true}, func(Tx) error { return nil }); err != nil {
		return o, c, err
	}
	if err := d.reseal(g, w, key, tell); err != nil {
		return o, c, err
	}
	o = Opened{key, Who{person, HeadRole}}
	return o, code, sealBeside(ctx, d.path, w, key)
}

// Unprotect takes the protection away: evidence and kept reports first, then the data
// file. The Desk is closed afterwards, as by Protect.
func (d *Desk) Unprotect(ctx context.Context, tell Tell) error {
	g, err := d.guarding()
	if err != nil {
		return err
	}
	if _, err := d.wraps(); err != nil {
		return err
	}
	if err := d.Change(ctx, Work{Title: "Tắt bảo vệ dữ liệu", Note: true}, func(Tx) error { return nil }); err != nil {
		return err
	}
	if err := openBeside(ctx, d.path, d.key); err != nil {
		return err
	}
	return d.reseal(g, nil, nil, tell)
}

// reseal writes the data file anew for another key and closes it.
func (d *Desk) reseal(g guarded, w *vault.Wraps, key *vault.Key, tell Tell) error {
	var keys []byte
	if w != nil {
		var err error
		if keys, err = json.Marshal(w); err != nil {
			return err
		}
	}
	return d.renew(g, key, keys, tell)
}

// renew writes the data file anew and closes it.
func (d *Desk) renew(g guarded, key *vault.Key, keys []byte, tell Tell) error {
	if err := d.Wait(); err != nil {
		return err
	}
	d.backing.Lock()
	defer d.backing.Unlock()
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return data.Fail(data.Conflict, "Sổ đã đóng nên chưa đổi gì. Mở lại tệp rồi làm lại việc này.", nil)
	}
	if err := g.Reseal(key, keys, tell); err != nil {
		return err
	}
	d.closed = true
	return nil
}

// rekey changes the ways to the key and tells so in the journal.
func (d *Desk) rekey(ctx context.Context, g guarded, title string, change func(w *vault.Wraps) error) error {
	w, err := d.wraps()
	if err != nil {
		return err
	}
	if err := change(w); err != nil {
		return err
	}
	keys, err := json.Marshal(w)
	if err != nil {
		return err
	}
	d.writing.Lock()
	err = g.SetKeys(keys)
	d.writing.Unlock()
	if err != nil {
		return err
	}
	return d.Change(ctx, Work{Title: title, Note: true}, func(Tx) error { return nil })
}

// SetPassword gives a person a password in a role, in place of the one before. Everybody may
// change the own one, and keeps the role; others' need the role HeadRole.
func (d *Desk) SetPassword(ctx context.Context, person string, role Role, password string) error {
	if err := checkPassword(password); err != nil {
		return err
	}
	person = text.Line(person)
	own := person == d.who.Person && d.who.Role != ""
	if !own {
		if err := d.who.Role.Allow(ToProtect); err != nil {
			return err
		}
	}
	g, err := d.guardable()
	if err != nil {
		return err
	}
	title := "Đổi mật khẩu của chính mình"
	if !own {
		title = "Đặt mật khẩu cho " + text.Line(person) + ", vai trò " + role.String()
	}
	return d.rekey(ctx, g, title, func(w *vault.Wraps) error {
		for _, p := range personsOf(w) {
			if p.Person == person && (own && role == "" || !d.May(ToProtect)) {
				role = p.Role
			}
		}
		if role == "" {
			role = HeadRole
		}
		if !slices.Contains(Roles, role) {
			return &data.Error{Code: data.Invalid, Field: "role", Message: fmt.Sprintf("Không có vai trò «%s». Chọn entry (nhập liệu), supervisor (phụ trách) hoặc head (lãnh đạo).", string(role))}
		}
		if role != HeadRole {
			if err := otherHead(w, person); err != nil {
				return err
			}
		}
		w.SetPassword(d.key, person, string(role), norm.NFC.String(password), Strength())
		return nil
	})
}

// otherHead refuses to leave an office without anybody who may see to its protection.
func otherHead(w *vault.Wraps, person string) error {
	if slices.ContainsFunc(personsOf(w), func(p Who) bool { return p.Person != person && p.Role == HeadRole }) {
		return nil
	}
	return data.Fail(data.Conflict, "Phải còn ít nhất một người có vai trò «lãnh đạo». Đặt mật khẩu cho người ấy trước.", nil)
}

// RemovePassword takes a person's password away.
func (d *Desk) RemovePassword(ctx context.Context, person string) error {
	g, err := d.guarding()
	if err != nil {
		return err
	}
	return d.rekey(ctx, g, "Bỏ mật khẩu của "+text.Line(person), func(w *vault.Wraps) error {
		if err := otherHead(w, person); err != nil {
			return err
		}
		if !w.RemovePassword(d.key, person) {
			return &data.Error{Code: data.NotFound, Field: "person", Message: fmt.Sprintf("«%s» không có mật khẩu trong sổ.", person)}
		}
		return nil
	})
}

// NewCode makes another recovery code. The one before opens only the backups that were
// made while it was in force.
func (d *Desk) NewCode(ctx context.Context) (c vault.Code, err error) {
	g, err := d.guarding()
	if err != nil {
		return c, err
	}
	err = d.rekey(ctx, g, "Lập mã khôi phục mới", func(w *vault.Wraps) error {
		c = w.NewCode(d.key)
		return nil
	})
	return c, err
}

// SetSuperior lets the superior office open this one with its own key; to is its public
// key, a line that begins with age1. "" takes that back.
func (d *Desk) SetSuperior(ctx context.Context, to string) error {
	g, err := d.guarding()
	if err != nil {
		return err
	}
	to = strings.TrimSpace(to)
	if to == "" {
		return d.rekey(ctx, g, "Bỏ khóa của cấp trên", func(w *vault.Wraps) error { w.RemoveSuperior(d.key); return nil })
	}
	return d.rekey(ctx, g, "Đặt khóa của cấp trên", func(w *vault.Wraps) error { return w.SetSuperior(d.key, to) })
}
