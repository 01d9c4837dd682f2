package command

import (
	"context"

	"giaoban/app/papers"
	"giaoban/data/text"
)

var packCommand = &command{
	name:     "pack",
	usage:    "(--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--conference SỐ] [--masked] --out TỆP.pdf",
	help:     "lập gói tài liệu họp giao ban thành một PDF",
	flags:    []string{"period", "from", "to", "as-of", "out", "date", "conference"},
	switches: []string{"masked"},
	ends:     map[string][]string{"out": {".pdf"}},
	run:      runPack,
}

func runPack(ctx context.Context, c *call) error {
	p, ok, err := c.period()
	switch {
	case err != nil:
		return err
	case !ok:
		return usagef("Thiếu kỳ: thêm --period, hoặc --from và --to.")
	case !c.has("out"):
		return usagef("Thiếu --out.")
	}
	r := papers.Request{Name: papers.Pack, Period: p, ShowNames: !c.has("masked"), Conference: text.Line(c.option("conference"))}
	if r.AsOf, err = c.day("as-of"); err != nil {
		return err
	}
	if r.Date, err = c.day("date"); err != nil {
		return err
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := papers.Write(ctx, d, r, c.option("out")); err != nil {
		return err
	}
	c.printf("Đã lập %s.\n", c.option("out"))
	return nil
}
