package book

import (
	"fmt"
	"math/big"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Gains lists the cheapest points to regain on a sheet: with what may still come
// until the end of the period, by the pace of the year before, and the best unit
// of the group.
func (b *Book) Gains(sheet uint64) ([]assess.Gain, error) {
	c, err := b.Card(sheet)
	if err != nil {
		return nil, err
	}
	rankings, err := b.Rankings(c.Period.ID, c.Sheet.Group, assess.Second)
	if err != nil {
		return nil, err
	}
	opt := assess.GainOptions{Outlook: map[string]assess.Outlook{}}
	for i := range rankings {
		if r := &rankings[i]; r.Of(c.Sheet.Unit) != nil && len(r.Units) > 1 {
			opt.Ranking = r
		}
	}
	today := b.from.Today()
	span := c.Period.Span(today)
	if today < span.To {
		opt.WorkDays = b.from.Calendar().WorkingDays(today+1, span.To)
	}
	m := newMemo(b.from)
	c.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Metric == nil {
			return
		}
		noun := nounOf(whole(n.Metric).Denominator)
		if noun == "" {
			return
		}
		e, _ := envOf(b.from, c, n.Metric.Scope, span, today)
		o := assess.Outlook{Noun: noun}
		if opt.WorkDays > 0 {
			if p, ok := m.pace(e, n.Metric, today); ok {
				o.Left, o.Known = p.left, true
			}
		}
		opt.Outlook[n.Code] = o
	})
	return c.Gains(opt), nil
}

func nounOf(metric string) string {
	if k, ok := counters[metric]; ok {
		return k.noun
	}
	switch metric {
	case "procedure.online_with_dossiers":
		return "thủ tục"
	case "plan.tasks_total", "remedial.tasks_total":
		return "nhiệm vụ"
	}
	return ""
}

// pace is what is known of a leaf on a day: its figures, how many more its
// denominator will count until the end of the span, and the shares of the
// numerator that were seen: so far, lately, and in the rest of the year before.
type pace struct {
	now    assess.Figure
	left   int64
	shares []*big.Rat
	stock  bool
	before int64 // of a stock: what stood at the end of the year before
}

// recent is how many days count as lately.
const recent = 90

// pace reads it as of a day; ok is false where the register cannot answer the
// leaf, or nothing has come yet.
func (m *memo) pace(e env, ref *scoring.MetricRef, day data.Day) (p pace, ok bool) {
	ref = whole(ref)
	num, known := counters[ref.Numerator]
	if _, of := counters[ref.Denominator]; !known || !of {
		return p, false
	}
	p.stock = num.stock
	e.asOf = day
	if p.now, ok = m.figure(e, ref); !ok || p.now.A == 0 {
		return p, false
	}
	p.share(p.now.B, p.now.A)
	// Lately, by the dossiers of the last days.
	if late, err := data.FreePeriod(max(e.span.From, day-recent+1), day); err == nil {
		if f, ok := m.figure(env{span: late, asOf: day, filter: e.filter}, ref); ok {
			p.share(f.B, f.A)
			if f.A > 0 {
				p.trend(p.now, f)
			}
		}
	}
	elapsed, whole := int64(day-e.span.From)+1, int64(e.span.To-e.span.From)+1
	old := env{span: e.span.Before(), filter: e.filter}
	old.asOf = old.span.From + data.Day(elapsed-1)
	then, ok1 := m.figure(old, ref)
	end := old
	end.asOf = data.NoDay
	full, ok2 := m.figure(end, ref)
	if ok1 && ok2 && then.A > 0 && full.A > then.A {
		// The rest of the year goes as the year before went, at this year's size.
		p.left = muldiv(full.A-then.A, p.now.A, then.A)
		if !p.stock && full.B >= then.B {
			p.share(full.B-then.B, full.A-then.A)
		}
		p.before = muldiv(full.B, p.now.A, then.A)
		return p, true
	}
	p.left = muldiv(p.now.A, whole-elapsed, elapsed)
	p.before = p.now.B
	return p, true
}

func (p *pace) share(b, a int64) {
	if a > 0 && b >= 0 && b <= a {
		p.shares = append(p.shares, big.NewRat(b, a))
	}
}

// trend adds the share that comes when the change of late goes on: that of late,
// and twice over what it has gained on the share so far.
func (p *pace) trend(whole, late assess.Figure) {
	recent := big.NewRat(late.B, late.A)
	step := new(big.Rat).Sub(recent, big.NewRat(whole.B, whole.A))
	on := step.Add(recent, step.Add(step, step))
	if on.Sign() < 0 {
		on.SetInt64(0)
	}
	if one := big.NewRat(1, 1); on.Cmp(one) > 0 {
		on = one
	}
	p.shares = append(p.shares, on)
}

// muldiv returns a×b/c rounded half up.
func muldiv(a, b, c int64) int64 {
	x := new(big.Int).Mul(big.NewInt(2*a), big.NewInt(b))
	x.Add(x, big.NewInt(c)).Div(x, big.NewInt(2*c))
	return x.Int64()
}

// margin widens the range of shares at each end, in per cent points: chosen so
// that the back-test of the demonstration years holds its outcomes.
var margin = big.NewRat(3, 100)

// expected turns a pace into a range of figures at the end of the span.
func (p *pace) expected(code string) assess.Expected {
	x := assess.Expected{Code: code, Now: p.now, Low: p.now, High: p.now, Best: p.now}
	a := p.now.A + p.left
	x.Low.A, x.High.A, x.Best.A = a, a, a
	if p.stock {
		// What stands on the day may be worked off, or stand as a year before.
		x.Low.B, x.High.B, x.Best.B = min(p.now.B, p.before), max(p.now.B, p.before), 0
		// A thousandth of all dossiers more may stand over at the end of a year.
		x.High.B = min(a, x.High.B+a/1000)
		return x
	}
	low, high := p.shares[0], p.shares[0]
	for _, s := range p.shares {
		if s.Cmp(low) < 0 {
			low = s
		}
		if s.Cmp(high) > 0 {
			high = s
		}
	}
	one, zero := big.NewRat(1, 1), new(big.Rat)
	low, high = new(big.Rat).Sub(low, margin), new(big.Rat).Add(high, margin)
	if low.Cmp(zero) < 0 {
		low = zero
	}
	if high.Cmp(one) > 0 {
		high = one
	}
	x.Low.B, x.High.B, x.Best.B = p.now.B+part(low, p.left, false), p.now.B+part(high, p.left, true), p.now.B+p.left
	return x
}

// part returns a share of n, rounded down, or up.
func part(share *big.Rat, n int64, up bool) int64 {
	x := new(big.Int).Mul(share.Num(), big.NewInt(n))
	if up {
		x.Add(x, new(big.Int).Sub(share.Denom(), big.NewInt(1)))
	}
	return x.Div(x, share.Denom()).Int64()
}

// Forecast works out the index of a sheet at the end of its period from the
// figures of the register so far, and tries the same on past years.
func (b *Book) Forecast(sheet uint64) (assess.Forecast, error) {
	c, err := b.Card(sheet)
	if err != nil {
		return assess.Forecast{}, err
	}
	return b.forecast(c, b.from.Today())
}

func (b *Book) forecast(c *assess.Card, day data.Day) (assess.Forecast, error) {
	span := c.Period.Span(day)
	if day < span.From {
		return assess.Forecast{}, data.Fail(data.Invalid, fmt.Sprintf("Chưa đến kỳ số liệu của «%s» (từ %s) nên chưa dự báo được.", c.Period.Title, span.From), nil)
	}
	day = min(day, span.To)
	m := newMemo(b.from)
	var list []assess.Expected
	c.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Metric == nil {
			return
		}
		e, _ := envOf(b.from, c, n.Metric.Scope, span, day)
		if p, ok := m.pace(e, n.Metric, day); ok {
			list = append(list, p.expected(n.Code))
		}
	})
	f, err := c.Forecast(day, span.To, list)
	if err != nil {
		return f, err
	}
	f.Basis = fmt.Sprintf("Theo số liệu sổ theo dõi đến ngày %s: phần còn lại của năm lấy nhịp cùng kỳ năm trước; tỷ lệ nằm giữa mức thấp nhất và cao nhất của từ đầu năm, %d ngày gần nhất, đà thay đổi tiếp tục và cùng kỳ năm trước, nới mỗi đầu 3 điểm phần trăm. Tiêu chí khác giữ điểm hiện có.", day, recent)
	f.Backtest = b.backtest(m, c, span.From.Year())
	return f, nil
}

// backtest makes the forecast of the years before, as of the ends of June and
// September, and compares it leaf by leaf with what came; the year itself too
// when it is over. nil without whole years in the register.
func (b *Book) backtest(m *memo, c *assess.Card, until int) *assess.Backtest {
	first, last := b.from.Span()
	if !first.Known() {
		return nil
	}
	var out assess.Backtest
	for year := max(first.Year(), until-5); year <= until; year++ {
		span, err := data.ParsePeriod(fmt.Sprint(year))
		// A year counts where the register covers it to its end.
		if err != nil || first > span.From+14 || last < span.To-14 {
			continue
		}
		if today := b.from.Today(); today <= span.To {
			continue
		}
		for _, asOf := range []data.Day{data.Date(year, 6, 30), data.Date(year, 9, 30)} {
			c.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
				if n.Metric == nil {
					return
				}
				e, _ := envOf(b.from, c, n.Metric.Scope, span, span.To)
				came, ok := m.figure(e, n.Metric)
				if !ok {
					return
				}
				p, ok := m.pace(e, n.Metric, asOf)
				if !ok {
					return
				}
				x := p.expected(n.Code)
				low, ok1 := points(c, n, x.Low)
				high, ok2 := points(c, n, x.High)
				real, ok3 := points(c, n, came)
				if !ok1 || !ok2 || !ok3 {
					return
				}
				one := assess.BacktestCase{Year: year, AsOf: asOf, Code: n.Code, Low: min(low, high), High: max(low, high), Came: real}
				one.Inside = one.Low <= real && real <= one.High
				out.Of++
				if one.Inside {
					out.Inside++
				}
				out.Cases = append(out.Cases, one)
			})
		}
	}
	if out.Of == 0 {
		return nil
	}
	return &out
}

func points(c *assess.Card, n *scoring.Node, f assess.Figure) (scoring.Points, bool) {
	a, ok := assess.AnswerOf(n, f)
	if !ok {
		return 0, false
	}
	r, err := c.Score(assess.Second, n.Code, a)
	if err != nil || r.State != scoring.Scored {
		return 0, false
	}
	return r.Points, true
}
