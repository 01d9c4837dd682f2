package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Register is the model of the screen Sổ hồ sơ: a list narrowed by a search
// text and filters, and the dossier chosen in it.
type Register struct {
	s *Session

	query  desk.Query
	shown  desk.Query  // the question that list answers, with its day
	title  string      // what the list is when it came from a figure, else ""
	from   *desk.Query // what that figure asked
	list   desk.List
	asked  int // number of the newest question; answers to older ones are dropped
	busy   bool
	rows   map[uint32]RegisterRow
	chosen uint64
	saved  savedFilters

	groupBy data.Group // how the list is counted by group, "" when it is not
	groups  []desk.GroupCount

	// Memory keeps the small habits of the officer between two starts: columns,
	// slips wanted.
	Memory Memory
	// Changed is called when the list changed, OpenChanged when another dossier
	// is shown in the pane, FiltersChanged when saved filters or their counts did.
	Changed, OpenChanged, FiltersChanged func()
}

// Memory keeps short texts by key, as the preferences of the program do.
type Memory interface {
	String(key string) string
	SetString(key, value string)
}

// forgetful is a Memory for as long as the program runs.
type forgetful map[string]string

func (f forgetful) String(key string) string    { return f[key] }
func (f forgetful) SetString(key, value string) { f[key] = value }

// RegisterRow is one line of the list.
type RegisterRow struct {
	ID                                                       uint64
	Code, Owner, Procedure, Unit, Received, Due, Ended, Note string
	Outcome                                                  data.Outcome
	State                                                    string // in words
	Soon                                                     bool   // due within two working days
	texts                                                    *rowTexts
}

// rowTexts are the texts of a line by column.
type rowTexts map[string]string

// Text returns what stands in a column.
func (r RegisterRow) Text(column string) string {
	if r.texts == nil {
		return ""
	}
	return (*r.texts)[column]
}

// NewRegister returns the model of the list of all dossiers.
func NewRegister(s *Session) *Register {
	m := &Register{s: s, rows: map[uint32]RegisterRow{}, Memory: forgetful{}, shown: on(desk.Query{}, s.Today()), Changed: func() {}, OpenChanged: func() {}, FiltersChanged: func() {}}
	s.Listen(m.Refresh)
	s.Listen(m.RefreshFilters)
	return m
}

// Query returns the question that the list answers.
func (m *Register) Query() desk.Query { return m.query }

// Show replaces the list by another one, as a click on a figure asks for. The
// order stays where the other list has none of its own.
func (m *Register) Show(j Jump) {
	if j.Query.Sort == register.SortReceived {
		j.Query.Sort, j.Query.Reverse = m.query.Sort, m.query.Reverse
	}
	m.Return(j)
}

// Return shows a list exactly as it was left.
func (m *Register) Return(j Jump) {
	m.query, m.title, m.from = j.Query, j.Title, j.from
	if m.from == nil && j.Title != "" {
		m.from = &j.Query
	}
	m.Open(0)
	m.Refresh()
}

// ClearFilters shows all dossiers.
func (m *Register) ClearFilters() {
	m.query = desk.Query{Sort: m.query.Sort, Reverse: m.query.Reverse}
	m.title, m.from = "", nil
	m.Refresh()
}

// Filtered reports whether anything narrows the list.
func (m *Register) Filtered() bool {
	return plainQuery(m.query) != plainQuery(desk.Query{})
}

// SetText narrows the list by a search text.
func (m *Register) SetText(text string) { m.query.Text = text; m.Refresh() }

// SetSort orders the list by a column.
func (m *Register) SetSort(by register.Sort, reverse bool) {
	m.query.Sort, m.query.Reverse = by, reverse
	m.Refresh()
}

// Choice is one value that a filter offers.
type Choice struct{ Key, Label string }

// Filters of the list, by key.
const (
	FilterUnit      = "unit"
	FilterField     = "field"
	FilterProcedure = "procedure"
	FilterChannel   = "channel"
	FilterOutcome   = "outcome"
	FilterPeriod    = "period"
	FilterDesk      = "desk"
	FilterOfficer   = "officer"
)

// Choices returns what a filter offers.
func (m *Register) Choices(filter string) []Choice {
	var out []Choice
	switch filter {
	case FilterChannel:
		for c := data.Direct; c <= data.Postal; c++ {
			out = append(out, Choice{c.Key(), c.String()})
		}
	case FilterOutcome:
		for _, o := range []data.Outcome{data.Overdue, data.PendingInTime, data.PendingWait, data.Early, data.OnTime, data.Late, data.WithdrawnOut, data.NotCounted} {
			out = append(out, Choice{strconv.Itoa(int(o)), outcomeWord(o)})
		}
	case FilterPeriod:
		for _, p := range m.s.PeriodOptions(false) {
			out = append(out, Choice(p))
		}
	case FilterDesk, FilterOfficer:
		by := map[string]data.Group{FilterDesk: register.ByDesk, FilterOfficer: register.ByOfficer}[filter]
		for _, g := range m.s.Desk.Groups(desk.Query{}, by) {
			out = append(out, Choice{g.Key, g.Name})
		}
	default:
		ids, names := m.s.catalogueNames(data.Group(filter))
		for i, id := range ids {
			out = append(out, Choice{strconv.Itoa(int(id)), names[i]})
		}
	}
	return out
}

// Chosen returns the keys that a filter is set to.
func (m *Register) Chosen(filter string) []string {
	var keys []string
	ids := func(list []uint32) {
		for _, id := range list {
			keys = append(keys, strconv.Itoa(int(id)))
		}
	}
	switch filter {
	case FilterUnit:
		ids(m.query.Units)
	case FilterField:
		ids(m.query.Fields)
	case FilterProcedure:
		ids(m.query.Procedures)
	case FilterChannel:
		for _, c := range m.query.Channels {
			keys = append(keys, c.Key())
		}
	case FilterOutcome:
		for _, o := range m.query.Outcomes {
			keys = append(keys, strconv.Itoa(int(o)))
		}
	case FilterDesk:
		keys = slices.Clone(m.query.Desks)
	case FilterOfficer:
		keys = slices.Clone(m.query.Officers)
	case FilterPeriod:
		if m.query.Period != nil {
			keys = append(keys, m.query.Period.Key)
		}
	}
	return keys
}

// Choose sets a filter; no keys clear it.
func (m *Register) Choose(filter string, keys []string) {
	var ids []uint32
	for _, k := range keys {
		if n, err := strconv.Atoi(k); err == nil {
			ids = append(ids, uint32(n))
		}
	}
	switch filter {
	case FilterDesk:
		m.query.Desks = slices.Clip(keys)
	case FilterOfficer:
		m.query.Officers = slices.Clip(keys)
	case FilterUnit:
		m.query.Units = ids
	case FilterField:
		m.query.Fields = ids
	case FilterProcedure:
		m.query.Procedures = ids
	case FilterChannel:
		m.query.Channels = nil
		for c := data.Direct; c <= data.Postal; c++ {
			if slices.Contains(keys, c.Key()) {
				m.query.Channels = append(m.query.Channels, c)
			}
		}
	case FilterOutcome:
		m.query.Outcomes = nil
		for _, id := range ids {
			m.query.Outcomes = append(m.query.Outcomes, data.Outcome(id))
		}
	case FilterPeriod:
		m.query.Period, m.query.Column, m.query.Rate, m.query.AsOf, m.title, m.from = nil, "", "", data.NoDay, "", nil
		if len(keys) > 0 {
			if p, err := data.ParsePeriod(keys[len(keys)-1]); err == nil {
				m.query.Period = &p
				m.query.Column = data.ColNew
			}
		}
	}
	m.Refresh()
}

// Only narrows the list to the unit or the procedure of a line of it.
func (m *Register) Only(filter string, row int) {
	if row < 0 || row >= m.list.Len() {
		return
	}
	d, err := m.s.Desk.Dossier(uint64(m.list.IDs[row]))
	if err != nil {
		m.s.Missed(err)
		return
	}
	id := d.Unit
	if filter == FilterProcedure {
		id = d.Procedure
	}
	m.Choose(filter, []string{strconv.Itoa(int(id))})
}

// Refresh asks the question again. The answer comes back later; until then the
// list stays as it is.
func (m *Register) Refresh() {
	m.asked++
	asked := m.asked
	q := on(m.query, m.s.Today())
	m.busy = true
	by := m.groupBy
	m.s.Go(func() {
		list := m.s.Desk.List(q)
		var groups []desk.GroupCount
		if by != "" {
			groups = m.s.Desk.Groups(q, by)
			for i, g := range groups {
				groups[i].Name = groupName(by, g)
			}
		}
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.busy = false
			m.list, m.groups, m.shown = list, groups, q
			clear(m.rows)
			m.Changed()
		})
	})
}

// Busy reports whether an answer is on its way.
func (m *Register) Busy() bool { return m.busy }

// Len returns the number of dossiers listed.
func (m *Register) Len() int { return m.list.Len() }

// IDs returns the ids listed, in order. They are not the caller's to change.
func (m *Register) IDs() []uint32 { return m.list.IDs }

// Today returns the present day, for the fields of forms.
func (m *Register) Today() data.Day { return m.s.Desk.Today() }

// maxRows bounds the lines that are kept decoded.
const maxRows = 4096

// IDAt returns the id of the dossier in a line, 0 when there is no such line.
func (m *Register) IDAt(i int) uint64 {
	if i < 0 || i >= m.list.Len() {
		return 0
	}
	return uint64(m.list.IDs[i])
}

// Code returns the code of a dossier, "" when it does not exist.
func (m *Register) Code(id uint64) string {
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		m.s.Missed(err)
		return ""
	}
	return one.Code
}

// Row returns a line of the list.
func (m *Register) Row(i int) RegisterRow {
	if i < 0 || i >= m.list.Len() {
		return RegisterRow{}
	}
	id := m.list.IDs[i]
	if r, ok := m.rows[id]; ok {
		return r
	}
	if len(m.rows) >= maxRows {
		clear(m.rows)
	}
	d, err := m.s.Desk.Dossier(uint64(id))
	if err != nil {
		return RegisterRow{ID: uint64(id), Note: err.Error()}
	}
	r := m.row(&d)
	m.rows[id] = r
	return r
}

func (m *Register) row(d *data.Dossier) RegisterRow {
	x := listedOn(d, m.AsOf(), m.s.Desk.Catalogue(), m.s)
	r := RegisterRow{
		ID: d.ID, Code: d.Code, Owner: d.Owner.Name, Procedure: x.c.ProcedureOf(d), Unit: shortUnit(x.c.Unit(d.Unit).Name),
		Received: d.Received.Day.String(), Due: x.dueText(), Ended: x.s.Ended.Day.String(), Note: d.Note, Outcome: x.o,
		State: x.stateText(),
	}
	texts := make(rowTexts, len(listColumns))
	for _, c := range listColumns {
		if text := c.text(x); text != "" {
			texts[c.ID] = text
		}
	}
	r.texts = &texts
	if x.o == data.PendingInTime && x.s.Due.Known() {
		r.Soon = m.s.Desk.Soon(x.s.Due, x.day)
	}
	return r
}

// shortUnit writes the usual abbreviation, so that the names of communes differ
// within the width of a column.
func shortUnit(name string) string {
	if rest, ok := strings.CutPrefix(name, "Ủy ban nhân dân "); ok {
		return "UBND " + rest
	}
	return name
}

func outcomeWord(o data.Outcome) string {
	switch o {
	case data.Overdue:
		return "Quá hạn, chưa xong"
	case data.PendingInTime:
		return "Đang giải quyết"
	case data.PendingWait:
		return "Chờ bổ sung, tạm dừng"
	case data.Early:
		return "Xong trước hạn"
	case data.OnTime:
		return "Xong đúng hạn"
	case data.Late:
		return "Xong quá hạn"
	case data.WithdrawnOut:
		return "Rút, dừng"
	}
	return "Không tính"
}

func stateWord(s data.State, o data.Outcome) string {
	switch {
	case s.Cancelled:
		return "Đã hủy"
	case s.Status == data.AwaitSupply:
		return "Chờ bổ sung"
	case s.Status == data.AwaitPayment:
		return "Chờ nộp phí"
	case s.Status == data.Halted && !s.Closed:
		return "Tạm dừng"
	case s.Status == data.Halted:
		return "Dừng giải quyết"
	case s.Status == data.WithdrawnState:
		return "Rút hồ sơ"
	case s.Status == data.NotAccepted:
		return "Không tiếp nhận"
	case s.Status == data.Registered:
		return "Mới đăng ký"
	case o == data.PendingInTime:
		return "Trong hạn"
	case o == data.Overdue:
		return "Quá hạn"
	}
	return o.String()
}

// Status returns the line of the status bar: how many are listed, of how many.
func (m *Register) Status(selected int) string {
	text := fmt.Sprintf("%s / %s hồ sơ", data.FormatInt(int64(m.list.Len())), data.FormatInt(int64(m.s.Desk.Len())))
	if selected > 1 {
		text += " · chọn " + data.FormatInt(int64(selected))
	}
	if m.list.Loose {
		text += " · không có cụm từ liền nhau, đây là các hồ sơ có đủ các từ"
	}
	for _, note := range m.list.Notes {
		text += " · " + note
	}
	return text + " · tình trạng tính đến " + m.AsOf().String()
}

// About says in one line what is listed, for paper.
func (m *Register) About() string {
	var parts []string
	if title := m.Title(); title != "" {
		parts = append(parts, title)
	}
	if t := strings.TrimSpace(m.query.Text); t != "" {
		parts = append(parts, "Tìm: "+t)
	}
	for _, filter := range []string{FilterPeriod, FilterUnit, FilterField, FilterProcedure, FilterChannel, FilterOutcome, FilterDesk, FilterOfficer} {
		keys := m.Chosen(filter)
		if len(keys) == 0 {
			continue
		}
		var names []string
		for _, c := range m.Choices(filter) {
			if slices.Contains(keys, c.Key) {
				names = append(names, c.Label)
			}
		}
		parts = append(parts, strings.Join(names, ", "))
	}
	return strings.Join(append(parts, "Tình trạng tính đến "+m.AsOf().String()), ". ")
}

// EmptyText says why the list is empty.
func (m *Register) EmptyText() string {
	switch {
	case m.s.Desk.Len() == 0:
		return "Sổ chưa có hồ sơ nào. Nhập từ tệp Excel của hệ thống tỉnh để bắt đầu."
	case strings.TrimSpace(m.query.Text) != "":
		return fmt.Sprintf("Không có hồ sơ nào khớp «%s» với bộ lọc đang chọn.", strings.TrimSpace(m.query.Text))
	}
	return "Không có hồ sơ nào khớp bộ lọc đang chọn."
}

// Open chooses the dossier shown in the pane; 0 closes it.
func (m *Register) Open(id uint64) {
	if id != m.chosen {
		m.chosen = id
		m.OpenChanged()
	}
}

// Opened returns the dossier shown in the pane, 0 for none.
func (m *Register) Opened() uint64 { return m.chosen }
