package desk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
)

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
	raw, err := json.Marshal(Given{Holder: one.ID, Code: one.Code, At: d.Now().Unix()})
	if err != nil {
		return err
	}
	return tx.PutSetting(fmt.Sprintf("%s/%08d", name, number), raw)
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
	return viewed(d, func(v View) ([]Given, error) {
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
	return viewed(d, func(v View) ([]Given, error) {
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
		parts[i] = fmt.Sprintf("%d (%s, %s)", g.Number, g.Code, data.DayOf(time.Unix(g.At, 0).In(where)))
	}
	return "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): " + strings.Join(parts, "; ")
}
