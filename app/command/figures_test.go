package command_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giaoban/app/command"
)

type row struct {
	Key             string `json:"key"`
	Name            string `json:"name"`
	Received        int    `json:"received"`
	NewOnline       int    `json:"new_online"`
	NewDirectPostal int    `json:"new_direct_postal"`
	NewPostal       int    `json:"new_postal"`
	Carried         int    `json:"carried"`
	Resolved        int    `json:"resolved"`
	Early           int    `json:"early"`
	OnTime          int    `json:"on_time"`
	Late            int    `json:"late"`
	Withdrawn       int    `json:"withdrawn"`
	Pending         int    `json:"pending"`
	PendingInTime   int    `json:"pending_in_time"`
	PendingOverdue  int    `json:"pending_overdue"`
	Waiting         int    `json:"waiting"`
}

func (r row) columns() map[string]int {
	return map[string]int{"received": r.Received, "new_online": r.NewOnline, "new_direct_postal": r.NewDirectPostal, "new_postal": r.NewPostal,
		"carried": r.Carried, "resolved": r.Resolved, "early": r.Early, "on_time": r.OnTime, "late": r.Late, "withdrawn": r.Withdrawn,
		"pending": r.Pending, "pending_in_time": r.PendingInTime, "pending_overdue": r.PendingOverdue, "waiting": r.Waiting}
}

type rate struct {
	ID              string  `json:"id"`
	Name            string  `json:"name"`
	Numerator       int     `json:"numerator"`
	Denominator     int     `json:"denominator"`
	DenominatorName string  `json:"denominator_name"`
	Percent         string  `json:"percent"`
	Previous        *string `json:"previous"`
	ChangePoints    *string `json:"change_points"`
}

type figures struct {
	Period struct {
		From  string `json:"from"`
		To    string `json:"to"`
		Label string `json:"label"`
	} `json:"period"`
	Rows  []row  `json:"rows"`
	Total row    `json:"total"`
	Rates []rate `json:"rates"`
}

type dossier struct {
	Code          string  `json:"code"`
	Procedure     *string `json:"procedure"`
	ProcedureCode *string `json:"procedure_code"`
	Content       *string `json:"content"`
	Field         *string `json:"field"`
	Unit          *string `json:"unit"`
	Owner         *string `json:"owner"`
	Identity      *string `json:"identity"`
	Phone         *string `json:"phone"`
	Address       *string `json:"address"`
	Channel       *string `json:"channel"`
	Received      *string `json:"received"`
	ReceivedTime  *string `json:"received_time"`
	Due           *string `json:"due"`
	Ended         *string `json:"ended"`
	Returned      *string `json:"returned"`
	Status        *int    `json:"status"`
	Copies        *int    `json:"copies"`
	Note          *string `json:"note"`
}

func figuresOf(t *testing.T, file string, args ...string) figures {
	t.Helper()
	return parse[figures](t, must(t, append([]string{"figures", "--json", "--file", file}, args...)...))
}

func dossiersOf(t *testing.T, file string, args ...string) []dossier {
	t.Helper()
	return parse[[]dossier](t, must(t, append([]string{"dossiers", "--json", "--file", file}, args...)...))
}

// checkSums holds the identities of form II.06a (register-and-reports 4.2).
func checkSums(t *testing.T, f figures) {
	t.Helper()
	sum := map[string]int{}
	for _, r := range append(f.Rows, f.Total) {
		if r.Received != r.NewOnline+r.NewDirectPostal+r.Carried || r.Resolved != r.Early+r.OnTime+r.Late || r.Pending != r.PendingInTime+r.PendingOverdue ||
			r.Received != r.Resolved+r.Pending || r.NewPostal > r.NewDirectPostal || r.Withdrawn > r.OnTime || r.Waiting > r.PendingInTime || r.Key == "" || r.Name == "" {
			t.Errorf("%s: the row does not add up: %+v", f.Period.Label, r)
		}
	}
	for _, r := range f.Rows {
		for c, n := range r.columns() {
			sum[c] += n
		}
	}
	for c, n := range f.Total.columns() {
		if sum[c] != n {
			t.Errorf("%s: the rows of %s make %d of %d", f.Period.Label, c, sum[c], n)
		}
	}
}

var rateIDs = []string{"on_time", "early", "late", "online", "postal", "online_payment", "digitised", "e_result", "resolved", "published", "satisfied"}

// TestArticle003 compares the demonstration office with the figures that the
// source article prints (register-and-reports 8.4).
func TestArticle003(t *testing.T) {
	file := demo(t)
	f := figuresOf(t, file, "--period", "2022", "--by", "level", "--compare")
	checkSums(t, f)
	if f.Period.From != "2022-01-01" || f.Period.To != "2022-12-31" || f.Period.Label != "Năm 2022" || len(f.Rows) != 3 {
		t.Fatalf("%+v", f.Period)
	}
	town, communes, vertical := f.Rows[0], f.Rows[1], f.Rows[2]
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"town received", town.Received, 34170}, {"town new", town.Received - town.Carried, 31731}, {"town resolved", town.Resolved, 32514},
		{"town early, hundreds", town.Early / 100, 182}, {"town late", town.Late, 0}, {"town online", town.NewOnline, 29291},
		{"communes received", communes.Received, 25615}, {"communes resolved", communes.Resolved, 25397}, {"communes online", communes.NewOnline, 23596},
		{"communes new", communes.Received - communes.Carried, 25438},
		{"vertical received", vertical.Received, 26529}, {"vertical resolved", vertical.Resolved, 26353},
		{"total received", f.Total.Received, 34170 + 25615 + 26529}, {"total resolved", f.Total.Resolved, 32514 + 25397 + 26353},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
		}
	}
	if town.Key != "huyen" || communes.Key != "xa" || vertical.Key != "nganh-doc" || communes.Early*100 <= communes.Resolved*95 {
		t.Errorf("levels %s, %s, %s; communes early %d of %d", town.Key, communes.Key, vertical.Key, communes.Early, communes.Resolved)
	}
	var ids []string
	for _, r := range f.Rates {
		ids = append(ids, r.ID)
		if r.Previous == nil || r.ChangePoints == nil || r.Numerator > r.Denominator || r.Denominator == 0 || r.DenominatorName == "" {
			t.Errorf("rate %+v", r)
		}
	}
	if !slices.Equal(ids, rateIDs) {
		t.Errorf("rates %v", ids)
	}

	list := dossiersOf(t, file, "--period", "2022", "--column", "pending_overdue", "--level", "xa", "--level", "nganh-doc")
	if len(list) != f.Total.PendingOverdue || len(list) == 0 {
		t.Errorf("overdue: %d listed, figure %d", len(list), f.Total.PendingOverdue)
	}
	for _, one := range list {
		if one.Ended != nil || one.Due == nil || *one.Due >= "2022-12-31" {
			t.Errorf("overdue lists %v", text(one))
		}
	}
	formHoldsTheFigures(t, file, f.Total)
}

// formHoldsTheFigures reads the total of form II.06a out of the PDF.
func formHoldsTheFigures(t *testing.T, file string, f row) {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	want := []int{f.Received, f.NewOnline, f.NewDirectPostal, f.Carried, f.Resolved, f.Early, f.OnTime, f.Late, f.Pending, f.PendingInTime, f.PendingOverdue}
	out := filepath.Join(t.TempDir(), "bieu.pdf")
	must(t, "report", "ii06a-linh-vuc", "--period", "2022", "--date", "2023-01-05", "--out", out, "--file", file)
	text, err := exec.Command(pdftotext, "-layout", out, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(string(text)) {
		if !strings.Contains(strings.ToLower(line), "tổng cộng") {
			continue
		}
		var got []int
		for _, s := range regexp.MustCompile(`[0-9][0-9.]*`).FindAllString(line, -1) {
			n, err := strconv.Atoi(strings.ReplaceAll(s, ".", ""))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, n)
		}
		found = found || slices.Equal(got, want)
	}
	if !found || !bytes.Contains(text, []byte("Năm 2022")) {
		t.Errorf("the form does not print %v:\n%s", want, text[max(0, len(text)-3000):])
	}
}

// TestEveryFigureHasItsList compares each column of each row of each grouping
// with the list behind it, on registers of the fixtures.
func TestEveryFigureHasItsList(t *testing.T) {
	file := office(t)
	flags := map[string]string{"field": "--field", "unit": "--unit", "procedure": "--procedure", "level": "--level", "channel": "--channel"}
	asked, seen := 0, map[string]bool{}
	for _, period := range [][]string{{"--period", "2022"}, {"--from", "2023-01-01", "--to", "2023-06-30", "--as-of", "2023-03-31"}} {
		for by, flag := range flags {
			f := figuresOf(t, file, append([]string{"--by", by}, period...)...)
			checkSums(t, f)
			for i, r := range append(f.Rows, f.Total) {
				query := slices.Clone(period)
				if i < len(f.Rows) {
					query = append(query, flag, r.Key)
				}
				for column, want := range r.columns() {
					// Each column of the total by unit, and a sample of the others.
					if (i < len(f.Rows) || by != "unit") && (i+len(column))%24 != 0 {
						continue
					}
					asked++
					if want > 0 {
						seen[column] = true
					}
					if got := len(dossiersOf(t, file, append(query, "--column", column)...)); got != want {
						t.Errorf("by %s, %s, %s: %d listed, figure %d", by, r.Name, column, got, want)
					}
				}
			}
		}
	}
	if asked < 30 || len(seen) < 10 {
		t.Errorf("only %d figures asked, columns %v", asked, seen)
	}
	for _, r := range figuresOf(t, file, "--period", "2022").Rates {
		if got := len(dossiersOf(t, file, "--period", "2022", "--rate", r.ID)); got != r.Numerator {
			t.Errorf("rate %s: %d listed, numerator %d", r.ID, got, r.Numerator)
		}
		if r.Previous != nil || r.ChangePoints != nil {
			t.Errorf("rate %s is compared without --compare", r.ID)
		}
	}
}

func TestFiguresOfNothing(t *testing.T) {
	f := figuresOf(t, office(t), "--period", "1999", "--compare")
	if f.Rows == nil || len(f.Rows) != 0 || f.Total.Received != 0 || len(f.Rates) != len(rateIDs) {
		t.Errorf("%+v", f)
	}
	for _, r := range f.Rates {
		if r.Percent != "-" || r.ChangePoints != nil {
			t.Errorf("rate of nothing: %+v", r)
		}
	}
}

func TestDossiers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", "--file", file, write(t, "it.csv",
		"Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận",
		"HS-1;Đăng ký kết hôn;Trần Văn Mẫu;17/03/2023"))
	must(t, "import", "--file", file, write(t, "du.csv",
		"Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Nội dung;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Số CCCD;Số điện thoại;Địa chỉ;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Ngày trả kết quả;Trạng thái;Số bộ;Ghi chú",
		"HS-2;9.999999;Thủ tục thử;Nội dung thử;Lĩnh vực thử;UBND xã Thử;Lê Thị Mẫu;099123456789;0950123456;Thôn 1;Trực tuyến;20/03/2023 08:30;27/03/2023;24/03/2023;28/03/2023;Đã trả kết quả;2;Ghi chú thử",
		"HS-3;9.999999;Thủ tục thử;;Lĩnh vực thử;UBND xã Thử;Đỗ Văn Mẫu;;;;Bưu chính công ích;21/03/2023;28/03/2023;;;Đang xử lý;;"))
	s := func(text string) *string { return &text }
	n := func(n int) *int { return &n }
	bare := dossier{Code: "HS-1", Procedure: s("Đăng ký kết hôn"), Owner: s("Trần Văn Mẫu"), Received: s("2023-03-17"), Status: n(2)}
	full := dossier{"HS-2", s("Thủ tục thử"), s("9.999999"), s("Nội dung thử"), s("Lĩnh vực thử"), s("UBND xã Thử"), s("Lê Thị Mẫu"), s("099123456789"), s("0950123456"),
		s("Thôn 1"), s("online"), s("2023-03-20"), s("08:30"), s("2023-03-27"), s("2023-03-24"), s("2023-03-28"), n(10), n(2), s("Ghi chú thử")}
	one := func(args ...string) dossier {
		t.Helper()
		list := dossiersOf(t, file, args...)
		if len(list) != 1 {
			t.Fatalf("%v: %d dossiers", args, len(list))
		}
		return list[0]
	}
	same := func(what string, got, want dossier) {
		t.Helper()
		if a, b := fmt.Sprint(text(got)), fmt.Sprint(text(want)); a != b {
			t.Errorf("%s:\n%s\nwant\n%s", what, a, b)
		}
	}
	got := one("tran van mau")
	got.ProcedureCode, got.Field = nil, nil // what the shipped catalogue adds is its own affair
	same("a bare dossier", got, bare)
	same("a full dossier", one("HS-2"), full)
	// As of a day within its life.
	full.Ended, full.Returned, full.Status = nil, nil, n(2)
	same("as of 23/03/2023", one("hs-2", "--as-of", "2023-03-23"), full)
	if got := one("hs-2", "as-of=2023-03-25"); *got.Status != 9 || got.Returned != nil || got.Ended == nil {
		t.Errorf("as of 25/03/2023: %v", text(got))
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"HS-3 HS-2 HS-1", nil}, {"HS-1 HS-2 HS-3", []string{"--sort", "code"}}, {"HS-3 HS-2 HS-1", []string{"sort=owner"}},
		{"HS-3 HS-2", []string{"--unit", "ubnd xa thu"}}, {"HS-1", []string{"--unit", "0"}}, {"HS-3 HS-2", []string{"--procedure", "9.999999"}},
		{"HS-3", []string{"--channel", "postal"}}, {"HS-2", []string{"channel=online"}}, {"HS-1", []string{"--channel", "direct"}},
		{"HS-2", []string{"--status", "10"}}, {"HS-3 HS-1", []string{"--status", "2", "--status", "4"}}, {"HS-3", []string{"--limit", "1"}},
		{"HS-2", []string{"--outcome", "early"}}, {"HS-3", []string{"--outcome", "pending_overdue"}}, {"HS-2 HS-1", []string{"--to", "2023-03-20", "--from", "2023-03-17"}},
		{"HS-2", []string{"mẫu", "--level", "xa", "--status", "10"}}, {"", []string{"khong co ai"}}, {"HS-3 HS-2", []string{"--field", "lĩnh vực thử"}},
	} {
		var codes []string
		for _, d := range dossiersOf(t, file, c.args...) {
			codes = append(codes, d.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("dossiers %v: %q, want %q", c.args, got, c.want)
		}
		if said := must(t, append([]string{"dossiers", "--file", file}, c.args...)...); !strings.HasSuffix(said, fmt.Sprintf("%d hồ sơ\n", len(codes))) {
			t.Errorf("dossiers %v says %q", c.args, said)
		}
		if slices.ContainsFunc(c.args, func(a string) bool { return a == "--status" || a == "--limit" || a == "--channel" }) {
			exported(t, file, codes, c.args)
		}
	}
	for _, args := range [][]string{{"--unit", "khong co"}, {"--field", "khong co"}, {"--procedure", "khong co"}, {"--level", "khong-co"}} {
		fails(t, command.ExitFailed, append([]string{"dossiers", "--json", "--file", file}, args...)...)
	}
}

// text shows what pointers point to.
func text(d dossier) []any {
	var out []any
	for _, p := range []*string{&d.Code, d.Procedure, d.ProcedureCode, d.Content, d.Field, d.Unit, d.Owner, d.Identity, d.Phone, d.Address, d.Channel,
		d.Received, d.ReceivedTime, d.Due, d.Ended, d.Returned, d.Note} {
		if p == nil {
			out = append(out, "null")
		} else {
			out = append(out, *p)
		}
	}
	for _, p := range []*int{d.Status, d.Copies} {
		if p == nil {
			out = append(out, "null")
		} else {
			out = append(out, *p)
		}
	}
	return out
}

// exported imports what export wrote of a list into a new file.
func exported(t *testing.T, file string, codes []string, args []string) {
	t.Helper()
	for _, kind := range []string{"xlsx", "csv"} {
		out := filepath.Join(t.TempDir(), "ra."+kind)
		must(t, append([]string{"export", "--out", out, "--file", file}, args...)...)
		if text := !bytes.HasPrefix(bytesOf(t, out), []byte("PK")); text != (kind == "csv") {
			t.Errorf("%s holds another kind of file", out)
		}
		fresh := filepath.Join(t.TempDir(), "moi.db")
		must(t, "import", out, "--file", fresh)
		var got []string
		for _, d := range dossiersOf(t, fresh) {
			got = append(got, d.Code)
		}
		want := slices.Sorted(slices.Values(codes))
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("export %v as %s holds %v, dossiers lists %v", args, kind, got, want)
		}
	}
}

// TestExportRoundTrip exports all dossiers and imports them into a new file: the
// same counts and the same figures.
func TestExportRoundTrip(t *testing.T) {
	file := office(t)
	out := filepath.Join(t.TempDir(), "tat-ca.xlsx")
	must(t, "export", "--out", out, "--file", file)
	fresh := filepath.Join(t.TempDir(), "moi.db")
	all := dossiersOf(t, file, "--sort", "code")
	r := parse[[]imported](t, must(t, "import", out, "--json", "--file", fresh))
	counted := 0
	for _, d := range all {
		if *d.Status != 1 && *d.Status != 3 {
			counted++
		}
	}
	if len(r) != 1 || r[0].Rows != len(all) || r[0].New != len(all) || r[0].Rejected != 0 || counted < 100 {
		t.Fatalf("%d exported, %+v", len(all), r)
	}
	back := dossiersOf(t, fresh, "--sort", "code")
	for i := range all {
		all[i].Content, back[i].Content = nil, nil // the layout has no column for it
		if a, b := fmt.Sprint(text(all[i])), fmt.Sprint(text(back[i])); a != b {
			t.Errorf("%s came back as\n%s, was\n%s", all[i].Code, b, a)
		}
	}
	for _, by := range []string{"unit", "field", "channel"} {
		a, b := figuresOf(t, file, "--from", "2020-01-01", "--to", "2026-06-01", "--by", by), figuresOf(t, fresh, "--from", "2020-01-01", "--to", "2026-06-01", "--by", by)
		if a.Total != b.Total || len(a.Rows) != len(b.Rows) || a.Total.Received == 0 {
			t.Errorf("by %s: %+v, was %+v", by, b.Total, a.Total)
			continue
		}
		for i := range a.Rows {
			a.Rows[i].Key, b.Rows[i].Key = "", ""
			if a.Rows[i] != b.Rows[i] {
				t.Errorf("by %s: %+v, was %+v", by, b.Rows[i], a.Rows[i])
			}
		}
	}
}

func TestReports(t *testing.T) {
	file := office(t)
	list := parse[[]struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		About string `json:"about"`
	}](t, must(t, "report", "list", "--json"))
	plain := must(t, "report", "list")
	var names []string
	for _, r := range list {
		names = append(names, r.Name)
		if r.Title == "" || r.About == "" || !strings.Contains(plain, r.Name) {
			t.Errorf("report %+v", r)
		}
		dir := t.TempDir()
		a, b := filepath.Join(dir, "a.pdf"), filepath.Join(dir, "b.pdf")
		for _, out := range []string{a, b} {
			must(t, "report", r.Name, "--from", "2022-10-01", "--to", "2023-03-31", "--out", out, "--file", file)
		}
		one := bytesOf(t, a)
		if !bytes.HasPrefix(one, []byte("%PDF-")) || !bytes.Equal(one, bytesOf(t, b)) {
			t.Errorf("%s: %d bytes, the same twice: %v", r.Name, len(one), bytes.Equal(one, bytesOf(t, b)))
		}
		if left, _ := os.ReadDir(dir); len(left) != 2 {
			t.Errorf("%s left %v", r.Name, left)
		}
	}
	if want := []string{"giao-ban", "goi-tai-lieu", "cchc", "phu-luc-cchc", "chi-tieu", "x1-tien-do", "x2-truc-tuyen", "x3-so-hoa", "x4-thanh-toan", "x5-qua-han", "nguyen-nhan", "ii07b", "khong-phat-sinh",
		"s3-mau-03", "s4-phieu", "s5-tu-danh-gia", "s6-sipas", "de-nghi-khen",
		"ii06a-linh-vuc", "ii06a-don-vi", "ii06a-tong-hop", "qua-han", "so-theo-doi", "danh-sach", "trong-ky", "so-xin-loi",
		"giay-moi", "chuong-trinh", "danh-sach-du", "bien-ban", "thong-bao-ket-luan"}; !slices.Equal(names, want) {
		t.Errorf("reports %v", names)
	}
	sheet := filepath.Join(t.TempDir(), "x1.xlsx")
	must(t, "report", "x1-tien-do", "--period", "2022", "--out", sheet, "--file", file)
	if !bytes.HasPrefix(bytesOf(t, sheet), []byte("PK")) {
		t.Error("no workbook is written")
	}
	fails(t, command.ExitFailed, "report", "x1-tien-do", "--period", "2022", "--unit", "Phòng không có", "--out", sheet, "--file", file)
	fails(t, command.ExitFailed, "report", "giao-ban", "--period", "2022", "--out", filepath.Join(t.TempDir(), "nha", "khong-co", "x.pdf"), "--file", file)
}
