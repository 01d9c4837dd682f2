package env

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/disk"
)

// ShowSlips shows papers of dossiers as they will print, and offers to print or to
// keep them. name is the file name proposed, without its extension.
func (e *Env) ShowSlips(title, name string, slips []papers.Slip) {
	e.ShowPDF(title, name, func(ctx context.Context, preview bool) ([]byte, error) {
		return papers.Slips(ctx, e.Desk, slips, preview)
	})
}

// ShowPDF shows a paper as it will print. write makes it: once as a preview, and
// once more when it is really printed or kept.
func (e *Env) ShowPDF(title, name string, write func(ctx context.Context, preview bool) ([]byte, error)) {
	e.draw(write, true, func(preview []byte, err error) {
		if err != nil {
			e.Fail(title, err)
			return
		}
		p := &printing{e: e, title: title, name: name, write: write}
		p.show(preview)
	})
}

func (e *Env) draw(write func(context.Context, bool) ([]byte, error), preview bool, done func([]byte, error)) {
	var pdf []byte
	e.Run("Đang lập trang in", func(ctx context.Context, _ widget.Report) (err error) {
		pdf, err = write(ctx, preview)
		return err
	}, func(err error) { done(pdf, err) })
}

// printing is a paper in a dialog.
type printing struct {
	e           *Env
	title, name string
	write       func(context.Context, bool) ([]byte, error)
	view        *widget.PDFView
	dialog      *widget.Dialog
}

func (p *printing) show(preview []byte) {
	p.view = widget.NewPDFView(p.e.Engine)
	p.view.SetPDF(preview, false)
	size := p.e.Window.Canvas().Size()
	save := widget.NewButton("Xuất PDF", widget.IconPDF, p.keep)
	p.dialog = widget.ShowDialog(p.e.Window, widget.DialogOptions{
		Title: p.title, Content: container.NewStack(widget.Tall(max(300, (size.Height-190)/widget.Scaled(1)), p.view)),
		Default: "In…", Cancel: "Đóng", Extra: []*widget.Button{save}, Width: min(900, (size.Width-80)/widget.Scaled(1)),
		OnCancel:  p.view.Close,
		OnDefault: func() bool { p.print(); return false },
	})
}

// whole draws the paper itself, not its preview.
func (p *printing) whole(then func(pdf []byte)) {
	p.e.draw(p.write, false, func(pdf []byte, err error) {
		if err != nil {
			p.dialog.ShowError(err)
			return
		}
		then(pdf)
	})
}

func (p *printing) keep() { p.e.savePDF(p.title, p.name, p.whole, p.dialog.ShowError) }

// savePDF asks where a paper is kept and writes what draw makes there.
func (e *Env) savePDF(title, name string, draw func(then func(pdf []byte)), fail func(error)) {
	e.Files.Save(widget.FileQuestion{Title: title, Purpose: "report", Name: name + ".pdf", Filters: []widget.FileFilter{widget.FilterPDF}}, func(path string) {
		draw(func(pdf []byte) {
			if err := keepPDF(path, pdf); err != nil {
				fail(err)
				return
			}
			e.Toast("Đã ghi " + filepath.Base(path) + ".")
		})
	})
}

// keepPDF writes a paper, whole or not at all.
func keepPDF(path string, pdf []byte) error {
	return disk.Put(path, pdf)
}

func (p *printing) print() {
	p.whole(func(pdf []byte) {
		p.view.Close()
		p.dialog.Close()
		p.e.PrintPDF(p.name, pdf)
	})
}

// PrintFile returns the path for a file that is printed, in a private folder that goes
// once the printer has taken it over, when the program ends, or at its next start.
func PrintFile(name string) (string, error) {
	dir, err := disk.TempFolder(disk.Scratch(), disk.SeenCopy)
	if err != nil {
		return "", disk.Fail("Không tạo được tệp tạm để in trong "+disk.Name(disk.Scratch()), err)
	}
	return filepath.Join(dir, name), nil
}

// PrintPDF prints a paper that is drawn, as AskPrint does; name is its file name
// without extension.
func (e *Env) PrintPDF(name string, pdf []byte) {
	fail := func(err error) { e.notPrinted(name, pdf, err) }
	path, err := PrintFile(name + ".pdf")
	if err == nil {
		err = keepPDF(path, pdf)
	}
	if err != nil {
		fail(err)
		return
	}
	e.AskPrint(path, fail)
}

// notPrinted tells why a paper was not printed; where there is no printer it offers
// to keep the paper.
func (e *Env) notPrinted(name string, pdf []byte, err error) {
	const title = "Không in được"
	switch {
	case err == nil:
	case data.CodeOf(err) == data.NotFound:
		e.Confirm(title, err.Error(), "Xuất PDF…", func() {
			e.savePDF("Xuất PDF", name, func(then func([]byte)) { then(pdf) }, func(err error) { e.Fail("Không xuất được PDF", err) })
		})
	default:
		e.Fail(title, err)
	}
}

// AskPrint asks for the printer and the number of copies, then prints a file of PrintFile.
// A failure goes to fail; nil takes an earlier one away.
func (e *Env) AskPrint(path string, fail func(error)) {
	widget.Background(func() {
		printers, err := widget.Printers(context.Background())
		widget.Post(func() {
			if err != nil {
				fail(err)
				return
			}
			e.askPrint(path, printers, fail)
		})
	})
}

func (e *Env) askPrint(path string, printers []widget.PrinterInfo, fail func(error)) {
	options := []widget.Option{}
	for _, p := range printers {
		text := p.Name
		if p.Default {
			text += " (mặc định)"
		}
		options = append(options, widget.Option{Key: p.Name, Text: text})
	}
	printer := widget.NewPicker(options, nil)
	printer.Placeholder, printer.Width = "Máy in mặc định", 320
	copies := widget.NewField("")
	copies.SetValue("1")
	pages := widget.NewField("tất cả; hoặc 1-3, 5")
	fields := []fyne.CanvasObject{widget.NewFieldBox("Máy in", printer), widget.NewFieldBox("Số bản", copies), widget.NewFieldBox("Trang", pages)}
	widget.ShowForm(e.Window, "In", fields, "In", func() error {
		n, err := data.ParseCount(copies.Value(), 200)
		if err != nil || n < 1 {
			return data.Fail(data.Invalid, "Số bản là số từ 1 đến 200.", err)
		}
		ranges, err := widget.ParsePages(pages.Value())
		if err != nil {
			return err
		}
		job := widget.PrintJob{File: path, Title: "Sổ Giao Ban", Printer: printer.Key(), Copies: int(n), Pages: ranges}
		widget.Background(func() {
			way, err := widget.Print(context.Background(), job)
			widget.Post(func() {
				fail(err)
				switch {
				case err != nil:
				case way == widget.PrintOpened:
					e.Toast("Đã mở tệp trong chương trình đọc PDF. In từ đó.")
				default:
					_ = os.RemoveAll(filepath.Dir(path)) // else it goes when the program ends
					e.Toast("Đã gửi tới máy in.")
				}
			})
		})
		return nil
	})
}
