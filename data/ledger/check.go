package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// Check is the result of an integrity check.
type Check struct {
	Dossiers, Units, Fields, Procedures, Entries int
	Faults                                       []string // in Vietnamese; none means sound
}

// Check reads the whole file: pages, every record, the index of codes and the
// references into the catalogue.
func (l *Ledger) Check(ctx context.Context) (c Check, err error) {
	defer damaged(&err)
	fault := func(format string, args ...any) {
		if len(c.Faults) < 100 {
			c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
		}
	}
	err = l.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			fault("Trang dữ liệu hỏng: %v", err)
		}
		v := &View{tx}
		units, err := v.Units()
		if err != nil {
			fault("Danh mục đơn vị hỏng: %v", err)
		}
		fields, err := v.Fields()
		if err != nil {
			fault("Danh mục lĩnh vực hỏng: %v", err)
		}
		procedures, err := v.Procedures()
		if err != nil {
			fault("Danh mục thủ tục hỏng: %v", err)
		}
		c.Units, c.Fields, c.Procedures = len(units), len(fields), len(procedures)
		known := [3]map[uint32]bool{{0: true}, {0: true}, {0: true}}
		for _, u := range units {
			known[0][u.ID] = true
		}
		for _, f := range fields {
			known[1][f.ID] = true
		}
		for _, p := range procedures {
			known[2][p.ID] = true
		}
		codes := tx.Bucket(bucketCode)
		err = tx.Bucket(bucketDossier).ForEach(func(k, value []byte) error {
			if c.Dossiers++; c.Dossiers%4096 == 0 && ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
			}
			var d data.Dossier
			if err := decodeDossier(unseal(value), &d); err != nil {
				fault("Hồ sơ số nội bộ %d không đọc được.", binary.BigEndian.Uint64(k))
				return nil
			}
			if !bytes.Equal(codes.Get([]byte(d.Code)), k) {
				fault("Hồ sơ %s: chỉ mục mã không khớp.", d.Code)
			}
			if !known[0][d.Unit] || !known[1][d.Field] || !known[2][d.Procedure] {
				fault("Hồ sơ %s: đơn vị, lĩnh vực hoặc thủ tục không có trong danh mục.", d.Code)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n := codes.Stats().KeyN; n != c.Dossiers {
			fault("Chỉ mục có %d mã cho %d hồ sơ.", n, c.Dossiers)
		}
		entries, err := v.Journal(0)
		if err != nil {
			fault("Nhật ký không đọc được.")
		}
		c.Entries = len(entries)
		return nil
	})
	return c, err
}

// Backup writes a copy of the file to path and verifies it by opening and
// counting it. A file that is already there is replaced only when the copy is
// good.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	var want int
	temp, err := os.CreateTemp(filepath.Dir(path), ".saoluu-*")
	if err != nil {
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không ghi được vào thư mục %s. Chọn nơi khác để sao lưu.", filepath.Dir(path)), err)
	}
	defer os.Remove(temp.Name())
	err = l.db.View(func(tx *bolt.Tx) error {
		want = (&View{tx}).Count()
		_, err := tx.WriteTo(temp)
		return err
	})
	if err == nil {
		err = temp.Sync()
	}
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return data.Fail(data.Internal, fmt.Sprintf("Không sao lưu được ra %s (đĩa đầy hoặc bị ngắt). Bản sao lưu cũ, nếu có, được giữ nguyên.", path), err)
	}
	if err := verify(ctx, temp.Name(), want); err != nil {
		return err
	}
	return replace(temp.Name(), path)
}

func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không ghi được tệp %s. Đóng chương trình đang mở tệp ấy rồi làm lại.", to), err)
	}
	return nil
}

// verify opens a copy and compares its count; want < 0 asks only for soundness.
func verify(ctx context.Context, path string, want int) error {
	l, err := Open(path, Options{})
	if err != nil {
		return err
	}
	defer l.Close()
	c, err := l.Check(ctx)
	if err != nil {
		return err
	}
	if len(c.Faults) > 0 {
		return data.Fail(data.Damaged, fmt.Sprintf("Tệp %s không lành: %s Không dùng tệp này.", path, c.Faults[0]), nil)
	}
	if want >= 0 && c.Dossiers != want {
		return data.Fail(data.Damaged, fmt.Sprintf("Bản sao có %d hồ sơ, tệp gốc có %d. Sao lưu lại.", c.Dossiers, want), nil)
	}
	return nil
}

// Restore puts the backup in place of the data file at path. The backup is
// verified first; the file it replaces is kept beside it under the name
// returned, "" when there was none. The data file must not be open.
func Restore(ctx context.Context, backup, path string) (kept string, err error) {
	if _, err := os.Stat(backup); err != nil {
		return "", data.Fail(data.NotFound, fmt.Sprintf("Không thấy bản sao lưu %s.", backup), err)
	}
	temp, err := copyBeside(backup, path)
	if err != nil {
		return "", err
	}
	defer os.Remove(temp)
	if err := verify(ctx, temp, -1); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		// Another program that holds the file must not lose it under its feet.
		l, err := Open(path, Options{})
		switch {
		case err == nil:
			l.Close()
		case data.CodeOf(err) == data.Locked:
			return "", err
		}
		kept = path + ".truoc-khoi-phuc"
		for n := 2; ; n++ {
			if _, err := os.Stat(kept); err != nil {
				break
			}
			kept = fmt.Sprintf("%s.truoc-khoi-phuc-%d", path, n)
		}
		if err := replace(path, kept); err != nil {
			return "", err
		}
	}
	return kept, replace(temp, path)
}

func copyBeside(from, to string) (string, error) {
	fail := func(err error) (string, error) {
		return "", data.Fail(data.Internal, fmt.Sprintf("Không chép được %s. Kiểm tra đĩa rồi làm lại; dữ liệu hiện có giữ nguyên.", from), err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fail(err)
	}
	in, err := os.Open(from)
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".khoiphuc-*")
	if err != nil {
		return fail(err)
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(out.Name())
		return fail(err)
	}
	return out.Name(), nil
}
