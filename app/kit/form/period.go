package form

import (
	"giaoban/app/env"
	"giaoban/data"
)

// AskPeriod asks for a range of days, begun with that of p.
func AskPeriod(e *env.Env, p data.Period, then func(data.Period)) {
	free := func(p data.Period) (data.Period, error) { return data.FreePeriod(p.From, p.To) }
	Ask(e, Question[data.Period]{Title: "Khoảng ngày", Verb: "Chọn", Value: p, Fields: []Field[data.Period]{
		Day("from", "Từ ngày", e.Desk.Today, func(p *data.Period) *data.Day { return &p.From }),
		Day("to", "Đến ngày", e.Desk.Today, func(p *data.Period) *data.Day { return &p.To }),
	}, Check: func(p data.Period) error {
		_, err := free(p)
		return err
	}, Then: func(p data.Period) {
		if p, err := free(p); err == nil {
			then(p)
		}
	}})
}
