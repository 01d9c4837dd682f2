package scoring

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
	"giaoban/data/text"
)

// RowError is a fault of one cell of a set written as rows.
type RowError struct {
	Row    int    // from 1, the heading included
	Column string // heading of the column
	Text   string // Vietnamese fragment
}

// Error writes the fault as a sentence.
func (e *RowError) Error() string {
	return fmt.Sprintf("Dòng %d, cột «%s»: %s.", e.Row, e.Column, e.Text)
}

// ParseSetRows reads a set from rows as SetRows writes them, or as an officer
// fills them from a decision: the heading is the first row that names the
// columns Mã and Điểm tối đa, columns may stand in any order, and what is left
// out takes the usual value. The set is not checked: see Set.Problems. The error
// is a *data.Error of code Invalid whose Cause is a *RowError.
func ParseSetRows(rows [][]string) (*Set, error) {
	set, faults := CheckSetRows(rows)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return set, nil
}

// CheckSetRows is ParseSetRows with every fault of a cell, for a sheet that is
// being filled; set is nil where there are any.
func CheckSetRows(rows [][]string) (set *Set, faults []*data.Error) {
	p := &rowParser{columns: map[string]int{}, meta: object{}}
	for i, row := range rows {
		p.row, p.cells = i+1, row
		switch {
		case len(p.columns) == 0:
			p.heading(row)
		case p.blank():
		default:
			if err := p.line(); err != nil {
				faults = append(faults, asFault(err))
				// What stands below a row that was not understood belongs to nothing.
				p.lost = p.lost || p.starts()
			}
		}
	}
	switch {
	case len(p.columns) == 0:
		return nil, []*data.Error{invalid("", "Bảng không phải bộ tiêu chí: không có dòng tiêu đề với các cột «%s» và «%s».", ColumnCode, ColumnMax)}
	case len(faults) > 0:
		return nil, faults
	}
	set, err := p.finish()
	if err != nil {
		return nil, []*data.Error{asFault(err)}
	}
	return set, nil
}

func asFault(err error) *data.Error {
	var e *data.Error
	if errors.As(err, &e) {
		return e
	}
	return invalid("", "%s", err)
}

type rowParser struct {
	columns map[string]int
	row     int
	cells   []string

	meta    object
	basis   map[string]string
	grades  []any
	metrics []any
	facts   []any
	of      []any // variables of the conditions of grades
	roots   []*draftNode
	stack   []*draftNode
	bonus   []*draftNode
	penalty []*draftNode
	current *draftNode // what rows without a code belong to
	lost    bool       // the node that they belong to was not understood
}

// IsSetHeading reports whether a row is the heading of a set as SetRows writes it, rather
// than that of the annex of a decision, which knows no kinds of rule.
func IsSetHeading(row []string) bool {
	p := &rowParser{columns: map[string]int{}}
	p.heading(row)
	_, kind := p.columns[ColumnKind]
	return kind
}

func (p *rowParser) heading(row []string) {
	found := map[string]int{}
	for i, cell := range row {
		for _, name := range SetColumns {
			if text.NameKey(cell) == text.NameKey(name) {
				if _, twice := found[name]; !twice {
					found[name] = i
				}
			}
		}
	}
	_, code := found[ColumnCode]
	_, top := found[ColumnMax]
	if code && top {
		p.columns = found
	}
}

func (p *rowParser) cell(name string) string {
	i, ok := p.columns[name]
	if !ok || i >= len(p.cells) {
		return ""
	}
	return norm.NFC.String(strings.TrimSpace(p.cells[i]))
}

func (p *rowParser) blank() bool {
	return !slices.ContainsFunc(SetColumns, func(name string) bool { return p.cell(name) != "" })
}

func (p *rowParser) fail(column, format string, args ...any) error {
	e := &RowError{p.row, column, fmt.Sprintf(format, args...)}
	code := p.cell(ColumnCode)
	if code == "" && p.current != nil {
		code, _ = p.current.object["code"].(string)
	}
	return &data.Error{Code: data.Invalid, Field: code, Message: e.Error(), Cause: e}
}

func (p *rowParser) number(column string) (*Number, error) {
	text := p.cell(column)
	if text == "" {
		return nil, nil
	}
	n, err := ParseNumber(text)
	if err != nil {
		return nil, p.fail(column, "«%s» không phải một số", clip(text))
	}
	return &n, nil
}

func (p *rowParser) need(column string) (*Number, error) {
	n, err := p.number(column)
	if err == nil && n == nil {
		err = p.fail(column, "còn trống, cần một số")
	}
	return n, err
}

// starts reports whether the row begins a criterion, a bonus or a penalty.
func (p *rowParser) starts() bool {
	part, _ := partWords.key(p.cell(ColumnPart))
	return p.cell(ColumnCode) != "" || part == PartNode || part == PartBonus || part == PartPenalty || part == PartVariant
}

func (p *rowParser) line() error {
	part := p.cell(ColumnPart)
	if p.starts() {
		p.lost = false
	} else if p.lost {
		return nil
	}
	switch {
	case part == "" && p.cell(ColumnCode) != "":
		part = PartNode
	case part == "":
		part = PartTier
		if p.current != nil {
			switch p.current.kind {
			case string(KindChecklist):
				part = PartItem
			case string(KindDeduct):
				part = PartEvent
			}
			if p.current.adjust {
				part = PartOption
			}
		}
	default:
		known, ok := partWords.key(part)
		if !ok {
			return p.fail(ColumnPart, "không có mục «%s»; dùng một trong %s", clip(part), partWords.words())
		}
		part = known
	}
	switch part {
	case PartMeta:
		return p.scalar(p.meta, tables.Fields.Meta)
	case PartBasis:
		if p.basis == nil {
			p.basis = map[string]string{}
		}
		p.basis[p.cell(ColumnKey)] = p.cell(ColumnValue)
		return nil
	case PartGrade:
		low, err := p.need(ColumnFrom)
		if err != nil {
			return err
		}
		high, err := p.need(ColumnTo)
		if err != nil {
			return err
		}
		p.grades = append(p.grades, object{"name": p.cell(ColumnTitle), "min": low, "max": high})
		return nil
	case PartMetric:
		p.metrics = append(p.metrics, object{"id": p.cell(ColumnKey), "title": p.cell(ColumnTitle), "type": p.cell(ColumnKind), "definition": p.cell(ColumnValue)})
		return nil
	case PartNeed:
		if len(p.grades) == 0 {
			return p.fail(ColumnPart, "«%s» phải đứng dưới một hạng", part)
		}
		g := p.grades[len(p.grades)-1].(object)
		list, _ := g["conditions"].([]any)
		g["conditions"] = append(list, object{"when": p.cell(ColumnKey), "text": p.cell(ColumnTitle)})
		return nil
	case PartGradeOf:
		one, err := p.variable()
		p.of = append(p.of, one)
		return err
	case PartFact:
		one := object{"id": p.cell(ColumnKey), "label": p.cell(ColumnTitle)}
		if unit := p.cell(ColumnValue); text.NameKey(unit) == text.NameKey(yesNo) {
			one["yes"] = true
		} else {
			one["unit"] = unit
		}
		p.facts = append(p.facts, one)
		return nil
	case PartNode:
		return p.node()
	case PartVariant:
		return p.variant()
	case PartBonus, PartPenalty:
		return p.adjust(part)
	}
	if p.current == nil {
		return p.fail(ColumnPart, "«%s» phải đứng dưới một tiêu chí có mã", part)
	}
	if part == PartParam {
		return p.param()
	}
	return p.entry(part)
}

// scalar reads a row of key and value into an object.
func (p *rowParser) scalar(into object, known fields) error {
	f := known.byWord(p.cell(ColumnKey))
	if f == nil {
		return p.fail(ColumnKey, "không có mục «%s»; dùng một trong %s", clip(p.cell(ColumnKey)), known.words())
	}
	if _, twice := into[f.Key]; twice {
		return p.fail(ColumnKey, "«%s» ghi hai lần", f.Word)
	}
	value, err := p.value(f)
	if err != nil {
		return err
	}
	into[f.Key] = value
	return nil
}

func (p *rowParser) value(f *field) (any, error) {
	cell := p.cell(ColumnValue)
	switch f.Kind {
	case kindNumber:
		n, err := p.need(ColumnValue)
		return n, err
	case kindBool:
		switch text.NameKey(cell) {
		case "có", "x", "true", "1":
			return true, nil
		case "không", "false", "0":
			return false, nil
		}
		return nil, p.fail(ColumnValue, "«%s» cần «có» hoặc «không»", clip(cell))
	case kindLevel:
		return LevelKey(cell), nil
	case kindNone:
		if key, ok := zeroWords.key(cell); ok {
			return key, nil
		}
		return p.need(ColumnValue)
	case kindWord:
		key, ok := f.Words.key(cell)
		if !ok {
			return nil, p.fail(ColumnValue, "«%s» không dùng được; chọn một trong %s", clip(cell), f.Words.words())
		}
		return key, nil
	}
	return cell, nil
}

func (p *rowParser) node() error {
	code, title := p.cell(ColumnCode), p.cell(ColumnTitle)
	level, err := p.level(code)
	if err != nil {
		return err
	}
	// A row with a fault keeps its place, so that those below it have theirs.
	limit, wrong := p.need(ColumnMax)
	if code == "" {
		wrong = p.fail(ColumnCode, "tiêu chí «%s» chưa có mã", clip(title))
	}
	d := &draftNode{object: object{"code": code, "title": title, "max": limit}, rule: object{}, lists: map[string][]any{}, row: p.row, level: level}
	wrong = cmp.Or(wrong, p.kind(d))
	p.texts(d)
	p.stack = append(p.stack[:level-1], d)
	if level == 1 {
		p.roots = append(p.roots, d)
	} else {
		above := p.stack[level-2]
		above.children = append(above.children, d)
	}
	p.current = d
	return wrong
}

// variant begins what holds for units of a kind; the rows below it belong to it.
func (p *rowParser) variant() error {
	if len(p.stack) == 0 {
		return p.fail(ColumnPart, "«%s» phải đứng dưới một tiêu chí có mã", PartVariant)
	}
	above := p.stack[len(p.stack)-1]
	d := &draftNode{object: object{"when": p.cell(ColumnKey)}, rule: object{}, lists: map[string][]any{}, row: p.row, variant: true}
	if label := p.cell(ColumnTitle); label != "" {
		d.object["label"] = label
	}
	above.variants = append(above.variants, d)
	p.current = d
	limit, err := p.number(ColumnMax)
	if limit != nil {
		d.object["max"] = limit
	}
	return cmp.Or(err, p.kind(d))
}

// kind reads the kind of rule of a draft.
func (p *rowParser) kind(d *draftNode) (err error) {
	if kind := p.cell(ColumnKind); kind != "" {
		var ok bool
		if d.kind, ok = tables.Kinds.key(kind); !ok {
			err = p.fail(ColumnKind, "không có loại quy tắc «%s»; dùng một trong %s", clip(kind), tables.Kinds.words())
		}
	}
	return err
}

// variable reads a row of a variable.
func (p *rowParser) variable() (object, error) {
	one := object{"id": p.cell(ColumnKey), "label": p.cell(ColumnTitle)}
	if text.NameKey(p.cell(ColumnFrom)) == "âm" {
		one["negative"] = true
	}
	if from := p.cell(ColumnValue); from != "" {
		source, ok := parseSource(from)
		if !ok {
			return nil, p.fail(ColumnValue, "«%s» không rõ lấy từ đâu; viết như «2.1: b», «2.1: điểm» hoặc «năm trước 2.1: b»", clip(from))
		}
		one["from"] = source
	}
	return one, nil
}

// cost reads what an event or a case gives: points, or a formula after the sign =.
func (p *rowParser) cost(one object) error {
	if expr, ok := strings.CutPrefix(p.cell(ColumnValue), "="); ok {
		one["expr"] = strings.TrimSpace(expr)
		one["points"] = 0
		return nil
	}
	n, err := p.need(ColumnPoints)
	one["points"] = n
	return err
}

// level returns the level of a node: as written, else by the code of the nodes
// above it.
func (p *rowParser) level(code string) (int, error) {
	if text := p.cell(ColumnLevel); text != "" {
		n, err := ParseNumber(text)
		if err != nil || !n.IsInt() || n.Sign() <= 0 || n.Cmp(Int(maxLevels)) > 0 {
			return 0, p.fail(ColumnLevel, "«%s» không phải một cấp; ghi 1 cho lĩnh vực, 2 cho tiêu chí, 3 cho tiêu chí thành phần", clip(text))
		}
		level := int(n.Rat().Num().Int64())
		if level > len(p.stack)+1 {
			return 0, p.fail(ColumnLevel, "cấp %d đứng ngay dưới cấp %d, thiếu cấp ở giữa", level, len(p.stack))
		}
		return level, nil
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		above, _ := p.stack[i].object["code"].(string)
		if strings.HasPrefix(code, strings.TrimSuffix(above, ".")+".") {
			return i + 2, nil
		}
	}
	return 1, nil
}

// texts reads the columns that nodes and adjustments share.
func (p *rowParser) texts(d *draftNode) {
	if text := p.cell(ColumnProof); text != "" {
		var list []string
		for _, one := range strings.Split(text, "\n") {
			if one = strings.TrimSpace(one); one != "" {
				list = append(list, one)
			}
		}
		d.object["evidence"] = list
	}
	for column, key := range map[string]string{ColumnOwner: "owner", ColumnBasis: "basis", ColumnNote: "note"} {
		if text := p.cell(column); text != "" {
			d.object[key] = text
		}
	}
}

func (p *rowParser) adjust(part string) error {
	code := p.cell(ColumnCode)
	if code == "" {
		return p.fail(ColumnCode, "%s «%s» chưa có mã", strings.ToLower(part), clip(p.cell(ColumnTitle)))
	}
	d := &draftNode{object: object{"code": code, "title": p.cell(ColumnTitle)}, lists: map[string][]any{}, row: p.row, adjust: true}
	limit, err := p.number(ColumnMax)
	if err != nil {
		return err
	}
	if limit != nil {
		d.object["cap"] = limit
	}
	p.texts(d)
	if part == PartBonus {
		p.bonus = append(p.bonus, d)
	} else {
		p.penalty = append(p.penalty, d)
	}
	p.current, p.stack = d, nil
	return nil
}
