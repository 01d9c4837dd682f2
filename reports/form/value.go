package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
)

// Value is something that a line of a template can show.
type Value struct {
	Key  string
	Name string // Vietnamese, for the officer who edits a template
	of   func(*Slip) string
}

// dossier is a value of the dossier; "" on a slip without one.
func dossier(of func(*data.Dossier) string) func(*Slip) string {
	return func(s *Slip) string {
		if s.Dossier == nil {
			return ""
		}
		return of(s.Dossier)
	}
}

// state is a value of the dossier as it stands on the day of printing.
func state(of func(data.State) string) func(*Slip) string {
	return func(s *Slip) string {
		if s.Dossier == nil {
			return ""
		}
		return of(s.state())
	}
}

// event is a value of the event that the slip is about.
func event(of func(*data.Event) string) func(*Slip) string {
	return func(s *Slip) string {
		if s.Event == nil {
			return of(&data.Event{})
		}
		return of(s.Event)
	}
}

// compared is a count of the comparison of two sources.
func compared(of func(*Comparison) int) func(*Slip) string {
	return func(s *Slip) string {
		if s.Compare == nil {
			return ""
		}
		return data.FormatInt(int64(of(s.Compare)))
	}
}

// values are all keys of single values, in the order of lists.
var values = []Value{
	{"office", "Tên cơ quan", func(s *Slip) string { return InText(s.Office.Name) }},
	{"desk", "Tên bộ phận một cửa", func(s *Slip) string { return InText(s.Office.Desk) }},
	{"office_address", "Địa chỉ bộ phận một cửa", func(s *Slip) string { return s.Office.Address }},
	{"office_phone", "Điện thoại bộ phận một cửa", func(s *Slip) string { return s.Office.Phone }},
	{"code", "Mã hồ sơ", dossier(func(d *data.Dossier) string { return d.Code })},
	{"owner", "Chủ hồ sơ", dossier(func(d *data.Dossier) string { return d.Owner.Name })},
	{"agent", "Người nộp thay", dossier(func(d *data.Dossier) string { return d.Agent.Name })},
	{"applicant", "Người nộp hồ sơ", dossier(func(d *data.Dossier) string { return cmp.Or(d.Agent.Name, d.Owner.Name) })},
	{"principal", "Chủ hồ sơ, khi có người nộp thay", dossier(func(d *data.Dossier) string { return principal(d) })},
	{"identity", "Số giấy tờ tùy thân của chủ hồ sơ", dossier(func(d *data.Dossier) string { return d.Owner.Identity })},
	{"address", "Địa chỉ chủ hồ sơ", dossier(func(d *data.Dossier) string { return d.Owner.Address })},
	{"phone", "Điện thoại chủ hồ sơ", dossier(func(d *data.Dossier) string { return d.Owner.Phone })},
	{"email", "Thư điện tử chủ hồ sơ", dossier(func(d *data.Dossier) string { return d.Owner.Email })},
	{"agent_address", "Địa chỉ người nộp thay", dossier(func(d *data.Dossier) string { return d.Agent.Address })},
	{"agent_phone", "Điện thoại người nộp thay", dossier(func(d *data.Dossier) string { return d.Agent.Phone })},
	{"area", "Địa bàn phát sinh", dossier(func(d *data.Dossier) string { return d.Owner.Area })},
	{"procedure", "Tên thủ tục", func(s *Slip) string { return s.Procedure }},
	{"content", "Nội dung yêu cầu", func(s *Slip) string {
		return dossier(func(d *data.Dossier) string { return cmp.Or(d.Content, s.Procedure) })(s)
	}},
	{"case", "Trường hợp", dossier(func(d *data.Dossier) string { return d.Case })},
	{"field", "Lĩnh vực", func(s *Slip) string { return s.Field }},
	{"unit", "Cơ quan giải quyết", func(s *Slip) string { return s.Unit }},
	{"unit_phone", "Điện thoại cơ quan giải quyết", func(s *Slip) string { return s.UnitPhone }},
	{"partner", "Cơ quan phối hợp", dossier(func(d *data.Dossier) string { return d.Partner })},
	{"receiver", "Đơn vị tiếp nhận", func(s *Slip) string { return s.Receiver }},
	{"officer", "Cán bộ tiếp nhận", dossier(func(d *data.Dossier) string { return d.Officer })},
	{"channel", "Cách nộp hồ sơ", dossier(func(d *data.Dossier) string { return d.Channel.String() })},
	{"return_way", "Cách nhận kết quả", dossier(func(d *data.Dossier) string { return d.Return.String() })},
	{"return_place", "Nơi nhận kết quả", dossier(func(d *data.Dossier) string { return returnPlaces[d.Return&3] })},
	{"copies", "Số bộ hồ sơ", dossier(func(d *data.Dossier) string { return count(d.Copies) })},
	{"term", "Thời hạn giải quyết", dossier(func(d *data.Dossier) string { return d.Term.String() })},
	{"received", "Giờ, ngày tiếp nhận", dossier(func(d *data.Dossier) string { return LongMoment(d.Received) })},
	{"received_day", "Ngày tiếp nhận", dossier(func(d *data.Dossier) string { return d.Received.Day.String() })},
	{"due", "Giờ, ngày hẹn trả ghi trên giấy tiếp nhận", dossier(func(d *data.Dossier) string { return LongMoment(d.Due) })},
	{"due_day", "Ngày hẹn trả ghi trên giấy tiếp nhận", dossier(func(d *data.Dossier) string { return d.Due.Day.String() })},
	{"due_now", "Giờ, ngày hẹn trả hiện nay", state(func(now data.State) string { return LongMoment(now.Due) })},
	{"due_now_day", "Ngày hẹn trả hiện nay", state(func(now data.State) string { return now.Due.Day.String() })},
	{"own_due", "Hạn của đơn vị", dossier(func(d *data.Dossier) string { return LongMoment(d.OwnDue) })},
	{"fee", "Phí, lệ phí", dossier(func(d *data.Dossier) string { return Money(d.Fee) })},
	{"paid", "Cách nộp phí", dossier(func(d *data.Dossier) string { return d.Paid.String() })},
	{"book", "Quyển số", dossier(func(d *data.Dossier) string { return count(d.Book) })},
	{"seq", "Số thứ tự", dossier(func(d *data.Dossier) string { return count(d.Seq) })},
	{"note", "Ghi chú của hồ sơ", dossier(func(d *data.Dossier) string { return d.Note })},
	{"number", "Số văn bản", (*Slip).number},
	{"reason", "Lý do", (*Slip).reason},
	{"cause", "Nguyên nhân chậm", func(s *Slip) string { return s.Cause }},
	{"promised", "Giờ, ngày hẹn lại", (*Slip).promisedTold},
	{"promised_day", "Ngày hẹn lại", func(s *Slip) string { return s.promised().Day.String() }},
	{"event_day", "Ngày xảy ra việc", event(func(e *data.Event) string { return e.At.Day.String() })},
	{"event_by", "Người thực hiện việc", event(func(e *data.Event) string { return e.By })},
	{"event_to", "Người nhận kết quả", event(func(e *data.Event) string { return e.To })},
	{"event_doc", "Ngày văn bản", event(func(e *data.Event) string { return e.Doc.String() })},
	{"event_way", "Cách trả kết quả", event(func(e *data.Event) string { return e.Way.String() })},
	{"event_time", "Giờ, ngày xảy ra việc", event(func(e *data.Event) string { return LongMoment(e.At) })},
	{"event_signer", "Người ký kết quả", event(func(e *data.Event) string { return e.Signer })},
	{"stage", "Giai đoạn của hồ sơ", (*Slip).stage},
	{"from", "Bên giao, nguồn thứ nhất", func(s *Slip) string { return s.From }},
	{"to", "Bên nhận, nguồn thứ hai", func(s *Slip) string { return s.To }},
	{"moment", "Giờ, ngày giao nhận hoặc họp", func(s *Slip) string { return LongMoment(s.Moment) }},
	{"period", "Kỳ", (*Slip).periodTold},
	{"subject", "Điều kiện, phạm vi", func(s *Slip) string { return s.Subject }},
	{"total", "Tổng số dòng của bảng", (*Slip).total},
	{"from_total", "Số hồ sơ của nguồn thứ nhất", compared(func(c *Comparison) int { return c.First })},
	{"to_total", "Số hồ sơ của nguồn thứ hai", compared(func(c *Comparison) int { return c.Second })},
	{"same_total", "Số hồ sơ khớp nhau", compared(func(c *Comparison) int { return c.Same })},
	{"counted", "Số ngày được tính", (*Slip).counted},
	{"today", "Ngày in", func(s *Slip) string { return s.Today.String() }},
	{"blank", "Để trống", func(s *Slip) string { return "" }},
}

var returnPlaces = [...]string{"", "Nơi tiếp nhận hồ sơ", "Nơi ở, trụ sở, qua dịch vụ bưu chính công ích", "Nhận bản điện tử"}

// valueOf finds a value by its key.
var valueOf = func() map[string]Value {
	m := map[string]Value{}
	for _, v := range values {
		m[v.Key] = v
	}
	return m
}()

// single reports whether the key is that of a single value.
func single(key string) bool { return valueOf[key].of != nil }

// blocks are the keys of lines that are not a single value.
var blocks = []Value{
	{Key: "text", Name: "Đoạn văn"}, {Key: "paragraph", Name: "Đoạn văn lùi đầu dòng"}, {Key: "center", Name: "Dòng giữa trang"}, {Key: "heading", Name: "Tiêu đề mục"},
	{Key: "barcode", Name: "Mã vạch của mã hồ sơ"}, {Key: "qr", Name: "Mã QR của mã hồ sơ"}, {Key: "code_line", Name: "Mã hồ sơ ở đầu trang"}, {Key: "book_line", Name: "Quyển số, số thứ tự ở đầu trang"},
	{Key: "number_line", Name: "Số văn bản ở đầu trang"}, {Key: "date_line", Name: "Địa danh, ngày tháng ở đầu trang"},
	{Key: "parts", Name: "Bảng thành phần hồ sơ"}, {Key: "missing", Name: "Danh mục giấy tờ của việc"}, {Key: "table", Name: "Bảng"}, {Key: "annex", Name: "Bảng ở trang sau"}, {Key: "control", Name: "Bảng giao, nhận hồ sơ"}, {Key: "strip", Name: "Lịch các ngày"},
}

// needsTable are the blocks that are set in the template's columns.
var needsTable = map[string]bool{"parts": true, "table": true, "annex": true}

// Values lists the values that a line can show or a text can name as {key}.
func Values() []Value { return slices.Clone(values) }

// Blocks lists the other contents of a line.
func Blocks() []Value { return slices.Clone(blocks) }

func isBlock(key string) bool {
	return slices.ContainsFunc(blocks, func(b Value) bool { return b.Key == key })
}

// known reports whether a line may have the key.
func known(key string) bool { return single(key) || isBlock(key) }

// value returns what stands for a key; "" when it is unknown.
func (s *Slip) value(key string) string {
	if v := valueOf[key]; v.of != nil {
		return v.of(s)
	}
	return ""
}

func (s *Slip) periodTold() string {
	if s.AsOf.Known() && s.AsOf < s.Period.To {
		return s.Period.Label + ", số liệu đến " + s.AsOf.String()
	}
	return s.Period.Label
}

// principal is the owner where somebody else handed in the dossier.
func principal(d *data.Dossier) string {
	if d.Agent.Name == "" {
		return ""
	}
	return d.Owner.Name
}

// reason is that of the letter, else that of the event.
func (s *Slip) reason() string {
	if s.Letter != nil && s.Letter.Reason != "" {
		return s.Letter.Reason
	}
	return event(func(e *data.Event) string { return e.Text })(s)
}

// promised is the date that the letter promises, else that of the event.
func (s *Slip) promised() (at data.Moment) {
	switch {
	case s.Letter != nil && s.Letter.Promised.Known():
		return s.Letter.Promised
	case s.Event != nil:
		return s.Event.Due
	}
	return at
}

func (s *Slip) promisedTold() string {
	if at := s.promised(); at.Known() || s.Letter == nil {
		return LongMoment(at)
	}
	return s.settled()
}

// stage names the state in which the dossier stood before the event.
func (s *Slip) stage() string {
	if s.Dossier == nil || s.Event == nil {
		return ""
	}
	before := *s.Dossier
	before.Events = slices.DeleteFunc(slices.Clone(before.Events), func(e data.Event) bool { return e == *s.Event || s.Event.At.Before(e.At) })
	return before.On(data.MaxDay).Status.String()
}

// number returns the number of the paper: the slip's own, the letter's, or the
// event's.
func (s *Slip) number() string {
	switch {
	case s.Number != "":
		return s.Number
	case s.Letter != nil && s.Letter.Number > 0:
		return fmt.Sprint(s.Letter.Number)
	case s.Event != nil:
		return s.Event.Ref
	}
	return ""
}

// total counts the rows of a list.
func (s *Slip) total() string {
	if s.At == nil {
		return ""
	}
	return data.FormatInt(int64(s.Rows))
}

// counted counts the days that count.
func (s *Slip) counted() string {
	if days := s.dayRows(); len(days) > 0 {
		return count(days[len(days)-1].running)
	}
	return ""
}

// state returns the state of the dossier as of the day of printing.
func (s *Slip) state() data.State {
	if s.Today.Known() {
		return s.Dossier.On(s.Today)
	}
	return s.Dossier.On(data.MaxDay)
}

// settled tells in a letter that promises no other date since when the result is
// there; "" while the dossier is open.
func (s *Slip) settled() string {
	if s.Dossier == nil {
		return ""
	}
	switch now := s.Dossier.On(s.Letter.Day); {
	case now.Returned.Known():
		return "đã trả kết quả ngày " + now.Returned.Day.String()
	case now.Status == data.Done && now.Ended.Known():
		return "đã có kết quả từ ngày " + now.Ended.Day.String()
	}
	return ""
}

// text puts the values into a text; what is unknown becomes dots.
func (s *Slip) text(label string) string {
	return placeholder.ReplaceAllStringFunc(label, func(m string) string {
		if v := s.value(m[1 : len(m)-1]); v != "" {
			return strings.TrimRight(v, ".")
		}
		return "………………"
	})
}
