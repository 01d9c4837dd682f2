package paper

import (
	"bytes"
	"os"
	"path/filepath"

	"giaoban/data"
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
	fail := func(cause error) error {
		return data.Fail(data.ReadOnly, "Không ghi được tệp «"+filepath.Base(path)+"». Kiểm tra thư mục còn ghi được và tệp cũ không mở ở chương trình khác, rồi thử lại.", cause)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".giaoban-*.pdf")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(tmp.Name()) // fails harmlessly after the rename
	_, err = tmp.Write(b)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fail(err)
	}
	if d.stopped() {
		return d.err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fail(err)
	}
	return nil
}
