package command

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

var reportCommand = &command{
	words:    true,
	name:     "report",
	usage:    "TÊN (--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--conference SỐ] [--unit TÊN] [--field TÊN] --out TỆP.pdf|TỆP.xlsx; «report list» liệt kê tên",
	help:     "lập một báo cáo PDF, hoặc bảng tính của nó",
	flags:    []string{"period", "from", "to", "as-of", "out", "date", "number", "conference", "unit", "field"},
	switches: []string{"names"},
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
	if r.Filter, err = placeFilter(c, d); err != nil {
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

// placeFilter reads --unit and --field, which name units and fields of the catalogue.
func placeFilter(c *call, d *desk.Desk) (f desk.Filter, err error) {
	catalogue := d.Catalogue()
	for _, name := range c.options["unit"] {
		i := slices.IndexFunc(catalogue.Units, func(u data.Unit) bool { return text.NameKey(u.Name) == text.NameKey(name) })
		if i < 0 {
			return f, data.Fail(data.NotFound, "Không có đơn vị «"+name+"» trong danh mục. Xem tên ở Danh mục, Đơn vị.", nil)
		}
		f.Units = append(f.Units, catalogue.Units[i].ID)
	}
	for _, name := range c.options["field"] {
		i := slices.IndexFunc(catalogue.Fields, func(x data.Field) bool { return text.NameKey(x.Name) == text.NameKey(name) })
		if i < 0 {
			return f, data.Fail(data.NotFound, "Không có lĩnh vực «"+name+"» trong danh mục. Xem tên ở Danh mục, Lĩnh vực.", nil)
		}
		f.Fields = append(f.Fields, catalogue.Fields[i].ID)
	}
	return f, nil
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
