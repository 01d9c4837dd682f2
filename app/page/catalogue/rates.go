package catalogue

import (
	"context"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// rate is how a rate is computed, and may be.
type rate struct {
	id     string
	chosen string // id of the definition in use, "" for the usual one
	ways   []desk.Definition
	value  string // in the period in view
}

// way is the definition in use.
func (r *rate) way() desk.Definition { return wayOf(r.ways, r.chosen) }

func wayOf(ways []desk.Definition, id string) desk.Definition {
	for _, d := range ways {
		if d.ID == id {
			return d
		}
	}
	return ways[0]
}

// newRates builds the part Cách tính tỷ lệ.
func newRates(e *env.Env) parts.Part {
	var l *list.List[rate]
	edit := func(r *rate) { editRate(e, r) }
	l = list.Of(e, list.Options[rate]{ID: "rates", Title: "Cách tính tỷ lệ", What: "tỷ lệ", Load: func() ([]rate, error) { return loadRates(e), nil },
		Columns: []list.Column[rate]{
			{ID: "name", Title: "Tỷ lệ", Width: 230, Min: 180, Flex: 2, Text: func(r *rate) string { return r.way().Name }},
			{ID: "denominator", Title: "Mẫu số", Width: 116, Min: 90, Flex: 0.4, Spare: 1, Text: func(r *rate) string { return r.way().Denominator }},
			{ID: "words", Title: "Cách tính (số cột theo biểu II.06a)", Width: 230, Min: 160, Flex: 2, Text: func(r *rate) string { return r.way().Explanation }},
			{ID: "value", Title: "Kỳ đang xem", Width: 178, Align: widget.Right, Text: func(r *rate) string { return r.value }},
			{ID: "other", Title: "", Width: 104, Spare: 2, Text: func(r *rate) string {
				switch {
				case r.chosen != "":
					return "Đã đổi"
				case len(r.ways) < 2:
					return "Một cách"
				}
				return "Theo mặc định"
			}},
		},
		Actions: []list.Action{{Label: "Đổi cách tính…", Icon: widget.IconEdit, Main: true, Do: func() { l.With(edit) }}}, Open: edit, Edit: "Đổi cách tính…"})
	return l
}

// loadRates returns every rate with the ways of computing it and its present value.
func loadRates(e *env.Env) []rate {
	s := e.Session
	table := s.Desk.Figures(s.Period(), s.AsOf(), data.ByLevel, desk.Filter{})
	now := map[string]string{}
	for _, r := range s.Desk.RatesOf(table.Total, nil) {
		if r = r.Recorded(r); r.Now.Denominator > 0 {
			now[r.ID] = r.Now.Percent() + " % (" + data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator) + ")"
		}
	}
	chosen := s.Desk.Denominators()
	var out []rate
	for _, id := range desk.RateIDs() {
		out = append(out, rate{id, chosen[id], desk.RateDefinitions(id), now[id]})
	}
	return out
}

func editRate(e *env.Env, r *rate) {
	if len(r.ways) < 2 {
		e.Fail("Không thực hiện được", data.Fail(data.Conflict, "Tỷ lệ này chỉ có một cách tính: "+r.ways[0].Explanation+".", nil))
		return
	}
	choices := kit.ChoicesOf(r.ways[1:], func(d desk.Definition) kit.Choice { return kit.Choice{Key: d.ID, Text: "Trên " + d.Denominator} })
	id, ways := r.id, r.ways
	form.Ask(e, form.Question[string]{Title: ways[0].Name, Value: r.way().ID,
		Note: "Đổi ở đây thì số liệu trên màn hình, trong báo cáo và tên mẫu số ở chú thích đổi theo. Báo cáo đã in giữ nguyên.",
		Fields: []form.Field[string]{form.Pick("way", "Mẫu số", func(*string) []kit.Choice { return choices }, func(s *string) *string { return s }).
			Or("Trên " + ways[0].Denominator + " (mặc định)").Telling(func(s *string) string { d := wayOf(ways, *s); return d.Name + ": " + d.Explanation + "." })},
		Store: func(ctx context.Context, way string) error {
			all := e.Desk.Denominators()
			all[id] = way
			return e.Desk.SetDenominators(ctx, all)
		},
		Done: func(string) string { return "Đã đổi cách tính. Mọi số liệu theo cách mới." }})
}
