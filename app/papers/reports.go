package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Name is the name of a report in commands.
type Name string

// The reports that are named elsewhere than in Reports.
const (
	Briefing Name = "giao-ban"
	ByField  Name = "ii06a-linh-vuc"
	Overdue  Name = "qua-han"
	Register Name = "so-theo-doi"
	List     Name = "danh-sach"
	Letters  Name = "so-xin-loi"
)

// Occasion is what a report is for.
type Occasion string

// The occasions.
const (
	Meeting Occasion = "Họp giao ban"
	Forms   Occasion = "Biểu mẫu"
	Lists   Occasion = "Danh sách và sổ"
)

// Report is one report: what it is called and how it is made.
type Report struct {
	Name     Name
	Title    string // Vietnamese
	About    string // what it holds, one sentence
	Occasion Occasion
	// Column is the figure whose dossiers the report lists and its workbook too; ""
	// for a report of figures, whose workbook is form II.06a by Group.
	Column data.Column
	Group  data.Group
	Texts  bool // has paragraphs that the officer may rewrite

	gather func(context.Context, *reader, Request) (content, error)
	draw   func(context.Context, content, paper.Options) (*paper.Document, error)
}

// Reports are all reports in the order in which they are shown: windows, commands
// and the demonstration read this table.
var Reports = []Report{
	{Name: Briefing, Title: "Báo cáo giao ban CCHC", About: "Lời báo cáo, biểu đồ và các phụ lục, có đối chiếu số liệu.", Occasion: Meeting, Group: data.ByField, Texts: true,
		gather: figures, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return briefing.Build(ctx, c.figures, c.blocks, o)
		}},
	{Name: ByField, Title: "Biểu II.06a theo lĩnh vực", About: "Tình hình, kết quả giải quyết thủ tục hành chính theo lĩnh vực.", Occasion: Forms, Group: data.ByField,
		gather: figures, draw: ofFigures(briefing.BuildByField)},
	{Name: "ii06a-don-vi", Title: "Biểu II.06a theo đơn vị", About: "Tình hình, kết quả giải quyết thủ tục hành chính theo cấp và đơn vị.", Occasion: Forms, Group: data.ByUnit,
		gather: figures, draw: ofFigures(briefing.BuildByUnit)},
	{Name: Overdue, Title: "Danh sách hồ sơ quá hạn", About: "Hồ sơ quá hạn chưa giải quyết xong tính đến ngày chốt số liệu.", Occasion: Lists, Column: data.ColPendingOverdue,
		gather: figures, draw: ofFigures(briefing.BuildOverdue)},
	{Name: Register, Title: "Sổ theo dõi hồ sơ", About: "Sổ theo mẫu của Văn phòng Chính phủ, theo ngày tiếp nhận.", Occasion: Lists, Column: data.ColNew,
		gather: gatherBook, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return form.BuildBook(ctx, c.book, o)
		}},
	{Name: List, Title: "Danh sách hồ sơ", About: "Danh sách hồ sơ theo điều kiện đã chọn.", Occasion: Lists, Column: data.ColNew,
		gather: gatherList, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return form.BuildList(ctx, c.list, o)
		}},
	{Name: "trong-ky", Title: "Danh sách hồ sơ trong kỳ", About: "Hồ sơ tiếp nhận trong kỳ, có địa chỉ và ngày có kết quả.", Occasion: Lists, Column: data.ColNew,
		gather: gatherPeriod, draw: ofJobs},
	{Name: Letters, Title: "Sổ thư xin lỗi", About: "Các thư xin lỗi lập trong kỳ, ngày gửi và cách gửi.", Occasion: Lists, Group: data.ByField, gather: gatherLetters, draw: ofJobs},
}

// content is what reports are drawn from; each has its own part.
type content struct {
	figures *briefing.Input
	blocks  []briefing.Block
	book    form.Book
	list    form.List
	jobs    []form.Job
}

func ofFigures(build func(context.Context, *briefing.Input, paper.Options) (*paper.Document, error)) func(context.Context, content, paper.Options) (*paper.Document, error) {
	return func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
		return build(ctx, c.figures, o)
	}
}

func ofJobs(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
	return form.Build(ctx, c.jobs, o)
}

// ReportOf returns the report with the name; data.NotFound lists the names.
func ReportOf(name Name) (Report, error) {
	if i := slices.IndexFunc(Reports, func(r Report) bool { return r.Name == name }); i >= 0 {
		return Reports[i], nil
	}
	var names []string
	for _, r := range Reports {
		names = append(names, string(r.Name))
	}
	return Report{}, data.Fail(data.NotFound, fmt.Sprintf("Không có báo cáo tên «%s». Chọn một trong: %s.", name, strings.Join(names, ", ")), nil)
}
