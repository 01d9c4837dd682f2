package papers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Slip names one paper to print: a form, the dossier, and what it is about.
type Slip struct {
	Form    string // id of the form; see FormsOf
	Dossier uint64
	Event   int    // index of the event that the slip is about, -1 for the last that suits the form
	Letter  uint64 // the letter of apology, 0 for the last one of the dossier
}

// The forms of a dossier. Which version is printed depends on the day of
// reception.
const (
	FormReceipt    = form.Receipt
	FormSupplement = form.Supplement
	FormRefusal    = form.Refusal
	FormApology    = form.Apology
	FormStop       = form.StopNotice
	FormControl    = form.Control
	FormResult     = form.ReturnSlip
	FormProcess    = form.History
	FormDueReason  = form.DueDays
	FormHandOver   = form.HandOver    // one list for all dossiers of a batch
	FormResults    = form.HandResults // one list for all dossiers of a batch
)

// Form is one form that can be printed.
type Form struct{ ID, Title string }

// about are the events of which a form speaks.
var about = map[string][]data.EventKind{
	FormSupplement: {data.AskSupplement}, FormRefusal: {data.Refuse}, FormApology: {data.Extend, data.Apologise}, FormStop: {data.Stop},
	FormResult: {data.Return, data.Finish}, FormResults: {data.Finish}, FormHandOver: {data.HandOver},
}

// FormsOf returns the forms that make sense for a dossier in its present state,
// with the titles that they have for its day of reception.
func FormsOf(one *data.Dossier) []Form {
	ids := []string{FormReceipt, FormControl, FormHandOver, FormProcess}
	if one.Entry == data.NotAccepted {
		ids = []string{FormRefusal}
	} else if one.Due.Known() {
		ids = append(ids, FormDueReason)
	}
	for _, id := range []string{FormSupplement, FormRefusal, FormApology, FormStop, FormResult, FormResults} {
		if eventOf(one, id, -1) != nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var out []Form
	for _, id := range ids {
		t, err := form.ShippedOn(id, one.Received.Day)
		if err == nil {
			out = append(out, Form{id, form.OneLine(t.Title)})
		}
	}
	return out
}

// eventOf returns the event that a form of a dossier is about; nil for none.
func eventOf(one *data.Dossier, id string, index int) *data.Event {
	if index >= 0 && index < len(one.Events) {
		return &one.Events[index]
	}
	for i := len(one.Events) - 1; i >= 0; i-- {
		if slices.Contains(about[id], one.Events[i].Kind) {
			return &one.Events[i]
		}
	}
	return nil
}

// lists are the forms that hold all dossiers of a batch in one table.
var lists = map[string]bool{FormHandOver: true, FormResults: true}

// Slips writes papers as one PDF, each beginning on a new page; dossiers of a
// hand-over list stand together in one, for each unit. Every print is counted
// and says so when it is not the first; with preview nothing is counted.
func Slips(ctx context.Context, d *desk.Desk, slips []Slip, preview bool) ([]byte, error) {
	printed, err := printedBefore(ctx, d, slips, preview)
	if err != nil {
		return nil, err
	}
	desk.Holds(ctx, len(slips), false)
	return drawSlips(ctx, d, func(s desk.Reading) ([]form.Job, error) { return slipJobs(s, slips, printed) })
}

// drawSlips lays out papers that are all gathered from one state of the office.
func drawSlips(ctx context.Context, d *desk.Desk, gather func(desk.Reading) ([]form.Job, error)) (pdf []byte, err error) {
	err = onState(d, func(s *desk.Snapshot) error {
		s.Settle() // no figures stand in them
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy lập giấy tờ.", err)
		}
		jobs, err := gather(s)
		if err != nil {
			return err
		}
		pdf, err = bytesOf(form.Build(ctx, jobs, paper.Options{Author: form.OneLine(s.Office().Name), Created: s.Now(), Simplex: true}))
		return err
	})
	return pdf, err
}

func slipJobs(d desk.Reading, slips []Slip, printed map[string]map[uint64]int) ([]form.Job, error) {
	templates, err := Templates(d)
	if err != nil {
		return nil, err
	}
	var jobs []form.Job
	together := map[string][]Slip{}
	for _, s := range slips {
		if lists[s.Form] {
			together[s.Form] = append(together[s.Form], s)
			continue
		}
		job, err := slipJob(d, templates, s)
		if err != nil {
			return nil, err
		}
		job.Slip.Reprint = printed[s.Form][s.Dossier]
		jobs = append(jobs, job)
	}
	for _, id := range []string{FormHandOver, FormResults} {
		more, err := listJobs(d, templates, id, together[id])
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, more...)
	}
	return jobs, nil
}

// printedBefore tells how often each form was printed for each dossier before,
// and counts this print unless it is a preview.
func printedBefore(ctx context.Context, d *desk.Desk, slips []Slip, preview bool) (map[string]map[uint64]int, error) {
	ids, out := map[string][]uint64{}, map[string]map[uint64]int{}
	for _, s := range slips {
		if ids[s.Form] = append(ids[s.Form], s.Dossier); out[s.Form] == nil {
			out[s.Form] = map[uint64]int{}
		}
		out[s.Form][s.Dossier] = d.PrintsOf(s.Form, s.Dossier)
	}
	for id, list := range ids {
		if preview {
			break
		}
		var err error
		if out[id], err = d.Printed(ctx, id, list...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func slipJob(d desk.Reading, templates []form.Template, s Slip) (form.Job, error) {
	one, err := d.Dossier(s.Dossier)
	if err != nil {
		return form.Job{}, err
	}
	t, err := form.Pick(templates, s.Form, one.Received.Day)
	if err != nil {
		return form.Job{}, err
	}
	slip, err := slipOf(d, &one)
	if err != nil {
		return form.Job{}, err
	}
	slip.Event = eventOf(&one, s.Form, s.Event)
	switch s.Form {
	case FormReceipt:
		slip.Today = one.Received.Day
	case FormRefusal:
		if one.Entry == data.NotAccepted {
			slip.Event = &data.Event{Kind: data.Refuse, At: one.Received, Text: one.Note, By: one.Officer}
			slip.Today = one.Received.Day
		}
	case FormApology:
		letter, err := letterOf(d, s)
		if err != nil {
			return form.Job{}, err
		}
		if letter != nil {
			slip.Letter, slip.Today, slip.Number = letter, letter.Day, d.LetterNumber(letter)
			if slip.Cause, err = causeName(d, letter.Cause); err != nil {
				return form.Job{}, err
			}
			for _, who := range d.Signers(letter.Day) {
				if who.Name == letter.Signer {
					slip.Signer = who
				}
			}
		}
	case FormDueReason:
		slip.Days = daysOf(d, &one)
	}
	if e := slip.Event; e != nil && e.Doc.Known() && slip.Letter == nil {
		slip.Today = e.Doc
	} else if e != nil && e.At.Known() && slip.Letter == nil && s.Form != FormReceipt {
		slip.Today = e.At.Day
	}
	return form.Job{Template: t, Slip: slip}, nil
}

// slipOf resolves the names of a dossier.
func slipOf(d desk.Reading, one *data.Dossier) (form.Slip, error) {
	cause, err := causeName(d, one.Cause)
	c := d.Catalogue()
	unit := c.Unit(one.Unit)
	return form.Slip{Dossier: one, Procedure: c.ProcedureOf(one), Field: c.Field(one.Field).Name, Unit: unit.Name, UnitPhone: unit.Phone,
		Receiver: c.Unit(one.Receiver).Name, Office: d.Office(), Today: d.Today(), Cause: cause, Signer: firstSigner(d)}, err
}

// causeName names a cause of delay; "" for none.
func causeName(d desk.Reading, id uint32) (string, error) {
	if id == 0 {
		return "", nil
	}
	causes, err := d.Causes()
	for _, c := range causes {
		if c.ID == uint64(id) {
			return c.Value.Name, nil
		}
	}
	return "", err
}

// letterOf returns the letter that a slip names, else the last one of its
// dossier; nil for none.
func letterOf(d desk.Reading, s Slip) (*data.Letter, error) {
	letters, err := d.Letters(0)
	if err != nil {
		return nil, err
	}
	var found *data.Letter
	for _, l := range letters {
		if l.ID == s.Letter || s.Letter == 0 && l.Value.Dossier == s.Dossier && !l.Value.Void {
			found = new(l.Value)
		}
	}
	return found, nil
}

// daysOf explains the due date of a dossier day by day.
func daysOf(d desk.Reading, one *data.Dossier) []form.Day {
	x, ok := d.Explain(one)
	if !ok {
		return nil
	}
	var out []form.Day
	for _, day := range x.Days {
		out = append(out, form.Day{Date: day.Date, Kind: string(day.Kind), Counted: day.Counted, Due: day.Date == x.Due.Day, Note: day.Note()})
	}
	return out
}

// itemOf is a row of a list, as of a day.
func itemOf(c *desk.Catalogue, one *data.Dossier, day data.Day) form.Item {
	s := one.On(day)
	it := form.Item{Code: one.Code, Procedure: c.ProcedureOf(one), Owner: one.Owner.Name, Unit: c.Unit(one.Unit).Name, Received: one.Received.Day, Due: s.Due.Day,
		Ended: s.Ended.Day, Status: s.Status.String(), Note: one.Note, Copies: one.Copies, Address: one.Owner.Address, Phone: one.Owner.Phone, Term: one.Term.String(),
		Returned: s.Returned.Day, Fee: one.Fee > 0, Postal: one.Return == data.ReturnPostal}
	if one.Content != "" {
		it.Procedure = one.Content
	}
	if e := eventOf(one, FormResults, -1); e != nil {
		it.Result = e.Ref
	}
	return it
}

// listJobs makes one list a unit of the dossiers of a batch.
func listJobs(d desk.Reading, templates []form.Template, id string, slips []Slip) ([]form.Job, error) {
	c := d.Catalogue()
	byUnit := map[uint32][]data.Dossier{}
	var order []uint32
	for _, s := range slips {
		one, err := d.Dossier(s.Dossier)
		if err != nil {
			return nil, err
		}
		if byUnit[one.Unit] == nil {
			order = append(order, one.Unit)
		}
		byUnit[one.Unit] = append(byUnit[one.Unit], one)
	}
	var jobs []form.Job
	for _, unit := range order {
		list := byUnit[unit]
		t, err := form.Pick(templates, id, list[0].Received.Day)
		if err != nil {
			return nil, err
		}
		slip := form.Slip{Office: d.Office(), Today: d.Today(), Unit: c.Unit(unit).Name, Rows: len(list), Moment: data.MomentOf(d.Now()), ShowNames: true,
			Foot: fmt.Sprintf("%s hồ sơ", data.FormatInt(int64(len(list)))), At: func(i int) form.Row { return itemOf(c, &list[i], data.MaxDay) }}
		slip.From, slip.To = form.OneLine(d.Office().Desk), slip.Unit
		if id == FormResults {
			slip.From, slip.To = slip.To, slip.From
		}
		slip.Signer = firstSigner(d)
		jobs = append(jobs, form.Job{Template: t, Slip: slip})
	}
	return jobs, nil
}

// Templates returns the form templates of the office: its own in the place of the
// shipped ones. One that can no longer be read or printed is passed over, so that
// printing goes on with the shipped one.
func Templates(d desk.Reading) ([]form.Template, error) {
	shipped, err := form.Templates()
	if err != nil {
		return nil, err
	}
	own, err := OwnTemplates(d)
	if err != nil {
		return nil, err
	}
	list := make([]form.Template, 0, len(own))
	for _, t := range own {
		list = append(list, t.Template)
	}
	return form.Merge(shipped, list), nil
}

// templateOf returns the form of the office that holds on a day.
func templateOf(d desk.Reading, id string, day data.Day) (form.Template, error) {
	templates, err := Templates(d)
	if err != nil {
		return form.Template{}, err
	}
	return form.Pick(templates, id, day)
}

// firstSigner is who signs where nobody was chosen.
func firstSigner(d desk.Reading) (who data.Signer) {
	if list := d.Signers(d.Today()); len(list) > 0 {
		who = list[0]
	}
	return who
}

// OwnTemplate is a template that the office changed, with the id of its record.
type OwnTemplate struct {
	ID uint64
	form.Template
}

// OwnTemplates returns the templates that the office changed and that can be
// printed.
func OwnTemplates(d desk.Reading) ([]OwnTemplate, error) {
	stored, err := d.Templates()
	if err != nil {
		return nil, err
	}
	var out []OwnTemplate
	for _, s := range stored {
		var t form.Template
		if json.Unmarshal(s.Value, &t) == nil && len(t.Problems()) == 0 {
			out = append(out, OwnTemplate{s.ID, t})
		}
	}
	return out, nil
}

// TestPage writes the page by which an officer sees whether a printer cuts the
// edges, shrinks the sheet, or lacks letters.
func TestPage(ctx context.Context, d *desk.Desk) ([]byte, error) {
	doc := paper.New(ctx, paper.Options{Title: "Trang in thử", Author: form.OneLine(d.Office().Name), Created: d.Now(), Size: 11})
	doc.Section(paper.Section{Margins: paper.Margins{Top: 36, Bottom: 42, Left: 36, Right: 36}})
	doc.Rulers()
	doc.Centered(16, paper.Run{Text: "TRANG IN THỬ", Bold: true})
	doc.Centered(11, paper.Run{Text: "In ở khổ A4, tỷ lệ 100 % (không chọn «Vừa trang giấy»)", Italic: true})
	doc.Space(4)
	for _, text := range []string{
		"Các khung cách mép giấy 5, 10, 15, 20 và 30 mm. Khung nào mất một cạnh thì máy in không in được tới đó: văn bản chừa lề trái 30 mm, lề phải từ 15 mm, lề trên và lề dưới 20 mm, nên khung 15 mm phải đủ bốn cạnh.",
		"Đo thước ở dưới và bên trái: 100 phải đúng 100 mm. Ngắn hơn là máy đã thu nhỏ trang; bỏ chọn «Vừa trang giấy» trong hộp thoại in.",
		"Mã vạch và mã QR dưới đây phải đọc được bằng máy quét hoặc điện thoại.",
	} {
		doc.Bullet(paper.Run{Text: text})
	}
	doc.Space(3)
	doc.Band(false, 4, paper.BandColumn{Width: 84, Lines: []paper.BandLine{{Text: "MA-HO-SO-0123456789", Blank: 12, Bars: "MA-HO-SO-0123456789"}, {Text: "Mã vạch", Size: 9}}},
		paper.BandColumn{Width: 54, Lines: []paper.BandLine{{Blank: 20, QR: "MA-HO-SO-0123456789"}, {Text: "Mã QR", Size: 9}}})
	const letters = "Ă Â Đ Ê Ô Ơ Ư ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ ề ể ễ ế ệ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ 0123456789 %"
	for _, size := range []float64{8, 10, 13} {
		doc.Line(size, paper.Left, paper.Run{Text: fmt.Sprintf("Cỡ %.0f: ", size), Bold: true}, paper.Run{Text: letters}, paper.Run{Text: " nghiêng Ữ ỵ", Italic: true})
	}
	doc.Note(9, paper.Run{Text: "Lập lúc " + d.Now().Format("15:04 02/01/2006") + "."})
	return doc.Bytes()
}
