package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
)

// Pattern writes numbers such as dossier codes: {ma} is the code of the one-stop,
// {nam} {nam2} {thang} {ngay} the date, {so} or {so:4} the running number, here
// with at least four digits. The running number begins anew wherever the rest
// changes: a pattern with {ngay} counts by day, one with {nam} alone by year.
type Pattern string

var patternToken = regexp.MustCompile(`\{[^{}]*\}`)
var patternNumber = regexp.MustCompile(`^\{so(?::([1-9]))?\}$`)

// Check tells in Vietnamese what is wrong with a pattern: it must hold exactly
// one running number and no unknown word in braces.
func (p Pattern) Check() error {
	numbers := 0
	for _, t := range patternToken.FindAllString(string(p), -1) {
		switch {
		case patternNumber.MatchString(t):
			numbers++
		case t == "{ma}" || t == "{nam}" || t == "{nam2}" || t == "{thang}" || t == "{ngay}":
		default:
			return data.Fail(data.Invalid, fmt.Sprintf("Mẫu số «%s»: %s không có nghĩa. Dùng {ma}, {nam}, {nam2}, {thang}, {ngay}, {so} hoặc {so:4}.", p, t), nil)
		}
	}
	if numbers != 1 {
		return data.Fail(data.Invalid, fmt.Sprintf("Mẫu số «%s» phải có đúng một chỗ {so}.", p), nil)
	}
	return nil
}

// around returns what stands before and after the running number on a day, and
// the least number of its digits.
func (p Pattern) around(code string, day data.Day) (before, after string, digits int) {
	year, month, date := day.Civil()
	digits = 1
	parts := []string{""}
	last := 0
	text := string(p)
	for _, at := range patternToken.FindAllStringIndex(text, -1) {
		parts[len(parts)-1] += text[last:at[0]]
		last = at[1]
		t := text[at[0]:at[1]]
		if m := patternNumber.FindStringSubmatch(t); m != nil {
			if m[1] != "" {
				digits, _ = strconv.Atoi(m[1])
			}
			parts = append(parts, "")
			continue
		}
		parts[len(parts)-1] += map[string]string{"{ma}": code, "{nam}": fmt.Sprintf("%04d", year), "{nam2}": fmt.Sprintf("%02d", year%100),
			"{thang}": fmt.Sprintf("%02d", int(month)), "{ngay}": fmt.Sprintf("%02d", date)}[t]
	}
	parts[len(parts)-1] += text[last:]
	if len(parts) < 2 {
		parts = append(parts, "")
	}
	return parts[0], parts[1], digits
}

// Write returns the number n of a day.
func (p Pattern) Write(code string, day data.Day, n int) string {
	before, after, digits := p.around(code, day)
	return fmt.Sprintf("%s%0*d%s", before, digits, n, after)
}

// NextCode proposes the code of the next dossier received on the day: one more
// than the highest that the register holds, or that was ever given here, for this
// pattern. "" when the pattern
// needs the code of the office and none was entered.
func (d *Desk) NextCode(day data.Day) string {
	p, office := Pattern(d.Rules().CodePattern), d.Office().Code
	if strings.Contains(string(p), "{ma}") && office == "" {
		return ""
	}
	before, after, _ := p.around(office, day)
	top, err := viewed(d, func(v View) (int, error) {
		top, _ := strconv.Atoi(string(v.Setting(codeKey(before, after))))
		v.CodesWith(before, func(code string) {
			if n, ok := between(code, before, after); ok {
				top = max(top, n)
			}
		})
		return top, nil
	})
	if err != nil {
		d.fault(err)
		return ""
	}
	return p.Write(office, day, top+1)
}

// Book is a numbered book (quyển) of the register. Offices keep one, or one for
// each group of fields (register-and-reports 1.7).
type Book struct {
	Number int      `json:"Number"`
	Name   string   `json:"Name"`
	Fields []uint32 `json:"Fields"` // the fields that it holds; empty for all that no other book holds
	Closed bool     `json:"Closed,omitempty"`
}

// Books returns the books of the office; one for everything where none was
// entered.
func (d reading) Books() ([]Stored[Book], error) {
	list, err := Records[Book](d, KindBook)
	if err == nil && len(list) == 0 {
		list = []Stored[Book]{{Value: Book{Number: 1, Name: "Sổ theo dõi hồ sơ"}}}
	}
	return list, err
}

// BookOf returns the number of the book to which a field belongs.
func (d *Desk) BookOf(field uint32) (int, error) {
	list, err := d.Books()
	if err != nil {
		return 0, err
	}
	rest := 1
	for _, b := range list {
		switch {
		case b.Value.Closed:
		case slices.Contains(b.Value.Fields, field):
			return b.Value.Number, nil
		case len(b.Value.Fields) == 0:
			rest = b.Value.Number
		}
	}
	return rest, nil
}

// NextSeq proposes the number of the next dossier in a book of a year; 0 where the
// file could not be read, which is told as a fault.
func (d *Desk) NextSeq(year, book int) int {
	n, ok := d.counted(seqKey(year, book))
	if !ok {
		return 0
	}
	return n + 1
}

// counted reads a setting that holds a number, 0 where there is none. What cannot
// be read is told as a fault; ok is false then.
func (d *Desk) counted(name string) (n int, ok bool) {
	raw, err := viewed(d, func(v View) ([]byte, error) { return v.Setting(name), nil })
	if err == nil && raw != nil {
		if n, err = strconv.Atoi(string(raw)); err != nil {
			err = data.Fail(data.Damaged, "Một số đếm trong tệp dữ liệu không đọc được. Kiểm tra tệp ở Thiết lập, hoặc khôi phục từ bản sao lưu.", err)
		}
	}
	if err != nil {
		d.fault(err)
		return 0, false
	}
	return n, true
}

// Printed counts a print of a form for each of the dossiers and returns how
// often it was printed before. Undo passes over it: paper that left the printer
// stays.
func (d *Desk) Printed(ctx context.Context, form string, ids ...uint64) (before map[uint64]int, err error) {
	before = map[uint64]int{}
	err = d.Change(ctx, Work{Title: "In " + form, Note: true}, func(tx Tx) error {
		for _, id := range ids {
			key := fmt.Sprintf("print/%s/%d", form, id)
			n := 0
			if raw := tx.Setting(key); raw != nil {
				if err := json.Unmarshal(raw, &n); err != nil {
					// It was printed before, nobody knows how often: the paper says that it is
					// printed again.
					d.fault(data.Fail(data.Damaged, "Không đọc được số lần đã in của giấy tờ này; bản in ghi là in lại.", err))
					n = 1
				}
			}
			before[id] = n
			if err := tx.PutSetting(key, []byte(strconv.Itoa(n+1))); err != nil {
				return err
			}
		}
		return nil
	})
	return before, err
}

// PrintsOf returns how often a form was printed for a dossier.
func (d *Desk) PrintsOf(form string, id uint64) int {
	n, _ := d.counted(fmt.Sprintf("print/%s/%d", form, id))
	return n
}
