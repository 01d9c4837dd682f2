package receiving

import (
	"strings"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/data"
	"giaoban/data/basis"
)

type input = form.Field[Form]

// FieldByAgent is the box that unfolds the person who hands the dossier in.
const FieldByAgent = "byAgent"

// beside are the fields of the right column.
var beside = []string{FieldTerm, FieldDue, FieldOwnDue}

// fields are the fields of the page in the order of the paper.
func (m *Model) fields() []input {
	today := m.s.Desk.Today
	text := func(key, label string, of func(*data.Dossier) *string) input {
		return form.Text(key, label, func(f *Form) *string { return of(&f.Dossier) })
	}
	count := func(key, label string, of func(*data.Dossier) *int) input {
		return form.Count(key, label, data.MaxCount, func(f *Form) *int { return of(&f.Dossier) }).Sized(0)
	}
	from := func(list func() []kit.Choice) func(*Form) []kit.Choice {
		return func(*Form) []kit.Choice { return list() }
	}
	out := []input{
		text(FieldCode, "Mã hồ sơ", func(d *data.Dossier) *string { return &d.Code }).Need().Over(4, 0),
		form.Day(FieldReceived, "Ngày nhận", today, func(f *Form) *data.Day { return &f.Dossier.Received.Day }).Need().Over(2, 0),
		form.Clock(FieldClock, "Giờ nhận", func(f *Form) *data.Clock { return &f.Dossier.Received.Clock }).Sized(0).Over(2, 0),
		form.PickID(FieldBook, "Quyển số", from(m.Books), func(f *Form) *int { return &f.Dossier.Book }).Sized(60).Over(2, 0),
		count(FieldSeq, "Số thứ tự", func(d *data.Dossier) *int { return &d.Seq }).Over(2, 0).Fainter(func(*Form) string {
			if n := m.NextSeq(); n > 0 {
				return data.FormatInt(int64(n))
			}
			return ""
		}),
		form.PickID(FieldProcedure, "Thủ tục hành chính", from(m.Procedures), func(f *Form) *uint32 { return &f.Dossier.Procedure }).Need().Over(12, 0).
			Fainter(func(*Form) string { return "Gõ tên không dấu, hoặc mã thủ tục" }).Telling(func(*Form) string { return m.ProcedureNote() }),
		form.Pick(FieldCase, "Trường hợp", from(m.Cases), func(f *Form) *string { return &f.Dossier.Case }).Or("Trường hợp chung").Over(12, 0).
			When(func(*Form) bool { return len(m.Cases()) > 0 }),
		form.Enum(FieldChannel, "Hình thức nhận", func(f *Form) *data.Channel { return &f.Dossier.Channel }, data.Direct, data.Online, data.Postal).Over(6, 0),
		form.Enum(FieldReturn, "Đăng ký nhận kết quả", func(f *Form) *data.ReturnWay { return &f.Dossier.Return }, data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic).Over(6, 0),
	}
	owner := m.person(Owner, "Họ tên hoặc tên tổ chức", func(f *Form) *data.Person { return &f.Dossier.Owner })
	owner[0] = owner[0].Under("Chủ hồ sơ")
	out = append(append(out, owner...), form.Check(FieldByAgent, "Người nộp thay (được ủy quyền)", func(f *Form) *bool { return &f.ByAgent }).Past().Over(12, 0))
	for _, x := range m.person(Agent, "Họ tên người nộp thay", func(f *Form) *data.Person { return &f.Dossier.Agent }) {
		out = append(out, x.When(func(f *Form) bool { return f.ByAgent }))
	}
	return append(out,
		form.Area(FieldContent, "Nội dung yêu cầu (để trống: theo tên thủ tục)", 2, func(f *Form) *string { return &f.Dossier.Content }).Going().Over(10, 9).Under("Nội dung và thành phần hồ sơ"),
		count(FieldCopies, "Số bộ", func(d *data.Dossier) *int { return &d.Copies }).Over(2, 3),
		papersIn(),
		form.PickID(FieldUnit, "Đơn vị giải quyết", from(m.Units), func(f *Form) *uint32 { return &f.Dossier.Unit }).Need().Over(6, 0).Under("Giải quyết"),
		form.PickID(FieldReceiver, "Nơi tiếp nhận (nếu khác)", from(m.Units), func(f *Form) *uint32 { return &f.Dossier.Receiver }).Or("Bộ phận Một cửa của cơ quan").Over(6, 0),
		form.PickID(FieldHelper, "Nơi hướng dẫn (nếu khác)", from(m.Units), func(f *Form) *uint32 { return &f.Dossier.Helper }).Or("Như đơn vị giải quyết").Over(12, 0).
			When(func(*Form) bool { return m.ManyPlaces() }),
		text(FieldExternalCode, "Mã ở hệ thống khác", func(d *data.Dossier) *string { return &d.ExternalCode }).Over(6, 0).When(func(*Form) bool { return m.Elsewhere() }),
		form.Suggest(FieldExternalSystem, "Hệ thống khác", func(*Form) []kit.Choice { return kit.Words(basis.SystemNames()) }, func(f *Form) *string { return &f.Dossier.ExternalSystem }).
			Over(6, 0).When(func(*Form) bool { return m.Elsewhere() }),
		form.Suggest(FieldPartner, "Cơ quan phối hợp", from(m.Partners), func(f *Form) *string { return &f.Dossier.Partner }).Over(6, 0),
		form.Money(FieldFee, "Phí, lệ phí (đ)", func(f *Form) *int64 { return &f.Dossier.Fee }).Sized(0).Over(3, 0),
		form.Enum(FieldPaid, "Cách nộp", func(f *Form) *data.PayWay { return &f.Dossier.Paid }, data.PayCash, data.PayTransfer, data.PayOnline).Or("Chưa nộp").Over(3, 0),
		form.Area(FieldNote, "Ghi chú", 2, func(f *Form) *string { return &f.Dossier.Note }).Going().Over(12, 0),
		term(),
		form.Day(FieldDue, "Sửa ngày hẹn trả", today, func(f *Form) *data.Day { return &f.Dossier.Due.Day }).Past(),
		form.Day(FieldOwnDue, "Hạn của đơn vị mình", today, func(f *Form) *data.Day { return &f.Dossier.OwnDue.Day }).Past().When(func(*Form) bool { return m.Linked() }))
}

// person are the fields of a person.
func (m *Model) person(w Who, name string, of func(*Form) *data.Person) []input {
	text := func(part, label string, of func(*Form) *string) input {
		return form.Text(w.Field(part), label, of).Over(3, 0)
	}
	return []input{
		text("", name, func(f *Form) *string { return &of(f).Name }).Need().Over(6, 0),
		text("identity", "Số định danh, mã số thuế", func(f *Form) *string { return &of(f).Identity }),
		text("phone", "Điện thoại", func(f *Form) *string { return &of(f).Phone }),
		text("address", "Số nhà, thôn, tổ", func(f *Form) *string { return &f.Homes[w].House }),
		form.Suggest(w.Field("commune"), "Xã, phường", func(*Form) []kit.Choice { return m.Communes() }, func(f *Form) *string { return &f.Homes[w].Commune }).Over(3, 0),
		text("province", "Tỉnh, thành phố", func(f *Form) *string { return &f.Homes[w].Province }),
		text("email", "Thư điện tử", func(f *Form) *string { return &of(f).Email }),
	}
}

// term is the time limit: a number alone counts working days, none takes it away.
func term() input {
	f := form.Term(FieldTerm, "Thời hạn", func(f *Form) *data.Term { return &f.Dossier.Term })
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
	return f.Past().Whole()
}

// papersIn are the papers handed in, a line each.
func papersIn() input {
	count := func(key, label string, of func(*data.Part) *int) form.Field[data.Part] {
		return form.Count(key, label, data.MaxCount, of).Sized(66)
	}
	return form.Rows(FieldParts, "Thành phần hồ sơ", func(f *Form) *[]data.Part { return &f.Dossier.Parts },
		form.Area("name", "Tên giấy tờ", 1, func(p *data.Part) *string { return &p.Name }).Sized(240),
		count("original", "Bản chính", func(p *data.Part) *int { return &p.Original }).Beginning("1"),
		count("certified", "Chứng thực", func(p *data.Part) *int { return &p.Certified }),
		count("copies", "Bản sao", func(p *data.Part) *int { return &p.Copies }),
		form.Enum("digital", "Số hóa", func(p *data.Part) *data.Digital { return &p.Digital }, data.DigitisedHere, data.ReusedPart, data.ReusedResult).
			Or(data.NotDigitised.String()).Sized(150)).Past().Note("Trong bảng: Insert thêm dòng, Ctrl+Delete bỏ dòng, mũi tên lên xuống chuyển dòng.")
}
