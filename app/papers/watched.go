package papers

import (
	"fmt"
	"io"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/exchange"
)

// ExportWatched writes dossiers to watch, or to write letters for, to a workbook
// under a title. The number of them stands in the file too.
func ExportWatched(title string, list []desk.Alarm, today data.Day, path string) error {
	table := exchange.Table{Sheet: "Danh sách", Titles: []string{title, fmt.Sprintf("%s hồ sơ, tính đến %s", data.FormatInt(int64(len(list))), today)}, Columns: []exchange.TableColumn{
		{Heading: "STT", Width: 7}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Thủ tục", Width: 44}, {Heading: "Đơn vị", Width: 28},
		{Heading: "Bộ phận giữ", Width: 22}, {Heading: "Ngày nhận", Width: 13}, {Heading: "Hẹn trả", Width: 13}, {Heading: "Hạn của đơn vị", Width: 13}, {Heading: "Hẹn lại", Width: 13},
		{Heading: "Ngày xong", Width: 13}, {Heading: "Nhóm, lý do", Width: 44}, {Heading: "Thư xin lỗi", Width: 12}, {Heading: "Còn thiếu", Width: 30},
	}}
	return disk.Whole(path, func(w io.Writer) error {
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for i := range list {
				a := &list[i]
				letter, again := "Chưa", data.Moment{}
				if a.Letter {
					letter = "Đã có"
				}
				if a.Promised != a.Due {
					again = a.Promised
				}
				if !yield([]any{i + 1, a.Code, a.Owner, a.Procedure, a.UnitName, a.Desk, a.Received, a.Due, a.OwnDue, again, a.Ended, a.Why, letter, a.Missing}) {
					return
				}
			}
		})
	})
}

// BookLine is one line of the book of letters of apology, as the screen shows it.
type BookLine struct{ Number, Day, Code, Owner, Promised, Reason, Delivered string }

// ExportLetterBook writes the book of letters of a year to a workbook.
func ExportLetterBook(year int, lines []BookLine, path string) error {
	table := exchange.Table{Sheet: "Sổ thư xin lỗi", Titles: []string{fmt.Sprintf("SỔ THƯ XIN LỖI NĂM %d", year), data.FormatInt(int64(len(lines))) + " thư"}, Columns: []exchange.TableColumn{
		{Heading: "Số", Width: 14}, {Heading: "Ngày", Width: 13}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Hẹn lại", Width: 13}, {Heading: "Lý do", Width: 44}, {Heading: "Đã gửi", Width: 26},
	}}
	cell := func(text string) any {
		if day, ok := dayOf(text); ok {
			return day
		}
		return text
	}
	return disk.Whole(path, func(w io.Writer) error {
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for _, l := range lines {
				if !yield([]any{l.Number, cell(l.Day), l.Code, l.Owner, cell(l.Promised), l.Reason, l.Delivered}) {
					return
				}
			}
		})
	})
}
