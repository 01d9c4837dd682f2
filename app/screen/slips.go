package screen

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// Printing is what screens need to show papers before they are printed.
type Printing struct {
	Context Context
	Desk    *desk.Desk
	Files   *widget.Files
	Engine  widget.PDFEngine
}

// ShowSlips shows papers as they will print, and offers to print them (Enter) or
// to keep them as a PDF. name is the file name proposed, without its extension.
func (p Printing) ShowSlips(title, name string, slips []papers.Slip) {
	p.ShowPDF(title, name, func(ctx context.Context, preview bool) ([]byte, error) {
		return papers.Slips(ctx, p.Desk, slips, preview)
	})
}

// ShowPDF shows a paper as it will print. write makes it: once as a preview, and
// once more when it is really printed or kept.
func (p Printing) ShowPDF(title, name string, write func(ctx context.Context, preview bool) ([]byte, error)) {
	var preview []byte
	widget.RunWithProgress(p.Context.Window, "Đang lập trang in", func(ctx context.Context, _ widget.Report) error {
		var err error
		preview, err = write(ctx, true)
		return err
	}, func(err error) {
		if err != nil {
			widget.ShowError(p.Context.Window, title, err)
			return
		}
		p.show(title, name, preview, write)
	})
}

func (p Printing) show(title, name string, preview []byte, write func(context.Context, bool) ([]byte, error)) {
	view := widget.NewPDFView(p.Engine)
	view.SetPDF(preview, false)
	size := p.Context.Window.Canvas().Size()
	box := container.NewStack(Tall(max(300, (size.Height-190)/widget.Scaled(1)), view))
	var d *widget.Dialog
	whole := func(then func(pdf []byte)) {
		var pdf []byte
		widget.RunWithProgress(p.Context.Window, "Đang lập trang in", func(ctx context.Context, _ widget.Report) error {
			var err error
			pdf, err = write(ctx, false)
			return err
		}, func(err error) {
			if err != nil {
				d.ShowError(err)
				return
			}
			then(pdf)
		})
	}
	keep := func(path string, pdf []byte) error {
		return disk.Whole(path, func(w io.Writer) error { _, err := w.Write(pdf); return err })
	}
	save := widget.NewButton("Xuất PDF", widget.IconPDF, func() {
		p.Files.Save(widget.FileQuestion{Title: title, Purpose: "report", Name: name + ".pdf", Filters: []widget.FileFilter{widget.FilterPDF}}, func(path string) {
			whole(func(pdf []byte) {
				if err := keep(path, pdf); err != nil {
					d.ShowError(err)
					return
				}
				widget.ShowToast(p.Context.Window, "Đã ghi "+filepath.Base(path)+".", "", nil)
			})
		})
	})
	d = widget.ShowDialog(p.Context.Window, widget.DialogOptions{
		Title: title, Content: box, Default: "In…", Cancel: "Đóng", Extra: []*widget.Button{save},
		Width:    min(900, (size.Width-80)/widget.Scaled(1)),
		OnCancel: view.Close,
		OnDefault: func() bool {
			whole(func(pdf []byte) {
				dir, err := os.MkdirTemp("", "giaoban-in-")
				path := filepath.Join(dir, name+".pdf")
				if err == nil {
					err = keep(path, pdf)
				}
				if err != nil {
					d.ShowError(err)
					return
				}
				view.Close()
				d.Close()
				AskPrint(p.Context, path, func(err error) {
					if err != nil {
						widget.ShowError(p.Context.Window, "Không in được", err)
					}
				})
			})
			return false
		},
	})
}
