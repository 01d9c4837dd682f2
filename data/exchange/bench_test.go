package exchange_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/exchange"
	"github.com/xuri/excelize/v2"
)

// makeWorkbook writes a register of rows by 20 columns, as a province exports
// it: every cell text, dates as text.
func makeWorkbook(tb testing.TB, rows int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	head := []any{"STT", "Đơn vị tiếp nhận", "Người tiếp nhận", "Lĩnh vực", "Mã TTHC", "Tên thủ tục hành chính", "Mã hồ sơ", "Trạng thái",
		"Hình thức nộp", "Địa chỉ", "Người nộp", "Chủ hồ sơ", "Số điện thoại", "Số CCCD", "Ngày nộp hồ sơ", "Ngày tiếp nhận",
		"Ngày hẹn trả", "Ngày kết thúc xử lý", "Nội dung", "Ghi chú"}
	if err := w.SetRow("A1", head); err != nil {
		tb.Fatal(err)
	}
	units := []string{"Phòng Tư pháp", "UBND xã Hiệp An", "UBND thị trấn Liên Nghĩa", "Phòng Tài nguyên và Môi trường"}
	matters := []string{"Chứng thực bản sao từ bản chính", "Đăng ký kết hôn", "Cấp giấy phép xây dựng nhà ở riêng lẻ"}
	states := []string{"Đã trả kết quả", "Đang xử lý", "Đã xử lý xong"}
	for i := range rows {
		day := data.Date(2022, 1, 3) + data.Day(i/200)
		y, m, d := day.Civil()
		date := fmt.Sprintf("%02d/%02d/%04d %02d:%02d:00", d, int(m), y, 7+i%10, i%60)
		due := (day + 10).String() + " 17:00:00"
		ended := ""
		if i%3 != 1 {
			ended = (day + data.Day(i%15)).String() + " 17:30:00"
		}
		name := fmt.Sprintf("Nguyễn Thị Hồng Ánh %d", i)
		cells := []any{i + 1, units[i%4], fmt.Sprintf("Cán bộ một cửa %d", i%9), "Hộ tịch", "2.000815", matters[i%3],
			fmt.Sprintf("H36.70.%02d-%02d%02d%02d-%04d", i%8+1, y%100, int(m), d, i%10000), states[i%3], "Trực tuyến", fmt.Sprintf("Thôn %d, xã Hiệp An", i%40),
			name, name, fmt.Sprintf("095%07d", i), fmt.Sprintf("068%09d", i), date, date, due, ended, matters[(i+1)%3], ""}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "so.xlsx")
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

// peakHeap watches the heap while f runs and returns its highest point over
// the start.
func peakHeap(f func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	start := m.HeapAlloc
	var peak atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), m.HeapAlloc))
			}
		}
	}()
	f()
	close(stop)
	<-done
	return peak.Load() - min(start, peak.Load())
}

func readAll(tb testing.TB, path string, rows int) {
	src, err := exchange.Open(context.Background(), path, exchange.Options{Today: today})
	if err != nil {
		tb.Fatal(err)
	}
	defer src.Close()
	sum, err := src.Read(context.Background(), func(*exchange.Record) error { return nil })
	if err != nil {
		tb.Fatal(err)
	}
	if sum.Accepted != rows {
		tb.Fatalf("%d accepted of %d: %v", sum.Accepted, rows, sum.Classes)
	}
}

func readExcelize(tb testing.TB, path string) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkImport reads 100.000 rows of 20 columns with all checks and reports
// the time as a part of what excelize's row iterator takes just to read them.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	path := makeWorkbook(b, rows)
	start := time.Now()
	readExcelize(b, path)
	other := time.Since(start)
	peak := peakHeap(func() { readAll(b, path, rows) })
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		readAll(b, path, rows)
	}
	one := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(one)/float64(other), "of-excelize")
	b.ReportMetric(float64(rows)/one.Seconds(), "rows/s")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}

// TestMemoryStaysFlat reads files of two sizes: what the larger one needs beyond
// the smaller is the hash of each code, not its rows.
func TestMemoryStaysFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("writes two workbooks")
	}
	small, large := makeWorkbook(t, 1_000), makeWorkbook(t, 8_000)
	readAll(t, small, 1_000)
	a := peakHeap(func() { readAll(t, small, 1_000) })
	b := peakHeap(func() { readAll(t, large, 8_000) })
	if b > a+8<<20 {
		t.Errorf("%d kB for 1.000 rows, %d kB for 8.000", a>>10, b>>10)
	}
}
