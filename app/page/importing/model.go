package importing

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/register"
)

// Step is a step of the import.
type Step int

// The steps.
const (
	StepFile Step = iota
	StepColumns
	StepCheck
	StepDone
)

// model is the page Nhập từ Excel.
type model struct {
	s *env.Session

	step    Step
	path    string
	text    string   // what was pasted in place of a file
	waiting []string // files that are opened after this one
	im      *desk.Import
	options desk.ImportOptions
	mapping exchange.Mapping
	read    reading
	unknown []UnknownState
	result  desk.ImportResult
	busy    bool   // Check or Apply runs
	seq     uint64 // the newest entry of the journal when they ended
	err     error

	// Changed is called when anything changed. Run runs long work with progress;
	// done comes back on the window's goroutine.
	Changed func()
	Run     func(title string, work func(ctx context.Context, report func(done, total int64, text string)) error, done func(error))
}

// UnknownState is a name of a state in the file that the program does not know.
type UnknownState struct {
	Name string
	Rows int
}

// newModel returns the model at its first step.
func newModel(s *env.Session) *model {
	m := &model{s: s, Changed: func() {}}
	m.Run = func(_ string, work func(context.Context, func(done, total int64, text string)) error, done func(error)) {
		done(work(context.Background(), func(int64, int64, string) {}))
	}
	return m
}

// File returns the name of the file, "" before one is chosen.
func (m *model) File() string {
	switch {
	case m.text != "":
		return exchange.PastedName
	case m.path == "":
		return ""
	}
	return filepath.Base(m.path)
}

// Source returns what is being imported, a file or a pasted text, and how it is
// read, for those who do something else with it.
func (m *model) Source() (path, text string, opt desk.ImportOptions) {
	return m.path, m.text, m.options
}

// Restart goes back to the choice of a file.
func (m *model) Restart() {
	m.close()
	*m = model{s: m.s, Changed: m.Changed, Run: m.Run}
	m.Changed()
}

func (m *model) close() {
	if m.im != nil {
		m.im.Close()
		m.im = nil
	}
}

// Open opens a file and finds its sheet, heading and columns.
func (m *model) Open(path string) {
	m.close()
	m.path, m.text, m.options, m.err = path, "", desk.ImportOptions{}, nil
	m.open("Đang mở " + filepath.Base(path))
}

// Paste opens a table that was copied to the clipboard.
func (m *model) Paste(text string) {
	if strings.TrimSpace(text) == "" {
		m.err = data.Fail(data.Invalid, "Chưa chép bảng nào. Chọn các ô trong Excel, bấm Ctrl+C rồi dán lại vào đây.", nil)
		m.Changed()
		return
	}
	m.close()
	m.path, m.text, m.options, m.err = "", text, desk.ImportOptions{}, nil
	m.open("Đang đọc bảng dán")
}

// reading is what was read of a file before anything is imported.
type reading struct {
	states map[string]int
	judged []exchange.Record // the first rows, as they would be stored
	raw    []exchange.RawRow // the first rows, as they stand in the file
	counts *exchange.Report  // of a table of counts
	fault  error             // why its figures are not understood
	result desk.ImportResult // what would become of a table of counts
}

// readAll reads what the screens show of an opened file.
func readAll(ctx context.Context, im *desk.Import) (out reading, err error) {
	if out.raw, err = im.FirstRows(ctx, rawRows); err != nil {
		return out, err
	}
	if im.Mapping().Kind == exchange.Aggregated {
		return out, out.readCounts(ctx, im)
	}
	judged, err := im.Preview(ctx, judgedRows)
	for _, r := range judged {
		r.Dossier.Events = slices.Clone(r.Dossier.Events)
		out.judged = append(out.judged, r)
	}
	if err == nil {
		out.states, err = im.Statuses(ctx)
	}
	return out, err
}

// open opens the file with the options that the officer has set so far.
func (m *model) open(title string) {
	options, path, text := m.options, m.path, m.text
	var im *desk.Import
	var read reading
	m.Run(title, func(ctx context.Context, report func(done, total int64, text string)) error {
		var err error
		if text != "" {
			im, err = m.s.Desk.OpenImportText(ctx, text, options)
		} else {
			im, err = m.s.Desk.OpenImport(ctx, path, options)
		}
		if err != nil {
			return err
		}
		if read, err = readAll(ctx, im); err != nil {
			im.Close()
		}
		return err
	}, func(err error) {
		m.err = m.named(err)
		if err != nil {
			if m.im == nil {
				m.step = StepFile
			}
			m.Changed()
			return
		}
		m.close()
		m.im, m.mapping, m.read = im, im.Mapping(), read
		m.unknown = m.unknown[:0]
		for name, rows := range read.states {
			m.unknown = append(m.unknown, UnknownState{name, rows})
		}
		slices.SortFunc(m.unknown, func(a, b UnknownState) int {
			return cmp.Or(cmp.Compare(b.Rows, a.Rows), register.CompareText(a.Name, b.Name))
		})
		m.step = StepColumns
		m.Changed()
	})
}

// named puts the name of the file before what is wrong with it.
func (m *model) named(err error) error {
	if err == nil || strings.Contains(err.Error(), m.File()) || data.CodeOf(err) == data.Cancelled {
		return err
	}
	return data.Fail(data.CodeOf(err), m.File()+": "+err.Error(), err)
}

// previewRows is how many rows are shown as they would be stored, rawRows how
// many as they stand in the file; judgedRows are looked at for what will not
// pass.
const (
	previewRows = 12
	rawRows     = 12
	judgedRows  = 500
)

// Found says in one sentence what was found.
func (m *model) Found() string {
	p := m.mapping
	if p.Kind == exchange.Aggregated {
		return m.foundCounts()
	}
	rows := make([]string, len(p.HeaderRows))
	for i, r := range p.HeaderRows {
		rows[i] = fmt.Sprint(r)
	}
	sheet := ""
	if len(p.Sheets) > 0 && p.Sheet >= 1 && p.Sheet <= len(p.Sheets) && p.Sheets[p.Sheet-1] != "" {
		sheet = fmt.Sprintf("trang tính «%s», ", p.Sheets[p.Sheet-1])
	}
	text := fmt.Sprintf("%s: %stiêu đề ở dòng %s, %d cột.", m.File(), sheet, strings.Join(rows, ", "), len(p.Columns))
	if p.Encoding != "" {
		text += " Bảng mã " + p.Encoding + "."
	}
	if p.Kind == exchange.Annex {
		text += " Đây là phụ lục của một báo cáo: chỉ bổ sung cho hồ sơ đã có, không thêm hồ sơ mới."
	}
	return text
}

// Sheets returns the names of the sheets of the workbook.
func (m *model) Sheets() []kit.Choice {
	var out []kit.Choice
	for i, name := range m.mapping.Sheets {
		out = append(out, kit.Choice{Key: fmt.Sprint(i + 1), Text: name})
	}
	return out
}

// ChooseSheet reads another sheet of the workbook.
func (m *model) ChooseSheet(n int) {
	m.options = desk.ImportOptions{Sheet: n, Order: m.options.Order, Unit: m.options.Unit, UnitName: m.options.UnitName, Period: m.options.Period}
	m.open("Đang mở trang tính")
}

// ChooseOrder answers whether dates are read day first.
func (m *model) ChooseOrder(o exchange.Order) {
	m.options.Order, m.options.Mapping = o, nil
	m.open("Đang đọc lại ngày tháng")
}

// ChooseFact lets a column feed another fact.
func (m *model) ChooseFact(column int, f exchange.Fact) {
	next := m.im.Mapping()
	next.Columns = slices.Clone(m.mapping.Columns)
	for i := range next.Columns {
		switch {
		case next.Columns[i].Number == column:
			next.Columns[i].Fact, next.Columns[i].Fallback = f, false
		case next.Columns[i].Fact == f && f != exchange.FactIgnore:
			next.Columns[i].Fallback = true
		}
	}
	m.options.Mapping = &next
	m.open("Đang đọc lại tệp")
}

// Explain tells what an unknown state means.
func (m *model) Explain(name string, s data.Status) {
	states := map[string]data.Status{name: s}
	for k, v := range m.options.Statuses {
		if k != name {
			states[k] = v
		}
	}
	m.options.Statuses = states
	m.open("Đang đọc lại tệp")
}

// Preview returns the first rows of the file as they would be stored.
func (m *model) Preview() []exchange.Record {
	return m.read.judged[:min(previewRows, len(m.read.judged))]
}

// Aggregated reports whether the file holds counts, not dossiers.
func (m *model) Aggregated() bool { return m.mapping.Kind == exchange.Aggregated }

// ended notes how the data stand after a check or an import.
func (m *model) ended() {
	m.busy, m.seq = false, m.newest()
}

func (m *model) newest() uint64 {
	list, err := m.s.Desk.Journal(1)
	if err != nil || len(list) == 0 {
		return 0
	}
	return list[0].Seq
}

// OutOfDate reports whether something else changed or was taken back since the result
// shown.
func (m *model) OutOfDate() bool { return !m.busy && m.step >= StepCheck && m.newest() != m.seq }

// Check does the dry run.
func (m *model) Check() {
	var result desk.ImportResult
	m.busy = true
	m.Run("Đang kiểm tra từng dòng", func(ctx context.Context, report func(done, total int64, text string)) error {
		var err error
		result, err = m.im.DryRun(ctx, inRows(report))
		return err
	}, func(err error) {
		m.ended()
		m.err = err
		if err == nil {
			m.result, m.step = result, StepCheck
		}
		m.Changed()
	})
}

// inRows tells the progress of an import in rows.
func inRows(report func(done, total int64, text string)) desk.Run {
	text := ""
	return desk.Run{KeepLines: true, Rows: func(read, written int64) {
		text = "Đã đọc " + data.FormatInt(read) + " dòng"
		if written > 0 {
			text = "Đã ghi " + data.FormatInt(written) + " / " + data.FormatInt(read) + " dòng"
		}
	}, Progress: func(done, total int64) { report(done*100/max(total, 1), 100, text) }}
}

// Apply imports the file.
func (m *model) Apply() {
	var result desk.ImportResult
	m.busy = true
	m.Run("Đang nhập", func(ctx context.Context, report func(done, total int64, text string)) error {
		err := m.s.BackUpBefore(ctx, report)
		if err != nil {
			return err
		}
		result, err = m.im.Apply(ctx, inRows(report))
		return err
	}, func(err error) {
		m.ended()
		m.err = err
		if err == nil {
			m.result, m.step = result, StepDone
			m.read.result = result
		}
		m.Changed()
	})
}

// WriteRejected writes the rejected rows as a workbook.
func (m *model) WriteRejected(path string, done func(error)) {
	result := m.result
	m.Run("Đang ghi các dòng không nhận", func(ctx context.Context, _ func(done, total int64, text string)) error {
		return m.im.WriteRejected(ctx, path, result)
	}, done)
}

// Counts returns the five big figures of the result, in the order of Fate.
func (m *model) Counts() [5]int {
	r := m.result
	return [5]int{r.New, r.Changed, r.Same, r.Duplicate, r.Rejected}
}

// Line is a row of the file with what becomes of it, in words.
type Line struct {
	desk.Line
	What string
}

// Lines lists the rows of the result.
func (m *model) Lines() []Line {
	out := make([]Line, len(m.result.Lines))
	c := m.mapping.Column(exchange.FactReceived)
	for i, l := range m.result.Lines {
		what := strings.Join(l.Notes, "; ")
		switch l.Fate {
		case desk.Changed:
			what = strings.Join(l.Changes, "; ")
		case desk.Rejected, desk.Duplicate:
			what = l.Reason
			if l.Received == "" && c != nil && sameHeading(l.Column, c.Heading) {
				l.Received = l.Value // as the file writes it
			}
		}
		out[i] = Line{l, what}
	}
	return out
}

// Summary says in one sentence what the import did or will do.
func (m *model) Summary() string {
	r := m.result
	f := func(n int) string { return data.FormatInt(int64(n)) }
	if m.Aggregated() {
		return m.summaryCounts()
	}
	if m.step == StepDone {
		text := fmt.Sprintf("Đã nhập %s: thêm %s hồ sơ mới, cập nhật %s hồ sơ.", r.Source, f(r.New), f(r.Changed))
		if r.New+r.Changed == 0 {
			text = fmt.Sprintf("%s không có gì mới so với sổ.", r.Source)
		}
		if r.Added > 0 {
			text += fmt.Sprintf(" Danh mục có thêm %s mục từ tệp này.", f(r.Added))
		}
		return text
	}
	if r.New+r.Changed == 0 {
		return fmt.Sprintf("Thử trên %s dòng: không có gì mới so với sổ, nên không có gì để ghi.", f(r.Rows))
	}
	return fmt.Sprintf("Thử trên %s dòng, chưa ghi gì. Bấm «Nhập» để ghi %s hồ sơ mới và %s hồ sơ có thay đổi; cả lần nhập hoàn tác được.", f(r.Rows), f(r.New), f(r.Changed))
}

// Order returns the officer's answer about dates.
func (m *model) Order() exchange.Order { return m.options.Order }

// BackToColumns goes back from the check to the columns.
func (m *model) BackToColumns() {
	m.step = StepColumns
	m.Changed()
}

// Past is an import so far.
type Past struct {
	desk.Imported
	When string
}

// Past lists the imports so far, newest first.
func (m *model) Past() (out []Past, err error) {
	list, err := m.s.Desk.Imports()
	for _, i := range slices.Backward(list) {
		out = append(out, Past{i, data.MomentAt(i.At, m.s.Desk.Now().Location()).String()})
	}
	return out, err
}
