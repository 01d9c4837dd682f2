package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports"
)

var demoCommand = &command{
	name:  "demo",
	usage: "--out THƯ MỤC",
	help:  "tạo cơ quan minh họa và mọi báo cáo của nó",
	flags: []string{"out"},
	run:   runDemo,
}

// DemoFile is the name of the data file of the demonstration office.
const DemoFile = "minh-hoa.db"

// demoPeriod is the period of the demonstration reports.
const demoPeriod = "2022"

func runDemo(ctx context.Context, c *call) error {
	dir := c.option("out")
	if dir == "" {
		return usagef("Thiếu --out.")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không tạo được thư mục %s. Chọn nơi khác.", dir), err)
	}
	path := filepath.Join(dir, DemoFile)
	if c.has("file") {
		path = c.option("file")
	}
	if err := desk.BuildDemo(ctx, path, c.Now, nil); err != nil {
		return err
	}
	d, err := desk.Open(path, desk.Options{Now: c.Now})
	if err != nil {
		return err
	}
	defer d.Close()
	c.printf("Đã tạo tệp dữ liệu minh họa %s: %s hồ sơ.\n", path, n(int64(d.Len())))
	p, err := data.ParsePeriod(demoPeriod)
	if err != nil {
		return err
	}
	for _, r := range reports.Names() {
		out := filepath.Join(dir, string(r.Name)+"-"+demoPeriod+".pdf")
		if err := papers.Write(ctx, d, papers.Request{Name: r.Name, Period: p, Date: p.To + 5}, out); err != nil {
			return err
		}
		c.printf("Đã lập %s (%s).\n", out, r.Title)
	}
	return nil
}
