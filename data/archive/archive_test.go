package archive_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/testsize"
)

// packed writes a backup of three parts, one of them random, and returns its path and
// what is in it.
func packed(t *testing.T, seal func(io.Writer) (io.WriteCloser, error)) (path string, want map[string]string) {
	t.Helper()
	dir := t.TempDir()
	noise := make([]byte, 9000)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	want = map[string]string{archive.Data: strings.Repeat("sổ ", 5000), archive.Evidence + "a.pdf": string(noise), archive.Issued + "2026-11/30-080000 giao-ban.pdf": ""}
	var parts []archive.Part
	for _, name := range []string{archive.Data, archive.Evidence + "a.pdf", archive.Issued + "2026-11/30-080000 giao-ban.pdf"} {
		p := archive.Part{Name: name, Path: filepath.Join(dir, fmt.Sprint(len(parts)))}
		if err := os.WriteFile(p.Path, []byte(want[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := p.Measure(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, p)
	}
	path = filepath.Join(dir, "x.gbsao")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := archive.Write(t.Context(), f, archive.Head{Of: "so.db", Seq: 7, Mark: "ab", Dossiers: 3}, parts, seal, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path, want
}

func read(t *testing.T, path string, unseal func(io.Reader) (io.Reader, error)) (got map[string]string, err error) {
	t.Helper()
	r, err := archive.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	got = map[string]string{}
	return got, r.Each(t.Context(), unseal, nil, func(p archive.Part, from io.Reader) error {
		raw, err := io.ReadAll(from)
		got[p.Name] = string(raw)
		return err
	})
}

func TestPartsComeBack(t *testing.T) {
	path, want := packed(t, nil)
	got, err := read(t, path, nil)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%d parts, %v", len(got), err)
	}
	r, err := archive.Open(path)
	if err != nil || r.Seq != 7 || r.Dossiers != 3 || r.Sealed || !archive.Is(path) {
		t.Fatalf("%+v, %v", r, err)
	}
	defer r.Close()
	if err := r.Prove(t.Context()); err != nil {
		t.Error(err)
	}
}

// xor stands for a cipher.
type xor struct {
	w io.Writer
	r io.Reader
}

func flip(b []byte) []byte {
	out := bytes.Clone(b)
	for i := range out {
		out[i] ^= 0x55
	}
	return out
}
func (x xor) Write(b []byte) (int, error) { return x.w.Write(flip(b)) }
func (x xor) Close() error                { return nil }
func (x xor) Read(b []byte) (int, error) {
	n, err := x.r.Read(b)
	copy(b, flip(b[:n]))
	return n, err
}

// TestSealedParts: what is sealed holds none of its words, is proved without the key,
// and opens with it.
func TestSealedParts(t *testing.T) {
	path, want := packed(t, func(w io.Writer) (io.WriteCloser, error) { return xor{w: w}, nil })
	got, err := read(t, path, func(r io.Reader) (io.Reader, error) { return xor{r: r}, nil })
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%d parts, %v", len(got), err)
	}
	r, err := archive.Open(path)
	if err != nil || !r.Sealed || r.Prove(t.Context()) != nil {
		t.Errorf("%v", err)
	}
	r.Close()
}

// TestEveryFlipIsNoticed: no flipped bit and no cut passes, with a key or without.
func TestEveryFlipIsNoticed(t *testing.T) {
	path, _ := packed(t, nil)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range testsize.Of(300, 4000) {
		raw := bytes.Clone(whole)
		at := random.IntN(len(raw))
		switch {
		case i%10 == 0:
			raw = raw[:at]
		case i%10 == 1:
			raw = append(raw, byte(i))
		case i < len(whole)/4: // the head is small: each of its bytes in turn
			at = min(i, len(raw)-1)
			fallthrough
		default:
			raw[at] ^= 1 << random.IntN(8)
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := read(t, path, nil); data.CodeOf(err) != data.Damaged && data.CodeOf(err) != data.Newer || !strings.Contains(err.Error(), "x.gbsao") {
			t.Fatalf("change %d at %d of %d: %v", i, at, len(whole), err)
		}
		if r, err := archive.Open(path); err == nil {
			if err := r.Prove(t.Context()); data.CodeOf(err) != data.Damaged {
				t.Fatalf("proved: change %d at %d: %v", i, at, err)
			}
			r.Close()
		}
	}
}

// TestNamesLeadNowhere: a part from another place is never written outside its folder.
func TestNamesLeadNowhere(t *testing.T) {
	for name, want := range map[string]bool{"so.db": true, "thiet-lap.json": true, "tep/a.pdf": true, "bao-cao/2026-11/x.pdf": true, "tep/../x": false, "../so.db": false, "/etc/x": false, "tep/": false, "tep//x": false,
		`tep/a\b`: false, "tep/C:x": false, "khac": false, "": false} {
		if archive.Named(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

// FuzzOpen: whatever stands behind the first line, reading ends with an error and
// within bounds.
func FuzzOpen(f *testing.F) {
	line := `{"of":"so.db","seq":1}`
	f.Add([]byte("GIAOBAN SAO LUU 1\n" + line + "\n" + fmt.Sprintf("%x", sha256.Sum256([]byte(line))) + "\nx\n" + strings.Repeat("0", 64) + "\n"))
	f.Add([]byte("GIAOBAN SAO LUU 2\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := read(t, path, func(r io.Reader) (io.Reader, error) { return r, nil }); err == nil {
			t.Error("a backup out of nothing")
		}
	})
}
