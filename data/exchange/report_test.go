package exchange_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
)

func openReport(t *testing.T, name string) exchange.Report {
	t.Helper()
	src, err := exchange.Open(context.Background(), filepath.Join(fixtures, name), exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return reportOf(t, src)
}

func reportOf(t *testing.T, src *exchange.Source) exchange.Report {
	t.Helper()
	defer src.Close()
	r, err := src.Report(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestReportsOfFixtures reads each family of counts: eight units, a total that
// is their sum, and the figures of one cell of each group.
func TestReportsOfFixtures(t *testing.T) {
	type figures = map[data.Column]int64
	for name, want := range map[string]struct {
		family, form string
		first, total figures
		counts       data.Counts // of the total
	}{
		"B_20columns.xlsx": {"B", "", figures{data.ColReceived: 2271, data.ColNewDirect: 546, data.ColResolved: 2247, exchange.ColUndelivered: 3, data.ColPendingOverdue: 19},
			figures{data.ColReceived: 13552, data.ColNew: 13231},
			data.Counts{NewOnline: 8795, NewDirect: 4436, Carried: 321, Early: 7193, OnTime: 5992, Late: 105, InTime: 142, Overdue: 120}},
		"C_II06a.xlsx": {"C", "II.06a", figures{data.ColReceived: 2310, data.ColNewOnline: 1884, data.ColDirectPostal: 366, data.ColCarried: 60, data.ColPending: 46},
			figures{data.ColReceived: 17632},
			data.Counts{NewOnline: 11469, NewDirect: 5857, Carried: 306, Early: 8745, OnTime: 8409, Late: 203, InTime: 123, Overdue: 152}},
		"C_II06a.xls": {"C", "II.06a", figures{data.ColReceived: 1605, data.ColOnTime: 231}, figures{data.ColReceived: 19026},
			data.Counts{NewOnline: 12088, NewDirect: 6521, Carried: 417, Early: 9799, OnTime: 8840, Late: 114, InTime: 173, Overdue: 100}},
		"D_07a.xlsx": {"D", "07a", figures{data.ColCarried: 50, data.ColNew: 2066, data.ColOnTime: 2079, data.ColPendingInTime: 16}, figures{data.ColNew: 16362},
			data.Counts{NewDirect: 16362, Carried: 414, OnTime: 16305, Late: 190, InTime: 139, Overdue: 142}},
		"F_summary.xlsx": {"F", "", figures{data.ColReceived: 2275, data.ColNewPostal: 9, data.ColWithdrawn: 0, exchange.ColHalted: 0}, figures{data.ColNew: 17169},
			data.Counts{NewOnline: 8681, NewPostal: 72, NewDirect: 8416, Carried: 330, Early: 8868, OnTime: 8228, Late: 188, InTime: 98, Overdue: 117}},
		"H_hanoi.xlsx": {"H", "", figures{data.ColNew: 1134, exchange.ColOnlineFull: 408, exchange.ColAwaitLate: 12, exchange.ColLateSilent: 12, exchange.ColReceipts: 1136},
			figures{data.ColNew: 16014},
			data.Counts{NewOnline: 10060, NewDirect: 5954, OnTime: 15938, Late: 187, Withdrawn: 16, Apologised: 92}},
	} {
		r := openReport(t, name)
		if r.Family != want.family || r.Form != want.form || len(r.Rows) != 8 || !r.HasTotal || len(r.Warnings) > 0 {
			t.Errorf("%s: family %s, form %s, %d rows, %q", name, r.Family, r.Form, len(r.Rows), r.Warnings)
			continue
		}
		if r.Rows[0].Name != "Phòng Tài nguyên và Môi trường" || r.Rows[7].Name != "UBND xã Ninh Gia" || r.Rows[7].Mark != "8" {
			t.Errorf("%s: %+v", name, r.Rows)
		}
		for col, n := range want.first {
			if got, ok := r.Rows[0].Figures[col]; !ok || got != n {
				t.Errorf("%s first row, %s: %d, want %d", name, col, got, n)
			}
		}
		for col, n := range want.total {
			if got := r.Total.Figures[col]; got != n {
				t.Errorf("%s total, %s: %d, want %d", name, col, got, n)
			}
		}
		if got := r.Total.Counts(); got != want.counts {
			t.Errorf("%s: %+v, want %+v", name, got, want.counts)
		}
		sum := data.Counts{}
		for i := range r.Rows {
			sum.Add(r.Rows[i].Counts())
		}
		if sum != want.counts {
			t.Errorf("%s: the rows add up to %+v, want %+v", name, sum, want.counts)
		}
	}
}

// TestReportIsNoRegister refuses to read one as the other.
func TestReportIsNoRegister(t *testing.T) {
	src, err := exchange.Open(context.Background(), filepath.Join(fixtures, "E_full.xlsx"), exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if _, err := src.Report(context.Background()); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

const reportHead = "TT\tĐơn vị\tTổng số nhận giải quyết\tTrực tuyến\tTrực tiếp, BCCI\tTừ kỳ trước\tSố đã giải quyết\tTrước hạn\tĐúng hạn\tQuá hạn\tĐang giải quyết\tTrong hạn\tĐang giải quyết quá hạn\n"

func paste(t *testing.T, text string) exchange.Report {
	t.Helper()
	src, err := exchange.OpenText(context.Background(), text, exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return reportOf(t, src)
}

// TestReportChecks plants a fault in one sum after the other; each is told with
// its row and column, and nothing else is.
func TestReportChecks(t *testing.T) {
	const good = "1\tUBND xã Hiệp An\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n"
	const total = "\tTổng cộng\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n"
	if r := paste(t, reportHead+good+total); len(r.Warnings) > 0 || r.Rows[0].Figures[data.ColReceived] != 1205 {
		t.Fatalf("%q %+v", r.Warnings, r.Rows)
	}
	for name, c := range map[string]struct{ row, heading string }{
		"received":  {"1\tUBND xã Hiệp An\t1.205\t1.000\t200\t4\t1.105\t1.000\t100\t5\t100\t90\t10\n", "Tổng số nhận giải quyết"},
		"resolved":  {"1\tUBND xã Hiệp An\t1.205\t1.000\t200\t5\t1.105\t1.000\t101\t5\t100\t90\t10\n", "Số đã giải quyết"},
		"pending":   {"1\tUBND xã Hiệp An\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t11\n", "Đang giải quyết"},
		"a balance": {"1\tUBND xã Hiệp An\t1.206\t1.001\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n", "Tổng số nhận giải quyết"},
		"text":      {"1\tUBND xã Hiệp An\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\tnăm\t100\t90\t10\n", "Quá hạn"},
		"bad group": {"1\tUBND xã Hiệp An\t1.205\t1.000\t20,5\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n", "Trực tiếp, BCCI"},
	} {
		r := paste(t, reportHead+c.row)
		if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "Dòng 2") || !strings.Contains(r.Warnings[0], "«"+c.heading+"»") {
			t.Errorf("%s: %q", name, r.Warnings)
			continue
		}
		checkSentence(t, r.Warnings[0])
	}
	r := paste(t, reportHead+good+good+total)
	if len(r.Warnings) != 11 || !strings.Contains(r.Warnings[0], "Dòng 4 (tổng cộng)") || !strings.Contains(r.Warnings[0], "2.410") {
		t.Errorf("a total that is not the sum: %q", r.Warnings)
	}
}

// TestReportRows reads bands, levels of rows and splits of a figure.
func TestReportRows(t *testing.T) {
	r := paste(t, "Biểu số II.06a/VPCP/KSTT\n- Đơn vị báo cáo: UBND huyện Mẫu\tQuý III/2022\n(Từ ngày 15/6/2022 đến ngày 14/9/2022)\n"+reportHead+
		"(1)\t(2)\t(3)\t(4)\t(5)\t(6)\t(7)\t(8)\t(9)\t(10)\t(11)\t(12)\t(13)\n"+
		"\tCấp xã\n"+
		"I\tHộ tịch\t3\t2\t1\t-\t3\t1\t2\t-\t-\t-\t-\n"+
		"1\tĐăng ký kết hôn\t2\t1\t1\t0\t2\t1\t1\t0\t0\t0\t0\n"+
		"2\tĐăng ký khai sinh\t1\t1\t0\t0\t1\t0\t1\t0\t0\t0\t0\n"+
		"II\tĐất đai\t10\t10\t0\t0\t9\t9\t0\t0\t1\t1\t0\n"+
		"\tTổng số\t13\t12\t1\t0\t12\t10\t2\t0\t1\t1\t0\n"+
		"\tNGƯỜI LẬP BIỂU\n")
	if len(r.Rows) != 4 || len(r.Warnings) > 0 || r.Rows[0].Group != "Cấp xã" || r.Rows[3].Name != "Đất đai" {
		t.Errorf("%+v %q", r.Rows, r.Warnings)
	}
	if r.Unit != "UBND huyện Mẫu" || r.Form != "II.06a" || r.Period.Key != "nd09:2022-Q3" {
		t.Errorf("%q %q %+v", r.Unit, r.Form, r.Period)
	}
	narrow := paste(t, "Đơn vị báo cáo: UBND xã Mới\tQuý I/2023\n"+reportHead+"1\tHộ tịch\t3\t2\t1\t0\t3\t1\t2\t0\t0\t0\t0\n")
	if narrow.Unit != "UBND xã Mới" || narrow.Period.Key != "2023-Q1" || narrow.Columns[0].Heading != "Tổng số nhận giải quyết" {
		t.Errorf("titles right above the heading: %+v", narrow)
	}
	split := paste(t, "<table><tr><th rowspan=2>STT<th rowspan=2>Đơn vị<th rowspan=2>Tổng số tiếp nhận<th colspan=2>Đã giải quyết trước hạn<th colspan=2>Đã giải quyết quá hạn<th colspan=2>Chờ bổ sung"+
		"<tr><th>Kỳ trước<th>Trong kỳ<th>Kỳ trước<th>Trong kỳ<th>Kỳ trước<th>Trong kỳ<tr><td>1<td>Phòng Mẫu<td>1,010<td>3<td>4<td>5<td>6<td>7<td>8</table>")
	f := split.Rows[0].Figures
	if f[data.ColReceived] != 1010 || f[data.ColEarly] != 7 || f[data.ColLate] != 11 || f[data.ColWaiting] != 15 || f[data.ColCarried] != 0 {
		t.Errorf("%v", f)
	}
}

// TestReportPeriods reads the period out of the lines above a table.
func TestReportPeriods(t *testing.T) {
	for line, want := range map[string]string{
		"Quý III/2022": "2022-Q3", "Quý 2 năm 2023": "2023-Q2", "6 tháng đầu năm 2022": "2022-H1", "9 tháng đầu năm 2023": "2023-9M", "Tháng 11/2022": "2022-11",
		"BÁO CÁO NĂM 2022": "2022", "(Từ ngày 01/01/2022 đến ngày 31/12/2022)": "2022", "Từ ngày 01 tháng 4 năm 2022 đến ngày 30 tháng 6 năm 2022": "2022-Q2",
		"Kỳ báo cáo: Từ ngày 15/12/2021 đến ngày 14/3/2022": "nd09:2022-Q1", "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020": "",
		"Đức Trọng, ngày 05 tháng 3 năm 2023": "", "Năm học mới": "",
	} {
		r := paste(t, line+"\n"+reportHead+"1\tPhòng Mẫu\t1\t1\t0\t0\t1\t1\t0\t0\t0\t0\t0\n")
		if r.Period.Key != want {
			t.Errorf("%q: %q, want %q", line, r.Period.Key, want)
		}
	}
	r := paste(t, "Từ ngày 02/01/2022 đến ngày 05/02/2022\n"+reportHead+"1\tPhòng Mẫu\t1\t1\t0\t0\t1\t1\t0\t0\t0\t0\t0\n")
	if r.Period.From != data.Date(2022, 1, 2) || r.Period.To != data.Date(2022, 2, 5) {
		t.Errorf("%+v", r.Period)
	}
}
