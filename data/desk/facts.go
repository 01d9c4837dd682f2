package desk

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Difference is one fact of a dossier that differs between two states of it.
type Difference struct {
	Field    string // its name in Correct events
	Label    string // in Vietnamese
	Old, New string // as people read them; "" for none
}

// Text writes what was and what is, or the one of them that there is.
func (d Difference) Text() string {
	switch {
	case d.Old == "":
		return d.New
	case d.New == "":
		return d.Old + ", đã bỏ"
	}
	return d.Old + " thành " + d.New
}

// fact reads one fact of a dossier as people read it.
type fact struct {
	field, label string
	text         func(c *Catalogue, d *data.Dossier) string
}

// facts are the facts of the receipt that may be corrected, in the order of the
// paper form.
var facts = []fact{
	{"code", "Mã hồ sơ", func(_ *Catalogue, d *data.Dossier) string { return d.Code }},
	{"procedure", "Thủ tục", func(c *Catalogue, d *data.Dossier) string { return c.Procedure(d.Procedure).Name }},
	{"title", "Tên thủ tục khi tiếp nhận", func(_ *Catalogue, d *data.Dossier) string { return d.Title }},
	{"case", "Trường hợp", func(_ *Catalogue, d *data.Dossier) string { return d.Case }},
	{"field", "Lĩnh vực", func(c *Catalogue, d *data.Dossier) string { return c.Field(d.Field).Name }},
	{"unit", "Đơn vị giải quyết", func(c *Catalogue, d *data.Dossier) string { return c.Unit(d.Unit).Name }},
	{"receiver", "Nơi tiếp nhận", func(c *Catalogue, d *data.Dossier) string { return c.Unit(d.Receiver).Name }},
	{"helper", "Nơi hướng dẫn", func(c *Catalogue, d *data.Dossier) string { return c.Unit(d.Helper).Name }},
	{"externalCode", "Mã ở hệ thống khác", func(_ *Catalogue, d *data.Dossier) string { return d.ExternalCode }},
	{"externalSystem", "Hệ thống khác", func(_ *Catalogue, d *data.Dossier) string { return d.ExternalSystem }},
	{"partner", "Cơ quan phối hợp", func(_ *Catalogue, d *data.Dossier) string { return d.Partner }},
	{"content", "Nội dung", func(_ *Catalogue, d *data.Dossier) string { return d.Content }},
	{"owner", "Chủ hồ sơ", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Name }},
	{"identity", "Số định danh", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Identity }},
	{"phone", "Điện thoại", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Phone }},
	{"email", "Thư điện tử", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Email }},
	{"address", "Địa chỉ", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Address }},
	{"area", "Địa bàn", func(_ *Catalogue, d *data.Dossier) string { return d.Owner.Area }},
	{"agent", "Người nộp", func(_ *Catalogue, d *data.Dossier) string { return d.Agent.Name }},
	{"agentIdentity", "Số định danh người nộp", func(_ *Catalogue, d *data.Dossier) string { return d.Agent.Identity }},
	{"agentPhone", "Điện thoại người nộp", func(_ *Catalogue, d *data.Dossier) string { return d.Agent.Phone }},
	{"agentEmail", "Thư điện tử người nộp", func(_ *Catalogue, d *data.Dossier) string { return d.Agent.Email }},
	{"agentAddress", "Địa chỉ người nộp", func(_ *Catalogue, d *data.Dossier) string { return d.Agent.Address }},
	{"channel", "Hình thức nhận", func(_ *Catalogue, d *data.Dossier) string { return d.Channel.String() }},
	{"return", "Trả kết quả", func(_ *Catalogue, d *data.Dossier) string { return d.Return.String() }},
	{"flags", "Đánh dấu", func(_ *Catalogue, d *data.Dossier) string { return flagText(d.Flags) }},
	{"copies", "Số bộ", func(_ *Catalogue, d *data.Dossier) string { return number(int64(d.Copies)) }},
	{"parts", "Thành phần hồ sơ", func(_ *Catalogue, d *data.Dossier) string { return partsText(d.Parts) }},
	{"received", "Ngày nhận", func(_ *Catalogue, d *data.Dossier) string { return d.Received.String() }},
	{"term", "Thời hạn", func(_ *Catalogue, d *data.Dossier) string { return d.Term.String() }},
	{"mode", "Cách tính khi chờ bổ sung", func(_ *Catalogue, d *data.Dossier) string { return modeText(d) }},
	{"due", "Ngày hẹn trả", func(_ *Catalogue, d *data.Dossier) string { return d.On(data.MaxDay).Due.String() }},
	{"ownDue", "Hạn của đơn vị", func(_ *Catalogue, d *data.Dossier) string { return d.OwnDue.String() }},
	{"fee", "Phí, lệ phí", func(_ *Catalogue, d *data.Dossier) string { return number(d.Fee) }},
	{"paid", "Cách nộp phí", func(_ *Catalogue, d *data.Dossier) string { return d.Paid.String() }},
	{"officer", "Người tiếp nhận", func(_ *Catalogue, d *data.Dossier) string { return d.Officer }},
	{"book", "Quyển số, số thứ tự", func(_ *Catalogue, d *data.Dossier) string { return bookText(d) }},
	{"note", "Ghi chú", func(_ *Catalogue, d *data.Dossier) string { return d.Note }},
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return data.FormatInt(n)
}

func modeText(d *data.Dossier) string {
	if !d.Term.Known() && d.Mode == 0 {
		return ""
	}
	return [...]string{"trừ ngày chờ", "tính lại từ đầu", "không trừ ngày chờ"}[d.Mode]
}

func bookText(d *data.Dossier) string {
	if d.Book == 0 && d.Seq == 0 {
		return ""
	}
	return fmt.Sprintf("%d, %d", d.Book, d.Seq)
}

func partsText(parts []data.Part) string {
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = fmt.Sprintf("%s (%d bản chính, %d chứng thực, %d photo; %s)", p.Name, p.Original, p.Certified, p.Copies, strings.ToLower(p.Digital.String()))
	}
	return strings.Join(lines, "; ")
}

var flagNames = []struct {
	flag data.Flag
	name string
}{
	{data.FeeDue, "có phí"}, {data.PaidOnline, "nộp phí trực tuyến"}, {data.Digitised, "đã số hóa"}, {data.EResult, "kết quả điện tử"},
	{data.Published, "đã đồng bộ, công khai"}, {data.Surveyed, "đã khảo sát"}, {data.Satisfied, "hài lòng"},
	{data.DoubtPhone, "nghi thiếu số điện thoại"}, {data.DoubtID, "nghi thiếu số định danh"}, {data.DoubtDates, "ngày chưa chắc thứ tự"},
	{data.EndUnknown, "không rõ ngày xong"}, {data.StatusUnsure, "tình trạng suy ra"},
}

func flagText(f data.Flag) string {
	var names []string
	for _, n := range flagNames {
		if f&n.flag != 0 {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, ", ")
}

// Differences returns the facts of the receipt that differ; events are not
// looked at.
func (c *Catalogue) Differences(before, after *data.Dossier) []Difference {
	var out []Difference
	for _, f := range facts {
		if a, b := f.text(c, before), f.text(c, after); a != b {
			out = append(out, Difference{f.field, f.label, a, b})
		}
	}
	return out
}

// FactLabel returns the Vietnamese name of a fact that a Correct event names.
func FactLabel(field string) string {
	switch field {
	case data.FieldEnded:
		return "Ngày có kết quả"
	case data.FieldReturned:
		return "Ngày trả kết quả"
	case data.FieldLetter:
		return "Thư xin lỗi"
	}
	for _, f := range facts {
		if f.field == field {
			return f.label
		}
	}
	return field
}

// corrections are the Correct events that turn before into after.
func (d *Desk) corrections(before, after *data.Dossier, why string, at data.Moment) []data.Event {
	var out []data.Event
	for _, x := range d.Catalogue().Differences(before, after) {
		out = append(out, data.Event{Kind: data.Correct, At: at, Field: x.Field, Old: x.Old, New: x.New, Text: why, By: d.Officer(), Recorded: d.Now().Unix()})
	}
	return out
}

// Change is one entry in the history of a dossier.
type Change struct {
	At    int64 // Unix seconds
	By    string
	Title string
	Why   string
	Undo  bool // it took another entry back, or did it again
	Lines []Difference
}

// History tells who changed a dossier, when, what was and what is, and why;
// oldest first.
func (d *Desk) History(id uint64) ([]Change, error) {
	versions, err := Viewed(d, func(v View) ([]Version, error) { return v.Versions(id) })
	if err != nil {
		return nil, err
	}
	c := d.Catalogue()
	var out []Change
	for _, v := range versions {
		x := Change{At: v.Entry.At, By: v.Entry.By, Title: v.Entry.Title, Why: v.Entry.Why}
		switch v.Entry.Kind {
		case entryUndo:
			x.Title, x.Undo = "Hoàn tác: "+x.Title, true
		case entryRedo:
			x.Title, x.Undo = "Làm lại: "+x.Title, true
		}
		switch {
		case v.Before == nil && v.After != nil:
			x.Lines = c.Differences(&data.Dossier{}, v.After)
			x.Lines = append(x.Lines, eventLines(nil, v.After.Events)...)
		case v.Before != nil && v.After == nil:
			x.Lines = []Difference{{Field: "dossier", Label: "Hồ sơ", Old: v.Before.Code}}
		case v.Before != nil && v.After != nil:
			x.Lines = append(c.Differences(v.Before, v.After), eventLines(v.Before.Events, v.After.Events)...)
		}
		out = append(out, x)
	}
	return out, nil
}

// eventLines tells which events were added or taken back. Corrections show as
// the facts that they mend.
func eventLines(before, after []data.Event) []Difference {
	same := 0
	for same < len(before) && same < len(after) && before[same] == after[same] {
		same++
	}
	var out []Difference
	add := func(e *data.Event, gone bool) {
		if e.Kind == data.Correct && e.Field != data.FieldEnded && e.Field != data.FieldReturned && e.Field != data.FieldLetter {
			return
		}
		x := Difference{Field: "event", Label: e.Kind.String(), New: EventText(e)}
		if e.Kind == data.Correct {
			x.Label, x.Old, x.New = FactLabel(e.Field), e.Old, e.New
		}
		if gone {
			x.Old, x.New = x.New, ""
		}
		out = append(out, x)
	}
	for i := range before[same:] {
		add(&before[same+i], true)
	}
	for i := range after[same:] {
		add(&after[same+i], false)
	}
	return out
}

// EventText tells an event in one line: its day, number, new date and note.
func EventText(e *data.Event) string {
	var parts []string
	add := func(format, value string) {
		if value != "" {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add("%s", e.At.String())
	add("số %s", e.Ref)
	add("hẹn %s", e.Due.Day.String())
	if e.Kind == data.HandOver || e.Kind == data.Correct {
		add("từ %s", e.Old)
		add("sang %s", e.New)
	}
	add("%s", strings.ReplaceAll(e.More, "\n", "; "))
	add("%s", e.Text)
	add("người nhận %s", e.To)
	add("%s", e.Signer)
	return strings.Join(parts, " · ")
}
