package command

import (
	"context"

	"giaoban/app/papers"
)

var reportCommand = &command{
	words:    true,
	name:     "report",
	usage:    "TÊN (--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--conference SỐ] --out TỆP.pdf; «report list» liệt kê tên",
	help:     "lập một báo cáo PDF",
	flags:    []string{"period", "from", "to", "as-of", "out", "date", "number", "conference"},
	switches: []string{"names"},
	ends:     map[string][]string{"out": {".pdf"}},
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
	p, ok, err := c.period()
	switch {
	case err != nil:
		return err
	case !ok && !c.has("conference"):
		return usagef("Thiếu kỳ: thêm --period, hoặc --from và --to.")
	case !c.has("out"):
		return usagef("Thiếu --out.")
	}
	r := papers.Request{Name: name, Period: p, ShowNames: c.has("names"), Number: c.option("number"), Conference: c.option("conference")}
	if report.Occasion != papers.Conferences && r.Conference != "" {
		return usagef("--conference chỉ dùng cho giấy tờ của hội nghị.")
	}
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
