package command

import (
	"context"
	"fmt"

	"giaoban/data/assess/book"
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
	newer, err := d.NewerBackup(ctx)
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
