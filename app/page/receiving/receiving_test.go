package receiving

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/data"
	"giaoban/data/desk"
)

// monday is the day of the tests: Monday 1 June 2026, at ten o'clock.
var monday = data.Date(2026, time.June, 1)

type counter struct {
	*Model
	entry   *form.Entry[Form]
	t       *testing.T
	desk    *desk.Desk
	clock   time.Time
	land    data.Procedure // ten working days, linked, two papers, two cases, a fee
	civil   data.Procedure // within the day
	unit    data.Unit
	other   data.Unit
	changed int
	kept    string
}

// open opens an office that receives dossiers itself, and its page.
func open(t *testing.T) *counter {
	t.Helper()
	c := bare(t)
	c.must(c.desk.SetOffice(t.Context(), data.Office{Name: "UBND huyện Minh Họa", Code: "000.00.06.H56", Officer: "Lê Thị Mẫu"}))
	c.unit = data.Unit{Name: "Phòng Tài nguyên", Level: data.LevelDistrict}
	c.other = data.Unit{Name: "UBND xã Ân Mẫu", Level: data.LevelCommune, Kind: data.KindCommune}
	c.must(c.desk.SaveUnit(t.Context(), &c.unit))
	c.must(c.desk.SaveUnit(t.Context(), &c.other))
	f := data.Field{Name: "Đất đai (thử)"}
	c.must(c.desk.SaveField(t.Context(), &f))
	days := func(n int) data.Term { return data.Term{Count: n, Unit: data.WorkingDays} }
	c.land = data.Procedure{Code: "9.000001", Name: "Thủ tục thử đất đai", Field: f.ID, Unit: c.unit.ID, Term: days(10), OwnTerm: days(4), OnlineTerm: days(7),
		Parts: []string{"Đơn", "Bản vẽ"}, Fee: 50_000, Cases: []data.Case{{Name: "Cấp lại", Term: days(5), Fee: 20_000, Parts: []string{"Đơn"}}, {Name: "Đính chính"}}}
	c.must(c.desk.SaveProcedure(t.Context(), &c.land))
	c.civil = data.Procedure{Code: "9.000002", Name: "Thủ tục thử hộ tịch", Term: data.Term{Unit: data.SameDay}, Parts: []string{"Tờ khai"}}
	c.must(c.desk.SaveProcedure(t.Context(), &c.civil))
	c.Reload()
	return c
}

// bare opens an office that holds nothing but the shipped catalogue.
func bare(t *testing.T) *counter {
	t.Helper()
	t.Parallel()
	c := &counter{t: t, clock: monday.Time().Add(10 * time.Hour)}
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return c.clock }})
	c.must(err)
	t.Cleanup(func() { d.Close() })
	c.must(d.Wait())
	c.desk = d
	c.at(NewModel(env.NewSession(d)))
	c.Changed = func() { c.changed++ }
	c.Keep = func(text string) { c.kept = text }
	return c
}

// at lets the texts of the fields go to a model.
func (c *counter) at(m *Model) *counter {
	c.Model, c.entry = m, form.NewEntry(m.Form(), m.fields()...)
	return c
}

// put types a text into a field.
func (c *counter) put(key, text string) error {
	c.entry.Refill(c.Form(), c.Unread)
	c.entry.Type(key, text)
	now, wrong := c.entry.Only(key)
	c.Take(key, now, wrong)
	return wrong
}

func (c *counter) set(key string, change func(*Form)) {
	now := c.Form()
	change(&now)
	c.Take(key, now, nil)
}

func (c *counter) SetProcedure(p uint32) { c.t.Helper(); c.must(c.put(FieldProcedure, id(p))) }
func (c *counter) SetUnit(u uint32)      { c.t.Helper(); c.must(c.put(FieldUnit, id(u))) }
func (c *counter) SetBook(n uint32)      { c.t.Helper(); c.must(c.put(FieldBook, id(n))) }
func (c *counter) SetChannel(ch data.Channel) {
	c.t.Helper()
	c.must(c.put(FieldChannel, id(uint32(ch))))
}
func (c *counter) SetCase(name string)         { c.t.Helper(); c.must(c.put(FieldCase, name)) }
func (c *counter) SetCode(code string)         { c.t.Helper(); c.must(c.put(FieldCode, code)) }
func (c *counter) SetReceived(day data.Day)    { c.t.Helper(); c.must(c.put(FieldReceived, day.String())) }
func (c *counter) SetDue(day data.Day)         { c.t.Helper(); c.must(c.put(FieldDue, day.String())) }
func (c *counter) SetOwnDue(day data.Day)      { c.t.Helper(); c.must(c.put(FieldOwnDue, day.String())) }
func (c *counter) SetClock(text string) error  { return c.put(FieldClock, text) }
func (c *counter) SetFee(text string) error    { return c.put(FieldFee, text) }
func (c *counter) SetSeq(text string) error    { return c.put("seq", text) }
func (c *counter) SetCopies(text string) error { return c.put("copies", text) }
func (c *counter) SetTerm(count string, unit data.TermUnit) error {
	return c.put(FieldTerm, count+"\t"+unit.Key())
}
func (c *counter) Edit(change func(*data.Dossier)) {
	c.set("note", func(f *Form) { change(&f.Dossier) })
}
func (c *counter) Home(w Who) desk.Address { return c.Form().Homes[w] }
func (c *counter) ByAgent() bool           { return c.Form().ByAgent }
func (c *counter) Person(w Who) data.Person {
	return [...]data.Person{c.Dossier().Owner, c.Dossier().Agent}[w]
}
func (c *counter) SetHome(w Who, a desk.Address) {
	c.set(w.Field("address"), func(f *Form) { f.Homes[w] = a })
}
func (c *counter) SetByAgent(on bool) { c.set(FieldByAgent, func(f *Form) { f.ByAgent = on }) }
func (c *counter) EditPerson(w Who, change func(*data.Person)) {
	c.set(w.Field(""), func(f *Form) { change([...]*data.Person{&f.Dossier.Owner, &f.Dossier.Agent}[w]) })
}
func (c *counter) EditPart(i int, change func(*data.Part)) {
	c.set(FieldParts, func(f *Form) { change(&f.Dossier.Parts[i]) })
}
func (c *counter) AddPart() int {
	c.set(FieldParts, func(f *Form) { f.Dossier.Parts = append(f.Dossier.Parts, data.Part{Original: 1}) })
	return len(c.Dossier().Parts) - 1
}
func (c *counter) RemovePart(i int) {
	c.set(FieldParts, func(f *Form) { f.Dossier.Parts = slices.Delete(f.Dossier.Parts, i, i+1) })
}

// SetPartCount types one of the numbers of a line of papers.
func (c *counter) SetPartCount(i, column int, text string) error {
	c.entry.Refill(c.Form(), c.Unread)
	var lines [][]string
	c.must(json.Unmarshal([]byte(c.entry.Text(FieldParts)), &lines))
	lines[i][1+column] = text
	raw, err := json.Marshal(lines)
	c.must(err)
	return c.put(FieldParts, string(raw))
}

// The columns of numbers in a line of papers.
const (
	Originals = iota
	Certified
	Plain
)

func (c *counter) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// fill enters what every dossier needs.
func (c *counter) fill(owner string) {
	c.SetProcedure(c.land.ID)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = owner })
}

func (c *counter) save() data.Dossier {
	c.t.Helper()
	c.Save(func(err error) { c.t.Helper(); c.must(err) })
	one, err := c.desk.Dossier(c.Saved())
	c.must(err)
	return one
}

func named(err error) string {
	var e *data.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

func texts(warnings []desk.Warning) string {
	var out []string
	for _, w := range warnings {
		out = append(out, w.Field+": "+w.Text)
	}
	return strings.Join(out, "\n")
}

func TestDefaults(t *testing.T) {
	c := open(t)
	d := c.Dossier()
	if d.Code != "000.00.06.H56-260601-0001" || d.Received.String() != "01/06/2026 10:00" || d.Copies != 1 || d.Channel != data.Direct || d.Return != data.ReturnDirect || d.Officer != "Lê Thị Mẫu" || d.Book != 1 {
		t.Errorf("%+v", d)
	}
	if c.Dirty() || c.Saved() != 0 || c.CodeMissing() != "" || c.NextSeq() != 1 || c.Empty() != "" || c.ByAgent() {
		t.Errorf("dirty %v, saved %d, %q, seq %d, %q", c.Dirty(), c.Saved(), c.CodeMissing(), c.NextSeq(), c.Empty())
	}
	// A page that waited begins when typing does.
	c.clock = c.clock.Add(90 * time.Minute)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Trần" })
	if got := c.Dossier().Received.Clock.String(); got != "11:30" {
		t.Errorf("received at %s", got)
	}
	c.clock = c.clock.Add(time.Hour)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Trần Văn" })
	if got := c.Dossier().Received.Clock.String(); got != "11:30" {
		t.Errorf("typing on moved it to %s", got)
	}
}

func TestOfficeWithoutCodeAndUnits(t *testing.T) {
	c := bare(t)
	if c.Dossier().Code != "" || !strings.Contains(c.CodeMissing(), "Thiết lập") || !strings.Contains(c.Empty(), "đơn vị") {
		t.Fatalf("%q, %q, %q", c.Dossier().Code, c.CodeMissing(), c.Empty())
	}
	c.SetProcedure(c.desk.Catalogue().Procedures[0].ID)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Trần Văn Thử" })
	var got error
	if c.Save(func(err error) { got = err }); named(got) != "code" || c.desk.Len() != 0 {
		t.Fatalf("without a code: %v", got)
	}
	c.SetCode(" BN-17 ")
	if c.CodeMissing() != "" {
		t.Errorf("still missing: %q", c.CodeMissing())
	}
	if one := c.save(); one.Code != "BN-17" || one.Unit != 0 {
		t.Errorf("%+v", one)
	}
	// The office gets its code while a page waits.
	c.Next(false)
	c.must(c.desk.SetOffice(t.Context(), data.Office{Code: "000.00.06.H56"}))
	if c.Reload(); c.Dossier().Code != "000.00.06.H56-260601-0001" {
		t.Errorf("code %q", c.Dossier().Code)
	}
}

func TestFillFollowsProcedureCaseAndChannel(t *testing.T) {
	c := open(t)
	c.SetProcedure(c.land.ID)
	d := c.Dossier()
	if d.Term.Count != 10 || d.Unit != c.unit.ID || d.Field != c.land.Field || d.Fee != 50_000 || len(d.Parts) != 2 || !c.Linked() ||
		d.Due.Day != data.Date(2026, 6, 15) || d.OwnDue.Day != data.Date(2026, 6, 5) {
		t.Fatalf("procedure: %+v", d)
	}
	if line := c.DueLine(); !strings.Contains(line, "Thứ Hai, 15/06/2026") {
		t.Errorf("%q", line)
	}
	if w := c.Why(); w == nil || w.Warning != "" || !w.Days[len(w.Days)-1].Due {
		t.Errorf("why: %+v", w)
	}
	c.SetChannel(data.Online)
	if d = c.Dossier(); d.Term.Count != 7 || d.Due.Day != data.Date(2026, 6, 10) {
		t.Errorf("online: %v, %v", d.Term, d.Due)
	}
	c.SetCase("Cấp lại")
	if d = c.Dossier(); d.Term.Count != 5 || d.Fee != 20_000 || len(d.Parts) != 1 || d.Due.Day != data.Date(2026, 6, 8) {
		t.Errorf("case: %+v", d)
	}
	c.SetReceived(monday - 3) // a Friday
	if d = c.Dossier(); d.Due.Day != data.Date(2026, 6, 5) || d.Code != "000.00.06.H56-260529-0001" {
		t.Errorf("received: due %v, code %s", d.Due, d.Code)
	}
	// Another procedure takes away what belonged to the first.
	c.SetProcedure(c.civil.ID)
	if d = c.Dossier(); d.Case != "" || d.Fee != 0 || len(d.Parts) != 1 || d.Parts[0].Name != "Tờ khai" || d.Term.Unit != data.SameDay || d.OwnDue.Known() || c.Linked() {
		t.Errorf("other procedure: %+v", d)
	}
	if d.Unit != c.unit.ID {
		t.Errorf("a procedure without a unit of its own moved the dossier to unit %d", d.Unit)
	}
}

func TestWhatWasTypedStays(t *testing.T) {
	c := open(t)
	c.SetProcedure(c.land.ID)
	c.SetUnit(c.other.ID)
	c.must(c.SetFee("75.000 đ"))
	c.SetBook(3)
	i := c.AddPart()
	c.EditPart(i, func(p *data.Part) { p.Name = "Giấy ủy quyền" })
	c.must(c.SetTerm("8", data.WorkingDays))
	c.SetChannel(data.Online)
	d := c.Dossier()
	if d.Unit != c.other.ID || d.Fee != 75_000 || d.Book != 3 || len(d.Parts) != 3 || d.Term.Count != 8 || d.Due.Day != data.Date(2026, 6, 11) {
		t.Errorf("%+v", d)
	}
	c.RemovePart(0)
	if d = c.Dossier(); len(d.Parts) != 2 || d.Parts[0].Name != "Bản vẽ" {
		t.Errorf("%+v", d.Parts)
	}
	c.SetProcedure(c.civil.ID)
	if d = c.Dossier(); len(d.Parts) != 1 || d.Fee != 0 || d.Book != 3 {
		t.Errorf("another procedure: %+v", d)
	}
}

func TestDueByHand(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	c.SetDue(data.Date(2026, 6, 12))
	if !c.Typed(FieldDue) {
		t.Fatal("not marked")
	}
	c.SetReceived(monday - 3)
	c.SetCase("Cấp lại")
	c.Look()
	if d := c.Dossier(); d.Due.Day != data.Date(2026, 6, 12) || !strings.Contains(texts(c.warnings), "due: Theo thời hạn 5 ngày làm việc thì hẹn trả ngày 05/06/2026") {
		t.Errorf("%v\n%s", d.Due, texts(c.warnings))
	}
	c.SetOwnDue(data.Date(2026, 6, 20))
	var got error
	if c.Save(func(err error) { got = err }); named(got) != "ownDue" {
		t.Errorf("own date after the date promised: %v", got)
	}
	c.CountAgain()
	if d := c.Dossier(); d.Due.Day != data.Date(2026, 6, 5) || c.Typed(FieldDue) || c.Typed(FieldOwnDue) || d.OwnDue.Day != data.Date(2026, 6, 4) {
		t.Errorf("counted again: %v, %v", d.Due, d.OwnDue)
	}
	c.SetDue(data.Date(2026, 6, 12))
	if c.SetDue(data.NoDay); c.Dossier().Due.Day != data.Date(2026, 6, 5) {
		t.Errorf("emptied: %v", c.Dossier().Due)
	}
	// A term that is taken away leaves no date.
	c.must(c.SetTerm("", data.WorkingDays))
	if d := c.Dossier(); d.Due.Known() || d.Term.Known() || c.DueLine() != "" || c.Why() != nil {
		t.Errorf("without a term: %v", d.Due)
	}
	c.must(c.SetTerm("2", data.NoTerm))
	if d := c.Dossier(); d.Term.Unit != data.WorkingDays {
		t.Errorf("%v", d.Term)
	}
}

func TestWarnings(t *testing.T) {
	c := open(t)
	told := 0
	c.Warned = func() { told++ }
	c.fill("Trần Văn Thử")
	first := c.save()
	c.Next(false)
	if c.Look(); len(c.warnings) != 0 {
		t.Errorf("a new page warns: %s", texts(c.warnings))
	}
	c.SetCode(first.Code)
	c.SetReceived(monday - 1) // a Sunday
	c.must(c.SetClock("22h15"))
	c.SetDue(data.Date(2026, 6, 14)) // a Sunday
	c.EditPerson(Owner, func(p *data.Person) {
		p.Name, p.Identity, p.Phone, p.Email = "Lê Thị Mẫu", "12345", "09123", "mau"
	})
	c.SetByAgent(true)
	c.EditPerson(Agent, func(p *data.Person) { p.Name, p.Identity = "Ngô Văn Mẫu", "1" })
	c.Look()
	got := texts(c.warnings)
	for _, want := range []string{
		"code: Mã " + first.Code + " đã có trong sổ.", "code: Mã ghi ngày 01/06/2026", "received: Ngày nhận 31/05/2026 là ngày nghỉ", "due: Ngày hẹn trả 14/06/2026 là ngày nghỉ",
		"identity: Số định danh 12345 có 5 số", "phone: Số điện thoại 09123", "email: Thư điện tử «mau»", "agentIdentity: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if i := slices.IndexFunc(c.warnings, func(w desk.Warning) bool { return w.Dossier == first.ID }); i < 0 || told == 0 {
		t.Errorf("no way to the dossier with the same code; told %d times", told)
	}
	c.SetReceived(monday + 300)
	if c.Look(); !strings.Contains(texts(c.warnings), "ở sau hôm nay") {
		t.Errorf("the future: %s", texts(c.warnings))
	}
	c.SetReceived(monday)
	if c.Look(); !strings.Contains(texts(c.warnings), "ngoài giờ làm việc") {
		t.Errorf("after hours: %s", texts(c.warnings))
	}
	c.SetDue(data.Date(2031, 6, 2))
	if c.Look(); !strings.Contains(texts(c.warnings), "Lịch nghỉ năm 2031") {
		t.Errorf("a year without calendar: %s", texts(c.warnings))
	}
}

func TestSamePersonAndProcedure(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	first := c.save()
	c.Next(false)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "trần văn thử" })
	c.Look()
	i := slices.IndexFunc(c.warnings, func(w desk.Warning) bool { return w.Field == "owner" && w.Dossier == first.ID })
	if i < 0 || !strings.Contains(c.warnings[i].Text, first.Code) {
		t.Errorf("%s", texts(c.warnings))
	}
	c.SetProcedure(c.civil.ID)
	if c.Look(); strings.Contains(texts(c.warnings), first.Code) {
		t.Errorf("another procedure: %s", texts(c.warnings))
	}
}

func TestAnswersThatComeLateAreDropped(t *testing.T) {
	c := open(t)
	s := env.NewSession(c.desk)
	var waiting []func()
	s.Go = func(f func()) { waiting = append(waiting, f) }
	m := c.at(NewModel(s))
	m.SetReceived(monday + 1)
	m.Look()
	m.SetReceived(monday)
	m.Look()
	for _, f := range slices.Backward(waiting) {
		f()
	}
	if strings.Contains(texts(m.warnings), "ở sau hôm nay") {
		t.Errorf("the older answer won: %s", texts(m.warnings))
	}
}

func TestProblemsNameTheirFields(t *testing.T) {
	c := open(t)
	c.SetByAgent(true)
	c.EditPart(c.AddPart(), func(p *data.Part) { p.Name = "Đơn" })
	for _, err := range []error{c.SetClock("25:00"), c.SetFee("năm mươi"), c.SetCopies("x"), c.SetSeq("-1"), c.SetTerm("1,5", data.WorkingDays), c.SetPartCount(0, Plain, "hai")} {
		if data.CodeOf(err) != data.Invalid {
			t.Errorf("accepted: %v", err)
		}
	}
	fields := func() (out []string) {
		for _, p := range c.Problems() {
			out = append(out, p.Field)
		}
		return out
	}
	want := []string{"procedure", "term", "clock", "seq", "owner", "agent", "copies", "parts", "unit", "fee"}
	if got := fields(); !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	var got error
	if c.Save(func(err error) { got = err }); named(got) != "procedure" || c.desk.Len() != 0 {
		t.Errorf("saved: %v", got)
	}
	c.fill("Trần Văn Thử")
	c.must(c.SetClock("9h05"))
	c.must(c.SetSeq(""))
	c.must(c.SetCopies("2"))
	c.SetByAgent(false)
	if got := fields(); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	c.SetReceived(monday + 1)
	if got := fields(); !slices.Equal(got, []string{"received"}) {
		t.Errorf("the future: %v", got)
	}
}

func TestAddressGoesOutAndComesBack(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	home := desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu", Province: "tỉnh Mẫu"}
	c.SetHome(Owner, home)
	c.SetHome(Agent, desk.Address{House: "Không ai"})
	c.EditPerson(Owner, func(p *data.Person) { p.Identity, p.Phone = "001099000001", "0900000001" })
	one := c.save()
	if one.Owner.Address != "Thôn 2, xã Hòa Mẫu, tỉnh Mẫu" || one.Owner.Area != "xã Hòa Mẫu" || one.Agent != (data.Person{}) {
		t.Fatalf("%+v, %+v", one.Owner, one.Agent)
	}
	if got := c.Communes()[0]; got.Text != "xã Hòa Mẫu" || got.Detail != "tỉnh Mẫu" {
		t.Errorf("not proposed: %+v", c.Communes())
	}
	if !slices.ContainsFunc(c.Communes(), func(x kit.Choice) bool { return x.Text == "xã Ân Mẫu" && x.Detail == "tỉnh Mẫu" }) {
		t.Errorf("the communes of the catalogue are not proposed: %+v", c.Communes())
	}
	// The same person comes again: by the identity number, then by the phone.
	for _, number := range []data.Person{{Identity: "001099000001"}, {Phone: "0900000001"}} {
		c.Next(false)
		if got := c.Home(Owner); got != (desk.Address{Province: "tỉnh Mẫu"}) {
			t.Errorf("next begins at %+v", got)
		}
		c.EditPerson(Owner, func(p *data.Person) { p.Identity, p.Phone = number.Identity, number.Phone })
		c.Look()
		if known, ok := c.Known(); !ok || known.ID != one.ID {
			t.Fatalf("%+v: not known", number)
		}
		c.TakeKnown()
		if p := c.Person(Owner); p.Name != "Trần Văn Thử" || p.Identity != "001099000001" || p.Phone != "0900000001" || c.Home(Owner) != home {
			t.Errorf("%+v, %+v", p, c.Home(Owner))
		}
		if _, ok := c.Known(); ok {
			t.Error("offered again although everything is filled in")
		}
		c.Clear()
	}
	// A province that was only proposed is no address.
	c.fill("Lê Thị Mẫu")
	if one = c.save(); one.Owner.Address != "" || one.Owner.Area != "" {
		t.Errorf("%+v", one.Owner)
	}
}

func TestEverythingIsStored(t *testing.T) {
	c := open(t)
	c.fill(" Trần   Văn Thử ")
	c.SetByAgent(true)
	c.EditPerson(Agent, func(p *data.Person) { p.Name, p.Identity, p.Email = "Ngô Văn Mẫu", "001099000002", "mau@vidu.vn" })
	c.SetHome(Agent, desk.Address{House: "Số 5", Commune: "phường Mẫu"})
	c.must(c.SetPartCount(0, Originals, "2"))
	c.must(c.SetPartCount(0, Certified, "1"))
	c.must(c.SetPartCount(1, Plain, "3"))
	c.EditPart(1, func(p *data.Part) { p.Digital = data.ReusedPart })
	c.AddPart() // stays without a name
	c.must(c.SetSeq("17"))
	c.Edit(func(d *data.Dossier) {
		d.Return, d.Paid, d.Receiver, d.Partner, d.Content, d.Note = data.ReturnPostal, data.PayOnline, c.other.ID, "Công an", "Xin cấp", "Khẩn"
	})
	one := c.save()
	if one.Owner.Name != "Trần Văn Thử" || one.Agent != (data.Person{Name: "Ngô Văn Mẫu", Identity: "001099000002", Email: "mau@vidu.vn", Address: "Số 5, phường Mẫu", Area: "phường Mẫu"}) {
		t.Errorf("%+v, %+v", one.Owner, one.Agent)
	}
	want := []data.Part{{Name: "Đơn", Original: 2, Certified: 1}, {Name: "Bản vẽ", Original: 1, Copies: 3, Digital: data.ReusedPart}}
	if !slices.Equal(one.Parts, want) {
		t.Errorf("%+v", one.Parts)
	}
	if one.Flags != data.FeeDue|data.PaidOnline|data.Digitised || one.Return != data.ReturnPostal || one.Receiver != c.other.ID || one.Partner != "Công an" || one.Content != "Xin cấp" || one.Note != "Khẩn" || one.Seq != 17 {
		t.Errorf("%+v", one)
	}
	if c.Next(false); c.NextSeq() != 18 {
		t.Errorf("next number %d", c.NextSeq())
	}
}

func TestNextKeepsProcedureAndUnit(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	c.SetUnit(c.other.ID)
	c.SetByAgent(true)
	c.EditPerson(Agent, func(p *data.Person) { p.Name = "Ngô Văn Mẫu" })
	c.SetHome(Owner, desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu"})
	c.SetDue(data.Date(2026, 6, 30))
	one := c.save()
	if c.Dirty() || c.kept != "" || c.Saved() != one.ID {
		t.Errorf("dirty %v, kept %q", c.Dirty(), c.kept)
	}
	c.clock = c.clock.Add(time.Minute)
	c.Next(false)
	d := c.Dossier()
	if d.ID != 0 || d.Procedure != c.land.ID || d.Unit != c.other.ID || d.Code != "000.00.06.H56-260601-0002" || d.Owner.Name != "" || c.ByAgent() || d.Received.Clock.String() != "10:01" || d.Due.Day != data.Date(2026, 6, 15) || c.Dirty() {
		t.Errorf("%+v", d)
	}
	c.Clear()
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Lê Thị Mẫu" })
	c.SetByAgent(true)
	c.EditPerson(Agent, func(p *data.Person) { p.Name = "Ngô Văn Mẫu" })
	c.SetHome(Owner, desk.Address{House: "Thôn 3", Commune: "xã Hòa Mẫu"})
	c.save()
	c.Next(true)
	if d = c.Dossier(); d.Owner.Name != "Lê Thị Mẫu" || d.Agent.Name != "Ngô Văn Mẫu" || !c.ByAgent() || c.Home(Owner).House != "Thôn 3" || d.Code != "000.00.06.H56-260601-0003" {
		t.Errorf("same person: %+v", d)
	}
	if c.Reload(); c.Dossier().Owner.Name != "Lê Thị Mẫu" {
		t.Error("a change elsewhere took the person away")
	}
	if again := c.save(); again.Owner.Address != "Thôn 3, xã Hòa Mẫu" || c.desk.Len() != 3 {
		t.Errorf("%+v, %d dossiers", again.Owner, c.desk.Len())
	}
}

func TestNothingIsLostOnAnError(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	one := c.save()
	c.Next(false)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Lê Thị Mẫu" })
	c.SetHome(Owner, desk.Address{House: "Thôn 2"})
	c.SetCode(one.Code)
	before := c.Dossier()
	var got error
	c.Save(func(err error) { got = err })
	if named(got) != "code" || data.CodeOf(got) != data.Conflict || c.desk.Len() != 1 {
		t.Fatalf("the same code: %v", got)
	}
	if d := c.Dossier(); d.Owner != before.Owner || d.Code != before.Code || c.Home(Owner).House != "Thôn 2" || !c.Dirty() || c.saving {
		t.Errorf("%+v", d)
	}
	c.SetCode("")
	if c.Dossier().Code != "000.00.06.H56-260601-0002" {
		t.Errorf("proposed again: %q", c.Dossier().Code)
	}
	// Somebody takes the proposed code in the meantime.
	other := c.desk.Draft(nil)
	other.Owner.Name, other.Procedure = "Ngô Văn Mẫu", c.land.ID
	c.must(c.desk.Receive(t.Context(), &other))
	if stored := c.save(); stored.Code != "000.00.06.H56-260601-0003" {
		t.Errorf("stored as %q", stored.Code)
	}
}

func TestSaveAgainCorrects(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	one := c.save()
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Trần Văn Thử Mẫu" })
	c.must(c.SetTerm("8", data.WorkingDays))
	if !c.Dirty() || c.kept != "" {
		t.Errorf("dirty %v, kept %q", c.Dirty(), c.kept)
	}
	two := c.save()
	if two.ID != one.ID || two.Owner.Name != "Trần Văn Thử Mẫu" || two.On(data.MaxDay).Due.Day != data.Date(2026, 6, 11) || two.Seq != one.Seq || len(two.Events) == 0 || c.desk.Len() != 1 {
		t.Errorf("%+v", two)
	}
	// Taken back, the page still holds it, to be saved anew.
	for range 2 {
		_, err := c.desk.Undo(t.Context())
		c.must(err)
	}
	c.Reload()
	if c.Saved() != 0 || !c.Dirty() || c.Dossier().Owner.Name != "Trần Văn Thử Mẫu" {
		t.Fatalf("after undo: %+v", c.Dossier())
	}
	if three := c.save(); three.Owner.Name != "Trần Văn Thử Mẫu" || c.desk.Len() != 1 {
		t.Errorf("%+v", three)
	}
}

func TestRefuse(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	var got error
	then := func(err error) { got = err }
	if c.Refuse("  ", then); named(got) != "reason" {
		t.Fatalf("without a reason: %v", got)
	}
	c.Refuse(" Không thuộc thẩm quyền ", then)
	c.must(got)
	one, err := c.desk.Dossier(c.Saved())
	c.must(err)
	s := one.On(monday)
	if s.Status != data.NotAccepted || s.Counted() || one.Due.Known() || one.Book != 0 || len(one.Events) != 1 || one.Events[0].Text != "Không thuộc thẩm quyền" {
		t.Errorf("%+v", one)
	}
	if c.Refuse("lý do", then); data.CodeOf(got) != data.Conflict {
		t.Errorf("refused twice: %v", got)
	}
	if c.Next(false); c.Dossier().Entry == data.NotAccepted || len(c.Dossier().Events) != 0 || !c.Dossier().Due.Known() {
		t.Errorf("the next one: %+v", c.Dossier())
	}
}

func TestDraftOutlivesTheProgram(t *testing.T) {
	c := open(t)
	c.fill("Trần Văn Thử")
	c.SetHome(Owner, desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu"})
	c.SetUnit(c.other.ID)
	c.SetDue(data.Date(2026, 6, 30))
	draft := c.kept
	m := (&counter{t: t}).at(NewModel(env.NewSession(c.desk)))
	if m.Restore("") || m.Restore("{") || !m.Restore(draft) {
		t.Fatal("the draft was not taken")
	}
	m.SetChannel(data.Online)
	d := m.Dossier()
	if d.Owner.Name != "Trần Văn Thử" || d.Unit != c.other.ID || d.Due.Day != data.Date(2026, 6, 30) || m.Home(Owner).House != "Thôn 2" || !m.Dirty() {
		t.Errorf("%+v", d)
	}
	if c.Clear(); c.kept != "" || c.Dirty() || c.Dossier().Owner.Name != "" {
		t.Errorf("cleared: %q", c.kept)
	}
	c.Shown()
	if c.Dirty() {
		t.Error("looking at the page made it dirty")
	}
}

func TestRecentProceduresComeFirst(t *testing.T) {
	c := open(t)
	c.SetProcedure(c.civil.ID)
	c.EditPerson(Owner, func(p *data.Person) { p.Name = "Trần Văn Thử" })
	c.SetUnit(c.unit.ID)
	c.Edit(func(d *data.Dossier) { d.Partner = "Công an" })
	c.save()
	all := 0
	for _, p := range c.desk.Catalogue().Procedures {
		if !p.To.Known() || p.To >= monday {
			all++
		}
	}
	fresh := NewModel(env.NewSession(c.desk))
	fresh.Shown()
	for _, m := range []*Model{c.Model, fresh} {
		list := m.Procedures()
		if len(list) != all || list[0].Key != id(c.civil.ID) || list[0].Detail != "9.000002" || !slices.Equal(m.Partners(), []kit.Choice{{Key: "Công an", Text: "Công an"}}) {
			t.Errorf("%d of %d, first %+v, %v", len(list), all, list[0], m.Partners())
		}
	}
	if !strings.Contains(c.ProcedureNote(), "9.000002") || len(c.Units()) != 2 || len(c.Books()) != 1 {
		t.Errorf("%q, %d units, %d books", c.ProcedureNote(), len(c.Units()), len(c.Books()))
	}
	gone := c.land
	gone.To = monday - 10
	c.must(c.desk.SaveProcedure(t.Context(), &gone))
	fresh.Reload()
	if slices.ContainsFunc(fresh.Procedures(), func(p kit.Choice) bool { return p.Key == id(c.land.ID) }) {
		t.Error("a procedure that ended is offered")
	}
}

// TestDraftHoldsWhatTheProcedureBrought: right after the choice the draft has term and date.
func TestDraftHoldsWhatTheProcedureBrought(t *testing.T) {
	c := open(t)
	c.SetProcedure(c.civil.ID)
	m := NewModel(env.NewSession(c.desk))
	if !m.Restore(c.kept) {
		t.Fatal("the draft was not taken")
	}
	if d, want := m.Dossier(), c.Dossier(); want.Term.Unit == data.NoTerm || d.Term != want.Term || d.Due != want.Due || d.Fee != want.Fee || d.Unit != want.Unit {
		t.Errorf("%+v, want %+v", d, want)
	}
}
