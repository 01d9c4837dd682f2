package briefing_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// pagesOf prints a document and returns its pages as pdftotext reads them, with
// single blanks.
func pagesOf(t *testing.T, d *paper.Document, err error) []string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	raw, err := d.Bytes()
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, p := range strings.Split(strings.TrimSuffix(string(out), "\f"), "\f") {
		pages = append(pages, strings.Join(strings.Fields(p), " "))
	}
	return pages
}

// early is a February that is cut off on the 15th, with the year before cut alike.
func early() *briefing.Input {
	in := sample()
	in.Period, _ = data.ParsePeriod("2022-02")
	in.Before = in.Period.Before()
	in.AsOf = data.Date(2022, 2, 15)
	for _, t := range []*data.Table{&in.ByField, &in.ByUnit, &in.ByLevel} {
		t.Period, t.AsOf = in.Period, in.AsOf
	}
	for _, t := range []*data.Table{&in.ByFieldBefore, &in.ByUnitBefore, &in.ByLevelBefore} {
		t.Period, t.AsOf = in.Before, data.Date(2021, 2, 15)
	}
	in.Months = []briefing.Month{{Label: "01–15/2", Received: 72997 + 10521 - 61, Resolved: 84264, Overdue: 18}}
	in.MonthsBefore = []briefing.Month{{Label: "01–15/2", Received: 60000, Resolved: 60000, Overdue: 9}}
	return in
}

// An early cut-off stands in the first sentence, in the head of every annex and of
// every form, and under every chart.
func TestAnEarlyCutOffIsToldEverywhere(t *testing.T) {
	ctx := context.Background()
	d, err := briefing.Build(ctx, early(), nil, paper.Options{})
	pages := pagesOf(t, d, err)
	const until = "số liệu đến 15/02/2022"
	all := strings.Join(pages, " ")
	for _, want := range []string{
		"Trong kỳ báo cáo (từ ngày 01/02/2022 đến ngày 28/02/2022, " + until + "), các cơ quan, đơn vị tiếp nhận 86.314 hồ sơ",
		"so với cùng kỳ năm 2021 (số liệu đến 15/02/2021).",
		"Tháng 2/2022 (từ ngày 01/02/2022 đến ngày 28/02/2022, " + until + ") so với tháng 2/2021 (từ ngày 01/02/2021 đến ngày 28/02/2021, số liệu đến 15/02/2021)",
		"(Tính đến ngày 15/02/2022)", "số liệu tính đến 15/02/2022; cùng kỳ đến 15/02/2021.", "Hồ sơ quá hạn chưa giải quyết: đến 15/02/2022 còn 18",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	for i, p := range pages {
		if strings.Contains(p, "Phụ lục I ") || strings.Contains(p, "Phụ lục II ") || strings.Contains(p, "Phụ lục III ") {
			if !strings.Contains(p, "đến ngày 28/02/2022, "+until+")") {
				t.Errorf("the annex on page %d hides the cut-off: %.300s", i+1, p)
			}
		}
	}
	for name, build := range map[string]func(context.Context, *briefing.Input, paper.Options) (*paper.Document, error){"by field": briefing.BuildByField, "by unit": briefing.BuildByUnit} {
		d, err := build(ctx, early(), paper.Options{})
		if p := pagesOf(t, d, err)[0]; !strings.Contains(p, "(Từ ngày 01/02/2022 đến ngày 28/02/2022, "+until+")") {
			t.Errorf("%s hides the cut-off: %.300s", name, p)
		}
	}
	in := early()
	in.Before = data.Period{}
	d, err = briefing.Build(ctx, in, nil, paper.Options{})
	if all := strings.Join(pagesOf(t, d, err), " "); !strings.Contains(all, "Tháng 2/2022 (từ ngày 01/02/2022 đến ngày 28/02/2022, "+until+") Kỳ báo cáo") {
		t.Error("the annex of rates hides the cut-off")
	}
	// At the end of the period nothing is said.
	d, err = briefing.Build(ctx, sample(), nil, paper.Options{})
	if all := strings.Join(pagesOf(t, d, err), " "); strings.Contains(all, "số liệu đến") || strings.Contains(all, "cùng kỳ đến") {
		t.Error("a cut-off at the end of the period is called early")
	}
}

// overdueIn gives the input units with so many overdue dossiers.
func overdueIn(counts ...int64) *briefing.Input {
	in := sample()
	in.ByUnit = data.Table{Period: in.Period, AsOf: in.AsOf}
	names := []string{"Xã Đông An", "Xã An Bình", "Xã Ấp Mới", "Xã Ea Súp", "Xã Dương Hòa", "Xã Bình Dương", "Xã Cẩm Thủy", "Xã Ô Môn", "Xã Yên Đức", "Xã Ân Thi", "Xã Hòa An", "Xã Ý Yên", "Xã Long Hồ"}
	for i, n := range counts {
		in.ByUnit.Rows = append(in.ByUnit.Rows, data.Row{Key: fmt.Sprint(i), Name: names[i], Counts: data.Counts{NewOnline: 10 + n, Early: 10, Overdue: n}})
	}
	return in
}

// Units that share a place are all named, in Vietnamese order, or counted where
// they are many.
func TestTiesAreNamed(t *testing.T) {
	for _, c := range []struct {
		counts     []int64
		top, title string
	}{
		{[]int64{5}, "Xã Đông An (5 hồ sơ)", "1 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã Đông An, 5 hồ sơ"},
		{[]int64{1, 1}, "Xã An Bình (1 hồ sơ), Xã Đông An (1 hồ sơ)", "2 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã An Bình và Xã Đông An, mỗi đơn vị 1 hồ sơ"},
		{[]int64{2, 2, 2, 1}, "Xã An Bình (2 hồ sơ), Xã Ấp Mới (2 hồ sơ), Xã Đông An (2 hồ sơ)", "4 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã An Bình, Xã Ấp Mới và Xã Đông An, mỗi đơn vị 2 hồ sơ"},
		{[]int64{7, 4, 4, 4, 2}, "Xã Đông An (7 hồ sơ), Xã An Bình (4 hồ sơ), Xã Ấp Mới (4 hồ sơ), Xã Ea Súp (4 hồ sơ)", "5 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã Đông An, 7 hồ sơ"},
		{[]int64{7, 4, 4, 4, 4}, "Xã Đông An (7 hồ sơ), 4 đơn vị khác (mỗi đơn vị 4 hồ sơ)", "5 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã Đông An, 7 hồ sơ"},
		{[]int64{3, 3, 3, 3, 1}, "4 đơn vị (mỗi đơn vị 3 hồ sơ)", "5 đơn vị còn hồ sơ quá hạn, nhiều nhất là 4 đơn vị, mỗi đơn vị 3 hồ sơ"},
		{[]int64{1, 1, 1, 1}, "4 đơn vị (mỗi đơn vị 1 hồ sơ)", "4 đơn vị còn hồ sơ quá hạn, mỗi đơn vị 1 hồ sơ"},
	} {
		in := overdueIn(c.counts...)
		got := ""
		for _, f := range briefing.Figures(in) {
			if f.Name == "units.top" {
				got = f.Value
			}
		}
		if got != c.top {
			t.Errorf("%v:\n got %q\nwant %q", c.counts, got, c.top)
		}
		d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
		if all := strings.Join(pagesOf(t, d, err), " "); !strings.Contains(all, c.title+" ") {
			t.Errorf("%v: the chart does not say %q", c.counts, c.title)
		}
	}
}

// A table that shows ten of thirteen units says so, and its sum is that of all.
func TestTheTableOfUnitsSaysThatItIsCut(t *testing.T) {
	in := overdueIn(9, 8, 7, 6, 5, 5, 5, 4, 4, 3, 2, 2, 1)
	d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
	all := strings.Join(pagesOf(t, d, err), " ")
	for _, want := range []string{"(10 đơn vị nhiều nhất trong 13 đơn vị)", "và 3 đơn vị khác 35 30 0 5", "Cộng 13 đơn vị còn hồ sơ quá hạn 191 130 0 61", "vẽ 10 đơn vị nhiều nhất, 3 đơn vị khác còn 5 hồ sơ."} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	in = overdueIn(2, 1)
	d, err = briefing.Build(context.Background(), in, nil, paper.Options{})
	all = strings.Join(pagesOf(t, d, err), " ")
	if !strings.Contains(all, "Cộng 2 đơn vị còn hồ sơ quá hạn 23 20 0 3") || strings.Contains(all, "đơn vị khác") || strings.Contains(all, "nhiều nhất trong") {
		t.Error("a table of two units is called cut, or has no sum")
	}
}

// Units of several classes are compared apart: each has its own first place, its own cut
// and its own chart, and the sum of all stands once.
func TestClassesOfUnitsAreComparedApart(t *testing.T) {
	in := overdueIn(9, 8, 7, 6, 5, 5, 5, 4, 4, 3, 2, 2, 1)
	in.UnitClass = func(key string) data.Class {
		if key == "1" || key == "3" {
			return data.Class{ID: 1, Name: "Cấp tỉnh"}
		}
		return data.Class{ID: 2, Name: "Cấp xã"}
	}
	if i := slices.IndexFunc(briefing.Figures(in), func(f briefing.Figure) bool { return f.Name == "units.top" }); briefing.Figures(in)[i].Value != "Cấp tỉnh: Xã An Bình (8 hồ sơ), Xã Ea Súp (6 hồ sơ); "+
		"Cấp xã: Xã Đông An (9 hồ sơ), Xã Ấp Mới (7 hồ sơ), Xã Bình Dương (5 hồ sơ), Xã Cẩm Thủy (5 hồ sơ), Xã Dương Hòa (5 hồ sơ)" {
		t.Errorf("%q", briefing.Figures(in)[i].Value)
	}
	d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
	all := strings.Join(pagesOf(t, d, err), " ")
	for _, want := range []string{
		"Cấp tỉnh: 2 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã An Bình, 8 hồ sơ", "Cấp xã: 11 đơn vị còn hồ sơ quá hạn, nhiều nhất là Xã Đông An, 9 hồ sơ", "vẽ 10 đơn vị nhiều nhất, 1 đơn vị khác còn 1 hồ sơ.",
		"Cấp tỉnh 1 Xã An Bình 18 10 0 8 2 Xã Ea Súp 16 10 0 6 Cộng 2 đơn vị còn hồ sơ quá hạn 34 20 0 14", "Cấp xã (10 đơn vị nhiều nhất trong 11 đơn vị) 1 Xã Đông An 19 10 0 9 2 Xã Ấp Mới",
		"và 1 đơn vị khác 11 10 0 1 Cộng 11 đơn vị còn hồ sơ quá hạn 157 110 0 47 Cộng 13 đơn vị còn hồ sơ quá hạn 191 130 0 61",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
}

// What nobody recorded is a dash and no bar, never a nought.
func TestWhatIsMissingIsNotNought(t *testing.T) {
	in := sample()
	for l := range in.LevelRates {
		for i, r := range in.LevelRates[l] {
			if r.ID == "digitised" || r.ID == "published" {
				in.LevelRates[l][i].Now, in.LevelRates[l][i].Before = data.Ratio{}, data.Ratio{}
			}
		}
	}
	for i := range in.Rates {
		switch r := &in.Rates[i]; r.ID {
		case "digitised":
			r.Now, r.Before = data.Ratio{}, data.Ratio{}
		case "published":
			r.Before = data.Ratio{}
		}
	}
	in.Months = append(in.Months[:2:2], briefing.Month{Label: "T3", Missing: true})
	d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
	pages := pagesOf(t, d, err)
	all := strings.Join(pages, " ")
	body := all[:strings.Index(all, "Phụ lục I ")]
	for _, not := range []string{"Số hóa hồ sơ", "Hồ sơ được số hóa"} {
		if strings.Contains(body, not) {
			t.Errorf("%q is in the report", not)
		}
	}
	for _, want := range []string{"– – – – – – –", "Dấu «–» là không có số liệu để tính"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	if !strings.Contains(body, "Đồng bộ lên Cổng") {
		t.Error("the rate with figures of this year has no bar")
	}
}

// Letters in the list are those of the letter book and those that only the source
// knows; the report says how many of each.
func TestLettersOutsideTheBookAreToldApart(t *testing.T) {
	in := sample()
	for i := range in.Overdue {
		in.Overdue[i].Outside = i%3 == 1
	}
	with := 0
	for _, o := range in.Overdue {
		if o.Apology {
			with++
		}
	}
	outside := len(slices.DeleteFunc(slices.Clone(in.Overdue), func(o form.Overdue) bool { return !o.Outside }))
	d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
	all := strings.Join(pagesOf(t, d, err), " ")
	for _, want := range []string{
		fmt.Sprintf("%d hồ sơ đã có thư xin lỗi (%d hồ sơ có thư chỉ ghi trong nguồn nhập, ngoài Sổ thư xin lỗi), ", with, outside),
		fmt.Sprintf("%d = %d + %d", with, with-outside, outside), "«Có, ngoài sổ» là có thư xin lỗi ghi sẵn trong nguồn nhập",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	if in.Code() == sample().Code() {
		t.Error("the code does not change with the letters")
	}
}

// Both annexes of form II.06a have their head.
func TestEveryAnnexHasItsHead(t *testing.T) {
	d, err := briefing.Build(context.Background(), sample(), nil, paper.Options{})
	pages := pagesOf(t, d, err)
	for i, want := range []string{"Theo lĩnh vực", "Theo đơn vị"} {
		name := "Phụ lục " + strings.Repeat("I", i+1) + " "
		at := slices.IndexFunc(pages, func(p string) bool { return strings.Contains(p, name) })
		if at < 0 {
			t.Fatalf("no %s", name)
		}
		page := pages[at]
		for _, text := range []string{"Biểu số II.06a/VPCP/KSTT", "(" + want + ")", "Kỳ báo cáo: Năm 2022", "(Từ ngày 01/01/2022 đến ngày 31/12/2022)"} {
			if !strings.Contains(page, text) {
				t.Errorf("%s: no %q", name, text)
			}
		}
	}
}

// The chart of flows speaks of the lines that it draws, that of arrears names every
// month that ties.
func TestTitlesOfCharts(t *testing.T) {
	in := sample()
	for i := range in.Months {
		in.Months[i].Overdue = 3
	}
	in.Months[2].Overdue, in.Months[7].Overdue = 9, 9
	d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
	all := strings.Join(pagesOf(t, d, err), " ")
	for _, want := range []string{"Mới tiếp nhận 83.518 hồ sơ, đã giải quyết 84.264 hồ sơ", "cao nhất 9 (cuối T3, T8), cuối kỳ còn 18", "Hồ sơ trực tuyến tăng từ 67,65 % lên 87,40 %"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	if strings.Contains(all, "trên 86.314") {
		t.Error("the title speaks of another figure than the line")
	}
	for i := range in.Months {
		in.Months[i].Overdue = 3
	}
	d, err = briefing.Build(context.Background(), in, nil, paper.Options{})
	if all := strings.Join(pagesOf(t, d, err), " "); !strings.Contains(all, "cao nhất 3 (cuối 12 tháng)") {
		t.Error("a tie of many months is not counted")
	}
}

// The statistical forms and the list of their own have title, rows, their own total
// and who signs.
func TestFormsOfTheirOwnAreWhole(t *testing.T) {
	in := sample()
	in.ByUnit.Total.NewOnline++ // told apart from the total by field
	ctx := context.Background()
	for _, c := range []struct {
		build func(context.Context, *briefing.Input, paper.Options) (*paper.Document, error)
		wants []string
	}{
		{briefing.BuildByField, []string{"(Theo lĩnh vực)", "Tổng cộng 86.314 72.997 ", "Trần Thị Mẫu", "Nguyễn Văn Mẫu"}},
		{briefing.BuildByUnit, []string{"(Theo đơn vị)", "Tổng cộng 86.315 72.998 ", "Trần Thị Mẫu", "Nguyễn Văn Mẫu"}},
		{briefing.BuildOverdue, []string{"DANH SÁCH HỒ SƠ QUÁ HẠN", "(Tính đến ngày 31/12/2022)", "000.00.16.H49-221101-0012", "NGƯỜI LẬP DANH SÁCH", "Trần Thị Mẫu"}},
	} {
		d, err := c.build(ctx, in, paper.Options{})
		all := strings.Join(pagesOf(t, d, err), " ")
		for _, want := range c.wants {
			if !strings.Contains(all, want) {
				t.Errorf("no %q in %.200s", want, all)
			}
		}
	}
}

// Officers tell the figures of a level from those of the office by their labels.
func TestLabelsNameTheirLevel(t *testing.T) {
	for _, f := range briefing.Figures(sample()) {
		level := strings.HasPrefix(f.Name, "xa.") && f.Name != "xa.name"
		if level != strings.Contains(f.Label, "(Cấp xã)") || strings.Contains(f.Label, "()") {
			t.Errorf("%s is called %q", f.Name, f.Label)
		}
	}
}
