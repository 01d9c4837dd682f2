package vault

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"pgregory.net/rapid"

	"giaoban/data"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A.3.1 of draft-irtf-cfrg-xchacha-03.
func TestSealedValueOfTheDraft(t *testing.T) {
	aead, err := chacha20poly1305.NewX(unhex(t, "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"))
	if err != nil {
		t.Fatal(err)
	}
	s := Sealer{1, aead}
	sealed := unhex(t, "01 404142434445464748494a4b4c4d4e4f5051525354555657"+
		"bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"+
		"731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"+
		"2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"+
		"21f9664c97637da9768812f615c68b13b52e"+
		"c0875924c1c7987947deafd8780acf49")
	value, err := s.Open(nil, unhex(t, "50515253c0c1c2c3c4c5c6c7"), sealed)
	if want := "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."; err != nil || string(value) != want {
		t.Errorf("%q, %v", value, err)
	}
}

// A published vector of the reference implementation of Argon2id (version 0x13).
func TestPasswordOfTheReference(t *testing.T) {
	got := argon2.IDKey([]byte("password"), []byte("somesalt"), 2, 1<<16, 1, 32)
	if want := "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"; hex.EncodeToString(got) != want {
		t.Errorf("%x", got)
	}
}

func TestSealedValueOpensAtItsPlaceOnly(t *testing.T) {
	k := NewKey()
	rapid.Check(t, func(t *rapid.T) {
		s := k.Sealer(rapid.SampledFrom([]Use{Values, Journal}).Draw(t, "use"))
		place := rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "place")
		value := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "value")
		sealed := s.Seal(nil, place, value)
		if len(sealed) != len(value)+Overhead {
			t.Fatalf("%d bytes for %d", len(sealed), len(value))
		}
		if got, err := s.Open(nil, place, sealed); err != nil || !bytes.Equal(got, value) {
			t.Fatalf("%x, %v", got, err)
		}
		if _, err := s.Open(nil, append(slices.Clone(place), 0), sealed); !errors.Is(err, ErrSealed) {
			t.Fatalf("elsewhere: %v", err)
		}
		if _, err := k.Sealer(Files).Open(nil, place, sealed); !errors.Is(err, ErrSealed) {
			t.Fatalf("with another use: %v", err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := s.Open(nil, place, sealed); !errors.Is(err, ErrSealed) {
			t.Fatalf("changed: %v", err)
		}
	})
}

func TestCodeIsReadAsItIsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Code
		copy(c[:], rapid.SliceOfN(rapid.Byte(), codeBytes, codeBytes).Draw(t, "code"))
		text := c.String()
		if len(text) != 9*4+8 || len(strings.Split(text, "-")) != 9 {
			t.Fatalf("%q", text)
		}
		typed := strings.NewReplacer("0", "o", "1", "l", "-", " ").Replace(strings.ToLower(text))
		for _, s := range []string{text, typed, strings.ReplaceAll(text, "-", "")} {
			if got, err := ParseCode(s); err != nil || got != c {
				t.Fatalf("%q: %v", s, err)
			}
		}
		at := rapid.IntRange(0, len(text)-1).Filter(func(i int) bool { return text[i] != '-' }).Draw(t, "at")
		other := rapid.SampledFrom([]byte("0123456789ABCDEFGHJKMNPQRSTVWXYZ")).Filter(func(b byte) bool { return b != text[at] }).Draw(t, "letter")
		wrong := text[:at] + string(other) + text[at+1:]
		if _, err := ParseCode(wrong); err == nil {
			t.Fatalf("%q was taken for %q", wrong, text)
		}
	})
	for _, s := range []string{"", "0000", NewCode().String() + "0", strings.Repeat("U", 36)} {
		if _, err := ParseCode(s); err == nil {
			t.Errorf("%q is a code", s)
		}
	}
}

func TestKeysOfFilesAreWrittenAsAgeDoes(t *testing.T) {
	for range 50 {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		again := identity(NewKey().sub(Files))
		if back, err := age.ParseX25519Identity(again.String()); err != nil || back.String() != again.String() || again.String() == id.String() {
			t.Fatalf("%v, %v", back, err)
		}
	}
}

// same tells whether the key is the one that seals for the office.
func same(a, b *Key) bool { return a != nil && b != nil && a.secret == b.secret && a.id == b.id }

func TestEveryWayOpensAndNoOtherDoes(t *testing.T) {
	w, k, code := New()
	p := Least()
	w.SetPassword(k, "Lan", "entry", "mật khẩu của Lan", p)
	w.SetPassword(k, "Hùng", "head", "mật khẩu của Hùng", p)
	superior, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetSuperior(k, superior.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	if w, err = Parse(text); err != nil {
		t.Fatal(err)
	}
	got, wrap, err := w.Unlock("Lan", "mật khẩu của Lan")
	if err != nil || !same(got, k) || wrap.Role != "entry" {
		t.Errorf("password: %v, %v", wrap, err)
	}
	if got, err := w.Recover(code); err != nil || !same(got, k) {
		t.Errorf("code: %v", err)
	}
	if got, err := w.RecoverAs(superior); err != nil || !same(got, k) {
		t.Errorf("superior: %v", err)
	}
	denied := func(what string, err error) {
		t.Helper()
		var e *data.Error
		if !errors.As(err, &e) || e.Code != data.Denied {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, _, err = w.Unlock("Lan", "mật khẩu của Hùng")
	denied("another's password", err)
	_, err = w.Recover(NewCode())
	denied("another code", err)
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.RecoverAs(stranger)
	denied("another superior", err)

	fresh := w.NewCode(k)
	_, err = w.Recover(code)
	denied("the code before", err)
	if got, err := w.Recover(fresh); err != nil || !same(got, k) {
		t.Errorf("new code: %v", err)
	}
	w.RemoveSuperior(k)
	_, err = w.RecoverAs(superior)
	denied("a superior that was removed", err)
	if !w.RemovePassword(k, "Lan") || w.RemovePassword(k, "Lan") {
		t.Error("a password is removed once")
	}
	if len(w.Persons()) != 1 || len(w.Recipients) != 2 {
		t.Errorf("left: %v", w)
	}
}

// Whoever changes a wrap, its parameters, a role or the recipients without the key
// is found.
func TestWrapsChangedOutsideOpenNothing(t *testing.T) {
	w, k, code := New()
	w.SetPassword(k, "", "entry", "x", Least())
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(w *Wraps){
		"recipient": func(w *Wraps) { w.Recipients = append(w.Recipients, stranger.Recipient().String()) },
		"role":      func(w *Wraps) { w.List[1].Role = "head" },
		"memory":    func(w *Wraps) { w.List[1].Params.Memory++ },
		"office":    func(w *Wraps) { w.Office += "0" },
		"person":    func(w *Wraps) { w.List[1].Person = "Lan" },
		"no code":   func(w *Wraps) { w.List = w.List[1:] },
	} {
		text, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		other, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		change(other)
		if _, err := other.Recover(code); err == nil {
			t.Errorf("%s: the code opens", what)
		}
		if _, _, err := other.Unlock("", "x"); err == nil {
			t.Errorf("%s: the password opens", what)
		}
	}
	w.List[1].Params.Memory = 4 << 20
	if _, _, err := w.Unlock("", "x"); err == nil || !strings.Contains(err.Error(), "Thông số") {
		t.Errorf("4 GiB are asked for: %v", err)
	}
}

func TestFileOpensForKeyCodeAndSuperior(t *testing.T) {
	w, k, code := New()
	superior, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetSuperior(k, superior.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	enc, err := w.Encrypt(&file)
	if err != nil {
		t.Fatal(err)
	}
	whole := bytes.Repeat([]byte("sổ theo dõi hồ sơ "), 10_000)
	if _, err := enc.Write(whole); err != nil {
		t.Fatal(err)
	}
	if err := enc.Close(); err != nil {
		t.Fatal(err)
	}
	for what, id := range map[string]age.Identity{"key": k.Identity(), "code": code.Identity(), "superior": superior} {
		r, err := Decrypt(bytes.NewReader(file.Bytes()), id)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, whole) {
			t.Errorf("%s: %d bytes, %v", what, len(got), err)
		}
	}
	if _, err := Decrypt(bytes.NewReader(file.Bytes()), NewKey().Identity()); !errors.Is(err, ErrSealed) {
		t.Errorf("another office: %v", err)
	}
}

// However slow the machine, a password is never set with less than the second choice
// of RFC 9106.
func TestPasswordIsNeverSetTooWeak(t *testing.T) {
	at := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	tick := func(each time.Duration) func() time.Time {
		return func() time.Time { at = at.Add(each); return at }
	}
	if p := Calibrate(tick(time.Minute), time.Second); p != Least() || p.Memory != 64<<10 || p.Time != 3 {
		t.Errorf("on a slow machine %+v", p)
	}
	n := 0
	quick := func() time.Time { // two readings a trial; the third trial is slow
		if n++; n == 6 {
			at = at.Add(time.Minute)
		}
		return at
	}
	if p := Calibrate(quick, time.Second); p.Memory != 96<<10 {
		t.Errorf("after two quick trials %+v", p)
	}
}
