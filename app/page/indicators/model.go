package indicators

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/indicator"
)

// The columns before and behind those of the periods.
const (
	columnUnit = iota
	columnTarget
	firstPeriod
)

// spans are the kinds of periods that the sheet shows together.
var spans = []struct{ title, keys string }{
	{"Tháng", "-01 -02 -03 -04 -05 -06 -07 -08 -09 -10 -11 -12"}, {"Quý", "-Q1 -Q2 -Q3 -Q4"}, {"6 tháng, 9 tháng, năm", "-H1 -9M ."},
}

// grid is the values of one indicator in one year, units by periods, as they are typed.
type grid struct {
	d       *desk.Desk
	Code    string
	Year    int
	Span    int
	ND09    bool // periods from the 15th to the 14th
	Table   *kit.Table
	Def     *indicator.Definition
	Periods []data.Period
	Faults  map[[2]int]string // by row and column

	book  *indicator.Book
	units []uint32 // of the rows; 0 for the office
	names []string
}

func newGrid(d *desk.Desk) *grid {
	return &grid{d: d, Year: d.Today().Year(), Table: kit.NewTable(nil)}
}

// load reads definitions and values; what was typed and not stored is gone.
func (g *grid) load() error {
	book, err := g.d.IndicatorBook()
	if err != nil {
		return err
	}
	g.book, g.Faults = book, nil
	g.Periods = nil
	for key := range strings.FieldsSeq(spans[g.Span].keys) {
		key = strconv.Itoa(g.Year) + strings.TrimPrefix(key, ".")
		if g.ND09 {
			key = "nd09:" + key
		}
		p, err := data.ParsePeriod(key)
		if err != nil {
			return err
		}
		g.Periods = append(g.Periods, p)
	}
	if g.Def = book.Definition(g.Code); g.Def == nil {
		g.Def = g.first()
		g.Code = g.Def.Code
	}
	g.units, g.names = []uint32{0}, []string{"Toàn cơ quan"}
	for _, u := range g.d.Catalogue().Units {
		if u.ValidOn(min(g.d.Today(), g.Periods[len(g.Periods)-1].To)) || g.has(u.ID) {
			g.units, g.names = append(g.units, u.ID), append(g.names, data.ShortUnit(u.Name))
		}
	}
	var rows [][]string
	for i := range g.units {
		rows = append(rows, g.row(i))
	}
	g.Table.Load(rows)
	return nil
}

// first is the indicator that the grid opens on: the first of the list with a value in the
// periods in view, for most offices keep a part of the list only.
func (g *grid) first() *indicator.Definition {
	for i := range g.book.Definitions {
		code := g.book.Definitions[i].Code
		for _, s := range g.book.Sheets {
			if s.Cells[code].Value != "" && slices.Contains(g.Periods, s.Period) {
				return &g.book.Definitions[i]
			}
		}
	}
	return &g.book.Definitions[0]
}

func (g *grid) has(unit uint32) bool {
	return slices.ContainsFunc(g.Periods, func(p data.Period) bool { return g.book.Cell(g.Code, unit, p) != indicator.Cell{} })
}

func (g *grid) row(i int) []string {
	row := []string{g.names[i], g.targetText(i)}
	for _, p := range g.Periods {
		if g.Def.Formula != "" {
			row = append(row, g.Def.Shown(g.book.Of(g.Code, g.units[i], p)))
			continue
		}
		row = append(row, g.Def.Typed(g.book.Cell(g.Code, g.units[i], p).Value))
	}
	return append(row, "")
}

func (g *grid) target(row int) string {
	return g.Def.Target(g.units[row], g.d.Catalogue().Unit(g.units[row]).Level, g.Year)
}

func (g *grid) targetText(row int) string {
	t := g.target(row)
	switch {
	case t == "":
		return ""
	case g.Def.Kind == indicator.Yes:
		return "Có"
	case g.Def.Rate():
		return indicator.ShowPlain(t) + " %"
	}
	return indicator.ShowPlain(t)
}

// stateOf tells whether the newest value of a row reaches its target. What adds up is
// judged by its sum over the year, which is not short before the last period.
func (g *grid) stateOf(row int) (text string, met, known bool) {
	last := len(g.Periods) - 1
	for last >= 0 && !g.amount(row, last).Known() {
		last--
	}
	if last < 0 {
		return "", false, false
	}
	a := g.amount(row, last)
	if g.Def.Adds() {
		for k := 0; k < last && g.Span < len(spans)-1; k++ { // the last kind of periods holds its sums already
			if before := g.amount(row, k); before.Known() {
				a.B = new(big.Rat).Add(a.B, before.B)
			}
		}
	}
	met, known = g.Def.Meets(a, g.target(row))
	if g.Def.Adds() && last < len(g.Periods)-1 {
		known = known && met != g.Def.Lower
	}
	switch {
	case !known:
		return "", false, false
	case met:
		return "Đạt", true, true
	}
	return "Chưa đạt", false, true
}

// amount is the value that stands in a cell, stored or not.
func (g *grid) amount(row, period int) indicator.Amount {
	if g.Def.Formula != "" {
		return g.book.Of(g.Code, g.units[row], g.Periods[period])
	}
	stored, err := g.Def.Parse(g.Table.At(row, firstPeriod+period))
	if err != nil {
		return indicator.Amount{}
	}
	return g.Def.Amount(stored)
}

// about is what the line below the sheet says of a cell.
func (g *grid) about(row, column int) string {
	if row < 0 || row >= len(g.units) {
		return ""
	}
	parts := []string{g.names[row]}
	if k := column - firstPeriod; k >= 0 && k < len(g.Periods) {
		p := g.Periods[k]
		parts = append(parts, env.PeriodLabel(p))
		a := g.amount(row, k)
		if shown := g.Def.Shown(a); shown != "" {
			parts = append(parts, shown)
		} else {
			parts = append(parts, "chưa có số", g.hint())
		}
		if c := g.book.Cell(g.Code, g.units[row], p); c.Note != "" {
			parts = append(parts, "chú thích: "+c.Note)
		}
		if typed, _ := g.Def.Parse(g.Table.At(row, column)); typed != "" && typed == g.book.Cell(g.Code, g.units[row], p).Value {
			for _, doubt := range g.book.Doubts(g.Code, g.units[row], p, desk.Preceding(p)) {
				parts = append(parts, strings.TrimSuffix(doubt, "."))
			}
		}
	}
	if t := g.targetText(row); t != "" {
		parts = append(parts, "giao "+kit.If(g.Def.Lower, "nhiều nhất ", "ít nhất ")+t)
	}
	return strings.Join(parts, " · ")
}

// hint says what is typed for the indicator.
func (g *grid) hint() string {
	switch d := g.Def; d.Kind {
	case indicator.Ratio:
		return fmt.Sprintf("ghi %s/%s, hoặc tỷ lệ %%", cmp.Or(d.Numerator, "tử số"), cmp.Or(d.Denominator, "mẫu số"))
	case indicator.Yes:
		return "ghi có hoặc không"
	case indicator.Level:
		return "ghi mức " + indicator.ShowPlain(d.Min) + " đến " + indicator.ShowPlain(d.Max)
	case indicator.Bound:
		return "ghi trên…, dưới…, từ…, đến…"
	}
	return "ghi số"
}

// locked says why nothing may be typed; "" where it may.
func (g *grid) locked() string {
	return kit.If(g.Def.Formula != "", "Chỉ tiêu này tính bằng công thức "+g.Def.Formula+". Gõ số ở các chỉ tiêu thành phần.", "")
}

// noted reports whether a cell has a comment.
func (g *grid) noted(row, column int) bool {
	k := column - firstPeriod
	return k >= 0 && k < len(g.Periods) && row < len(g.units) && g.book.Cell(g.Code, g.units[row], g.Periods[k]).Note != ""
}

// entry is a cell as it is kept.
func (g *grid) entry(row, period int) desk.IndicatorEntry {
	p := g.Periods[period]
	return desk.IndicatorEntry{Code: g.Code, Unit: g.units[row], Period: p, Value: g.Table.At(row, firstPeriod+period), Note: g.book.Cell(g.Code, g.units[row], p).Note}
}

// typed are the cells that differ from what is stored, with their places.
func (g *grid) typed() (list []desk.IndicatorEntry, at [][2]int) {
	if g.Def == nil || g.Def.Formula != "" {
		return nil, nil
	}
	for i := range g.units {
		for k, p := range g.Periods {
			if g.Table.At(i, firstPeriod+k) != g.Def.Typed(g.book.Cell(g.Code, g.units[i], p).Value) {
				list, at = append(list, g.entry(i, k)), append(at, [2]int{i, firstPeriod + k})
			}
		}
	}
	return list, at
}

// check marks cells that cannot be read.
func (g *grid) check() {
	g.Faults = map[[2]int]string{}
	list, at := g.typed()
	for i, e := range list {
		if _, err := g.Def.Parse(e.Value); err != nil {
			g.Faults[at[i]] = err.Error()
		}
	}
}

// judge marks cells that cannot be kept, and returns those to keep; ok is false where
// one cannot.
func (g *grid) judge() (list []desk.IndicatorEntry, ok bool, err error) {
	list, at := g.typed()
	faults, err := g.d.TryIndicators(list)
	if err != nil {
		return nil, false, err
	}
	g.Faults = map[[2]int]string{}
	for i, fault := range faults {
		g.Faults[at[i]] = fault.Error()
	}
	return list, len(faults) == 0, nil
}

// paste puts cells over those from a place on, or none where they do not fit.
func (g *grid) paste(row, column int, copied string) error {
	lines := kit.SplitCells(copied)
	width := 0
	for _, l := range lines {
		width = max(width, len(l))
	}
	refuse := func(format string, args ...any) error {
		return data.Fail(data.Invalid, fmt.Sprintf(format, args...)+" Không ô nào bị thay; chép lại vùng vừa chỗ rồi dán.", nil)
	}
	switch last := firstPeriod + len(g.Periods); {
	case column < firstPeriod || column >= last:
		return refuse("Chỉ dán được vào các cột kỳ. Đặt con trỏ ở ô đầu của vùng cần dán.")
	case column+width > last:
		return refuse("Vùng dán có %d cột, từ cột %s chỉ còn %d cột.", width, g.heading(column-firstPeriod), last-column)
	case row+len(lines) > len(g.units):
		return refuse("Vùng dán có %d dòng, từ dòng %s chỉ còn %d dòng.", len(lines), g.names[row], len(g.units)-row)
	}
	g.Table.Paste(row, column, len(g.Periods)+firstPeriod, copied)
	return nil
}

// heading is the short name of a period.
func (g *grid) heading(period int) string {
	switch g.Span {
	case 0:
		return fmt.Sprintf("T%d", period+1)
	case 1:
		return "Quý " + []string{"I", "II", "III", "IV"}[period]
	}
	return []string{"6 tháng", "9 tháng", "Cả năm"}[period]
}

// keepBefore fills the blanks of a column with what stands in the period before; it
// returns how many it filled. They are typed, not stored.
func (g *grid) keepBefore(column int) int {
	k, n := column-firstPeriod, 0
	if k < 0 || k >= len(g.Periods) {
		return 0
	}
	before := desk.Preceding(g.Periods[k])
	g.Table.Change(0, column, func(rows [][]string) [][]string {
		for i := range rows {
			old := g.Def.Typed(g.book.Cell(g.Code, g.units[i], before).Value)
			if k > 0 && g.Periods[k-1].To == before.To && g.Periods[k-1].From == before.From {
				old = g.Table.At(i, column-1)
			}
			if rows[i][column] == "" && old != "" {
				kit.PutCell(rows, i, column, old)
				n++
			}
		}
		return rows
	})
	return n
}

// everything is what a workbook of a year holds: what was typed, and for the office the
// blanks of the periods shown, to be filled.
func (g *grid) everything() (list []desk.IndicatorEntry) {
	year, err := data.FreePeriod(g.Periods[0].From, g.Periods[len(g.Periods)-1].To)
	if err != nil {
		return nil
	}
	for i := range g.book.Definitions {
		d := &g.book.Definitions[i]
		for _, p := range g.Periods {
			for _, unit := range g.units {
				if d.Formula == "" && d.ValidIn(year) && p.From <= g.d.Today() && (unit == 0 || g.book.Cell(d.Code, unit, p).Value != "") {
					list = append(list, desk.IndicatorEntry{Code: d.Code, Unit: unit, Period: p})
				}
			}
		}
	}
	return list
}

// these are the cells of the sheet.
func (g *grid) these() (list []desk.IndicatorEntry) {
	for i := range g.units {
		for k, p := range g.Periods {
			if p.From <= g.d.Today() {
				list = append(list, g.entry(i, k))
			}
		}
	}
	return list
}

// draft is what was typed and is not stored, for the time after a crash.
type draft struct {
	Code  string
	Year  int
	Span  int
	ND09  bool
	Cells []draftCell
}

type draftCell struct {
	Unit   uint32
	Column int
	Text   string
}

func (g *grid) draft() string {
	x := draft{g.Code, g.Year, g.Span, g.ND09, nil}
	list, at := g.typed()
	for i, e := range list {
		x.Cells = append(x.Cells, draftCell{e.Unit, at[i][1], e.Value})
	}
	raw, err := json.Marshal(x)
	if err != nil || len(list) == 0 {
		return ""
	}
	return string(raw)
}

// restore puts a draft into the sheet; it reports whether there was one.
func (g *grid) restore(kept string) bool {
	var x draft
	if json.Unmarshal([]byte(kept), &x) != nil || len(x.Cells) == 0 || x.Span < 0 || x.Span >= len(spans) {
		return false
	}
	g.Code, g.Year, g.Span, g.ND09 = x.Code, x.Year, x.Span, x.ND09
	if g.load() != nil || g.Code != x.Code {
		return false
	}
	g.Table.Change(0, firstPeriod, func(rows [][]string) [][]string {
		for _, c := range x.Cells {
			if i := slices.Index(g.units, c.Unit); i >= 0 && c.Column >= firstPeriod && c.Column < firstPeriod+len(g.Periods) {
				kit.PutCell(rows, i, c.Column, c.Text)
			}
		}
		return rows
	})
	g.check()
	return true
}

// choices are the indicators by group.
func (g *grid) choices() []kit.Choice {
	return kit.ChoicesOf(g.book.Definitions, func(d indicator.Definition) kit.Choice { return kit.Choice{Key: d.Code, Text: d.Name, Detail: d.Group} })
}

// years are those to choose from: from the first that has something to this one.
func (g *grid) years() (out []kit.Choice) {
	first := g.d.Today().Year() - 4
	if day, _ := g.d.Span(); day.Known() {
		first = min(first, day.Year())
	}
	for _, s := range g.book.Sheets {
		first = min(first, s.Period.To.Year())
	}
	for y := g.d.Today().Year() + 1; y >= first; y-- {
		out = append(out, kit.Choice{Key: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	return out
}
