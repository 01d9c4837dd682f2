package command

import (
	"context"

	"giaoban/app/papers"
	"giaoban/data"
)

var exportCommand = &command{
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
		q, day, err := c.query(d)
		if err != nil {
			return err
		}
		if day == data.MaxDay {
			day = d.Today()
		}
		count, err := papers.ExportList(ctx, d, q, day, c.option("out"), nil)
		if err != nil {
			return err
		}
		c.printf("Đã xuất %s hồ sơ ra %s.\n", n(int64(count)), c.option("out"))
		return nil
	},
}
