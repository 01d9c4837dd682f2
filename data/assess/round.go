package assess

// Round is one of the rounds in which a line of a sheet is judged (scoring,
// section 4).
type Round uint8

// The rounds, in their order.
const (
	Self      Round = iota + 1 // tự chấm, by the unit
	First                      // thẩm định lần 1
	Explained                  // giải trình: the points that the unit asks for; they never count by themselves
	Second                     // thẩm định lần 2
)

// Rounds are all rounds in their order.
var Rounds = []Round{Self, First, Explained, Second}

// String returns the Vietnamese name.
func (r Round) String() string {
	return [...]string{"", "Tự chấm", "Thẩm định lần 1", "Giải trình", "Thẩm định lần 2"}[r&7%5]
}
