package packet

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/testsize"
)

var now = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func office(t *testing.T, unit, name string) *Keys {
	t.Helper()
	k, err := NewKeys(unit, name, data.Date(2026, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	return &k
}

func cardOf(t *testing.T, k *Keys) Signed {
	t.Helper()
	s, err := k.Card()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func added(t *testing.T, b Book, s Signed, typed string) (Book, Known) {
	t.Helper()
	b, k, err := b.Add(s, typed, now)
	if err != nil {
		t.Fatal(err)
	}
	return b, k
}

func refused(t *testing.T, what string, err error, code data.ErrorCode) {
	t.Helper()
	if data.CodeOf(err) != code {
		t.Errorf("%s: %v (%s), want %s", what, err, data.CodeOf(err), code)
	}
}

func TestCardIsReadAsWritten(t *testing.T) {
	k := office(t, "H99.14", "UBND xã Sông Lam")
	k.Predecessors = []Predecessor{{"H99.07", "UBND xã Bãi Dâu", "2025-06-30"}}
	s := cardOf(t, k)
	var file bytes.Buffer
	if err := WriteCard(&file, s); err != nil {
		t.Fatal(err)
	}
	got, err := ReadCard(bytes.NewReader(file.Bytes()))
	if err != nil || got.Card.Fingerprint() != s.Card.Fingerprint() || len(got.Card.Predecessors) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if f := s.Card.Fingerprint(); !regexp.MustCompile(`^([0-9A-Z]{4} ){7}[0-9A-Z]{4}$`).MatchString(f) || f != k.ID() {
		t.Errorf("fingerprint %q", f)
	}
	for i := range file.Bytes() {
		for bit := range testsize.Of(1, 8) {
			changed := bytes.Clone(file.Bytes())
			changed[i] ^= 1 << ((i + bit) % 8)
			if _, err := ReadCard(bytes.NewReader(changed)); data.CodeOf(err) != data.Refused {
				t.Fatalf("bit %d of byte %d: %v", bit, i, err)
			}
		}
		if _, err := ReadCard(bytes.NewReader(file.Bytes()[:i])); data.CodeOf(err) != data.Refused && i < file.Len()-1 {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

func TestOnlyThePaperMakesACardAuthentic(t *testing.T) {
	k := office(t, "H99.14", "UBND xã Sông Lam")
	s := cardOf(t, k)
	b, one := added(t, nil, s, "")
	if one.State != Unchecked {
		t.Errorf("without paper: %s", one.State)
	}
	for _, wrong := range []string{"0000 0000", s.Card.Fingerprint()[:4], s.Card.Fingerprint() + "0", cardOf(t, office(t, "H99.14", "UBND xã Sông Lam")).Card.Fingerprint()} {
		_, _, err := b.Add(s, wrong, now)
		refused(t, "fingerprint "+wrong, err, data.Denied)
	}
	b, one = added(t, b, s, s.Card.Fingerprint()[:9])
	if one.State != Checked || len(b) != 1 {
		t.Errorf("with paper: %s, %d cards", one.State, len(b))
	}
	if _, one = added(t, b, s, ""); one.State != Checked {
		t.Errorf("the same card again: %s", one.State)
	}
}

func TestChangeOfKey(t *testing.T) {
	k := office(t, "H99.14", "UBND xã Sông Lam")
	s := cardOf(t, k)
	b, _ := added(t, nil, s, s.Card.Fingerprint())
	next, err := k.Next("UBND xã Sông Lam", nil, data.Date(2026, 12, 1))
	if err != nil {
		t.Fatal(err)
	}
	changed, one := added(t, b, cardOf(t, &next), "")
	if one.State != Checked || changed.Find(k.ID()).State != Replaced || changed.Current("H99.14").Card.Fingerprint() != next.ID() {
		t.Errorf("signed by the old key: %s, old %s", one.State, changed.Find(k.ID()).State)
	}
	if _, _, err := changed.Add(s, s.Card.Fingerprint(), now); data.CodeOf(err) != data.Refused {
		t.Errorf("the old card comes back: %v", err)
	}
	if at := changed.Find(k.ID()).At(data.Date(2026, 11, 30)); at != Checked {
		t.Errorf("a package of the day before: %s", at)
	}
	lost := office(t, "H99.14", "UBND xã Sông Lam") // a new key without the old one
	same, one := added(t, b, cardOf(t, lost), "")
	if one.State != Unchecked || same.Current("H99.14").Card.Fingerprint() != k.ID() {
		t.Errorf("not signed: %s", one.State)
	}
	thief := office(t, "H99.66", "UBND xã khác")
	forged, err := thief.Next("UBND xã khác", nil, data.Date(2026, 12, 1))
	if err != nil {
		t.Fatal(err)
	}
	forged.Unit, forged.Replaces = "H99.14", k.ID()
	if _, one := added(t, b, cardOf(t, &forged), ""); one.State != Unchecked {
		t.Errorf("signed by another unit: %s", one.State)
	}
	revoked, err := b.Revoke(k.ID(), data.Date(2026, 12, 1))
	if err != nil || revoked.Current("H99.14") != nil || revoked[0].At(data.Date(2026, 11, 1)) != Revoked || b[0].State != Checked {
		t.Errorf("revoked: %v, %v", revoked, err)
	}
	if _, one := added(t, revoked, cardOf(t, &next), ""); one.State != Unchecked {
		t.Errorf("signed by a revoked key: %s", one.State)
	}
}

func TestCardEnds(t *testing.T) {
	k := office(t, "H99.14", "UBND xã Sông Lam")
	k.To = "2026-06-30"
	s := cardOf(t, k)
	b, _ := added(t, nil, s, s.Card.Fingerprint())
	for day, want := range map[data.Day]State{data.Date(2025, 12, 31): Unchecked, data.Date(2026, 6, 30): Checked, data.Date(2026, 7, 1): Expired} {
		if got := b[0].At(day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
