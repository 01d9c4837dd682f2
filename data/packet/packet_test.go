package packet

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/testsize"
	"giaoban/data/vault"
)

// world is two offices that know each other, and a third.
type world struct {
	commune, province, stranger *Keys
	book                        Book // of the province
	folder                      string
	phrase                      string // seals and opens; "" for the cards
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{folder: t.TempDir()}
	for unit, k := range map[string]**Keys{"H99.14": &w.commune, "H99": &w.province, "H98": &w.stranger} {
		keys, err := NewKeys(unit, "Đơn vị "+unit, data.Date(2026, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		*k = &keys
	}
	card, err := w.commune.Card()
	if err != nil {
		t.Fatal(err)
	}
	if w.book, _, err = w.book.Add(card, card.Card.Fingerprint(), now); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", w.folder)
	return w
}

func (w *world) manifest() Manifest {
	return Manifest{Kind: Figures, Period: Span{"2026-Q3", "2026-07-01", "2026-09-30"}, AsOf: "2026-11-30", Counts: map[string]int64{"received": 120},
		Identities: map[string]string{"received": "ok"}, Seq: 1, By: "Bộ phận Một cửa"}
}

func (w *world) sources(t testing.TB) []Source {
	t.Helper()
	list := []Source{}
	for name, text := range map[string]string{"so-lieu.json": `{"rows":[1,2,3]}`, "ghi-chu.txt": "Kỳ này không có vướng mắc."} {
		path := filepath.Join(w.folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		list = append(list, Source{name, path, 3})
	}
	return list
}

func (w *world) pack(t testing.TB, from *Keys, to *Keys, m Manifest) []byte {
	t.Helper()
	card, err := to.Card()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := Write(&out, from, []Card{card.Card}, w.phrase, m, w.sources(t), now); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (w *world) open(t testing.TB, file []byte, as *Keys, at time.Time) (*Package, error) {
	t.Helper()
	path := filepath.Join(w.folder, "nhan.bin") // the name of the file says nothing
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(path, as, w.phrase, w.book, at)
}

// inside returns what lies in the seal.
func inside(t testing.TB, file []byte, k *Keys) []byte {
	t.Helper()
	r, err := vault.DecryptAs(bytes.NewReader(file), k.Box)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sealed seals anything for an office, as everybody can.
func sealed(t testing.TB, inner []byte, to *Keys) []byte {
	t.Helper()
	card, err := to.Card()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := vault.EncryptTo(&out, card.Card.Box)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(inner)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func fieldOf(err error) string {
	var e *data.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

func TestPackageArrivesAsItWasMade(t *testing.T) {
	w := newWorld(t)
	file := w.pack(t, w.commune, w.province, w.manifest())
	for who, k := range map[string]*Keys{"receiver": w.province, "sender": w.commune} {
		p, err := w.open(t, file, k, now)
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		b, err := os.ReadFile(p.Path("so-lieu.json"))
		if err != nil || string(b) != `{"rows":[1,2,3]}` || p.State != Checked || p.Counts["received"] != 120 || p.Own != (k == w.commune) {
			t.Errorf("%s: %q, %+v, %v", who, b, p, err)
		}
		if name := p.FileName(); name != "GOI_H99.14_2026-Q3_1.gbgoi" {
			t.Error(name)
		}
		folder := p.folder
		p.Close()
		if _, err := os.Stat(folder); err == nil {
			t.Error("the scratch files stay")
		}
	}
}

func TestWhatIsNotForUsIsRefused(t *testing.T) {
	w := newWorld(t)
	file := w.pack(t, w.commune, w.province, w.manifest())
	_, err := w.open(t, file, w.stranger, now)
	refused(t, "sent to another", err, data.Refused)
	_, err = w.open(t, sealed(t, inside(t, file, w.province), w.stranger), w.stranger, now)
	refused(t, "sealed anew for another", err, data.Refused)
	if f := fieldOf(err); f != ManifestPart {
		t.Errorf("sealed anew: part %q, %v", f, err)
	}
	_, err = w.open(t, file, w.province, now.Add(-48*time.Hour))
	refused(t, "of the future", err, data.Refused)
	if p, err := w.open(t, file, w.province, now.Add(-20*time.Hour)); err != nil {
		t.Errorf("a clock that is behind by hours: %v", err)
	} else {
		p.Close()
	}
	foreign := *w.stranger
	_, err = w.open(t, w.pack(t, &foreign, w.province, w.manifest()), w.province, now)
	refused(t, "without a card", err, data.Refused)
	if f := fieldOf(err); f != SignaturePart {
		t.Errorf("without a card: part %q", f)
	}
	// The stranger writes the name and the key of the commune and signs with its own.
	forged := inside(t, w.pack(t, &foreign, w.province, w.manifest()), w.province)
	forged = bytes.ReplaceAll(forged, []byte(foreign.ID()), []byte(w.commune.ID()))
	_, err = w.open(t, sealed(t, forged, w.province), w.province, now)
	refused(t, "signed by another", err, data.Refused)
	if f := fieldOf(err); f != SignaturePart {
		t.Errorf("signed by another: part %q, %v", f, err)
	}
	w.book, err = w.book.Revoke(w.commune.ID(), data.Date(2026, 12, 1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.open(t, file, w.province, now)
	refused(t, "revoked", err, data.Refused)
}

func TestOneFlippedBitIsRefusedWithItsPart(t *testing.T) {
	w := newWorld(t)
	file := w.pack(t, w.commune, w.province, w.manifest())
	for i := range file {
		for bit := range testsize.Of(1, 8) {
			changed := bytes.Clone(file)
			changed[i] ^= 1 << ((i + bit) % 8)
			if p, err := w.open(t, changed, w.province, now); data.CodeOf(err) != data.Refused || fieldOf(err) == "" {
				t.Fatalf("byte %d of the file: %v, %v", i, p, err)
			}
		}
	}
	// Whoever sealed it anew with a changed bit inside: the part is named.
	inner := inside(t, file, w.province)
	found := map[string]int{}
	for i := range inner {
		changed := bytes.Clone(inner)
		changed[i] ^= 1 << (i % 8)
		p := &Package{folder: t.TempDir()}
		err := p.unpack(bytes.NewReader(changed), w.province, w.book, now)
		if data.CodeOf(err) != data.Refused || fieldOf(err) == "" {
			t.Fatalf("byte %d inside: %v", i, err)
		}
		found[fieldOf(err)]++
	}
	if found["so-lieu.json"] != 8+16 || found["ghi-chu.txt"] == 0 || found[ManifestPart] == 0 || found[SignaturePart] < 64 {
		t.Errorf("parts named: %v", found)
	}
	for i := range len(inner) {
		p := &Package{folder: t.TempDir()}
		if err := p.unpack(bytes.NewReader(inner[:i]), w.province, w.book, now); data.CodeOf(err) != data.Refused {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	p := &Package{folder: t.TempDir()}
	if err := p.unpack(bytes.NewReader(append(inner, 0)), w.province, w.book, now); fieldOf(err) != EndPart {
		t.Errorf("something behind: %v", err)
	}
}

func TestSequence(t *testing.T) {
	p := func(seq uint64, digest, previous string) *Package {
		m := Manifest{Seq: seq, Previous: previous, Kind: Figures, Period: Span{Kind: "2026-Q3"}}
		return &Package{Manifest: m, Digest: digest}
	}
	seen := []Seen{{Seq: 1, Digest: "a", Kind: Figures, Period: Span{Kind: "2026-Q1"}}, {Seq: 4, Digest: "d", Previous: "c", Kind: Figures, Period: Span{Kind: "2026-Q4"}}}
	for what, one := range map[string]struct {
		p    *Package
		code data.ErrorCode
	}{
		"next":                    {p(5, "e", "d"), ""},
		"late":                    {p(3, "c", "b"), ""},
		"the very same":           {p(4, "d", "c"), data.Conflict},
		"another of its number":   {p(4, "x", "c"), data.Refused},
		"another before it":       {p(5, "e", "x"), data.Refused},
		"not the one before":      {p(3, "x", "b"), data.Refused},
		"second of another start": {p(2, "b", "x"), data.Refused},
	} {
		refused(t, what, one.p.Follows(seen), one.code)
	}
	seen[1].Period.Kind = "2026-Q3"
	refused(t, "older of the same period", p(3, "c", "b").Follows(seen), data.Refused)
	if m := Missing(seen); len(m) != 2 || m[0] != 2 || m[1] != 3 {
		t.Errorf("missing %v", m)
	}
}

// mutate changes a file as accidents and attackers do.
func mutate(r *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(4) {
		i, j := r.IntN(len(b)), r.IntN(len(b))
		switch r.IntN(6) {
		case 0:
			b[i] = byte(r.Int())
		case 1:
			b = append(b[:i], b[min(len(b), i+1+r.IntN(64)):]...)
		case 2:
			b = append(b[:i:i], append([]byte{byte(r.Int())}, b[i:]...)...)
		case 3:
			b = append(b, b[i:]...)
		case 4:
			b[i], b[j] = b[j], b[i]
		default:
			b = b[:i]
		}
		if len(b) == 0 {
			return []byte{0}
		}
	}
	return b
}

func TestMutatedPackagesAreRefused(t *testing.T) {
	w := newWorld(t)
	file := w.pack(t, w.commune, w.province, w.manifest())
	inner := inside(t, file, w.province)
	r := rand.New(rand.NewPCG(14, 1))
	for n := range testsize.Of(200, 1000) {
		changed := mutate(r, file)
		if n%2 == 1 { // half of them reach what lies inside the seal
			changed = mutate(r, inner)
			if bytes.Equal(changed, inner) {
				continue
			}
			changed = sealed(t, changed, w.province)
		} else if bytes.Equal(changed, file) {
			continue
		}
		if p, err := w.open(t, changed, w.province, now); data.CodeOf(err) != data.Refused {
			t.Fatalf("mutation %d: %v, %v", n, p, err)
		}
	}
	left, err := os.ReadDir(disk.Scratch())
	for _, f := range left {
		t.Errorf("left behind: %s, %v", f.Name(), err)
	}
}

func TestLimitsAreKept(t *testing.T) {
	w := newWorld(t)
	for what, change := range map[string]func(m *Manifest){
		"rows":      func(m *Manifest) { m.Parts[0].Rows = MaxRows + 1 },
		"bytes":     func(m *Manifest) { m.Parts[0].Bytes = MaxUnpacked + 1 },
		"sum":       func(m *Manifest) { m.Parts[0].Bytes, m.Parts[1].Bytes = MaxUnpacked, 1 },
		"way out":   func(m *Manifest) { m.Parts[0].Name = "../so.db" },
		"same name": func(m *Manifest) { m.Parts[1].Name = m.Parts[0].Name },
		"no part":   func(m *Manifest) { m.Parts = nil },
		"kind":      func(m *Manifest) { m.Kind = "all" },
		"period":    func(m *Manifest) { m.Period.From = "2026-06-01" },
		"as of":     func(m *Manifest) { m.AsOf = "2027-01-01" },
		"replaces":  func(m *Manifest) { m.Replaces = 1 },
		"number":    func(m *Manifest) { m.Seq = 2 },
	} {
		sum := string(bytes.Repeat([]byte("0"), 64))
		m := w.manifest()
		m.FormatVersion, m.CreatedAt, m.From, m.To = FormatVersion, now.Format(time.RFC3339), Sender{"A", "A", "x"}, []Receiver{{"B", "y"}}
		m.Parts = []Part{{"a", 1, sum, 1}, {"b", 1, sum, 1}}
		if err := m.check(now); err != nil {
			t.Fatal(err)
		}
		change(&m)
		refused(t, what, m.check(now), data.Refused)
	}
	m := w.manifest()
	m.FormatVersion = FormatVersion + 1
	refused(t, "a later format", m.check(now), data.Newer)
}

func FuzzRead(f *testing.F) {
	w := newWorld(f)
	file := w.pack(f, w.commune, w.province, w.manifest())
	inner := inside(f, file, w.province)
	f.Add(inner, true)
	f.Add(inner[:200], true)
	f.Add(file, false)
	f.Fuzz(func(t *testing.T, b []byte, open bool) {
		p := &Package{folder: t.TempDir()}
		var err error
		if open {
			err = p.unpack(bytes.NewReader(b), w.province, w.book, now)
		} else {
			err = p.read(bytes.NewReader(b), w.province, "", w.book, now)
		}
		if err == nil && !bytes.Equal(b, inner) && !bytes.Equal(b, file) {
			t.Fatal("a changed package was taken")
		}
		if err != nil && !errors.As(err, new(*data.Error)) {
			t.Fatalf("not told: %v", err)
		}
	})
}

// A package that was sealed for a key that was replaced meanwhile still opens, and one
// for a card that never was the office's does not.
func TestOpenForAFormerKey(t *testing.T) {
	w := newWorld(t)
	file := w.pack(t, w.commune, w.province, w.manifest())
	next := *w.province
	for range 2 {
		var err error
		if next, err = next.Next("Đơn vị H99 mới", []Predecessor{{"H99.88", "Đơn vị cũ", "2026-06-30"}}, data.Date(2026, 11, 30)); err != nil {
			t.Fatal(err)
		}
	}
	p, err := w.open(t, file, &next, now)
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	next.Former = next.Former[:1]
	if _, err := w.open(t, file, &next, now); data.CodeOf(err) != data.Refused {
		t.Errorf("without the former key: %v", err)
	}
	if _, err := next.Next("Đơn vị H99", []Predecessor{{"mã có dấu", "Đơn vị cũ", "2026-06-30"}}, data.Date(2026, 11, 30)); data.CodeOf(err) != data.Invalid {
		t.Errorf("a predecessor without a sound id: %v", err)
	}
}

// TestPackedBound: neither is more written than a receiver takes, nor is it looked at.
func TestPackedBound(t *testing.T) {
	w := &limitWriter{w: io.Discard, left: MaxPacked}
	if n, err := w.Write(make([]byte, 1<<20)); n != 1<<20 || err != nil {
		t.Fatal(n, err)
	}
	w.left = 10
	if _, err := w.Write(make([]byte, 11)); data.CodeOf(err) != data.Invalid {
		t.Errorf("more than is taken: %v", err)
	}
	o := newWorld(t)
	path := filepath.Join(t.TempDir(), "to.gbgoi")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, MaxPacked+1); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, o.province, "", o.book, now); data.CodeOf(err) != data.Refused || fieldOf(err) != SealPart {
		t.Errorf("a file of more than 256 MiB: %v", err)
	}
}

// TestPhrase: a package for mail opens by its six words, however they are typed, and by
// nothing else; signature, receiver and parts are proved as ever.
func TestPhrase(t *testing.T) {
	w := newWorld(t)
	w.phrase = vault.NewPhrase()
	if words := strings.Fields(w.phrase); len(words) != 6 || w.phrase == vault.NewPhrase() {
		t.Fatalf("phrase %q", w.phrase)
	}
	file := w.pack(t, w.commune, w.province, w.manifest())
	right := w.phrase
	for _, typed := range []string{right, strings.ToUpper(strings.ReplaceAll(right, " ", "  - "))} {
		w.phrase = typed
		p, err := w.open(t, file, w.province, now)
		if err != nil || p.Seq != 1 || p.State != Checked {
			t.Fatalf("%q: %v", typed, err)
		}
		p.Close()
	}
	for typed, field := range map[string]string{"": PhrasePart, "b" + right: PhrasePart} {
		w.phrase = typed
		if _, err := w.open(t, file, w.province, now); data.CodeOf(err) != data.Denied || fieldOf(err) != field {
			t.Errorf("%q: %v", typed, err)
		}
	}
	w.phrase = right
	if _, err := w.open(t, file, w.stranger, now); err == nil {
		t.Error("another office takes it by its phrase")
	}
	cut := file[:len(file)-20]
	if _, err := w.open(t, cut, w.province, now); err == nil {
		t.Error("a cut one opens")
	}
	// A file that asks for hours of scrypt is refused at once.
	slow := bytes.Replace(file, []byte(" 18\n"), []byte(" 30\n"), 1)
	if _, err := w.open(t, slow, w.province, now); bytes.Equal(slow, file) || data.CodeOf(err) != data.Denied {
		t.Errorf("work factor 30: %v", err)
	}
}
