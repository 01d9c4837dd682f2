package reform

import (
	"fmt"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// LevelCount are the procedures of a unit by level.
type LevelCount struct {
	Name                        string
	Province, District, Commune int64
	Other                       int64 // of no level or of a vertical agency: in the total only
	OneStop                     Typed // received at the one-stop desk
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

// Total is their number.
func (l LevelCount) Total() int64 { return l.Province + l.District + l.Commune + l.Other }

// SumUp is form II.07b: how many procedures there are. Those that the one-stop desk
// receives are typed; by level they are not known, and internal processes neither: those
// columns are left to be written.
func SumUp(list []LevelCount, oneStop Typed, below []string) scorecard.Table {
	t := scorecard.Table{Name: "II.07b", Title: "TỔNG HỢP SỐ LƯỢNG THỦ TỤC HÀNH CHÍNH", Below: append([]string{"Biểu số II.07b/VPCP/KSTT"}, below...), Columns: columns(12, 16), Empty: "Danh mục chưa có thủ tục.",
		Header: [][]paper.Head{
			{head("TT", 1, 2), head("Đơn vị", 1, 2), head("Tổng số thủ tục thuộc thẩm quyền giải quyết của địa phương", 4, 1), head("Thủ tục thực hiện theo cơ chế một cửa, một cửa liên thông", 4, 1),
				head("Quy trình nội bộ được ban hành", 4, 1)},
			heads("Tổng số", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Tổng số", "Tại Bộ phận Một cửa cấp tỉnh", "Cấp huyện", "Cấp xã", "Tổng số quy trình", "Cấp tỉnh", "Cấp huyện", "Cấp xã")},
		Notes: []string{"Cột (3) đến (6) lấy từ danh mục thủ tục có hiệu lực. Cột (7) lấy từ chỉ tiêu CONG_MOTCUA đã nhập; cột (8) đến (14) chưa có nơi ghi, để trống để ghi tay. Thủ tục chưa ghi cấp và của ngành dọc chỉ ở cột (3)."}}
	var sum LevelCount
	line := func(no string, l LevelCount) []string {
		return append(append([]string{no, l.Name}, numbers(l.Total(), l.Province, l.District, l.Commune)...), l.OneStop.String(), "", "", "", "", "", "", "")
	}
	for i, l := range list {
		sum.Province, sum.District, sum.Commune, sum.Other = sum.Province+l.Province, sum.District+l.District, sum.Commune+l.Commune, sum.Other+l.Other
		t.Rows = append(t.Rows, paper.Row{Cells: line(fmt.Sprint(i+1), l)})
	}
	sum.OneStop = oneStop
	if sum.Name = "Tổng cộng"; len(list) > 0 {
		t.Rows = append(t.Rows, paper.Row{Cells: line("", sum), Bold: true})
	}
	return t
}

// Delay are late dossiers of a field with one cause.
type Delay struct {
	Field, Cause string // Cause "" is not judged yet
	Objective    bool
	Count        int64
}

// Causes is the table of causes of delay; the rows of one field follow each other.
func Causes(list []Delay, below []string) scorecard.Table {
	t := scorecard.Table{Name: "Nguyên nhân quá hạn", Title: "NGUYÊN NHÂN QUÁ HẠN ĐỐI VỚI CÁC HỒ SƠ QUÁ HẠN", Below: below, Upright: true, Size: 11, Empty: "Không có hồ sơ quá hạn.",
		Columns: []scorecard.Column{{Width: 12, Align: paper.Center}, {Width: 50}, {Width: 22, Align: paper.Right, Numeric: true}, {Width: 56}, {Width: 25}},
		Header:  [][]paper.Head{heads("TT", "Lĩnh vực, công việc giải quyết", "Số lượng hồ sơ", "Nguyên nhân quá hạn", "Ghi chú")},
		Notes:   []string{"Gồm hồ sơ giải quyết xong quá hạn trong kỳ và hồ sơ đang giải quyết đã quá hạn. Nguyên nhân do người giải quyết ghi ở hồ sơ hoặc thư xin lỗi."}}
	total, fields := int64(0), 0
	for i, d := range list {
		total += d.Count
		row := paper.Row{Cells: []string{"", "", data.FormatInt(d.Count), d.Cause, "Chủ quan"}}
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
type Unused struct{ Code, Name, Field, Level, Unit string }

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
