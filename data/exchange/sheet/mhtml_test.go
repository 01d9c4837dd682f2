package sheet_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf16"

	"giaoban/data/exchange/sheet"
)

// webArchive is a book of several sheets as Excel saves it in a single file web
// page: a page of frames, its tabs and the sheets.
func webArchive(island string) string {
	part := func(kind, encoding, location, body string) string {
		if encoding == "base64" {
			body = base64.StdEncoding.EncodeToString([]byte(body))
		}
		return "------=_Next\r\nContent-Location: " + location + "\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-Type: " + kind + "; charset=\"utf-8\"\r\n\r\n" + body + "\r\n\r\n"
	}
	page := func(state, cell string) string {
		return `<html><head><xml><x:WorksheetOptions>` + state + `</x:WorksheetOptions></xml></head><body><table><tr><td>` + cell + `</td></tr></table></body></html>`
	}
	return "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"----=_Next\"\r\n\r\nThis document is a Single File Web Page.\r\n\r\n" +
		part("text/html", "8bit", "file:///C:/so.htm", `<html><head><xml>`+island+`</xml></head><frameset rows="*,39"><frame src="so_files/sheet001.htm"><frame src="so_files/tabstrip.htm"></frameset></html>`) +
		part("text/html", "quoted-printable", "file:///C:/so_files/sheet001.htm", page("<x:Visible>SheetHidden</x:Visible>", "nh=C3=A1p")) +
		part("text/css", "8bit", "file:///C:/so_files/stylesheet.css", "td {}") +
		part("text/html", "8bit", "file:///C:/so_files/tabstrip.htm", page("", "các trang")) +
		part("text/html", "base64", "file:///C:/so_files/sheet%20002.HTM", page("", "hồ sơ")) +
		part("text/html", "8bit", "file:///C:/so_files/sheet003.htm", `<html>không bảng</html>`) +
		"------=_Next--\r\n"
}

// TestFramesOfWebArchive reads the sheets that a page of frames names, not the
// tabs below them.
func TestFramesOfWebArchive(t *testing.T) {
	sheetOf := func(name, file string) string {
		return `<x:ExcelWorksheet><x:Name>` + name + `</x:Name><x:WorksheetSource HRef="so_files/` + file + `"/></x:ExcelWorksheet>`
	}
	for name, c := range map[string]struct{ content, names, cells string }{
		"named":       {webArchive(`<x:ExcelWorkbook><x:ExcelWorksheets>` + sheetOf("Nháp", "sheet001.htm") + sheetOf("Hồ sơ &amp; sổ", "sheet%20002.htm") + sheetOf("Trống", "sheet003.htm") + `</x:ExcelWorksheets></x:ExcelWorkbook>`), "Nháp (ẩn)|Hồ sơ & sổ", "nháp|hồ sơ"},
		"not named":   {webArchive(""), " (ẩn)|", "nháp|hồ sơ"},
		"bare breaks": {strings.ReplaceAll(webArchive(""), "\r\n", "\n"), " (ẩn)|", "nháp|hồ sơ"},
	} {
		book, err := sheet.Open(strings.NewReader(c.content), int64(len(c.content)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var names, cells []string
		for i, info := range book.Infos() {
			if info.Hidden {
				info.Name += " (ẩn)"
			}
			names = append(names, info.Name)
			rows, err := book.Rows(context.Background(), i)
			if err != nil {
				t.Fatal(err)
			}
			var row sheet.Row
			for rows.Next(&row) == nil {
				cells = append(cells, string(row.Cells[0].Text))
			}
			if _, known, err := book.Merged(context.Background(), i); err != nil || !known {
				t.Errorf("%s: merged cells %v %v", name, known, err)
			}
		}
		if strings.Join(names, "|") != c.names || strings.Join(cells, "|") != c.cells || book.Container != sheet.MHTML {
			t.Errorf("%s: %q %q", name, names, cells)
		}
	}
	alone := `<html><head></head><frameset><frame src="so_files/sheet001.htm"></frameset></html>`
	if _, err := dump([]byte(alone)); sheet.ReasonOf(err) != sheet.Frames {
		t.Errorf("frames alone: %v", err)
	}
}

// TestWideHTML reads HTML in UTF-16, with and without a mark.
func TestWideHTML(t *testing.T) {
	text := `<html><head><meta http-equiv=Content-Type content="text/html; charset=unicode"></head><body><table><tr><td>Mã &amp; tên</td><td rowspan=2>Đ</td></tr><tr><td>ngày</td></tr></table></body></html>`
	for _, mark := range []string{"\uFEFF", ""} {
		for _, big := range []bool{false, true} {
			var b bytes.Buffer
			for _, u := range utf16.Encode([]rune(mark + text)) {
				if big {
					b.Write([]byte{byte(u >> 8), byte(u)})
				} else {
					b.Write([]byte{byte(u), byte(u >> 8)})
				}
			}
			if got, err := dump(b.Bytes()); err != nil || got != "1:1=Mã & tên 1:2=Đ 2:1=ngày" {
				t.Errorf("mark %q, big %v: %q %v", mark, big, got, err)
			}
		}
	}
}

// FuzzWebArchive reads any bytes as a web archive.
func FuzzWebArchive(f *testing.F) {
	f.Add(webArchive(`<x:ExcelWorksheet><x:Name>A</x:Name><x:WorksheetSource HRef="so_files/sheet001.htm"/></x:ExcelWorksheet>`))
	f.Add("MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>a</table>")
	f.Fuzz(func(t *testing.T, content string) {
		walkAll(t, []byte("MIME-Version: 1.0\r\n"+content))
	})
}
