package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
)

// table makes delimited text of rows of cells.
func table(rows ...[]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.WriteAll(rows)
	return b.Bytes()
}

func open(t testing.TB, content []byte, opt exchange.Options) *exchange.Source {
	t.Helper()
	if opt.Today == 0 {
		opt.Today = today
	}
	src, err := exchange.OpenReader(context.Background(), bytes.NewReader(content), int64(len(content)), "so.csv", opt)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func read(t testing.TB, src *exchange.Source) (list []exchange.Record, sum exchange.Summary) {
	t.Helper()
	sum, err := src.Read(context.Background(), func(r *exchange.Record) error {
		list = append(list, *r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, sum
}

var small = []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"}

// dateOf reads one cell as a day of receipt.
func dateOf(t testing.TB, cell string) exchange.Record {
	t.Helper()
	list, _ := read(t, open(t, table(small, []string{"A-1", "Lê Văn Mẫu", cell, ""}), exchange.Options{}))
	if len(list) != 1 {
		t.Fatalf("%q gave %d rows", cell, len(list))
	}
	return list[0]
}

func TestDates(t *testing.T) {
	for cell, want := range map[string]string{
		"05/03/2023":                       "05/03/2023",
		"5/3/23":                           "05/03/2023",
		"05-03-2023":                       "05/03/2023",
		"05.03.2023 8:05":                  "05/03/2023 08:05",
		"25/03/2023 08:30:59":              "25/03/2023 08:30",
		"08:30, 25/03/2023":                "25/03/2023 08:30",
		"8:30:15 25/3/2023":                "25/03/2023 08:30",
		"25/3/2023 1:05 PM":                "25/03/2023 13:05",
		"25/3/2023 12:05 SA":               "25/03/2023 00:05",
		"2023-03-25":                       "25/03/2023",
		"2023-03-25T08:30:00":              "25/03/2023 08:30",
		"2023-03-25T20:30:00.123Z":         "26/03/2023 03:30",
		"2023-03-25T20:30:00+07:00":        "25/03/2023 20:30",
		"2023-03-25 20:30:00-0500":         "26/03/2023 08:30",
		"20230325083000":                   "25/03/2023 08:30",
		"202303250830":                     "25/03/2023 08:30",
		"20230325":                         "25/03/2023",
		"ngày 05 tháng 3 năm 2023":         "05/03/2023",
		"Ngày 5 tháng 12 năm 2023":         "05/12/2023",
		"8 giờ 30 phút, ngày 05/3/2023":    "05/03/2023 08:30",
		"8 giờ, ngày 05/3/2023":            "05/03/2023 08:00",
		"8h30 ngày 05/3/2023":              "05/03/2023 08:30",
		"8 giờ 30 ngày 5 tháng 3 năm 2023": "05/03/2023 08:30",
		"44990,35417":                      "05/03/2023 08:30",
		"44990.35417":                      "05/03/2023 08:30",
		"44990":                            "05/03/2023",
		"29/02/2024":                       "29/02/2024",
	} {
		if r := dateOf(t, cell); r.Verdict != exchange.Accepted || r.Dossier.Received.String() != want {
			t.Errorf("%q: %q (%s), want %q", cell, r.Dossier.Received, r.Reason, want)
		}
	}
	for cell, want := range map[string]exchange.Class{
		"31/02/2023": exchange.BadDate, "32/13/2023": exchange.BadDate, "2023-02-29": exchange.BadDate, "20230230": exchange.BadDate,
		"chưa rõ": exchange.BadDate, "05/03": exchange.BadDate, "25:10 05/03/2023": exchange.BadDate, "1/2/3/2023": exchange.BadDate,
		"01/01/0001": exchange.BadYear, "01/01/1900 08:00": exchange.BadYear, "0": exchange.BadYear, "12": exchange.BadYear,
		"01/02/2203": exchange.FutureDate, "02/06/2026": exchange.FutureDate,
		"": exchange.MissingDate, "-": exchange.MissingDate, "–": exchange.MissingDate, "không": exchange.MissingDate,
	} {
		if r := dateOf(t, cell); r.Verdict != exchange.Rejected || r.Class != want || r.Column != "Ngày tiếp nhận" || r.Value != cell {
			t.Errorf("%q: verdict %d, class %q, column %q, value %q; want %q", cell, r.Verdict, r.Class, r.Column, r.Value, want)
		}
	}
}

func TestMidnightOnlyMeansNoTime(t *testing.T) {
	list, _ := read(t, open(t, table(small, []string{"A-1", "A", "05/03/2023 00:00:00", ""}, []string{"A-2", "B", "15/03/2023 00:00:00", ""}), exchange.Options{}))
	if list[0].Dossier.Received.Clock.Known() {
		t.Error("a column of midnights has times")
	}
	list, _ = read(t, open(t, table(small, []string{"A-1", "A", "05/03/2023 00:00:00", ""}, []string{"A-2", "B", "15/03/2023 09:00:00", ""}), exchange.Options{}))
	if !list[0].Dossier.Received.Clock.Known() {
		t.Error("midnight beside other times is a time")
	}
}

func TestOrderOfDates(t *testing.T) {
	open2 := [][]string{small, {"A-1", "A", "05/03/2023", "07/03/2023"}, {"A-2", "B", "06/03/2023", "08/03/2023"}}
	src := open(t, table(open2...), exchange.Options{})
	list, sum := read(t, src)
	if got := list[0].Dossier; got.Received.Day != data.Date(2023, 3, 5) || got.Flags&data.DoubtDates == 0 {
		t.Errorf("an open column: %v, flags %b", got.Received, got.Flags)
	}
	if len(orderNotes(sum)) != 1 || !strings.Contains(orderNotes(sum)[0], "«Ngày tiếp nhận»") || !strings.Contains(orderNotes(sum)[0], "«Ngày hẹn trả»") {
		t.Errorf("warnings %q", sum.Notes)
	}
	list, sum = read(t, open(t, table(open2...), exchange.Options{Order: exchange.MonthFirst}))
	if got := list[0].Dossier; got.Received.Day != data.Date(2023, 5, 3) || got.Flags&data.DoubtDates != 0 || len(orderNotes(sum)) != 0 {
		t.Errorf("the officer's answer: %v, %q", got.Received, sum.Notes)
	}
	// One column proves it for the other.
	proved := append(open2[:2:2], []string{"A-2", "B", "06/03/2023", "18/03/2023"})
	list, sum = read(t, open(t, table(proved...), exchange.Options{}))
	if list[0].Dossier.Received.Day != data.Date(2023, 3, 5) || len(orderNotes(sum)) != 0 || list[0].Dossier.Flags&data.DoubtDates != 0 {
		t.Errorf("proof from another column: %v, %q", list[0].Dossier.Received, sum.Notes)
	}
}

func TestNumbersOfPeople(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Số điện thoại", "Số CCCD"}
	for _, c := range []struct {
		phone, id, wantPhone, wantID string
		flags                        data.Flag
	}{
		{"0950 492 149", "068360991703", "0950492149", "068360991703", 0},
		{"+84950271585", "252182473", "0950271585", "252182473", 0},
		{"84950271585", "68360991703", "0950271585", "068360991703", 0},
		{"950271585", "99360991703", "0950271585", "99360991703", data.DoubtID},
		{"95027158", "54624114", "95027158", "54624114", data.DoubtPhone | data.DoubtID},
		{"9,5E+08", "6,8201E+10", "9,5E+08", "6,8201E+10", data.DoubtPhone | data.DoubtID},
		{"0950271585.0", "12345678901.0", "0950271585", "012345678901", 0},                                   // what a program added goes, and only that
		{"0950271585.00", "12345678901,0", "0950271585.00", "12345678901,0", data.DoubtPhone | data.DoubtID}, // with the mark stripped: 12 digits each that look right
		{"950271585,0", "68201000123.00", "950271585,0", "68201000123.00", data.DoubtPhone | data.DoubtID},
		{"0950.271.585", "068.201.000.120", "0950271585", "068201000120", 0},
		{"0950492149; 0950492150", "B1234567", "0950492149; 0950492150", "B1234567", 0},
		{"không", "-", "", "", 0},
		{"19001009", "0312345678", "19001009", "0312345678", 0},
	} {
		list, _ := read(t, open(t, table(head, []string{"A-1", "A", "25/03/2023", c.phone, c.id}), exchange.Options{}))
		d := list[0].Dossier
		if d.Owner.Phone != c.wantPhone || d.Owner.Identity != c.wantID || d.Flags&(data.DoubtPhone|data.DoubtID) != c.flags {
			t.Errorf("%q, %q: %q, %q, flags %b", c.phone, c.id, d.Owner.Phone, d.Owner.Identity, d.Flags)
		}
	}
}

func TestStates(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Trạng thái", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả kết quả"}
	for _, c := range []struct {
		state, ended, returned string
		want                   data.Status
		end, back              string
		flags                  data.Flag
	}{
		{"Đang xử lý", "", "", data.Processing, "", "", 0},
		{"4", "", "", data.Processing, "", "", 0},
		{"5. Yêu cầu bổ sung giấy tờ", "", "", data.AwaitSupply, "", "", 0},
		{"Chờ NVTC", "", "", data.AwaitPayment, "", "", 0},
		{"Rút hồ sơ", "28/03/2023", "", data.WithdrawnState, "28/03/2023", "", 0},
		{"Dừng xử lý", "", "", data.Halted, "", "", 0},
		{"Dừng xử lý", "28/03/2023", "", data.Halted, "28/03/2023", "", 0},
		{"Có kết quả", "28/03/2023", "", data.Done, "28/03/2023", "", 0},
		{"Có kết quả", "", "", data.Done, "", "", data.EndUnknown},
		{"Đã trả", "28/03/2023", "30/03/2023", data.Delivered, "28/03/2023", "30/03/2023", 0},
		{"Đã trả", "", "30/03/2023", data.Delivered, "30/03/2023", "30/03/2023", 0},
		{"Mới đăng ký", "", "", data.Registered, "", "", 0},
		{"Không tiếp nhận", "", "", data.NotAccepted, "", "", 0},
		{"", "28/03/2023", "", data.Done, "28/03/2023", "", data.StatusUnsure},
		{"-", "", "", data.Received, "", "", data.StatusUnsure},
		{"Đang xử lý", "01/01/0001", "", data.Processing, "", "", 0},
	} {
		list, _ := read(t, open(t, table(head, []string{"A-1", "A", c.state, "25/03/2023", "29/03/2023", c.ended, c.returned}), exchange.Options{}))
		r := list[0]
		s := r.Dossier.On(data.MaxDay)
		if r.Verdict != exchange.Accepted || s.Status != c.want || s.Ended.String() != c.end || s.Returned.String() != c.back || r.Dossier.Flags != c.flags {
			t.Errorf("%q %q %q: %v, ended %q, returned %q, flags %b, %s", c.state, c.ended, c.returned, s.Status, s.Ended, s.Returned, r.Dossier.Flags, r.Reason)
		}
		if c.flags&data.EndUnknown != 0 && len(r.Notes) == 0 {
			t.Errorf("%q without an end is not noted", c.state)
		}
	}
}

// TestHandOverNeverPrecedesTheEnd: a file that gives the end but not the day of
// hand-over must not close the dossier before its end.
func TestHandOverNeverPrecedesTheEnd(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Trạng thái", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý"}
	list, _ := read(t, open(t, table(head, []string{"A-1", "A", "Đã trả kết quả", "01/03/2023", "15/03/2023", "20/03/2023"}), exchange.Options{}))
	d := list[0].Dossier
	for day, closed := range map[data.Day]bool{data.Date(2023, 3, 19): false, data.Date(2023, 3, 20): true} {
		if s := d.On(day); s.Closed != closed {
			t.Errorf("on %v: closed %v", day, s.Closed)
		}
	}
	if got := d.On(data.Date(2023, 3, 31)).Outcome(data.Date(2023, 3, 31), data.Term{}); got != data.Late {
		t.Errorf("outcome %v", got)
	}
}

func TestUnknownStatesAreAskedOnce(t *testing.T) {
	head := []string{"Mã hồ sơ", "Chủ hồ sơ", "Trạng thái", "Ngày tiếp nhận"}
	content := table(head, []string{"A-1", "A", "Đang luân chuyển", "25/03/2023"}, []string{"A-2", "B", "Đang luân chuyển", "25/03/2023"}, []string{"A-3", "C", "Đang xử lý", "25/03/2023"})
	src := open(t, content, exchange.Options{})
	asked, err := src.Statuses(context.Background())
	if err != nil || len(asked) != 1 || asked["Đang luân chuyển"] != 2 {
		t.Fatalf("%v %v", asked, err)
	}
	list, _ := read(t, open(t, content, exchange.Options{Statuses: map[string]data.Status{"Đang luân chuyển": data.Processing}}))
	for _, r := range list {
		if r.Verdict != exchange.Accepted || r.Dossier.On(data.MaxDay).Status != data.Processing {
			t.Errorf("row %d: %+v", r.Row, r)
		}
	}
}

func TestEditedMapping(t *testing.T) {
	head := []string{"Cột 1", "Cột 2", "Cột 3"}
	content := table(head, []string{"A-1", "Lê Mẫu", "25/03/2023"})
	if _, err := exchange.OpenReader(context.Background(), bytes.NewReader(content), int64(len(content)), "x", exchange.Options{}); sheet.ReasonOf(err) != sheet.NoHeader {
		t.Fatalf("%v", err)
	}
	m := &exchange.Mapping{Sheet: 1, HeaderRows: []int{1}, Columns: []exchange.Column{
		{Number: 1, Fact: exchange.FactCode}, {Number: 2, Fact: exchange.FactOwner}, {Number: 3, Fact: exchange.FactReceived}}}
	src := open(t, content, exchange.Options{Mapping: m})
	list, _ := read(t, src)
	if len(list) != 1 || list[0].Dossier.Code != "A-1" || list[0].Dossier.Owner.Name != "Lê Mẫu" || list[0].Dossier.Received.Day != data.Date(2023, 3, 25) {
		t.Errorf("%+v", list)
	}
	again := src.Mapping()
	if c := again.Column(exchange.FactReceived); c.Order != exchange.DayFirst || len(c.Samples) != 1 {
		t.Errorf("%+v", c)
	}
	m.Sheet = 2
	if _, err := exchange.OpenReader(context.Background(), bytes.NewReader(content), int64(len(content)), "x", exchange.Options{Mapping: m}); data.CodeOf(err) != data.Invalid {
		t.Errorf("sheet 2 of one: %v", err)
	}
}

func TestFingerprintIgnoresRows(t *testing.T) {
	a := open(t, table(small, []string{"A-1", "A", "25/03/2023", ""}), exchange.Options{}).Mapping()
	b := open(t, table([]string{"SỔ THEO DÕI"}, small, []string{"A-2", "B", "26/03/2023", ""}), exchange.Options{}).Mapping()
	c := open(t, table(append(small, "Ghi chú"), []string{"A-2", "B", "26/03/2023", "", ""}), exchange.Options{}).Mapping()
	if a.Fingerprint != b.Fingerprint || a.Fingerprint == c.Fingerprint || a.Fingerprint == "" {
		t.Errorf("%s %s %s", a.Fingerprint, b.Fingerprint, c.Fingerprint)
	}
}

func TestOwnCodesAreStable(t *testing.T) {
	head := []string{"TT", "Họ tên, địa chỉ người nộp hồ sơ", "Nội dung công việc", "Ngày nhận hồ sơ", "Ngày trả thực tế"}
	read1, _ := read(t, open(t, table(head, []string{"1", "Lê A, thôn 1, xã B", "Chứng thực", "25/03/2023", ""}, []string{"2", "Lê A, thôn 1, xã B", "Chứng thực", "26/03/2023", ""}), exchange.Options{}))
	read2, _ := read(t, open(t, table(head, []string{"9", "Lê A, thôn 1, xã B", "Chứng thực", "25/03/2023", "28/03/2023"}), exchange.Options{}))
	if read1[0].Dossier.Code != read2[0].Dossier.Code || read1[0].Dossier.Code == read1[1].Dossier.Code || data.CodeDay(read1[0].Dossier.Code) != data.NoDay {
		t.Errorf("%s, %s, %s", read1[0].Dossier.Code, read1[1].Dossier.Code, read2[0].Dossier.Code)
	}
	if o := read1[0].Dossier.Owner; o.Name != "Lê A" || o.Address != "thôn 1, xã B" {
		t.Errorf("%+v", o)
	}
}

func TestRowsThatAreNone(t *testing.T) {
	content := table(
		[]string{"UBND HUYỆN MẪU", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		[]string{"STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"},
		[]string{"(1)", "(2)", "(3)", "(4)", "(5)"},
		[]string{"I", "UBND xã Hiệp An", "", "", ""},
		[]string{"1", "A-1", "Tổng công ty Mẫu", "25/03/2023", ""},
		[]string{"", "Cộng: 1 hồ sơ", "", "", ""},
		[]string{"STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"},
		[]string{"2. Phòng Tư pháp", "", "", "", ""},
		[]string{"2", "A-2", "Cộng Hòa Thị Mẫu", "26/03/2023", ""},
		[]string{"3", "", "Tổng công ty Không Mã", "26/03/2023", ""},
		[]string{"4", "", "", "", ""},
		[]string{"", "Tổng cộng", "", "2", ""},
		[]string{"", "", "", "", ""},
		[]string{"", "NGƯỜI LẬP BIỂU", "", "THỦ TRƯỞNG", ""},
	)
	list, sum := read(t, open(t, content, exchange.Options{}))
	if sum.Rows != 3 || len(list) != 3 {
		for _, r := range list {
			t.Errorf("row %d, code %q, %s", r.Row, r.Dossier.Code, r.Reason)
		}
		t.FailNow()
	}
	if list[0].Unit != "UBND xã Hiệp An" || list[1].Unit != "Phòng Tư pháp" || list[1].Row != 9 || list[0].Dossier.Origin.Row != 5 {
		t.Errorf("%q %q row %d", list[0].Unit, list[1].Unit, list[1].Row)
	}
	if list[2].Class != exchange.MissingCode {
		t.Errorf("%+v", list[2])
	}
}

// A line of totals is none however it is worded and however many sums it has;
// names that begin alike are dossiers.
func TestLinesOfTotals(t *testing.T) {
	for word, none := range map[string]bool{
		"Tổng": true, "TỔNG": true, "Tổng:": true, "Tổng: 3 hồ sơ": true, "Tổng cộng": true, "Tổng số": true, "Tổng số (2)": true, "Cộng": true, "Cộng:": true,
		"Cộng (I + II)": true, "Lũy kế": true, "Luỹ kế 2023": true, "Tong cong": true, "tong so: 3": true,
		"Tổng công ty Mẫu": false, "Tổng đài Mẫu": false, "Cộngh": false, "Lũy kếm": false, "Tổngs": false,
	} {
		content := table([]string{"STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"}, []string{"1", "A-1", "Lê Mẫu", "25/03/2023", ""},
			[]string{"", word, "3", "2", "1"})
		list, _ := read(t, open(t, content, exchange.Options{}))
		if (len(list) == 1) != none {
			t.Errorf("%q: %d rows, a line of totals %v", word, len(list), none)
		}
	}
}

func TestCancelAndProgress(t *testing.T) {
	rows := [][]string{small}
	for i := range 3000 {
		rows = append(rows, []string{"A-" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26), "B", "25/03/2023", ""})
	}
	calls := 0
	src := open(t, table(rows...), exchange.Options{Progress: func(done, total int64) {
		if calls++; done > total || total == 0 {
			t.Errorf("%d of %d", done, total)
		}
	}})
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := src.Read(ctx, func(*exchange.Record) error {
		if n++; n == 100 {
			cancel()
		}
		return nil
	})
	if data.CodeOf(err) != data.Cancelled || n > 1000 || calls == 0 {
		t.Errorf("%v after %d rows, %d calls", err, n, calls)
	}
	list, err := src.Preview(context.Background(), 5)
	if err != nil || len(list) != 5 {
		t.Errorf("%d rows of preview, %v", len(list), err)
	}
}

func TestMissingFileAndFolder(t *testing.T) {
	if _, err := exchange.Open(context.Background(), filepath.Join(t.TempDir(), "không có.xlsx"), exchange.Options{}); data.CodeOf(err) != data.NotFound {
		t.Errorf("%v", err)
	}
	if _, err := exchange.Open(context.Background(), t.TempDir(), exchange.Options{}); data.CodeOf(err) != data.Refused {
		t.Errorf("%v", err)
	}
}

func TestFactKeys(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range exchange.Facts() {
		back, ok := exchange.ParseFact(f.Key())
		if !ok || back != f || seen[f.Key()] || f.String() == "" {
			t.Errorf("%d %q", f, f.Key())
		}
		seen[f.Key()] = true
	}
	if _, ok := exchange.ParseFact("nothing"); ok {
		t.Error("an unknown key is a fact")
	}
}

func TestFixturesAreWhole(t *testing.T) {
	entries, err := os.ReadDir(fixtures)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(expectations(t)); n != 99 || len(entries) != n+2 {
		t.Errorf("%d expectations, %d files", n, len(entries))
	}
}

// orderNotes are what a summary says about the order of dates.
func orderNotes(sum exchange.Summary) (list []string) {
	for _, n := range sum.Notes {
		if n.Code == exchange.NoteDateOrder {
			list = append(list, n.Text)
		}
	}
	return list
}
