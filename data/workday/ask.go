package workday

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"giaoban/data"
)

// Answer is what the office said to a question of a year.
type Answer uint8

// The answers.
const (
	Unanswered Answer = iota // nobody said yet
	Yes                      // the days of the question hold
	No                       // the year stays as it is
)

var answerKeys = [...]string{"", "co", "khong"}

// Key returns the name used in calendar files: "" while nobody said, co or khong.
func (a Answer) Key() string { return answerKeys[min(int(a), len(answerKeys)-1)] }

// String returns the Vietnamese word.
func (a Answer) String() string {
	return [...]string{"chưa trả lời", "có", "không"}[min(int(a), len(answerKeys)-1)]
}

func parseAnswer(key string) (Answer, error) {
	if i := slices.Index(answerKeys[:], key); i >= 0 {
		return Answer(i), nil
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Câu trả lời «%s» trong lịch không có. Dùng co hoặc khong, để trống khi chưa trả lời.", key), nil)
}

// Ask is a question about a year that was open when the calendar was shipped, such
// as a swap that was only proposed. The officer answers it once; until then no
// alarm is raised because of the days that it touches.
type Ask struct {
	ID, Text string
	Source   string    // where the question comes from, with its day
	IfYes    []Special // what days become by the answer yes; Plain ones are ordinary days again
	Answer   Answer
	Was      []Special // what the answer yes replaced, for when it is taken back
}

// Plain is the kind that makes a day of an answer an ordinary one.
const Plain Kind = 0

const plainKey = "ngay-thuong"

type askFile struct {
	ID     string    `json:"id"`
	Text   string    `json:"text"`
	Source string    `json:"source"`
	IfYes  []dayFile `json:"ifYes"`
	Answer string    `json:"answer,omitempty"`
	Was    []dayFile `json:"was,omitempty"`
}

func (a Ask) file(y Year) askFile {
	f := askFile{ID: a.ID, Text: a.Text, Source: a.Source, Answer: a.Answer.Key(), IfYes: make([]dayFile, len(a.IfYes))}
	for i, s := range a.IfYes {
		f.IfYes[i] = s.file(s.Standing) // the year's own standing counts when it is answered
		if s.Kind == Plain {
			f.IfYes[i].Kind = plainKey
		}
	}
	for _, s := range a.Was {
		f.Was = append(f.Was, s.file(y.Standing))
	}
	return f
}

func (f askFile) read(standing Standing) (Ask, error) {
	a := Ask{ID: f.ID, Text: f.Text, Source: f.Source, IfYes: make([]Special, len(f.IfYes))}
	var err error
	if a.Answer, err = parseAnswer(f.Answer); err != nil {
		return a, err
	}
	for i, d := range f.IfYes {
		if plain := d.Kind == plainKey; plain {
			if a.IfYes[i].Date, err = data.ParseISO(d.Date); err != nil {
				return a, err
			}
			a.IfYes[i].Standing = standing
			continue
		}
		if a.IfYes[i], err = d.read(standing); err != nil {
			return a, err
		}
	}
	for _, d := range f.Was {
		s, err := d.read(standing)
		if err != nil {
			return a, err
		}
		a.Was = append(a.Was, s)
	}
	return a, nil
}

// validateAsks checks that questions can be told apart and that their days belong
// to the year, so that each answer gives a year that is valid too.
func (y Year) validateAsks() error {
	ids := map[string]bool{}
	for _, a := range y.Asks {
		if a.ID == "" || a.Text == "" || ids[a.ID] {
			return &data.Error{Code: data.Invalid, Field: "calendar", Message: fmt.Sprintf("Lịch năm %d: câu hỏi «%s» thiếu mã, thiếu nội dung hoặc trùng mã.", y.Number, a.ID)}
		}
		ids[a.ID] = true
		answered := Year{Number: y.Number, Standing: y.Standing}
		for _, s := range a.IfYes {
			if s.Kind != Plain {
				answered.Days = append(answered.Days, s)
			} else if s.Date.Year() != y.Number {
				return &data.Error{Code: data.Invalid, Field: "calendar", Message: fmt.Sprintf("Lịch năm %d: câu hỏi «%s» có ngày %s của năm khác.", y.Number, a.ID, s.Date)}
			}
		}
		sortDays(answered.Days)
		if err := answered.validate(); err != nil {
			return err
		}
	}
	return nil
}

func sortDays(days []Special) {
	sort.SliceStable(days, func(i, j int) bool { return days[i].Date < days[j].Date })
}

// Answered returns the year with a question answered. Yes puts the days of the
// question in the place of what stood there; No, and taking a yes back, put there
// again what the yes replaced. An unknown id is data.NotFound.
func (y Year) Answered(id string, answer Answer) (Year, error) {
	i := slices.IndexFunc(y.Asks, func(a Ask) bool { return a.ID == id })
	if i < 0 {
		return y, data.Fail(data.NotFound, fmt.Sprintf("Lịch năm %d không có câu hỏi «%s».", y.Number, id), nil)
	}
	y.Asks = slices.Clone(y.Asks)
	a := &y.Asks[i]
	switch {
	case answer == Yes && a.Answer != Yes:
		y.Days, a.Was = replaceDays(y.Days, a.IfYes, a.held(y.Standing))
	case answer != Yes && a.Answer == Yes:
		y.Days, _ = replaceDays(y.Days, a.IfYes, a.Was)
		a.Was = nil
	}
	a.Answer = answer
	return y, nil
}

// held returns the special days of the answer yes, in a year of the standing.
func (a *Ask) held(standing Standing) []Special {
	var out []Special
	for _, s := range a.IfYes {
		if s.Kind == Plain {
			continue
		}
		if s.Standing = standing; s.Basis == "" {
			s.Basis = a.Source
		}
		out = append(out, s)
	}
	return out
}

// replaceDays takes the days out that old names and puts others in. It returns the
// days, and those that were taken out.
func replaceDays(days, old, put []Special) (out, taken []Special) {
	for _, s := range days {
		if slices.ContainsFunc(old, func(o Special) bool { return o.Date == s.Date }) {
			taken = append(taken, s)
		} else {
			out = append(out, s)
		}
	}
	out = append(out, put...)
	sortDays(out)
	return out, taken
}

// OpenAsks returns the questions of the year that nobody answered.
func (y Year) OpenAsks() []Ask {
	return data.Where(y.Asks, func(a Ask) bool { return a.Answer == Unanswered })
}

// InQuestion reports whether an open question touches the day: whether the office
// works on it is not certain.
func (c *Calendar) InQuestion(d data.Day) bool {
	_, found := slices.BinarySearch(c.asked, d)
	return found
}

// questioned reports whether an open question touches one of the days.
func (c *Calendar) questioned(from, to data.Day) bool {
	i, _ := slices.BinarySearch(c.asked, from)
	return i < len(c.asked) && c.asked[i] <= to
}

// Answers returns the calendars that the open questions leave possible: the
// calendar itself first, then one for each question as if its answer were yes.
func (c *Calendar) Answers() []*Calendar { return c.answers() }

// possible works out Answers.
func (c *Calendar) possible() []*Calendar {
	out := []*Calendar{c}
	for _, n := range c.Years() {
		for _, a := range c.years[n].OpenAsks() {
			y, err := c.years[n].Answered(a.ID, Yes)
			if err != nil {
				continue
			}
			if other, err := c.With(y); err == nil {
				out = append(out, other)
			}
		}
	}
	return out
}

// DueDays returns the days on which a dossier may be due by the answers to the
// open questions, the one by the calendar as it stands first; one day where no
// question touches the term. Its errors are those of Due.
func DueDays(c *Calendar, received data.Moment, term data.Term, pauses []Span, mode data.PauseMode, o Options) ([]data.Day, error) {
	due, err := DueMoment(c, received, term, pauses, mode, o)
	if err != nil {
		return nil, err
	}
	out := []data.Day{due.Day}
	if !due.Known() || !c.questioned(received.Day, due.Day) {
		return out, nil
	}
	for _, other := range c.Answers()[1:] {
		if due, err := DueMoment(other, received, term, pauses, mode, o); err == nil && due.Known() && !slices.Contains(out, due.Day) {
			out = append(out, due.Day)
		}
	}
	return out, nil
}

// WorkingDaysAtLeast is WorkingDays by the answer to the open questions that gives
// the fewest.
func (c *Calendar) WorkingDaysAtLeast(from, to data.Day) int {
	n := c.WorkingDays(from, to)
	if !c.questioned(from, to) {
		return n
	}
	for _, other := range c.Answers()[1:] {
		n = min(n, other.WorkingDays(from, to))
	}
	return n
}

// cultureDay is the day of Resolution 28/2026/QH16, off every year from 2026 on. It
// stands beside the holidays of the Labour Code, so that the rule of a day in lieu
// (article 111.3) is not applied to it; a notice may say otherwise for a year.
func cultureDay(year int) (Special, bool) {
	return Special{Date: data.Date(year, time.November, 24), Kind: Holiday, Name: culture, Basis: "Nghị quyết 28/2026/QH16", Standing: Proposed}, year >= 2026
}
