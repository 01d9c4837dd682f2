package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// Check is the result of an integrity check.
type Check struct {
	Dossiers, Units, Fields, Procedures, Entries int
	Faults                                       []string // in Vietnamese; none means sound
	Notes                                        []string // what was found damaged and harms no data
}

// Check reads the whole file: pages, every record, the index of codes and the
// references into the catalogue.
func (l *Ledger) Check(ctx context.Context) (c Check, err error) {
	fault := func(format string, args ...any) {
		if len(c.Faults) < 100 {
			c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
		}
	}
	if text, lost := l.Notice(); lost {
		fault("%s", text)
	} else if text != "" {
		c.Notes = append(c.Notes, text)
	}
	err = l.view(func(tx *bolt.Tx) error {
		lost, faults, err := l.pages(ctx, tx)
		if err != nil {
			return err
		}
		for _, err := range faults {
			fault("Trang dữ liệu hỏng: %v.", err)
		}
		if len(faults) > 0 {
			return nil // nothing can be read through them
		}
		if lost > 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("%s trang của tệp không còn dùng mà chưa được trả lại; không ảnh hưởng dữ liệu.", data.FormatInt(int64(lost))))
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

// pages walks all pages of the state that the transaction sees.
func (l *Ledger) pages(ctx context.Context, tx *bolt.Tx) (lost int, faults []error, err error) {
	list, ok := metas(l.file)
	if !ok {
		return 0, []error{pageFault{0, "hai trang đầu không đọc được"}}, nil
	}
	for _, m := range list {
		if m.valid && m.tx == uint64(tx.ID()) {
			s := survey{r: l.file, m: m, stop: func() bool { return ctx.Err() != nil }}
			lost = s.run()
			if ctx.Err() != nil {
				return 0, nil, data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
			}
			return lost, s.faults, nil
		}
	}
	return 0, nil, data.Fail(data.Conflict, "Dữ liệu đang được ghi liên tục nên chưa kiểm tra được. Thử lại.", nil)
}
