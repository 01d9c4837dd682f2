package book_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/packet"
)

// office is a desk of its own name with a period of the sample set.
type office struct {
	*book.Book
	desk  *desk.Desk
	card  packet.Signed
	sheet uint64 // its own, of a commune
}

var year2023 = func() data.Period {
	p, err := data.ParsePeriod("2023")
	if err != nil {
		panic(err)
	}
	return p
}()

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func founded(t *testing.T, code, name string, groups ...assess.Group) *office {
	t.Helper()
	b, d, _ := empty(t, today)
	must(t, d.SetOffice(t.Context(), data.Office{Name: name, Code: code, Officer: "Bà Bí Mật"}))
	card, err := d.PacketCard(t.Context())
	must(t, err)
	set, err := b.TakeSample(t.Context(), district)
	must(t, err)
	if groups == nil {
		groups = []assess.Group{{Name: "Xã", Units: []uint32{assess.OwnUnit}}}
	}
	id, err := b.KeepPeriod(t.Context(), assess.Period{Title: "Chỉ số 2023", Year: 2023, Set: set, Groups: groups})
	must(t, err)
	o := &office{Book: b, desk: d, card: card}
	if groups[0].Units[0] == assess.OwnUnit {
		_, err = b.OpenSheets(t.Context(), id)
		must(t, err)
		list, err := b.Sheets(id)
		must(t, err)
		o.sheet = list[0].ID
	}
	return o
}

// knows lets an office compare the card of another with paper.
func (o *office) knows(t *testing.T, other *office) {
	t.Helper()
	_, err := o.desk.AddPacketCard(t.Context(), other.card, other.card.Card.Fingerprint())
	must(t, err)
}

func (o *office) give(t *testing.T, to *office) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "phieu.gbgoi")
	_, err := o.desk.MakePackage(t.Context(), path, desk.Making{Kind: packet.Scores, Period: year2023, To: to.card, Sheets: o.Book})
	return path, err
}

func (o *office) take(t *testing.T, path string, over bool) (desk.Arrival, error) {
	t.Helper()
	p, err := o.desk.OpenPackage(t.Context(), path, "")
	if err != nil {
		return desk.Arrival{}, err
	}
	defer p.Close()
	return o.desk.TakePackage(t.Context(), p, desk.PackageTaking{Over: over, Sheets: o.Book})
}

// sends makes a package for an office, which takes it.
func (o *office) sends(t *testing.T, to *office, over bool) desk.Arrival {
	t.Helper()
	path, err := o.give(t, to)
	must(t, err)
	a, err := to.take(t, path, over)
	must(t, err)
	return a
}

func (o *office) enters(t *testing.T, sheet uint64, code string, r assess.Round, e assess.Entry) {
	t.Helper()
	_, err := o.Enter(t.Context(), sheet, code, r, e)
	must(t, err)
}

func (o *office) row(t *testing.T, sheet uint64, code string) *assess.Row {
	t.Helper()
	c, err := o.Card(sheet)
	must(t, err)
	return c.Row(code)
}

// TestSheetsOfFifteenCommunes: they arrive, are appraised at the district, and go back with
// the appraisal.
func TestSheetsOfFifteenCommunes(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var units []uint32
	districtDesk, d, _ := empty(t, today)
	must(t, d.SetOffice(t.Context(), data.Office{Name: "UBND huyện Thử", Code: "H99.00", Officer: "Ông Kín Đáo"}))
	for i := range 15 {
		u := data.Unit{Name: fmt.Sprintf("UBND xã Số %d", i+1), Level: data.LevelCommune}
		must(t, d.SaveUnit(t.Context(), &u))
		units = append(units, u.ID)
	}
	set, err := districtDesk.TakeSample(t.Context(), district)
	must(t, err)
	period, err := districtDesk.KeepPeriod(t.Context(), assess.Period{Title: "Chỉ số cấp xã 2023", Year: 2023, Set: set, Groups: []assess.Group{{Name: "Xã", Units: units}}})
	must(t, err)
	card, err := d.PacketCard(t.Context())
	must(t, err)
	huyen := &office{Book: districtDesk, desk: d, card: card}
	var communes []*office
	for i := range 15 {
		c := founded(t, fmt.Sprintf("H99.%02d", i+1), fmt.Sprintf("UBND xã Số %d", i+1))
		communes = append(communes, c)
		huyen.knows(t, c)
		c.knows(t, huyen)
		if i == 0 {
			if _, err := c.give(t, huyen); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "đang tự chấm") {
				t.Errorf("a sheet that is not handed in goes: %v", err)
			}
		}
		c.enters(t, c.sheet, "1.1.3", assess.Self, typed(fmt.Sprint(i+10), "32"))
		if _, err := c.AddEvidence(t.Context(), assess.Evidence{Title: "Báo cáo nhiệm vụ", Number: fmt.Sprintf("%d/BC", i+1), Date: today, Links: []assess.Link{{Sheet: c.sheet, Code: "1.1.3", Round: assess.Self}}}, ""); err != nil {
			t.Fatal(err)
		}
		must(t, c.Move(t.Context(), c.sheet, assess.Submitted, "nộp sớm"))
		a := c.sends(t, huyen, false)
		if a.Kind != packet.Scores || a.New != 1 || a.Rows != 1 || a.Rejected != 0 || len(a.Warnings) != 0 {
			t.Fatalf("%d: %+v", i, a)
		}
	}
	sheets, err := huyen.Sheets(period)
	if err != nil || len(sheets) != 15 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	for i, s := range sheets {
		c, err := huyen.Card(s.ID)
		must(t, err)
		e := c.Lines["1.1.3"].Self
		if s.State != assess.Submitted || c.Name != fmt.Sprintf("UBND xã Số %d", i+1) || e.By != fmt.Sprintf("Gói số 1 của UBND xã Số %d", i+1) || e.Answer.B.String() != fmt.Sprint(i+10) ||
			len(c.Evidence) != 1 || c.Evidence[0].Number != fmt.Sprintf("%d/BC", i+1) {
			t.Fatalf("%d: %+v, %+v", i, s, e)
		}
	}
	if path, err := huyen.give(t, communes[0]); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "chưa thẩm định xong") {
		t.Errorf("an unfinished appraisal goes back: %s, %v", path, err)
	}
	for i, s := range sheets {
		e := typed("30", "32")
		e.Note = "Công nhận 30"
		huyen.enters(t, s.ID, "1.1.3", assess.First, e)
		must(t, huyen.Ask(t.Context(), s.ID, "1.1.3", "Vì sao?"))
		must(t, huyen.Move(t.Context(), s.ID, assess.Appraised, ""))
		c := communes[i]
		if a := huyen.sends(t, c, false); a.Changed+a.New != 1 || a.Rejected != 0 {
			t.Fatalf("%d comes back: %+v", i, a)
		}
		r := c.row(t, c.sheet, "1.1.3")
		if r.First.Points.String() != "0,94" || r.Line.First.By != "Gói số 1 của UBND huyện Thử" || r.Line.Asked != "Vì sao?" || r.Line.Self.Answer.B.String() != fmt.Sprint(i+10) || r.Line.Self.By != "Bà Bí Mật" {
			t.Fatalf("%d: %+v %+v", i, r.Line.First, r.Line.Self)
		}
		if now, err := c.Card(c.sheet); err != nil || now.Sheet.State != assess.Appraised {
			t.Fatalf("%d: %v, %v", i, now.Sheet.State, err)
		}
	}
	rank, err := huyen.Rankings(period, "Xã", assess.First)
	if err != nil || len(rank) != 1 || rank[0].Counted() != 15 {
		t.Errorf("%d rankings, %v", len(rank), err)
	}
}

// one pair: what was changed here stays, undo takes everything back, and what does not fit
// changes nothing.
func TestSheetsAreNotOverwrittenUnasked(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	huyen := founded(t, "H99.00", "UBND huyện Thử", assess.Group{Name: "Xã", Units: []uint32{1, 2, 3}})
	xa, other := founded(t, "H99.01", "Xã Một"), founded(t, "H99.02", "Xã Hai")
	for _, o := range []*office{xa, other} {
		huyen.knows(t, o)
		o.knows(t, huyen)
	}
	periods, err := huyen.Periods()
	must(t, err)
	theirs := func() []assess.Sheet {
		list, err := huyen.Sheets(periods[0].ID)
		must(t, err)
		return list
	}
	xa.enters(t, xa.sheet, "1.1.3", assess.Self, typed("16", "32"))
	must(t, xa.Move(t.Context(), xa.sheet, assess.Submitted, "nộp sớm"))
	if a := xa.sends(t, huyen, false); a.New != 1 {
		t.Fatalf("%+v", a)
	}
	if _, err := huyen.desk.Undo(t.Context()); err != nil || len(theirs()) != 0 {
		t.Fatalf("undo leaves %d sheets, %v", len(theirs()), err)
	}
	path, err := xa.give(t, huyen)
	must(t, err)
	a, err := huyen.take(t, path, false)
	if err != nil || a.New != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	sheet := theirs()[0].ID
	// Its own later version replaces it.
	must(t, xa.Move(t.Context(), xa.sheet, assess.Drafting, "sửa"))
	xa.enters(t, xa.sheet, "1.1.3", assess.Self, typed("24", "32"))
	must(t, xa.Move(t.Context(), xa.sheet, assess.Submitted, "nộp lại"))
	if a := xa.sends(t, huyen, false); a.Changed != 1 || huyen.row(t, sheet, "1.1.3").Line.Self.Answer.B.String() != "24" {
		t.Fatalf("its own version: %+v", a)
	}
	// What was appraised is not changed below the appraisal.
	huyen.enters(t, sheet, "1.1.3", assess.First, typed("24", "32"))
	must(t, xa.Move(t.Context(), xa.sheet, assess.Drafting, "sửa"))
	xa.enters(t, xa.sheet, "1.1.3", assess.Self, typed("32", "32"))
	must(t, xa.Move(t.Context(), xa.sheet, assess.Submitted, "nộp lại"))
	path, err = xa.give(t, huyen)
	must(t, err)
	if a, err = huyen.take(t, path, false); err != nil || a.Conflicts != 1 || a.Rejected != 1 || huyen.row(t, sheet, "1.1.3").Line.Self.Answer.B.String() != "24" {
		t.Fatalf("unasked: %+v, %v", a, err)
	}
	// The appraisal of the other answer is not taken unasked either, and never touches the own one.
	must(t, huyen.Move(t.Context(), sheet, assess.Appraised, ""))
	back, err := huyen.give(t, xa)
	must(t, err)
	if a, err = xa.take(t, back, false); err != nil || a.Conflicts != 1 || xa.row(t, xa.sheet, "1.1.3").Line.First != nil {
		t.Fatalf("an appraisal of another answer: %+v, %v", a, err)
	}
	if _, err := xa.desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a, err = xa.take(t, back, true); err != nil || a.Rejected != 0 {
		t.Fatalf("asked: %+v, %v", a, err)
	}
	if l := xa.row(t, xa.sheet, "1.1.3").Line; l.First.Answer.B.String() != "24" || l.Self.Answer.B.String() != "32" {
		t.Fatalf("%+v", l)
	}
	if _, err := huyen.desk.Undo(t.Context()); err != nil { // the move to «Đã thẩm định»
		t.Fatal(err)
	}

	// A commune neither hands in the sheet of another nor appraises one.
	must(t, other.Move(t.Context(), other.sheet, assess.Submitted, "nộp sớm"))
	other.enterPeer(t, xa)
	if path, err = other.give(t, xa); err == nil {
		_, err = xa.take(t, path, false)
	}
	if err == nil {
		t.Error("a commune takes the sheet of another commune")
	}
}

// enterPeer makes two communes know each other.
func (o *office) enterPeer(t *testing.T, other *office) {
	t.Helper()
	o.knows(t, other)
	other.knows(t, o)
}
