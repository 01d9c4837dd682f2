package command

import (
	"context"
	"fmt"
	"slices"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
)

var checkCommand = &command{name: "check", usage: "[--json]", help: "kiểm tra toàn vẹn tệp dữ liệu, nhật ký và các tệp đi kèm", run: func(ctx context.Context, c *call) error {
	result, err := c.checked(ctx)
	if err != nil {
		return err
	}
	if c.has("json") {
		for _, text := range result.Notes {
			fmt.Fprintf(c.Stderr, "Lưu ý: %s\n", text)
		}
		if err := c.printJSON(map[string]any{"dossiers": result.Dossiers, "units": result.Units, "fields": result.Fields,
			"procedures": result.Procedures, "entries": result.Entries, "faults": append([]string{}, result.Faults...), "notes": append([]string{}, result.Notes...),
			"read": result.Read, "files": map[string]int{"evidence": result.Files.Evidence, "sealed": result.Files.Sealed, "closings": result.Files.Closings, "papers": result.Files.Papers},
			"journal": journalJSON(result.Journal)}); err != nil {
			return err
		}
	} else {
		c.printf("%s hồ sơ, %d đơn vị, %d lĩnh vực, %d thủ tục, %d thao tác trong nhật ký, %d tệp kiểm chứng, %d kỳ đã chốt.\n",
			n(int64(result.Dossiers)), result.Units, result.Fields, result.Procedures, result.Entries, result.Files.Evidence, result.Files.Closings)
		for _, f := range result.Faults {
			c.printf("Lỗi: %s\n", f)
		}
		for _, text := range result.Notes {
			c.printf("Lưu ý: %s\n", text)
		}
		if len(result.Faults) == 0 {
			c.printf("Tệp dữ liệu lành lặn.\n")
		}
	}
	if len(result.Faults) > 0 {
		return errReported
	}
	return nil
}}

// checked reads all of the data file, which is not written to; of one that cannot be
// opened what can be read, where JSON is asked for.
func (c *call) checked(ctx context.Context) (r desk.Report, err error) {
	path, opt, err := c.there(false)
	if err != nil {
		return r, err
	}
	d, err := openRead(path, opt)
	if data.CodeOf(err) == data.Damaged {
		return c.examined(ctx, path, opt, err)
	}
	if err != nil {
		return r, err
	}
	defer d.Close()
	if r, err = d.Check(ctx); err != nil {
		return r, err
	}
	if text, lost := d.Notice(); lost && !slices.Contains(r.Faults, text) {
		r.Faults = append(r.Faults, text)
	}
	newer, err := d.NewerBackup(ctx)
	if err == nil && newer != "" {
		r.Notes = append(r.Notes, fmt.Sprintf("Sổ này cũ hơn bản sao lưu %s: những việc làm sau đó chỉ còn trong bản ấy.", newer))
	}
	if err != nil {
		return r, err
	}
	if err := c.tellCalendar(ctx, d); err != nil {
		return r, err
	}
	faulty, err := book.New(d).Faulty()
	r.Notes = append(r.Notes, faulty...)
	return r, err
}

func openRead(path string, opt desk.Options) (*desk.Desk, error) {
	opt.ReadOnly = true
	d, err := desk.Open(path, opt)
	if err != nil {
		return nil, err
	}
	if err := d.Wait(); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// examined reads what can be read of a file that opens with the damage why.
func (c *call) examined(ctx context.Context, path string, opt desk.Options, why error) (r desk.Report, err error) {
	advice := "Cứu những gì còn đọc được ra tệp mới bằng «giaoban salvage --out TỆP»."
	if file, _, ok := desk.NewestSound(desk.WithKey(ctx, opt.Key), path, c.Now().Location()); ok {
		advice = fmt.Sprintf("Bản sao lưu lành mới nhất: %s, khôi phục bằng «giaoban restore --from». ", file.Path) + advice
	}
	if !c.has("json") {
		return r, data.Fail(data.Damaged, why.Error()+" "+advice, why)
	}
	if r, err = desk.Examine(ctx, path, opt); err != nil {
		return r, why
	}
	if len(r.Faults) == 0 {
		r.Faults = []string{why.Error()}
	}
	r.Notes = append(r.Notes, advice)
	return r, nil
}

func journalJSON(j desk.JournalCheck) map[string]any {
	return map[string]any{"ok": len(j.Faults) == 0, "count": j.Count, "head": j.Head, "faults": append([]desk.JournalFault{}, j.Faults...)}
}

var journalCommand = &command{name: "journal", usage: "verify [--json] | print --out TỆP.pdf [--from NGÀY] [--to NGÀY]", words: true, flags: []string{"out", "from", "to"}, ends: map[string][]string{"out": {".pdf"}},
	help: "dò nhật ký từ giá trị hiện có ngược về mục đầu: mục bị sửa, xóa, chèn và giá trị bị sửa ngoài nhật ký; hoặc in trích nhật ký kèm kết quả dò", run: runJournal}

func runJournal(ctx context.Context, c *call) error {
	switch {
	case len(c.args) == 1 && c.args[0] == "print":
		return c.printJournal(ctx)
	case len(c.args) != 1 || c.args[0] != "verify":
		return usagef("Cần «verify» hoặc «print».")
	}
	path, opt, err := c.there(false)
	if err != nil {
		return err
	}
	j, err := desk.VerifyJournal(ctx, path, opt)
	if err != nil {
		return err
	}
	c.say("%s mục trong nhật ký; mục mới nhất có dấu %s.\n", n(int64(j.Count)), j.Head)
	for _, f := range j.Faults {
		c.say("Lỗi: %v.\n", f)
	}
	if len(j.Faults) == 0 {
		c.say("Nhật ký nối liền từ mục đầu và khớp với mọi giá trị.\n")
	}
	if err := c.answer(journalJSON(j)); err != nil {
		return err
	}
	if len(j.Faults) > 0 {
		return errReported
	}
	return nil
}

// printJournal writes an extract of the journal with what walking the whole of it found.
func (c *call) printJournal(ctx context.Context) error {
	if !c.has("out") {
		return usagef("Thiếu --out.")
	}
	from, err := c.day("from")
	if err != nil {
		return err
	}
	to, err := c.day("to")
	switch {
	case err != nil:
		return err
	case from.Known() && to.Known() && to < from:
		return usagef("--to ở trước --from.")
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	return papers.WriteJournal(ctx, d, from, to, c.option("out"))
}

var salvageCommand = &command{name: "salvage", usage: "--out TỆP [--json]", help: "cứu những gì còn đọc được của tệp hỏng ra một tệp mới; tệp hỏng giữ nguyên", flags: []string{"out"}, run: func(ctx context.Context, c *call) error {
	if !c.has("out") {
		return usagef("Thiếu --out.")
	}
	path, opt, err := c.there(false)
	if err != nil {
		return err
	}
	r, err := desk.Salvage(ctx, path, c.option("out"), opt)
	if err != nil {
		return err
	}
	c.say("Đã cứu %s hồ sơ và %s mục nhật ký ra %s.\n", n(int64(r.Read["dossier"])), n(int64(r.Read["journal"])), c.option("out"))
	for _, text := range r.Lost {
		c.say("Không đọc được: %s\n", text)
	}
	if len(r.Lost) == 0 {
		c.say("Mọi giá trị đều đọc được.\n")
	}
	return c.answer(map[string]any{"out": c.option("out"), "read": r.Read, "complete": len(r.Lost) == 0, "lost": append([]string{}, r.Lost...)})
}}
