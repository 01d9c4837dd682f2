package logbook

import (
	"cmp"
	"math/big"
	"strings"

	"giaoban/data"
)

// readGroups are the groups of the index of Quyết định 766 with their most points
// (briefing 11).
var readGroups = []struct {
	key  string
	most int64
}{{"transparency", 18}, {"progress", 20}, {"online", 12}, {"digitised", 22}, {"payment", 10}, {"satisfaction", 18}}

// Reading is the log of what the portal published of the index of Quyết định 766: what was
// read, of which period, when, by whom and where. A value of a period that was still
// running on the day of reading is a provisional one.
var Reading = Declare(&Kind{
	ID:    "reading",
	Begun: begunOn("read_on"),
	Derive: func(_ *World, e *Entry) (string, int) {
		if e.Day("read_on") <= e.Day("to") {
			return "provisional", 0
		}
		return "final", 0
	},
	Complete: func(_ *World, e, _ *Entry) {
		e.Set("total", strings.ReplaceAll(e.Text("total"), ".", ","))
		for _, g := range readGroups {
			e.Set(g.key, strings.ReplaceAll(e.Text(g.key), ".", ","))
		}
	},
	Check: checkReading,
	Texts: map[string]func(*Row) string{"rank-read": func(r *Row) string { return RankRead(r.Entry) }},
})

// RankRead writes the rank of a reading as it was read: «5/34»; "" for none.
func RankRead(e *Entry) string {
	switch {
	case !e.Has("rank"):
		return ""
	case e.Has("of"):
		return e.Text("rank") + "/" + e.Text("of")
	}
	return e.Text("rank")
}

// checkReading refuses what cannot have been read: points over those of the group, six
// groups that do not make the total, a rank beyond the units.
func checkReading(_ *World, e, _ *Entry) error {
	k := Find("reading")
	points := func(key string, most int64) (*big.Rat, error) {
		x, err := data.ParseDecimal(e.Text(key))
		if err != nil || x.Sign() < 0 || x.Cmp(big.NewRat(most, 1)) > 0 {
			return nil, refuse(k.Field(key), "ghi số điểm từ 0 đến %d, ví dụ 12,45.", most)
		}
		return x, nil
	}
	total, err := points("total", 100)
	if err != nil {
		return err
	}
	sum, known := new(big.Rat), 0
	for _, g := range readGroups {
		if !e.Has(g.key) {
			continue
		}
		x, err := points(g.key, g.most)
		if err != nil {
			return err
		}
		sum.Add(sum, x)
		known++
	}
	gap := new(big.Rat).Sub(sum, total)
	switch rounding := big.NewRat(3, 100); { // half a hundredth of each group
	case known == len(readGroups) && gap.Abs(gap).Cmp(rounding) > 0, known > 0 && sum.Cmp(new(big.Rat).Add(total, rounding)) > 0:
		return refuse(k.Field("total"), "các nhóm cộng lại là %s, khác tổng đã ghi %s. Xem lại trên Cổng.", strings.ReplaceAll(sum.FloatString(2), ".", ","), e.Text("total"))
	case e.Has("rank") && e.Has("of") && e.Int("rank") > e.Int("of"):
		return refuse(k.Field("rank"), "hạng %d lớn hơn số đơn vị cùng nhóm %d.", e.Int("rank"), e.Int("of"))
	}
	return nil
}

// LastReading returns the reading of the latest time that ends in a period, or of all for
// its zero value, by the day of the world, of the office where of is 0; nil for none.
func LastReading(w *World, of uint64, p data.Period) (last *Entry) {
	newer := func(a, b *Entry) bool {
		return cmp.Or(cmp.Compare(a.Day("to"), b.Day("to")), cmp.Compare(a.Day("read_on"), b.Day("read_on"))) >= 0
	}
	for _, e := range w.Entries("reading") {
		to := e.Day("to")
		if e.Ref("unit") == of && e.Day("read_on") <= w.Day && (!p.From.Known() || p.From <= to && to <= p.To) && (last == nil || newer(e, last)) {
			last = e
		}
	}
	return last
}

// ReadText tells of a reading in one sentence: value, period, day, reader and source.
func ReadText(e *Entry) string {
	text := "Lần đọc gần nhất: " + e.Text("total") + " điểm"
	if rank := RankRead(e); rank != "" {
		text += ", hạng " + rank
	}
	text += "; kỳ " + e.Text("period")
	if e.Day("read_on") <= e.Day("to") {
		text += " (số tạm thời, kỳ chưa hết)"
	}
	text += "; đọc ngày " + e.Day("read_on").String()
	if e.Has("reader") {
		text += ", " + e.Text("reader")
	}
	if e.Has("source") {
		text += "; nguồn: " + e.Text("source")
	}
	return text + "."
}
