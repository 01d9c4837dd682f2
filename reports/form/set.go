package form

import (
	"fmt"
	"slices"

	"giaoban/assets/forms"
	"giaoban/data"
)

// The forms that Build prints, each with all its versions.
const (
	Receipt     = "tiep-nhan"        // giấy tiếp nhận hồ sơ và hẹn trả kết quả
	ReceiptMany = "tiep-nhan-nhieu"  // one receipt for many dossiers, with their list
	Supplement  = "bo-sung"          // phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
	Refusal     = "tu-choi"          // phiếu từ chối tiếp nhận giải quyết hồ sơ
	Apology     = "xin-loi"          // phiếu xin lỗi; from 2025 văn bản xin lỗi và đề nghị gia hạn
	StopNotice  = "dung-giai-quyet"  // thông báo dừng giải quyết hồ sơ
	Control     = "kiem-soat"        // phiếu kiểm soát quá trình giải quyết hồ sơ
	Register    = "so-theo-doi"      // sổ theo dõi hồ sơ
	HandOver    = "ban-giao"         // danh sách bàn giao hồ sơ
	HandResults = "ban-giao-ket-qua" // phiếu bàn giao kết quả
	InPeriod    = "trong-ky"         // danh sách hồ sơ trong kỳ
	OverdueList = "qua-han"          // danh sách hồ sơ quá hạn chưa giải quyết xong
	AnyList     = "danh-sach"        // danh sách hồ sơ theo điều kiện
	ReturnSlip  = "bien-nhan"        // giấy biên nhận trả kết quả
	History     = "qua-trinh"        // quá trình xử lý hồ sơ
	NearDue     = "sap-tre"          // phiếu hồ sơ sắp trễ
	DueDays     = "giai-thich"       // giải thích ngày hẹn
	LetterBook  = "so-xin-loi"       // sổ thư xin lỗi
	Reconcile   = "doi-chieu-nguon"  // biên bản đối chiếu hai nguồn
)

// IDs lists the forms that Build prints, in the order of lists.
func IDs() []string {
	return []string{Receipt, ReceiptMany, Supplement, Refusal, Apology, StopNotice, Control, Register, HandOver, HandResults,
		ReturnSlip, InPeriod, OverdueList, NearDue, AnyList, History, DueDays, LetterBook, Reconcile}
}

// Shipped returns the versions of a form that the program ships: those of IDs,
// and the statistical ones ii06a, so-sanh, ty-le, don-vi, doi-chieu.
func Shipped(id string) ([]Template, error) {
	b, err := forms.Files.ReadFile(id + ".json")
	if err != nil {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không có biểu mẫu «%s».", id), err)
	}
	return ParseTemplates(b)
}

// Templates returns all versions of all forms of IDs that the program ships.
func Templates() ([]Template, error) {
	var all []Template
	for _, id := range IDs() {
		list, err := Shipped(id)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// Merge returns the shipped templates with an officer's own in the place of
// those of the same form and first day; the others of the officer follow.
func Merge(shipped, own []Template) []Template {
	all := slices.Clone(shipped)
	for _, o := range own {
		i := slices.IndexFunc(all, func(t Template) bool { return t.ID == o.ID && t.From == o.From })
		if i < 0 {
			all = append(all, o)
		} else {
			all[i] = o
		}
	}
	return all
}

// Pick returns the version of a form that holds on a day: for a paper about a
// dossier the day of its reception (register-and-reports 0). A day before the
// first version takes the first, an unknown day the last. A form that is not in
// the list gives an error of code NotFound.
func Pick(list []Template, id string, day data.Day) (Template, error) {
	var versions []Template
	for _, t := range list {
		if t.ID == id {
			versions = append(versions, t)
		}
	}
	if len(versions) == 0 {
		return Template{}, data.Fail(data.NotFound, fmt.Sprintf("Không có biểu mẫu «%s». Khôi phục biểu mẫu gốc rồi thử lại.", id), nil)
	}
	if !day.Known() {
		day = data.MaxDay
	}
	return On(versions, day), nil
}

// On returns the version that holds on a day; before the first version the
// first, after the last the last.
func On(list []Template, day data.Day) Template {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Template) int { return int(a.first()) - int(b.first()) })
	chosen := sorted[0]
	for _, t := range sorted {
		if t.first() <= day {
			chosen = t
		}
	}
	return chosen
}

func (t Template) first() data.Day {
	day, _ := data.ParseISO(t.From) // checked when read
	return day
}

// ShippedOn returns the shipped version of a form that holds on a day.
func ShippedOn(id string, day data.Day) (Template, error) {
	list, err := Shipped(id)
	if err != nil {
		return Template{}, err
	}
	return On(list, day), nil
}
