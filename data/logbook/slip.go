package logbook

import "giaoban/data"

// Slip is the register of satisfaction slips: one a row, or typed totals (briefing 6).
var Slip = Declare(&Kind{
	ID: "slip", Repeats: true,
	Begun: begunOn("date"),
	Check: func(_ *World, e, _ *Entry) error {
		k := Find("slip")
		scale, level := e.Int("scale"), e.Int("level")
		if scale != 3 && scale != 5 {
			return refuse(k.Field("scale"), "chỉ có thang 3 mức hoặc 5 mức.")
		}
		if level < 1 || level > scale {
			return refuse(k.Field("level"), "thang %d mức thì ghi từ 1 (thấp nhất) đến %d.", scale, scale)
		}
		return nil
	},
	Measures: []Measure{
		{ID: "slip.count", Name: "Phiếu khảo sát hài lòng", Unit: "phiếu", Of: func(r *Row, _ data.Period) (int64, int64) { return slips(r), 0 }},
		{ID: "slip.very", Name: "Tỷ lệ rất hài lòng", Unit: "%", Denom: "phiếu", Of: slipShare(veryPleased)},
		{ID: "slip.satisfied", Name: "Tỷ lệ hài lòng và rất hài lòng", Unit: "%", Denom: "phiếu", Of: slipShare(pleased)},
		{ID: "slip.dissatisfied", Name: "Tỷ lệ không hài lòng", Unit: "%", Denom: "phiếu", Of: slipShare(displeased)},
	},
	Layouts: []Layout{
		{ID: "S1", Title: "Mức độ hài lòng theo đơn vị", Landscape: true, Tally: true, Group: byUnit, Columns: slipTally("Đơn vị")},
		{ID: "S2", Title: "Mức độ hài lòng theo công chức tiếp nhận", Landscape: true, Tally: true, Inside: true, Group: func(_ *Kind, r *Row) (string, string) {
			if r.Has("officer") {
				return r.Text("officer"), r.Text("officer")
			}
			return "", "Chưa ghi công chức"
		}, Columns: slipTally("Công chức tiếp nhận")},
	},
})

// slips returns how many slips a row stands for.
func slips(r *Row) int64 {
	if r.Has("count") {
		return r.Int("count")
	}
	return 1
}

// The top level is very pleased, the next one pleased; of five, three says nothing and
// one and two are displeased, of three one is.
func veryPleased(r *Row) bool { return r.Int("level") == r.Int("scale") }
func pleased(r *Row) bool     { return r.Int("level") >= r.Int("scale")-1 }
func displeased(r *Row) bool  { return r.Int("level") <= r.Int("scale")/2 }

func slipShare(is func(*Row) bool) func(*Row, data.Period) (int64, int64) {
	return func(r *Row, _ data.Period) (int64, int64) {
		n := slips(r)
		return n * one(is(r)), n
	}
}

func slipsOf(is func(*Row) bool) func(*Row) int64 {
	return func(r *Row) int64 { return slips(r) * one(is(r)) }
}

func slipTally(group string) []Column {
	just := func(r *Row) bool { return pleased(r) && !veryPleased(r) }
	return []Column{{Title: "STT", Key: "#", Width: 0.3}, {Title: group, Key: "group", Width: 3},
		{Title: "Số phiếu phát ra", Count: func(r *Row) int64 { return r.Int("issued_count") }}, {Title: "Số phiếu thu về", Count: slips},
		{Under: "Rất hài lòng", Title: "Số", Count: slipsOf(veryPleased)}, {Under: "Rất hài lòng", Title: "%", Count: slipsOf(veryPleased), Of: slips},
		{Under: "Hài lòng", Title: "Số", Count: slipsOf(just)}, {Under: "Hài lòng", Title: "%", Count: slipsOf(just), Of: slips},
		{Under: "Không hài lòng", Title: "Số", Count: slipsOf(displeased)}, {Under: "Không hài lòng", Title: "%", Count: slipsOf(displeased), Of: slips},
		{Title: "Chỉ số hài lòng %", Count: slipsOf(pleased), Of: slips}}
}
