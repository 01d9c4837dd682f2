package scoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"giaoban/data"
)

// Counts tell how often each option of a bonus or penalty applies.
type Counts map[string]int64

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
		answers, err := members(m.value)
		if err != nil {
			return bad("câu trả lời theo mã tiêu chí; " + explain(err))
		}
		for _, a := range answers {
			var answer Answer
			if err := answer.UnmarshalJSON(a.value); err != nil {
				return fault(a.key, explain(err))
			}
			s.Answers[a.key] = answer
		}
	case "bonus":
		return adjustCounts(m.value, "thưởng", &s.Bonus)
	case "penalty":
		return adjustCounts(m.value, "trừ", &s.Penalty)
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
		counts, err := decodeCounts(m.value)
		if err != nil {
			return invalid(m.key, "Điểm %s %s: %s.", name, clip(m.key), err)
		}
		(*to)[m.key] = counts
	}
	return nil
}

// MarshalJSON writes the sheet as ParseSheet reads it.
func (s *Sheet) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		CriteriaSet string            `json:"criteria_set"`
		Year        int               `json:"year,omitempty"`
		Survey      *bool             `json:"survey,omitempty"`
		Answers     map[string]Answer `json:"answers"`
		Bonus       map[string]Counts `json:"bonus,omitempty"`
		Penalty     map[string]Counts `json:"penalty,omitempty"`
	}{s.CriteriaSet, s.Year, s.Survey, s.Answers, s.Bonus, s.Penalty})
}

// inputError says which inputs a rule takes.
func inputError(r Rule) error {
	return fmt.Errorf("câu trả lời không đúng kiểu, tiêu chí này cần «%s»", strings.Join(r.Inputs(), "», «"))
}

var errOverrideNote = errors.New("điểm sửa tay cần ghi lý do ở mục note")
