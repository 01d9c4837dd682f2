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
	"giaoban/data/desk"
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
	e.Draw(title, func(ctx context.Context, _ widget.Report) ([]byte, error) { return write(ctx, true) }, func(preview Printed, err error) {
		if err != nil {
			e.Fail(title, err)
			return
		}
		p := &printing{e: e, title: title, name: name, write: write}
		p.show(preview.PDF)
	})
}

// Printed is a paper that is drawn, and what the register of exports and prints tells of it.
type Printed struct {
	desk.Issue
	PDF []byte
}

// Draw draws a paper behind a bar; title is what the register of exports and prints calls it.
func (e *Env) Draw(title string, write func(context.Context, widget.Report) ([]byte, error), done func(Printed, error)) {
	x := Printed{Issue: desk.Issue{What: title}}
	e.Run("Đang lập trang in", func(ctx context.Context, say widget.Report) (err error) {
		drawing, holds := desk.Drawing(ctx)
		x.PDF, err = write(drawing, say)
		x.Rows, x.Masked = holds()
		return err
	}, func(err error) { done(x, err) })
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
func (p *printing) whole(then func(Printed)) {
	p.e.Draw(p.title, func(ctx context.Context, _ widget.Report) ([]byte, error) { return p.write(ctx, false) }, func(x Printed, err error) {
		if err != nil {
			p.dialog.ShowError(err)
			return
		}
		then(x)
	})
}

func (p *printing) keep() { p.e.savePDF(p.title, p.name, p.whole, p.dialog.ShowError) }

// savePDF asks where a paper is kept and writes what draw makes there.
func (e *Env) savePDF(title, name string, draw func(then func(Printed)), fail func(error)) {
	e.Files.Save(widget.FileQuestion{Title: title, Purpose: "report", Name: name + ".pdf", Filters: []widget.FileFilter{widget.FilterPDF}}, func(path string) {
		draw(func(x Printed) {
			e.Run("Đang ghi", func(ctx context.Context, _ widget.Report) error {
				return e.Desk.WriteOutBytes(ctx, x.Issue, path, x.PDF)
			}, func(err error) {
				if err != nil {
					fail(err)
					return
				}
				e.Toast("Đã ghi " + filepath.Base(path) + ".")
			})
		})
	})
}

func (p *printing) print() {
	p.whole(func(x Printed) {
		p.view.Close()
		p.dialog.Close()
		p.e.PrintPDF(p.name, x, func(err error) { p.e.notPrinted(p.name, x, err) })
	})
}

// printFile returns the path for a file that is printed, in a private folder that goes
// once the printer has taken it over, when the program ends, or at its next start.
func printFile(name string) (string, error) {
	dir, err := disk.TempFolder(disk.Scratch(), disk.SeenCopy)
	if err != nil {
		return "", disk.Fail("Không tạo được tệp tạm để in trong "+disk.Name(disk.Scratch()), err)
	}
	return filepath.Join(dir, name), nil
}

// PrintPDF asks for the printer and the number of copies, then prints a paper that is drawn
// and keeps it in the register of exports and prints; name is its file name without
// extension. A failure goes to fail, nil takes an earlier one away; fail may be nil.
func (e *Env) PrintPDF(name string, x Printed, fail func(error)) {
	if fail == nil {
		fail = func(err error) { e.notPrinted(name, x, err) }
	}
	widget.Background(func() {
		printers, err := widget.Printers(context.Background())
		widget.Post(func() {
			if err != nil {
				fail(err)
				return
			}
			e.askPrint(name, x, printers, fail)
		})
	})
}

// notPrinted tells why a paper was not printed; where there is no printer it offers
// to keep the paper.
func (e *Env) notPrinted(name string, x Printed, err error) {
	const title = "Không in được"
	switch {
	case err == nil:
	case data.CodeOf(err) == data.NotFound:
		e.Confirm(title, err.Error(), "Xuất PDF…", func() {
			e.savePDF("Xuất PDF", name, func(then func(Printed)) { then(x) }, func(err error) { e.Fail("Không xuất được PDF", err) })
		})
	default:
		e.Fail(title, err)
	}
}

// handOver keeps a paper in the register of exports and prints and hands it to the printer
// from a private file, which goes where it is not open in another program.
func (e *Env) handOver(name string, x Printed, job widget.PrintJob) (way widget.PrintWay, err error) {
	job.File, err = printFile(name + ".pdf")
	if err != nil {
		return way, err
	}
	defer func() {
		if err != nil || way != widget.PrintOpened {
			_ = os.RemoveAll(filepath.Dir(job.File)) // else it goes when the program ends
		}
	}()
	if err = disk.Put(job.File, x.PDF); err != nil {
		return way, err
	}
	if err = e.Desk.Issue(context.Background(), x.Issue); err != nil {
		return way, err
	}
	return widget.Print(context.Background(), job)
}

func (e *Env) askPrint(name string, x Printed, printers []widget.PrinterInfo, fail func(error)) {
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
		job := widget.PrintJob{Title: "Sổ Giao Ban", Printer: printer.Key(), Copies: int(n), Pages: ranges}
		widget.Background(func() {
			way, err := e.handOver(name, x, job)
			widget.Post(func() {
				fail(err)
				switch {
				case err != nil:
				case way == widget.PrintOpened:
					e.Toast("Đã mở tệp trong chương trình đọc PDF. In từ đó.")
				default:
					e.Toast("Đã gửi tới máy in.")
				}
			})
		})
		return nil
	})
}
