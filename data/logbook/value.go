package logbook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// Names finds what fields refer to.
type Names interface {
	// UnitID returns the unit of a name, made new where there is none; 0 for "".
	UnitID(name string) (uint32, error)
	UnitName(id uint32) string
	// EntryID returns the entry of a kind that a number, an id or a name means; 0
	// where there is none.
	EntryID(kind, typed string) uint64
	Today() data.Day
}

// refuse is the error of a field.
func refuse(f *Field, format string, args ...any) error {
	return &data.Error{Code: data.Invalid, Field: f.Key, Message: f.Title + ": " + fmt.Sprintf(format, args...)}
}

// Parse reads what was typed or stands in a table and returns the stored text; old is
// what the field held. The error is a *data.Error with the key of the field.
func (f *Field) Parse(typed, old string, names Names) (string, error) {
	if f.Type == Area || f.Type == List {
		typed = text.Clean(typed)
	} else {
		typed = text.Line(typed)
	}
	if strings.TrimSpace(typed) == "" {
		return "", nil
	}
	if len([]rune(typed)) > data.MaxText {
		return "", refuse(f, "dài quá %s chữ. Viết ngắn lại hoặc để trong tệp minh chứng.", data.FormatInt(data.MaxText))
	}
	stored, err := f.parse(typed, old, names)
	return stored, data.InField(err, f.Key)
}

func (f *Field) parse(typed, old string, names Names) (string, error) {
	switch f.Type {
	case Number:
		top := f.Top
		if top == 0 {
			top = data.MaxCount
		}
		n, ok := data.ParseWhole(strings.TrimSuffix(typed, "%"), top)
		if !ok {
			return "", refuse(f, "«%s» không phải số nguyên từ 0 đến %s.", typed, data.FormatInt(top))
		}
		return strconv.FormatInt(n, 10), nil
	case Money:
		n, err := data.ParseMoney(typed)
		return strconv.FormatInt(n, 10), err
	case Day, Moment:
		return f.parseMoment(typed, old, names.Today())
	case Yes:
		switch text.Fold(typed) {
		case "1", "co", "x", "true", "yes", "dung", "✓", "v", "da", "roi":
			return "1", nil
		case "0", "khong", "false", "no", "sai", "chua":
			return "0", nil
		}
		return "", refuse(f, "«%s» không hiểu được. Ghi có hoặc không.", typed)
	case Unit:
		id, err := names.UnitID(typed)
		return strconv.FormatUint(uint64(id), 10), err
	case Units:
		var ids []string
		for name := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ';' || r == '\n' || r == ',' }) {
			id, err := names.UnitID(text.Line(name))
			if err != nil {
				return "", err
			}
			if s := strconv.FormatUint(uint64(id), 10); id != 0 && !slices.Contains(ids, s) {
				ids = append(ids, s)
			}
		}
		return strings.Join(ids, ","), nil
	case Pick:
		return f.pick(typed)
	case Link:
		if id := names.EntryID(f.Kind, typed); id != 0 {
			return strconv.FormatUint(id, 10), nil
		}
		return "", refuse(f, "không có %s «%s». Ghi số của %s đã có trong sổ.", Find(f.Kind).One, typed, Find(f.Kind).One)
	case Table:
		return f.parseTable(json.RawMessage(typed), names)
	}
	return typed, nil
}

func (f *Field) parseMoment(typed, old string, today data.Day) (string, error) {
	day, clock, timed := typed, "", false
	if len(typed) > 11 && typed[10] == 'T' {
		day, clock, timed = typed[:10], typed[11:], true
	} else if f.Type == Moment {
		day, clock, timed = splitClock(typed)
	} else if len(typed) > 10 && typed[4] == '-' && typed[10] == ' ' {
		day = typed[:10] // a date cell of a workbook, which has a time of 00:00:00
	}
	before, _ := data.ParseMoment(old)
	d, err := data.ParseDay(day, today, before.Day)
	if err != nil {
		return "", refuse(f, "«%s» không phải ngày. Ghi ngày/tháng/năm, ví dụ 05/09/2026.", typed)
	}
	m := data.Moment{Day: d}
	if timed && f.Type == Moment {
		if m.Clock, err = data.ParseClock(clockText(clock)); err != nil {
			return "", refuse(f, "«%s» không phải giờ. Ghi như 14:30.", clock)
		}
	}
	return storeMoment(m), nil
}

// splitClock parts the time of day from a date, in either order.
func splitClock(typed string) (day, clock string, timed bool) {
	fields := strings.Fields(typed)
	for i, part := range fields {
		if strings.Contains(part, ":") || part[0] >= '0' && part[0] <= '9' && strings.Contains(part, "h") {
			return strings.Join(append(slices.Clone(fields[:i]), fields[i+1:]...), " "), part, true
		}
	}
	// 05/09/2026 0730, 05/09/2026 7 giờ 30 and the same the other way round.
	if last := len(fields) - 1; last > 0 {
		for _, x := range [][2]string{{fields[0], strings.Join(fields[1:], " ")}, {fields[last], strings.Join(fields[:last], " ")}} {
			if _, err := data.ParseClock(x[1]); err == nil && strings.ContainsAny(x[0], "/-") {
				return x[0], x[1], true
			}
		}
	}
	return typed, "", false
}

// clockText leaves out the seconds that workbooks write.
func clockText(clock string) string {
	if parts := strings.Split(clock, ":"); len(parts) == 3 {
		return parts[0] + ":" + parts[1]
	}
	return clock
}

func storeMoment(m data.Moment) string {
	if !m.Clock.Known() {
		return m.Day.ISO()
	}
	return m.Day.ISO() + "T" + m.Clock.String()
}

// pick reads a choice by its id, its title or another word for it.
func (f *Field) pick(typed string) (string, error) {
	key := text.NameKey(typed)
	for _, c := range f.Choices {
		if typed == c.ID || key == text.NameKey(c.Title) || slices.ContainsFunc(c.Words, func(w string) bool { return key == text.NameKey(w) }) {
			return c.ID, nil
		}
	}
	fold := text.Fold(typed)
	for _, c := range f.Choices {
		if fold == text.Fold(c.Title) || slices.ContainsFunc(c.Words, func(w string) bool { return fold == text.Fold(w) }) {
			return c.ID, nil
		}
	}
	if f.Open {
		return typed, nil
	}
	titles := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		titles[i] = c.Title
	}
	return "", refuse(f, "«%s» không có trong danh sách. Chọn một trong: %s.", typed, strings.Join(titles, ", "))
}

// ParseJSON reads the value of a field of the command contract.
func (f *Field) ParseJSON(raw json.RawMessage, names Names) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return "", nil
	}
	switch {
	case f.Type == Table:
		return f.parseTable(raw, names)
	case raw[0] == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil || f.Type != List && f.Type != Units {
			return "", refuse(f, "không nhận danh sách.")
		}
		texts := make([]string, 0, len(list))
		for _, one := range list {
			texts = append(texts, scalar(one))
		}
		if f.Type == Units {
			return f.Parse(strings.Join(texts, ";"), "", names)
		}
		return f.Parse(strings.Join(texts, "\n"), "", names)
	case raw[0] == '{':
		return "", refuse(f, "không nhận bảng con.")
	}
	if f.Type == Link && raw[0] != '"' {
		return f.Parse("#"+scalar(raw), "", names)
	}
	if (f.Type == Number || f.Type == Money) && raw[0] != '"' {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || n < 0 {
			return "", refuse(f, "%s không phải số nguyên từ 0.", raw)
		}
		return f.Parse(strconv.FormatInt(n, 10), "", names)
	}
	return f.Parse(scalar(raw), "", names)
}

// scalar returns the text of a JSON string, number or boolean.
func scalar(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

func (f *Field) parseTable(raw json.RawMessage, names Names) (string, error) {
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		return "", refuse(f, "không đọc được các dòng.")
	}
	out := make([]map[string]string, 0, len(rows))
	for i, row := range rows {
		one := map[string]string{}
		for key, value := range row {
			at := slices.IndexFunc(f.Rows, func(s Field) bool { return s.Key == key })
			if at < 0 {
				return "", refuse(f, "dòng %d: không có mục «%s».", i+1, key)
			}
			stored, err := f.Rows[at].ParseJSON(value, names)
			if err != nil {
				return "", refuse(f, "dòng %d: %s", i+1, err)
			}
			if stored != "" {
				one[key] = stored
			}
		}
		if len(one) > 0 {
			out = append(out, one)
		}
	}
	return StoreTable(out), nil
}

// StoreTable returns the stored text of the rows of a Table; "" for none.
func StoreTable(rows []map[string]string) string {
	if len(rows) == 0 {
		return ""
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return ""
	}
	return string(raw)
}

// Table returns the rows of a Table field, as stored texts by key.
func (e *Entry) Table(key string) (rows []map[string]string) {
	if e.Values[key] == "" || json.Unmarshal([]byte(e.Values[key]), &rows) != nil {
		return nil
	}
	return rows
}

// JSON returns the value of a field for the command contract; nil where nothing is
// known.
func (f *Field) JSON(stored string, names Names) any {
	if stored == "" {
		return nil
	}
	switch f.Type {
	case Number, Money, Link:
		return json.Number(stored)
	case Yes:
		return stored == "1"
	case Unit:
		return f.Shown(stored, names)
	case Units:
		return strings.Split(f.Shown(stored, names), "; ")
	case List:
		return strings.Split(stored, "\n")
	case Table:
		rows := []map[string]any{}
		for _, row := range (&Entry{Values: map[string]string{"": stored}}).Table("") {
			one := map[string]any{}
			for i := range f.Rows {
				if sub := &f.Rows[i]; row[sub.Key] != "" {
					one[sub.Key] = sub.JSON(row[sub.Key], names)
				}
			}
			rows = append(rows, one)
		}
		return rows
	}
	return stored
}

// Shown returns what a field holds as people read it: 05/09/2026, 1.500, Có.
func (f *Field) Shown(stored string, names Names) string {
	if stored == "" {
		return ""
	}
	switch f.Type {
	case Number, Money:
		n, err := strconv.ParseInt(stored, 10, 64)
		if err != nil {
			return stored
		}
		return data.FormatInt(n)
	case Day, Moment:
		m, err := data.ParseMoment(stored)
		if err != nil {
			return stored
		}
		return m.String()
	case Yes:
		if stored == "1" {
			return "Có"
		}
		return "Không"
	case Unit, Units:
		var shown []string
		for part := range strings.SplitSeq(stored, ",") {
			id, _ := strconv.ParseUint(part, 10, 32)
			shown = append(shown, names.UnitName(uint32(id)))
		}
		return strings.Join(shown, "; ")
	case Pick:
		return f.Choice(stored).Title
	case Link:
		return stored
	case List:
		return strings.ReplaceAll(stored, "\n", "; ")
	case Table:
		return data.FormatInt(int64(len((&Entry{Values: map[string]string{"": stored}}).Table("")))) + " dòng"
	}
	return stored
}
