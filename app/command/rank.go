package command

import (
	"context"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

var index766Command = &command{
	reads: always,
	name:  "index766",
	usage: "(--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--json]",
	help:  "ước tính bộ chỉ số theo Quyết định 766/QĐ-TTg",
	flags: []string{"period", "from", "to", "as-of"},
	run:   runIndex766,
}

type index766JSON struct {
	Version    string             `json:"version"`
	Groups     []group766JSON     `json:"groups"`
	Indicators []indicator766JSON `json:"indicators"`
	Total      string             `json:"total"` // over what is known
	TotalFrom  string             `json:"total_from"`
	TotalTo    string             `json:"total_to"`
	KnownMax   int64              `json:"known_max"`
}

type group766JSON struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Max    int64   `json:"max"`
	Points *string `json:"points"`
}

type indicator766JSON struct {
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	B       *int64             `json:"b"`
	A       *int64             `json:"a"`
	Percent *string            `json:"percent"`
	Points  *string            `json:"points"`
	Max     int64              `json:"max"`
	State   ranking.StateOf766 `json:"state"`
	Left    *string            `json:"left"`
	Needed  int64              `json:"needed"`
}

// snapshotOf opens the office of a call with its period and day.
func (c *call) snapshotOf() (d *desk.Desk, s *desk.Snapshot, p data.Period, asOf data.Day, err error) {
	if p, asOf, err = c.asked(false); err != nil {
		return nil, nil, p, asOf, err
	}
	if d, err = c.open(false); err != nil {
		return nil, nil, p, asOf, err
	}
	if !asOf.Known() {
		asOf = min(p.To, d.Today())
	}
	if s, err = d.At(); err != nil {
		d.Close()
		return nil, nil, p, asOf, err
	}
	return d, s, p, asOf, nil
}

func runIndex766(_ context.Context, c *call) error {
	d, s, p, asOf, err := c.snapshotOf()
	if err != nil {
		return err
	}
	defer d.Close()
	defer s.Close()
	e, err := s.Index766(p, asOf)
	if err != nil {
		return err
	}
	out := index766JSON{Version: e.Index.Version, Total: ranking.Points(e.Total), TotalFrom: ranking.Points(e.From), TotalTo: ranking.Points(e.To), KnownMax: e.Known}
	for _, g := range e.Index.Groups {
		out.Groups = append(out.Groups, group766JSON{g.ID, g.Name, g.Max, jsonText(ranking.Points(e.ByGroup[g.ID]))})
	}
	for _, x := range e.Indicators {
		one := indicator766JSON{ID: x.ID, Name: x.Name, Points: jsonText(ranking.Points(x.Points)), Max: x.Max, State: x.State, Left: jsonText(ranking.Points(x.Left)), Needed: x.Needed}
		if x.State == ranking.Computed {
			percent := x.Rate.Percent()
			one.B, one.A, one.Percent = &x.Rate.Numerator, &x.Rate.Denominator, &percent
		}
		out.Indicators = append(out.Indicators, one)
		shown := "chưa có số"
		if one.Points != nil {
			shown = *one.Points + "/" + n(x.Max) + " điểm"
		} else if x.State == ranking.NotScored {
			shown = "không chấm điểm"
		}
		c.say("%-5s %s: %s\n", x.ID, x.Name, shown)
	}
	c.say("Ước tính %s điểm trên %s điểm có số liệu (%s đến %s tùy phiên bản điểm tối đa). Số liệu không dùng làm nguồn báo cáo chính thức.\n",
		out.Total, n(e.Known), out.TotalFrom, out.TotalTo)
	return c.answer(out)
}

var rankCommand = &command{
	reads: always,
	words: true,
	name:  "rank",
	usage: "MÔ_HÌNH (--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--json]",
	help:  "xếp hạng đơn vị theo một mô hình của cơ quan: A, B, C hoặc mô hình tự lập",
	flags: []string{"period", "from", "to", "as-of"},
	run:   runRank,
}

type rankJSON struct {
	Model    string      `json:"model"`
	Rows     []placeJSON `json:"rows"`
	Unranked []placeJSON `json:"unranked"`
}

type placeJSON struct {
	Rank     *int           `json:"rank"`
	Of       *int           `json:"tied"` // units that share the rank
	Unit     string         `json:"unit"`
	Class    *string        `json:"class"`
	Points   *string        `json:"points"`
	Volume   int64          `json:"volume"`
	Criteria []rankPartJSON `json:"criteria"`
	Before   *int           `json:"before"` // rank of the period before
}

type rankPartJSON struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Numerator   int64   `json:"numerator"`
	Denominator int64   `json:"denominator"`
	Percent     *string `json:"percent"`
	Points      *string `json:"points"`
	Max         int64   `json:"max"`
}

func runRank(_ context.Context, c *call) error {
	if len(c.args) != 1 {
		return usagef("Cho biết một mô hình, ví dụ: %s.", modelNames(ranking.Models()))
	}
	d, s, p, asOf, err := c.snapshotOf()
	if err != nil {
		return err
	}
	defer d.Close()
	defer s.Close()
	models, err := s.RankingModels(asOf)
	if err != nil {
		return err
	}
	model := ranking.Find(models, c.args[0])
	if model == nil {
		return usagef("Không có mô hình «%s» có hiệu lực ngày %s. Có: %s.", c.args[0], asOf, modelNames(models))
	}
	ranked, unranked, err := s.Ranking(*model, p, asOf)
	if err != nil {
		return err
	}
	earlier := desk.Preceding(p)
	old, _, err := s.Ranking(*model, earlier, earlier.To)
	if err != nil {
		return err
	}
	before := map[uint32]int{}
	for _, x := range old {
		before[x.Unit.ID] = x.Rank
	}
	out := rankJSON{Model: model.ID, Rows: []placeJSON{}, Unranked: []placeJSON{}}
	class := ""
	for _, x := range ranked {
		one := placeOf(x, before)
		out.Rows = append(out.Rows, one)
		if x.Unit.Class.Name != class { // each class has ranks of its own
			class = x.Unit.Class.Name
			c.say("%s\n", class)
		}
		c.say("%3d  %s  %s điểm\n", x.Rank, x.Unit.Name, *one.Points)
	}
	for _, x := range unranked {
		out.Unranked = append(out.Unranked, placeOf(x, before))
		c.say("  –  %s: không xếp hạng (ít hồ sơ: %s)\n", x.Unit.Name, n(x.Unit.Volume))
	}
	return c.answer(out)
}

func modelNames(models []ranking.Model) string {
	names := data.Map(models, func(m ranking.Model) string { return m.ID + " (" + m.Name + ")" })
	return strings.Join(names, ", ")
}

func placeOf(x ranking.Place, before map[uint32]int) placeJSON {
	one := placeJSON{Unit: x.Unit.Name, Class: jsonText(x.Unit.Class.Name), Points: jsonText(ranking.Points(x.Points)), Volume: x.Unit.Volume, Criteria: []rankPartJSON{}}
	if x.Rank > 0 {
		one.Rank, one.Of = &x.Rank, &x.Tied
	}
	if r, ok := before[x.Unit.ID]; ok {
		one.Before = &r
	}
	for _, part := range x.Parts {
		j := rankPartJSON{ID: part.ID, Name: part.Name, Numerator: part.Rate.Numerator, Denominator: part.Rate.Denominator, Points: jsonText(ranking.Points(part.Points)), Max: part.Max}
		if part.Rate.Denominator > 0 {
			percent := part.Rate.Percent()
			j.Percent = &percent
		}
		one.Criteria = append(one.Criteria, j)
	}
	return one
}
