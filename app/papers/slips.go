package papers

import (
	"context"

	"giaoban/data"
	"giaoban/data/desk"
)

// Slip names one paper to print: a form, the dossier, and what it is about.
type Slip struct {
	Form    string // id of the form; see Forms
	Dossier uint64
	Event   int    // index of the event that the slip is about, -1 for none
	Letter  uint64 // the letter of apology, 0 for none
}

// The forms, by the ids that templates carry. Which version of a form is printed
// depends on the day of reception.
const (
	FormReceipt    = "giay-tiep-nhan"   // giấy tiếp nhận hồ sơ và hẹn trả kết quả
	FormSupplement = "phieu-bo-sung"    // phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
	FormRefusal    = "phieu-tu-choi"    // phiếu từ chối tiếp nhận giải quyết hồ sơ
	FormApology    = "phieu-xin-loi"    // phiếu xin lỗi và hẹn lại ngày trả kết quả
	FormStop       = "thong-bao-dung"   // thông báo dừng giải quyết hồ sơ (2025)
	FormControl    = "phieu-kiem-soat"  // phiếu kiểm soát quá trình giải quyết hồ sơ
	FormResult     = "bien-nhan-tra"    // giấy biên nhận trả kết quả
	FormProcess    = "qua-trinh-xu-ly"  // quá trình xử lý hồ sơ
	FormDueReason  = "giai-thich-hen"   // giải thích ngày hẹn
	FormHandOver   = "ban-giao-ho-so"   // danh sách bàn giao hồ sơ, one list for all
	FormResults    = "ban-giao-ket-qua" // phiếu bàn giao kết quả, one list for all
)

// Form is one form that can be printed.
type Form struct{ ID, Title string }

// FormsOf returns the forms that make sense for a dossier in its present state.
func FormsOf(one *data.Dossier) []Form {
	return nil
}

// Slips writes papers as one PDF, each on a page of its own, and counts the
// prints: what was printed before says so. With preview nothing is counted.
func Slips(ctx context.Context, d *desk.Desk, slips []Slip, preview bool) ([]byte, error) {
	return nil, data.Fail(data.NotFound, "Chưa có mẫu in.", nil)
}
