package desk

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/assess"
	"giaoban/data/disk"
)

// Drill restores a backup into a file of its own, which goes afterwards, and compares
// counts, the head of the journal and the evidence with what the backup tells. path ""
// is the newest backup. data.NotFound where there is none.
func (d *Desk) Drill(ctx context.Context, path string, tell Tell) (p archive.Drill, err error) {
	ctx = WithKey(ctx, d.key)
	if path == "" {
		if path = d.LastBackup().Path; path == "" {
			return p, data.Fail(data.NotFound, "Chưa có bản sao lưu nào để diễn tập khôi phục. Sao lưu trước rồi làm lại.", nil)
		}
	}
	p = archive.Drill{Office: d.Office().Name, At: data.MomentOf(d.now()), Backup: filepath.Base(path)}
	info, err := os.Stat(path)
	if err != nil {
		return p, data.Fail(data.NotFound, fmt.Sprintf("Không thấy bản sao lưu %s. Kiểm tra đường dẫn.", disk.Name(path)), err)
	}
	p.Size, p.Plain = info.Size(), !archive.Is(path)
	want, err := told(ctx, path, d)
	if err != nil {
		return p, err
	}
	p.Made = data.MomentOf(info.ModTime().In(d.now().Location()))
	scratch, err := disk.TempFolder(disk.Scratch(), "xem")
	if err != nil {
		return p, disk.Fail("Không diễn tập khôi phục được", err)
	}
	defer os.RemoveAll(scratch)
	to := filepath.Join(scratch, "so.db")
	if _, err := Restore(ctx, path, to, RestoreOptions{New: true, Tell: tell}); err != nil {
		return p, err
	}
	got, err := measure(ctx, to, &p)
	if err != nil {
		return p, err
	}
	p.Sound = len(p.Faults) == 0
	for i, line := range got.lines() {
		line.Backup = want.lines()[i].Restored
		line.Same = line.Backup == line.Restored
		p.Lines = append(p.Lines, line)
		p.Sound = p.Sound && line.Same
	}
	return p, d.store.View(func(v View) error {
		h, err := v.Head()
		if err == nil && v.Holds(got.head) {
			p.Behind = int(h.Seq - got.head.Seq)
		}
		return err
	})
}

// measured is what is compared.
type measured struct {
	Check
	head     Head
	evidence int
	plain    bool
}

// lines are the figures under Restored, in one order.
func (m *measured) lines() []archive.DrillLine {
	n := func(n int) string { return data.FormatInt(int64(n)) }
	list := []archive.DrillLine{{What: "Hồ sơ", Restored: n(m.Dossiers)}, {What: "Đơn vị", Restored: n(m.Units)}, {What: "Lĩnh vực", Restored: n(m.Fields)}, {What: "Thủ tục", Restored: n(m.Procedures)},
		{What: "Thao tác trong nhật ký", Restored: n(m.Entries)}, {What: "Thao tác cuối", Restored: fmt.Sprintf("số %s, %.12s", n(int(m.head.Seq)), cmp.Or(m.head.Hash, m.head.Mark))}}
	if !m.plain {
		list = append(list, archive.DrillLine{What: "Tệp minh chứng", Restored: n(m.evidence)})
	}
	return list
}

// told is what a backup tells of itself.
func told(ctx context.Context, path string, d *Desk) (*measured, error) {
	if !archive.Is(path) {
		content, err := InspectBackup(ctx, path, d.now().Location(), nil)
		if err != nil {
			return nil, err
		}
		head, err := readFileHead(path)
		return &measured{Check: content.Check, head: head, plain: true}, err
	}
	r, err := archive.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return &measured{Check: Check{Dossiers: r.Dossiers, Units: r.Units, Fields: r.Fields, Procedures: r.Procedures, Entries: r.Entries}, head: headIn(&r.Head), evidence: r.Evidence}, nil
}

// measure reads what was restored.
func measure(ctx context.Context, to string, p *archive.Drill) (*measured, error) {
	store, err := openPlain(ctx, to, "")
	if err != nil {
		return nil, err
	}
	defer store.Close()
	m := &measured{plain: p.Plain}
	if m.Check, err = store.Check(ctx); err != nil {
		return nil, err
	}
	p.Faults = append(p.Faults, m.Faults...)
	folder := EvidenceFolder(to)
	list, _ := os.ReadDir(folder) // without evidence there is no folder
	m.evidence = len(list)
	return m, store.View(func(v View) error {
		if m.head, err = v.Head(); err != nil || p.Plain {
			return err
		}
		docs, err := Records[assess.Evidence](v, assess.RecordEvidence)
		if err != nil {
			return err
		}
		for _, one := range docs {
			f := one.Value.File
			if f == nil || holds(filepath.Join(folder, f.Stored()), keyIn(ctx), f.Hash) {
				continue
			}
			p.Faults = append(p.Faults, fmt.Sprintf("Tài liệu minh chứng «%s»: tệp không có trong bản sao lưu hoặc đã bị thay đổi từ trước khi sao lưu.", one.Value.Title))
		}
		return nil
	})
}
