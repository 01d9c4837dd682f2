package checking

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"giaoban/app/kit/form"
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
	var bulk desk.Bulk
	form.Ask(s.e, form.Question[string]{Title: f.Kind.Fix, Verb: "Sửa", Width: 720, Value: "Kiểm tra dữ liệu: " + f.Kind.Name, Fields: reason(""),
		Above: []fyne.CanvasObject{widget.NewParagraph(about, 720), widget.Tall(previewHeight(len(changes)), grid)},
		Check: s.acting,
		Long: func(ctx context.Context, why string, report widget.Report) (err error) {
			bulk, err = s.m.Mend(ctx, hits, why, func(done, total int64) { report(done, total, "Đang sửa") })
			return err
		},
		Done: func(string) string {
			text := fmt.Sprintf("Đã sửa %s hồ sơ.", data.FormatInt(int64(bulk.Done)))
			if n := len(bulk.Refused); n > 0 {
				text += fmt.Sprintf(" %s hồ sơ giữ nguyên: %s", data.FormatInt(int64(n)), bulk.Refused[0].Reason)
			}
			return text
		}})
}

// reason asks why something is done.
func reason(hint string) []form.Field[string] {
	label := "Lý do"
	if hint == "" {
		label = "Lý do đính chính"
	}
	return []form.Field[string]{form.Area("why", label, 2, func(s *string) *string { return s }).Need().Note(hint)}
}

// acting says that the change which follows is made here.
func (s *page) acting(string) error {
	s.m.Acting()
	return nil
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
	title := "Chấp nhận lỗi của hồ sơ " + s.m.Row(lines[0]).Code
	if len(lines) > 1 {
		title = fmt.Sprintf("Chấp nhận lỗi của %s hồ sơ", data.FormatInt(int64(len(lines))))
	}
	form.Ask(s.e, form.Question[string]{Title: title, Verb: "Chấp nhận", Fields: reason("ví dụ: đã đối chiếu hồ sơ giấy, ngày ghi đúng"), Check: s.acting,
		Note:  "Lỗi đã chấp nhận không hiện lại cho tới khi dữ liệu liên quan của hồ sơ đổi. Báo cáo ghi số lỗi đã chấp nhận.",
		Store: func(ctx context.Context, why string) error { return s.m.Accept(ctx, hits, why) },
		Done: func(string) string {
			return fmt.Sprintf("Đã chấp nhận lỗi của %s hồ sơ.", data.FormatInt(int64(len(hits))))
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
