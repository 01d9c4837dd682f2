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
		return moreOpens(u, withOpens(read.d, r, u.Table, tablesOf(read.d, r, table(u)))), nil
	}
}

func withOpens(d *desk.Snapshot, r Request, t data.Table, c content) content {
	c.opens = unitOpens(d, r, t, c.tables)
	return c
}

// moreOpens opens what stands behind the columns of procedures of X2 and of taken over parts
// of X3, which no query of figures finds.
func moreOpens(u *reform.Units, c content) content {
	open := c.opens
	c.opens = func(table, row, col int) (o Opens) {
		t := &c.tables[table]
		key := t.Keys[row]
		s := u.Services[key]
		switch {
		case t.Name == "X2 DVC trực tuyến" && col >= 2 && col <= 5:
			o.Procedures = [][]uint32{s.Procedures, slices.Concat(s.Full, s.Part), s.Full, s.Part}[col-2]
		case t.Name == "X3 Số hóa" && col == 5 && len(u.Reused[key]) > 0:
			o.Query = &desk.Query{AsOf: u.Table.AsOf, Among: u.Reused[key]}
		default:
			return open(table, row, col)
		}
		return o
	}
	return c
}

// digitalTable is the report that looks into the parts of dossiers.
const digitalTable Name = "x3-so-hoa"

// gatherUnits counts by unit; it settles.
func gatherUnits(ctx context.Context, d *desk.Snapshot, r Request) (*reform.Units, error) {
	u := &reform.Units{Below: below(d, r), Table: d.Figures(r.Period, r.AsOf, data.ByUnit, r.Filter), Services: map[string]reform.Services{}, Fees: map[string]reform.Fee{}}
	c := d.Catalogue()
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
	if r.Name == digitalTable {
		var err error
		if u.FromPortal, err = typedOf(d, r, "indicator.SOHOA_TSD_CONG"); err != nil {
			return nil, err
		}
	}
	d.Settle()
	if err := d.Dossiers(received, func(one *data.Dossier) error {
		if slices.ContainsFunc(one.Parts, func(p data.Part) bool { return p.Digital == data.ReusedPart || p.Digital == data.ReusedResult }) {
			if u.Reused == nil {
				u.Reused = map[string][]uint32{}
			}
			for _, key := range []string{owner[one.ID], ""} {
				u.Reused[key] = append(u.Reused[key], uint32(one.ID))
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	err := d.Dossiers(due, func(one *data.Dossier) error {
		if one.Flags&data.FeeDue != 0 {
			for _, key := range []string{owner[one.ID], ""} {
				u.Fees[key] = u.Fees[key].Add(one.Fee, c.Procedure(one.Procedure).FeeKind)
			}
		}
		return nil
	})
	return u, err
}

// unitKey is the id that is the key of a row, 0 for the key of none.
func unitKey(key string) uint32 {
	id, _ := strconv.ParseUint(key, 10, 32)
	return uint32(id)
}

// services counts the procedures of a unit, of all for "", and the dossiers of each.
func services(d *desk.Snapshot, r Request, f desk.Filter, key string) (s reform.Services) {
	c, asOf := d.Catalogue(), r.asOf()
	unit := c.Unit(unitKey(key))
	for i := range c.Procedures {
		p := &c.Procedures[i]
		if !p.ValidOn(asOf) || key != "" && !p.OfUnit(&unit) || !within(desk.Filter{Fields: f.Fields, Procedures: f.Procedures, Levels: f.Levels}, p) {
			continue
		}
		level := p.OnlineOn(asOf)
		s.Procedures = append(s.Procedures, p.ID)
		switch {
		case data.FullyOnline(level):
			s.Full = append(s.Full, p.ID)
		case data.ServedOnline(level):
			s.Part = append(s.Part, p.ID)
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
		p := c.Procedure(unitKey(row.Key))
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
		one = hidden(one, r.ShowNames)
		s := one.On(r.asOf())
		list = append(list, reform.Late{Receiver: c.Unit(cmp.Or(one.Receiver, one.Unit)).Name, Field: c.Field(one.Field).Name, Procedure: c.ProcedureOf(one), Code: one.Code,
			Status: s.Status.String(), Address: one.Owner.Address, Owner: one.Owner.Name, Received: one.Received.Day, Due: s.Due.Day, Ended: s.Ended.Day, By: cmp.Or(s.Desk, c.Unit(one.Unit).Name)})
	})
	desk.Holds(ctx, len(list), !r.ShowNames)
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
	found := map[key][]uint32{}
	err = late(d, r, func(one *data.Dossier) {
		k := key{c.Field(one.Field).Name, one.Cause}
		found[k] = append(found[k], uint32(one.ID))
	})
	var list []reform.Delay
	var all []uint32
	for k, ids := range found {
		one := reform.Delay{Field: cmp.Or(k.field, "Chưa rõ lĩnh vực"), IDs: ids}
		all = append(all, ids...)
		for _, x := range causes {
			if uint32(x.ID) == k.cause {
				one.Cause, one.Objective = x.Value.Name, x.Value.Objective
			}
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b reform.Delay) int {
		return cmp.Or(register.CompareText(a.Field, b.Field), cmp.Compare(len(b.IDs), len(a.IDs)), register.CompareText(a.Cause, b.Cause))
	})
	out := tablesOf(d, r, reform.Causes(list, below(d, r)))
	out.opens = func(_, row, col int) (o Opens) {
		if col != 2 {
			return o
		}
		o.Title, o.Query = "Hồ sơ quá hạn", &desk.Query{AsOf: r.asOf(), Among: all}
		if row < len(list) {
			o.Title += ": " + list[row].Field + ", " + cmp.Or(strings.ToLower(list[row].Cause), "chưa ghi nguyên nhân")
			o.Query.Among = list[row].IDs
		}
		return o
	}
	return out, cmp.Or(err, ctx.Err())
}

// communes names the procedures that all communes have.
const communes = "Các xã, phường (thủ tục cấp xã dùng chung)"

// gatherSumUp counts the procedures in force at the end of the period by unit.
func gatherSumUp(ctx context.Context, read *reader, r Request) (content, error) {
	d, day := read.d, r.asOf()
	c := d.Catalogue()
	at := map[string]*reform.UnitProcedures{}
	var list []*reform.UnitProcedures
	known := map[string]bool{}
	for i := range c.Procedures {
		p := &c.Procedures[i]
		for _, s := range p.Ways {
			known[s.Way] = true
		}
		if !p.ValidOn(day) || !within(r.Filter, p) {
			continue
		}
		name := c.Unit(p.Unit).Name
		switch {
		case p.Unit == 0 && p.Level == data.LevelCommune:
			name = communes
		case p.Unit == 0:
			name = noUnit
		}
		u := at[name]
		if u == nil {
			u = &reform.UnitProcedures{Name: name}
			if p.Unit != 0 {
				u.Unit = p.Unit
			}
			at[name] = u
			list = append(list, u)
		}
		u.All.Add(p)
		if p.WayOn(data.WayOneStop, day) {
			u.OneStop.Add(p)
		}
		if p.WayOn(data.WayProcess, day) {
			u.Process.Add(p)
		}
	}
	last := map[string]int{communes: 1, noUnit: 2}
	slices.SortFunc(list, func(a, b *reform.UnitProcedures) int {
		return cmp.Or(cmp.Compare(last[a.Name], last[b.Name]), register.CompareText(a.Name, b.Name))
	})
	total, err := oneStop(d, r, list)
	units := data.Map(list, func(u *reform.UnitProcedures) reform.UnitProcedures { return *u })
	table, behind := reform.SumUp(units, known[data.WayOneStop], known[data.WayProcess], total, below(d, r))
	out := tablesOf(d, r, table)
	out.opens = func(_, row, col int) (o Opens) {
		if col >= 2 {
			o.Procedures = behind[row][col-2]
		}
		return o
	}
	return out, cmp.Or(err, ctx.Err())
}

// noUnit names the procedures of which the catalogue says no unit.
const noUnit = "Chưa ghi đơn vị"

// oneStop is how many procedures are received at the one-stop desk, which the indicator
// CONG_MOTCUA holds: by unit, or of the whole office.
func oneStop(d *desk.Snapshot, r Request, list []*reform.UnitProcedures) (total reform.Typed, err error) {
	typed, err := typedOf(d, r, "indicator.CONG_MOTCUA")
	for key, n := range typed {
		if key == "" {
			total = reform.Typed{N: n, Known: true}
		}
		for _, u := range list {
			if u.Unit != 0 && fmt.Sprint(u.Unit) == key {
				u.Typed = reform.Typed{N: n, Known: true}
			}
		}
	}
	return total, err
}

// typedOf are the numerators of an indicator in the period by key of the unit, "" of the
// office; what is not known is not among them.
func typedOf(d *desk.Snapshot, r Request, id string) (map[string]int64, error) {
	measured, err := d.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.asOf(), By: logbook.ByUnit, Only: []string{id}})
	out := map[string]int64{}
	for i := range measured {
		for _, v := range append([]logbook.Value{measured[i].Value}, measured[i].Parts...) {
			if !v.Unknown && !v.Bare {
				out[v.Key] = v.B
			}
		}
	}
	return out, err
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
			list = append(list, reform.Unused{ID: p.ID, Code: p.Code, Name: p.Name, Field: c.Field(p.Field).Name, Level: p.Level.Name(), Unit: c.Unit(p.Unit).Name})
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
	out := tablesOf(d, r, reform.NoDossiers(list, lines, notes))
	out.opens = func(_, row, col int) (o Opens) {
		if col == 1 || col == 2 {
			o.Procedures = []uint32{list[row].ID}
		}
		return o
	}
	return out, ctx.Err()
}
