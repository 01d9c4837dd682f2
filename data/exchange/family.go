package exchange

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
)

// Listed is a dossier with the names of its catalogue entries.
type Listed struct {
	Dossier                               *data.Dossier
	Unit, Field, Procedure, ProcedureCode string
	Receiver, Helper                      string // units
}

// FamilyOptions say how WriteFamily writes. The zero value writes a workbook
// with all that is known.
type FamilyOptions struct {
	AsOf   data.Day // states and dates as of the end of this day; NoDay for all that is known
	Titles []string // lines below the name of the list, such as its period
	CSV    bool     // delimited text (UTF-8, semicolons) without titles instead of a workbook
}

// Full is the layout with every fact that the import reads back (header family E).
const Full = "day-du"

// family is a layout of lists.
type family struct {
	ID, Name, Sheet, Title string
	Compact                bool // dates as yyyyMMddHHmmss
	Columns                []struct {
		Group, Heading string
		Width          float64
		Value          string // of values; "" stays blank
	}
}

// listed is a row under way.
type listed struct {
	Listed
	no int
	s  data.State
}

func (l *listed) matter() string {
	if l.Dossier.Content != "" {
		return l.Dossier.Content
	}
	return l.procedure()
}

func (l *listed) procedure() string {
	if l.Dossier.Title != "" {
		return l.Dossier.Title
	}
	return l.Procedure
}

// values are what the columns of families hold.
var values = map[string]func(*listed) any{
	"": func(*listed) any { return nil }, "no": func(l *listed) any { return l.no }, "code": func(l *listed) any { return l.Dossier.Code },
	"matter": func(l *listed) any { return l.matter() }, "name": func(l *listed) any { return l.procedure() }, "procedure_code": func(l *listed) any { return l.ProcedureCode },
	"field": func(l *listed) any { return l.Field }, "unit": func(l *listed) any { return l.Unit }, "receiver": func(l *listed) any { return l.Receiver }, "helper": func(l *listed) any { return l.Helper },
	"owner": func(l *listed) any { return l.Dossier.Owner.Name }, "agent": func(l *listed) any { return l.Dossier.Agent.Name }, "address": func(l *listed) any { return l.Dossier.Owner.Address },
	"area": func(l *listed) any { return l.Dossier.Owner.Area }, "phone": func(l *listed) any { return l.Dossier.Owner.Phone }, "identity": func(l *listed) any { return l.Dossier.Owner.Identity },
	"email": func(l *listed) any { return l.Dossier.Owner.Email }, "owner_address": ownerAddress, "address_phone": addressPhone,
	"received": func(l *listed) any { return l.Dossier.Received }, "due": func(l *listed) any { return l.Dossier.Due }, "due_now": func(l *listed) any { return l.s.Due },
	"ended": func(l *listed) any { return l.s.Ended }, "returned": func(l *listed) any { return l.s.Returned }, "promised": promised, "days_late": daysLate,
	"term": func(l *listed) any { return l.Dossier.Term.String() }, "officer": func(l *listed) any { return l.Dossier.Officer }, "signer": func(l *listed) any { return l.finished().Signer },
	"result": func(l *listed) any { return l.finished().Ref }, "note": func(l *listed) any { return l.Dossier.Note }, "copies": func(l *listed) any { return orNil(l.Dossier.Copies) },
	"status": func(l *listed) any { return l.s.Status.String() }, "status_number": func(l *listed) any { return strconv.Itoa(int(l.s.Status)) }, "channel": func(l *listed) any { return l.Dossier.Channel.String() },
	"return": func(l *listed) any { return l.Dossier.Return.String() }, "return_number": returnNumber, "postal": func(l *listed) any { return cross(l.Dossier.Return == data.ReturnPostal) },
	"fee": fee, "fee_due": func(l *listed) any { return cross(l.Dossier.Flags&data.FeeDue != 0) }, "rounds": rounds, "book": func(l *listed) any { return "Sổ theo dõi " + l.Field },
	"external_code": func(l *listed) any { return l.Dossier.ExternalCode }, "external_system": func(l *listed) any { return l.Dossier.ExternalSystem },
}

func orNil(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// Families returns the letters of the layouts of peers 4.2 that WriteFamily writes,
// with the name of each list; Full is none of them.
func Families() (out [][2]string) {
	for _, f := range words.Families {
		if f.ID != Full {
			out = append(out, [2]string{f.ID, f.Name})
		}
	}
	return out
}

func ownerAddress(l *listed) any {
	o := &l.Dossier.Owner
	if o.Address == "" {
		return o.Name
	}
	return o.Name + "\n" + o.Address
}

func addressPhone(l *listed) any {
	o := &l.Dossier.Owner
	switch {
	case o.Phone == "":
		return o.Address
	case o.Address == "":
		return o.Phone
	}
	return o.Address + ", SĐT: " + o.Phone
}

// finished returns the last event that gave a result.
func (l *listed) finished() *data.Event {
	for i := len(l.Dossier.Events) - 1; i >= 0; i-- {
		if e := &l.Dossier.Events[i]; e.Kind == data.Finish {
			return e
		}
	}
	return &data.Event{}
}

func promised(l *listed) any {
	if l.s.Promised == l.s.Due {
		return nil
	}
	return l.s.Promised
}

func daysLate(l *listed) any {
	if !l.s.Due.Known() || !l.s.Ended.Known() || l.s.Ended.Day <= l.s.Due.Day {
		return 0
	}
	return int(l.s.Ended.Day - l.s.Due.Day)
}

func cross(yes bool) any {
	if yes {
		return "x"
	}
	return nil
}

func fee(l *listed) any {
	if l.Dossier.Fee == 0 {
		return nil
	}
	return l.Dossier.Fee
}

// returnNumber is HinhThucTra: 0 direct, 1 postal, 2 electronic.
func returnNumber(l *listed) any {
	if l.Dossier.Return == 0 {
		return nil
	}
	return strconv.Itoa(int(l.Dossier.Return) - 1)
}

// compactDate writes a date as yyyyMMddHHmmss; without a time of day as yyyyMMdd,
// for a date is not midnight.
func compactDate(m data.Moment) string {
	if !m.Known() {
		return ""
	}
	y, mo, d := m.Day.Civil()
	if !m.Clock.Known() {
		return fmt.Sprintf("%04d%02d%02d", y, int(mo), d)
	}
	return fmt.Sprintf("%04d%02d%02d%02d%02d00", y, int(mo), d, m.Clock.Minutes()/60, m.Clock.Minutes()%60)
}

// rounds writes the supplement rounds as DanhSachHoSoBoSung.
func rounds(l *listed) any {
	list := []supplement{}
	due := l.Dossier.Due
	for i := range l.Dossier.Events {
		e := &l.Dossier.Events[i]
		switch e.Kind {
		case data.AskSupplement:
			list = append(list, supplement{Before: compactDate(due), Asked: compactDate(e.At), Contents: e.Text})
		case data.Supplement:
			if len(list) > 0 && list[len(list)-1].Brought == "" {
				last := &list[len(list)-1]
				last.Brought = compactDate(e.At)
				if e.Due.Known() {
					last.After = compactDate(e.Due)
					if !l.Dossier.MissedBefore(i) { // a late dossier keeps its date
						due = e.Due
					}
				}
			}
		}
	}
	b, err := json.Marshal(list)
	if err != nil {
		return nil
	}
	return string(b)
}

// WriteFamily writes dossiers in the layout of a family of peers 4.2 (see
// Families), so that this program and those that know the layout read them
// back. Text never becomes a formula: in a workbook it is a text cell, in
// delimited text an apostrophe goes before it. Of a cell that is a date the
// time of day is written where it is known. An unknown family is an error of
// code Invalid.
func WriteFamily(w io.Writer, id string, opt FamilyOptions, rows iter.Seq[Listed]) error {
	at := slices.IndexFunc(words.Families, func(f family) bool { return f.ID == id })
	if at < 0 {
		return data.Fail(data.Invalid, fmt.Sprintf("Không có mẫu danh sách «%s». Chọn lại mẫu.", id), nil)
	}
	f := &words.Families[at]
	day := opt.AsOf
	if !day.Known() {
		day = data.MaxDay
	}
	lines := func(yield func([]any) bool) {
		no := 0
		for one := range rows {
			no++
			l := listed{Listed: one, no: no, s: one.Dossier.On(day)}
			cells := make([]any, len(f.Columns))
			for i := range f.Columns {
				cells[i] = values[f.Columns[i].Value](&l)
				if m, ok := cells[i].(data.Moment); ok && f.Compact {
					cells[i] = compactDate(m)
				}
			}
			if !yield(cells) {
				return
			}
		}
	}
	table := Table{Sheet: cmp.Or(f.Sheet, "Danh sách")}
	if f.Title != "" {
		table.Titles = append([]string{f.Title}, opt.Titles...)
	}
	for _, c := range f.Columns {
		table.Columns = append(table.Columns, TableColumn{Heading: c.Heading, Group: c.Group, Width: c.Width})
	}
	if opt.CSV {
		return WriteDelimited(w, table, lines)
	}
	return WriteTable(w, table, lines)
}

// WriteDelimited writes a table as the Vietnamese Excel opens it by a double
// click: UTF-8 with its mark, semicolons, dates dd/mm/yyyy; titles are left out.
// Cells are those of WriteTable, but for fractions.
func WriteDelimited(w io.Writer, table Table, rows iter.Seq[[]any]) error {
	out := bufio.NewWriter(w)
	out.WriteString("\uFEFF")
	for i, c := range table.Columns {
		if i > 0 {
			out.WriteByte(';')
		}
		out.WriteString(quoted(c.Heading))
	}
	out.WriteString("\r\n")
	for cells := range rows {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte(';')
			}
			switch v := c.(type) {
			case string:
				out.WriteString(quoted(v))
			case data.Moment:
				out.WriteString(v.String())
			case data.Day:
				out.WriteString(v.String())
			case int, int64:
				fmt.Fprint(out, v)
			}
		}
		out.WriteString("\r\n")
	}
	if err := out.Flush(); err != nil {
		return data.Fail(data.ReadOnly, "Không ghi được tệp. Kiểm tra thư mục và chỗ trống trên đĩa rồi thử lại.", err)
	}
	return nil
}

// quoted writes a text of delimited text. One that a spreadsheet would take for
// a formula gets an apostrophe, which the import takes off again.
func quoted(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ";,\"\r\n\t'|") && s == strings.TrimSpace(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
