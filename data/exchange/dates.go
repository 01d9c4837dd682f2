package exchange

import (
	"math"
	"strconv"
	"time"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// form is how a date cell is written.
type form uint8

const (
	formNone   form = iota // no date
	formSlash              // two small numbers and a year: order matters
	formFixed              // year, month and day are certain
	formSerial             // days since the epoch of the workbook
)

// lexed is a date cell taken apart, before its column has told the order.
type lexed struct {
	form      form
	y, a, b   int // slash: a and b in the order written; fixed: a is the month, b the day
	serial    float64
	h, mi     int
	timed     bool
	offset    int // minutes that lead to Vietnamese time
	hasOffset bool
}

// lexDate takes a clean cell apart. It reads every format of peers 4.5: with
// slashes, dots or dashes, time before or after, ISO with or without zone,
// yyyyMMddHHmmss, "8 giờ 30 phút, ngày 05/3/2023", "ngày 05 tháng 3 năm 2023",
// serial numbers with a point or a comma.
func lexDate(b []byte, kind sheet.Kind) lexed {
	if len(b) == 0 || len(b) > 64 {
		return lexed{}
	}
	if kind != sheet.Date {
		if d, ok := lexNumber(b, kind == sheet.Number); ok {
			return d
		}
	}
	if d, ok := lexCommon(b); ok {
		return d
	}
	return lexGeneral(b)
}

// lexCommon reads dd/mm/yyyy with or without HH:MM and :SS, the shape of nearly
// all cells.
func lexCommon(b []byte) (d lexed, ok bool) {
	if len(b) < 10 || b[2] != '/' || b[5] != '/' {
		return d, false
	}
	a, ok1 := two(b[0:])
	m, ok2 := two(b[3:])
	c, ok3 := two(b[6:])
	y, ok4 := two(b[8:])
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return d, false
	}
	d = lexed{form: formSlash, a: a, b: m, y: c*100 + y}
	if len(b) == 10 {
		return d, true
	}
	if len(b) != 16 && len(b) != 19 || b[10] != ' ' || b[13] != ':' {
		return d, false
	}
	d.h, ok1 = two(b[11:])
	d.mi, ok2 = two(b[14:])
	if len(b) == 19 {
		_, ok3 = two(b[17:])
		ok3 = ok3 && b[16] == ':'
	}
	d.timed = true
	return d, ok1 && ok2 && ok3 && d.h < 24 && d.mi < 60
}

func two(b []byte) (int, bool) {
	if b[0] < '0' || b[0] > '9' || b[1] < '0' || b[1] > '9' {
		return 0, false
	}
	return int(b[0]-'0')*10 + int(b[1]-'0'), true
}

// lexNumber reads a cell that is one number: a serial, or digits run together.
func lexNumber(b []byte, typed bool) (d lexed, ok bool) {
	digits, point := 0, -1
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case (c == '.' || c == ',') && point < 0 && i > 0:
			point = i
		case typed && (c == 'E' || c == 'e' || c == '+' || c == '-'):
			f, err := strconv.ParseFloat(string(b), 64)
			if err != nil || f < 0 || f > 1e15 {
				return d, false
			}
			return lexNumber(strconv.AppendFloat(nil, f, 'f', -1, 64), false)
		default:
			return d, false
		}
	}
	whole := b
	if point >= 0 {
		whole = b[:point]
		for _, c := range b[point+1:] {
			if c != '0' {
				whole = nil // a true fraction
				break
			}
		}
	}
	if n := len(whole); n == 14 || n == 12 || n == 8 {
		if y, err := strconv.Atoi(string(whole[:4])); err == nil && (y >= 1800 && y <= 2999 || n > 8) {
			d = lexed{form: formFixed, y: y}
			d.a, _ = two(whole[4:])
			d.b, _ = two(whole[6:])
			if n >= 12 {
				d.h, _ = two(whole[8:])
				d.mi, _ = two(whole[10:])
				d.timed = true
				if d.h > 23 || d.mi > 59 {
					return lexed{}, false
				}
			}
			return d, true
		}
	}
	if digits > 20 || digits == 0 {
		return d, false
	}
	text := string(b)
	if point >= 0 && b[point] == ',' {
		t := []byte(text)
		t[point] = '.'
		text = string(t)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f >= 200000 {
		return d, false
	}
	return lexed{form: formSerial, serial: f, timed: f != math.Trunc(f)}, true
}

// lexGeneral reads the other shapes number by number; what stands between two
// numbers tells their roles.
func lexGeneral(b []byte) (d lexed) {
	var nums [10]struct{ value, digits, start, end int }
	n := 0
	for i := 0; i < len(b); {
		if b[i] < '0' || b[i] > '9' {
			i++
			continue
		}
		if n == len(nums) {
			return lexed{}
		}
		start, v := i, 0
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			if i-start > 8 {
				return lexed{}
			}
			v = v*10 + int(b[i]-'0')
			i++
		}
		nums[n].value, nums[n].digits, nums[n].start, nums[n].end = v, i-start, start, i
		n++
	}
	if n < 3 {
		return lexed{}
	}
	gap := func(k int) string { // after number k
		end := len(b)
		if k+1 < n {
			end = nums[k+1].start
		}
		return string(b[nums[k].end:end])
	}
	dated := false
	for k := 0; k < n; {
		g := gap(k)
		switch {
		case !d.timed && k+1 < n && g == ":":
			d.h, d.mi, d.timed = nums[k].value, nums[k+1].value, true
			k += 2
			if k < n && gap(k-1) == ":" { // seconds
				k++
				if k < n && gap(k-1) == "." && nums[k].digits <= 9 && dated { // and their fraction
					k++
				}
			}
			rest := gap(k - 1)
			switch fold(rest) {
			case "pm", "ch", "chieu", "toi":
				if d.h < 12 {
					d.h += 12
				}
			case "am", "sa", "sang":
				if d.h == 12 {
					d.h = 0
				}
			}
			if dated && k == n && (rest == "Z" || rest == "z") {
				d.offset, d.hasOffset = 7*60, true
			}
			if dated && k < n && (rest == "+" || rest == "-") && d.form == formFixed {
				zone := nums[k].value * 60
				if nums[k].digits == 4 {
					zone = nums[k].value/100*60 + nums[k].value%100
				}
				k++
				if k < n && gap(k-1) == ":" {
					zone += nums[k].value
					k++
				}
				if rest == "-" {
					zone = -zone
				}
				d.offset, d.hasOffset = 7*60-zone, true
			}
		case !d.timed && hourWord(g):
			d.h, d.timed = nums[k].value, true
			k++
			if k < n && !dated && (minuteWord(gap(k)) || gap(k) == "" || k+3 < n && !dateGap(gap(k))) {
				d.mi = nums[k].value
				k++
			}
		case !dated && k+2 < n && dateGap(g) && gap(k+1) == g:
			x, y, z := nums[k], nums[k+1], nums[k+2]
			switch {
			case x.digits == 4:
				d.form, d.y, d.a, d.b = formFixed, x.value, y.value, z.value
			case z.digits == 4 || z.digits == 2:
				d.form, d.a, d.b, d.y = formSlash, x.value, y.value, z.value
				if z.digits == 2 {
					d.y = century(z.value)
				}
			default:
				return lexed{}
			}
			dated = true
			k += 3
		case !dated && k+2 < n && monthWord(g) && yearWord(gap(k+1)):
			d.form, d.b, d.a, d.y = formFixed, nums[k].value, nums[k+1].value, nums[k+2].value
			if nums[k+2].digits == 2 {
				d.y = century(d.y)
			}
			dated = true
			k += 3
		default:
			return lexed{}
		}
	}
	if !dated || d.timed && (d.h > 23 || d.mi > 59) {
		return lexed{}
	}
	return d
}

// century widens a year of two digits.
func century(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

func dateGap(g string) bool {
	return g == "/" || g == "-" || g == "." || g == " / " || g == " - "
}

func hourWord(g string) bool {
	switch w := fold(g); w {
	case "h", "g", "gio", "h ngay", "gio ngay", "h ngay thang", "gio phut":
		return true
	}
	return false
}

func minuteWord(g string) bool {
	switch fold(g) {
	case "p", "ph", "phut", "phut ngay", "ph ngay", "p ngay", "ngay":
		return true
	}
	return false
}

func monthWord(g string) bool { return fold(g) == "thang" }
func yearWord(g string) bool  { return fold(g) == "nam" }

// verdict is what came of a date cell.
type verdict uint8

const (
	dateOK verdict = iota
	dateBlank
	dateBad  // no such day, or no date at all
	dateYear // year 0001, 1900 and their like, or far ahead
)

// lastYear is the latest year that a date of a register may have.
const lastYear = 2100

// resolve gives the moment of a cell under the rules of its column.
func (d lexed) resolve(c *Column, base1904 bool) (data.Moment, verdict) {
	y, mo, day := d.y, d.a, d.b
	switch d.form {
	case formNone:
		return data.Moment{}, dateBad
	case formSlash:
		if c.Order == MonthFirst {
			break
		}
		mo, day = d.b, d.a
	case formSerial:
		return d.fromSerial(c, base1904)
	}
	if y < data.FirstYear || y > lastYear {
		// A year that is plainly wrong is the better name, unless the day does
		// not exist in any year.
		if mo >= 1 && mo <= 12 && day >= 1 && day <= 31 {
			return data.Moment{Day: far(y)}, dateYear
		}
		return data.Moment{}, dateBad
	}
	if !data.ValidDate(y, mo, day) {
		return data.Moment{}, dateBad
	}
	m := data.Moment{Day: data.Date(y, time.Month(mo), day)}
	if d.timed && !c.dateOnly {
		m.Clock = data.At(d.h, d.mi)
	}
	if d.hasOffset && d.timed {
		minutes := d.h*60 + d.mi + d.offset
		for ; minutes < 0; minutes += 1440 {
			m.Day--
		}
		for ; minutes >= 1440; minutes -= 1440 {
			m.Day++
		}
		if !c.dateOnly {
			m.Clock = data.At(minutes/60, minutes%60)
		}
	}
	return m, dateOK
}

// far keeps the sense of an impossible year: after today, or long before.
func far(y int) data.Day {
	if y > lastYear {
		return data.MaxDay
	}
	return data.NoDay
}

// Excel counts from 30 December 1899 in effect, or from 1 January 1904.
const (
	epoch1900 = -25569
	epoch1904 = -24107
)

func (d lexed) fromSerial(c *Column, base1904 bool) (data.Moment, verdict) {
	epoch := data.Day(epoch1900)
	if base1904 {
		epoch = epoch1904
	}
	seconds := math.Floor(d.serial*86400 + 0.5)
	days := math.Floor(seconds / 86400)
	day := epoch + data.Day(days)
	m := data.Moment{Day: day}
	if y := day.Year(); y < data.FirstYear || y > lastYear {
		return data.Moment{Day: far(y)}, dateYear
	}
	if d.timed && !c.dateOnly {
		// One second of play: 0,35417 stands for 8:30.
		minutes := min(int(seconds-days*86400+1)/60, 1439)
		m.Clock = data.At(minutes/60, minutes%60)
	}
	y, mo, dd := day.Civil()
	switch c.Order {
	case Swapped:
		if dd > 12 {
			return data.Moment{}, dateBad
		}
		m.Day = data.Date(y, time.Month(dd), int(mo))
	case SwapDoubt:
		if dd <= 12 && dd != int(mo) {
			return data.Moment{}, dateBad
		}
	}
	return m, dateOK
}
