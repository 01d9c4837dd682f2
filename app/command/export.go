package command

import (
	"context"
	"path/filepath"
	"strings"

	"giaoban/app/papers"
	"giaoban/data"
)

var exportCommand = &command{
	words: true,
	name:  "export",
	usage: "--out TỆP.xlsx|TỆP.csv " + queryUsage,
	help:  "xuất danh sách ra Excel hoặc csv, đúng những hồ sơ mà «dossiers» liệt kê",
	flags: append([]string{"out"}, queryFlags...),
	ends:  map[string][]string{"out": {".xlsx", ".csv"}},
	run: func(ctx context.Context, c *call) error {
		if !c.has("out") {
			return usagef("Thiếu --out.")
		}
		d, err := c.open(false)
		if err != nil {
			return err
		}
		defer d.Close()
		ids, day, err := c.list(d)
		if err != nil {
			return err
		}
		if day == data.MaxDay {
			day = d.Today()
		}
		e := papers.Export{Layout: papers.FullLayout, IDs: ids, AsOf: day, CSV: strings.EqualFold(filepath.Ext(c.option("out")), ".csv")}
		if err := papers.ExportAs(ctx, d, e, c.option("out"), nil); err != nil {
			return err
		}
		c.printf("Đã xuất %s hồ sơ ra %s.\n", n(int64(len(ids))), c.option("out"))
		return nil
	},
}
