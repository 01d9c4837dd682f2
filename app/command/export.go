package command

import (
	"context"

	"giaoban/app/papers"
	"giaoban/data"
)

var exportCommand = &command{
	words: true,
	name:  "export",
	usage: "--out TỆP.xlsx " + queryUsage,
	help:  "xuất danh sách ra Excel, đúng những hồ sơ mà «dossiers» liệt kê",
	flags: append([]string{"out"}, queryFlags...),
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
		if err := papers.ExportDossiers(ctx, d, ids, day, c.option("out"), nil); err != nil {
			return err
		}
		c.printf("Đã xuất %s hồ sơ ra %s.\n", n(int64(len(ids))), c.option("out"))
		return nil
	},
}
