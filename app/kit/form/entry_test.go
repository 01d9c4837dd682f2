package form_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/data"
)

type part struct {
	Name string
	Fee  int64
}

type dossier struct {
	Owner  string
	Copies int
	Fee    int64
	Due    data.Day
	At     data.Clock
	Unit   uint32
	Fields []uint32
	Closed bool
	Papers []string
	Parts  []part
}

func clock(h, m int) data.Clock {
	c, err := data.ParseClock(fmt.Sprintf("%d:%02d", h, m))
	if err != nil {
		panic(err)
	}
	return c
}

func today() data.Day { return data.Date(2026, 11, 30) }

func units(*dossier) []kit.Choice {
	return []kit.Choice{{Key: "1", Text: "Phòng Nội vụ"}, {Key: "2", Text: "Công an xã"}}
}

func fields() []form.Field[dossier] {
	return []form.Field[dossier]{
		form.Text("owner", "Chủ hồ sơ", func(d *dossier) *string { return &d.Owner }).Need(),
		form.Count("copies", "Số bộ", 99, func(d *dossier) *int { return &d.Copies }),
		form.Money("fee", "Phí", func(d *dossier) *int64 { return &d.Fee }),
		form.Day("due", "Hẹn trả", today, func(d *dossier) *data.Day { return &d.Due }),
		form.Clock("at", "Lúc", func(d *dossier) *data.Clock { return &d.At }),
		form.PickID("unit", "Đơn vị", units, func(d *dossier) *uint32 { return &d.Unit }).Or("Chưa rõ"),
		form.Many("fields", "Lĩnh vực", units, func(d *dossier) *[]uint32 { return &d.Fields }),
		form.Check("closed", "Không dùng nữa", func(d *dossier) *bool { return &d.Closed }),
		form.Lines("papers", "Giấy tờ", 3, func(d *dossier) *[]string { return &d.Papers }),
		form.Rows("parts", "Thành phần", func(d *dossier) *[]part { return &d.Parts },
			form.Text("name", "Tên", func(p *part) *string { return &p.Name }),
			form.Money("fee", "Phí", func(p *part) *int64 { return &p.Fee })),
	}
}

func whole() dossier {
	return dossier{Owner: "Nguyễn Thị Mẫu", Copies: 2, Fee: 1_250_000, Due: data.Date(2025, 3, 5), At: clock(7, 30), Unit: 2, Fields: []uint32{1, 2}, Closed: true,
		Papers: []string{"Đơn", "Bản sao"}, Parts: []part{{"Đơn", 0}, {"Tờ khai", 50_000}}}
}

// TestEntryReadsWhatItWrites: a form that nobody touched gives back its value.
func TestEntryReadsWhatItWrites(t *testing.T) {
	e := form.NewEntry(whole(), fields()...)
	got, err := e.Read()
	if err != nil || !reflect.DeepEqual(got, whole()) || e.Dirty() {
		t.Errorf("read %+v, %v, dirty %v", got, err, e.Dirty())
	}
	for key, want := range map[string]string{"copies": "2", "fee": "1.250.000", "due": "05/03/2025", "at": "07:30", "unit": "2", "fields": "1\n2", "closed": form.Ticked} {
		if e.Text(key) != want {
			t.Errorf("%s shows %q, want %q", key, e.Text(key), want)
		}
	}
}

// TestEntryReadsWhatIsTyped: each kind by its own rules; a year left out is that of
// the old value; what is wrong names its field and changes nothing.
func TestEntryReadsWhatIsTyped(t *testing.T) {
	for _, c := range []struct {
		key, text string
		check     func(d dossier) bool
		wrong     bool
	}{
		{"owner", "  Lê Văn Thử ", func(d dossier) bool { return d.Owner == "Lê Văn Thử" }, false},
		{"copies", "12", func(d dossier) bool { return d.Copies == 12 }, false},
		{"copies", "2.5", nil, true},
		{"copies", "100", nil, true},
		{"fee", "1.500", func(d dossier) bool { return d.Fee == 1500 }, false},
		{"fee", "50.00", nil, true},
		{"due", "2710", func(d dossier) bool { return d.Due == data.Date(2025, 10, 27) }, false},
		{"due", "31/02/2025", nil, true},
		{"due", "", func(d dossier) bool { return !d.Due.Known() }, false},
		{"at", "9h30", func(d dossier) bool { return d.At == clock(9, 30) }, false},
		{"unit", "", func(d dossier) bool { return d.Unit == 0 }, false},
		{"fields", "2", func(d dossier) bool { return reflect.DeepEqual(d.Fields, []uint32{2}) }, false},
		{"closed", "", func(d dossier) bool { return !d.Closed }, false},
		{"papers", "Đơn\n\n  Ảnh ", func(d dossier) bool { return reflect.DeepEqual(d.Papers, []string{"Đơn", "Ảnh"}) }, false},
		{"parts", `[["Đơn","1.000"],["",""]]`, func(d dossier) bool { return reflect.DeepEqual(d.Parts, []part{{"Đơn", 1000}}) }, false},
	} {
		e := form.NewEntry(whole(), fields()...)
		e.Type(c.key, c.text)
		got, err := e.Read()
		switch {
		case c.wrong && (err == nil || fieldOf(err) != c.key || e.Text(c.key) != c.text):
			t.Errorf("%s %q: error %v of the field %q", c.key, c.text, err, fieldOf(err))
		case !c.wrong && (err != nil || !c.check(got) || !e.Dirty()):
			t.Errorf("%s %q: %+v, %v", c.key, c.text, got, err)
		}
	}
}

func fieldOf(err error) string {
	e, _ := err.(*data.Error)
	if e == nil {
		return ""
	}
	return e.Field
}

// TestEntryRowsNameTheirLine: an error in lines says which line and column.
func TestEntryRowsNameTheirLine(t *testing.T) {
	e := form.NewEntry(whole(), fields()...)
	e.Type("parts", `[["Đơn",""],["Tờ khai","2.5"]]`)
	_, err := e.Read()
	if err == nil || fieldOf(err) != "parts" || !strings.Contains(err.Error(), "Dòng 2, cột «Phí»") {
		t.Errorf("error %v", err)
	}
}

// TestEntryKeepsWhatWasTyped: what is stored elsewhere comes into the fields that
// nobody touched; a draft comes back after a restart.
func TestEntryKeepsWhatWasTyped(t *testing.T) {
	e := form.NewEntry(whole(), fields()...)
	e.Type("owner", "Lê Văn Thử")
	stored := whole()
	stored.Copies, stored.Owner = 7, "Trần Văn Kho"
	e.Fill(stored)
	if e.Text("owner") != "Lê Văn Thử" || e.Text("copies") != "7" {
		t.Errorf("owner %q, copies %q", e.Text("owner"), e.Text("copies"))
	}
	after := form.NewEntry(stored, fields()...)
	after.Restore(e.Draft())
	if got, err := after.Read(); err != nil || got.Owner != "Lê Văn Thử" || got.Copies != 7 {
		t.Errorf("restored %+v, %v", got, err)
	}
	if changes := e.Draft(); len(changes) != 1 || changes["owner"] != "Lê Văn Thử" || e.TextOf("owner", stored) != "Trần Văn Kho" {
		t.Errorf("changes %+v", changes)
	}
	before := e.Text("unit")
	e.Type("unit", "1")
	if c := e.Draft(); len(c) != 2 || form.ShownText(e, "unit", before) != "Công an xã" || form.ShownText(e, "unit", c["unit"]) != "Phòng Nội vụ" {
		t.Errorf("a pick is told by its words: %+v", c)
	}
	e.Saved(stored)
	if e.Dirty() || e.Text("owner") != "Trần Văn Kho" {
		t.Errorf("saved, yet dirty %v, owner %q", e.Dirty(), e.Text("owner"))
	}
}
