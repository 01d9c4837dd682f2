package form

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
)

// Value is something that a line of a template can show.
type Value struct {
	Key  string
	Name string // Vietnamese, for the officer who edits a template
}

// values are all keys of single values, in the order of lists.
var values = []Value{
	{"office", "Tên cơ quan"}, {"desk", "Tên bộ phận một cửa"}, {"office_address", "Địa chỉ bộ phận một cửa"}, {"office_phone", "Điện thoại bộ phận một cửa"},
	{"code", "Mã hồ sơ"}, {"owner", "Chủ hồ sơ"}, {"agent", "Người nộp thay"}, {"applicant", "Người nộp hồ sơ"}, {"principal", "Chủ hồ sơ, khi có người nộp thay"}, {"identity", "Số giấy tờ tùy thân của chủ hồ sơ"},
	{"address", "Địa chỉ chủ hồ sơ"}, {"phone", "Điện thoại chủ hồ sơ"}, {"email", "Thư điện tử chủ hồ sơ"}, {"agent_address", "Địa chỉ người nộp thay"},
	{"agent_phone", "Điện thoại người nộp thay"}, {"area", "Địa bàn phát sinh"}, {"procedure", "Tên thủ tục"}, {"content", "Nội dung yêu cầu"}, {"case", "Trường hợp"}, {"field", "Lĩnh vực"},
	{"unit", "Cơ quan giải quyết"}, {"unit_phone", "Điện thoại cơ quan giải quyết"}, {"partner", "Cơ quan phối hợp"}, {"receiver", "Đơn vị tiếp nhận"}, {"officer", "Cán bộ tiếp nhận"},
	{"channel", "Cách nộp hồ sơ"}, {"return_way", "Cách nhận kết quả"}, {"return_place", "Nơi nhận kết quả"}, {"copies", "Số bộ hồ sơ"}, {"term", "Thời hạn giải quyết"},
	{"received", "Giờ, ngày tiếp nhận"}, {"received_day", "Ngày tiếp nhận"}, {"due", "Giờ, ngày hẹn trả ghi trên giấy tiếp nhận"}, {"due_day", "Ngày hẹn trả ghi trên giấy tiếp nhận"},
	{"due_now", "Giờ, ngày hẹn trả hiện nay"}, {"due_now_day", "Ngày hẹn trả hiện nay"}, {"own_due", "Hạn của đơn vị"},
	{"fee", "Phí, lệ phí"}, {"paid", "Cách nộp phí"}, {"book", "Quyển số"}, {"seq", "Số thứ tự"}, {"note", "Ghi chú của hồ sơ"},
	{"number", "Số văn bản"}, {"reason", "Lý do"}, {"cause", "Nguyên nhân chậm"}, {"promised", "Giờ, ngày hẹn lại"}, {"promised_day", "Ngày hẹn lại"},
	{"event_day", "Ngày xảy ra việc"}, {"event_by", "Người thực hiện việc"}, {"event_to", "Người nhận kết quả"}, {"event_doc", "Ngày văn bản"}, {"event_way", "Cách trả kết quả"},
	{"event_time", "Giờ, ngày xảy ra việc"}, {"event_signer", "Người ký kết quả"}, {"stage", "Giai đoạn của hồ sơ"},
	{"from", "Bên giao, nguồn thứ nhất"}, {"to", "Bên nhận, nguồn thứ hai"}, {"moment", "Giờ, ngày giao nhận hoặc họp"}, {"period", "Kỳ"}, {"subject", "Điều kiện, phạm vi"},
	{"total", "Tổng số dòng của bảng"}, {"from_total", "Số hồ sơ của nguồn thứ nhất"}, {"to_total", "Số hồ sơ của nguồn thứ hai"}, {"same_total", "Số hồ sơ khớp nhau"},
	{"counted", "Số ngày được tính"}, {"today", "Ngày in"}, {"blank", "Để trống"},
}

// valueNames finds a name by its key.
var valueNames = func() map[string]string {
	m := map[string]string{}
	for _, v := range values {
		m[v.Key] = v.Name
	}
	return m
}()

// blocks are the keys of lines that are not a single value.
var blocks = []Value{
	{"text", "Đoạn văn"}, {"paragraph", "Đoạn văn lùi đầu dòng"}, {"center", "Dòng giữa trang"}, {"heading", "Tiêu đề mục"},
	{"barcode", "Mã vạch của mã hồ sơ"}, {"qr", "Mã QR của mã hồ sơ"}, {"code_line", "Mã hồ sơ ở đầu trang"}, {"book_line", "Quyển số, số thứ tự ở đầu trang"},
	{"number_line", "Số văn bản ở đầu trang"}, {"date_line", "Địa danh, ngày tháng ở đầu trang"},
	{"parts", "Bảng thành phần hồ sơ"}, {"missing", "Danh mục giấy tờ của việc"}, {"table", "Bảng"}, {"annex", "Bảng ở trang sau"}, {"control", "Bảng giao, nhận hồ sơ"}, {"strip", "Lịch các ngày"},
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
func known(key string) bool { return valueNames[key] != "" || isBlock(key) }

// value returns what stands for a key; "" when it is unknown.
func (s *Slip) value(key string) string {
	switch key {
	case "office":
		return InText(s.Office.Name)
	case "desk":
		return InText(s.Office.Desk)
	case "office_address":
		return s.Office.Address
	case "office_phone":
		return s.Office.Phone
	case "procedure":
		return s.Procedure
	case "field":
		return s.Field
	case "unit":
		return s.Unit
	case "unit_phone":
		return s.UnitPhone
	case "receiver":
		return s.Receiver
	case "cause":
		return s.Cause
	case "from":
		return s.From
	case "to":
		return s.To
	case "moment":
		return LongMoment(s.Moment)
	case "period":
		if s.AsOf.Known() && s.AsOf < s.Period.To {
			return s.Period.Label + ", số liệu đến " + s.AsOf.String()
		}
		return s.Period.Label
	case "subject":
		return s.Subject
	case "today":
		return s.Today.String()
	case "number":
		return s.number()
	case "reason", "promised", "promised_day", "event_day", "event_time", "event_by", "event_to", "event_doc", "event_way", "event_signer", "stage":
		return s.eventValue(key)
	case "total", "from_total", "to_total", "same_total", "counted":
		return s.totals(key)
	}
	if s.Dossier == nil {
		return ""
	}
	return s.dossierValue(key)
}

func (s *Slip) dossierValue(key string) string {
	d := s.Dossier
	switch key {
	case "code":
		return d.Code
	case "owner":
		return d.Owner.Name
	case "agent":
		return d.Agent.Name
	case "applicant":
		if d.Agent.Name != "" {
			return d.Agent.Name
		}
		return d.Owner.Name
	case "principal":
		if d.Agent.Name == "" {
			return ""
		}
		return d.Owner.Name
	case "identity":
		return d.Owner.Identity
	case "address":
		return d.Owner.Address
	case "phone":
		return d.Owner.Phone
	case "email":
		return d.Owner.Email
	case "agent_address":
		return d.Agent.Address
	case "agent_phone":
		return d.Agent.Phone
	case "area":
		return d.Owner.Area
	case "content":
		if d.Content != "" {
			return d.Content
		}
		return s.Procedure
	case "case":
		return d.Case
	case "partner":
		return d.Partner
	case "officer":
		return d.Officer
	case "channel":
		return d.Channel.String()
	case "return_way":
		return d.Return.String()
	case "return_place":
		return [...]string{"", "Nơi tiếp nhận hồ sơ", "Nơi ở, trụ sở, qua dịch vụ bưu chính công ích", "Nhận bản điện tử"}[d.Return&3]
	case "copies":
		return count(d.Copies)
	case "term":
		return d.Term.String()
	case "received":
		return LongMoment(d.Received)
	case "received_day":
		return d.Received.Day.String()
	case "due":
		return LongMoment(d.Due)
	case "due_day":
		return d.Due.Day.String()
	case "due_now":
		return LongMoment(s.state().Due)
	case "due_now_day":
		return s.state().Due.Day.String()
	case "own_due":
		return LongMoment(d.OwnDue)
	case "fee":
		return Money(d.Fee)
	case "paid":
		return d.Paid.String()
	case "book":
		return count(d.Book)
	case "seq":
		return count(d.Seq)
	case "note":
		return d.Note
	}
	return ""
}

// eventValue returns what the slip says of its event or letter.
func (s *Slip) eventValue(key string) string {
	e := s.Event
	if e == nil {
		e = &data.Event{}
	}
	promised, reason := e.Due, e.Text
	if l := s.Letter; l != nil {
		if l.Promised.Known() {
			promised = l.Promised
		}
		if l.Reason != "" {
			reason = l.Reason
		}
	}
	switch key {
	case "reason":
		return reason
	case "promised":
		if !promised.Known() && s.Letter != nil {
			return s.settled()
		}
		return LongMoment(promised)
	case "promised_day":
		return promised.Day.String()
	case "event_day":
		return e.At.Day.String()
	case "event_time":
		return LongMoment(e.At)
	case "event_by":
		return e.By
	case "event_to":
		return e.To
	case "event_doc":
		return e.Doc.String()
	case "event_way":
		return e.Way.String()
	case "event_signer":
		return e.Signer
	case "stage":
		return s.stage()
	}
	return ""
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

// totals returns the counts of lists.
func (s *Slip) totals(key string) string {
	switch key {
	case "total":
		if s.At == nil {
			return ""
		}
		return data.FormatInt(int64(s.Rows))
	case "counted":
		n := 0
		for _, d := range s.Days {
			if d.Counted {
				n++
			}
		}
		return count(n)
	}
	if s.Compare == nil {
		return ""
	}
	n := s.Compare.Same
	switch key {
	case "from_total":
		n = s.Compare.First
	case "to_total":
		n = s.Compare.Second
	}
	return data.FormatInt(int64(n))
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
