package command

import (
	"context"
	"path/filepath"
	"strings"

	"giaoban/app/papers"
	"giaoban/data/text"
)

var reportCommand = &command{
	reads:    always,
	words:    true,
	name:     "report",
	usage:    "TÊN (--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--conference SỐ] [--unit TÊN] [--field TÊN] [--names|--masked] --out TỆP.pdf|TỆP.xlsx; «report list» liệt kê tên",
	help:     "lập một báo cáo PDF, hoặc bảng tính của nó",
	flags:    []string{"period", "from", "to", "as-of", "out", "date", "number", "conference", "unit", "field"},
	switches: []string{"names", "masked"},
	ends:     map[string][]string{"out": {".pdf", ".xlsx"}},
	run:      runReport,
}

func runReport(ctx context.Context, c *call) error {
	if len(c.args) != 1 {
		return usagef("Cho biết một tên báo cáo.")
	}
	name := papers.Name(c.args[0])
	if name == "list" {
		return listReports(c)
	}
	report, err := papers.ReportOf(name)
	if err != nil {
		return usagef("Không có báo cáo «%s». «giaoban report list» liệt kê tên.", name)
	}
	if report.Occasion != papers.Conferences && c.has("conference") {
		return usagef("--conference chỉ dùng cho giấy tờ của hội nghị.")
	}
	return c.write(ctx, papers.Request{Name: name, ShowNames: c.has("names"), Masked: c.has("masked"), Number: c.option("number")}, report.Occasion == papers.Conferences && c.has("conference"))
}

// write completes a request by what reports are asked by, and writes its file; the
// papers of one conference need no period.
func (c *call) write(ctx context.Context, r papers.Request, free bool) (err error) {
	if r.Period, r.AsOf, err = c.asked(free); err != nil {
		return err
	}
	if !c.has("out") {
		return usagef("Thiếu --out.")
	}
	if r.Date, err = c.day("date"); err != nil {
		return err
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	r.Conference = text.Line(c.option("conference"))
	if r.Filter.Units, err = c.units(d, "unit"); err != nil {
		return err
	}
	if r.Filter.Fields, err = c.fields(d); err != nil {
		return err
	}
	write := papers.Write
	if strings.EqualFold(filepath.Ext(c.option("out")), ".xlsx") {
		write = papers.Workbook
	}
	r.Doubts = func(list []string) {
		for _, text := range list {
			c.printf("Cần đọc lại: %s\n", text)
		}
	}
	if err := write(ctx, d, r, c.option("out")); err != nil {
		return err
	}
	c.printf("Đã lập %s.\n", c.option("out"))
	return nil
}

func listReports(c *call) error {
	if c.has("json") {
		list := []map[string]string{}
		for _, r := range papers.Reports {
			list = append(list, map[string]string{"name": string(r.Name), "title": r.Title, "about": r.About})
		}
		return c.printJSON(list)
	}
	for _, r := range papers.Reports {
		c.printf("%-16s %s. %s\n", r.Name, r.Title, r.About)
	}
	return nil
}
