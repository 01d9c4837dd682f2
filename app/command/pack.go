package command

import (
	"context"

	"giaoban/app/papers"
)

var packCommand = &command{
	reads:    always,
	name:     "pack",
	usage:    "(--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--conference SỐ] [--masked] --out TỆP.pdf",
	help:     "lập gói tài liệu họp giao ban thành một PDF",
	flags:    []string{"period", "from", "to", "as-of", "out", "date", "conference"},
	switches: []string{"masked"},
	ends:     map[string][]string{"out": {".pdf"}},
	run:      runPack,
}

func runPack(ctx context.Context, c *call) error {
	return c.write(ctx, papers.Request{Name: papers.Pack, ShowNames: !c.has("masked")}, false)
}
