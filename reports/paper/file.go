package paper

import (
	"bytes"
	"io"

	"giaoban/data"
	"giaoban/data/disk"
)

// Bytes ends the document and returns it as a PDF file.
func (d *Document) Bytes() ([]byte, error) {
	if !d.done {
		d.start()
		d.release(0)
		d.done = true
	}
	if d.stopped() {
		return nil, d.err
	}
	d.c.flush()
	var b bytes.Buffer
	if err := d.c.pdf.Output(&b); err != nil {
		d.err = data.Fail(data.Internal, "Không lập được tệp PDF. Thử lại; nếu vẫn vậy, gửi tệp nhật ký cho người hỗ trợ.", err)
		return nil, d.err
	}
	if d.stopped() {
		return nil, d.err
	}
	return b.Bytes(), nil
}

// WriteFile ends the document and writes it. The file appears whole or not at
// all: it is written beside its place and then renamed, and a cancelled
// document leaves nothing behind.
func (d *Document) WriteFile(path string) error {
	b, err := d.Bytes()
	if err != nil {
		return err
	}
	return disk.Whole(path, func(w io.Writer) error {
		if _, err := w.Write(b); err != nil {
			return err
		}
		if d.stopped() {
			return d.err
		}
		return nil
	})
}
