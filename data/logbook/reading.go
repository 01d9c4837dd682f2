package logbook

import (
	"math/big"
	"strings"

	"giaoban/data"
)

// readGroups are the groups of the index of Quyết định 766 with their most points
// (briefing 11).
var readGroups = []struct {
	key, title string
	most       int64
}{
	{"transparency", "Công khai, minh bạch", 18}, {"progress", "Tiến độ, kết quả giải quyết", 20}, {"online", "Cung cấp DVC trực tuyến", 12},
	{"digitised", "Số hóa hồ sơ", 22}, {"payment", "Thanh toán trực tuyến", 10}, {"satisfaction", "Mức độ hài lòng", 18},
}

// Reading is the log of what the portal published of the index of Quyết định 766: what was
// read, of which period, when, by whom and where. A value of a period that was still
// running on the day of reading is a provisional one.
var Reading = Declare(&Kind{
	ID: "reading", Title: "Nhật ký đọc chỉ số 766", One: "lần đọc chỉ số", Prefix: "Đ", Day: "read_on", Head: "period",
	Fields: append(append([]Field{
		{Key: "read_on", Title: "Ngày đọc", Type: Day, Required: true, Past: true},
		{Key: "period", Title: "Kỳ", Required: true, Wide: true, Hint: "như Tháng 10/2026", Words: []string{"kỳ", "kỳ số liệu"}},
		{Key: "to", Title: "Kỳ đến ngày", Type: Day, Required: true, Hint: "số đọc trước hoặc trong ngày này là số tạm thời", Words: []string{"số liệu đến ngày"}},
		{Key: "unit", Title: "Đơn vị", Type: Unit, Hint: "để trống: toàn cơ quan"},
		{Key: "total", Title: "Tổng điểm", Required: true, Words: []string{"điểm", "tổng"}},
	}, readPoints()...),
		Field{Key: "rank", Title: "Hạng", Type: Number},
		Field{Key: "of", Title: "Số đơn vị cùng nhóm", Type: Number, Words: []string{"số đơn vị"}},
		Field{Key: "reader", Title: "Người đọc"},
		Field{Key: "source", Title: "Nguồn", Default: "Cổng Dịch vụ công quốc gia"},
		Field{Key: "evidence", Title: "Ảnh chụp, minh chứng"},
		Field{Key: "note", Title: "Ghi chú", Type: Area},
	),
	States: []State{{ID: "provisional", Title: "Số tạm thời", Tone: Soon}, {ID: "final", Title: "Số của kỳ đã hết", Tone: Good, Done: true}},
	Begun:  begunOn("read_on"),
	Derive: func(_ *World, e *Entry) (string, int) {
		if e.Day("read_on") <= e.Day("to") {
			return "provisional", 0
		}
		return "final", 0
	},
	Complete: func(_ *World, e, _ *Entry) {
		for _, key := range append([]string{"total"}, groupKeys()...) {
			e.Set(key, strings.ReplaceAll(e.Text(key), ".", ","))
		}
	},
	Check:    checkReading,
	Measures: []Measure{{ID: "reading.count", Name: "Lần đọc chỉ số 766", Unit: "lần", Of: func(*Row, data.Period) (int64, int64) { return 1, 0 }}},
	Layouts: []Layout{{ID: "C766", Title: "Nhật ký đọc chỉ số 766", Landscape: true, Columns: append(append([]Column{
		{Title: "STT", Key: "#", Width: 0.4}, {Title: "Ngày đọc", Key: "read_on", Width: 0.8}, {Title: "Kỳ", Key: "period", Width: 1.2}, {Title: "Đơn vị", Key: "unit", Width: 1.4}}, readColumns()...),
		Column{Title: "Tổng điểm", Key: "total", Width: 0.7}, Column{Title: "Hạng", Width: 0.7, Text: func(_ *Kind, r *Row) string { return RankRead(r.Entry) }},
		Column{Title: "Tình trạng", Key: "state"}, Column{Title: "Người đọc", Key: "reader"}, Column{Title: "Nguồn", Key: "source", Width: 1.2})}},
})

func groupKeys() (keys []string) {
	for _, g := range readGroups {
		keys = append(keys, g.key)
	}
	return keys
}

func readPoints() (out []Field) {
	for i, g := range readGroups {
		f := Field{Key: g.key, Title: g.title}
		if i == 0 {
			f.Section = "Điểm sáu nhóm"
		}
		out = append(out, f)
	}
	return out
}

func readColumns() (out []Column) {
	for _, g := range readGroups {
		out = append(out, Column{Title: g.title, Key: g.key, Width: 0.7})
	}
	return out
}

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

// LastReading returns the newest reading by the day of the world, of the office where of is
// 0; nil for none.
func LastReading(w *World, of uint64) (last *Entry) {
	for _, e := range w.Entries("reading") {
		if e.Ref("unit") == of && e.Day("read_on") <= w.Day && (last == nil || e.Day("read_on") >= last.Day("read_on")) {
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
