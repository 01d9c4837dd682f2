package receiving

import (
	"slices"
	"strings"

	"giaoban/app/kit/form"
	"giaoban/app/kit/receipt"
	"giaoban/data"
	"giaoban/data/desk"
)

type input = form.Field[Form]

// FieldByAgent is the box that unfolds the person who hands the dossier in.
const FieldByAgent = "byAgent"

// beside are the fields of the right column.
var beside = []string{FieldTerm, FieldDue, FieldOwnDue}

// fields are the fields of the page in the order of the paper.
func (m *Model) fields() []input {
	all, today := receipt.Of(m.s.Desk), m.s.Desk.Today
	at := func(key string, span int) input {
		x := receipt.Pick(all, key, func(f *Form) *data.Dossier { return &f.Dossier }).Sized(0).Over(span, 0)
		x.Required = slices.Contains(desk.Required, key)
		return x
	}
	day := func(key, label string, of func(*data.Dossier) *data.Day) input {
		x := form.Day(key, label, today, func(f *Form) *data.Day { return of(&f.Dossier) })
		x.Required = slices.Contains(desk.Required, key)
		return x
	}
	elsewhere := func(*Form) bool { return m.Elsewhere() }
	out := []input{
		at(FieldCode, 4), day(FieldReceived, desk.FactLabel(FieldReceived), func(d *data.Dossier) *data.Day { return &d.Received.Day }).Over(2, 0),
		form.Clock(FieldClock, "Giờ nhận", func(f *Form) *data.Clock { return &f.Dossier.Received.Clock }).Sized(0).Over(2, 0),
		at(FieldBook, 2).From(m.Books).Sized(60),
		at("seq", 2).Fainter(func(*Form) string { return strings.TrimPrefix(data.FormatInt(int64(m.NextSeq())), "0") }),
		at(FieldProcedure, 12).Called("Thủ tục hành chính").From(m.Procedures).Fainter(func(*Form) string { return "Gõ tên không dấu, hoặc mã thủ tục" }).Telling(func(*Form) string { return m.ProcedureNote() }),
		at(FieldCase, 12).From(m.Cases).Or("Trường hợp chung").When(func(*Form) bool { return len(m.Cases()) > 0 }),
		at(FieldChannel, 6), at("return", 6).Called("Đăng ký nhận kết quả"),
	}
	person := func(w Who, name string) []input {
		home := func(part, label string, of func(*desk.Address) *string) input {
			return form.Text(w.Field(part), label, func(f *Form) *string { return of(&f.Homes[w]) }).Over(3, 0)
		}
		return []input{
			at(w.Field(""), 6).Called(name), at(w.Field("identity"), 3).Called("Số định danh, mã số thuế"), at(w.Field("phone"), 3).Called("Điện thoại"),
			home("address", "Số nhà, thôn, tổ", func(a *desk.Address) *string { return &a.House }),
			home("commune", "Xã, phường", func(a *desk.Address) *string { return &a.Commune }).Proposing(m.Communes),
			home("province", "Tỉnh, thành phố", func(a *desk.Address) *string { return &a.Province }), at(w.Field("email"), 3).Called("Thư điện tử"),
		}
	}
	owner := person(Owner, "Họ tên hoặc tên tổ chức")
	owner[0] = owner[0].Under("Chủ hồ sơ")
	out = append(append(out, owner...), form.Check(FieldByAgent, "Người nộp thay (được ủy quyền)", func(f *Form) *bool { return &f.ByAgent }).Past().Over(12, 0))
	for _, x := range person(Agent, "Họ tên người nộp thay") {
		out = append(out, x.When(func(f *Form) bool { return f.ByAgent }))
	}
	return append(out,
		at("content", 10).Called("Nội dung yêu cầu (để trống: theo tên thủ tục)").Going().Over(10, 9).Under("Nội dung và thành phần hồ sơ"), at("copies", 2).Over(2, 3),
		at(FieldParts, 0).Past().Note("Trong bảng: Insert thêm dòng, Ctrl+Delete bỏ dòng, mũi tên lên xuống chuyển dòng."),
		at(FieldUnit, 6).From(m.Units).Under("Giải quyết"), at("receiver", 6).Called("Nơi tiếp nhận (nếu khác)").From(m.Units).Or("Bộ phận Một cửa của cơ quan"),
		at("helper", 12).Called("Nơi hướng dẫn (nếu khác)").From(m.Units).When(func(*Form) bool { return m.ManyPlaces() }),
		at("externalCode", 6).When(elsewhere), at("externalSystem", 6).When(elsewhere), at("partner", 6).Proposing(m.Partners),
		at(FieldFee, 3), at("paid", 3).Or("Chưa nộp"), at("note", 12).Going(), term(at(FieldTerm, 0)).Past().Whole(),
		day(FieldDue, "Sửa ngày hẹn trả", func(d *data.Dossier) *data.Day { return &d.Due.Day }).Past(),
		day(FieldOwnDue, "Hạn của đơn vị mình", func(d *data.Dossier) *data.Day { return &d.OwnDue.Day }).Past().When(func(*Form) bool { return m.Linked() }))
}

// term lets a number alone count working days, and none take the term away.
func term(f input) input {
	set := f.Set
	f.Set = func(t *Form, text string) error {
		switch count, unit, _ := strings.Cut(text, "\t"); {
		case unit == data.SameDay.Key():
		case strings.Trim(count, "0 ") == "":
			text = ""
		case unit == "":
			text = count + "\t" + data.WorkingDays.Key()
		}
		return set(t, text)
	}
	return f
}
