package desk

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/workday"
)

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
