package reform

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// Levels counts procedures by level, or tells which they are.
type Levels struct {
	Province, District, Commune []uint32
	Other                       []uint32 // of no level or of a vertical agency: in the total only
}

// Add adds a procedure.
func (l *Levels) Add(p *data.Procedure) {
	switch p.Level {
	case data.LevelProvince:
		l.Province = append(l.Province, p.ID)
	case data.LevelDistrict:
		l.District = append(l.District, p.ID)
	case data.LevelCommune:
		l.Commune = append(l.Commune, p.ID)
	default:
		l.Other = append(l.Other, p.ID)
	}
}

// columns are the total and the levels, in the order of the form.
func (l *Levels) columns() [][]uint32 {
	return [][]uint32{slices.Concat(l.Province, l.District, l.Commune, l.Other), l.Province, l.District, l.Commune}
}

// UnitProcedures are the procedures of a unit: all, those that the one-stop desk takes in,
// and those with an internal process.
type UnitProcedures struct {
	Unit                  uint32 // 0 where the catalogue names none
	Name                  string
	All, OneStop, Process Levels
	Typed                 Typed // how many the one-stop desk takes in, where only that is known
}

// Typed is a number that somebody entered.
type Typed struct {
	N     int64
	Known bool
}

// String writes the number, "" for what is not known.
func (t Typed) String() string {
	if !t.Known {
		return ""
	}
	return data.FormatInt(t.N)
}

// SumUp is form II.07b: how many procedures there are. oneStop and process tell whether the
// catalogue says how procedures are carried out; where it does not, those of the one-stop
// desk are what was typed, and the rest is left to be written.
func SumUp(list []UnitProcedures, oneStop, process bool, typed Typed, below []string) (t scorecard.Table, behind [][][]uint32) {
	t = scorecard.Table{Name: "II.07b", Title: "TỔNG HỢP SỐ LƯỢNG THỦ TỤC HÀNH CHÍNH", Below: append([]string{"Biểu số II.07b/VPCP/KSTT"}, below...), Columns: columns(12, 16), Empty: "Danh mục chưa có thủ tục.",
		Header: [][]paper.Head{
			{head("TT", 1, 2), head("Đơn vị", 1, 2), head("Tổng số thủ tục thuộc thẩm quyền giải quyết của địa phương", 4, 1), head("Thủ tục thực hiện theo cơ chế một cửa, một cửa liên thông", 4, 1),
				head("Quy trình nội bộ được ban hành", 4, 1)},
			heads("Tổng số", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Tổng số", "Tại Bộ phận Một cửa cấp tỉnh", "Cấp huyện", "Cấp xã", "Tổng số quy trình", "Cấp tỉnh", "Cấp huyện", "Cấp xã")},
		Notes: []string{"Lấy từ danh mục thủ tục có hiệu lực. Thủ tục chưa ghi cấp và của ngành dọc chỉ ở các cột tổng số."}}
	if !oneStop {
		t.Notes = append(t.Notes, "Cột (7) lấy từ chỉ tiêu CONG_MOTCUA nếu đã nhập. Cột (8) đến (10) để trống: ghi «"+data.Ways[0].Name+"» ở Danh mục → Thủ tục, phần «Cách thực hiện theo thời gian».")
	}
	if !process {
		t.Notes = append(t.Notes, "Cột (11) đến (14) để trống: ghi «Có quy trình nội bộ» cùng ngày và số quyết định ở Danh mục → Thủ tục, phần «Cách thực hiện theo thời gian».")
	}
	add := func(no string, u *UnitProcedures, bold bool) {
		var ids [][]uint32
		cells := []string{no, u.Name}
		for _, part := range []struct {
			known bool
			of    *Levels
		}{{true, &u.All}, {oneStop, &u.OneStop}, {process, &u.Process}} {
			for i, list := range part.of.columns() {
				text := data.FormatInt(int64(len(list)))
				if !part.known {
					text = ""
				}
				if part.of == &u.OneStop && !oneStop && i == 0 {
					text = u.Typed.String()
				}
				cells, ids = append(cells, text), append(ids, list)
			}
		}
		t.Rows, behind = append(t.Rows, paper.Row{Cells: cells, Bold: bold}), append(behind, ids)
	}
	sum := UnitProcedures{Name: "Tổng cộng", Typed: typed}
	for i := range list {
		u := &list[i]
		add(fmt.Sprint(i+1), u, false)
		for _, x := range []struct{ to, from *Levels }{{&sum.All, &u.All}, {&sum.OneStop, &u.OneStop}, {&sum.Process, &u.Process}} {
			x.to.Province, x.to.District = append(x.to.Province, x.from.Province...), append(x.to.District, x.from.District...)
			x.to.Commune, x.to.Other = append(x.to.Commune, x.from.Commune...), append(x.to.Other, x.from.Other...)
		}
	}
	if len(list) > 0 {
		add("", &sum, true)
	}
	return t, behind
}

// Delay are late dossiers of a field with one cause, by their ids.
type Delay struct {
	Field, Cause string // Cause "" is not judged yet
	Objective    bool
	IDs          []uint32
}

// Causes is the table of causes of delay; the rows of one field follow each other.
func Causes(list []Delay, below []string) scorecard.Table {
	t := scorecard.Table{Name: "Nguyên nhân quá hạn", Title: "NGUYÊN NHÂN QUÁ HẠN ĐỐI VỚI CÁC HỒ SƠ QUÁ HẠN", Below: below, Upright: true, Size: 11, Empty: "Không có hồ sơ quá hạn.",
		Columns: []scorecard.Column{{Width: 12, Align: paper.Center}, {Width: 50}, {Width: 22, Align: paper.Right, Numeric: true}, {Width: 56}, {Width: 25}},
		Header:  [][]paper.Head{heads("TT", "Lĩnh vực, công việc giải quyết", "Số lượng hồ sơ", "Nguyên nhân quá hạn", "Ghi chú")},
		Notes:   []string{"Gồm hồ sơ giải quyết xong quá hạn trong kỳ và hồ sơ đang giải quyết đã quá hạn. Nguyên nhân do người giải quyết ghi ở hồ sơ hoặc thư xin lỗi."}}
	total, fields := int64(0), 0
	for i, d := range list {
		total += int64(len(d.IDs))
		row := paper.Row{Cells: []string{"", "", data.FormatInt(int64(len(d.IDs))), d.Cause, "Chủ quan"}}
		if i == 0 || list[i-1].Field != d.Field {
			fields++
			row.Cells[0], row.Cells[1] = fmt.Sprint(fields), d.Field
		}
		if d.Objective {
			row.Cells[4] = "Khách quan"
		}
		if d.Cause == "" {
			row.Cells[3], row.Cells[4] = "Chưa ghi nguyên nhân", ""
		}
		t.Rows = append(t.Rows, row)
	}
	if len(list) > 0 {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{"", "Tổng cộng", data.FormatInt(total), "", ""}, Bold: true})
	}
	return t
}

// Unused is a procedure in force of which no dossier came in for years.
type Unused struct {
	ID                             uint32
	Code, Name, Field, Level, Unit string
}

// NoDossiers is the table of procedures without a dossier with what is proposed for each,
// which the officer writes. covered tells the years of which the register has dossiers.
func NoDossiers(list []Unused, below []string, notes []string) scorecard.Table {
	t := scorecard.Table{Name: "Không phát sinh hồ sơ", Title: "THỦ TỤC HÀNH CHÍNH KHÔNG PHÁT SINH HỒ SƠ TRONG 3 NĂM VÀ ĐỀ XUẤT", Below: below, Size: 10, Notes: notes,
		Empty:   "Không có thủ tục nào.",
		Columns: []scorecard.Column{{Width: 10, Align: paper.Center}, {Width: 24}, {Width: 84}, {Width: 38}, {Width: 20}, {Width: 36}, {Width: 38}},
		Header:  [][]paper.Head{heads("STT", "Mã thủ tục", "Tên thủ tục hành chính", "Lĩnh vực", "Cấp", "Đơn vị giải quyết", "Đề xuất (giữ, sửa đổi, bãi bỏ, chuyển cấp)")}}
	for i, u := range list {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{fmt.Sprint(i + 1), u.Code, u.Name, u.Field, u.Level, u.Unit, ""}})
	}
	return t
}
