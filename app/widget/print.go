package widget

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"giaoban/data"
)

// PrintJob is a PDF file to be printed on A4.
type PrintJob struct {
	File    string // path of the PDF
	Title   string // name in the list of the printer
	Printer string // name of a printer, "" for the usual one
	Copies  int    // 0 means one
	Pages   string // ranges as ParsePages returns them, "" for all
}

// ParsePages reads which pages are to be printed, such as "1-3, 5", as printing
// systems take it: "1-3,5". An empty text is all of them.
func ParsePages(text string) (string, error) {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		from, to, is := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(part), "-")
		if !is {
			to = from
		}
		a, err1 := data.ParseCount(from, 99999)
		b, err2 := data.ParseCount(to, 99999)
		if err1 != nil || err2 != nil || a < 1 || b < a {
			return "", data.Fail(data.Invalid, "Không hiểu «"+part+"» là trang nào. Ghi số trang hoặc khoảng trang, cách nhau bằng dấu phẩy, như 1-3, 5.", nil)
		}
		out = append(out, part)
		if is {
			out[len(out)-1] = fmt.Sprintf("%d-%d", a, b)
		}
	}
	return strings.Join(out, ","), nil
}

// PrintWay says what became of a job.
type PrintWay uint8

// The ways.
const (
	PrintQueued PrintWay = iota + 1 // handed to the printer
	PrintOpened                     // opened in the PDF program, where the officer prints it
)

// PrinterInfo is a printer of the system.
type PrinterInfo struct {
	Name    string
	Default bool
}

// Print hands a PDF to the printing system. It waits for a program; call it off
// the main goroutine. The error is a *data.Error with a sentence for the officer.
func Print(ctx context.Context, job PrintJob) (PrintWay, error) { return printFile(ctx, job) }

// Printers lists the printers of the system, the usual one first. An empty list
// without an error means that the system does not tell them. Call it off the
// main goroutine.
func Printers(ctx context.Context) ([]PrinterInfo, error) { return listPrinters(ctx) }

func noPrinting(cause error) error {
	return data.Fail(data.NotFound, "Máy này chưa cài hệ thống in. Xuất PDF rồi in bằng máy khác, hoặc nhờ người quản trị cài máy in.", cause)
}

func noPrinter(cause error) error {
	return data.Fail(data.NotFound, "Máy này chưa có máy in nào. Nhờ người quản trị cài máy in rồi in lại, hoặc xuất PDF và in bằng máy khác.", cause)
}

func printFailed(said string, cause error) error {
	message := "Máy in không nhận bản in. Kiểm tra máy in đã bật và đã được chọn, rồi in lại."
	if said != "" {
		message += " Máy in báo: «" + said + "»."
	}
	return data.Fail(data.Conflict, message, cause)
}
