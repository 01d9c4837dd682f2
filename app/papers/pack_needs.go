package papers

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
	"giaoban/data/register"
	"giaoban/data/text"
)

// Need is something that the head of the office has to decide on.
type Need struct {
	Title string
	Count int64
	Unit  string // of what is counted
	Aged  string // what the age of its cases says: trễ, chờ; "" where they have none
	Lines []NeedLine
}

// NeedLine is one case of it, the oldest first.
type NeedLine struct {
	Text, Unit string
	Due        data.Day
	Age        int    // in days; 0 where it has none
	Ask        string // what a conclusion could say about it
}

// Standing is a figure of how things stand, beside the same period of the year before.
type Standing struct {
	Name, Now, Before, Change string
	Basis                     string // b/a of a rate
}

// gatherNeeds works out what asks for a decision. Counts are those of the measures, for
// both ask the states of the same entries.
func (p *packed) gatherNeeds() {
	tasks, conclusions, petitions := logbook.Find("task"), logbook.Find("conclusion"), logbook.Find("petition")
	p.needs = []Need{
		p.entries("Nhiệm vụ quá hạn", tasks, "overdue", "lead", func(r *logbook.Row) string {
			return "hoàn thành nhiệm vụ quá hạn " + tasks.Name(r.Entry) + ": " + oneLine(r.Text("text"), 160)
		}),
		p.entries("Nhiệm vụ chưa có hạn", tasks, "no-date", "lead", nil),
		p.overdueUnits(),
		p.entries("Phản ánh, kiến nghị quá hạn", petitions, "overdue", "unit", func(r *logbook.Row) string {
			return "trả lời phản ánh, kiến nghị quá hạn " + petitions.Name(r.Entry)
		}),
		p.entries("Kết luận chưa tách thành nhiệm vụ", conclusions, "open", "unit", nil),
		p.belowTarget(),
		p.below(),
	}
}

// entries lists the rows of a kind in a state.
func (p *packed) entries(title string, k *logbook.Kind, state, unit string, ask func(*logbook.Row) string) Need {
	n := Need{Title: title, Unit: k.One, Aged: "trễ"}
	if k.State(state).Tone != logbook.Bad {
		n.Aged = "chờ"
	}
	rows := k.Rows(p.world)
	for i := range rows {
		r := &rows[i]
		if r.State != state {
			continue
		}
		line := NeedLine{Text: k.Name(r.Entry) + " " + p.head(k, r), Unit: p.world.UnitName(uint32(r.Ref(unit))), Age: r.Days}
		if day := r.Day("due"); day.Known() {
			line.Due = day
		}
		if ask != nil {
			line.Ask = ask(r)
		}
		n.Lines = append(n.Lines, line)
		n.Count++
	}
	slices.SortStableFunc(n.Lines, func(a, b NeedLine) int { return cmp.Compare(b.Age, a.Age) })
	return n
}

// head is what names an entry, without what belongs to a person in a masked paper.
func (p *packed) head(k *logbook.Kind, r *logbook.Row) string {
	f := k.Field(k.Head)
	text := oneLine(r.Text(k.Head), 400)
	if !p.request.ShowNames {
		text = maskedText(k, f, r.Entry, text)
	}
	return text
}

// overdueUnits lists the units with overdue dossiers, the age being that of the oldest.
func (p *packed) overdueUnits() Need {
	n := Need{Title: "Đơn vị có hồ sơ quá hạn", Unit: "hồ sơ", Aged: "trễ", Count: p.in.ByUnit.Total.Overdue}
	oldest := map[string]int{}
	for _, o := range p.in.Overdue {
		oldest[o.Unit] = max(oldest[o.Unit], o.DaysLate)
	}
	for _, row := range p.in.ByUnit.Rows {
		if row.Overdue == 0 {
			continue
		}
		count := data.FormatInt(row.Overdue) + " hồ sơ quá hạn"
		n.Lines = append(n.Lines, NeedLine{Text: count, Unit: row.Name, Age: oldest[row.Name], Ask: "giải quyết dứt điểm " + count + ", gửi thư xin lỗi và báo cáo nguyên nhân"})
	}
	slices.SortStableFunc(n.Lines, func(a, b NeedLine) int {
		return cmp.Or(cmp.Compare(b.Age, a.Age), register.CompareText(a.Unit, b.Unit))
	})
	return n
}

// belowTarget lists the indicators that miss what is asked of the office or of a unit,
// the office first.
func (p *packed) belowTarget() Need {
	n := Need{Title: "Chỉ tiêu chưa đạt mức giao", Unit: "chỉ tiêu"}
	list := desk.BelowTarget(p.standings)
	for i := range list {
		x := &list[i]
		how := x.Value() + " (giao " + x.Definition.Asked(x.Target) + ")"
		line := NeedLine{Text: x.Definition.Name + ": " + how, Ask: "có giải pháp, thời hạn đạt chỉ tiêu «" + x.Definition.Name + "», nay " + how}
		if x.Unit != 0 {
			line.Unit = x.UnitName
		}
		n.Lines = append(n.Lines, line)
		n.Count++
	}
	return n
}

// below lists the indicators of QĐ 766 that are below the percentage which gives all
// points.
func (p *packed) below() Need {
	n := Need{Title: "Chỉ số thấp hơn mức trọn điểm", Unit: "chỉ số"}
	list := slices.DeleteFunc(slices.Clone(p.index.Indicators), func(x ranking.Estimated) bool { return x.Left == nil })
	slices.SortStableFunc(list, func(a, b ranking.Estimated) int { return b.Left.Cmp(a.Left) })
	for _, x := range list {
		if x.State != ranking.Computed || x.Left == nil || x.Left.Sign() <= 0 {
			continue
		}
		text := fmt.Sprintf("%s %s: %s %%, còn %s điểm", x.ID, x.Name, x.Rate.Percent(), ranking.Points(x.Left))
		n.Lines = append(n.Lines, NeedLine{Text: text, Ask: ""})
		n.Count++
	}
	return n
}

// standingRates are the rates of the register among how things stand, standingMeasures
// those of the logbooks.
var (
	standingRates    = []string{"on_time", "online", "online_payment", "digitised", "e_result"}
	standingMeasures = []string{"task.completion", "petition.received", "petition.on-time", "slip.satisfied"}
)

func (p *packed) gatherStanding(s *desk.Snapshot) {
	t, before := p.in.ByField.Total, p.in.ByFieldBefore.Total
	for _, c := range []data.Column{data.ColReceived, data.ColResolved, data.ColPending, data.ColPendingOverdue} {
		one := Standing{Name: "Hồ sơ: " + text.Within(c.Label()), Now: data.FormatInt(c.Of(t))}
		if p.in.Compared() {
			one.Before, one.Change = data.FormatInt(c.Of(before)), data.FormatSigned(c.Of(t)-c.Of(before))
		}
		p.state = append(p.state, one)
	}
	for _, id := range standingRates {
		for _, r := range p.in.Rates {
			if r.ID != id {
				continue
			}
			one := Standing{Name: r.Name, Now: r.Shown(r.Now), Basis: data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator)}
			if change, _, ok := r.Change(); ok {
				one.Before, one.Change = r.Shown(r.Before), change
			}
			p.state = append(p.state, one)
		}
	}
	for i := range p.measures {
		if m := &p.measures[i]; slices.Contains(standingMeasures, m.ID) {
			one := Standing{Name: m.Name, Now: shownMeasure(m), Basis: basisOf(m)}
			if j := slices.IndexFunc(p.before, func(b desk.Measured) bool { return b.ID == m.ID }); j >= 0 {
				one.compare(m, &p.before[j])
			}
			p.state = append(p.state, one)
		}
	}
}

// compare sets a measure beside that of the same period, where there was one.
func (x *Standing) compare(now, before *desk.Measured) {
	switch {
	case now.Rate():
		x.Before = before.Ratio().Shown()
		if change, ok := data.ChangePoints(now.Ratio(), before.Ratio()); ok {
			x.Change = data.FormatChange(change) + " điểm %"
		}
	case before.B > 0:
		x.Before, x.Change = data.FormatInt(before.B), data.FormatSigned(now.B-before.B)
	}
}

// shownMeasure is the value of a measure without its unit: a number, or a rate in percent.
func shownMeasure(m *desk.Measured) string {
	if m.Rate() {
		return m.Ratio().Shown()
	}
	return strings.TrimSuffix(m.Shown(m.Value), " "+m.Unit)
}

// basisOf is b/a of a rate, "" of a count and of a rate of which only the percentage is
// known.
func basisOf(m *desk.Measured) string {
	if !m.Rate() || m.A == 0 || m.Bare {
		return ""
	}
	basis, _, _ := strings.Cut(m.Shown(m.Value), " = ")
	return basis
}

// oneLine joins the lines of a text and cuts it at a number of letters.
func oneLine(s string, most int) string {
	out := []rune(joinLines(s))
	if len(out) > most {
		return string(out[:most-1]) + "…"
	}
	return string(out)
}

// proposed are the conclusions that the needs suggest.
func (p *packed) proposed() (out []NeedLine) {
	const most = 10
	for _, n := range p.needs {
		for _, l := range n.Lines {
			if l.Ask != "" && len(out) < most {
				out = append(out, l)
			}
		}
	}
	return out
}

// yearOf is the year that a period ends in.
func yearOf(p data.Period) data.Period {
	year, err := data.ParsePeriod(strconv.Itoa(p.To.Year()))
	if err != nil {
		return p
	}
	return year
}
