package exchange

import (
	"strings"
	"time"

	"giaoban/data"
)

// ballot gathers what the cells of a date column say about its order.
type ballot struct {
	cells       int
	dayFirst    int // text whose first number is above 12
	monthFirst  int // text whose second number is above 12
	open        int // text that fits both
	smallSerial int // serial numbers with a day up to 12
	bigSerial   int
	timed       int
	clock       int // times that are not midnight

	// Witness of the day inside the dossier code, for the day of receipt.
	codeDay, codeMonth       int
	codeSerial, codeSwapped  int
	serialSame, slashOverall int
}

// add takes one cell; code is the day that the dossier code of its row holds.
func (v *ballot) add(d lexed, code data.Day, base1904 bool) {
	v.cells++
	if d.timed {
		v.timed++
		if d.form == formSerial || d.h != 0 || d.mi != 0 {
			v.clock++
		}
	}
	switch d.form {
	case formSlash:
		v.slashOverall++
		switch {
		case d.a > 12 && d.b <= 12:
			v.dayFirst++
		case d.b > 12 && d.a <= 12:
			v.monthFirst++
		case d.a <= 12 && d.b <= 12:
			v.open++
		}
		if code.Known() && d.a != d.b {
			cy, cm, cd := code.Civil()
			switch {
			case d.y != cy:
			case d.a == cd && d.b == int(cm):
				v.codeDay++
			case d.b == cd && d.a == int(cm):
				v.codeMonth++
			}
		}
	case formSerial:
		m, ok := d.fromSerial(&Column{}, base1904)
		if ok != dateOK {
			return
		}
		y, mo, dd := m.Day.Civil()
		if dd > 12 {
			v.bigSerial++
			return
		}
		v.smallSerial++
		if dd == int(mo) {
			v.serialSame++
			return
		}
		if code.Known() {
			switch code {
			case m.Day:
				v.codeSerial++
			case data.Date(y, time.Month(dd), int(mo)):
				v.codeSwapped++
			}
		}
	}
}

// settled reports whether reading on cannot change the verdict on the column:
// plain proof one way, or formats that need none.
func (v *ballot) settled() bool {
	mixed := v.slashOverall > 0 && v.smallSerial+v.bigSerial > 0
	if v.timed > 0 && v.clock == 0 {
		return false
	}
	return !mixed && (v.slashOverall == 0 || v.dayFirst >= 5 && v.monthFirst == 0 || v.monthFirst >= 5 && v.dayFirst == 0)
}

// exchanged reports the mark of a day-first file that an American Excel opened
// and saved: days above 12 stayed text, the others became serial numbers.
func (v *ballot) exchanged() bool {
	return v.dayFirst > 0 && v.monthFirst == 0 && v.open == 0 && v.smallSerial > v.serialSame && v.bigSerial == 0
}

// decide settles the order of every date column: its own proof, then the day
// inside the codes, then what the other columns prove; what remains is read day
// first, as Vietnamese is, and said so. answer overrides.
func (m *Mapping) decide(ballots map[int]*ballot, answer Order) {
	var codeDay, codeMonth, codeSerial, codeSwapped, dayCols, monthCols int
	for _, v := range ballots {
		codeDay += v.codeDay
		codeMonth += v.codeMonth
		codeSerial += v.codeSerial
		codeSwapped += v.codeSwapped
		switch {
		case v.dayFirst > v.monthFirst:
			dayCols++
		case v.monthFirst > v.dayFirst:
			monthCols++
		}
	}
	var ambiguous, repaired, doubtful []string
	for i := range m.Columns {
		c := &m.Columns[i]
		v := ballots[c.Number]
		if v == nil || !c.Fact.Date() {
			continue
		}
		c.dateOnly = v.timed > 0 && v.clock == 0
		c.ambiguous = false
		name := "«" + leaf(c.Heading) + "»"
		swap := v.exchanged() && (codeSwapped > 0 || codeSerial == 0 && v.dayFirst+v.smallSerial >= 8)
		switch {
		case answer != AutoOrder:
			c.Order = answer
		case c.Order != AutoOrder:
		case swap && codeSwapped > 2*codeSerial:
			c.Order = Swapped
			repaired = append(repaired, name)
		case swap:
			c.Order = SwapDoubt
			doubtful = append(doubtful, name)
		case v.dayFirst > v.monthFirst:
			c.Order = DayFirst
		case v.monthFirst > v.dayFirst:
			c.Order = MonthFirst
		case codeDay > codeMonth:
			c.Order = DayFirst
		case codeMonth > codeDay:
			c.Order = MonthFirst
		case dayCols > monthCols:
			c.Order = DayFirst
		case monthCols > dayCols:
			c.Order = MonthFirst
		case m.usual != AutoOrder:
			c.Order = m.usual
		default:
			c.Order = DayFirst
			if v.open > 0 && c.Fact != FactSubmitted {
				c.ambiguous = true
				ambiguous = append(ambiguous, name)
			}
		}
		if c.Order == MonthFirst && answer == AutoOrder {
			m.warn(NoteDateOrder, "Cột %s ghi tháng trước ngày sau; đã đọc theo cách đó.", name)
		}
	}
	if len(ambiguous) > 0 {
		m.warn(NoteDateOrder, "Các cột %s không cho biết ngày hay tháng đứng trước; đã đọc ngày trước, tháng sau. Xem lại vài dòng; nếu sai, chọn tháng trước rồi nhập lại.", strings.Join(ambiguous, ", "))
	}
	if len(repaired) > 0 {
		m.warn(NoteDateOrder, "Các cột %s có ô bị Excel đảo ngày và tháng; đã đảo lại theo ngày ghi trong mã hồ sơ.", strings.Join(repaired, ", "))
	}
	if len(doubtful) > 0 {
		m.warn(NoteDateOrder, "Các cột %s có ô nghi bị Excel đảo ngày và tháng; các dòng đó không nhập. Xuất lại tệp từ phần mềm gốc.", strings.Join(doubtful, ", "))
	}
}

func leaf(heading string) string {
	if i := strings.LastIndex(heading, " › "); i >= 0 {
		return heading[i+len(" › "):]
	}
	return heading
}
