package scoring

import (
	"context"
	"fmt"
	"giaoban/app/kit"
	"slices"

	"giaoban/data"
	"giaoban/data/assess"
)

// Outlook is what was lost, how to win it back, and where the year ends.
type Outlook struct {
	// Changed is called when there is something new to show.
	Changed func()

	m        *Model
	gains    []assess.Gain
	forecast *assess.Forecast
	err      error
	why      error // why there is no forecast
	asked    int
	busy     bool
	byLoss   bool
}

// NewOutlook returns the model; nothing is read yet.
func NewOutlook(m *Model) *Outlook { return &Outlook{m: m, Changed: func() {}, byLoss: true} }

// Refresh works gains and forecast out anew.
func (o *Outlook) Refresh() {
	o.asked++
	asked, sheet := o.asked, o.m.Sheet()
	if sheet == 0 {
		o.gains, o.forecast = nil, nil
		o.Changed()
		return
	}
	o.busy = true
	o.m.Session.Go(func() {
		gains, err := o.m.Book.Gains(sheet)
		f, why := o.m.Book.Forecast(sheet)
		o.m.Session.Post(func() {
			if asked != o.asked {
				return
			}
			o.busy, o.gains, o.err, o.why, o.forecast = false, gains, err, why, nil
			if why == nil {
				o.forecast = &f
			}
			o.Changed()
		})
	})
}

// Busy reports whether gains and forecast are still being worked out.
func (o *Outlook) Busy() bool { return o.busy }

// Err returns why the gains could not be worked out.
func (o *Outlook) Err() error { return o.err }

// Map explains the way from the total to the index of the sheet shown.
func (o *Outlook) Map() (m assess.LossMap, ok bool) {
	c := o.m.Card()
	if c == nil {
		return m, false
	}
	return c.Losses(), true
}

// ByLoss lists the greatest loss first, or in the order of the set.
func (o *Outlook) ByLoss(on bool) { o.byLoss = on; o.Changed() }

// Lines lists what lost points.
func (o *Outlook) Lines() []assess.LossLine {
	m, ok := o.Map()
	if !ok {
		return nil
	}
	if o.byLoss {
		return m.ByLoss()
	}
	return m.Lines
}

// Summary tells the lost points by cause in one line.
func (o *Outlook) Summary() string {
	m, ok := o.Map()
	if !ok {
		return ""
	}
	objective, subjective, open := m.ByCause()
	text := fmt.Sprintf("Mất %s điểm: khách quan %s, chủ quan %s, chưa ghi nguyên nhân %s.", m.Lost(), objective, subjective, open)
	if m.Unexplained != 0 {
		text += " Chưa giải thích được " + m.Unexplained.String() + " điểm."
	}
	return text
}

// SetLoss notes why a leaf lost points. It runs off the window's goroutine.
func (o *Outlook) SetLoss(ctx context.Context, code string, loss assess.Loss) error {
	return o.m.Book.SetLoss(ctx, o.m.Sheet(), code, loss)
}

// Owners lists the names of units and of the owners that the set names, for the
// one who answers for a loss.
func (m *Model) Owners() []kit.Choice {
	var out []kit.Choice
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			out = append(out, kit.Choice{Key: name, Text: name})
		}
	}
	if m.card != nil {
		for _, r := range m.card.Rows() {
			add(r.Node.Owner)
		}
	}
	for _, u := range m.Session.Desk.Catalogue().Units {
		add(u.Name)
	}
	return out
}

// Gains lists the cheapest points first.
func (o *Outlook) Gains() []assess.Gain { return o.gains }

// Forecast returns the range of the index at the end of the year, nil where there
// is none; why tells the reason.
func (o *Outlook) Forecast() (f *assess.Forecast, why error) { return o.forecast, o.why }

// ForecastLines tells the forecast in sentences.
func (o *Outlook) ForecastLines() []string {
	f := o.forecast
	if f == nil {
		return nil
	}
	out := []string{fmt.Sprintf("Số liệu đến %s: chỉ số %s. Đến %s dự báo từ %s đến %s; nếu từ nay mọi hồ sơ đều đạt thì nhiều nhất %s.", f.AsOf, f.Now, f.End, f.Low, f.High, f.Ceiling)}
	if f.Basis != "" {
		out = append(out, f.Basis)
	}
	for _, m := range f.Movers {
		out = append(out, fmt.Sprintf("Quyết định nhiều nhất: tiêu chí %s %s, từ %s đến %s điểm.", m.Code, m.Title, m.LowPoints, m.HighPoints))
	}
	if b := f.Backtest; b != nil && b.Of > 0 {
		out = append(out, fmt.Sprintf("Thử lại trên các năm trước: kết quả thật nằm trong khoảng dự báo %d/%d lần.", b.Inside, b.Of))
	} else {
		out = append(out, "Chưa có năm trước để thử lại dự báo.")
	}
	return out
}

// Plan lists the remedial tasks of the sheet or of all sheets.
type Plan struct {
	// Changed is called when there is something new to show.
	Changed func()

	m     *Model
	all   bool
	list  []assess.Remedy
	err   error
	asked int
}

// NewPlan returns the model; nothing is read yet.
func NewPlan(m *Model) *Plan { return &Plan{m: m, Changed: func() {}} }

// Refresh reads the tasks anew.
func (p *Plan) Refresh() {
	p.asked++
	asked, sheet := p.asked, p.m.Sheet()
	if p.all {
		sheet = 0
	} else if sheet == 0 {
		p.list = nil
		p.Changed()
		return
	}
	p.m.Session.Go(func() {
		list, err := p.m.Book.Remedies(sheet)
		slices.SortStableFunc(list, func(a, b assess.Remedy) int {
			if a.Year != b.Year {
				return b.Year - a.Year
			}
			return 0
		})
		p.m.Session.Post(func() {
			if asked == p.asked {
				p.list, p.err = list, err
				p.Changed()
			}
		})
	})
}

// All lists the tasks of all sheets, or of the one shown.
func (p *Plan) All(on bool) { p.all = on; p.Refresh() }

// IsAll reports whether the tasks of all sheets are listed.
func (p *Plan) IsAll() bool { return p.all }

// Err returns why the tasks could not be read.
func (p *Plan) Err() error { return p.err }

// Tasks returns the tasks.
func (p *Plan) Tasks() []assess.Remedy { return p.list }

// Fresh returns a new task for the sheet shown and a leaf.
func (p *Plan) Fresh(code string) assess.Remedy {
	r := assess.Remedy{Sheet: p.m.Sheet(), Code: code, State: assess.Planned}
	c := p.m.Card()
	if c == nil {
		return r
	}
	r.Year, r.Due = c.Period.Year, data.Date(c.Period.Year+1, 12, 31)
	p.Aim(&r, code)
	return r
}

// Aim gives a task the leaf that it is about, with what it lost and why.
func (p *Plan) Aim(r *assess.Remedy, code string) {
	c := p.m.Card()
	if c == nil || c.Sheet.ID != r.Sheet {
		return
	}
	if row := c.Row(code); row != nil {
		r.Code, r.Lost, r.Owner = code, row.Lost, row.Node.Owner
		if row.Line != nil && row.Line.Loss != nil {
			r.Cause, r.Objective = row.Line.Loss.Cause, row.Line.Loss.Objective
			r.Owner = orElse(row.Line.Loss.Owner, r.Owner)
		}
	}
}

// Leaves lists the leaves that lost points, for a task.
func (p *Plan) Leaves() []kit.Choice {
	c := p.m.Card()
	if c == nil {
		return nil
	}
	var out []kit.Choice
	for _, r := range c.Rows() {
		if r.Leaf {
			text := r.Node.Code + " " + r.Node.Title
			if r.Lost > 0 {
				text += " (mất " + r.Lost.String() + ")"
			}
			out = append(out, kit.Choice{Key: r.Node.Code, Text: text})
		}
	}
	return out
}

// TitleOf returns the title of a leaf of the sheet shown, "" for others.
func (p *Plan) TitleOf(r *assess.Remedy) string {
	if c := p.m.Card(); c != nil && c.Sheet.ID == r.Sheet {
		if n := c.Set.Node(r.Code); n != nil {
			return n.Title
		}
	}
	return ""
}

// Summary counts the tasks in one line.
func (p *Plan) Summary() string {
	var done, late, total int
	for i := range p.list {
		r := &p.list[i]
		if r.State == assess.Dropped {
			continue
		}
		total++
		if r.State == assess.Done {
			done++
		}
		if r.Late(p.m.Today()) {
			late++
		}
	}
	return fmt.Sprintf("Hoàn thành %d/%d nhiệm vụ (%s %%), quá hạn %d.", done, total, data.Ratio{Numerator: int64(done), Denominator: int64(total)}.Percent(), late)
}
