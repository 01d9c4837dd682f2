package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"giaoban/data"
)

// Params are those of Argon2id.
type Params struct {
	Time    uint32 `json:"t"` // passes
	Memory  uint32 `json:"m"` // KiB
	Threads uint8  `json:"p"`
}

// The bounds of the parameters. The least are the second choice of RFC 9106; more
// than the greatest is refused when read, for a file could ask for any amount.
const (
	leastTime, leastMemory       = 3, 64 << 10
	greatestTime, greatestMemory = 10, 1 << 20
)

// Least returns the weakest parameters that a password is set with.
func Least() Params {
	return Params{leastTime, leastMemory, uint8(min(4, runtime.NumCPU()))}
}

// Calibrate returns the most memory with which one derivation takes less than the
// time by the clock now, and never less than Least.
func Calibrate(now func() time.Time, within time.Duration) Params {
	p := Least()
	for next := p; next.Memory < greatestMemory; next.Memory += leastMemory / 2 {
		start := now()
		argon2.IDKey([]byte("calibrate"), make([]byte, saltSize), next.Time, next.Memory, next.Threads, keySize)
		if now().Sub(start) >= within {
			break
		}
		p = next
	}
	return p
}

func (p Params) allowed() bool {
	return p.Time >= 1 && p.Time <= greatestTime && p.Memory >= 8 && p.Memory <= greatestMemory && p.Threads >= 1
}

const saltSize = 16

// The kinds of wraps.
const (
	ByPassword = "password"
	ByCode     = "recovery"
	BySuperior = "superior"
)

// Wrap is one way to the data key: the key, sealed with what a person knows or has.
type Wrap struct {
	Kind   string  `json:"kind"`
	Person string  `json:"person,omitempty"` // whose password it is
	Role   string  `json:"role,omitempty"`   // what this person may do; bound to the wrap
	Salt   []byte  `json:"salt,omitempty"`
	Params *Params `json:"params,omitempty"`
	Box    []byte  `json:"box"`
}

// Wraps are all ways to the data key of an office. They hold no secret and stand
// in the data file, where they are read without a key, and in every backup.
type Wraps struct {
	Office string `json:"office"` // a random name, to which every wrap is bound
	List   []Wrap `json:"wraps"`
	// Recipients are the age keys to which whole files are sealed.
	Recipients []string `json:"recipients"`
	// Seal proves to the holder of the key that nobody else changed the wraps, such as
	// by adding a recipient.
	Seal []byte `json:"seal,omitempty"`
}

// New protects an office: it makes its data key and its recovery code. There is no
// password yet.
func New() (*Wraps, *Key, Code) {
	name := make([]byte, 16)
	rand.Read(name)
	w, k := &Wraps{Office: hex.EncodeToString(name)}, NewKey()
	w.Recipients = []string{recipient(k.Identity())}
	return w, k, w.NewCode(k)
}

func recipient(id age.Identity) string { return id.(*age.X25519Identity).Recipient().String() }

// bound is what a wrap is bound to: all of it but the sealed key, and the office.
func (w *Wraps) bound(wrap Wrap) []byte {
	wrap.Box = nil
	text, err := json.Marshal(wrap)
	if err != nil {
		panic(err) // plain members only
	}
	return append([]byte("GB-WRAP1"+w.Office+"\x00"), text...)
}

// with seals the key with a secret of 32 bytes into the wrap.
func (w *Wraps) with(wrap Wrap, secret []byte, k *Key) Wrap {
	aead, err := chacha20poly1305.NewX(secret)
	if err != nil {
		panic(err) // the size is fixed and right
	}
	s := Sealer{k.id, aead}
	wrap.Box = s.Seal(nil, w.bound(wrap), k.marshal())
	return wrap
}

func (w *Wraps) open(wrap Wrap, secret []byte) (*Key, error) {
	aead, err := chacha20poly1305.NewX(secret)
	if err != nil || len(wrap.Box) == 0 {
		return nil, ErrSealed
	}
	s := Sealer{wrap.Box[0], aead}
	raw, err := s.Open(nil, w.bound(wrap), wrap.Box)
	if err != nil {
		return nil, err
	}
	return parseKey(raw)
}

// put replaces the wrap of the same kind and person, or adds it.
func (w *Wraps) put(k *Key, wrap Wrap) {
	w.drop(wrap.Kind, wrap.Person)
	w.List = append(w.List, wrap)
	w.sign(k)
}

func (w *Wraps) drop(kind, person string) bool {
	n := len(w.List)
	w.List = slices.DeleteFunc(w.List, func(x Wrap) bool { return x.Kind == kind && x.Person == person })
	return len(w.List) < n
}

// RemovePassword takes the password of a person away; false where there was none.
func (w *Wraps) RemovePassword(k *Key, person string) bool {
	defer w.sign(k)
	return w.drop(ByPassword, person)
}

// text is what the seal of the wraps is of.
func (w *Wraps) text() []byte {
	bare := *w
	bare.Seal = nil
	text, err := json.Marshal(&bare)
	if err != nil {
		panic(err) // plain members only
	}
	return text
}

func (w *Wraps) sign(k *Key) { w.Seal = k.Sealer(waysUse).Seal(nil, w.text(), nil) }

// waysUse is the use of a key that seals the wraps themselves.
const waysUse Use = "wraps"

// proved returns the key that a wrap opened to, unless the wraps were changed by
// somebody without it.
func (w *Wraps) proved(k *Key) (*Key, error) {
	if _, err := k.Sealer(waysUse).Open(nil, w.text(), w.Seal); err != nil {
		k.Wipe()
		return nil, data.Fail(data.Damaged, "Danh sách mật khẩu và khóa trong tệp đã bị sửa từ bên ngoài nên không dùng tệp này. Khôi phục từ bản sao lưu.", err)
	}
	return k, nil
}

// SetPassword gives a person ("" in an office without persons) a password, in
// place of the one before. The role is bound to it.
func (w *Wraps) SetPassword(k *Key, person, role, password string, p Params) {
	wrap := Wrap{Kind: ByPassword, Person: person, Role: role, Salt: make([]byte, saltSize), Params: &p}
	rand.Read(wrap.Salt)
	w.put(k, w.with(wrap, p.derive(password, wrap.Salt), k))
}

func (p Params) derive(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, keySize)
}

// Persons returns the ways by password, in the order in which they were set.
func (w *Wraps) Persons() []Wrap {
	return data.Where(w.List, func(x Wrap) bool { return x.Kind == ByPassword })
}

// Unlock returns the key for a person's password, and the wrap that it opened. A
// wrong password is data.Denied.
func (w *Wraps) Unlock(person, password string) (*Key, Wrap, error) {
	for _, wrap := range w.Persons() {
		if wrap.Person != person {
			continue
		}
		if wrap.Params == nil || !wrap.Params.allowed() {
			return nil, Wrap{}, data.Fail(data.Damaged, "Thông số mật khẩu trong tệp không hợp lệ. Mở bằng mã khôi phục rồi đặt mật khẩu mới.", nil)
		}
		k, err := w.open(wrap, wrap.Params.derive(password, wrap.Salt))
		if err != nil {
			return nil, Wrap{}, &data.Error{Code: data.Denied, Field: "password", Message: "Mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi gõ lại."}
		}
		k, err = w.proved(k)
		return k, wrap, err
	}
	who := "này"
	if person != "" {
		who = "của «" + person + "»"
	}
	return nil, Wrap{}, &data.Error{Code: data.NotFound, Field: "person", Message: fmt.Sprintf("Không có mật khẩu %s trong tệp. Chọn người khác, hoặc mở bằng mã khôi phục.", who)}
}

// NewCode makes a new recovery code; the one before opens only what was sealed while
// it was in force.
func (w *Wraps) NewCode(k *Key) Code {
	c := NewCode()
	wrap := Wrap{Kind: ByCode}
	if old := w.find(ByCode); old != nil { // its recipient goes with it
		w.unlist(old)
	}
	to := recipient(c.Identity())
	wrap.Salt = []byte(to)
	w.Recipients = append(w.Recipients, to)
	w.put(k, w.with(wrap, c.key("wrap"), k))
	return c
}

func (w *Wraps) find(kind string) *Wrap {
	return data.Find(w.List, func(x *Wrap) bool { return x.Kind == kind })
}

// Recover returns the key for the recovery code; a code of another office, or one
// that was replaced, is data.Denied.
func (w *Wraps) Recover(c Code) (*Key, error) {
	if wrap := w.find(ByCode); wrap != nil {
		if k, err := w.open(*wrap, c.key("wrap")); err == nil {
			return w.proved(k)
		}
	}
	return nil, &data.Error{Code: data.Denied, Field: "code", Message: "Mã khôi phục không mở được tệp này: mã của cơ quan khác, hoặc đã được thay bằng mã mới. Tìm tờ khôi phục in sau cùng."}
}

// SetSuperior lets the superior office open this one with its age identity; recipient
// is its public key.
func (w *Wraps) SetSuperior(k *Key, to string) error {
	r, err := age.ParseX25519Recipient(to)
	if err != nil {
		return &data.Error{Code: data.Invalid, Field: "superior", Message: "Khóa của cấp trên không đọc được. Chép nguyên dòng bắt đầu bằng «age1» mà cấp trên gửi."}
	}
	var box bytes.Buffer
	enc, err := age.Encrypt(&box, r)
	if err != nil {
		return err
	}
	if _, err := enc.Write(append([]byte(w.Office+"\x00"), k.marshal()...)); err != nil {
		return err
	}
	if err := enc.Close(); err != nil {
		return err
	}
	w.RemoveSuperior(k)
	w.Recipients = append(w.Recipients, to)
	w.put(k, Wrap{Kind: BySuperior, Salt: []byte(to), Box: box.Bytes()})
	return nil
}

// RemoveSuperior takes the way of the superior office away; what was sealed before
// stays open to it.
func (w *Wraps) RemoveSuperior(k *Key) {
	if old := w.find(BySuperior); old != nil {
		w.unlist(old)
		w.drop(BySuperior, "")
		w.sign(k)
	}
}

// unlist takes the recipient of a wrap off the list.
func (w *Wraps) unlist(old *Wrap) {
	w.Recipients = slices.DeleteFunc(w.Recipients, func(r string) bool { return r == string(old.Salt) })
}

// Superior returns the public key of the superior office, "" for none.
func (w *Wraps) Superior() string {
	if x := w.find(BySuperior); x != nil {
		return string(x.Salt)
	}
	return ""
}

// RecoverAs returns the key for the identity of the superior office.
func (w *Wraps) RecoverAs(id age.Identity) (*Key, error) {
	wrong := &data.Error{Code: data.Denied, Field: "superior", Message: "Khóa của cấp trên không mở được tệp này. Kiểm tra đúng tệp khóa của cơ quan cấp trên đã chọn."}
	wrap := w.find(BySuperior)
	if wrap == nil {
		return nil, wrong
	}
	r, err := age.Decrypt(bytes.NewReader(wrap.Box), id)
	if err != nil {
		return nil, wrong
	}
	raw, err := io.ReadAll(io.LimitReader(r, 1<<10))
	if err != nil {
		return nil, wrong
	}
	key, ok := bytes.CutPrefix(raw, []byte(w.Office+"\x00"))
	if !ok {
		return nil, wrong
	}
	k, err := parseKey(key)
	if err != nil {
		return nil, wrong
	}
	return w.proved(k)
}

// Parse reads wraps from JSON and refuses what could not come from here.
func Parse(text []byte) (*Wraps, error) {
	var w Wraps
	if err := json.Unmarshal(text, &w); err != nil {
		return nil, err
	}
	if w.Office == "" || len(w.List) == 0 || len(w.Recipients) == 0 {
		return nil, errors.New("vault: wraps of no office")
	}
	return &w, nil
}
