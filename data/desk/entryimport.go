package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// noteClosedPeriod marks rows in a period whose figures were closed.
const noteClosedPeriod = "closed-period"

// maxEntries is more than any logbook gets in one go.
const maxEntries = 200_000

// EntryImport is what became of the rows of a table or file.
type EntryImport struct {
	Source                                        string
	Rows, New, Changed, Same, Duplicate, Rejected int
	Faults                                        []logbook.Fault
	Notes                                         []exchange.Note
	Mapping                                       []exchange.Mapped
	Units                                         int // that were made
}

// entryTable is one table that is read.
type entryTable struct {
	sheet string
	lines []logbook.Line
}

// ImportEntries adds the rows of a file to a logbook: JSON as the command contract
// has it, or a table of any format that dossiers are imported from. A dry run tells
// what would become of them and changes nothing. Rows that are wrong are refused one
// by one, each with its column and reason; the others are kept in one change.
func (d *Desk) ImportEntries(ctx context.Context, k *logbook.Kind, path string, dry bool) (EntryImport, error) {
	name := text.Line(filepath.Base(path))
	if strings.EqualFold(filepath.Ext(path), ".json") {
		raw, err := os.ReadFile(path)
		if err != nil {
			return EntryImport{}, data.Fail(data.NotFound, "Không đọc được tệp "+name+". Kiểm tra tên và quyền đọc.", err)
		}
		return d.importJSON(ctx, k, name, raw, dry)
	}
	f, book, err := openSheets(path)
	if err != nil {
		return EntryImport{}, err
	}
	defer f.Close()
	return d.importBook(ctx, k, name, book, dry)
}

// PasteEntries is ImportEntries of a table that was copied to the clipboard.
func (d *Desk) PasteEntries(ctx context.Context, k *logbook.Kind, pasted string, dry bool) (EntryImport, error) {
	book, err := sheet.OpenPasted(pasted)
	if err != nil {
		return EntryImport{}, err
	}
	return d.importBook(ctx, k, "bảng đã dán", book, dry)
}

func (d *Desk) importJSON(ctx context.Context, k *logbook.Kind, name string, raw []byte, dry bool) (EntryImport, error) {
	var rows []struct {
		Number json.RawMessage            `json:"number"`
		Fields map[string]json.RawMessage `json:"fields"`
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&rows); err != nil {
		return EntryImport{}, data.Fail(data.Refused, name+": không phải danh sách JSON gồm các mục {\"fields\":{…}}. Sửa tệp rồi nhập lại.", err)
	}
	return d.takeEntries(ctx, k, name, dry, func(w *entryWriter, take takeEntry) error {
		for i, row := range rows {
			values, fault := map[string]string{}, (*logbook.Fault)(nil)
			label := strings.Trim(string(row.Number), `"`)
			for key, value := range row.Fields {
				f := k.Field(key)
				if key == "number" {
					label = strings.Trim(string(value), `"`)
					continue
				}
				if f == nil {
					fault = &logbook.Fault{Row: i + 1, Column: key, Value: string(value), Reason: fmt.Sprintf("Mục %d: %s không có «%s».", i+1, k.One, key)}
					break
				}
				stored, err := f.ParseJSON(value, w)
				if err != nil {
					fault = &logbook.Fault{Row: i + 1, Column: key, Value: strings.Trim(string(value), `"`), Reason: fmt.Sprintf("Mục %d: %s", i+1, err)}
					break
				}
				if stored != "" {
					values[key] = stored
				}
			}
			if label == "null" {
				label = ""
			}
			if err := take(i+1, values, label, fault, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// takeEntry takes one row; fault is why it could not be read.
type takeEntry func(row int, values map[string]string, label string, fault *logbook.Fault, columns []logbook.Mapped) error

func (d *Desk) takeEntries(ctx context.Context, k *logbook.Kind, name string, dry bool, read func(*entryWriter, takeEntry) error) (EntryImport, error) {
	out := EntryImport{Source: name}
	entry := &Entry{}
	var fresh []string // names of units that the table brings along
	closings, err := d.Closings()
	if err != nil {
		return out, err
	}
	err = d.writeEntries(ctx, entry, func(w *entryWriter) error {
		out = EntryImport{Source: name, Notes: out.Notes, Mapping: out.Mapping}
		known := newKnownEntries(k, w.world)
		closed := closedRows{}
		err := read(w, func(row int, values map[string]string, label string, fault *logbook.Fault, columns []logbook.Mapped) error {
			if out.Rows++; out.Rows%512 == 0 && ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã hủy nhập. Dữ liệu giữ nguyên như trước.", ctx.Err())
			}
			if out.Rows > maxEntries {
				return data.Fail(data.Refused, fmt.Sprintf("%s có hơn %s dòng. Chia tệp thành nhiều phần rồi nhập từng phần.", name, data.FormatInt(maxEntries)), nil)
			}
			if fault == nil {
				fate, err := w.take(k, known, values, label, fmt.Sprintf("%s, dòng %d", name, row))
				if data.CodeOf(err) == data.Invalid || data.CodeOf(err) == data.Conflict {
					fault = k.Faulty(row, columns, values, err, w)
				} else if err != nil {
					return err
				}
				out.count(fate, fault != nil)
				if fault == nil && (fate == New || fate == Changed) {
					closed.add(closings, (&logbook.Entry{Values: values}).Day(k.Day), row)
				}
			} else {
				out.Rejected++
			}
			if fault != nil {
				out.Faults = append(out.Faults, *fault)
			}
			return nil
		})
		if err != nil {
			return err
		}
		out.Units, fresh = w.names.added, nil
		for _, u := range w.names.made {
			fresh = append(fresh, "«"+u.Name+"»")
		}
		out.Notes = append(out.Notes, closed.notes(k)...)
		entry.Title = fmt.Sprintf("Nhập %s %s từ %s", data.FormatInt(int64(out.New+out.Changed)), k.One, name)
		if dry || out.New+out.Changed == 0 {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	if len(fresh) > 0 {
		out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteNewUnits, Text: "Đơn vị chưa có trong danh mục, nhập thì thêm vào: " + strings.Join(fresh, ", ") +
			". Nếu là đơn vị đã có mà viết khác, sửa tên trong bảng rồi nhập lại."})
	}
	return out, err
}

// closedRows are rows that lie in periods whose figures were closed, by period. They are
// taken: what is frozen stays, and later differences are told beside it (R9).
type closedRows map[string][]int

func (c closedRows) add(closings []Stored[Closing], day data.Day, row int) {
	i := slices.IndexFunc(closings, func(x Stored[Closing]) bool { return x.Value.Period.From <= day && day <= x.Value.Period.To })
	if i >= 0 && day.Known() {
		label := closings[i].Value.Period.Label
		c[label] = append(c[label], row)
	}
}

func (c closedRows) notes(k *logbook.Kind) (out []exchange.Note) {
	for _, label := range slices.Sorted(maps.Keys(c)) {
		out = append(out, exchange.Note{Code: noteClosedPeriod, Text: fmt.Sprintf("Dòng %d, cột «%s»: %s đã chốt số liệu. %s dòng như vậy được ghi và là thay đổi sau khi chốt.",
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
}

func newKnownEntries(k *logbook.Kind, w *logbook.World) *knownEntries {
	known := &knownEntries{k, map[string]*logbook.Entry{}, map[string][]*logbook.Entry{}}
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

func (d *Desk) importBook(ctx context.Context, k *logbook.Kind, name string, book *sheet.Book, dry bool) (EntryImport, error) {
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
			tables = append(tables, entryTable{info.Name, lines})
		case len(lines) > 0:
			notes = append(notes, exchange.Note{Code: exchange.NoteUnreadSheet, Text: fmt.Sprintf("Trang «%s» chưa được đọc: không thấy cột của %s.", info.Name, k.Title)})
		}
	}
	if len(tables) == 0 {
		return EntryImport{}, data.Fail(data.Refused, fmt.Sprintf("%s: không thấy dòng tiêu đề của %s trong 15 dòng đầu. Cần các cột như %s.", name, k.Title, exampleHeads(k)), nil)
	}
	out, err := d.takeEntries(ctx, k, name, dry, func(w *entryWriter, take takeEntry) error {
		for _, t := range tables {
			at, columns, _, _ := k.Heading(t.lines)
			for _, line := range t.lines[at+1:] {
				if line.Empty() {
					continue
				}
				values, label, fault := k.ReadLine(line, columns, w)
				if fault == nil && len(values) < 2 && values[k.Head] == "" {
					continue // the title of a group, a sum or a signature
				}
				if err := take(line.Row, values, label, fault, columns); err != nil {
					return err
				}
			}
		}
		return nil
	})
	out.Notes = append(out.Notes, notes...)
	for _, t := range tables {
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

// exampleHeads names the first heads that a table of the kind has.
func exampleHeads(k *logbook.Kind) string {
	var heads []string
	for _, f := range k.Fields[:min(4, len(k.Fields))] {
		heads = append(heads, "«"+f.Title+"»")
	}
	return strings.Join(heads, ", ")
}

// entryLines reads a table whole. A cell whose value the file does not tell becomes a
// text that no field but free text takes.
func entryLines(ctx context.Context, book *sheet.Book, i int) (lines []logbook.Line, err error) {
	rows, err := book.Rows(ctx, i)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var row sheet.Row
	for {
		if err := rows.Next(&row); errors.Is(err, io.EOF) {
			return lines, nil
		} else if err != nil {
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
}
