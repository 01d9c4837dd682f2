// Package indicator holds figures that no register counts: what they are (definitions
// as data), how they are typed and read exactly, how they add up over units and periods,
// and what is asked of them. A blank is never a zero. It knows no file and no screen.
package indicator

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// Kind says what a value looks like.
type Kind string

// The kinds.
const (
	Number Kind = "number" // 12.597
	Ratio  Kind = "ratio"  // 67/76, or 69,3 % where only the percentage is known
	Yes    Kind = "yes"    // có, không
	Level  Kind = "level"  // a whole number of a scale, such as mức 1 to 4
	Bound  Kind = "bound"  // trên 80, dưới 3
)

// Kinds are the kinds as people read them.
var Kinds = []Named{{string(Number), "Số"}, {string(Ratio), "Tử/mẫu (%)"}, {string(Yes), "Có/không"}, {string(Level), "Mức"}, {string(Bound), "Bất đẳng thức"}}

// How says how values add up.
type How string

// The ways.
const (
	Sum  How = "sum"
	Mean How = "mean" // of ratios Σb/Σa; of numbers weighted by days over periods, alike over units
	Last How = "last" // the newest
)

// Hows are the ways as people read them.
var Hows = []Named{{string(Sum), "Cộng"}, {string(Mean), "Bình quân"}, {string(Last), "Số cuối kỳ"}}

// Named is a choice with its title.
type Named struct{ ID, Title string }

// TitleOf returns the title of a choice.
func TitleOf(list []Named, id string) string {
	for _, n := range list {
		if n.ID == id {
			return n.Title
		}
	}
	return id
}

// Definition is an indicator.
type Definition struct {
	Code        string   `json:"code"` // capital letters, digits, _ and .
	Name        string   `json:"name"`
	Group       string   `json:"group"`
	Unit        string   `json:"unit"` // of measure; of a ratio that of numerator and denominator
	Kind        Kind     `json:"kind"`
	Lower       bool     `json:"lower,omitempty"` // less is better
	Decimals    int      `json:"decimals,omitempty"`
	OverUnits   How      `json:"over_units"`
	OverPeriods How      `json:"over_periods"`
	Over100     bool     `json:"over_100,omitempty"` // a percentage may be over 100
	Min         string   `json:"min,omitempty"`      // range outside which a value is doubted: "12.5"
	Max         string   `json:"max,omitempty"`
	Numerator   string   `json:"numerator,omitempty"` // names, of a ratio
	Denominator string   `json:"denominator,omitempty"`
	From        data.Day `json:"from,omitempty"` // validity; unknown: without end
	To          data.Day `json:"to,omitempty"`
	Targets     []Target `json:"targets,omitempty"`
	Parts       []string `json:"parts,omitempty"`   // codes whose sum it must be
	Formula     string   `json:"formula,omitempty"` // over other codes; such an indicator is not typed
	Basis       string   `json:"basis,omitempty"`
	Source      string   `json:"source,omitempty"` // who knows the figure
}

// Target is what is asked: of a unit, else of units of a level, else of all; in a year,
// else in every year.
type Target struct {
	Unit  uint32     `json:"unit,omitempty"`
	Level data.Level `json:"level,omitempty"`
	Year  int        `json:"year,omitempty"`
	Value string     `json:"value"` // "98.2"; of yes "1"
}

// ValidIn reports whether the indicator holds on some day of a period.
func (d *Definition) ValidIn(p data.Period) bool {
	return (!d.From.Known() || !p.To.Known() || d.From <= p.To) && (!d.To.Known() || !p.From.Known() || d.To >= p.From)
}

// Rate reports whether values have a denominator.
func (d *Definition) Rate() bool { return d.Kind == Ratio || d.Kind == Yes }

// Target returns what is asked of a unit (0: of the office) of a level in a year: what
// names the unit goes before what names its level, that before what is for all, and a
// year before every year. "" for nothing.
func (d *Definition) Target(unit uint32, level data.Level, year int) string {
	best, value := -1, ""
	for _, t := range d.Targets {
		if t.Unit != 0 && t.Unit != unit || t.Level != "" && t.Level != level || t.Year != 0 && t.Year != year {
			continue
		}
		weight := 0
		if t.Unit != 0 {
			weight += 4
		}
		if t.Level != "" {
			weight += 2
		}
		if t.Year != 0 {
			weight++
		}
		if weight > best {
			best, value = weight, t.Value
		}
	}
	return value
}

// Meets tells whether a value reaches a target; known is false where nothing can be
// said: no value, no target, or a bound that leaves it open.
func (d *Definition) Meets(a Amount, target string) (met, known bool) {
	want, ok := new(big.Rat).SetString(target)
	if !ok || !a.Known() {
		return false, false
	}
	v := a.Plain()
	if v == nil {
		return false, false
	}
	if d.Kind == Yes {
		want = new(big.Rat).Mul(want, big.NewRat(100, 1))
	}
	c := v.Cmp(want)
	if d.Lower {
		c = -c
	}
	up := strings.HasPrefix(a.Sign, ">") != d.Lower
	switch {
	case a.Sign == "":
		return c >= 0, true
	case up:
		return true, c >= 0
	}
	// At most so much: it is missed where even that is short of the target.
	return false, c < 0 || c == 0 && len(a.Sign) == 1
}

var codePattern = regexp.MustCompile(`^[A-Z][A-Z0-9_.]{0,39}$`)

func refuse(field, format string, args ...any) error {
	return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Check looks at a definition among all of them, in which it stands. Its error names the
// field of the JSON.
func Check(all []Definition, d *Definition) error {
	switch {
	case !codePattern.MatchString(d.Code):
		return refuse("code", "Mã «%s» không đúng. Mã gồm chữ in hoa không dấu, số, dấu _ hoặc dấu chấm, bắt đầu bằng chữ, ví dụ DA06_TK.", d.Code)
	case d.Name == "":
		return refuse("name", "Chỉ tiêu chưa có tên. Nhập tên.")
	case d.Group == "":
		return refuse("group", "Chỉ tiêu chưa thuộc nhóm nào. Nhập tên nhóm.")
	case !slices.ContainsFunc(Kinds, func(n Named) bool { return n.ID == string(d.Kind) }):
		return refuse("kind", "Chọn kiểu của chỉ tiêu.")
	case d.Decimals < 0 || d.Decimals > maxDecimals:
		return refuse("decimals", "Số chữ số thập phân từ 0 đến %d.", maxDecimals)
	case !slices.Contains([]How{Sum, Mean, Last}, d.OverUnits) || d.Kind == Level && d.OverUnits == Sum:
		return refuse("over_units", "Chọn cách cộng theo đơn vị; mức thì không cộng được.")
	case !slices.Contains([]How{Sum, Mean, Last}, d.OverPeriods) || d.Kind == Level && d.OverPeriods == Sum:
		return refuse("over_periods", "Chọn cách cộng theo kỳ; mức thì không cộng được.")
	case d.From.Known() && d.To.Known() && d.To < d.From:
		return refuse("to", "Hiệu lực đến %s trước hiệu lực từ %s. Sửa một trong hai ngày.", d.To, d.From)
	case d.Kind == Level && (d.Min == "" || d.Max == ""):
		return refuse("max", "Mức cần nhỏ nhất và lớn nhất, ví dụ 1 và 4.")
	}
	for i, t := range d.Targets {
		if _, ok := new(big.Rat).SetString(t.Value); !ok {
			return refuse("targets", "Dòng %d: chỉ tiêu giao chưa có số.", i+1)
		}
	}
	find := func(code string) *Definition {
		return data.Find(all, func(x *Definition) bool { return x.Code == code })
	}
	for _, code := range d.Parts {
		if find(code) == nil || code == d.Code {
			return refuse("parts", "Thành phần «%s» không phải mã của một chỉ tiêu khác. Ghi mã có trong danh sách.", code)
		}
	}
	if d.Formula == "" {
		return nil
	}
	f, err := ParseFormula(d.Formula)
	if err != nil {
		return data.InField(err, "formula")
	}
	for _, code := range f.Codes() {
		if find(code) == nil {
			return refuse("formula", "Công thức nhắc «%s», không có chỉ tiêu nào mang mã đó. Ghi mã có trong danh sách.", code)
		}
	}
	if path := cycle(find, d.Code, nil); path != nil {
		return refuse("formula", "Công thức quay vòng: %s. Bỏ một trong các mã này khỏi công thức.", strings.Join(path, " → "))
	}
	return nil
}

// cycle returns the codes of a formula that comes back to itself; nil where none does.
func cycle(find func(string) *Definition, code string, path []string) []string {
	if i := slices.Index(path, code); i >= 0 {
		return append(slices.Clone(path[i:]), code)
	}
	d := find(code)
	if d == nil || d.Formula == "" {
		return nil
	}
	f, err := ParseFormula(d.Formula)
	if err != nil {
		return nil
	}
	for _, next := range f.Codes() {
		if found := cycle(find, next, append(slices.Clone(path), code)); found != nil {
			return found
		}
	}
	return nil
}

// Shipped returns the definitions that the program brings. It panics when they are
// damaged, which a test rules out.
func Shipped() []Definition { return slices.Clone(shipped()) }

var shipped = sync.OnceValue(func() []Definition {
	var list []Definition
	assets.Read("indicators.json", &list)
	return list
})

// With returns the shipped definitions with those of the office: one of the same code
// takes the place of a shipped one, others follow.
func With(own []Definition) []Definition {
	out := Shipped()
	for _, d := range own {
		if i := slices.IndexFunc(out, func(x Definition) bool { return x.Code == d.Code }); i >= 0 {
			out[i] = d
			continue
		}
		// Beside its group, so that lists need no other order.
		at := len(out)
		for i := range out {
			if out[i].Group == d.Group {
				at = i + 1
			}
		}
		out = slices.Insert(out, at, d)
	}
	return out
}
