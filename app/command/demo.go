package command

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

var demoCommand = &command{
	name:   "demo",
	usage:  "--out THƯ MỤC [--until NGÀY CUỐI]",
	help:   "tạo cơ quan minh họa (năm 2021 và 2022, hoặc hai năm đến một ngày) và mọi báo cáo của nó",
	flags:  []string{"out", "until"},
	folder: true,
	run:    runDemo,
}

// DemoFile is the name of the data file of the demonstration office.
const DemoFile = "minh-hoa.db"

// demoPeriod is the period of the reports of the demonstration that ends with the years
// of the article.
const demoPeriod = "2022"

func runDemo(ctx context.Context, c *call) error {
	dir := c.option("out")
	if dir == "" {
		return usagef("Thiếu --out.")
	}
	until, err := c.day("until")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục "+disk.Name(dir), err)
	}
	path := filepath.Join(dir, DemoFile)
	if c.has("file") {
		path = c.option("file")
	}
	if err := demo.Build(ctx, path, until, c.Now, nil); err != nil {
		return err
	}
	// The demonstration is never protected; its reports are no exports of an office.
	d, err := desk.Open(path, desk.Options{Now: c.Now, ReadOnly: true})
	if err != nil {
		return err
	}
	defer d.Close()
	c.printf("Đã tạo tệp dữ liệu minh họa %s: %s hồ sơ.\n", path, n(int64(d.Len())))
	key := demoPeriod
	if until.Known() {
		key = fmt.Sprint(until.Year())
	}
	p, err := data.ParsePeriod(key)
	if err != nil {
		return err
	}
	asOf, date := p.To, p.To+5
	if until.Known() {
		asOf, date = until, until+1
	}
	held, err := papers.Held(d, p)
	if err != nil {
		return err
	}
	for _, r := range papers.Reports {
		if r.Occasion == papers.Conferences && !held {
			continue
		}
		out := filepath.Join(dir, string(r.Name)+"-"+key+".pdf")
		if err := papers.Write(ctx, d, papers.Request{Name: r.Name, Period: p, AsOf: asOf, Date: date}, out); err != nil {
			return err
		}
		c.printf("Đã lập %s (%s).\n", out, r.Title)
	}
	return demoScores(ctx, c, d, dir, date)
}

// demoScores writes the tables and the report of the newest sheet of the office that is
// published.
func demoScores(ctx context.Context, c *call, d *desk.Desk, dir string, date data.Day) error {
	b := book.New(d)
	periods, err := b.Periods()
	if err != nil {
		return err
	}
	slices.SortStableFunc(periods, func(a, b assess.Period) int { return cmp.Compare(b.Year, a.Year) })
	for _, period := range periods {
		sheets, err := b.Sheets(period.ID)
		if err != nil {
			return err
		}
		for _, s := range sheets {
			if s.Unit != assess.OwnUnit || s.State != assess.Published {
				continue
			}
			request := papers.ScoreRequest{Sheet: s.ID, Leaves: true, Date: date}
			for _, t := range papers.ScoreTables() {
				request.Tables = append(request.Tables, t.ID)
			}
			for _, paper := range []struct {
				name, title string
				write       func() ([]byte, error)
			}{
				{"cham-diem", "Các bảng chấm điểm Chỉ số CCHC", func() ([]byte, error) { return papers.ScorePDF(ctx, d, request) }},
				{"tu-danh-gia", "Báo cáo tự đánh giá, chấm điểm", func() ([]byte, error) { return papers.ScoreReport(ctx, d, s.ID, "", date) }},
			} {
				pdf, err := paper.write()
				if err != nil {
					return err
				}
				out := filepath.Join(dir, fmt.Sprintf("%s-%d.pdf", paper.name, period.Year))
				if err := d.WriteOutBytes(ctx, desk.Issue{What: paper.title}, out, pdf); err != nil {
					return err
				}
				c.printf("Đã lập %s (%s).\n", out, paper.title)
			}
			return nil
		}
	}
	return nil
}
