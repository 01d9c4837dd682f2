package scoring

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// NoneRule says what a criterion gives where nothing of it occurred («không phát
// sinh»): the maximum, nothing, points of their own, or that it is not assessed. A
// file writes "full", "zero", "na" or a number.
type NoneRule struct {
	How    string  // ZeroFull, ZeroNA, ZeroZero; "" for Points
	Points *Points // points of their own
}

// UnmarshalJSON reads a word or a number.
func (z *NoneRule) UnmarshalJSON(raw []byte) error {
	*z = NoneRule{}
	var how string
	if bytes.HasPrefix(raw, []byte(`"`)) && json.Unmarshal(raw, &how) == nil && validZero(how) && how != "" {
		z.How = how
		return nil
	}
	z.Points = new(Points)
	if err := z.Points.UnmarshalJSON(raw); err != nil {
		return fmt.Errorf("điểm khi không phát sinh cần full, na, zero hoặc một số điểm")
	}
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads.
func (z *NoneRule) MarshalJSON() ([]byte, error) {
	if z.Points != nil {
		return json.Marshal(z.Points)
	}
	return json.Marshal(z.How)
}

// outcome is what the rule gives n.
func (z *NoneRule) outcome(n *Node) outcome {
	const head = "không phát sinh: "
	switch {
	case z.Points != nil:
		return fixed(*z.Points, "%s%s điểm", head, z.Points.String())
	case z.How == ZeroFull:
		return fixed(n.Max, "%sđiểm tối đa", head)
	case z.How == ZeroNA:
		return outcome{na: true}
	}
	return fixed(0, "%s0 điểm", head)
}

func (z *NoneRule) line() RuleLine {
	if z.Points != nil {
		return RuleLine{"Không phát sinh", z.Points}
	}
	return RuleLine{Text: map[string]string{ZeroFull: "Không phát sinh: điểm tối đa", ZeroNA: "Không phát sinh: không đánh giá", ZeroZero: "Không phát sinh: 0 điểm"}[z.How]}
}

func (z *NoneRule) check(n *Node, fault func(string, ...any)) {
	if p := z.Points; p != nil {
		n.tooLow(*p, "trường hợp không phát sinh", fault)
		if *p > n.Max {
			fault("điểm khi không phát sinh %s lớn hơn điểm tối đa %s", p.String(), n.Max.String())
		}
	}
}

// zeroSentence tells what a = 0 gives, "" where the rule does not say.
func zeroSentence(when string) string {
	switch when {
	case ZeroFull:
		return "Không phát sinh (a = 0): điểm tối đa"
	case ZeroNA:
		return "Không phát sinh (a = 0): không đánh giá"
	case ZeroZero:
		return "Không phát sinh (a = 0): 0 điểm"
	}
	return ""
}
