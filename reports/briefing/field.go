package briefing

import (
	"cmp"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/reports/form"
)

// Figure is a figure or a name that a sentence can hold.
type Figure struct {
	Name    string // such as received.total, level.rate.online.trend
	Label   string // for officers
	Value   string // as printed; "" when there is none
	Nought  bool   // it is a number and the number is 0
	Missing bool   // there is nothing to print: its clause is left out
	// Base is the figure of which this is one side, such as received.new of
	// received.new.trend; Trend is 1 where that grew since the same period a year before,
	// -1 where it shrank, 0 where it did neither or nothing is compared.
	Base  string
	Trend int
}

// fields are the figures by name.
type fields struct {
	list  []Figure
	index map[string]int
}

func (f *fields) add(v Figure) {
	if _, ok := f.index[v.Name]; ok {
		return
	}
	f.index[v.Name] = len(f.list)
	f.list = append(f.list, v)
}

func (f *fields) text(name, label, value string) {
	f.add(Figure{Name: name, Label: label, Value: value, Missing: value == ""})
}

func (f *fields) number(name, label string, n int64) {
	f.add(Figure{Name: name, Label: label, Value: data.FormatInt(n), Nought: n == 0})
}

// counted are the figures of a table row, by name in sentences.
var counted = []struct {
	name   string
	column data.Column
}{
	{"received.total", data.ColReceived}, {"received.new", data.ColNew}, {"received.online", data.ColNewOnline},
	{"received.direct", data.ColNewDirect}, {"received.postal", data.ColNewPostal}, {"received.carried", data.ColCarried},
	{"resolved.total", data.ColResolved}, {"resolved.early", data.ColEarly}, {"resolved.on_time", data.ColOnTime},
	{"resolved.late", data.ColLate}, {"resolved.withdrawn", data.ColWithdrawn},
	{"pending.total", data.ColPending}, {"pending.in_time", data.ColPendingInTime}, {"pending.overdue", data.ColPendingOverdue},
	{"pending.waiting", data.ColWaiting},
}

// scope adds the figures of one row and its rates under a prefix.
func (f *fields) scope(prefix, who string, in *Input, now data.Counts, before *data.Counts, rates []data.Rate) {
	if who != "" {
		who = " (" + who + ")"
	}
	for _, c := range counted {
		label := c.column.Label() + who
		n := c.column.Of(now)
		f.number(prefix+c.name, label, n)
		if before == nil {
			f.text(prefix+c.name+".before", label+", cùng kỳ", "")
			f.text(prefix+c.name+".trend", label+", so với cùng kỳ", "")
			continue
		}
		b := c.column.Of(*before)
		f.number(prefix+c.name+".before", label+", cùng kỳ", b)
		f.text(prefix+c.name+".trend", label+", so với cùng kỳ", in.countTrend(n, b, "hồ sơ"))
		f.turn(prefix+c.name, cmp.Compare(n, b))
	}
	for _, id := range rateIDs {
		r, ok := rate(rates, id)
		if !ok {
			r = data.Rate{ID: id, Name: rateNames[id]}
		}
		f.rate(prefix+"rate."+id, who, in, r)
	}
}

// rateIDs are the rates of the command contract.
var rateIDs = []string{"on_time", "early", "late", "online", "postal", "online_payment", "digitised", "e_result", "resolved", "published", "satisfied"}

// rateNames name the rates that the input lacks.
var rateNames = map[string]string{
	"on_time": "Tỷ lệ trước hạn và đúng hạn", "early": "Tỷ lệ trước hạn", "late": "Tỷ lệ quá hạn", "online": "Tỷ lệ hồ sơ trực tuyến",
	"postal": "Tỷ lệ bưu chính công ích", "online_payment": "Tỷ lệ thanh toán trực tuyến", "digitised": "Tỷ lệ số hóa",
	"e_result": "Tỷ lệ kết quả điện tử", "resolved": "Tỷ lệ giải quyết", "published": "Tỷ lệ đồng bộ", "satisfied": "Tỷ lệ hài lòng",
}

// rate adds a rate: {rate.online} is "29.291/31.731 hồ sơ mới tiếp nhận, đạt
// 92,31 %". With a denominator of nought everything about it is missing.
func (f *fields) rate(name, who string, in *Input, r data.Rate) {
	f.rateOf(name, who, countedThings(r.DenominatorName), in, r)
}

// rateOf adds a rate of things, such as "hồ sơ mới tiếp nhận".
func (f *fields) rateOf(name, who, things string, in *Input, r data.Rate) {
	label := r.Name + who
	percent := r.Now.Percent()
	if r.Now.Denominator == 0 {
		for _, part := range []string{"", ".numerator", ".denominator", ".percent", ".before", ".change", ".trend"} {
			f.text(name+part, label, "")
		}
		return
	}
	num, den := data.FormatInt(r.Now.Numerator), data.FormatInt(r.Now.Denominator)
	f.text(name, label+", đủ tử số, mẫu số", fmt.Sprintf("%s/%s %s, đạt %s %%", num, den, things, percent))
	f.number(name+".numerator", label+", tử số", r.Now.Numerator)
	f.number(name+".denominator", label+", mẫu số", r.Now.Denominator)
	f.text(name+".percent", label+", %", percent)
	n, ok := data.ChangePoints(r.Now, r.Before)
	if !r.Compared || !ok {
		for _, part := range []string{".before", ".change", ".trend"} {
			f.text(name+part, label+", cùng kỳ", "")
		}
		return
	}
	f.text(name+".before", label+", cùng kỳ, %", r.Before.Percent())
	f.text(name+".change", label+", tăng giảm, điểm %", data.FormatChange(n))
	f.text(name+".trend", label+", so với cùng kỳ", in.pointTrend(n))
	f.turn(name, cmp.Compare(n, 0))
}

// turn notes how a figure changed, with all its sides.
func (f *fields) turn(base string, trend int) {
	for i := len(f.list) - 1; i >= 0 && (f.list[i].Name == base || strings.HasPrefix(f.list[i].Name, base+".")); i-- { // they were added last
		f.list[i].Base, f.list[i].Trend = base, trend
	}
}

// countedThings says what the denominator counts, so that a sentence can go on
// from the fraction: "mới tiếp nhận" is "hồ sơ mới tiếp nhận". What the total
// received includes is said in full, for reports mix the two
// (register-and-reports 8.4).
func countedThings(name string) string {
	name = text.Within(strings.TrimSpace(name))
	name = strings.TrimPrefix(strings.TrimPrefix(name, "tổng số "), "số ")
	switch {
	case name == "":
		return "hồ sơ"
	case name == "tổng tiếp nhận" || name == "hồ sơ tiếp nhận":
		return "hồ sơ tiếp nhận (gồm cả kỳ trước chuyển qua)"
	}
	for _, start := range []string{"hồ sơ", "phiếu", "kết quả", "thủ tục"} {
		if strings.HasPrefix(name, start) {
			return name
		}
	}
	return "hồ sơ " + name
}

// sameBefore is "cùng kỳ năm 2021".
func (in *Input) sameBefore() string {
	return fmt.Sprintf("cùng kỳ năm %d", in.Before.To.Year())
}

// pointTrend writes a change in percentage points, never as a percentage
// (register-and-reports 8).
func (in *Input) pointTrend(n int64) string {
	switch {
	case n > 0:
		return "tăng " + data.FormatHundredths(n) + " điểm % so với " + in.sameBefore()
	case n < 0:
		return "giảm " + data.FormatHundredths(-n) + " điểm % so với " + in.sameBefore()
	}
	return "bằng " + in.sameBefore()
}

// countTrend writes how a count changed. From nothing and to nothing there is no growth:
// what is new, gone or absent in both is said so (briefing.md 1, R13).
func (in *Input) countTrend(now, before int64, unit string) string {
	switch {
	case now == 0 && before == 0:
		return "không phát sinh, như " + in.sameBefore()
	case before == 0:
		return "phát sinh mới, " + in.sameBefore() + " không có"
	case now == 0:
		return "không phát sinh, " + in.sameBefore() + " có " + data.FormatInt(before) + " " + unit
	case now > before:
		return "tăng " + data.FormatInt(now-before) + " " + unit + " so với " + in.sameBefore()
	case now < before:
		return "giảm " + data.FormatInt(before-now) + " " + unit + " so với " + in.sameBefore()
	}
	return "bằng " + in.sameBefore()
}

// levelPrefix is the prefix of the figures of a level, such as "xa.".
func levelPrefix(l data.Level) string {
	if l == "" {
		return "chua-phan-cap."
	}
	return string(l) + "."
}

// gather lists every figure that a sentence about the input may hold.
func (in *Input) gather() *fields {
	f := &fields{index: map[string]int{}}
	f.text("period", "Kỳ báo cáo", in.Period.Label)
	f.text("period.lower", "Kỳ báo cáo, chữ thường", text.Within(in.Period.Label))
	f.text("period.span", "Từ ngày đến ngày, số liệu đến ngày", text.Within(in.Period.SpanAsOf(in.AsOf)))
	f.text("as_of", "Ngày chốt số liệu", in.AsOf.String())
	f.text("office", "Cơ quan", form.InText(in.Office.Name))
	before := ""
	if in.Compared() {
		before = in.sameBefore()
	}
	f.text("before", "Cùng kỳ", before)
	cut := ""
	if day := early(in.Before, in.ByFieldBefore.AsOf); in.Compared() && day.Known() {
		cut = "số liệu đến " + day.String()
	}
	f.text("before.as_of", "Cùng kỳ, ngày chốt số liệu sớm", cut)

	var total *data.Counts
	if in.Compared() {
		total = &in.ByFieldBefore.Total
	}
	f.scope("", "", in, in.total(), total, in.Rates)
	old := map[string]data.Counts{}
	for _, r := range in.ByLevelBefore.Rows {
		old[r.Key] = r.Counts
	}
	for _, r := range in.ByLevel.Rows {
		var b *data.Counts
		if in.Compared() {
			c := old[r.Key]
			b = &c
		}
		l := data.Level(r.Key)
		f.text(levelPrefix(l)+"name", "Tên cấp", r.Name)
		f.scope(levelPrefix(l), r.Name, in, r.Counts, b, in.LevelRates[l])
	}

	for i := range in.Measures {
		f.measure(in, &in.Measures[i])
	}
	letters, outside := in.letters()
	f.number("overdue.listed", "Hồ sơ trong danh sách quá hạn", int64(len(in.Overdue)))
	f.number("overdue.apology", "Quá hạn đã có thư xin lỗi", letters)
	f.number("overdue.no_apology", "Quá hạn chưa có thư xin lỗi", int64(len(in.Overdue))-letters)
	f.number("overdue.apology_outside", "Quá hạn có thư xin lỗi ngoài Sổ thư xin lỗi", outside)

	s := in.Survey
	f.number("survey.total", "Số phiếu khảo sát", s.Total())
	f.text("survey.error", "Sai số của tỷ lệ hài lòng, điểm %", SampleError(s.Total(), s.Of))
	for _, a := range []struct {
		name, label string
		n           int64
	}{{"very", "Rất hài lòng", s.VerySatisfied}, {"satisfied", "Hài lòng", s.Satisfied}, {"not", "Không hài lòng", s.Unsatisfied}} {
		f.number("survey."+a.name, a.label+", số phiếu", a.n)
		percent := ""
		if s.Total() > 0 {
			percent = data.Ratio{Numerator: a.n, Denominator: s.Total()}.Percent()
		}
		f.text("survey."+a.name+"_percent", a.label+", %", percent)
	}

	var active int64
	for _, r := range in.ByUnit.Rows {
		if r.Received() > 0 {
			active++
		}
	}
	units := in.units()
	f.number("units.active", "Đơn vị có hồ sơ", active)
	f.number("units.overdue", "Đơn vị còn hồ sơ quá hạn", int64(len(units)))
	f.text("units.top", "Đơn vị quá hạn nhiều nhất", tops(in.classes()))
	return f
}

// Figures lists every figure that a sentence may hold, for the list from which
// officers choose.
func Figures(in *Input) []Figure { return in.gather().list }
