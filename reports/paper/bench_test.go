package paper_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"giaoban/assets"
	"giaoban/reports/paper"
)

// bookRows is the register of the town of seed 003.
const bookRows = 34170

var bookWidths = []float64{11, 25.5, 38, 12, 27, 31, 21, 18, 18, 18, 15, 13, 16.8}

func bookCells(i int, cells []string) []string {
	procedures := [...]string{"Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", "Đăng ký khai sinh", "Cấp giấy phép xây dựng nhà ở riêng lẻ",
		"Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng", "Chứng thực bản sao từ bản chính"}
	people := [...]string{"Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Hoàng Minh Đức", "Phạm Thị Dung"}
	cells[0], cells[1] = fmt.Sprint(i+1), fmt.Sprintf("000.00.16.H49-22%02d%02d-%04d", 1+i%12, 1+i%28, i%9999)
	cells[2], cells[3] = procedures[i%5], "1"
	cells[4], cells[5] = people[i%4], fmt.Sprintf("Khu %d, phường Mạo Khê; 09%08d", i%40, i*7919%100000000)
	cells[6] = "Phòng Tài nguyên và Môi trường"
	cells[7], cells[8], cells[9] = fmt.Sprintf("%02d/%02d/2022", 1+i%28, 1+i%12), fmt.Sprintf("%02d/%02d/2022", 1+i%27, 1+i%12), fmt.Sprintf("%02d/%02d/2022", 1+i%26, 1+i%12)
	cells[10], cells[11], cells[12] = "Trực tiếp", "", ""
	return cells
}

func book(rows int, record bool) *paper.Document {
	d := paper.New(context.Background(), paper.Options{Record: record})
	d.Section(paper.Section{Landscape: true, Margins: paper.Lists})
	t := paper.Table{Size: 10, Rows: rows}
	for _, w := range bookWidths {
		t.Columns = append(t.Columns, paper.Column{Width: w})
	}
	cells := [2][]string{make([]string, 13), make([]string, 13)}
	t.At = func(i int) paper.Row { return paper.Row{Cells: bookCells(i, cells[i&1])} }
	d.Table(t)
	return d
}

// bareBook draws the same cells with plain calls of gofpdf: the texts already
// broken into lines and placed, and the edge of each cell as part of its call.
func bareBook(boxes []paper.Box, rows int) ([]byte, error) {
	pdf := gofpdf.New("L", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddUTF8FontFromBytes("serif", "", bytes.Clone(assets.SerifRegular))
	pdf.SetFont("serif", "", 10)
	page := 0
	for _, b := range boxes {
		for page < b.Page {
			pdf.AddPage()
			page++
		}
		pdf.SetXY(b.X, b.Y)
		pdf.CellFormat(b.W, b.H, b.Text, "", 0, "L", false, 0, "")
	}
	// The edges: one rectangle a cell.
	pdf.SetPage(1)
	for i := range rows * len(bookWidths) {
		if i%(17*len(bookWidths)) == 0 {
			pdf.SetPage(min(page, 1+i/(17*len(bookWidths))))
		}
		pdf.Rect(float64(i%13)*50, float64(i%400), 50, 30, "D")
	}
	var b bytes.Buffer
	err := pdf.Output(&b)
	return b.Bytes(), err
}

func BenchmarkRegisterBook(b *testing.B) {
	d := book(bookRows, true)
	boxes := d.Boxes()
	b.Run("paper", func(b *testing.B) {
		for b.Loop() {
			out, err := book(bookRows, false).Bytes()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(out))/1e6, "MB")
		}
	})
	b.Run("gofpdf", func(b *testing.B) {
		for b.Loop() {
			out, err := bareBook(boxes, bookRows)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(out))/1e6, "MB")
		}
	})
}

// The bar is 1,5 times (architecture.md, Speed); a part of the book is enough
// to see whether the layout costs more than the drawing.
func TestTheRegisterBookIsNotSlowerThanBareDrawing(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("a measurement, which the race detector distorts")
	}
	const rows = bookRows / 17
	boxes := book(rows, true).Boxes()
	took := func(f func() ([]byte, error)) time.Duration {
		start := time.Now()
		if _, err := f(); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	// In turn, the least of each: what else the machine does must not look like ours.
	ours, bare := time.Hour, time.Hour
	for range 5 {
		ours = min(ours, took(func() ([]byte, error) { return book(rows, false).Bytes() }))
		bare = min(bare, took(func() ([]byte, error) { return bareBook(boxes, rows) }))
	}
	if ratio := float64(ours) / float64(bare); ratio > 1.5 {
		t.Errorf("%v against %v: %.2f times", ours, bare, ratio)
	}
}
