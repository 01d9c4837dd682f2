package register_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
)

// describe writes terms in one line.
func describe(t register.Terms) string {
	var parts []string
	for _, c := range t.Conditions {
		s := fmt.Sprintf("%s=%s", c.Word, c.Value)
		if c.Whole {
			s += "!"
		}
		if c.Days != nil {
			s = fmt.Sprintf("%s %s..%s", c.Word, c.Days.From.ISO(), c.Days.To.ISO())
			if c.Days.From < 0 {
				s = fmt.Sprintf("%s ..%s", c.Word, c.Days.To.ISO())
			} else if c.Days.To > 1<<29 {
				s = fmt.Sprintf("%s %s..", c.Word, c.Days.From.ISO())
			}
		}
		if c.Has != register.Any {
			s = fmt.Sprintf("%s %s", c.Word, c.Has)
		}
		parts = append(parts, s)
	}
	if t.Free != "" {
		parts = append(parts, "["+t.Free+"]")
	}
	for _, p := range t.Plain {
		parts = append(parts, "?"+p)
	}
	return strings.Join(parts, " | ")
}

func TestParseText(t *testing.T) {
	today := data.Date(2023, time.March, 15) // a Wednesday
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"nguyễn văn an", "[nguyễn văn an]"},
		{"đơn vị:tài nguyên", "đơn vị=tài nguyên"},
		{`don vi: "phong tai nguyen" huyền`, "đơn vị=phong tai nguyen! | [huyền]"},
		{"donvi : x", "đơn vị=x"},
		{"An ĐƠN VỊ: a b lĩnh vực: c", "đơn vị=a b | lĩnh vực=c | [An]"},
		{"ma: h99.1 an", "mã=h99.1 | [an]"},
		{"chủ hồ sơ: nguyễn an hạn: 2022", "tên=nguyễn an | hạn 2022-01-01..2022-12-31"},
		{"han<05/03/2023", "hạn ..2023-03-04"},
		{"hạn <= hôm nay huyền", "hạn ..2023-03-15 | [huyền]"},
		{"hạn ≤ hôm nay", "hạn ..2023-03-15"},
		{"nhan:2022", "nhận 2022-01-01..2022-12-31"},
		{"nhận>=01/2022", "nhận 2022-01-01.."},
		{"nhan>1/2022", "nhận 2022-02-01.."},
		{"hạn:tuần này", "hạn 2023-03-13..2023-03-19"},
		{"han = thang truoc", "hạn 2023-02-01..2023-02-28"},
		{"nhan: quy iii/2022", "nhận 2022-07-01..2022-09-30"},
		{"nhan: quý 1 năm 2022 an", "nhận 2022-01-01..2022-03-31 | [an]"},
		{"nhan: quy iv/2022", "nhận 2022-10-01..2022-12-31"},
		{"nhan: thang 12/2022", "nhận 2022-12-01..2022-12-31"},
		{"nhan: thang 1 nam 2022", "nhận 2022-01-01..2022-01-31"},
		{"nhan: thang 13/2022", ""}, {"nhan: thang 0/2022", ""},
		{"nhan: quy 5/2022", ""}, {"nhan: quy 12/2022", ""},
		{"nhan: 5/3", "nhận 2023-03-05..2023-03-05"},
		{"nhan: 05-03-22", "nhận 2022-03-05..2022-03-05"},
		{"nhan: 2022-03-05", "nhận 2022-03-05..2022-03-05"},
		{"nhan: 1/2022..3/2022", "nhận 2022-01-01..2022-03-31"},
		{"nhan: 1/1/2022 đến 5/1/2022 an", "nhận 2022-01-01..2022-01-05 | [an]"},
		{"xong:", ""},
		{"xong: chưa", "xong no"},
		{"xong: có an", "xong yes | [an]"},
		{"thư xin lỗi: chưa có", "thư xin lỗi no"},
		{"han: 31/02/2023", ""}, // may still grow
		{"han: tu", ""},         // tuần
		{"han: 3", ""},          // being typed
		{"han: bao gio", "?han: bao gio"},
		{"tên<an", "?tên<an"},
		{"abc: def", "[abc: def]"},
		{"lúc 10:30", "[lúc 10:30]"},
		{"a < b", "[a < b]"},
		{"địa chỉ: thôn 3 nơi nhận: ủy ban", "địa chỉ=thôn 3 | nơi nhận=ủy ban"},
		{"thuộc đơn vị : x", "đơn vị=x | [thuộc]"},
	} {
		terms, err := register.ParseText(c.text, today)
		if got := describe(terms); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
		if (err != nil) != (len(terms.Notes) > 0) || len(terms.Plain) > len(terms.Notes) {
			t.Errorf("%q: error %v, notes %q", c.text, err, terms.Notes)
		}
		if err != nil && data.CodeOf(err) != data.Invalid {
			t.Errorf("%q: code %s", c.text, data.CodeOf(err))
		}
	}
	if terms, err := register.ParseText("abc: def", today); err == nil || !strings.Contains(terms.Notes[0], "abc") {
		t.Errorf("an unknown word is not told: %v", err)
	}
}

// TestTextNeverFails types anything, letter by letter, and looks that no text
// makes a list larger than without it, nor panics.
func TestTextNeverFails(t *testing.T) {
	ds := []data.Dossier{{ID: 1, Code: "H99.01-1", Received: data.Moment{Day: base}, Unit: 1, Owner: data.Person{Name: "Nguyễn Thị Huyền", Phone: "0950123456"}}}
	r := build(ds)
	piece := rapid.SampledFrom([]string{"đơn vị", "hạn", "nhận", ":", "<", "<=", "≥", "\"", "«", " ", "tư pháp", "2022", "/", "quý", "ii", "hôm nay", "a", "thư", "xin lỗi", "chưa", "..", "đến", "tình trạng", "quá hạn", "\xff", "０"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 9).Draw(t, "pieces"), "")
		for i := range text {
			if n := r.Count(register.Query{Text: text[:i], Today: base}); n > 1 {
				t.Fatalf("%q lists %d", text[:i], n)
			}
			for _, s := range r.Suggest(text[:i], i, base) {
				if s.From < 0 || s.From > s.To || s.To > len([]rune(text[:i])) || s.Insert == "" || s.Label == "" {
					t.Fatalf("%q: suggestion %+v", text[:i], s)
				}
			}
		}
	})
}

// TestFieldWords lists by field words, each against the dossiers it must find.
func TestFieldWords(t *testing.T) {
	at := func(n int) data.Moment { return data.Moment{Day: base + data.Day(n)} }
	ds := []data.Dossier{
		{ID: 1, Code: "H99.01-001", Received: at(0), Due: at(10), Unit: 1, Field: 1, Procedure: 1, Channel: data.Online, Officer: "Trần Thị Mẫu",
			Owner: data.Person{Name: "Nguyễn Thị Huyền", Phone: "0950123456", Address: "Thôn 3, xã Đại Ân"}, Events: []data.Event{{Kind: data.Finish, At: at(12)}, {Kind: data.Apologise, At: at(13)}}},
		{ID: 2, Code: "H99.01-002", Received: at(5), Due: at(20), Unit: 2, Field: 2, Procedure: 2, Receiver: 3, Content: "Tách thửa",
			Owner: data.Person{Name: "Đặng Văn Ổn", Identity: "095012345678"}, Events: []data.Event{{Kind: data.HandOver, At: at(6), New: "Bàn số 4"}}},
		{ID: 3, Code: "H99.02-003", Received: at(40), Unit: 3, Channel: data.Postal, Owner: data.Person{Name: "Tư Pháp Đường"},
			Events: []data.Event{{Kind: data.AskSupplement, At: at(41)}}},
		{ID: 4, Code: "H99.02-004", Received: at(41), Unit: 3, Owner: data.Person{Name: "Nguyễn Ân"}, Events: []data.Event{{Kind: data.Cancel, At: at(42)}}},
	}
	r := build(ds)
	today := base + 45
	for text, want := range map[string][]uint32{
		"tên: huyen": {1}, `đơn vị: "tư pháp"`: {1}, `cán bộ: "mau"`: {1}, "ten:nguyen": {1, 4}, "đơn vị: tư pháp": {1}, "don vi: tu phap huyen": {1}, "don vi: xa": {2, 3, 4}, "don vi: xa dang": {2},
		"sdt: 0950": {1}, "cccd:0950": {2}, "sđt:09": {1}, "0950": {1, 2}, "địa chỉ: dai an": {1}, "dia chi: an dai": {1}, `dia chi: "an dai"`: nil,
		"thủ tục: kết hôn": {1}, "linh vuc: dat": {2}, "nội dung: tach": {2}, "kênh: trực tuyến": {1}, "kenh: truc": {1, 2, 4}, "kenh: buu chinh": {3},
		"mã: h99.02": {3, 4}, "tình trạng: quá hạn": {1, 2}, "tinh trang: qua han chua xong": {2}, "tinh trang: cho bo sung": {3}, "tinh trang: huy": {4},
		"tinh trang: yeu cau bo sung": {3}, "tinh trang: quá hạn huyen": {1}, "han<hom nay": {1, 2}, "hạn: chưa": {3, 4}, "nhan:2022": {1, 2, 3, 4}, "nhan>=02/2022": {3, 4},
		"xong: 01/2022": {1}, "xong: chua": {2, 3}, "bàn: so 4": {2}, "cán bộ: mau": {1}, "nơi nhận: an nghia": {2}, "thư: có": {1}, "thu xin loi: chua": {2, 3, 4},
		"đơn vị: tư pháp tên: on": nil,
		// What is not understood is looked for as it stands, and lists all if nothing is found so.
		"don vi: huyền": {1}, "don vi: zzz": {1, 2, 3, 4}, "nhan: bao gio": {1, 2, 3, 4}, "h99.01 han: lúc nào": {1, 2}, "xyz: abc": nil,
	} {
		l := r.List(register.Query{Text: text, Today: today})
		got := slices.Sorted(slices.Values(l.IDs))
		if !slices.Equal(got, want) {
			t.Errorf("%q lists %v, want %v (%q)", text, got, want, l.Notes)
		}
		if n := r.Count(register.Query{Text: text, Today: today}); n != len(want) {
			t.Errorf("%q counts %d", text, n)
		}
	}
	if notes := r.List(register.Query{Text: "don vi: zzz"}).Notes; len(notes) != 1 || !strings.Contains(notes[0], "zzz") {
		t.Errorf("notes %q", notes)
	}
}

func TestSuggest(t *testing.T) {
	d := data.Dossier{ID: 1, Code: "A", Received: data.Moment{Day: base}, Officer: "Trần Thị Mẫu", Owner: data.Person{Name: "x"}}
	r := build([]data.Dossier{d})
	labels := func(text string, cursor int) (list []string) {
		for _, s := range r.Suggest(text, cursor, base) {
			list = append(list, s.Label)
		}
		return list
	}
	for _, c := range []struct {
		text  string
		first string
		n     int // how many at least
	}{
		{"đơ", "đơn vị", 1}, {"huyền don v", "đơn vị", 1}, {"donvi", "đơn vị", 1}, {"đơn vị:", "Phòng Tư pháp", 4}, {"đơn vị: xa a", "UBND xã Ân Nghĩa", 1},
		{"tinh trang: qua", "Quá hạn", 3}, {"han: th", "tháng này", 2}, {"kenh:", "Trực tiếp", 3}, {"can bo: ", "Trần Thị Mẫu", 1}, {"thu tuc: bien", "Đăng ký biến động", 1},
	} {
		got := labels(c.text, len([]rune(c.text)))
		if len(got) < c.n || got[0] != c.first {
			t.Errorf("%q offers %q, want %q first", c.text, got, c.first)
		}
	}
	if got := labels("zzz", 3); len(got) > 0 {
		t.Errorf("zzz offers %q", got)
	}
	// Taking a suggestion gives a text that lists by it, whatever follows the cursor.
	text := []rune("huyền đơn vị:tư sau")
	s := r.Suggest(string(text), 15, base)[0]
	got := string(text[:s.From]) + s.Insert + string(text[s.To:])
	if got != "huyền đơn vị:Phòng Tư pháp  sau" {
		t.Errorf("taken: %q", got)
	}
}

// TestSpansOfTwoDays: the second day is read whatever follows it, and is no free text.
func TestSpansOfTwoDays(t *testing.T) {
	today := data.Date(2026, time.November, 30)
	for text, want := range map[string]string{
		"nhận: 01/11/2026 đến 05/11/2026":        "2026-11-01 2026-11-05",
		"nhận: 01/11/2026 đến 05/11/2026 Nguyễn": "2026-11-01 2026-11-05",
		"nhận: 01/11/2026 đến":                   "2026-11-01 2026-11-01",
	} {
		terms, _ := register.ParseText(text, today)
		if len(terms.Conditions) != 1 || terms.Conditions[0].Days == nil {
			t.Errorf("%s: %s", text, describe(terms))
		} else if d := terms.Conditions[0].Days; d.From.ISO()+" "+d.To.ISO() != want {
			t.Errorf("%s: %s, want %s", text, describe(terms), want)
		}
	}
}
