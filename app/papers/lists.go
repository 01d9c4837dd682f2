package papers

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/reports/form"
)

// gatherPeriod lists the dossiers received in a period.
func gatherPeriod(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c := d.Catalogue()
	read.ids = received(d, r)
	desk.Holds(ctx, len(read.ids), !r.ShowNames)
	slip := form.Slip{Office: d.Office(), Today: r.Date, Period: r.Period, AsOf: r.asOf(), Subject: strings.TrimPrefix(r.About+"; "+Condition(c, r.Filter), "; "), ShowNames: r.ShowNames, Rows: len(read.ids),
		Foot: "Số liệu tính đến " + r.asOf().String() + "; nguồn: Sổ theo dõi hồ sơ",
		At:   func(i int) form.Row { return itemOf(c, hidden(read.at(i), r.ShowNames), r.asOf()) }}
	return job(ctx, d, form.InPeriod, slip, r.Period.To)
}

// gatherLetters lists the letters of apology that were written in a period.
func gatherLetters(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	with := d.List(desk.Query{Letter: register.Yes, AsOf: r.asOf()}).IDs
	d.Settle()
	letters, err := d.Letters(0)
	if err != nil {
		return content{}, err
	}
	var rows []form.Sent
	for _, l := range letters {
		if l.Value.Day < r.Period.From || l.Value.Day > min(r.Period.To, r.asOf()) {
			continue
		}
		row, err := sentOf(d, &l.Value, data.MaxDay, !r.Masked)
		if err != nil {
			return content{}, err
		}
		rows = append(rows, row)
	}
	desk.Holds(ctx, len(rows), r.Masked)
	foot, err := letterFoot(d, r.Period)
	if err != nil {
		return content{}, err
	}
	booked, err := d.Booked(r.asOf())
	if err != nil {
		return content{}, err
	}
	outside := 0
	for _, id := range with {
		if !booked[uint64(id)] {
			outside++
		}
	}
	if outside > 0 {
		foot += ". Ngoài sổ này: " + data.FormatInt(int64(outside)) + " hồ sơ có thư ghi sẵn trong nguồn nhập"
	}
	slip := form.Slip{Office: d.Office(), Today: r.Date, Period: r.Period, AsOf: r.asOf(), Rows: len(rows), ShowNames: true, Foot: foot,
		At: func(i int) form.Row { return rows[i] }}
	return job(ctx, d, form.LetterBook, slip, r.Period.To)
}

// letterFoot names the source of a letter book and the numbers of its years that
// were given and taken back.
func letterFoot(d desk.Reading, p data.Period) (string, error) {
	foot := "Nguồn: Sổ thư xin lỗi"
	for year := p.From.Year(); year <= p.To.Year(); year++ {
		list, err := d.SkippedLetters(year)
		if err != nil {
			return "", err
		}
		if text := desk.SkippedText(list, d.Now().Location()); text != "" {
			foot += fmt.Sprintf(". Năm %d: %s", year, text)
		}
	}
	return foot, nil
}

// sentOf is a letter with its dossier, the due date as of a day.
func sentOf(d desk.Reading, l *data.Letter, day data.Day, show bool) (form.Sent, error) {
	one, err := d.Dossier(l.Dossier)
	if err != nil && data.CodeOf(err) != data.NotFound {
		return form.Sent{}, err
	}
	c := d.Catalogue()
	cause, err := causeName(d, l.Cause)
	letter := *l
	if !show {
		letter.Reason = form.Hide(letter.Reason, []string{one.Owner.Name, one.Agent.Name}, []string{one.Owner.Address})
		letter.How = form.Hide(letter.How, []string{one.Owner.Name, one.Agent.Name}, []string{one.Owner.Address})
		one = *hidden(&one, false)
	}
	return form.Sent{Letter: letter, Code: one.Code, Owner: one.Owner.Name, Procedure: c.ProcedureOf(&one), Unit: c.Unit(one.Unit).Name, Due: one.On(day).Due, Cause: cause}, err
}

// job makes a list on its template of a day.
func job(ctx context.Context, d *desk.Snapshot, id string, slip form.Slip, day data.Day) (content, error) {
	t, err := templateOf(d, id, day)
	if err != nil {
		return content{}, err
	}
	slip.Signer = firstSigner(d)
	return content{jobs: []form.Job{{Template: t, Slip: slip}}}, ctx.Err()
}
