package importing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// Raw returns the first rows as they stand in the file: what is above the
// heading, the heading, and the rows below it.
func (m *model) Raw() []exchange.RawRow { return m.read.raw }

// Fault is what will not pass in a column, among the first rows.
type Fault struct {
	Rows    int    // that will not be accepted because of it
	Of      int    // rows that were looked at
	Example string // the reason of the first one
}

// Faults returns what will not pass in the column with a heading.
func (m *model) Faults(heading string) Fault {
	f := Fault{Of: len(m.read.judged)}
	for i := range m.read.judged {
		r := &m.read.judged[i]
		if r.Verdict != exchange.Rejected || !sameHeading(r.Column, heading) {
			continue
		}
		if f.Rows == 0 {
			f.Example = r.Reason
		}
		f.Rows++
	}
	return f
}

// sameHeading compares the heading that a reason names with that of a column,
// of which it may be the last level.
func sameHeading(named, heading string) bool {
	if named == "" {
		return false
	}
	tail := len(heading) - len(named)
	return named == heading || tail > 0 && heading[tail:] == named && len(heading) > len(named)+len(levelSign) && heading[tail-len(levelSign):tail] == levelSign
}

const levelSign = " › "

// FaultAt reports whether a row will not be accepted because of the column with a
// heading; "" stands for any.
func (m *model) FaultAt(row int, heading string) bool {
	return slices.ContainsFunc(m.read.judged, func(r exchange.Record) bool {
		return r.Row == row && r.Verdict == exchange.Rejected && (heading == "" || sameHeading(r.Column, heading))
	})
}

// Column is a column of the file with what it feeds.
type Column struct {
	exchange.Column
	Samples string // the first values
	Faults  Fault
}

// samples is how many values of a column are shown.
const samples = 3

// Columns lists the columns of the file.
func (m *model) Columns() (out []Column) {
	for _, c := range m.mapping.Columns {
		one := Column{Column: c, Faults: m.Faults(c.Heading)}
		var values []string
		below := false
		for _, r := range m.read.raw {
			if below && !r.Head && c.Number <= len(r.Cells) {
				if v := strings.TrimSpace(r.Cells[c.Number-1]); v != "" && !slices.Contains(values, v) && len(values) < samples {
					values = append(values, v)
				}
			}
			below = below || r.Head
		}
		one.Samples = strings.Join(values, " · ")
		out = append(out, one)
	}
	return out
}

// Letters names a column as spreadsheets do: A, B, … Z, AA.
func Letters(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// Remark is what the officer should know of the file before going on, or a question.
type Remark struct {
	Text   string
	Verb   string // of what can be done, "" for nothing
	Kind   RemarkKind
	Detail string // the name of a state that is not known
}

// RemarkKind tells remarks apart by what can be done with them.
type RemarkKind int

// The kinds, questions first.
const (
	AskState RemarkKind = iota
	AskUnit
	OwnUnit // answered; can be taken back
	Mapped  // answers of an earlier import are used; they can be forgotten
	Plain
)

// Remarks lists questions and remarks, and how many of them are questions that nobody
// answered.
func (m *model) Remarks() (out []Remark, open int) {
	for _, u := range m.unknown {
		out = append(out, Remark{fmt.Sprintf("Tình trạng «%s» nghĩa là gì? (%s dòng)", u.Name, data.FormatInt(int64(u.Rows))), "Trả lời…", AskState, u.Name})
	}
	rows, of := m.Unitless()
	switch unit := m.FileUnit(); {
	case unit != "":
		out = append(out, Remark{"Dòng không ghi đơn vị thuộc: " + unit, "Bỏ", OwnUnit, ""})
	case rows > 0 && rows == of:
		out = append(out, Remark{"Tệp này của đơn vị nào? (tệp không ghi đơn vị)", "Trả lời…", AskUnit, ""})
	case rows > 0:
		out = append(out, Remark{fmt.Sprintf("Tệp này của đơn vị nào? (%s trong %s dòng đầu không ghi đơn vị)", data.FormatInt(int64(rows)), data.FormatInt(int64(of))), "Trả lời…", AskUnit, ""})
	}
	for _, r := range out {
		if r.Kind <= AskUnit {
			open++
		}
	}
	if text := m.Reused(); text != "" {
		out = append(out, Remark{text, "Không dùng", Mapped, ""})
	}
	for _, w := range m.Warnings() {
		out = append(out, Remark{Text: w, Kind: Plain})
	}
	return out, open
}

// Reused returns the sentence that tells that the answers of an earlier import
// are used again; "" when none are.
func (m *model) Reused() string {
	if m.im == nil {
		return ""
	}
	return m.im.Reused()
}

// Forget forgets the answers of the earlier import and reads the file afresh.
func (m *model) Forget() {
	print := m.im.Fingerprint()
	m.Run("Đang bỏ cách ghép cột đã nhớ", func(ctx context.Context, _ func(done, total int64, text string)) error {
		list, err := m.s.Desk.Mappings()
		if err != nil {
			return err
		}
		for _, one := range list {
			if one.Value.Fingerprint == print {
				return m.s.Desk.ForgetMapping(ctx, one.ID)
			}
		}
		return nil
	}, func(err error) {
		if m.err = err; err != nil {
			m.Changed()
			return
		}
		m.options = desk.ImportOptions{Sheet: m.options.Sheet}
		m.open("Đang đọc lại tệp")
	})
}

// Warnings returns what the officer should know of the file before going on.
func (m *model) Warnings() []string {
	reused := m.Reused()
	out := slices.DeleteFunc(exchange.Texts(m.mapping.Notes), func(w string) bool { return w == reused })
	bad := 0
	for i := range m.read.judged {
		if m.read.judged[i].Verdict == exchange.Rejected {
			bad++
		}
	}
	if bad > 0 {
		out = append(out, fmt.Sprintf("%s trong %s dòng đầu không nhận được; ô sai in đỏ ở «Dòng trong tệp».", data.FormatInt(int64(bad)), data.FormatInt(int64(len(m.read.judged)))))
	}
	return out
}

// Unitless returns how many of the first rows name no unit, and of how many: the
// officer is asked whose file it is. Both are 0 where every row names one.
func (m *model) Unitless() (rows, of int) {
	if m.mapping.Kind != exchange.Register {
		return 0, 0
	}
	for i := range m.read.judged {
		if r := &m.read.judged[i]; r.Verdict == exchange.Accepted {
			if of++; r.Unit == "" {
				rows++
			}
		}
	}
	if rows == 0 {
		of = 0
	}
	return rows, of
}

// FileUnit returns the officer's answer whose file it is, "" while it was not
// asked.
func (m *model) FileUnit() string { return m.options.UnitName }

// OwnedBy answers whose file it is: rows that name no unit are of this one. ""
// takes the answer back.
func (m *model) OwnedBy(unit string) {
	m.options.UnitName = strings.TrimSpace(unit)
	m.open("Đang đọc lại tệp")
}

// OpenAll opens the first of several files; the others wait for their turn. An
// answer whose file it is holds for one file.
func (m *model) OpenAll(paths []string) {
	if len(paths) == 0 {
		return
	}
	m.waiting = append([]string(nil), paths[1:]...)
	m.Open(paths[0])
}

// Waiting returns how many files wait for their turn.
func (m *model) Waiting() int { return len(m.waiting) }

// Next leaves this file and opens the next one that waits.
func (m *model) Next() {
	waiting := m.waiting
	m.close()
	*m = model{s: m.s, Changed: m.Changed, Run: m.Run, options: desk.ImportOptions{}}
	m.OpenAll(waiting)
}
