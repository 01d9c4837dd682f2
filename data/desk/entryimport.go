package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// noteClosedPeriod marks rows in a period whose figures were closed.
const noteClosedPeriod = "closed-period"

// maxEntries is more than any logbook gets in one go.
const maxEntries = 200_000

// Taking says how the rows of a table are taken.
type Taking struct {
	Dry   bool   // tell what would become of them, and change nothing
	Why   string // the reason for rows of closed periods; "" refuses them
	Fixes []Fix
	// guard tells why an entry must not be changed, "" where it may; nil for all.
	guard func(old *logbook.Entry) string
}

// Fix is a cell that was corrected since the table was read.
type Fix struct {
	Sheet  string
	Row    int
	Column string // its head, or the title or key of the field
	Text   string
}

// on returns the corrections of a row.
func (t *Taking) on(sheet string, row int) (out []Fix) {
	return data.Where(t.Fixes, func(x Fix) bool { return x.Row == row && x.Sheet == sheet })
}

// WrongRow is a row that was not taken, as it stands in the table with its corrections.
type WrongRow struct {
	Sheet string
	Row   int
	Heads []string
	Cells []string // as many as heads
}

// EntryImport is what became of the rows of a table or file.
type EntryImport struct {
	Source                                        string
	Rows, New, Changed, Same, Duplicate, Rejected int
	Faults                                        []logbook.Fault
	Wrong                                         []WrongRow // one for each of Faults
	Notes                                         []exchange.Note
	Mapping                                       []exchange.Mapped
	Units                                         int // that were made
	Closed                                        int // rows that were refused and a reason would let in
}

// entryTable is one table that is read. What was pasted was chosen by hand: a cell that
// stands beside its columns belongs to another table, where a file may hold remarks.
type entryTable struct {
	sheet  string
	lines  []logbook.Line
	pasted bool
}

// beside returns the first cell of a line that no head stands above, from 0; -1 for none.
func (t *entryTable) beside(heads, l logbook.Line) int {
	width := len(heads.Cells)
	for width > 0 && strings.TrimSpace(heads.Cells[width-1]) == "" {
		width--
	}
	if len(l.Cells) > width {
		if i := slices.IndexFunc(l.Cells[width:], func(c string) bool { return strings.TrimSpace(c) != "" }); i >= 0 {
			return width + i
		}
	}
	return -1
}

// tooWide is the fault of a pasted line with a cell beside the columns.
func tooWide(l logbook.Line, at, width int) *logbook.Fault {
	value := text.Line(l.Cells[at])
	return &logbook.Fault{Row: l.Row, Column: fmt.Sprintf("Cột %d", at+1), Value: value, Reason: fmt.Sprintf("Dòng %d, cột %d: «%s» không có tiêu đề cột nào bên trên; bảng chỉ có %d cột. Chép lại đúng các cột của bảng cùng dòng tiêu đề.",
		l.Row, at+1, value, width)}
}

// ImportEntries adds the rows of a file to a logbook: JSON as the command contract
// has it, or a table of any format that dossiers are imported from. Rows that are wrong
// are refused one by one, each with its column and reason; the others are kept in one
// change.
func (d *Desk) ImportEntries(ctx context.Context, k *logbook.Kind, path string, how Taking) (EntryImport, error) {
	name := text.Line(filepath.Base(path))
	if strings.EqualFold(filepath.Ext(path), ".json") {
		raw, err := disk.Read(path)
		if err != nil {
			return EntryImport{}, data.Fail(data.NotFound, "Không đọc được tệp "+name+". Kiểm tra tên và quyền đọc.", err)
		}
		return d.importJSON(ctx, k, name, raw, how)
	}
	f, book, err := openSheets(path)
	if err != nil {
		return EntryImport{}, err
	}
	defer f.Close()
	return d.importBook(ctx, k, name, book, false, how)
}

// PasteEntries is ImportEntries of a table that was copied to the clipboard.
func (d *Desk) PasteEntries(ctx context.Context, k *logbook.Kind, pasted string, how Taking) (EntryImport, error) {
	book, err := sheet.OpenPasted(pasted)
	if err != nil {
		return EntryImport{}, err
	}
	return d.importBook(ctx, k, "bảng đã dán", book, true, how)
}

func (d *Desk) importJSON(ctx context.Context, k *logbook.Kind, name string, raw []byte, how Taking) (EntryImport, error) {
	read, err := readEntries(k, name, raw, how)
	if err != nil {
		return EntryImport{}, err
	}
	return d.takeEntries(ctx, k, name, how, read)
}

// readEntries reads rows of the command contract.
func readEntries(k *logbook.Kind, name string, raw []byte, how Taking) (func(*entryWriter, takeEntry) error, error) {
	var rows []jsonRow
	dec := json.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&rows); err != nil {
		return nil, data.Fail(data.Refused, name+": không phải danh sách JSON gồm các mục {\"fields\":{…}}. Sửa tệp rồi nhập lại.", err)
	}
	return func(w *entryWriter, take takeEntry) error {
		for i := range rows {
			if err := take(rows[i].read(k, i+1, how.on("", i+1), w)); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// jsonRow is a row of the command contract.
type jsonRow struct {
	Number json.RawMessage            `json:"number"`
	Fields map[string]json.RawMessage `json:"fields"`
}

// read reads the row at a place, from 1, with its corrections.
func (r *jsonRow) read(k *logbook.Kind, at int, fixes []Fix, w *entryWriter) entryRow {
	out := entryRow{row: at, values: map[string]string{}, label: strings.Trim(string(r.Number), `"`)}
	given := maps.Clone(r.Fields)
	for _, x := range fixes {
		if f := k.FieldCalled(x.Column); f != nil {
			quoted, _ := json.Marshal(x.Text) // a text always can
			if given == nil {
				given = map[string]json.RawMessage{}
			}
			given[f.Key] = quoted
		} else {
			delete(given, x.Column)
		}
	}
	wrong := func(key string, value json.RawMessage, reason string) {
		if out.fault == nil {
			out.fault = &logbook.Fault{Row: at, Column: key, Value: strings.Trim(string(value), `"`), Reason: fmt.Sprintf("Mục %d: %s", at, reason)}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		value := given[key]
		if key == "number" {
			out.label = strings.Trim(string(value), `"`)
			continue
		}
		f := k.Field(key)
		out.columns = append(out.columns, logbook.Mapped{Column: key, At: len(out.cells), Field: f})
		out.cells = append(out.cells, jsonShown(f, value, w))
		if f == nil {
			wrong(key, value, fmt.Sprintf("%s không có «%s».", k.One, key))
			continue
		}
		stored, err := f.ParseJSON(value, w)
		if err != nil {
			wrong(key, value, err.Error())
		} else if stored != "" {
			out.values[key] = stored
		}
	}
	if out.label == "null" {
		out.label = ""
	}
	return out
}

// jsonShown is a value of a row as a person would type it.
func jsonShown(f *logbook.Field, value json.RawMessage, w *entryWriter) string {
	var plain string
	if json.Unmarshal(value, &plain) == nil {
		return plain
	}
	if f != nil && f.Type != logbook.Table {
		if stored, err := f.ParseJSON(value, w); err == nil {
			return f.Shown(stored, w)
		}
	}
	return string(value)
}

// entryRow is a row that was read; fault is why it could not be.
type entryRow struct {
	sheet   string
	row     int
	values  map[string]string
	label   string
	fault   *logbook.Fault
	columns []logbook.Mapped
	cells   []string
}

// wrong returns the row as it is shown where it was not taken.
func (r *entryRow) wrong(k *logbook.Kind) WrongRow {
	out := WrongRow{Sheet: r.sheet, Row: r.row}
	for _, c := range r.columns {
		text := ""
		if c.At < len(r.cells) {
			text = r.cells[c.At]
		}
		out.Heads, out.Cells = append(out.Heads, c.Column), append(out.Cells, text)
	}
	if f := k.FieldCalled(r.fault.Column); f != nil && !slices.Contains(out.Heads, r.fault.Column) {
		out.Heads, out.Cells = append(out.Heads, r.fault.Column), append(out.Cells, "")
	}
	return out
}

// newUnits names units that the row brought along, with the column of each.
func (r *entryRow) newUnits(made []data.Unit) (out []string) {
	for _, u := range made {
		name := "«" + u.Name + "» (dòng " + strconv.Itoa(r.row)
		for _, c := range r.columns {
			if f := c.Field; f != nil && (f.Type == logbook.Unit || f.Type == logbook.Units) && c.At < len(r.cells) && strings.Contains(text.NameKey(r.cells[c.At]), text.NameKey(u.Name)) {
				name += ", cột «" + c.Column + "»"
				break
			}
		}
		out = append(out, name+")")
	}
	return out
}

// takeEntry takes one row.
type takeEntry func(row entryRow) error

func (d *Desk) takeEntries(ctx context.Context, k *logbook.Kind, name string, how Taking, read func(*entryWriter, takeEntry) error) (EntryImport, error) {
	out := EntryImport{Source: name}
	entry := &Entry{Why: text.Line(how.Why)}
	err := d.writeEntries(ctx, entry, entry.Why, func(w *entryWriter) (err error) {
		if out, err = w.takeAll(ctx, k, name, how, read); err != nil {
			return err
		}
		entry.Title = fmt.Sprintf("Nhập %s %s từ %s", data.FormatInt(int64(out.New+out.Changed)), k.One, name)
		if how.Dry || out.New+out.Changed == 0 {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return out, err
}

// takeAll takes the rows of one logbook.
func (w *entryWriter) takeAll(ctx context.Context, k *logbook.Kind, name string, how Taking, read func(*entryWriter, takeEntry) error) (EntryImport, error) {
	out := EntryImport{Source: name}
	known := newKnownEntries(k, w.world)
	known.guard = how.guard
	closed := closedRows{}
	var fresh []string // names of units that the table brings along
	made := len(w.names.made)
	err := read(w, func(r entryRow) error {
		if out.Rows++; out.Rows%512 == 0 && ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy nhập. Dữ liệu giữ nguyên như trước.", ctx.Err())
		}
		if out.Rows > maxEntries {
			return data.Fail(data.Refused, fmt.Sprintf("%s có hơn %s dòng. Chia tệp thành nhiều phần rồi nhập từng phần.", name, data.FormatInt(maxEntries)), nil)
		}
		fresh = append(fresh, r.newUnits(w.names.made[made+len(fresh):])...)
		if r.fault == nil {
			fate, err := w.take(k, known, r.values, r.label, fmt.Sprintf("%s, dòng %d", name, r.row))
			if data.CodeOf(err) == data.Invalid || data.CodeOf(err) == data.Conflict {
				r.fault = k.Faulty(r.row, r.columns, r.values, err, w)
				if NeedsReason(err) {
					out.Closed++
				}
			} else if err != nil {
				return err
			}
			out.count(fate, r.fault != nil)
			if r.fault == nil && (fate == New || fate == Changed) {
				closed.add(w.closed.spans, (&logbook.Entry{Values: r.values}).Day(k.Day), r.row)
			}
		} else {
			out.Rejected++
		}
		if r.fault != nil {
			out.Faults = append(out.Faults, *r.fault)
			out.Wrong = append(out.Wrong, r.wrong(k))
		}
		return nil
	})
	out.Units = w.names.added
	out.Notes = closed.notes(k)
	if len(fresh) > 0 {
		out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteNewUnits, Text: "Đơn vị chưa có trong danh mục, nhập thì thêm vào: " + strings.Join(fresh, ", ") +
			". Nếu là đơn vị đã có mà viết khác, sửa tên trong bảng rồi nhập lại."})
	}
	return out, err
}

// closedRows are rows that were taken into periods whose figures were closed, for a
// reason that was given, by period.
type closedRows map[string][]int

func (c closedRows) add(spans []closedSpan, day data.Day, row int) {
	i := slices.IndexFunc(spans, func(x closedSpan) bool { return x.Period.From <= day && day <= x.Period.To })
	if i >= 0 && day.Known() {
		label := spans[i].Period.Label
		c[label] = append(c[label], row)
	}
}

func (c closedRows) notes(k *logbook.Kind) (out []exchange.Note) {
	for _, label := range slices.Sorted(maps.Keys(c)) {
		out = append(out, exchange.Note{Code: noteClosedPeriod, Text: fmt.Sprintf("Dòng %d, cột «%s»: %s đã chốt số liệu. %s dòng như vậy được ghi theo lý do đã nêu và là thay đổi sau khi chốt.",
			c[label][0], k.Field(k.Day).Title, label, data.FormatInt(int64(len(c[label]))))})
	}
	return out
}

func (o *EntryImport) count(fate Fate, rejected bool) {
	switch {
	case rejected:
		o.Rejected++
	case fate == New:
		o.New++
	case fate == Changed:
		o.Changed++
	case fate == Same:
		o.Same++
	}
}

// take adds or changes one entry. A row that carries the number of an entry changes
// it; one that equals an entry of before the import is the same, but in kinds whose
// equal entries are different ones.
func (w *entryWriter) take(k *logbook.Kind, known *knownEntries, values map[string]string, label, source string) (Fate, error) {
	if old := known.labelled[strings.ToLower(label)]; label != "" && old != nil {
		e := old.Clone()
		for key, value := range values {
			e.Set(key, value)
		}
		if len(k.Differ(e, old)) == 0 {
			return Same, nil
		}
		if known.guard != nil {
			if why := known.guard(old); why != "" {
				return Rejected, data.Fail(data.Conflict, why, nil)
			}
		}
		if err := w.amend(k, e, old, source); err != nil {
			return Rejected, err
		}
		known.labelled[strings.ToLower(label)] = e
		return Changed, nil
	}
	if !k.Repeats && known.same(values) {
		return Same, nil
	}
	e := &logbook.Entry{Values: values, Label: label, Source: source}
	if err := w.add(k, e); err != nil {
		return Rejected, err
	}
	if label != "" {
		known.labelled[strings.ToLower(label)] = e
	}
	return New, nil
}

// knownEntries finds entries that were there before an import.
type knownEntries struct {
	kind     *logbook.Kind
	labelled map[string]*logbook.Entry
	byHead   map[string][]*logbook.Entry
	guard    func(old *logbook.Entry) string // see Taking
}

func newKnownEntries(k *logbook.Kind, w *logbook.World) *knownEntries {
	known := &knownEntries{kind: k, labelled: map[string]*logbook.Entry{}, byHead: map[string][]*logbook.Entry{}}
	for _, e := range w.Entries(k.ID) {
		known.labelled[strings.ToLower(k.Name(e))] = e
		key := text.NameKey(e.Text(k.Head))
		known.byHead[key] = append(known.byHead[key], e)
	}
	return known
}

// same takes an entry that holds all that a row says, and reports whether there is
// one; each is taken once.
func (n *knownEntries) same(values map[string]string) bool {
	key := text.NameKey(values[n.kind.Head])
	for i, e := range n.byHead[key] {
		equal := true
		for k, v := range values {
			equal = equal && e.Values[k] == v
		}
		if equal {
			n.byHead[key] = slices.Delete(slices.Clone(n.byHead[key]), i, i+1)
			return true
		}
	}
	return false
}

func (d *Desk) importBook(ctx context.Context, k *logbook.Kind, name string, book *sheet.Book, pasted bool, how Taking) (EntryImport, error) {
	var tables []entryTable
	var notes []exchange.Note
	for i, info := range book.Infos() {
		lines, err := entryLines(ctx, book, i)
		if err != nil {
			return EntryImport{}, err
		}
		_, _, _, ok := k.Heading(lines)
		switch {
		case ok && !info.Hidden:
			tables = append(tables, entryTable{info.Name, lines, pasted})
		case len(lines) > 0:
			notes = append(notes, exchange.Note{Code: exchange.NoteUnreadSheet, Text: fmt.Sprintf("Trang «%s» chưa được đọc: không thấy cột của %s.", info.Name, k.Title)})
		}
	}
	if len(tables) == 0 {
		return EntryImport{}, data.Fail(data.Refused, fmt.Sprintf("%s: không thấy dòng tiêu đề của %s trong 15 dòng đầu. Cần các cột như %s.", name, k.Title, exampleHeads(k)), nil)
	}
	stray := map[string]string{} // by sheet
	out, err := d.takeEntries(ctx, k, name, how, func(w *entryWriter, take takeEntry) error {
		for _, t := range tables {
			at, columns, _, _ := k.Heading(t.lines)
			for _, line := range t.lines[at+1:] {
				if line.Empty() {
					continue
				}
				r := readRow(k, line, columns, how.on(t.sheet, line.Row), w)
				r.sheet = t.sheet
				if beside := t.beside(t.lines[at], line); beside >= 0 && r.fault == nil {
					if t.pasted {
						r.fault = tooWide(line, beside, len(t.lines[at].Cells))
					} else if stray[t.sheet] == "" {
						stray[t.sheet] = fmt.Sprintf("Dòng %d, cột %d của trang «%s»: «%s» không có tiêu đề cột bên trên nên chưa được đọc.", line.Row, beside+1, t.sheet, text.Line(line.Cells[beside]))
					}
				}
				if r.fault == nil && len(r.values) < 2 && r.values[k.Head] == "" {
					continue // the title of a group, a sum or a signature
				}
				if err := take(r); err != nil {
					return err
				}
			}
		}
		return nil
	})
	out.Notes = append(out.Notes, notes...)
	for _, t := range tables {
		if said := stray[t.sheet]; said != "" {
			out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteUnreadColumn, Text: said})
		}
		_, columns, unread, _ := k.Heading(t.lines)
		for _, c := range columns {
			field := "number"
			if c.Field != nil {
				field = c.Field.Key
			}
			out.Mapping = append(out.Mapping, exchange.Mapped{Sheet: t.sheet, Column: c.Column, Field: field})
		}
		for _, head := range unread {
			out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteUnreadColumn, Text: fmt.Sprintf("Cột «%s» chưa được đọc.", head)})
		}
	}
	return out, err
}

// readRow reads a line with its corrections. One of a column that the table does not have
// stands in a column of its own.
func readRow(k *logbook.Kind, line logbook.Line, columns []logbook.Mapped, fixes []Fix, w *entryWriter) entryRow {
	if len(fixes) > 0 {
		line.Cells, columns = slices.Clone(line.Cells), slices.Clone(columns)
	}
	for _, x := range fixes {
		i := slices.IndexFunc(columns, func(c logbook.Mapped) bool { return c.Column == x.Column })
		if i < 0 {
			f := k.FieldCalled(x.Column)
			if f == nil {
				continue
			}
			i = len(columns)
			at := len(line.Cells)
			for _, c := range columns {
				at = max(at, c.At+1)
			}
			columns = append(columns, logbook.Mapped{Column: x.Column, At: at, Field: f})
		}
		for len(line.Cells) <= columns[i].At {
			line.Cells = append(line.Cells, "")
		}
		line.Cells[columns[i].At] = x.Text
	}
	out := entryRow{row: line.Row, columns: columns, cells: line.Cells}
	out.values, out.label, out.fault = k.ReadLine(line, columns, w)
	return out
}

// exampleHeads names the first heads that a table of the kind has.
func exampleHeads(k *logbook.Kind) string {
	heads := data.Map(k.Fields[:min(4, len(k.Fields))], func(f logbook.Field) string { return "«" + f.Title + "»" })
	return strings.Join(heads, ", ")
}

// entryLines reads a table whole. A cell whose value the file does not tell becomes a
// text that no field but free text takes.
func entryLines(ctx context.Context, book *sheet.Book, i int) (lines []logbook.Line, err error) {
	for row, err := range sheet.Each(book.Rows(ctx, i)) {
		if err != nil {
			return nil, err
		}
		line := logbook.Line{Row: row.Num}
		for _, c := range row.Cells {
			for len(line.Cells) < c.Col {
				line.Cells = append(line.Cells, "")
			}
			line.Cells[c.Col-1] = cellText(&c, book.Date1904)
			if c.Loss != sheet.Kept {
				line.Cells[c.Col-1] = "#" + line.Cells[c.Col-1]
			}
		}
		if len(line.Cells) > 0 {
			lines = append(lines, line)
		}
		if len(lines) > maxEntries {
			return nil, data.Fail(data.Refused, fmt.Sprintf("Tệp có hơn %s dòng. Chia tệp thành nhiều phần rồi nhập từng phần.", data.FormatInt(maxEntries)), nil)
		}
	}
	return lines, nil
}
