package scoring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// Section is a part of a set of criteria as rows: a sheet of its own.
type Section struct {
	Name    string
	Columns []string // of scoring.SetColumns
	Table   *kit.Table
	part    string   // what all its rows are, "" where the column Mục tells
	parts   []string // the words of that column
}

// The sections of a set.
const (
	SectionTree = iota
	SectionAdjusts
	SectionGrades
	SectionMetrics
	SectionHead
)

func newSections() []*Section {
	const c, t, k, v, p = scoring.ColumnCode, scoring.ColumnTitle, scoring.ColumnKey, scoring.ColumnValue, scoring.ColumnPart
	return []*Section{
		{Name: "Tiêu chí, cách chấm", Columns: scoring.SetColumns, parts: []string{scoring.PartNode, scoring.PartParam, scoring.PartTier, scoring.PartItem, scoring.PartEvent, scoring.PartVar, scoring.PartCase, scoring.PartVariant}},
		{Name: "Điểm thưởng, điểm trừ", Columns: []string{p, c, t, scoring.ColumnMax, scoring.ColumnPoints, k, v, scoring.ColumnProof, scoring.ColumnBasis}, parts: []string{scoring.PartBonus, scoring.PartPenalty, scoring.PartOption, scoring.PartParam}},
		{Name: "Hạng xếp loại", Columns: []string{t, scoring.ColumnFrom, scoring.ColumnTo, p, k, v}, part: scoring.PartGrade,
			parts: []string{scoring.PartGrade, scoring.PartNeed, scoring.PartGradeOf}},
		{Name: "Số liệu nguồn", Columns: []string{k, t, v, scoring.ColumnKind}, part: scoring.PartMetric},
		{Name: "Thông tin chung, cách tính", Columns: []string{p, k, v, t}, parts: []string{scoring.PartMeta, scoring.PartBasis, scoring.PartFact}},
	}
}

// column returns the place of a column in the section, -1 where it has none.
func (s *Section) column(name string) int { return slices.Index(s.Columns, name) }

// cell returns the text of a row under a column.
func (s *Section) cell(row []string, name string) string {
	if i := s.column(name); i >= 0 && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

// At returns the text of a cell by the name of its column.
func (s *Section) At(row int, name string) string {
	return strings.TrimSpace(s.Table.At(row, s.column(name)))
}

// row makes a row of the section.
func (s *Section) row(cells map[string]string) []string {
	out := make([]string, len(s.Columns))
	for name, text := range cells {
		if i := s.column(name); i >= 0 {
			out[i] = text
		}
	}
	return out
}

// level is the outline of criteria: what has a code holds what stands below it.
func (s *Section) level(row []string) int {
	code := s.cell(row, scoring.ColumnCode)
	if code == "" {
		return 0
	}
	if n, err := strconv.Atoi(s.cell(row, scoring.ColumnLevel)); err == nil && n > 0 {
		return n
	}
	if s.column(scoring.ColumnLevel) < 0 {
		return 1
	}
	return 1 + strings.Count(strings.Trim(code, "."), ".")
}

// Head returns the row with a code that a row belongs to, -1 for none.
func (s *Section) Head(row int) int {
	for ; row >= 0; row-- {
		if s.At(row, scoring.ColumnCode) != "" {
			return row
		}
	}
	return -1
}

// Find returns the row of a code, -1 for none.
func (s *Section) Find(code string) int {
	return slices.IndexFunc(s.Table.Rows(), func(r []string) bool { return code != "" && s.cell(r, scoring.ColumnCode) == code })
}

// Fault is what is wrong with a set, and the cell where it is mended.
type Fault struct {
	Text                 string
	Section, Row, Column int
}

// SetSheet is a set of criteria as sheets of rows.
type SetSheet struct {
	Sections []*Section
	// Faults are what is wrong with what stands there. Those of cells must be mended
	// before it is stored; others leave the set a draft.
	Faults []Fault

	sets   *Sets
	key    string
	parsed *scoring.Set // nil while a cell is wrong
}

// load writes the set that is open.
func (x *SetSheet) load(s *Sets, key string) {
	x.sets, x.key, x.Sections, x.parsed, x.Faults = s, key, newSections(), nil, nil
	var rows [][]string
	if s.Set != nil {
		rows, _ = scoring.SetRows(s.Set) // a set that was read is written
	}
	for _, sec := range x.Sections {
		sec.Table = kit.NewTable(nil)
		if sec.column(scoring.ColumnCode) >= 0 {
			sec.Table.Level = sec.level
		}
	}
	split := make([][][]string, len(x.Sections))
	at := SectionTree
	for _, row := range rows[min(1, len(rows)):] {
		cells := map[string]string{}
		for i, name := range scoring.SetColumns {
			cells[name] = row[i]
		}
		at = x.sectionOf(cells[scoring.ColumnPart], at)
		split[at] = append(split[at], x.Sections[at].row(cells))
	}
	if s.Set != nil {
		split[SectionHead] = x.whole(split[SectionHead])
	}
	for i, sec := range x.Sections {
		sec.Table.Load(split[i])
	}
	x.Check()
}

// sectionOf tells where a row belongs; details stay with what stands above them.
func (x *SetSheet) sectionOf(part string, at int) int {
	switch part {
	case scoring.PartMeta, scoring.PartBasis, scoring.PartFact:
		return SectionHead
	case scoring.PartGrade, scoring.PartNeed, scoring.PartGradeOf:
		return SectionGrades
	case scoring.PartMetric:
		return SectionMetrics
	case scoring.PartNode:
		return SectionTree
	case scoring.PartBonus, scoring.PartPenalty:
		return SectionAdjusts
	}
	return at
}

// whole lists everything that the head of a set may hold, in the usual order, what
// is not said empty.
func (x *SetSheet) whole(rows [][]string) [][]string {
	sec := x.Sections[SectionHead]
	var out [][]string
	for _, p := range scoring.MetaParams() {
		i := slices.IndexFunc(rows, func(r []string) bool { return sec.cell(r, scoring.ColumnKey) == p.Word })
		if i >= 0 {
			out = append(out, rows[i])
			continue
		}
		out = append(out, sec.row(map[string]string{scoring.ColumnPart: scoring.PartMeta, scoring.ColumnKey: p.Word}))
	}
	return append(out, slices.DeleteFunc(rows, func(r []string) bool { return sec.cell(r, scoring.ColumnPart) == scoring.PartMeta })...)
}

// source is where a row of the whole came from.
type source struct{ section, row int }

// join puts the sections together as ParseSetRows reads them.
func (x *SetSheet) join() (rows [][]string, from []source) {
	rows, from = append(rows, scoring.SetColumns), append(from, source{})
	for i, sec := range x.Sections {
		for k, row := range sec.Table.Rows() {
			if strings.TrimSpace(strings.Join(row, "")) == "" || i == SectionHead && sec.cell(row, scoring.ColumnValue) == "" && sec.cell(row, scoring.ColumnPart) != scoring.PartFact {
				continue
			}
			out := make([]string, len(scoring.SetColumns))
			for j, name := range scoring.SetColumns {
				out[j] = sec.cell(row, name)
			}
			if sec.part != "" && sec.cell(row, scoring.ColumnPart) == "" {
				out[slices.Index(scoring.SetColumns, scoring.ColumnPart)] = sec.part
			}
			rows, from = append(rows, out), append(from, source{i, k})
		}
	}
	return rows, from
}

// Check looks for what is wrong.
func (x *SetSheet) Check() {
	x.Faults, x.parsed = nil, nil
	if x.sets.Set == nil {
		return
	}
	rows, from := x.join()
	set, faults := scoring.CheckSetRows(rows)
	for _, f := range faults {
		var at *scoring.RowError
		if !errors.As(f, &at) {
			x.Faults = append(x.Faults, x.about(f))
			continue
		}
		p := from[at.Row-1]
		x.Faults = append(x.Faults, Fault{text.Sentence(at.Text) + ".", p.section, p.row, max(0, x.Sections[p.section].column(at.Column))})
	}
	if set == nil {
		return
	}
	x.parsed = set
	x.declare()
	for _, f := range set.Problems() {
		x.Faults = append(x.Faults, x.about(f))
	}
}

// declare lets the set name the figures of the register that its criteria use.
func (x *SetSheet) declare() {
	x.parsed.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Metric == nil {
			return
		}
		for _, id := range []string{n.Metric.Value, n.Metric.Numerator, n.Metric.Denominator} {
			if m, ok := x.sets.metric(id); ok {
				x.parsed.UseMetric(m)
			}
		}
	})
}

// about finds the cell that a problem of the set is about.
func (x *SetSheet) about(f *data.Error) Fault {
	out := Fault{Text: f.Message, Section: SectionTree}
	key := map[string]string{scoring.FieldHead: "tổng điểm", scoring.FieldPolicies: "số lẻ của tiêu chí"}[f.Field]
	switch {
	case key != "":
		head := x.Sections[SectionHead]
		out.Section, out.Column = SectionHead, head.column(scoring.ColumnValue)
		out.Row = max(0, slices.IndexFunc(head.Table.Rows(), func(r []string) bool { return head.cell(r, scoring.ColumnKey) == key }))
	case f.Field == scoring.FieldGrades:
		out.Section = SectionGrades
	case f.Field == scoring.FieldMetrics:
		out.Section = SectionMetrics
	default:
		for i, sec := range x.Sections[:SectionGrades] {
			row := sec.Find(f.Field)
			if row < 0 {
				continue
			}
			column := scoring.ColumnCode
			if _, words, _ := strings.Cut(f.Message, ": "); strings.Contains(words, "điểm tối đa") {
				column = scoring.ColumnMax
			} else if strings.Contains(f.Message, "loại quy tắc") || strings.Contains(words, "cách chấm") {
				column = scoring.ColumnKind
			}
			out.Section, out.Row, out.Column = i, row, max(0, sec.column(column))
			break
		}
	}
	return out
}

// Dirty reports whether something was typed that is not stored.
func (x *SetSheet) Dirty() bool {
	return slices.ContainsFunc(x.Sections, func(s *Section) bool { return s.Table.Dirty() })
}

// sheetDraft is what was typed into the sheets of a set and is not stored.
type sheetDraft struct {
	Key  string
	Rows [][][]string // of each section
}

// Draft writes what was typed and is not stored, "" for nothing.
func (x *SetSheet) Draft() string {
	if !x.Dirty() {
		return ""
	}
	d := sheetDraft{Key: x.key}
	for _, sec := range x.Sections {
		d.Rows = append(d.Rows, sec.Table.Rows())
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return "" // texts always marshal
	}
	return string(raw)
}

// Restore takes up a draft of the set that is open; it reports whether it was one.
func (x *SetSheet) Restore(text string) bool {
	var d sheetDraft
	if json.Unmarshal([]byte(text), &d) != nil || d.Key != x.key || len(d.Rows) != len(x.Sections) || x.sets.Locked() != "" {
		return false
	}
	for i, sec := range x.Sections {
		sec.Table.Change(0, 0, func([][]string) [][]string { return d.Rows[i] })
	}
	x.Check()
	return true
}

// Reset takes back what was typed since the set was stored.
func (x *SetSheet) Reset() { x.load(x.sets, x.key) }

// Store stores what was typed: with problems as a draft. It runs off the window's
// goroutine; a cell that is wrong refuses.
func (x *SetSheet) Store(ctx context.Context) error {
	if x.parsed == nil {
		if len(x.Faults) > 0 {
			return data.Fail(data.Invalid, "Sửa các ô đánh dấu đỏ trước khi lưu: "+x.Faults[0].Text, nil)
		}
		return data.Fail(data.Conflict, "Chưa mở bộ tiêu chí nào.", nil)
	}
	return x.sets.store(ctx, x.parsed)
}

// Stored tells that what stands in the sheets is stored.
func (x *SetSheet) Stored() {
	for _, sec := range x.Sections {
		sec.Table.Load(sec.Table.Rows())
	}
}

// shape returns the kind of rule of the criterion that a row belongs to, nil for a
// group and none.
func (x *SetSheet) shape(sec *Section, row int) *scoring.RuleShape {
	at := sec.Head(row)
	return shapeOf(sec.At(at, scoring.ColumnKind))
}

func shapeOf(kind string) *scoring.RuleShape {
	for _, s := range scoring.RuleShapes() {
		if text.NameKey(s.Name) == text.NameKey(kind) {
			return &s
		}
	}
	return nil
}

// params lists what a row of key and value may name.
func (x *SetSheet) params(section, row int) []scoring.Param {
	sec := x.Sections[section]
	switch section {
	case SectionHead:
		return scoring.MetaParams()
	case SectionAdjusts:
		return scoring.AdjustParams()
	}
	out := scoring.NodeParams()
	if s := x.shape(sec, row); s != nil {
		out = append(slices.Clone(s.Params), out...)
	}
	return out
}

func (x *SetSheet) isParam(section, row int) bool {
	part := x.Sections[section].At(row, scoring.ColumnPart)
	return part == scoring.PartParam || part == scoring.PartMeta
}

// Choices lists what a cell may hold; none where anything may be typed.
func (x *SetSheet) Choices(section, row int, column string) []kit.Choice {
	sec := x.Sections[section]
	var words []string
	switch column {
	case scoring.ColumnPart:
		words = sec.parts
	case scoring.ColumnKind:
		if section == SectionTree && sec.At(row, scoring.ColumnCode) != "" {
			for _, s := range scoring.RuleShapes() {
				words = append(words, s.Name)
			}
		}
	case scoring.ColumnKey:
		if x.isParam(section, row) {
			return kit.ChoicesOf(x.params(section, row), func(p scoring.Param) kit.Choice { return kit.Choice{Key: p.Word, Text: p.Word} })
		}
	case scoring.ColumnValue:
		return x.values(section, row)
	}
	return kit.Words(words)
}

// values lists what may stand in the column Giá trị.
func (x *SetSheet) values(section, row int) []kit.Choice {
	sec := x.Sections[section]
	if sec.At(row, scoring.ColumnPart) == scoring.PartOption {
		return kit.Words(scoring.OptionWords())
	}
	if !x.isParam(section, row) {
		return nil
	}
	switch key := sec.At(row, scoring.ColumnKey); {
	case key == "chỉ số" || key == "chỉ số tử số" || key == "chỉ số mẫu số":
		return x.sets.MetricChoices()
	case key == "phạm vi":
		return ScopeChoices(x.head("năm"), sec.At(row, scoring.ColumnValue))
	case key == "cấp":
		return kit.Words(LevelNames(x.head("năm")))
	case key == "lĩnh vực":
		return x.domains()
	default:
		for _, p := range x.params(section, row) {
			if p.Word == key {
				return kit.Words(p.Words)
			}
		}
	}
	return nil
}

// head returns a value of the head of the set.
func (x *SetSheet) head(key string) string {
	sec := x.Sections[SectionHead]
	for i := range sec.Table.Len() {
		if sec.At(i, scoring.ColumnKey) == key {
			return sec.At(i, scoring.ColumnValue)
		}
	}
	return ""
}

func (x *SetSheet) domains() []kit.Choice {
	sec := x.Sections[SectionTree]
	var out []kit.Choice
	for i, r := range sec.Table.Rows() {
		if sec.level(r) == 1 {
			code := sec.At(i, scoring.ColumnCode)
			out = append(out, kit.Choice{Key: code, Text: code + ". " + sec.At(i, scoring.ColumnTitle)})
		}
	}
	return out
}

// Help tells what belongs into a cell, "" where its heading says enough.
func (x *SetSheet) Help(section, row int, column string) string {
	sec := x.Sections[section]
	if x.isParam(section, row) {
		for _, p := range x.params(section, row) {
			if p.Word == sec.At(row, scoring.ColumnKey) && p.Help != "" {
				return text.Sentence(p.Word) + ": " + p.Help + "."
			}
		}
	}
	if column == scoring.ColumnMax && section == SectionAdjusts {
		return "Mức tối đa của điểm thưởng, điểm trừ; để trống nếu không giới hạn."
	}
	if section == SectionGrades {
		var names []string
		for _, n := range scoring.GradeNames() {
			names = append(names, n[0]+": "+n[1])
		}
		return "Hạng tính cả số ở cột Từ, không tính số ở cột Đến; hạng cao nhất tính cả hai. Dòng «" + scoring.PartNeed + "» dưới một hạng ghi điều kiện ở cột Ký hiệu, ví dụ «goc >= 90», dùng được " +
			strings.Join(names, "; ") + ", và biến khai ở dòng «" + scoring.PartGradeOf + "»."
	}
	if s := x.shape(sec, row); s != nil && section == SectionTree {
		for _, l := range s.Lines {
			if l.Part == sec.At(row, scoring.ColumnPart) {
				return l.Help
			}
		}
	}
	return ""
}

// Fresh is a new row below another: of the same part, for a criterion its first
// line.
func (x *SetSheet) Fresh(section, above int) []string {
	sec := x.Sections[section]
	part := sec.At(above, scoring.ColumnPart)
	switch part {
	case scoring.PartNode, "":
		part = ""
		if s := x.shape(sec, above); s != nil && section == SectionTree {
			part = scoring.PartParam
			if len(s.Lines) > 0 {
				part = s.Lines[0].Part
			}
		}
	case scoring.PartBonus, scoring.PartPenalty:
		part = scoring.PartOption
	}
	return sec.row(map[string]string{scoring.ColumnPart: part})
}

// NewNode makes the row of a new criterion behind the one at a row, or within it,
// and tells where it belongs. Its code is the next free one, and it is scored as
// the one before it.
func (x *SetSheet) NewNode(row int, below bool) (at int, line []string) {
	sec := x.Sections[SectionTree]
	head := sec.Head(row)
	if head < 0 {
		return sec.Table.Len(), x.nodeRow("1", 1, "")
	}
	code, level := sec.At(head, scoring.ColumnCode), sec.level(sec.Table.Rows()[head])
	kind := sec.At(head, scoring.ColumnKind)
	if below {
		return head + sec.Table.Block(head), x.nodeRow(x.freeCode(code+".", 1), level+1, scoring.RuleShapes()[0].Name)
	}
	parent, last := "", code
	if i := strings.LastIndexByte(code, '.'); i >= 0 {
		parent, last = code[:i+1], code[i+1:]
	}
	n, _ := strconv.Atoi(last)
	return head + sec.Table.Block(head), x.nodeRow(x.freeCode(parent, n+1), level, kind)
}

func (x *SetSheet) nodeRow(code string, level int, kind string) []string {
	return x.Sections[SectionTree].row(map[string]string{scoring.ColumnPart: scoring.PartNode, scoring.ColumnLevel: strconv.Itoa(level), scoring.ColumnCode: code, scoring.ColumnKind: kind})
}

// NewAdjust makes the rows of a new bonus or penalty, with its first case.
func (x *SetSheet) NewAdjust(bonus bool) [][]string {
	sec, part, head := x.Sections[SectionAdjusts], scoring.PartPenalty, "P."
	if bonus {
		part, head = scoring.PartBonus, "T."
	}
	return [][]string{sec.row(map[string]string{scoring.ColumnPart: part, scoring.ColumnCode: x.freeCode(head, 1)}),
		sec.row(map[string]string{scoring.ColumnPart: scoring.PartOption, scoring.ColumnValue: scoring.OptionWords()[0]})}
}

func (x *SetSheet) freeCode(head string, from int) string {
	for i := from; ; i++ {
		code := fmt.Sprint(head, i)
		if x.Sections[SectionTree].Find(code) < 0 && x.Sections[SectionAdjusts].Find(code) < 0 {
			return code
		}
	}
}

// Recode gives the criterion at a row another code; the codes below it and the
// lists that name it follow.
func (x *SetSheet) Recode(row int, code string) {
	sec, adjusts := x.Sections[SectionTree], x.Sections[SectionAdjusts]
	old := sec.At(row, scoring.ColumnCode)
	sec.Table.Change(row, sec.column(scoring.ColumnCode), func(rows [][]string) [][]string {
		end := row + sec.Table.Block(row)
		kit.PutCell(rows, row, sec.column(scoring.ColumnCode), code)
		for i := row + 1; i < end && old != ""; i++ {
			if rest, ok := strings.CutPrefix(sec.cell(rows[i], scoring.ColumnCode), old+"."); ok {
				kit.PutCell(rows, i, sec.column(scoring.ColumnCode), code+"."+rest)
			}
		}
		return rows
	})
	adjusts.Table.Change(0, 0, func(rows [][]string) [][]string {
		for i, r := range rows {
			if old != "" && adjusts.cell(r, scoring.ColumnKey) == "lĩnh vực" && adjusts.cell(r, scoring.ColumnValue) == old {
				kit.PutCell(rows, i, adjusts.column(scoring.ColumnValue), code)
			}
		}
		return rows
	})
}

// AddUp gives every group, and the set, the maximum that its parts add up to.
func (x *SetSheet) AddUp() {
	sec, head := x.Sections[SectionTree], x.Sections[SectionHead]
	sums := map[int]scoring.Points{} // by level, of what stands below the present row
	some := map[int]bool{}
	sec.Table.Change(0, sec.column(scoring.ColumnMax), func(rows [][]string) [][]string {
		for i := len(rows) - 1; i >= 0; i-- {
			level := sec.level(rows[i])
			if level == 0 {
				continue
			}
			if some[level+1] {
				kit.PutCell(rows, i, sec.column(scoring.ColumnMax), sums[level+1].String())
			}
			points, _ := ParsePoints(sec.cell(rows[i], scoring.ColumnMax)) // what cannot be read is marked already
			delete(sums, level+1)
			delete(some, level+1)
			sums[level] += points
			some[level] = true
		}
		return rows
	})
	for i := range head.Table.Len() {
		if head.At(i, scoring.ColumnKey) == "tổng điểm" {
			head.Table.Set(i, head.column(scoring.ColumnValue), sums[1].String())
		}
	}
}
