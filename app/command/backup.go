package command

import (
	"context"
	"fmt"
	"os"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/desk"
)

var backupCommand = &command{reads: always, name: "backup", usage: "--out TỆP [--replace] [--json]", help: "sao lưu sổ, minh chứng, báo cáo đã xuất và thiết lập vào một tệp, rồi mở ra kiểm tra; bản sao lưu cũ hơn của chính sổ này được thay, tệp khác thì chỉ khi có --replace",
	flags: []string{"out"}, switches: []string{"replace"}, run: runBackup}

func runBackup(ctx context.Context, c *call) error {
	if !c.has("out") {
		return usagef("Thiếu --out.")
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	backup := d.Backup
	if c.has("replace") {
		backup = d.BackupOver
	}
	out := c.option("out")
	if err := backup(ctx, out, nil); err != nil {
		return err
	}
	if !c.has("json") {
		c.printf("Đã sao lưu %s hồ sơ ra %s và đã kiểm tra bản sao.\n", n(int64(d.Len())), out)
		return nil
	}
	r, err := archive.Open(out)
	if err != nil {
		return err
	}
	defer r.Close()
	return c.printJSON(map[string]any{"file": out, "dossiers": r.Dossiers, "units": r.Units, "fields": r.Fields, "procedures": r.Procedures, "entries": r.Entries, "evidence": r.Evidence, "issued": r.Issued,
		"bytes": r.Bytes, "seq": r.Seq, "mark": r.Mark, "sealed": r.Sealed})
}

var restoreCommand = &command{name: "restore", usage: "--from TỆP [--to TỆP MỚI] [--preview] [--json]", help: "khôi phục từ một bản sao lưu; tệp đang dùng được giữ lại. --to khôi phục thành tệp mới, --preview chỉ cho biết có gì và sẽ mất gì",
	flags: []string{"from", "to"}, switches: []string{"preview"}, run: runRestore}

func runRestore(ctx context.Context, c *call) error {
	if !c.has("from") {
		return usagef("Thiếu --from.")
	}
	from, path, isNew := c.option("from"), c.option("to"), c.has("to")
	if !isNew {
		var err error
		if path, err = c.file(); err != nil {
			return err
		}
	}
	ctx, who, err := c.restoring(ctx, from, path)
	if err != nil {
		return err
	}
	if c.has("preview") {
		return c.previewRestore(ctx, from, path)
	}
	if !isNew && c.backUpFirst(ctx, path) {
		if p, err := desk.PreviewRestore(ctx, from, path, c.Now().Location()); err == nil && p.BringsBack() != "" {
			fmt.Fprintf(c.Stderr, "Chú ý: %s\n", p.BringsBack())
		}
	}
	done, err := desk.Restore(ctx, from, path, desk.RestoreOptions{New: isNew, Now: c.Now(), As: who})
	if err != nil {
		return err
	}
	desk.ForgetHead(c.Heads, path)
	opt, err := c.opening(path, false)
	if err != nil {
		return err
	}
	d, err := desk.Open(path, opt)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		return err
	}
	if c.Settle != nil && done.Settings != nil {
		if err := c.Settle(done.Settings); err != nil {
			c.complain(err)
		}
	}
	c.say("Đã khôi phục %s hồ sơ vào %s.\n", n(int64(d.Len())), path)
	if done.Evidence+done.Issued > 0 {
		c.say("Đã đặt lại %s tệp minh chứng và %s báo cáo đã xuất bị thiếu.\n", n(int64(done.Evidence)), n(int64(done.Issued)))
	}
	if done.Kept != "" {
		c.say("Tệp cũ được giữ tại %s.\n", done.Kept)
	}
	return c.answer(map[string]any{"file": path, "dossiers": d.Len(), "kept": jsonText(done.Kept), "evidence": done.Evidence, "issued": done.Issued})
}

// backUpFirst backs up the register that a restore is about to replace, where it can be
// opened; the file itself is kept in any case. It reports whether personal data were erased
// in it, which a backup from before would bring back.
func (c *call) backUpFirst(ctx context.Context, path string) (erased bool) {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	opt, err := c.opening(path, false)
	if err != nil {
		return false
	}
	d, err := desk.Open(path, opt)
	if err != nil {
		return false // the restore says why, or mends it
	}
	defer d.Close()
	if err := d.BackupFor(ctx, desk.BeforeRestore, nil); err != nil {
		fmt.Fprintf(c.Stderr, "Lưu ý: chưa sao lưu được sổ hiện có trước khi khôi phục. %v\n", err)
	}
	proofs, err := d.Erasures()
	return err == nil && len(proofs) > 0
}

func (c *call) previewRestore(ctx context.Context, from, path string) error {
	p, err := desk.PreviewRestore(ctx, from, path, c.Now().Location())
	if err != nil {
		return err
	}
	b := p.Backup
	if c.has("json") {
		lost := []map[string]any{}
		for _, e := range p.Lost {
			lost = append(lost, map[string]any{"seq": e.Seq, "at": time.Unix(e.At, 0).In(c.Now().Location()).Format(time.RFC3339), "by": e.By, "title": e.Title})
		}
		var present any
		if p.Present {
			present = map[string]any{"file": path, "dossiers": p.Now}
		}
		return c.printJSON(map[string]any{"backup": map[string]any{"office": b.Office, "dossiers": b.Dossiers, "units": b.Units, "fields": b.Fields, "procedures": b.Procedures, "entries": b.Entries, "evidence": b.Evidence,
			"issued": b.Issued, "settings": b.Settings, "plain": b.Plain, "made": jsonText(momentText(b.Made)), "last": jsonText(momentText(b.Last)), "change": b.Change},
			"present": present, "lost": map[string]any{"count": p.LostAll, "changes": lost}, "gained": p.Gained, "other": p.Other})
	}
	c.printf("Bản sao lưu lành lặn: %s, %s hồ sơ, %s thao tác, %s tệp minh chứng, %s báo cáo đã xuất.\n", b.Office, n(int64(b.Dossiers)), n(int64(b.Entries)), n(int64(b.Evidence)), n(int64(b.Issued)))
	if b.Last.Known() {
		c.printf("Việc cuối cùng: «%s» lúc %s.\n", b.Change, b.Last)
	}
	switch {
	case !p.Present:
		c.printf("Ở %s chưa có sổ đọc được.\n", path)
	case p.Other:
		c.printf("Đây là bản sao lưu của sổ khác: sổ hiện có (%s hồ sơ) không có thao tác nào chung với nó.\n", n(int64(p.Now)))
	case p.LostAll == 0:
		c.printf("Sổ hiện có %s hồ sơ; khôi phục không làm mất thao tác nào, thêm %s thao tác.\n", n(int64(p.Now)), n(int64(p.Gained)))
	default:
		c.printf("Sổ hiện có %s hồ sơ; khôi phục sẽ làm mất %s thao tác sau bản sao lưu:\n", n(int64(p.Now)), n(int64(p.LostAll)))
		for _, e := range p.Lost {
			c.printf("  %s %s\n", time.Unix(e.At, 0).In(c.Now().Location()).Format("15:04 02/01/2006"), e.Title)
		}
	}
	if text := p.BringsBack(); text != "" {
		c.printf("Chú ý: %s\n", text)
	}
	return nil
}

func momentText(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	return m.String()
}

var drillCommand = &command{name: "drill", usage: "[--from TỆP] [--out BIÊN-BẢN.pdf] [--json]", help: "diễn tập: khôi phục bản sao lưu mới nhất vào tệp riêng, so số liệu, rồi xóa tệp riêng", flags: []string{"from", "out"}, ends: map[string][]string{"out": {".pdf"}}, run: runDrill}

func runDrill(ctx context.Context, c *call) error {
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := d.Drill(ctx, c.option("from"), nil)
	if err != nil {
		return err
	}
	if c.has("out") {
		raw, err := papers.DrillProtocol(ctx, d, &p)
		if err != nil {
			return err
		}
		if err := d.WriteOutBytes(ctx, desk.Issue{What: "Biên bản diễn tập khôi phục"}, c.option("out"), raw); err != nil {
			return err
		}
	}
	if err := c.printDrill(&p); err != nil {
		return err
	}
	if !p.Sound {
		return errReported
	}
	return nil
}

func (c *call) printDrill(p *archive.Drill) error {
	if c.has("json") {
		lines := []map[string]any{}
		for _, l := range p.Lines {
			lines = append(lines, map[string]any{"what": l.What, "backup": l.Backup, "restored": l.Restored, "same": l.Same})
		}
		return c.printJSON(map[string]any{"backup": p.Backup, "at": p.At.String(), "made": p.Made.String(), "bytes": p.Size, "sound": p.Sound, "lines": lines, "faults": append([]string{}, p.Faults...), "behind": p.Behind})
	}
	c.printf("Diễn tập khôi phục từ %s (lập %s):\n", p.Backup, p.Made)
	for _, l := range p.Lines {
		said := "khớp"
		if !l.Same {
			said = "LỆCH"
		}
		c.printf("  %-24s %12s %12s  %s\n", l.What, l.Backup, l.Restored, said)
	}
	for _, f := range p.Faults {
		c.printf("Lỗi: %s\n", f)
	}
	if p.Sound {
		c.printf("Đạt: khôi phục được đầy đủ.\n")
	}
	return nil
}
