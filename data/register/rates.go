package register

import (
	"slices"

	"giaoban/data"
)

// rate defines a named rate: its numerator and its default denominator
// (register-and-reports 8.6, which names the sources).
type rate struct {
	id, name, denominator string
	ratio                 func(data.Counts) data.Ratio
	counts                func(*Register, int, class, span) bool // whether a row belongs to the numerator
}

func closedAs(outs ...data.Outcome) func(*Register, int, class, span) bool {
	return func(_ *Register, _ int, c class, _ span) bool {
		return slices.Contains(outs, c.out)
	}
}

func extra(kind int) func(*Register, int, class, span) bool {
	return func(r *Register, row int, c class, _ span) bool { return r.holds(row, c)[kind] }
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
		func(_ *Register, _ int, c class, _ span) bool { return c.in == inOnline }},
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

// RateColumn returns the column within which the numerator of a rate or indicator lies.
func RateColumn(id string) data.Column {
	if id == "online" {
		return data.ColNew
	}
	if x := indicatorOf(id); x != nil {
		return x.column
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

// Definition is one way of computing a rate (register-and-reports 8.6).
type Definition struct {
	ID          string // within the rate; the first of a rate is its usual one
	Name        string // of the rate as defined
	Denominator string
	Explanation string // numerator and denominator in words, with the columns of form II.06a
}

// variant is a definition with how it is counted.
type variant struct {
	id, explanation string
	rate
}

func cameIn(in uint8) func(*Register, int, class, span) bool {
	return func(_ *Register, _ int, c class, _ span) bool { return c.in == in }
}

// variants are the other definitions of the rates that have some.
var variants = map[string][]variant{
	"on_time": {{"received", "(8) + (9) + (12), cả hồ sơ đang giải quyết còn hạn, chia (3) tổng tiếp nhận; theo Quyết định 766/QĐ-TTg", rate{
		"on_time", "Tỷ lệ đúng hạn, cả hồ sơ đang giải quyết còn hạn", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.Early + c.OnTime + c.InTime, Denominator: c.Received()}
		},
		closedAs(data.Early, data.OnTime, data.WithdrawnOut, data.PendingInTime, data.PendingWait)}}},
	"late": {{"received", "(10) + (13), cả hồ sơ quá hạn chưa xong, chia (3) tổng tiếp nhận", rate{
		"late", "Tỷ lệ quá hạn, cả hồ sơ chưa xong", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.Late + c.Overdue, Denominator: c.Received()}
		},
		closedAs(data.Late, data.Overdue)}}},
	"online": {{"received", "(4) chia (3) tổng tiếp nhận, cả kỳ trước chuyển qua", rate{
		"online", "Tỷ lệ hồ sơ tiếp nhận trực tuyến", "tổng tiếp nhận",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.NewOnline, Denominator: c.Received()}
		},
		cameIn(inOnline)}}},
	"postal": {{"new", "hồ sơ nộp qua bưu chính trong kỳ chia (4) + (5) mới tiếp nhận", rate{
		"postal", "Tỷ lệ hồ sơ nộp qua dịch vụ bưu chính công ích", "mới tiếp nhận",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.NewPostal, Denominator: c.New()}
		},
		cameIn(inPostal)}}},
	"digitised": {{"resolved", "hồ sơ đã giải quyết có kết quả điện tử chia (7) đã giải quyết", rate{
		"digitised", "Tỷ lệ số hóa kết quả", "đã giải quyết",
		func(c data.Counts) data.Ratio {
			return data.Ratio{Numerator: c.EResult, Denominator: c.Resolved()}
		},
		extra(extraEResult)}}},
}

// usual explains the usual definition of each rate.
var usual = map[string]string{
	"on_time":        "(8) + (9) chia (7) đã giải quyết",
	"early":          "(8) chia (7) đã giải quyết",
	"late":           "(10) chia (7) đã giải quyết",
	"online":         "(4) chia (4) + (5) mới tiếp nhận",
	"postal":         "nộp hoặc trả qua bưu chính chia (3) tổng tiếp nhận",
	"online_payment": "nộp phí trực tuyến chia hồ sơ có phí, lệ phí",
	"digitised":      "hồ sơ có thành phần được số hóa chia (3) tổng tiếp nhận",
	"e_result":       "có kết quả điện tử chia (7) đã giải quyết",
	"resolved":       "(7) chia (3) tổng tiếp nhận",
	"published":      "đã đồng bộ chia (3) tổng tiếp nhận",
	"satisfied":      "rất hài lòng chia số phiếu khảo sát",
}

// RateIDs lists the rates in the order in which they are printed.
func RateIDs() []string {
	out := make([]string, len(rateList))
	for i, r := range rateList {
		out[i] = r.id
	}
	return out
}

// Definitions returns the ways of computing a rate, the usual one first; none
// for an unknown rate.
func Definitions(id string) []Definition {
	r := rates[id]
	if r == nil {
		return nil
	}
	out := []Definition{{"", r.name, r.denominator, usual[id]}}
	for _, v := range variants[id] {
		out = append(out, Definition{v.id, v.name, v.denominator, v.explanation})
	}
	return out
}

// SetDenominators chooses the definition of each rate by its id; a rate that is
// not named, or whose definition is not known, is computed the usual way.
func (r *Register) SetDenominators(chosen map[string]string) {
	r.Apply(&Batch{definitions: chosenRates(chosen)}, nil)
}

func chosenRates(chosen map[string]string) map[string]*rate {
	own := map[string]*rate{}
	for id, list := range variants {
		for i := range list {
			if chosen[id] == list[i].id {
				own[id] = &list[i].rate
			}
		}
	}
	return own
}

// rateOf returns the definition of a rate in use, or an indicator; nil for neither. The
// register must be locked.
func (r *Register) rateOf(id string) *rate {
	if own := r.definitions[id]; own != nil {
		return own
	}
	if x := indicatorOf(id); x != nil {
		return x.rate()
	}
	return rates[id]
}
