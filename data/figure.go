package data

import "cmp"

// Counts are the figures of form II.06a for one row (register-and-reports 4.2).
// They satisfy Total = Resolved + Pending, Resolved = Early + OnTime + Late and
// Pending = InTime + Overdue.
type Counts struct {
	NewOnline  int64 // (4) received in the period online
	NewDirect  int64 // part of (5): received at the counter, or by an unknown channel
	NewPostal  int64 // part of (5): received by post
	Carried    int64 // (6) from the period before
	Early      int64 // (8)
	OnTime     int64 // (9) with Withdrawn, as the form's footnote says
	Late       int64 // (10)
	Withdrawn  int64 // repeats how many of OnTime were withdrawn or stopped
	InTime     int64 // (12) with Waiting
	Overdue    int64 // (13)
	Waiting    int64 // repeats how many of InTime wait: the clock stands
	Apologised int64 // repeats how many of Late and Overdue have a letter of apology
	FeeDue     int64 // received: a fee is due
	PaidOnline int64 // received: of FeeDue, paid online
	Digitised  int64 // received: parts digitised
	EResult    int64 // resolved: electronic result
	Published  int64 // received: synchronised with the portal
	Surveyed   int64 // resolved: the citizen was asked
	Satisfied  int64 // resolved: of Surveyed, satisfied
	Postal     int64 // received, carried over included: came in by post or go back by post
}

// New is the number received in the period: (4) + (5).
func (c Counts) New() int64 { return c.NewOnline + c.NewDirect + c.NewPostal }

// DirectPostal is column (5).
func (c Counts) DirectPostal() int64 { return c.NewDirect + c.NewPostal }

// Received is column (3), those carried over included.
func (c Counts) Received() int64 { return c.New() + c.Carried }

// Resolved is column (7).
func (c Counts) Resolved() int64 { return c.Early + c.OnTime + c.Late }

// Pending is column (11).
func (c Counts) Pending() int64 { return c.InTime + c.Overdue }

// Add adds the figures of another row.
func (c *Counts) Add(o Counts) {
	c.NewOnline += o.NewOnline
	c.NewDirect += o.NewDirect
	c.NewPostal += o.NewPostal
	c.Carried += o.Carried
	c.Early += o.Early
	c.OnTime += o.OnTime
	c.Late += o.Late
	c.Withdrawn += o.Withdrawn
	c.InTime += o.InTime
	c.Overdue += o.Overdue
	c.Waiting += o.Waiting
	c.Apologised += o.Apologised
	c.FeeDue += o.FeeDue
	c.PaidOnline += o.PaidOnline
	c.Digitised += o.Digitised
	c.EResult += o.EResult
	c.Published += o.Published
	c.Surveyed += o.Surveyed
	c.Satisfied += o.Satisfied
	c.Postal += o.Postal
}

// Column names a figure of form II.06a, by which its dossiers can be listed.
type Column string

// The columns, named as in the command contract.
const (
	ColReceived       Column = "received"
	ColNewOnline      Column = "new_online"
	ColNewDirect      Column = "new_direct"
	ColNewPostal      Column = "new_postal"
	ColNew            Column = "new"
	ColDirectPostal   Column = "new_direct_postal"
	ColCarried        Column = "carried"
	ColResolved       Column = "resolved"
	ColEarly          Column = "early"
	ColOnTime         Column = "on_time"
	ColLate           Column = "late"
	ColWithdrawn      Column = "withdrawn"
	ColPending        Column = "pending"
	ColPendingInTime  Column = "pending_in_time"
	ColPendingOverdue Column = "pending_overdue"
	ColWaiting        Column = "waiting"
)

// Columns lists every column.
var Columns = []Column{ColReceived, ColNewOnline, ColNewDirect, ColNewPostal, ColNew, ColDirectPostal, ColCarried,
	ColResolved, ColEarly, ColOnTime, ColLate, ColWithdrawn, ColPending, ColPendingInTime, ColPendingOverdue, ColWaiting}

// FormColumns are the figures of form II.06a, in its order.
var FormColumns = []Column{ColReceived, ColNewOnline, ColDirectPostal, ColCarried, ColResolved, ColEarly, ColOnTime, ColLate,
	ColPending, ColPendingInTime, ColPendingOverdue}

// columns are their Vietnamese names and figures.
var columns = map[Column]struct {
	label string
	of    func(Counts) int64
}{
	ColReceived:       {"Tổng tiếp nhận", Counts.Received},
	ColNewOnline:      {"Mới, trực tuyến", func(c Counts) int64 { return c.NewOnline }},
	ColNewDirect:      {"Mới, trực tiếp", func(c Counts) int64 { return c.NewDirect }},
	ColNewPostal:      {"Mới, bưu chính", func(c Counts) int64 { return c.NewPostal }},
	ColNew:            {"Mới tiếp nhận", Counts.New},
	ColDirectPostal:   {"Mới, trực tiếp và bưu chính", Counts.DirectPostal},
	ColCarried:        {"Kỳ trước chuyển qua", func(c Counts) int64 { return c.Carried }},
	ColResolved:       {"Đã giải quyết", Counts.Resolved},
	ColEarly:          {"Trước hạn", func(c Counts) int64 { return c.Early }},
	ColOnTime:         {"Đúng hạn", func(c Counts) int64 { return c.OnTime }},
	ColLate:           {"Quá hạn (đã xong)", func(c Counts) int64 { return c.Late }},
	ColWithdrawn:      {"Rút, dừng", func(c Counts) int64 { return c.Withdrawn }},
	ColPending:        {"Đang giải quyết", Counts.Pending},
	ColPendingInTime:  {"Trong hạn", func(c Counts) int64 { return c.InTime }},
	ColPendingOverdue: {"Quá hạn (chưa xong)", func(c Counts) int64 { return c.Overdue }},
	ColWaiting:        {"Chờ bổ sung, tạm dừng", func(c Counts) int64 { return c.Waiting }},
}

// Of returns the figure of the column.
func (col Column) Of(c Counts) int64 {
	if of := columns[col].of; of != nil {
		return of(c)
	}
	return 0
}

// Label returns the Vietnamese name of the column.
func (col Column) Label() string { return columns[col].label }

// Group is the grouping of a table of figures.
type Group string

// The groupings. Who received or helped is the competent unit where a dossier names no
// other; ByUnit counts the points of reception of a centre as that centre.
const (
	ByField     Group = "field"
	ByUnit      Group = "unit"
	ByProcedure Group = "procedure"
	ByLevel     Group = "level"
	ByChannel   Group = "channel"
	ByReceiver  Group = "receiver" // the unit where it was received
	ByHelper    Group = "helper"   // the unit that helped the citizen to apply
)

// Row is one row of a table of figures. Key identifies it within its grouping:
// the catalogue id for units (in all three roles), fields and procedures ("0" for unknown), the
// level, or the key of the channel.
type Row struct {
	Key  string
	Name string
	Counts
}

// Table holds the figures of a period as of a day.
type Table struct {
	Period Period
	AsOf   Day
	Group  Group
	Rows   []Row
	Total  Counts
}

// Rate is a named rate with its denominator and the same rate a year before.
type Rate struct {
	ID              string
	Name            string
	Now             Ratio
	DenominatorName string
	Before          Ratio // of the period before; zero when not compared
	Compared        bool
	// Unit is that of a mean, such as ngày: Now is a sum over a count then. "" for a
	// share, which is printed in percent.
	Unit string
}

// Value writes a ratio of the rate as tables print it: "92,31" of a share, "3,40" of a
// mean; "-" when there is none.
func (r Rate) Value(x Ratio) string {
	if r.Unit == "" || x.Denominator == 0 {
		return x.Percent()
	}
	return FormatHundredths((200*x.Numerator + x.Denominator) / (2 * x.Denominator))
}

// Shown writes a ratio of the rate as screens show it: "92,31 %", "3,40 ngày", or "–".
func (r Rate) Shown(x Ratio) string {
	if r.Unit == "" || x.Denominator == 0 {
		return x.Shown()
	}
	return r.Value(x) + " " + r.Unit
}

// Change writes the change from before to now in points of percent, or in the unit of a
// mean, between the two as printed; ok is false where there is nothing to compare. good
// is 1 when it is one for the better, -1 for the worse.
func (r Rate) Change() (text string, good int, ok bool) {
	n, ok := ChangePoints(r.Now, r.Before)
	unit := " điểm %"
	if r.Unit != "" {
		mean := func(x Ratio) int64 { return (200*x.Numerator + x.Denominator) / max(2*x.Denominator, 1) }
		n, unit = mean(r.Now)-mean(r.Before), " "+r.Unit
	}
	good = cmp.Compare(n, 0)
	if r.ID == "late" || r.Unit != "" { // shorter is better
		good = -good
	}
	return FormatChange(n) + unit, good, ok && r.Compared
}

// marked are the rates whose numerators are marks that an office may never have
// kept, by their ids.
var marked = map[string]bool{"online_payment": true, "digitised": true, "e_result": true, "published": true}

// Recorded returns the rate without what nobody recorded: where no dossier of the
// whole office bears the mark that a rate counts, the office does not keep it, and
// nought would be a figure that nobody knows. Such a ratio is 0/0. The rate is that
// of the office itself or of a part of it.
func (r Rate) Recorded(office Rate) Rate {
	if !marked[r.ID] {
		return r
	}
	if office.Now.Numerator == 0 {
		r.Now = Ratio{}
	}
	if office.Before.Numerator == 0 {
		r.Before = Ratio{}
	}
	return r
}
