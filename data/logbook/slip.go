package logbook

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
	Facts: map[string]Fact{"slips": slips, "very-pleased": truth(veryPleased), "pleased": truth(pleased), "displeased": truth(displeased)},
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
