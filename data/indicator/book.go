package indicator

import (
	"cmp"
	"math/big"
	"slices"

	"giaoban/data"
)

// Sheet is what one unit has for one period; 0 is the office as a whole.
type Sheet struct {
	ID     uint64          `json:"-"`
	Unit   uint32          `json:"unit"`
	Period data.Period     `json:"period"`
	Cells  map[string]Cell `json:"cells"` // by code
}

// Cell is one value with its comment.
type Cell struct {
	Value string `json:"value,omitempty"` // as Definition.Parse stores it; "" is a blank
	Note  string `json:"note,omitempty"`
	At    int64  `json:"at"` // Unix seconds
	By    string `json:"by,omitempty"`
}

// Book is all definitions with all values. It is never changed once made.
type Book struct {
	Definitions []Definition
	Sheets      []*Sheet
	Jump        int64 // per cent against the period before from which a value is doubted; 0 for never

	formulas map[string]Formula
	place    map[string]int
	sheets   map[sheetKey]*Sheet
	periods  map[[2]data.Day]data.Period // that have sheets, by their ends
	values   map[string][]piece          // by code
}

type sheetKey struct {
	unit     uint32
	from, to data.Day
}

// piece is a value of a unit over some days.
type piece struct {
	unit     uint32
	from, to data.Day
	Amount
}

func (p piece) days() int64 { return int64(p.to-p.from) + 1 }

// NewBook makes a book of definitions and sheets.
func NewBook(definitions []Definition, sheets []*Sheet, jump int64) *Book {
	b := &Book{Definitions: definitions, Sheets: sheets, Jump: jump, formulas: map[string]Formula{}, place: map[string]int{}, sheets: map[sheetKey]*Sheet{}, periods: map[[2]data.Day]data.Period{}, values: map[string][]piece{}}
	for i := range definitions {
		b.place[definitions[i].Code] = i
	}
	for _, d := range definitions {
		// A cycle is refused where it is typed; a file that holds one gives no value.
		if f, err := ParseFormula(d.Formula); d.Formula != "" && err == nil && cycle(b.Definition, d.Code, nil) == nil {
			b.formulas[d.Code] = f
		}
	}
	for _, s := range sheets {
		b.sheets[sheetKey{s.Unit, s.Period.From, s.Period.To}] = s
		b.periods[[2]data.Day{s.Period.From, s.Period.To}] = s.Period
		for code, c := range s.Cells {
			if d := b.Definition(code); d != nil && c.Value != "" && d.Formula == "" {
				b.values[code] = append(b.values[code], piece{s.Unit, s.Period.From, s.Period.To, d.Amount(c.Value)})
			}
		}
	}
	return b
}

// Definition returns an indicator; nil for an unknown code.
func (b *Book) Definition(code string) *Definition {
	if i, ok := b.place[code]; ok {
		return &b.Definitions[i]
	}
	return nil
}

// Sheet returns what a unit has for a period; nil for nothing.
func (b *Book) Sheet(unit uint32, p data.Period) *Sheet {
	return b.sheets[sheetKey{unit, p.From, p.To}]
}

// Cell returns what was typed for a unit and a period.
func (b *Book) Cell(code string, unit uint32, p data.Period) Cell {
	if s := b.Sheet(unit, p); s != nil {
		return s.Cells[code]
	}
	return Cell{}
}

// Of returns the value of a unit over a period: what was typed for exactly this period,
// else what was typed within it, put together as the definition says. Without a period
// it is everything.
func (b *Book) Of(code string, unit uint32, p data.Period) Amount {
	d := b.Definition(code)
	if d == nil {
		return Amount{}
	}
	if f, ok := b.formulas[code]; ok {
		return f.Of(d, func(code string) Amount { return b.Of(code, unit, p) })
	}
	var mine []piece
	for _, x := range b.values[code] {
		if x.unit != unit || p.From.Known() && (x.from < p.From || x.to > p.To) {
			continue
		}
		if x.from == p.From && x.to == p.To {
			return x.Amount
		}
		mine = append(mine, x)
	}
	return d.join(d.OverPeriods, cover(mine), piece.days)
}

// cover leaves out what lies within longer pieces, so that no day counts twice.
func cover(list []piece) []piece {
	slices.SortFunc(list, func(a, b piece) int { return cmp.Or(cmp.Compare(b.days(), a.days()), cmp.Compare(a.from, b.from)) })
	var out []piece
	for _, x := range list {
		if !slices.ContainsFunc(out, func(y piece) bool { return x.from <= y.to && y.from <= x.to }) {
			out = append(out, x)
		}
	}
	return out
}

// join puts values together. What cannot be is nothing: bare percentages whose
// denominators nobody knows, bounds of two directions, several newest values.
func (d *Definition) join(how How, list []piece, weight func(piece) int64) Amount {
	if len(list) == 0 {
		return Amount{}
	}
	if how == Last {
		newest := slices.MaxFunc(list, func(a, b piece) int { return cmp.Compare(a.to, b.to) })
		for _, x := range list {
			if x.to == newest.to && (x.unit != newest.unit || x.from != newest.from) {
				return Amount{}
			}
		}
		return newest.Amount
	}
	if len(list) == 1 {
		return list[0].Amount
	}
	if d.Kind == Bound {
		return joinBounds(how, list)
	}
	b, a, weights := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, x := range list {
		if x.Percent {
			return Amount{}
		}
		w := big.NewRat(1, 1)
		if how == Mean && !d.Rate() {
			w.SetInt64(weight(x))
		}
		b.Add(b, new(big.Rat).Mul(x.B, w))
		weights.Add(weights, w)
		if x.A != nil {
			a.Add(a, x.A)
		}
	}
	switch {
	case d.Rate():
		return Amount{B: b, A: a}
	case how == Mean:
		return Amount{B: b.Quo(b, weights)}
	}
	return Amount{B: b}
}

// joinBounds adds bounds, or takes the weakest, which holds for every mean of them.
func joinBounds(how How, list []piece) Amount {
	var up, down, loose, exact bool
	out := new(big.Rat)
	for _, x := range list {
		up = up || x.Sign != "" && x.Sign[0] == '>'
		down = down || x.Sign != "" && x.Sign[0] == '<'
		loose = loose || len(x.Sign) == 2
		exact = exact || x.Sign == ""
	}
	if up && down {
		return Amount{}
	}
	for i, x := range list {
		switch c := x.B.Cmp(out); {
		case how == Sum:
			out.Add(out, x.B)
		case i == 0 || up && c < 0 || down && c > 0:
			out.Set(x.B)
		}
	}
	strict := !loose && !exact || how == Sum && slices.ContainsFunc(list, func(x piece) bool { return len(x.Sign) == 1 })
	sign := map[bool]string{true: ">", false: "<"}[up]
	switch {
	case !up && !down:
		if how == Mean {
			return Amount{B: meanOf(list)}
		}
		sign = ""
	case !strict:
		sign += "="
	}
	return Amount{B: out, Sign: sign}
}

func meanOf(list []piece) *big.Rat {
	sum := new(big.Rat)
	for _, x := range list {
		sum.Add(sum, x.B)
	}
	return sum.Quo(sum, big.NewRat(int64(len(list)), 1))
}

// Part is the value of one unit.
type Part struct {
	Unit uint32
	Amount
}

// Over returns the value of the office over a period with those of its units, by id. A
// value of the office itself goes before what its units make together.
func (b *Book) Over(code string, p data.Period) (total Amount, parts []Part) {
	d := b.Definition(code)
	if d == nil {
		return Amount{}, nil
	}
	for _, unit := range b.units(code) {
		if a := b.Of(code, unit, p); a.Known() && unit == 0 {
			total = a
		} else if a.Known() {
			parts = append(parts, Part{unit, a})
		}
	}
	if f, ok := b.formulas[code]; ok {
		return f.Of(d, func(code string) Amount {
			total, _ := b.Over(code, p)
			return total
		}), parts
	}
	if !total.Known() {
		total = d.join(d.OverUnits, b.pieces(code, p, parts), func(piece) int64 { return 1 })
	}
	return total, parts
}

// pieces are the values of units with the newest day of each, which Last asks for.
func (b *Book) pieces(code string, p data.Period, parts []Part) (list []piece) {
	for _, part := range parts {
		x := piece{unit: part.Unit, Amount: part.Amount}
		for _, v := range b.values[code] {
			if v.unit == part.Unit && (!p.From.Known() || v.from >= p.From && v.to <= p.To) {
				x.to = max(x.to, v.to)
			}
		}
		list = append(list, x)
	}
	return list
}

// units are those that have values of an indicator, or of one in its formula, by id.
func (b *Book) units(code string) (ids []uint32) {
	ids = data.Map(b.values[code], func(x piece) uint32 { return x.unit })
	if f, ok := b.formulas[code]; ok {
		for _, other := range f.Codes() {
			ids = append(ids, b.units(other)...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
