// Package reports names the reports that the program prints and writes each of
// them from figures that the caller has gathered. It neither counts nor looks
// anything up; the packages below it draw.
package reports

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Name is the name of a report in commands.
type Name string

// The reports.
const (
	Briefing Name = "giao-ban"
	ByField  Name = "ii06a-linh-vuc"
	ByUnit   Name = "ii06a-don-vi"
	Overdue  Name = "qua-han"
	Register Name = "so-theo-doi"
	List     Name = "danh-sach"
	InPeriod Name = "trong-ky"
	Letters  Name = "so-xin-loi"
)

// Report describes a report for a list.
type Report struct {
	Name  Name
	Title string // Vietnamese
	About string // what it holds, one sentence
}

// Names lists the reports in the order in which they are shown.
func Names() []Report {
	return []Report{
		{Briefing, "Báo cáo giao ban CCHC", "Lời báo cáo, biểu đồ, đối chiếu số liệu và bốn phụ lục."},
		{ByField, "Biểu II.06a theo lĩnh vực", "Tình hình, kết quả giải quyết thủ tục hành chính theo lĩnh vực."},
		{ByUnit, "Biểu II.06a theo đơn vị", "Tình hình, kết quả giải quyết thủ tục hành chính theo cấp và đơn vị."},
		{Overdue, "Danh sách hồ sơ quá hạn", "Hồ sơ quá hạn chưa giải quyết xong tính đến ngày chốt số liệu."},
		{Register, "Sổ theo dõi hồ sơ", "Sổ theo mẫu của Văn phòng Chính phủ, theo ngày tiếp nhận."},
		{List, "Danh sách hồ sơ", "Danh sách hồ sơ theo điều kiện đã chọn."},
		{InPeriod, "Danh sách hồ sơ trong kỳ", "Hồ sơ tiếp nhận trong kỳ, có địa chỉ và ngày có kết quả."},
		{Letters, "Sổ thư xin lỗi", "Các thư xin lỗi lập trong kỳ, ngày gửi và cách gửi."},
	}
}

// Input is what the reports are written from: Figures for giao-ban,
// ii06a-linh-vuc, ii06a-don-vi and qua-han, Book for so-theo-doi, List for
// danh-sach, Jobs for trong-ky and so-xin-loi.
type Input struct {
	Figures *briefing.Input
	Blocks  []briefing.Block // edited texts of giao-ban; nil for the draft
	Book    *form.Book
	List    *form.List
	Jobs    []form.Job
}

// Build lays out one report. An unknown name gives an error of code NotFound, a
// cancelled ctx one of code Cancelled, here or when the document is written.
func Build(ctx context.Context, name Name, in Input, o paper.Options) (*paper.Document, error) {
	missing := data.Fail(data.Internal, "Chưa có số liệu để lập báo cáo này.", nil)
	switch name {
	case Briefing, ByField, ByUnit, Overdue:
		if in.Figures == nil {
			return nil, missing
		}
	case Register:
		if in.Book == nil {
			return nil, missing
		}
		return form.BuildBook(ctx, *in.Book, o)
	case List:
		if in.List == nil {
			return nil, missing
		}
		return form.BuildList(ctx, *in.List, o)
	case InPeriod, Letters:
		if in.Jobs == nil {
			return nil, missing
		}
		return form.Build(ctx, in.Jobs, o)
	}
	switch name {
	case Briefing:
		return briefing.Build(ctx, in.Figures, in.Blocks, o)
	case ByField:
		return briefing.BuildByField(ctx, in.Figures, o)
	case ByUnit:
		return briefing.BuildByUnit(ctx, in.Figures, o)
	case Overdue:
		return briefing.BuildOverdue(ctx, in.Figures, o)
	}
	var names []string
	for _, r := range Names() {
		names = append(names, string(r.Name))
	}
	return nil, data.Fail(data.NotFound, fmt.Sprintf("Không có báo cáo tên «%s». Chọn một trong: %s.", name, strings.Join(names, ", ")), nil)
}

// Write writes one report as a PDF file. The file appears whole or not at all.
// Its errors are those of Build, and ReadOnly for a folder that cannot be
// written.
func Write(ctx context.Context, name Name, in Input, path string, o paper.Options) error {
	d, err := Build(ctx, name, in, o)
	if err != nil {
		return err
	}
	return d.WriteFile(path)
}

// Bytes returns one report as a PDF in memory, for the window.
func Bytes(ctx context.Context, name Name, in Input, o paper.Options) ([]byte, error) {
	d, err := Build(ctx, name, in, o)
	if err != nil {
		return nil, err
	}
	return d.Bytes()
}
