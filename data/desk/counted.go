package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
)

// procedureCount is a count of procedures or units of the catalogue that is a measure.
type procedureCount struct {
	id, name string
	of       func(p *data.Procedure, q MeasureQuery) bool
}

// procedureCounts are the counts of the catalogue as of the day of the question; what was
// published and what ended is of its period (briefing 9.2, 3.1 to 3.2 and 7.2).
var procedureCounts = []procedureCount{
	{"published", "Thủ tục công bố mới, sửa đổi trong kỳ", func(p *data.Procedure, q MeasureQuery) bool {
		return p.From.Known() && q.Period.From <= p.From && p.From <= q.AsOf
	}},
	{"ended", "Thủ tục bãi bỏ trong kỳ", func(p *data.Procedure, q MeasureQuery) bool {
		return p.To.Known() && q.Period.From <= p.To+1 && p.To+1 <= q.AsOf
	}},
	{"procedures", "Thủ tục đang có hiệu lực", func(p *data.Procedure, q MeasureQuery) bool { return p.ValidOn(q.AsOf) }},
	{"province", "Thủ tục đang có hiệu lực, cấp tỉnh", inForce(data.LevelProvince)},
	{"district", "Thủ tục đang có hiệu lực, cấp huyện", inForce(data.LevelDistrict)},
	{"commune", "Thủ tục đang có hiệu lực, cấp xã", inForce(data.LevelCommune)},
	{"linked", "Thủ tục liên thông", func(p *data.Procedure, q MeasureQuery) bool { return p.ValidOn(q.AsOf) && p.OwnTerm.Known() }},
	{"online", "Thủ tục cung cấp dịch vụ công trực tuyến", func(p *data.Procedure, q MeasureQuery) bool {
		return p.ValidOn(q.AsOf) && data.ServedOnline(p.OnlineOn(q.AsOf))
	}},
	{"full", "Thủ tục trực tuyến toàn trình", func(p *data.Procedure, q MeasureQuery) bool {
		return p.ValidOn(q.AsOf) && data.FullyOnline(p.OnlineOn(q.AsOf))
	}},
	{"part", "Thủ tục trực tuyến một phần", func(p *data.Procedure, q MeasureQuery) bool {
		level := p.OnlineOn(q.AsOf)
		return p.ValidOn(q.AsOf) && data.ServedOnline(level) && !data.FullyOnline(level)
	}},
}

// wayMeasures are the ids of the measures that count the procedures carried out in each of
// data.Ways.
var wayMeasures = []string{"one_stop", "five", "borderless", "linked_same", "process", "digital_in", "digital_again", "digital_out"}

func inForce(l data.Level) func(*data.Procedure, MeasureQuery) bool {
	return func(p *data.Procedure, q MeasureQuery) bool { return p.ValidOn(q.AsOf) && p.Level == l }
}

// catalogueMeasures are the counts of procedures by competent unit or by field, how many
// procedures that are served online had dossiers in the period, and the units.
func (s *Snapshot) catalogueMeasures(q MeasureQuery) (out []Measured) {
	c := s.Catalogue()
	add := func(id, name, unit string, count func(*data.Procedure) bool) {
		if !q.wants("catalogue." + id) {
			return
		}
		m := Measured{ID: "catalogue." + id, Name: name, Unit: unit}
		at := map[string]int{}
		for i := range c.Procedures {
			p := &c.Procedures[i]
			if !count(p) {
				continue
			}
			m.B++
			m.Procedures = append(m.Procedures, p.ID)
			key, title := fmt.Sprint(p.Unit), c.Unit(p.Unit).Name
			if q.By == logbook.ByDomain {
				key, title = fmt.Sprint(p.Field), c.Field(p.Field).Name
			}
			if q.By == logbook.ByNothing {
				continue
			}
			if _, ok := at[key]; !ok {
				at[key] = len(m.Parts)
				m.Parts = append(m.Parts, logbook.Value{Key: key, Name: title})
			}
			m.Parts[at[key]].B++
		}
		out = append(out, m)
	}
	for _, n := range procedureCounts {
		add(n.id, n.name, "thủ tục", func(p *data.Procedure) bool { return n.of(p, q) })
	}
	for i, id := range wayMeasures {
		add(id, "Thủ tục: "+data.Ways[i].Name, "thủ tục", func(p *data.Procedure) bool { return p.ValidOn(q.AsOf) && p.WayOn(data.Ways[i].ID, q.AsOf) })
	}
	if q.wants("catalogue.online_used") || q.wants("catalogue.full_used") {
		used := s.used(q, func(r *data.Row) bool { return r.New() > 0 })
		add("online_used", "Thủ tục trực tuyến có hồ sơ trong kỳ", "thủ tục", func(p *data.Procedure) bool { return used[p.ID] && data.ServedOnline(p.OnlineOn(q.AsOf)) })
		add("full_used", "Thủ tục toàn trình có hồ sơ trong kỳ", "thủ tục", func(p *data.Procedure) bool { return used[p.ID] && data.FullyOnline(p.OnlineOn(q.AsOf)) })
	}
	if q.wants("catalogue.paid_used") {
		used := s.used(q, func(r *data.Row) bool { return r.PaidOnline > 0 })
		add("paid_used", "Thủ tục có hồ sơ thanh toán trực tuyến trong kỳ", "thủ tục", func(p *data.Procedure) bool { return used[p.ID] })
	}
	if q.wants("catalogue.units") {
		m := Measured{ID: "catalogue.units", Name: "Cơ quan, đơn vị đang hoạt động", Unit: "đơn vị"}
		for i := range c.Units {
			if c.Units[i].ValidOn(q.AsOf) && c.Units[i].Centre == 0 {
				m.B++
			}
		}
		out = append(out, m)
	}
	return out
}

// used are the procedures in force whose row of figures in the period is asked for.
func (s *Snapshot) used(q MeasureQuery, asked func(*data.Row) bool) map[uint32]bool {
	out := map[uint32]bool{}
	t := s.Figures(s.span(q), q.AsOf, data.ByProcedure, q.Filter)
	for i := range t.Rows {
		if asked(&t.Rows[i]) {
			id, _ := strconv.ParseUint(t.Rows[i].Key, 10, 32)
			out[uint32(id)] = true
		}
	}
	c := s.Catalogue()
	for i := range c.Procedures {
		if !c.Procedures[i].ValidOn(q.AsOf) {
			delete(out, c.Procedures[i].ID)
		}
	}
	return out
}

// letterMeasure counts the letters of apology of the letter book that were written in the
// period.
func (s *Snapshot) letterMeasure(q MeasureQuery) ([]Measured, error) {
	if !q.wants("letter.count") {
		return nil, nil
	}
	letters, err := s.Letters(0)
	p := s.span(q)
	m := Measured{ID: "letter.count", Name: "Thư xin lỗi đã lập", Unit: "thư"}
	for _, l := range letters {
		if !l.Value.Void && p.From <= l.Value.Day && l.Value.Day <= min(p.To, q.AsOf) {
			m.B++
		}
	}
	return []Measured{m}, err
}

// WayOf returns the way of data.Ways that a measure counts, "" of another measure.
func WayOf(measure string) string {
	id, _ := strings.CutPrefix(measure, "catalogue.")
	if i := slices.Index(wayMeasures, id); i >= 0 {
		return data.Ways[i].ID
	}
	return ""
}

// readingMeasures are the points and the rank of the index of Quyết định 766 as they were
// last read of the portal for a time that ends in the period. What is read of a period is
// read after its end: only an early day of the question leaves out what was read later.
func (s *Snapshot) readingMeasures(q MeasureQuery) (out []Measured, err error) {
	until := q.AsOf
	if p := s.span(q); until >= p.To {
		until = max(until, s.Today())
	}
	w, err := s.Logbooks(until)
	if err != nil {
		return nil, err
	}
	units := []uint64{0}
	for _, e := range w.Entries("reading") {
		if id := e.Ref("unit"); q.By == logbook.ByUnit && !slices.Contains(units, id) {
			units = append(units, id)
		}
	}
	for _, m := range []Measured{{ID: "reading.points", Name: "Điểm chỉ số 766 đọc trên Cổng", Unit: "điểm", Kind: "reading", Decimals: 2}, {ID: "reading.rank", Name: "Hạng chỉ số 766 đọc trên Cổng", Unit: "hạng", Kind: "reading"}} {
		if !q.wants(m.ID) {
			continue
		}
		for i, id := range units {
			v := logbook.Value{Unknown: true}
			if last := logbook.LastReading(w, id, q.Period); last != nil && (m.Decimals > 0 || last.Has("rank")) {
				v = logbook.Value{B: last.Int("rank"), Entries: []uint64{last.ID}}
				if m.Decimals > 0 {
					points, err := data.ParseDecimal(last.Text("total"))
					if err != nil {
						return nil, err
					}
					v.B = indicator.Scaled(points, m.Decimals).Int64()
				}
			}
			if i == 0 {
				m.Value = v
			} else if !v.Unknown {
				v.Key, v.Name = fmt.Sprint(id), w.UnitName(uint32(id))
				m.Parts = append(m.Parts, v)
			}
		}
		out = append(out, m)
	}
	return out, nil
}
