package docx_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"giaoban/data/exchange/docx"
	"giaoban/data/exchange/sheet"
)

// TestWhatIsWrittenIsRead: the reader of the house finds paragraphs, merged cells and
// lines of cells again, and every character that a document can hold.
func TestWhatIsWrittenIsRead(t *testing.T) {
	var out bytes.Buffer
	w := docx.NewWriter(&out, docx.Page{Landscape: true})
	w.Paragraph("BẢNG TIÊU CHÍ", docx.Text{Bold: true, Size: 14, Across: "center"})
	w.Table(docx.Table{Widths: []float64{14, 0, 20}, Head: 2})
	w.Row(docx.Cell{Value: "STT", Tall: true}, docx.Cell{Value: "Nội dung", Cols: 2})
	w.Row(docx.Cell{Value: "không hiện", Goes: true}, docx.Cell{Value: "Tên"}, docx.Cell{Value: "Điểm"})
	w.Row(docx.Cell{Value: "1"}, docx.Cell{Value: "Tỷ lệ < 80% & «a»\ndòng hai"}, docx.Cell{Value: "0,50", Shade: true})
	w.Paragraph("Ghi chú: hết.", docx.Text{Italic: true})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || book.Container != sheet.DOCX || len(book.Sheets()) != 1 {
		t.Fatal(book, err)
	}
	var rows []string
	for row, err := range sheet.Each(book.Rows(t.Context(), 0)) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, string(c.Text))
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	if got := strings.Join(rows, " / "); got != "STT|Nội dung / Tên|Điểm / 1|Tỷ lệ < 80% & «a»\ndòng hai|0,50" {
		t.Error(got)
	}
	beside := book.Beside()
	if len(beside) != 2 || beside[0] != (sheet.Beside{Text: "BẢNG TIÊU CHÍ"}) || beside[1] != (sheet.Beside{Text: "Ghi chú: hết.", Before: 1}) {
		t.Errorf("%+v", beside)
	}
	spans, _, err := book.Merged(t.Context(), 0)
	if err != nil || len(spans) != 2 {
		t.Error(spans, err)
	}
}

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

// TestNoRoom: what cannot be written is told when the document is closed.
func TestNoRoom(t *testing.T) {
	w := docx.NewWriter(&full{left: 600}, docx.Page{})
	w.Paragraph(strings.Repeat("chữ ", 100), docx.Text{})
	if err := w.Close(); err == nil {
		t.Error("written without room")
	}
}
