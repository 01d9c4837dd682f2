package scoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"giaoban/data"
)

// Counts tell how often each option of a bonus or penalty applies, or the points
// that a council gives it.
type Counts map[string]Number

// Sheet holds the answers of one unit for one year.
type Sheet struct {
	CriteriaSet string // id of a shipped set or path of a file
	Year        int    // 0 for the year of the set; dates of the sheet are judged in it
	// Survey tells whether a survey was held; nil finds out: it was where a
	// leaf of the survey has an answer.
	Survey  *bool
	Answers map[string]Answer // by code of leaf
	Bonus   map[string]Counts // by code of bonus
	Penalty map[string]Counts
	// Unit is what the rules ask of the unit.
	Unit Facts
	// LastYear holds the answers of the year before, by code; their Points are those
	// that the criterion got.
	LastYear map[string]Answer
	// Peers are the figures of the other units of the group, by code of a leaf whose
	// points depend on them: an empty list for a unit alone, none where they are not
	// known yet.
	Peers map[string][]Number
	// Submitted is the day on which the sheet came; unknown is not judged.
	Submitted data.Day
	// Stored says that the answers were taken before: one that is refused today leaves its
	// criterion open with a remark, where Evaluate would refuse the sheet.
	Stored bool
}

// ParseSheet reads a sheet in the shape of the command contract. The error is a
// *data.Error of code Invalid that names the criterion (Field holds its code).
func ParseSheet(raw []byte) (*Sheet, error) {
	raw, err := cleanJSON(raw, "phiếu")
	if err != nil {
		return nil, err
	}
	var whole json.RawMessage
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, invalid("", "Phiếu tự chấm không đọc được: %s.", explain(err))
	}
	list, err := members(whole)
	if err != nil {
		return nil, invalid("", "Phiếu tự chấm không đọc được: %s.", explain(err))
	}
	s := &Sheet{Answers: map[string]Answer{}}
	for _, m := range list {
		if err := s.set(m); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Sheet) set(m member) error {
	bad := func(what string) error {
		return invalid(m.key, "Phiếu tự chấm: mục «%s» cần %s.", m.key, what)
	}
	switch m.key {
	case "criteria_set":
		if json.Unmarshal(m.value, &s.CriteriaSet) != nil {
			return bad("mã hoặc đường dẫn của bộ tiêu chí")
		}
		s.CriteriaSet = strings.TrimSpace(s.CriteriaSet)
	case "year":
		if json.Unmarshal(m.value, &s.Year) != nil || s.Year < data.FirstYear || s.Year > 2200 {
			return bad("một năm, ví dụ 2023")
		}
	case "survey":
		if json.Unmarshal(m.value, &s.Survey) != nil {
			return bad("true hoặc false")
		}
	case "answers":
		return answersOf(m.value, s.Answers, bad)
	case "last_year":
		s.LastYear = map[string]Answer{}
		return answersOf(m.value, s.LastYear, bad)
	case "unit":
		if err := s.Unit.UnmarshalJSON(m.value); err != nil {
			return bad("đặc điểm của đơn vị; " + explain(err))
		}
	case "peers":
		if json.Unmarshal(m.value, &s.Peers) != nil {
			return bad("số liệu của các đơn vị khác theo mã tiêu chí, ví dụ {\"2.1\": [80, 95.5]}")
		}
	case "submitted":
		var text string
		day, err := data.NoDay, json.Unmarshal(m.value, &text)
		if err == nil {
			day, err = data.ParseISO(text)
		}
		if err != nil {
			return bad("ngày nộp phiếu theo mẫu 2023-01-31")
		}
		s.Submitted = day
	case "bonus":
		return adjustCounts(m.value, "thưởng", &s.Bonus)
	case "penalty":
		return adjustCounts(m.value, "trừ", &s.Penalty)
	}
	return nil
}

// answersOf reads answers by code.
func answersOf(raw json.RawMessage, into map[string]Answer, bad func(string) error) error {
	answers, err := members(raw)
	if err != nil {
		return bad("câu trả lời theo mã tiêu chí; " + explain(err))
	}
	for _, a := range answers {
		var answer Answer
		if err := answer.UnmarshalJSON(a.value); err != nil {
			return fault(a.key, explain(err))
		}
		into[a.key] = answer
	}
	return nil
}

func adjustCounts(raw json.RawMessage, name string, to *map[string]Counts) error {
	list, err := members(raw)
	if err != nil {
		return invalid("", "Điểm %s của phiếu: %s.", name, explain(err))
	}
	*to = map[string]Counts{}
	for _, m := range list {
		counts, err := members(m.value)
		if err != nil {
			return invalid(m.key, "Điểm %s %s: %s.", name, clip(m.key), explain(err))
		}
		out := Counts{}
		for _, c := range counts {
			var n Number
			if err := n.UnmarshalJSON(c.value); err != nil {
				return invalid(m.key, "Điểm %s %s: «%s» cần một số.", name, clip(m.key), clip(c.key))
			}
			out[c.key] = n
		}
		(*to)[m.key] = out
	}
	return nil
}

// MarshalJSON writes the sheet as ParseSheet reads it.
func (s *Sheet) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		CriteriaSet string              `json:"criteria_set"`
		Year        int                 `json:"year,omitempty"`
		Survey      *bool               `json:"survey,omitempty"`
		Answers     map[string]Answer   `json:"answers"`
		Bonus       map[string]Counts   `json:"bonus,omitempty"`
		Penalty     map[string]Counts   `json:"penalty,omitempty"`
		Unit        Facts               `json:"unit,omitempty"`
		LastYear    map[string]Answer   `json:"last_year,omitempty"`
		Peers       map[string][]Number `json:"peers,omitempty"`
		Submitted   string              `json:"submitted,omitempty"`
	}{s.CriteriaSet, s.Year, s.Survey, s.Answers, s.Bonus, s.Penalty, s.Unit, s.LastYear, s.Peers, s.Submitted.ISO()})
}

// inputError says which inputs a criterion takes.
func inputError(n *Node) error {
	return fmt.Errorf("câu trả lời không đúng kiểu, tiêu chí này cần «%s»", strings.Join(n.Inputs(), "», «"))
}

var errOverrideNote = errors.New("điểm sửa tay cần ghi lý do ở mục note")
