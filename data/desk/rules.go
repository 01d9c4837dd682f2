package desk

import (
	"context"
	"fmt"
	"maps"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/text"
	"giaoban/data/workday"
)

// Rules are the habits of an office that the law leaves open, or that differ
// from province to province.
type Rules struct {
	CodePattern   string     `json:"CodePattern"`   // of dossier codes; see Pattern
	LetterPattern string     `json:"LetterPattern"` // of the numbers of apologies; see Pattern
	SimilarDays   int        `json:"SimilarDays"`   // warn of the same person and procedure within these days
	SoonDays      int        `json:"SoonDays"`      // due within these working days counts as soon late
	WaitingDays   int        `json:"WaitingDays"`   // waiting for the citizen longer than these days is too long
	Postponements int        `json:"Postponements"` // promised anew more often than this is told; 0 for never (basis.Postpone)
	HandInUntil   data.Clock `json:"HandInUntil"`   // received later is handed over on the next working day (register-and-reports 1.11)
	SameDayUntil  data.Clock `json:"SameDayUntil"`  // see workday.Options
	EndOfDay      bool       `json:"EndOfDay"`      // see workday.Options
	NextDay       bool       `json:"NextDay"`       // see workday.Options
	FollowMergers bool       `json:"FollowMergers"` // figures and lists count units that were merged as their successors
}

// DefaultRules are the rules of an office that set none.
func DefaultRules() Rules {
	return Rules{
		CodePattern: "{ma}-{nam2}{thang}{ngay}-{so:4}", LetterPattern: "{so}/PXL", SimilarDays: 3, SoonDays: 2, WaitingDays: 30, Postponements: 1,
		HandInUntil: data.At(15, 0), SameDayUntil: data.At(15, 0),
	}
}

const settingRules = "rules"

// Rules returns the rules of the office.
func (d reading) Rules() Rules { return d.from.held().rules }

// MaxRule bounds the days and times of rules.
const MaxRule = 366

// SetRules stores the rules of the office. An error carries the field "code",
// "letter", "similar", "soon", "waiting", "again" or "sameday".
func (d *Desk) SetRules(ctx context.Context, r Rules) error {
	r = text.All(r)
	for field, pattern := range map[string]string{"code": r.CodePattern, "letter": r.LetterPattern} {
		if err := Pattern(pattern).Check(); err != nil {
			return data.InField(err, field)
		}
	}
	for field, n := range map[string]int{"similar": r.SimilarDays, "soon": r.SoonDays, "waiting": r.WaitingDays, "again": r.Postponements} {
		if n < 0 || n > MaxRule {
			return &data.Error{Code: data.Invalid, Field: field, Message: "Số ngày, số lần phải từ 0 đến 366."}
		}
	}
	if !r.SameDayUntil.Known() {
		return &data.Error{Code: data.Invalid, Field: "sameday", Message: "Nhập giờ cuối trong ngày, ví dụ 15:00."}
	}
	return d.KeepJSON(ctx, Work{Title: "Sửa quy tắc tiếp nhận và thời hạn"}, settingRules, r)
}

// readRules reads stored rules over the default ones. Rules that cannot be read are
// an error: terms and numbers by other rules would be quietly wrong.
func readRules(raw []byte) (Rules, error) {
	r := DefaultRules()
	return r, ReadJSON(raw, &r, "Quy tắc của cơ quan ghi trong tệp dữ liệu không đọc được, nên hạn và mã hồ sơ sẽ sai. Khôi phục từ bản sao lưu gần nhất.")
}

// counting returns how the term of a dossier is counted, as of today for open pauses:
// by the rules of the office, and those of its procedure where it has its own.
func (d reading) counting(one *data.Dossier) workday.Options {
	out := d.Rules().Options(d.Today())
	if until := d.Catalogue().Procedure(one.Procedure).SameDayUntil; until.Known() {
		out.SameDayUntil = until
	}
	return out
}

// Options returns how terms are counted here, as of a day for open pauses.
func (r Rules) Options(asOf data.Day) workday.Options {
	return workday.Options{SameDayUntil: r.SameDayUntil, EndOfDay: r.EndOfDay, NextDay: r.NextDay, AsOf: asOf}
}

// settingDenominators holds how the office computes its rates.
const settingDenominators = "denominators"

// Definition is one way of computing a rate.
type Definition = register.Definition

// RateDefinitions returns the ways of computing a rate, the usual one first, and
// RateIDs the rates in the order of lists.
func RateDefinitions(id string) []Definition { return register.Definitions(id) }

// RateIDs lists the rates in the order in which they are printed.
func RateIDs() []string { return register.RateIDs() }

// Denominators returns the definitions that the office chose, by rate; a rate
// that is missing is computed the usual way.
func (d reading) Denominators() map[string]string { return maps.Clone(d.from.held().denominators) }

func readDenominators(raw []byte) (map[string]string, error) {
	chosen := map[string]string{}
	return chosen, ReadJSON(raw, &chosen, "Cách tính tỷ lệ ghi trong tệp dữ liệu không đọc được, nên tỷ lệ sẽ sai. Khôi phục từ bản sao lưu gần nhất.")
}

// SetDenominators stores the definition of each rate; every figure follows from
// then on. An unknown definition is refused.
func (d *Desk) SetDenominators(ctx context.Context, chosen map[string]string) error {
	keep := map[string]string{}
	for id, definition := range chosen {
		if definition == "" {
			continue
		}
		known := false
		for _, x := range register.Definitions(id) {
			known = known || x.ID == definition
		}
		if !known {
			return data.Fail(data.Invalid, "Cách tính tỷ lệ này không có. Chọn một cách trong danh sách.", nil)
		}
		keep[id] = definition
	}
	return d.KeepJSON(ctx, Work{Title: "Đổi cách tính tỷ lệ"}, settingDenominators, keep)
}

// Explanation says why a dossier is due on its day.
type Explanation struct {
	workday.Explanation
	Printed data.Moment // the due date as printed on the receipt or in the source
	Basis   string      // where the term comes from, in Vietnamese
	Agrees  bool        // the computed date is the printed one
}

// Explain counts the due date of a dossier day by day: by the term copied at
// reception, else by the term of its procedure, else by the working days that
// lie between its two dates. ok is false when there is nothing to explain.
func (d reading) Explain(one *data.Dossier) (x Explanation, ok bool) {
	term, basis := one.Term, "Thời hạn ghi khi tiếp nhận"
	if !term.Known() {
		term, basis = d.Catalogue().Procedure(one.Procedure).Term, "Thời hạn của thủ tục trong danh mục"
	}
	counted := false
	calendar := d.Calendar()
	if !term.Known() {
		if !one.Due.Known() {
			return x, false
		}
		n := calendar.WorkingDays(one.Received.Day+1, one.Due.Day)
		term, counted = data.Term{Count: n, Unit: data.WorkingDays}, true
		basis = fmt.Sprintf("Nguồn không ghi thời hạn; từ ngày nhận đến ngày hẹn có %d ngày làm việc", n)
	}
	var pauses []workday.Span
	if !counted {
		pauses = workday.Pauses(one)
	}
	e, err := workday.Due(calendar, one.Received, term, pauses, one.Mode, d.counting(one))
	if err != nil {
		return x, false
	}
	state := one.On(data.MaxDay)
	x = Explanation{Explanation: e, Printed: state.Due, Basis: basis}
	x.Agrees = !state.Due.Known() || e.Due.Day == state.Due.Day
	return x, true
}
