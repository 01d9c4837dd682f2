package form_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

func TestShippedFormsCanBePrinted(t *testing.T) {
	for _, id := range []string{"so-theo-doi", "ii06a", "qua-han", "danh-sach", "so-sanh", "ty-le", "don-vi", "doi-chieu"} {
		if _, err := form.Shipped(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := form.Shipped("khong-co"); data.CodeOf(err) != data.NotFound {
		t.Errorf("got %v, want not_found", err)
	}
}

func TestParseTemplatesRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"text":    `x`,
		"none":    `[]`,
		"column":  `[{"title":"A","from":"2020-01-01"}]`,
		"numbers": `[{"title":"A","from":"2020-01-01","columns":[{"key":"a"}],"header":[[{"text":"a"}]],"numbers":["1","2"]}]`,
		"date":    `[{"title":"A","from":"x","columns":[{"key":"a"}],"header":[[{"text":"a"}]]}]`,
		"cover":   `[{"title":"A","from":"2020-01-01","columns":[{"key":"a"},{"key":"b"}],"header":[[{"text":"a"}]]}]`,
		"rows":    `[{"title":"A","from":"2020-01-01","columns":[{"key":"a"}],"header":[[{"text":"a"}],[{"text":"a"}],[{"text":"a"}],[{"text":"a"}]]}]`,
	} {
		if _, err := form.ParseTemplates([]byte(text)); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: got %v, want invalid", name, err)
		}
	}
}

func TestRegisterFormFollowsTheDay(t *testing.T) {
	for _, c := range []struct {
		day  data.Day
		code string
	}{
		{data.Date(2015, 1, 1), "Mẫu số 06"}, {data.Date(2019, 1, 6), "Mẫu số 06"}, {data.Date(2025, 9, 14), "Mẫu số 06"},
		{data.Date(2025, 9, 15), "Mẫu số 07"}, {data.Date(2027, 1, 1), "Mẫu số 07"},
	} {
		tpl, err := form.ShippedOn("so-theo-doi", c.day)
		if err != nil || tpl.Code != c.code || len(tpl.Columns) != 13 {
			t.Errorf("%s: %s with %d columns, %v; want %s", c.day, tpl.Code, len(tpl.Columns), err, c.code)
		}
	}
}

func entries(n int) form.Book {
	return form.Book{Office: data.Office{Parent: "UBND tỉnh", Name: "UBND thị xã"}, Number: 2, Year: 2025, Rows: n, At: func(i int) form.Entry {
		return form.Entry{Seq: i + 1, Code: fmt.Sprintf("H49-25-%04d", i), Procedure: "Đăng ký khai sinh", Copies: 1, Owner: "Nguyễn Văn An", Address: "Khu 1", Phone: "0912",
			Unit: "Phòng Tư pháp", Received: data.Date(2025, 9, 1) + data.Day(i), Due: data.Date(2025, 9, 10) + data.Day(i)}
	}}
}

func TestABookGoesOnWithTheNewForm(t *testing.T) {
	for rows, want := range map[int][2]int{0: {1, 0}, 1: {1, 0}, 14: {1, 0}, 20: {1, 1}} {
		d := paper.New(context.Background(), paper.Options{Record: true})
		if err := form.AddBook(d, entries(rows)); err != nil {
			t.Fatal(err)
		}
		var old, now, codes int
		side := ""
		for _, b := range d.Boxes() {
			switch {
			case strings.HasPrefix(b.Text, "Mẫu số 06 (Ban hành kèm theo Thông tư số 01/2018"):
				old, side = old+1, "old"
			case strings.HasPrefix(b.Text, "Mẫu số 07 (Ban hành kèm theo Thông tư số 03/2025"):
				now, side = now+1, "new"
			case strings.HasPrefix(b.Text, "H49-25-"):
				codes++
				if (b.Text < "H49-25-0014") != (side == "old") {
					t.Errorf("%s stands on the %s form", b.Text, side)
				}
			}
		}
		// An empty book has no day of reception and takes the form of its period.
		if codes != rows || rows > 0 && (old != want[0] || now != want[1]) {
			t.Errorf("%d rows: %d codes, %d old heads, %d new heads", rows, codes, old, now)
		}
	}
}

func TestRegisterHeadVariants(t *testing.T) {
	tpl, err := form.ShippedOn("so-theo-doi", data.Date(2025, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	for variant, span := range map[string]int{"": 3, "ngay-8-12": 5, "ngay-8-9": 2, "không có": 3} {
		for _, h := range tpl.Table(variant).Header[0] {
			if h.Text == "Ngày, tháng, năm" && h.ColSpan != span {
				t.Errorf("variant %q: «Ngày, tháng, năm» spans %d columns, want %d", variant, h.ColSpan, span)
			}
		}
	}
}

func TestEntryOf(t *testing.T) {
	moment := func(d int) data.Moment { return data.Moment{Day: data.Date(2025, 3, d)} }
	d := &data.Dossier{Code: "A", Procedure: 1, Unit: 2, Copies: 1, Return: data.ReturnPostal, Received: moment(3), Due: moment(10), Note: "gấp", Owner: data.Person{Name: "Lê An", Phone: "09"},
		Events: []data.Event{{Kind: data.AskSupplement, At: moment(4)}, {Kind: data.Supplement, At: moment(5), Due: moment(11)}, {Kind: data.Finish, At: moment(11)}, {Kind: data.Return, At: moment(12)}}}
	names := form.Names{Procedure: func(uint32) string { return "Khai sinh" }, Unit: func(uint32) string { return "Tư pháp" }}
	e := form.EntryOf(d, data.Date(2025, 3, 31), names)
	if e.Procedure != "Khai sinh" || e.Unit != "Tư pháp" || e.Due != data.Date(2025, 3, 11) || e.Returned != data.Date(2025, 3, 12) || e.Way != "Bưu chính" ||
		e.Note != "Yêu cầu bổ sung 04/03/2025; Đã bổ sung 05/03/2025; gấp" {
		t.Errorf("%+v", e)
	}
	if e := form.EntryOf(d, data.Date(2025, 3, 4), names); e.Returned.Known() || e.Way != "" || e.Note != "Yêu cầu bổ sung 04/03/2025; gấp" {
		t.Errorf("as of the 4th: %+v", e)
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn Văn An":     "Nguyễn V. A.",
		"Nguyễn V. A.":      "Nguyễn V. A.",
		"  Trần   Thị Bích": "Trần T. B.",
		"Lê Hoàng":          "Lê H.",
		"An":                "A.",
		"":                  "",
		"Ông Đặng Quốc Việt và bà Hoàng Thị Yến": "Ông Đặng Q. V. và bà Hoàng T. Y.",
		"Nguyễn Văn A, Trần Thị B":               "Nguyễn V. A., Trần T. B.",
		"Hộ kinh doanh Phạm Thị Dung":            "Hộ kinh doanh Phạm T. D.",
		"Công ty TNHH Hưng Thịnh":                "Công ty TNHH Hưng Thịnh",
		"UBND phường Mạo Khê":                    "UBND phường Mạo Khê",
	} {
		if got := form.Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
		if again := form.Mask(form.Mask(in)); again != want {
			t.Errorf("masked again: %q", again)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 27: "XXVII", 49: "XLIX", 1994: "MCMXCIV", 0: "0", 4000: "4000"} {
		if got := form.Roman(n); got != want {
			t.Errorf("Roman(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestIdentitiesOfFormII06a(t *testing.T) {
	tpl, err := form.ShippedOn("ii06a", data.Date(2022, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	want := "tt name received new_online new_direct_postal carried resolved early on_time late pending pending_in_time pending_overdue"
	var keys []string
	for _, c := range tpl.Columns {
		keys = append(keys, c.Key)
	}
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
	c := data.Counts{NewOnline: 3, NewDirect: 3, NewPostal: 1, Carried: 2, Early: 1, OnTime: 2, Late: 1, InTime: 3, Overdue: 2}
	d := paper.New(context.Background(), paper.Options{Record: true})
	d.Section(tpl.Section(""))
	tpl.AddStat(d, form.FieldRows(data.Table{Rows: []data.Row{{Name: "Đất đai", Counts: c}}}), c, true)
	var cells []string
	for _, b := range d.Boxes() {
		cells = append(cells, b.Text)
	}
	// The acceptance example of register-and-reports 4.3.
	if text := strings.Join(cells, " "); !strings.Contains(text, "I Đất đai 9 3 4 2 4 1 2 1 5 3 2 Tổng cộng 9 3 4 2 4 1 2 1 5 3 2") {
		t.Errorf("the rows are %s", text)
	}
}

func TestListsMaskNamesUnlessAsked(t *testing.T) {
	for _, open := range []bool{false, true} {
		tpl, err := form.ShippedOn("qua-han", data.Date(2022, 12, 31))
		if err != nil {
			t.Fatal(err)
		}
		d := paper.New(context.Background(), paper.Options{Record: true})
		d.Section(tpl.Section(""))
		tpl.AddOverdue(d, []form.Overdue{{Code: "A-1", Owner: "Nguyễn Văn An", Due: data.Date(2022, 12, 1), DaysLate: 30}}, open, 0)
		text := ""
		for _, b := range d.Boxes() {
			text += b.Text + " "
		}
		if strings.Contains(text, "Nguyễn Văn An") != open || strings.Contains(text, "Nguyễn V. A.") == open {
			t.Errorf("open %v: %s", open, text)
		}
	}
}

// writeFile writes a document that was laid out without an error.
func writeFile(path string) func(*paper.Document, error) error {
	return func(d *paper.Document, err error) error {
		if err != nil {
			return err
		}
		raw, err := d.Bytes()
		if err != nil {
			return err
		}
		return os.WriteFile(path, raw, 0o600)
	}
}

func TestWriteListAndBook(t *testing.T) {
	dir := t.TempDir()
	for _, rows := range []int{0, 1, 200} {
		list := form.List{AsOf: data.Date(2022, 12, 31), Rows: rows, At: func(i int) form.Item {
			return form.Item{Code: fmt.Sprint(i), Procedure: strings.Repeat("Tên thủ tục ", 8), Owner: strings.Repeat("Đặng ", 18), Unit: strings.Repeat("Phòng", 12)}
		}}
		if err := writeFile(filepath.Join(dir, "list.pdf"))(form.BuildList(context.Background(), list, paper.Options{})); err != nil {
			t.Error(err)
		}
		if err := writeFile(filepath.Join(dir, "book.pdf"))(form.BuildBooks(context.Background(), []form.Book{entries(rows)}, paper.Options{})); err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := writeFile(filepath.Join(dir, "no.pdf"))(form.BuildBooks(ctx, []form.Book{entries(5)}, paper.Options{})); data.CodeOf(err) != data.Cancelled {
		t.Errorf("got %v, want cancelled", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "no.pdf")); err == nil {
		t.Error("a cancelled book was written")
	}
}
