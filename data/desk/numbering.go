package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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
	top, err := Viewed(d, func(v View) (int, error) {
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
	raw, err := Viewed(d, func(v View) ([]byte, error) { return v.Setting(name), nil })
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

// Numbers leave the office on paper as soon as they are saved, so what was given
// is kept under settings that undo passes over (ledger.Lasting): the counters
// never go back, and a receipt or a letter that is undone leaves a gap that the
// book names. Redo brings back the same number for the same dossier.

// Given is a number that left on paper.
type Given struct {
	Number int    `json:"-"`
	Holder uint64 `json:"Holder"` // id of the dossier
	Code   string `json:"Code"`   // of the dossier
	At     int64  `json:"At"`     // when it was given, Unix seconds
}

// keep raises the counter of a name to the number.
func keep(tx Tx, name string, number int) error {
	if last, _ := strconv.Atoi(string(tx.Setting(name))); number <= last {
		return nil
	}
	return tx.PutSetting(name, []byte(strconv.Itoa(number)))
}

// give remembers who holds a number of a book.
func (d *Desk) give(tx Tx, name string, number int, one *data.Dossier) error {
	return putJSON(tx, fmt.Sprintf("%s/%08d", name, number), Given{Holder: one.ID, Code: one.Code, At: d.Now().Unix()})
}

// givenOf returns who holds a number of a book; ok is false where nobody was
// noted, as for what was imported.
func givenOf(v View, name string, number int) (g Given, ok bool, err error) {
	raw := v.Setting(fmt.Sprintf("%s/%08d", name, number))
	if raw == nil {
		return g, false, nil
	}
	return g, true, json.Unmarshal(raw, &g)
}

// skipped returns the numbers under a name that nobody holds any more.
func skipped(v View, name string, held func(Given) (bool, error)) (out []Given, err error) {
	err = v.SettingsWith(name+"/", func(key string, value []byte) error {
		var g Given
		if err := json.Unmarshal(value, &g); err != nil {
			return err
		}
		g.Number, err = strconv.Atoi(strings.TrimPrefix(key, name+"/"))
		if err != nil {
			return err
		}
		ok, err := held(g)
		if err == nil && !ok {
			out = append(out, g)
		}
		return err
	})
	slices.SortFunc(out, func(a, b Given) int { return cmp.Compare(a.Number, b.Number) })
	return out, err
}

// The names under which numbers are kept.
func seqKey(year, book int) string        { return fmt.Sprintf("seq/%d/%d", year, book) }
func numberKey(year, book int) string     { return fmt.Sprintf("given/number/%d/%d", year, book) }
func letterKey(year int) string           { return fmt.Sprintf("given/letter/%d", year) }
func codeKey(before, after string) string { return "given/code/" + before + "*" + after }

// takeSeq gives a dossier the next number of its book, or keeps one that was
// typed. A number that another dossier holds is refused: data.Conflict.
func (d *Desk) takeSeq(tx Tx, one *data.Dossier) error {
	if one.Book == 0 {
		return nil
	}
	year := one.Received.Day.Year()
	if one.Seq == 0 {
		last, _ := strconv.Atoi(string(tx.Setting(seqKey(year, one.Book))))
		one.Seq = last + 1
		return nil
	}
	g, ok, err := givenOf(tx, numberKey(year, one.Book), one.Seq)
	if err != nil || !ok || g.Holder == one.ID && one.ID != 0 {
		return err
	}
	other, err := tx.Dossier(g.Holder)
	switch {
	case data.CodeOf(err) == data.NotFound:
		return nil // the officer enters anew what was undone, with the number on its paper
	case err != nil:
		return err
	case other.Seq == one.Seq && other.Book == one.Book && other.Received.Day.Year() == year:
		return &data.Error{Code: data.Conflict, Field: "seq", Message: fmt.Sprintf("Quyển %d năm %d: số %d đã cấp cho hồ sơ %s. Để trống để lấy số tiếp theo.",
			one.Book, year, one.Seq, other.Code)}
	}
	return nil
}

// dropped returns who had the number that was typed for a new dossier, where it
// was taken back.
func (d *Desk) dropped(one *data.Dossier) (g Given, ok bool) {
	if one.Seq == 0 || one.Book == 0 || one.ID != 0 || !one.Received.Known() {
		return g, false
	}
	list, err := d.Skipped(one.Received.Day.Year(), one.Book)
	if err != nil {
		d.fault(err)
		return g, false
	}
	i := slices.IndexFunc(list, func(g Given) bool { return g.Number == one.Seq })
	if i < 0 {
		return g, false
	}
	return list[i], true
}

// keepNumbers remembers the number in the book and the code of a dossier that is
// stored in the same transaction.
func (d *Desk) keepNumbers(tx Tx, one *data.Dossier) error {
	if one.Book != 0 && one.Seq != 0 {
		year := one.Received.Day.Year()
		if err := keep(tx, seqKey(year, one.Book), one.Seq); err != nil {
			return err
		}
		if err := d.give(tx, numberKey(year, one.Book), one.Seq, one); err != nil {
			return err
		}
	}
	p, office := Pattern(d.Rules().CodePattern), d.Office().Code
	for _, day := range []data.Day{one.Received.Day, data.CodeDay(one.Code)} {
		if !day.Known() {
			continue
		}
		before, after, _ := p.around(office, day)
		if n, ok := between(one.Code, before, after); ok {
			return keep(tx, codeKey(before, after), n)
		}
	}
	return nil
}

// between reads the running number that stands between two texts.
func between(code, before, after string) (n int, ok bool) {
	rest, ok := strings.CutPrefix(code, before)
	if !ok {
		return 0, false
	}
	if rest, ok = strings.CutSuffix(rest, after); !ok {
		return 0, false
	}
	n, err := strconv.Atoi(rest)
	return n, err == nil && n > 0
}

// Skipped returns the numbers of a book of a year that were given and taken back
// by undo or a correction, in order. They are never given again.
func (d reading) Skipped(year, book int) (out []Given, err error) {
	return Viewed(d, func(v View) ([]Given, error) {
		return skipped(v, numberKey(year, book), func(g Given) (bool, error) {
			one, err := v.Dossier(g.Holder)
			if data.CodeOf(err) == data.NotFound {
				return false, nil
			}
			return one.Book == book && one.Seq == g.Number && one.Received.Day.Year() == year, err
		})
	})
}

// SkippedLetters returns the numbers of the letter book of a year that were given
// and taken back by undo.
func (d reading) SkippedLetters(year int) (out []Given, err error) {
	return Viewed(d, func(v View) ([]Given, error) {
		letters, err := Records[data.Letter](v, KindLetter)
		if err != nil {
			return nil, err
		}
		there := map[int]bool{}
		for _, l := range letters {
			if l.Value.Year == year {
				there[l.Value.Number] = true
			}
		}
		return skipped(v, letterKey(year), func(g Given) (bool, error) { return there[g.Number], nil })
	})
}

// SkippedText names skipped numbers for the foot of a book, with the dossier that
// had each: "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 15 (…-0002, 01/06/2026)".
// "" for none.
func SkippedText(list []Given, where *time.Location) string {
	if len(list) == 0 {
		return ""
	}
	parts := make([]string, len(list))
	for i, g := range list {
		parts[i] = fmt.Sprintf("%d (%s, %s)", g.Number, g.Code, data.MomentAt(g.At, where).Day)
	}
	return "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): " + strings.Join(parts, "; ")
}
