package env

import (
	"context"
	"path/filepath"

	"giaoban/app/widget"
)

// ReadFile asks for a file to take something from and reads it behind a bar; then done
// is called. What goes wrong is told under the title failed.
func (e *Env) ReadFile(title, failed string, read func(ctx context.Context, path string) error, done func()) {
	e.Files.Open(widget.FileQuestion{Title: title, Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, func(path string) {
		e.Long("Đang đọc "+filepath.Base(path), failed, func(ctx context.Context, _ widget.Report) error { return read(ctx, path) }, done)
	})
}

// Export asks for the name of a workbook, proposes one, and writes it behind a bar. What
// was written is told, and what went wrong.
func (e *Env) Export(title, name, said string, write func(ctx context.Context, path string, report widget.Report) error) {
	e.Files.Save(widget.FileQuestion{Title: title, Purpose: "export", Name: name, Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		e.Long("Đang xuất Excel", "Không ghi được tệp", func(ctx context.Context, report widget.Report) error { return write(ctx, path, report) },
			func() { e.Toast(said + " ra " + filepath.Base(path) + ".") })
	})
}
