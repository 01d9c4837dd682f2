package register

import (
	"giaoban/data"
)

// rate defines a named rate: its numerator and its default denominator
// (register-and-reports 8.6, which names the sources).
type rate struct {
	id, name, denominator string
	ratio                 func(data.Counts) data.Ratio
	counts                func(*Register, int, class) bool // whether a row belongs to the numerator
}

func closedAs(outs ...data.Outcome) func(*Register, int, class) bool {
	return func(_ *Register, _ int, c class) bool {
		for _, o := range outs {
			if c.out == o {
				return true
			}
		}
		return false
	}
}

func extra(kind int) func(*Register, int, class) bool {
	return func(r *Register, row int, c class) bool { return r.holds(row, c)[kind] }
}

// rateList in the order in which rates are printed.
var rateList = []*rate{
	{"on_time", "Tỷ lệ giải quyết trước hạn và đúng hạn", "đã giải quyết",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.Early + c.OnTime, Denominator: c.Resolved()}
		},
		closedAs(data.Early, data.OnTime, data.WithdrawnOut)},
	{"early", "Tỷ lệ giải quyết trước hạn", "đã giải quyết",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Early, Denominator: c.Resolved()} },
		closedAs(data.Early)},
	{"late", "Tỷ lệ giải quyết quá hạn", "đã giải quyết",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Late, Denominator: c.Resolved()} },
		closedAs(data.Late)},
	{"online", "Tỷ lệ hồ sơ tiếp nhận trực tuyến", "mới tiếp nhận",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.NewOnline, Denominator: c.New()} },
		func(_ *Register, _ int, c class) bool { return c.in == inOnline }},
	{"postal", "Tỷ lệ hồ sơ qua dịch vụ bưu chính công ích", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Postal, Denominator: c.Received()} },
		extra(extraPostal)},
	{"online_payment", "Tỷ lệ thanh toán trực tuyến", "hồ sơ có phí, lệ phí",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.PaidOnline, Denominator: c.FeeDue} },
		extra(extraPaidOnline)},
	{"digitised", "Tỷ lệ số hóa hồ sơ", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Digitised, Denominator: c.Received()} },
		extra(extraDigitised)},
	{"e_result", "Tỷ lệ cấp kết quả điện tử", "đã giải quyết",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.EResult, Denominator: c.Resolved()} },
		extra(extraEResult)},
	{"resolved", "Tỷ lệ giải quyết", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Resolved(), Denominator: c.Received()} },
		closedAs(data.Early, data.OnTime, data.Late, data.WithdrawnOut)},
	{"published", "Tỷ lệ đồng bộ lên Cổng Dịch vụ công quốc gia", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Published, Denominator: c.Received()} },
		extra(extraPublished)},
	{"satisfied", "Tỷ lệ người dân rất hài lòng", "số phiếu khảo sát",
		func(c data.Counts) data.Ratio { return data.Ratio{Numerator: c.Satisfied, Denominator: c.Surveyed} },
		extra(extraSatisfied)},
}

var rates = func() map[string]*rate {
	m := map[string]*rate{}
	for _, r := range rateList {
		m[r.id] = r
	}
	return m
}()

// RateColumn returns the column within which the numerator of a rate lies.
func RateColumn(id string) data.Column {
	if id == "online" {
		return data.ColNew
	}
	return data.ColReceived
}

// Rates computes every named rate by its usual definition from the figures of a period, and from those
// of the period before when there are any. Their ids are those of the command
// contract; the facts that the data file does not hold give a denominator of
// nought, or a numerator of nought.
func Rates(now data.Counts, before *data.Counts) []data.Rate {
	return compute(func(id string) *rate { return rates[id] }, now, before)
}

func compute(of func(id string) *rate, now data.Counts, before *data.Counts) []data.Rate {
	out := make([]data.Rate, 0, len(rateList))
	for _, usual := range rateList {
		r := of(usual.id)
		x := data.Rate{ID: r.id, Name: r.name, DenominatorName: r.denominator, Now: r.ratio(now)}
		if before != nil {
			x.Before, x.Compared = r.ratio(*before), true
		}
		out = append(out, x)
	}
	return out
}
