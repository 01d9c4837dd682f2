package papers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/packet"
	"giaoban/data/scoring"
	"giaoban/data/testsize"
)

// packed is a commune and its province, and one thing that goes between them.
type packedKind struct {
	kind packet.Kind
	span string
	// set gives the thing its n-th value at the sender, value reads it at the receiver, and
	// here changes it there, or what stands on it, and returns its value then.
	set   func(n int)
	value func() string
	here  func() string
	want  func(n int) string
}

const criterion = "1.1.3"

// packedKinds are all kinds; each has offices of its own.
func packedKinds(t *testing.T, kind packet.Kind) (commune, province *desk.Desk, k packedKind) {
	ctx := t.Context()
	commune, p := office(t)
	province, _ = office(t)
	must(t, commune.SetOffice(ctx, data.Office{Name: "UBND xã Một", Code: "H56.01"}))
	must(t, province.SetOffice(ctx, data.Office{Name: "UBND tỉnh Thử", Code: "H56"}))
	unit := data.Unit{Code: "H56.01", Name: "UBND xã Một", Level: data.LevelCommune}
	must(t, province.SaveUnit(ctx, &unit))
	card, err := commune.PacketCard(ctx)
	must(t, err)
	_, err = province.AddPacketCard(ctx, card, card.Card.Fingerprint())
	must(t, err)
	k = packedKind{kind: kind, span: "2026", want: func(n int) string { return fmt.Sprint(n) }}
	switch kind {
	case packet.Figures:
		k.set = func(int) { receive(t, commune, p, data.Date(2026, 3, 2)) }
		reported := func() []desk.Reported {
			list, err := province.Reported()
			must(t, err)
			return list
		}
		k.value = func() string {
			if list := reported(); len(list) == 1 {
				return fmt.Sprint(list[0].Counts().Received())
			}
			return ""
		}
		k.here = func() string {
			one := reported()[0]
			one.Sender, one.Source, one.HasTotal, one.Rows = "", "bang-giay.xlsx", false, nil
			_, err := province.Keep(ctx, desk.Work{Title: "Sửa"}, desk.KindReported, one.ID, one)
			must(t, err)
			return "0"
		}
	case packet.Dossiers:
		var id uint64
		name := func(n int) string { return fmt.Sprintf("Người Thứ %d", n) }
		k.set = func(n int) {
			if id == 0 {
				id = receive(t, commune, p, data.Date(2026, 3, 2)).ID
				receive(t, commune, p, data.Date(2026, 3, 3)) // does not change
			}
			must(t, commune.Amend(ctx, id, "sửa", func(one *data.Dossier) { one.Owner.Name = name(n) }))
		}
		there := func() data.Dossier {
			own, err := commune.Dossier(id)
			must(t, err)
			one, err := province.Dossier(province.Find(own.Code))
			if err != nil {
				return data.Dossier{}
			}
			return one
		}
		k.value = func() string { return there().Owner.Name }
		k.here = func() string {
			must(t, province.Amend(ctx, there().ID, "sửa", func(one *data.Dossier) { one.Owner.Name = "Tên ở tỉnh" }))
			return "Tên ở tỉnh"
		}
		k.want = name
	case packet.Entries:
		var e *logbook.Entry
		k.set = func(n int) {
			next := &logbook.Entry{Values: map[string]string{"issued": "2026-03-01"}}
			if e != nil {
				next = e.Clone()
			}
			next.Set("text", fmt.Sprint("Việc ", n))
			e, err = commune.KeepEntry(ctx, logbook.Task, next, "sửa")
			must(t, err)
		}
		there := func() []*logbook.Entry {
			w, err := province.Logbooks(data.NoDay)
			must(t, err)
			return w.Entries(logbook.Task.ID)
		}
		k.value = func() string {
			if list := there(); len(list) == 1 {
				return list[0].Text("text")
			}
			return ""
		}
		k.here = func() string {
			next := there()[0].Clone()
			next.Set("text", "Việc của tỉnh")
			_, err := province.KeepEntry(ctx, logbook.Task, next, "sửa")
			must(t, err)
			return "Việc của tỉnh"
		}
		k.want = func(n int) string { return fmt.Sprint("Việc ", n) }
	case packet.Indicators:
		month := period(t, "2026-03")
		k.span = "2026-03"
		keep := func(d *desk.Desk, unit uint32, value string) {
			_, err := d.KeepIndicators(ctx, "", []desk.IndicatorEntry{{Code: "DA06_DVC", Unit: unit, Period: month, Value: value}})
			must(t, err)
		}
		k.set = func(n int) { keep(commune, 0, fmt.Sprintf("%d/25", n)) }
		k.value = func() string {
			all, err := province.IndicatorBook()
			must(t, err)
			return all.Cell("DA06_DVC", unit.ID, month).Value
		}
		k.here = func() string {
			keep(province, unit.ID, "20/25")
			return "20/25"
		}
		k.want = func(n int) string { return fmt.Sprintf("%d/25", n) }
	case packet.Scores:
		up, down := book.New(commune), book.New(province)
		open := func(b *book.Book, units ...uint32) uint64 {
			set, err := b.TakeSample(ctx, scoring.Shipped()[0].Meta.ID)
			must(t, err)
			_, stored, err := b.Set(set)
			must(t, err)
			if stored.Node(criterion) == nil {
				t.Fatal("another sample set")
			}
			id, err := b.KeepPeriod(ctx, assess.Period{Title: "Chỉ số 2026", Year: 2026, Set: set, Groups: []assess.Group{{Name: "Xã", Units: units}}})
			must(t, err)
			return id
		}
		own, here := open(up, assess.OwnUnit), open(down, unit.ID)
		_, err := up.OpenSheets(ctx, own)
		must(t, err)
		list, err := up.Sheets(own)
		must(t, err)
		answer := func(n int) assess.Entry {
			b, a := scoring.Int(int64(n)), scoring.Int(32)
			return assess.Entry{Answer: scoring.Answer{B: &b, A: &a}, Source: "Báo cáo"}
		}
		k.set = func(n int) {
			c, err := up.Card(list[0].ID)
			must(t, err)
			if c.Sheet.State != assess.Drafting {
				must(t, up.Move(ctx, list[0].ID, assess.Drafting, "sửa"))
			}
			_, err = up.Enter(ctx, list[0].ID, criterion, assess.Self, answer(n))
			must(t, err)
			must(t, up.Move(ctx, list[0].ID, assess.Submitted, "nộp"))
		}
		k.value = func() string {
			cards, err := down.Cards(here, "")
			must(t, err)
			if len(cards) == 0 || cards[0].Lines[criterion] == nil {
				return ""
			}
			return cards[0].Lines[criterion].Self.Answer.B.String()
		}
		k.here = func() string {
			sheets, err := down.Sheets(here)
			must(t, err)
			_, err = down.Enter(ctx, sheets[0].ID, criterion, assess.First, answer(32))
			must(t, err)
			return k.value()
		}
	}
	return commune, province, k
}

// TestEveryKindOfPackage: what comes is undone whole, is replaced by its own later version
// also after an undo, leaves what the receiver changed unless asked, and is corrected by a
// package that holds what changed alone.
func TestEveryKindOfPackage(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, x := range packet.Kinds {
		if x.Kind == packet.Corrections {
			continue
		}
		t.Run(string(x.Kind), func(t *testing.T) {
			commune, province, k := packedKinds(t, x.Kind)
			to, err := province.PacketCard(t.Context())
			must(t, err)
			try := func(m desk.Making) (string, packet.Manifest, error) {
				path := filepath.Join(t.TempDir(), "goi.gbgoi")
				m.To, m.Sheets = to, book.New(commune)
				m.List = func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
					return papers.WriteList(ctx, commune, q, day, w, nil)
				}
				made, err := commune.MakePackage(t.Context(), path, m)
				return path, made, err
			}
			pack := func(replaces uint64) string {
				t.Helper()
				path, _, err := try(desk.Making{Kind: k.kind, Period: period(t, k.span), Replaces: replaces})
				must(t, err)
				return path
			}
			took := func(path string, over bool) (desk.Arrival, error) {
				p, err := province.OpenPackage(t.Context(), path, "")
				must(t, err)
				defer p.Close()
				return province.TakePackage(t.Context(), p, desk.PackageTaking{Over: over, Sheets: book.New(province)})
			}
			take := func(path string, over bool, want string) desk.Arrival {
				t.Helper()
				a, err := took(path, over)
				must(t, err)
				if got := k.value(); got != want {
					t.Fatalf("%q, want %q: %+v", got, want, a)
				}
				return a
			}
			undo := func(want string) {
				t.Helper()
				if _, err := province.Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := k.value(); got != want {
					t.Fatalf("after undo: %q, want %q", got, want)
				}
			}
			k.set(1)
			first := pack(0)
			take(first, false, k.want(1))
			undo("")
			take(first, false, k.want(1))
			k.set(2)
			second := pack(1)
			take(second, false, k.want(2))
			undo(k.want(1))
			if a := take(second, false, k.want(2)); a.Conflicts != 0 {
				t.Errorf("after an undo its own version conflicts: %+v", a)
			}
			stays := k.here()
			k.set(3)
			third := pack(2)
			if a := take(third, false, stays); a.Conflicts != 1 || a.Changed != 0 {
				t.Errorf("unasked: %+v", a)
			}
			undo(stays)
			take(third, true, k.want(3))
			if _, _, err := try(desk.Making{Kind: packet.Corrections, Replaces: 3}); k.kind != packet.Figures && k.kind != packet.Scores && data.CodeOf(err) != data.NotFound {
				// Within one second of the clock what went may have changed again: it goes twice.
				if err != nil || k.kind == packet.Dossiers {
					t.Errorf("corrections of nothing: %v", err)
				}
			}
			k.set(4)
			path, made, err := try(desk.Making{Kind: packet.Corrections, Replaces: 3})
			must(t, err)
			if made.Corrects != k.kind || made.Replaces != 3 || made.Parts[0].Rows != 1 {
				t.Errorf("corrections: %+v", made)
			}
			if x.Kind == packet.Scores {
				take(path, true, k.want(4)) // it was appraised
			} else {
				take(path, false, k.want(4))
			}
			if _, err := took(third, false); data.CodeOf(err) != data.Conflict {
				t.Errorf("replayed: %v", err)
			}
			if _, _, err := try(desk.Making{Kind: packet.Corrections}); data.CodeOf(err) != data.Invalid {
				t.Errorf("corrections of no package: %v", err)
			}
		})
	}
}

// TestChangedPartsOfEveryKind: a sender whose part is not what it should be, cut, or changed
// anywhere before it signed, is told so with nothing taken, or what can be read is taken in
// one change, which one undo takes back.
func TestChangedPartsOfEveryKind(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, x := range packet.Kinds {
		if x.Kind == packet.Corrections {
			continue
		}
		t.Run(string(x.Kind), func(t *testing.T) {
			commune, province, k := packedKinds(t, x.Kind)
			k.set(1)
			to, err := province.PacketCard(t.Context())
			must(t, err)
			path := filepath.Join(t.TempDir(), "goi.gbgoi")
			_, err = commune.MakePackage(t.Context(), path, desk.Making{Kind: x.Kind, Period: period(t, k.span), To: to, Sheets: book.New(commune),
				List: func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
					return papers.WriteList(ctx, commune, q, day, w, nil)
				}})
			must(t, err)
			own, err := commune.OpenPackage(t.Context(), path, "")
			must(t, err)
			defer own.Close()
			var keys packet.Keys
			must(t, commune.Read(func(v desk.View) error { return json.Unmarshal(v.Setting("packet/keys"), &keys) }))
			part := own.Parts[0]
			whole, err := os.ReadFile(own.Path(part.Name))
			must(t, err)
			head := func() uint64 {
				h, err := desk.Viewed(province, desk.View.Head)
				must(t, err)
				return h.Seq
			}
			write := func(content []byte) {
				source := filepath.Join(t.TempDir(), part.Name)
				must(t, os.WriteFile(source, content, 0o600))
				var out bytes.Buffer
				_, err := packet.Write(&out, &keys, []packet.Card{to.Card}, "", own.Manifest, []packet.Source{{Name: part.Name, Path: source, Rows: part.Rows}}, province.Now())
				must(t, err)
				must(t, os.WriteFile(path, out.Bytes(), 0o600))
			}
			if x.Kind == packet.Figures {
				for _, figures := range []string{`{"early":-1}`, `{"early":9223372036854775807}`, `{"unknown":1}`} {
					write([]byte(`{"rows":[{"name":"Hộ tịch","figures":` + figures + `}],"total":{"early":1}}`))
					p, err := province.OpenPackage(t.Context(), path, "")
					must(t, err)
					_, err = province.TakePackage(t.Context(), p, desk.PackageTaking{})
					p.Close()
					if data.CodeOf(err) != data.Refused || k.value() != "" {
						t.Errorf("%s: %v", figures, err)
					}
				}
			}
			random := rand.New(rand.NewPCG(14, uint64(len(x.Kind))))
			took, refusals := 0, 0
			for n := range testsize.Of(20, 200) {
				changed := mutated(random, whole, n)
				write(changed)
				before := head()
				p, err := province.OpenPackage(t.Context(), path, "")
				must(t, err)
				a, err := province.TakePackage(t.Context(), p, desk.PackageTaking{Sheets: book.New(province)})
				p.Close()
				if err != nil {
					refusals++
					if !errors.As(err, new(*data.Error)) || data.CodeOf(err) == data.Internal {
						t.Fatalf("change %d is not told: %v", n, err)
					}
					if head() != before || k.value() != "" {
						t.Fatalf("change %d was refused and left something: %v", n, err)
					}
					continue
				}
				took++
				if head() != before+1 {
					t.Fatalf("change %d took %d changes: %+v", n, head()-before, a)
				}
				if _, err := province.Undo(t.Context()); err != nil || k.value() != "" {
					t.Fatalf("change %d is not undone: %v, %q", n, err, k.value())
				}
			}
			t.Logf("%d taken, %d refused", took, refusals)
			if refusals == 0 {
				t.Error("nothing was refused")
			}
		})
	}
}

// mutated changes a part in one of many ways.
func mutated(r *rand.Rand, whole []byte, n int) []byte {
	b := bytes.Clone(whole)
	at := r.IntN(len(b))
	switch n % 8 {
	case 0:
		return b[:at]
	case 1:
		return append(b[:at:at], b[min(len(b), at+1+r.IntN(40)):]...)
	case 2:
		return append(append(b[:at:at], b[r.IntN(len(whole)):]...), b[at:]...)
	case 3:
		for i := range 1 + r.IntN(20) {
			b[(at+i)%len(b)] = byte(r.IntN(256))
		}
	case 4:
		return bytes.Replace(b, []byte(`":`), []byte(`":-`), 1+r.IntN(5))
	case 5:
		return bytes.ReplaceAll(b, []byte(fmt.Sprint(1+r.IntN(9))), []byte(strings.Repeat("9", 1+r.IntN(30))))
	case 6:
		return append(bytes.Repeat([]byte("["), 1+r.IntN(100_000)), b...)
	default:
		b[at] ^= 1 << r.IntN(8)
	}
	return b
}
