package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/register"
	"giaoban/reports/reform"
	"giaoban/reports/scorecard"
)

// ofUnits gathers one of the tables by unit (briefing 9.3).
func ofUnits(table func(*reform.Units) scorecard.Table) func(context.Context, *reader, Request) (content, error) {
	return func(ctx context.Context, read *reader, r Request) (content, error) {
		u, err := gatherUnits(ctx, read.d, r)
		if err != nil {
			return content{}, err
		}
		return withOpens(read.d, r, u.Table, tablesOf(read.d, r, table(u))), nil
	}
}

func withOpens(d *desk.Snapshot, r Request, t data.Table, c content) content {
	c.opens = unitOpens(d, r, t, c.tables)
	return c
}

// digitalTable is the report that looks into the parts of dossiers.
const digitalTable Name = "x3-so-hoa"

// gatherUnits counts by unit; it settles.
func gatherUnits(ctx context.Context, d *desk.Snapshot, r Request) (*reform.Units, error) {
	u := &reform.Units{Below: below(d, r), Table: d.Figures(r.Period, r.AsOf, data.ByUnit, r.Filter), Services: map[string]reform.Services{}, Fees: map[string]int64{}}
	office := d.Figures(r.Period, r.AsOf, data.ByLevel, desk.Filter{}).Total
	u.Paid, u.Digitised, u.EResult = office.PaidOnline > 0, office.Digitised > 0, office.EResult > 0
	var due, received []uint32
	owner := map[uint64]string{}
	for i := range u.Table.Rows {
		row := &u.Table.Rows[i]
		q := register.CellQuery(u.Table, row, data.ColReceived, r.Filter)
		u.Services[row.Key] = services(d, r, q.Filter, row.Key)
		if r.Name == digitalTable {
			ids := d.List(q).IDs
			for _, id := range ids {
				owner[uint64(id)] = row.Key
			}
			received = append(received, ids...)
		} else if row.FeeDue > 0 {
			ids := d.List(q).IDs
			for _, id := range ids {
				owner[uint64(id)] = row.Key
			}
			due = append(due, ids...)
		}
		if ctx.Err() != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy lập báo cáo.", ctx.Err())
		}
	}
	u.Services[""] = services(d, r, r.Filter, "")
	d.Settle()
	if err := d.Dossiers(received, func(one *data.Dossier) error {
		if slices.ContainsFunc(one.Parts, func(p data.Part) bool { return p.Digital == data.ReusedPart || p.Digital == data.ReusedResult }) {
			if u.Reused == nil {
				u.Reused = map[string]int64{}
			}
			u.Reused[owner[one.ID]]++
			u.Reused[""]++
		}
		return nil
	}); err != nil {
		return nil, err
	}
	err := d.Dossiers(due, func(one *data.Dossier) error {
		if one.Flags&data.FeeDue != 0 {
			u.Fees[owner[one.ID]] += one.Fee
			u.Fees[""] += one.Fee
		}
		return nil
	})
	return u, err
}

// services counts the procedures of a unit, of all for "", and the dossiers of each.
func services(d *desk.Snapshot, r Request, f desk.Filter, key string) (s reform.Services) {
	c, asOf := d.Catalogue(), r.asOf()
	for i := range c.Procedures {
		p := &c.Procedures[i]
		if !p.ValidOn(asOf) || key != "" && fmt.Sprint(p.Unit) != key {
			continue
		}
		level := p.OnlineOn(asOf)
		s.Procedures++
		switch {
		case data.FullyOnline(level):
			s.Full++
		case data.ServedOnline(level):
			s.Part++
		}
	}
	t := d.Figures(r.Period, r.AsOf, data.ByProcedure, f)
	for i := range t.Rows {
		row := &t.Rows[i]
		if row.New() == 0 {
			continue
		}
		s.Used++
		s.Dossiers += row.New()
		id, _ := strconv.ParseUint(row.Key, 10, 32)
		p := c.Procedure(uint32(id))
		level := p.OnlineOn(asOf)
		if !data.ServedOnline(level) {
			continue
		}
		of := 2
		if data.FullyOnline(level) {
			of = 1
		}
		for _, k := range []int{0, of} {
			s.OnlineUsed[k].Procedures++
			s.OnlineUsed[k].Dossiers += row.New()
			s.OnlineUsed[k].Online += row.NewOnline
		}
	}
	return s
}

// late lists the dossiers closed late in the period and those overdue at its end, the
// oldest due date first; it settles.
func late(d *desk.Snapshot, r Request, fn func(*data.Dossier)) error {
	t := d.Figures(r.Period, r.AsOf, data.ByLevel, r.Filter)
	var ids []uint32
	for _, col := range []data.Column{data.ColPendingOverdue, data.ColLate} {
		q := register.CellQuery(t, nil, col, r.Filter)
		q.Sort = register.SortDue
		ids = append(ids, d.List(q).IDs...)
	}
	d.Settle()
	return d.Dossiers(ids, func(one *data.Dossier) error {
		fn(one)
		return nil
	})
}

func gatherDelays(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c := d.Catalogue()
	u := &reform.Units{Below: below(d, r), Table: d.Figures(r.Period, r.AsOf, data.ByUnit, r.Filter)}
	var list []reform.Late
	err := late(d, r, func(one *data.Dossier) {
		s := one.On(r.asOf())
		owner, address := masked(one.Owner, r.ShowNames)
		list = append(list, reform.Late{Receiver: c.Unit(cmp.Or(one.Receiver, one.Unit)).Name, Field: c.Field(one.Field).Name, Procedure: c.ProcedureOf(one), Code: one.Code,
			Status: s.Status.String(), Address: address, Owner: owner, Received: one.Received.Day, Due: s.Due.Day, Ended: s.Ended.Day, By: cmp.Or(s.Desk, c.Unit(one.Unit).Name)})
	})
	return withOpens(d, r, u.Table, tablesOf(d, r, u.Delays(list)...)), cmp.Or(err, ctx.Err())
}

func gatherCauses(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c := d.Catalogue()
	causes, err := d.Causes()
	if err != nil {
		return content{}, err
	}
	type key struct {
		field string
		cause uint32
	}
	counts := map[key]int64{}
	err = late(d, r, func(one *data.Dossier) { counts[key{c.Field(one.Field).Name, one.Cause}]++ })
	var list []reform.Delay
	for k, n := range counts {
		one := reform.Delay{Field: cmp.Or(k.field, "Chưa rõ lĩnh vực"), Count: n}
		for _, x := range causes {
			if uint32(x.ID) == k.cause {
				one.Cause, one.Objective = x.Value.Name, x.Value.Objective
			}
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b reform.Delay) int {
		return cmp.Or(register.CompareText(a.Field, b.Field), cmp.Compare(b.Count, a.Count), register.CompareText(a.Cause, b.Cause))
	})
	return tablesOf(d, r, reform.Causes(list, below(d, r))), cmp.Or(err, ctx.Err())
}

// gatherSumUp counts the procedures in force at the end of the period by unit.
func gatherSumUp(ctx context.Context, read *reader, r Request) (content, error) {
	c := read.d.Catalogue()
	at := map[uint32]*reform.LevelCount{}
	var ids []uint32
	for i := range c.Procedures {
		p := &c.Procedures[i]
		if !p.ValidOn(r.asOf()) || !within(r.Filter, p) {
			continue
		}
		n := at[p.Unit]
		if n == nil {
			n = &reform.LevelCount{Name: cmp.Or(c.Unit(p.Unit).Name, "Chưa ghi đơn vị")}
			at[p.Unit] = n
			ids = append(ids, p.Unit)
		}
		switch p.Level {
		case data.LevelProvince:
			n.Province++
		case data.LevelDistrict:
			n.District++
		case data.LevelCommune:
			n.Commune++
		default:
			n.Other++
		}
	}
	slices.SortFunc(ids, func(a, b uint32) int {
		if (a == 0) != (b == 0) {
			return cmp.Compare(b, a) // what has no unit stands last
		}
		return register.CompareText(at[a].Name, at[b].Name)
	})
	var list []reform.LevelCount
	for _, id := range ids {
		list = append(list, *at[id])
	}
	total, err := oneStop(read.d, r, ids, list)
	return tablesOf(read.d, r, reform.SumUp(list, total, below(read.d, r))), cmp.Or(err, ctx.Err())
}

// oneStop is how many procedures are received at the one-stop desk, which the indicator
// CONG_MOTCUA holds: by unit, or of the whole office.
func oneStop(d *desk.Snapshot, r Request, ids []uint32, list []reform.LevelCount) (total reform.Typed, err error) {
	measured, err := d.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.asOf(), By: logbook.ByUnit, Only: []string{"indicator.CONG_MOTCUA"}})
	for i := range measured {
		m := &measured[i]
		total = reform.Typed{N: m.B, Known: !m.Unknown}
		for _, v := range m.Parts {
			if k := slices.IndexFunc(ids, func(id uint32) bool { return fmt.Sprint(id) == v.Key }); k >= 0 && !v.Unknown {
				list[k].OneStop = reform.Typed{N: v.B, Known: true}
			}
		}
	}
	return total, err
}

// within reports whether a procedure is one of the units, fields and levels of a filter.
func within(f desk.Filter, p *data.Procedure) bool {
	return (len(f.Units) == 0 || slices.Contains(f.Units, p.Unit)) && (len(f.Fields) == 0 || slices.Contains(f.Fields, p.Field)) &&
		(len(f.Procedures) == 0 || slices.Contains(f.Procedures, p.ID)) && (len(f.Levels) == 0 || slices.Contains(f.Levels, p.Level))
}

// withoutDossier is for how many years a procedure must have no dossier.
const withoutDossier = 3

// gatherUnused lists the procedures in force at the cut-off day of which no dossier was
// received in the three years before. Those that are not in force that long cannot be
// judged, and nothing can be where the register does not go back so far.
func gatherUnused(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c, asOf := d.Catalogue(), r.asOf()
	y, m, day := asOf.Civil()
	span := data.Period{From: data.Date(y-withoutDossier, m, day) + 1, To: asOf}
	used := map[string]bool{}
	for _, row := range d.Figures(span, asOf, data.ByProcedure, r.Filter).Rows {
		used[row.Key] = used[row.Key] || row.New() > 0
	}
	first, _ := d.Span()
	var list []reform.Unused
	young := 0
	for i := range c.Procedures {
		p := &c.Procedures[i]
		switch {
		case !p.ValidOn(asOf) || !within(r.Filter, p) || used[fmt.Sprint(p.ID)]:
		case p.From.Known() && p.From > span.From:
			young++
		default:
			list = append(list, reform.Unused{Code: p.Code, Name: p.Name, Field: c.Field(p.Field).Name, Level: p.Level.Name(), Unit: c.Unit(p.Unit).Name})
		}
	}
	lines := append(below(d, r), "Ba năm: t"+strings.TrimPrefix(span.Span(), "T"))
	switch {
	case !first.Known():
		lines = append(lines, "Sổ chưa có hồ sơ nào: chưa đủ căn cứ để kết luận")
	case first > span.From:
		lines = append(lines, fmt.Sprintf("Sổ chỉ có hồ sơ từ ngày %s: chưa đủ %d năm, chưa kết luận được", first, withoutDossier))
	default:
		lines = append(lines, fmt.Sprintf("Sổ có hồ sơ từ ngày %s: đủ %d năm", first, withoutDossier))
	}
	notes := []string{fmt.Sprintf("%s thủ tục không phát sinh hồ sơ. Chỉ tính hồ sơ có trong sổ của cơ quan.", data.FormatInt(int64(len(list))))}
	if young > 0 {
		notes = append(notes, fmt.Sprintf("Không xét %s thủ tục có hiệu lực chưa đủ %d năm.", data.FormatInt(int64(young)), withoutDossier))
	}
	return tablesOf(d, r, reform.NoDossiers(list, lines, notes)), ctx.Err()
}
