package widget

import (
	"context"

	"golang.org/x/sys/windows"

	"giaoban/data"
)

// printFile uses the print verb of the program that opens PDF files. Edge, the
// usual one, has no such verb: then the file is opened, and the officer prints
// there.
func printFile(_ context.Context, job PrintJob) (PrintWay, error) {
	path, err := windows.UTF16PtrFromString(job.File)
	if err != nil {
		return 0, printFailed("", err)
	}
	verb := func(name string, show int32) error {
		v, err := windows.UTF16PtrFromString(name)
		if err != nil {
			return err
		}
		return windows.ShellExecute(0, v, path, nil, nil, show)
	}
	// The verb knows neither printer nor copies nor pages; a wish for them needs the
	// program's own dialog.
	if job.Printer == "" && job.Copies <= 1 && job.Pages == "" {
		if err := verb("print", windows.SW_HIDE); err == nil {
			return PrintQueued, nil
		}
	}
	if err := verb("open", windows.SW_SHOWNORMAL); err != nil {
		return 0, data.Fail(data.NotFound, "Máy này chưa có chương trình mở tệp PDF. Cài một chương trình xem PDF, hoặc xuất PDF rồi in bằng máy khác.", err)
	}
	return PrintOpened, nil
}

// listPrinters leaves the choice to the program that prints.
func listPrinters(context.Context) ([]PrinterInfo, error) { return nil, nil }
