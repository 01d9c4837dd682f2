package screen

import (
	"context"

	"fyne.io/fyne/v2"

	"giaoban/app/widget"
	"giaoban/data"
)

// AskPrint asks for the printer and the number of copies, then prints a PDF
// file. A failure goes to fail; nil takes an earlier one away.
func AskPrint(ctx Context, path string, fail func(error)) {
	widget.Background(func() {
		printers, err := widget.Printers(context.Background())
		widget.Post(func() {
			if err != nil {
				fail(err)
				return
			}
			askPrint(ctx, path, printers, fail)
		})
	})
}

func askPrint(ctx Context, path string, printers []widget.PrinterInfo, fail func(error)) {
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
	widget.ShowForm(ctx.Window, "In", []fyne.CanvasObject{widget.NewFieldBox("Máy in", printer), widget.NewFieldBox("Số bản", copies)}, "In", func() error {
		n, ok := data.ParseWhole(copies.Value(), 200)
		if !ok || n < 1 {
			return data.Fail(data.Invalid, "Số bản là số từ 1 đến 200.", nil)
		}
		job := widget.PrintJob{File: path, Title: "Sổ Giao Ban", Printer: printer.Key(), Copies: int(n)}
		widget.Background(func() {
			way, err := widget.Print(context.Background(), job)
			widget.Post(func() {
				fail(err)
				switch {
				case err != nil:
				case way == widget.PrintOpened:
					widget.ShowToast(ctx.Window, "Đã mở tệp trong chương trình đọc PDF. In từ đó.", "", nil)
				default:
					widget.ShowToast(ctx.Window, "Đã gửi tới máy in.", "", nil)
				}
			})
		})
		return nil
	})
}
