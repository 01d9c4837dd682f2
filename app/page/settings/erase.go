package settings

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// erase asks for the term of keeping and what it rests on, and then shows what would go.
func (s *protectPart) erase() {
	e := s.p.e
	years, basis := widget.NewField(""), widget.NewField("số, ngày của quyết định hoặc bảng thời hạn bảo quản")
	years.SetValue("10")
	fields := []fyne.CanvasObject{widget.NewFieldBox("Thời hạn lưu, số năm từ khi hồ sơ kết thúc", years), widget.NewFieldBox("Căn cứ", basis)}
	widget.ShowForm(e.Window, "Xóa dữ liệu hết thời hạn lưu", fields, "Xem sẽ xóa gì", func() error {
		n, err := data.ParseCount(years.Value(), 100)
		if err != nil || n < 1 {
			return &data.Error{Code: data.Invalid, Field: "years", Message: "Thời hạn lưu là số năm từ 1 đến 100."}
		}
		if basis.Value() == "" {
			return &data.Error{Code: data.Invalid, Field: "basis", Message: "Ghi căn cứ của thời hạn lưu: số, ngày của quyết định hay bảng thời hạn bảo quản."}
		}
		term, ground := int(n), basis.Value()
		widget.Post(func() { s.preview(term, ground) })
		return nil
	})
}

// preview says what an erasure would take and what stays, and asks.
func (s *protectPart) preview(years int, basis string) {
	e := s.p.e
	var x desk.Expired
	e.Run("Đang tìm hồ sơ hết thời hạn lưu", func(ctx context.Context, _ widget.Report) (err error) {
		x, err = e.Desk.Expired(ctx, years)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.p.page.Errors.SetError(err)
		case len(x.IDs) == 0:
			widget.Message(e.Window, "Không có gì để xóa", expiredText(&x), nil)
		default:
			e.ConfirmDanger("Xóa dữ liệu cá nhân của "+data.FormatInt(int64(len(x.IDs)))+" hồ sơ?", expiredText(&x), "Xóa, không lấy lại được", func() { s.eraseNow(years, basis) })
		}
	})
}

// expiredText tells what an erasure would take and what stays, the first of these by code.
func expiredText(x *desk.Expired) string {
	const shown = 8
	text := fmt.Sprintf("Kết thúc trước ngày %s: xóa dữ liệu cá nhân của %s hồ sơ", x.Before, data.FormatInt(int64(len(x.IDs))))
	if x.Letters > 0 {
		text += fmt.Sprintf(", lý do của %s thư xin lỗi", data.FormatInt(int64(x.Letters)))
	}
	text += ". Cả giá trị cũ trong nhật ký cũng xóa; không hoàn tác được, và những thao tác trước lần xóa cũng không hoàn tác được nữa. Số liệu, kể cả của kỳ đã chốt, không đổi. Các bản sao lưu đã lập vẫn còn dữ liệu cũ."
	for i, k := range x.Kept {
		if i == 0 {
			text += fmt.Sprintf("\nGiữ lại %s hồ sơ cùng tuổi:", data.FormatInt(int64(len(x.Kept))))
		}
		if i == shown {
			text += fmt.Sprintf("\n… và %s hồ sơ nữa.", data.FormatInt(int64(len(x.Kept)-i)))
			break
		}
		text += "\n– " + k.Code + ": " + k.Why
	}
	return text
}

// eraseNow erases, opens the office again and shows the proof.
func (s *protectPart) eraseNow(years int, basis string) {
	e, d := s.p.e, s.p.e.Desk
	var key desk.Opened
	e.Run("Đang xóa dữ liệu hết thời hạn lưu", func(ctx context.Context, report widget.Report) (err error) {
		key, err = d.Erase(ctx, years, basis, tell(report))
		return err
	}, func(err error) {
		if err != nil {
			s.p.page.Errors.SetError(err)
			return
		}
		e.Reopen(key, func(e *env.Env) { showProofs(e, true) })
	})
}

func (s *protectPart) proofs() { showProofs(s.p.e, false) }

// showProofs shows the proofs of all erasures, or of the last one.
func showProofs(e *env.Env, last bool) {
	stored, err := e.Desk.Erasures()
	if err == nil && len(stored) == 0 {
		err = data.Fail(data.NotFound, "Sổ này chưa xóa dữ liệu hết thời hạn lần nào.", nil)
	}
	if err != nil {
		e.Fail("Không có biên bản", err)
		return
	}
	if last {
		stored = stored[len(stored)-1:]
	}
	var list []desk.Erasure
	for _, x := range stored {
		list = append(list, x.Value)
	}
	e.ShowPDF("Biên bản xóa dữ liệu cá nhân", "bien-ban-xoa-du-lieu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.ErasureProofs(ctx, e.Desk, list) })
}
