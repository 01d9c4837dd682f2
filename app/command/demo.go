package command

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

var demoCommand = &command{
	name:   "demo",
	usage:  "--out THƯ MỤC",
	help:   "tạo cơ quan minh họa và mọi báo cáo của nó",
	flags:  []string{"out"},
	folder: true,
	run:    runDemo,
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
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục "+disk.Name(dir), err)
	}
	path := filepath.Join(dir, DemoFile)
	if c.has("file") {
		path = c.option("file")
	}
	if err := book.BuildDemoOffice(ctx, path, c.Now, nil); err != nil {
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
	for _, r := range papers.Reports {
		out := filepath.Join(dir, string(r.Name)+"-"+demoPeriod+".pdf")
		if err := papers.Write(ctx, d, papers.Request{Name: r.Name, Period: p, Date: p.To + 5}, out); err != nil {
			return err
		}
		c.printf("Đã lập %s (%s).\n", out, r.Title)
	}
	return demoScores(ctx, c, d, dir, p)
}

// demoScores writes the tables and the report of the office's own sheet.
func demoScores(ctx context.Context, c *call, d *desk.Desk, dir string, p data.Period) error {
	b := book.New(d)
	periods, err := b.Periods()
	if err != nil {
		return err
	}
	for _, period := range periods {
		if period.Year != p.To.Year() {
			continue
		}
		sheets, err := b.Sheets(period.ID)
		if err != nil {
			return err
		}
		for _, s := range sheets {
			if s.Unit != assess.OwnUnit {
				continue
			}
			request := papers.ScoreRequest{Sheet: s.ID, Leaves: true, Date: p.To + 5}
			for _, t := range papers.ScoreTables() {
				request.Tables = append(request.Tables, t.ID)
			}
			for _, paper := range []struct {
				name, title string
				write       func() ([]byte, error)
			}{
				{"cham-diem", "Các bảng chấm điểm Chỉ số CCHC", func() ([]byte, error) { return papers.ScorePDF(ctx, d, request) }},
				{"tu-danh-gia", "Báo cáo tự đánh giá, chấm điểm", func() ([]byte, error) { return papers.ScoreReport(ctx, d, s.ID, "", p.To+5) }},
			} {
				pdf, err := paper.write()
				if err != nil {
					return err
				}
				out := filepath.Join(dir, paper.name+"-"+demoPeriod+".pdf")
				if err := disk.Whole(out, func(w io.Writer) error { _, err := w.Write(pdf); return err }); err != nil {
					return err
				}
				c.printf("Đã lập %s (%s).\n", out, paper.title)
			}
		}
	}
	return nil
}
