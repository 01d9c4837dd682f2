package desk

import (
	"encoding/json"

	"giaoban/data"
	"giaoban/data/register"
)

// KindFilter is the kind of record under which saved filters are kept.
const KindFilter = "filter"

// SavedFilter is a question to the register under a name.
type SavedFilter struct {
	Name  string
	Order int
	Query Query
	// Fixed is set where the question was asked as of a day of its own. Else the
	// day of a figure runs with today, up to the end of its period.
	Fixed bool
}

// storedFilter is a SavedFilter in the file. The register may change how it is
// asked; these names stay.
type storedFilter struct {
	Name  string      `json:"Name"`
	Order int         `json:"Order"`
	Query storedQuery `json:"Query"`
	Fixed bool        `json:"Fixed,omitempty"`
}

type storedQuery struct {
	Units         []uint32        `json:"Units"`
	Fields        []uint32        `json:"Fields"`
	Procedures    []uint32        `json:"Procedures"`
	Levels        []data.Level    `json:"Levels"`
	Channels      []data.Channel  `json:"Channels"`
	Receivers     []uint32        `json:"Receivers,omitempty"`
	Desks         []string        `json:"Desks,omitempty"`
	Officers      []string        `json:"Officers,omitempty"`
	FollowMergers bool            `json:"FollowMergers,omitempty"`
	Text          string          `json:"Text"`
	Period        *data.Period    `json:"Period"`
	Column        data.Column     `json:"Column"`
	AsOf          data.Day        `json:"AsOf"`
	Today         data.Day        `json:"Today"`
	Outcomes      []data.Outcome  `json:"Outcomes"`
	Statuses      []data.Status   `json:"Statuses,omitempty"`
	Received      *storedSpan     `json:"Received,omitempty"`
	Due           *storedSpan     `json:"Due"`
	Ended         *storedSpan     `json:"Ended,omitempty"`
	Letter        register.Answer `json:"Letter,omitempty"`
	Cancel        register.Answer `json:"Cancel,omitempty"`
	Waiting       *storedWait     `json:"Waiting,omitempty"`
	Rate          string          `json:"Rate"`
	Sort          register.Sort   `json:"Sort"`
	Reverse       bool            `json:"Reverse"`
	Then          register.Sort   `json:"Then,omitempty"`
	ThenReverse   bool            `json:"ThenReverse,omitempty"`
}

type storedSpan struct {
	From data.Day `json:"From"`
	To   data.Day `json:"To"`
}

type storedWait struct {
	Days    int  `json:"Days"`
	Citizen bool `json:"Citizen"`
}

// MarshalJSON writes the filter as it is kept.
func (f SavedFilter) MarshalJSON() ([]byte, error) {
	q := &f.Query
	return json.Marshal(storedFilter{f.Name, f.Order, storedQuery{
		q.Units, q.Fields, q.Procedures, q.Levels, q.Channels, q.Receivers, q.Desks, q.Officers, q.FollowMergers,
		q.Text, q.Period, q.Column, q.AsOf, q.Today, q.Outcomes, q.Statuses,
		(*storedSpan)(q.Received), (*storedSpan)(q.Due), (*storedSpan)(q.Ended), q.Letter, q.Cancel, (*storedWait)(q.Waiting),
		q.Rate, q.Sort, q.Reverse, q.Then, q.ThenReverse,
	}, f.Fixed})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *SavedFilter) UnmarshalJSON(raw []byte) error {
	var s storedFilter
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	q := &s.Query
	*f = SavedFilter{s.Name, s.Order, Query{
		Filter: Filter{Units: q.Units, Fields: q.Fields, Procedures: q.Procedures, Levels: q.Levels, Channels: q.Channels,
			Receivers: q.Receivers, Desks: q.Desks, Officers: q.Officers, FollowMergers: q.FollowMergers},
		Text: q.Text, Period: q.Period, Column: q.Column, AsOf: q.AsOf, Today: q.Today, Outcomes: q.Outcomes, Statuses: q.Statuses,
		Received: (*register.DaySpan)(q.Received), Due: (*register.DaySpan)(q.Due), Ended: (*register.DaySpan)(q.Ended),
		Letter: q.Letter, Cancel: q.Cancel, Waiting: (*register.Waiting)(q.Waiting), Rate: q.Rate, Sort: q.Sort, Reverse: q.Reverse,
		Then: q.Then, ThenReverse: q.ThenReverse,
	}, s.Fixed}
	return nil
}
