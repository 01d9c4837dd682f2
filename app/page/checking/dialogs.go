package checking

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// askFix shows what the fix would change, old and new, and applies it. A check
// without one opens the dossier.
func (s *page) askFix() {
	f, lines := s.m.Finding(), s.lines()
	if f == nil || len(lines) == 0 {
		return
	}
	if f.Kind.Fix == "" {
		s.open(lines[0])
		return
	}
	hits := s.m.Hits(lines)
	changes, not, err := s.m.Preview(hits)
	if err != nil {
		s.e.Fail(f.Kind.Fix, err)
		return
	}
	if len(changes) == 0 {
		widget.Message(s.e.Window, f.Kind.Fix, "Không sửa tự động được: hồ sơ thiếu dữ liệu để tính (thời hạn, đơn vị của thủ tục…) hoặc giá trị đã đúng. Mở hồ sơ trong Sổ hồ sơ để sửa tay.", nil)
		return
	}
	grid := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode}, {ID: "owner", Title: "Chủ hồ sơ", Width: 120, Flex: 1},
		{ID: "fact", Title: "Sửa", Width: 110}, {ID: "old", Title: "Cũ", Width: 130, Flex: 1}, {ID: "new", Title: "Mới", Width: 130, Flex: 1}})
	grid.SetRows(widget.Few{N: len(changes), Cell: func(i int, dst []widget.Cell) {
		for k, text := range changes[i] {
			dst[k].Text = text
		}
		dst[3].Role, dst[4].Strong = widget.ColorSecondary, true
	}})
	about := fmt.Sprintf("Sửa %s hồ sơ trong một lần, hoàn tác được; giá trị cũ được giữ trong lịch sử từng hồ sơ.", data.FormatInt(int64(len(hits))))
	if not > 0 {
		about += fmt.Sprintf(" %s hồ sơ trong số xem trước không sửa tự động được và giữ nguyên.", data.FormatInt(int64(not)))
	}
	if n := len(changes); len(hits) > n+not {
		about += fmt.Sprintf(" Dưới đây là %s dòng đầu.", data.FormatInt(int64(n)))
	}
	why := widget.NewArea("", 2)
	why.SetValue("Kiểm tra dữ liệu: " + f.Kind.Name)
	var d *widget.Dialog
	d = widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: f.Kind.Fix, Width: 720, Default: "Sửa", Cancel: "Hủy bỏ", First: why,
		Content: container.NewVBox(widget.NewParagraph(about, 720), widget.Tall(previewHeight(len(changes)), grid), widget.NewFieldBox("Lý do đính chính", why).Required()),
		OnDefault: func() bool {
			var bulk desk.Bulk
			s.m.Acting()
			s.e.Run("Đang sửa", func(ctx context.Context, report widget.Report) error {
				var err error
				bulk, err = s.m.Mend(ctx, hits, why.Value(), func(done, total int64) { report(done, total, "Đang sửa") })
				return err
			}, func(err error) {
				if err != nil {
					d.ShowError(err)
					return
				}
				d.Close()
				text := fmt.Sprintf("Đã sửa %s hồ sơ.", data.FormatInt(int64(bulk.Done)))
				if n := len(bulk.Refused); n > 0 {
					text += fmt.Sprintf(" %s hồ sơ giữ nguyên: %s", data.FormatInt(int64(n)), bulk.Refused[0].Reason)
				}
				s.e.Done(text)
			})
			return false
		}})
}

// previewHeight is the height in px at 100 % of a preview of n rows.
func previewHeight(n int) float32 { return 36 + 28*float32(min(n, 8)) }

// askAccept accepts the chosen findings with a reason, or takes acceptances
// back.
func (s *page) askAccept() {
	lines := s.lines()
	if len(lines) == 0 {
		return
	}
	if s.m.Chosen() == AcceptedID {
		s.withdraw(lines)
		return
	}
	hits := s.m.Hits(lines)
	why := widget.NewArea("Ví dụ: đã đối chiếu hồ sơ giấy, ngày ghi đúng", 2)
	title := "Chấp nhận lỗi của hồ sơ " + s.m.Row(lines[0]).Code
	if len(lines) > 1 {
		title = fmt.Sprintf("Chấp nhận lỗi của %s hồ sơ", data.FormatInt(int64(len(lines))))
	}
	note := widget.NewNote("Lỗi đã chấp nhận không hiện lại cho tới khi dữ liệu liên quan của hồ sơ đổi. Báo cáo ghi số lỗi đã chấp nhận.", 420)
	var d *widget.Dialog
	d = widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: title, Width: 420, Default: "Chấp nhận", Cancel: "Hủy bỏ", First: why,
		Content: container.NewVBox(widget.NewFieldBox("Lý do", why).Required(), note),
		OnDefault: func() bool {
			s.m.Acting()
			s.e.Run("Đang ghi", func(ctx context.Context, _ widget.Report) error {
				return s.m.Accept(ctx, hits, why.Value())
			}, func(err error) {
				if err != nil {
					d.ShowError(err)
					return
				}
				d.Close()
				s.e.Done(fmt.Sprintf("Đã chấp nhận lỗi của %s hồ sơ.", data.FormatInt(int64(len(hits)))))
			})
			return false
		}})
}

func (s *page) withdraw(lines []int) {
	list := s.m.Accepted()
	var ids []uint64
	for _, i := range lines {
		if i < len(list) {
			ids = append(ids, list[i].ID)
		}
	}
	s.m.Acting()
	s.e.Run("Đang ghi", func(ctx context.Context, _ widget.Report) error { return s.m.Withdraw(ctx, ids) }, func(err error) {
		if err != nil {
			s.e.Fail("Không ghi được", err)
			return
		}
		s.e.Done(fmt.Sprintf("Đã thôi chấp nhận %s lỗi.", data.FormatInt(int64(len(ids)))))
	})
}

// askExport writes the list of the chosen check to a workbook.
func (s *page) askExport() {
	f := s.m.Finding()
	if f == nil {
		return
	}
	k, hits := f.Kind, f.Hits
	s.e.Files.Save(widget.FileQuestion{Title: "Xuất danh sách ra Excel", Purpose: "export", Name: "kiem-tra-" + k.ID + ".xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		s.e.Run("Đang xuất Excel", func(ctx context.Context, report widget.Report) error {
			return papers.ExportFindings(ctx, s.e.Desk, k, hits, path, func(done, total int64) { report(done, total, "Đang ghi") })
		}, func(err error) {
			if err != nil {
				s.e.Fail("Không xuất được danh sách", err)
				return
			}
			s.e.Toast(fmt.Sprintf("Đã xuất %s hồ sơ ra %s.", data.FormatInt(int64(len(hits))), filepath.Base(path)))
		})
	})
}
