package command

import (
	"context"
	"fmt"

	"giaoban/data/assess/book"
	"giaoban/data/desk"
)

var checkCommand = &command{name: "check", usage: "[--json]", help: "kiểm tra toàn vẹn tệp dữ liệu", run: func(ctx context.Context, c *call) error {
	d, err := c.openQuiet(false)
	if err != nil {
		return err
	}
	defer d.Close()
	result, err := d.Check(ctx)
	if err != nil {
		return err
	}
	newer, err := d.NewerBackup()
	if err != nil {
		return err
	}
	if newer != "" {
		result.Notes = append(result.Notes, fmt.Sprintf("Sổ này cũ hơn bản sao lưu %s: những việc làm sau đó chỉ còn trong bản ấy.", newer))
	}
	faulty, err := book.New(d).Faulty()
	if err != nil {
		return err
	}
	result.Notes = append(result.Notes, faulty...)
	if c.has("json") {
		for _, text := range result.Notes {
			fmt.Fprintf(c.Stderr, "Lưu ý: %s\n", text)
		}
		if err := c.printJSON(map[string]any{"dossiers": result.Dossiers, "units": result.Units, "fields": result.Fields,
			"procedures": result.Procedures, "entries": result.Entries, "faults": append([]string{}, result.Faults...)}); err != nil {
			return err
		}
	} else {
		c.printf("%s hồ sơ, %d đơn vị, %d lĩnh vực, %d thủ tục, %d thao tác trong nhật ký.\n",
			n(int64(result.Dossiers)), result.Units, result.Fields, result.Procedures, result.Entries)
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

var backupCommand = &command{name: "backup", usage: "--out TỆP [--replace]", help: "sao lưu, rồi mở bản sao ra kiểm tra; bản sao lưu cũ hơn của chính sổ này được thay, tệp khác thì chỉ khi có --replace", flags: []string{"out"}, switches: []string{"replace"}, run: func(ctx context.Context, c *call) error {
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
	if err := backup(ctx, c.option("out")); err != nil {
		return err
	}
	c.printf("Đã sao lưu %s hồ sơ ra %s và đã kiểm tra bản sao.\n", n(int64(d.Len())), c.option("out"))
	return nil
}}

var restoreCommand = &command{name: "restore", usage: "--from TỆP", help: "khôi phục từ một bản sao lưu; tệp đang dùng được giữ lại", flags: []string{"from"}, run: func(ctx context.Context, c *call) error {
	if !c.has("from") {
		return usagef("Thiếu --from.")
	}
	path, err := c.file()
	if err != nil {
		return err
	}
	kept, err := desk.Restore(ctx, c.option("from"), path)
	if err != nil {
		return err
	}
	d, err := desk.Open(path, desk.Options{Now: c.Now})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		return err
	}
	c.printf("Đã khôi phục %s hồ sơ vào %s.\n", n(int64(d.Len())), path)
	if kept != "" {
		c.printf("Tệp cũ được giữ tại %s.\n", kept)
	}
	return nil
}}
