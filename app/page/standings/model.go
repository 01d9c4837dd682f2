package standings

import (
	"fmt"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/printed"
	"giaoban/data/ranking"
)

// closing is a closed period in the list.
type closing struct {
	desk.Stored[desk.Closing]
	sound bool
}

func loadClosings(d *desk.Desk) (out []closing, err error) {
	all, err := d.Closings()
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, closing{all[i], all[i].Value.Sound()})
	}
	return out, err
}

// total returns a figure of the whole office as it was frozen.
func (c *closing) total(col data.Column) int64 {
	if len(c.Value.Tables) == 0 {
		return 0
	}
	return c.Value.Tables[0].Total.Counts[col]
}

// short is the fingerprint in four groups of four.
func (c *closing) short() string {
	f := c.Value.Fingerprint
	if len(f) < 16 {
		return f
	}
	return f[:4] + " " + f[4:8] + " " + f[8:12] + " " + f[12:16]
}

// place is a unit in a ranking, or one that is not ranked.
type place struct {
	ranking.Place
	at     int
	before int // rank in the period before, 0 for none
}

// rank works a ranking out, with the ranks of the period before.
func rank(d *desk.Desk, m ranking.Model, p data.Period, asOf data.Day) (out []place, err error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	ranked, unranked, err := s.Ranking(m, p, asOf)
	if err != nil {
		return nil, err
	}
	earlier := desk.Preceding(p)
	old, _, err := s.Ranking(m, earlier, earlier.To)
	if err != nil {
		return nil, err
	}
	before := map[uint32]int{}
	for _, x := range old {
		before[x.Unit.ID] = x.Rank
	}
	for _, x := range append(ranked, unranked...) {
		out = append(out, place{x, len(out) + 1, before[x.Unit.ID]})
	}
	return out, nil
}

// rankText is the rank with what goes with it: «2 (cùng hạng 3 đơn vị)».
func (p *place) rankText() string {
	switch {
	case p.Rank == 0:
		return "–"
	case p.Tied > 1:
		return fmt.Sprintf("%d (%d đơn vị)", p.Rank, p.Tied)
	}
	return fmt.Sprint(p.Rank)
}

// move tells how the rank changed since the period before.
func (p *place) move() string {
	switch {
	case p.Rank == 0 && p.Points == nil:
		return "không có số liệu, không xếp hạng"
	case p.Rank == 0:
		return "khối lượng ít, không xếp hạng"
	case p.before == 0:
		return "chưa có kỳ trước để so"
	case p.before > p.Rank:
		return fmt.Sprintf("tăng %d bậc", p.before-p.Rank)
	case p.before < p.Rank:
		return fmt.Sprintf("giảm %d bậc", p.Rank-p.before)
	}
	return "giữ hạng"
}

// parts writes what the points come from.
func (p *place) parts() string {
	var out []string
	for _, x := range p.Parts {
		switch {
		case x.Points == nil:
			out = append(out, x.Name+": không có số liệu")
		case x.Rate.Denominator > 0:
			out = append(out, fmt.Sprintf("%s: %d/%d, %s điểm", x.Name, x.Rate.Numerator, x.Rate.Denominator, ranking.Points(x.Points)))
		default:
			out = append(out, fmt.Sprintf("%s: %s điểm", x.Name, ranking.Points(x.Points)))
		}
	}
	return strings.Join(out, "; ")
}

// models are the ranking models that hold on a day, to choose from.
func models(list []ranking.Model) []kit.Choice {
	return kit.ChoicesOf(list, func(m ranking.Model) kit.Choice { return kit.Choice{Key: m.ID, Text: m.Name, Detail: m.ID} })
}

// estimated is an indicator of QĐ 766 in the list.
type estimated struct {
	ranking.Estimated
	at int
}

func (e *estimated) points() string {
	switch {
	case e.State == ranking.NotScored:
		return "không chấm"
	case e.Points == nil:
		return "chưa có số"
	}
	return ranking.Points(e.Points)
}

// step is the cheapest next step to all points.
func (e *estimated) step() string {
	if e.State != ranking.Computed || e.Needed == 0 {
		return ""
	}
	return fmt.Sprintf("thêm %s vào «%s»", data.FormatInt(e.Needed), e.Numerator)
}

func estimate(d *desk.Desk, p data.Period, asOf data.Day) (ranking.Estimate, error) {
	s, err := d.At()
	if err != nil {
		return ranking.Estimate{}, err
	}
	defer s.Close()
	return s.Index766(p, asOf)
}

// verdict tells the total in one sentence.
func verdict(e ranking.Estimate) string {
	text := fmt.Sprintf("Ước tính %s điểm trên %s điểm có số liệu", ranking.Points(e.Total), data.FormatInt(e.Known))
	if e.From.Cmp(e.To) != 0 {
		text += fmt.Sprintf(" (%s đến %s tùy phiên bản điểm tối đa)", ranking.Points(e.From), ranking.Points(e.To))
	}
	return text + ". Phiên bản " + e.Index.Version + ". Số liệu trên Cổng không dùng làm nguồn báo cáo chính thức."
}

// lastRead tells what was last read on the portal by a day.
func lastRead(d *desk.Desk, day data.Day) string {
	w, err := d.Logbooks(day)
	if err != nil {
		return err.Error()
	}
	if last := logbook.LastReading(w, 0, data.Period{}); last != nil {
		return logbook.ReadText(last)
	}
	return "Chưa ghi lần đọc nào trên Cổng (Sổ khác, Nhật ký đọc chỉ số 766)."
}

// figure is a printed figure as it is typed.
type figure struct{ What, Value, Percent string }

// typedFigures are the lines of the form.
type typedFigures struct{ Figures []figure }

// tested reads the lines and tests them.
func tested(t typedFigures) ([]finding, error) {
	var items []printed.Item
	for i, f := range t.Figures {
		value, err := printed.Parse(f.Value)
		if err != nil {
			return nil, &data.Error{Code: data.Invalid, Field: "figures", Message: fmt.Sprintf("Dòng %d, cột «Số»: %s", i+1, err)}
		}
		percent, err := printed.Parse(f.Percent)
		if err != nil {
			return nil, &data.Error{Code: data.Invalid, Field: "figures", Message: fmt.Sprintf("Dòng %d, cột «Tỷ lệ %%»: %s", i+1, err)}
		}
		items = append(items, printed.Item{What: f.What, Value: value, Percent: percent})
	}
	return printed.Test(items), nil
}

// finding is what the test tells, in the list.
type finding = printed.Finding
