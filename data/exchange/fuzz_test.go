package exchange_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"giaoban/data"
	"giaoban/data/exchange"
	"golang.org/x/text/unicode/norm"
)

// FuzzImport reads any bytes as a file: it is refused, or every record keeps
// the rules of a dossier.
func FuzzImport(f *testing.F) {
	for _, name := range []string{"box_header_only.xlsx", "bad_dimension.xlsx", "G_overdue.xlsx"} {
		if b, err := os.ReadFile(filepath.Join(fixtures, name)); err == nil {
			f.Add(b)
		}
	}
	f.Add(table(full, []string{"A-1", "Lê Mẫu", "0950492149", "Tổ 1", "Đang xử lý", "01/03/2023 08:00", "15/03/2023", "", "", "", "x"}))
	f.Add([]byte("<table><tr><th>Mã hồ sơ<th>Chủ hồ sơ<th>Ngày tiếp nhận<tr><td colspan=3>I. UBND xã A<tr><td>A-1<td>B<td>ngày 5 tháng 3 năm 2023</table>"))
	f.Add([]byte("MaHoSo,NgayTiepNhan,TrangThaiHoSo,DanhSachHoSoBoSung\nA,20230305,5,\"[{\"\"NgayHenTraMoi\"\":\"\"20230401\"\"}]\"\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		ctx := context.Background()
		src, err := exchange.OpenReader(ctx, bytes.NewReader(content), int64(len(content)), "x", exchange.Options{Today: today})
		if err != nil {
			if data.CodeOf(err) != data.Refused {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		codes := map[string]bool{}
		_, err = src.Read(ctx, func(r *exchange.Record) error {
			if r.Verdict == exchange.Rejected && (r.Class == "" || r.Reason == "") {
				t.Fatalf("row %d rejected for nothing", r.Row)
			}
			if r.Verdict != exchange.Accepted {
				return nil
			}
			if err := r.Dossier.Validate(today); err != nil {
				t.Fatalf("row %d: %v", r.Row, err)
			}
			if codes[r.Dossier.Code] {
				t.Fatalf("code %q twice", r.Dossier.Code)
			}
			codes[r.Dossier.Code] = true
			for _, s := range []string{r.Dossier.Code, r.Dossier.Owner.Name, r.Unit, r.Dossier.Note} {
				if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || s != strings.TrimSpace(s) {
					t.Fatalf("not clean: %q", s)
				}
			}
			if merged, changes, err := exchange.Merge(r.Dossier, r, exchange.MergeOptions{}); err != nil || len(changes) > 0 {
				t.Fatalf("a row differs from itself: %q, %v, %+v", changes, err, merged)
			}
			return nil
		})
		if err != nil && data.CodeOf(err) != data.Refused {
			t.Fatalf("%v is no refusal", err)
		}
	})
}

// FuzzDate reads any text as a day of receipt.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"05/03/2023 08:30:00", "8 giờ 30 phút, ngày 05/3/2023", "44990,35", "20230305083000", "2023-03-05T08:30:00+07:00", "1E9", "31/2/23 25:61"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if len(cell) > 200 || strings.ContainsAny(cell, "\r\n\x00") {
			return
		}
		src, err := exchange.OpenReader(context.Background(), bytes.NewReader(table(small, []string{"A-1", "A", cell, ""})), int64(len(table(small, []string{"A-1", "A", cell, ""}))), "x", exchange.Options{Today: today})
		if err != nil {
			return // bytes that make the file another kind
		}
		list, _ := read(t, src)
		for _, r := range list {
			if r.Verdict == exchange.Accepted {
				if y := r.Dossier.Received.Day.Year(); y < data.FirstYear || r.Dossier.Received.Day > today {
					t.Fatalf("%q became %v", cell, r.Dossier.Received)
				}
			}
		}
	})
}

// FuzzReport reads any text as a pasted table of counts: what is read is
// written as form II.06a and read again with the same figures.
func FuzzReport(f *testing.F) {
	f.Add("Đơn vị báo cáo: UBND xã Mẫu\nQuý III/2022\n" + reportHead + "1\tHộ tịch\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n\tTổng cộng\t1.205\t1.000\t200\t5\t1.105\t1.000\t100\t5\t100\t90\t10\n")
	f.Add("<table><tr><th rowspan=2>STT<th rowspan=2>Đơn vị<th colspan=2>Tiếp nhận<th colspan=2>Đã xử lý<tr><th>Tổng số<th>Kỳ trước<th>Trước hạn<th>Quá hạn<tr><td>1<td>A<td>1,010<td>-<td>5<td>12,5%</table>")
	f.Fuzz(func(t *testing.T, text string) {
		ctx := context.Background()
		src, err := exchange.OpenText(ctx, text, exchange.Options{Today: today})
		if err != nil {
			if data.CodeOf(err) != data.Refused {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		r, err := src.Report(ctx)
		if err != nil {
			if code := data.CodeOf(err); code != data.Refused && code != data.Invalid {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		for _, row := range append(r.Rows, r.Total) {
			for col, n := range row.Figures {
				if n < 0 || n > 1e15 || col == "" {
					t.Fatalf("%s: %d", col, n)
				}
			}
			if !utf8.ValidString(row.Name) || !norm.NFC.IsNormalString(row.Name) {
				t.Fatalf("not clean: %q", row.Name)
			}
		}
		var out bytes.Buffer
		if err := exchange.WriteReport(&out, "C", &r); err != nil {
			t.Fatal(err)
		}
	})
}
