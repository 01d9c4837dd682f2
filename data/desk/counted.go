package desk

import (
	"fmt"
	"strconv"

	"giaoban/data"
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
	if q.wants("catalogue.online_used") || q.wants("catalogue.full_used") {
		used := s.used(q)
		add("online_used", "Thủ tục trực tuyến có hồ sơ trong kỳ", "thủ tục", func(p *data.Procedure) bool { return used[p.ID] && data.ServedOnline(p.OnlineOn(q.AsOf)) })
		add("full_used", "Thủ tục toàn trình có hồ sơ trong kỳ", "thủ tục", func(p *data.Procedure) bool { return used[p.ID] && data.FullyOnline(p.OnlineOn(q.AsOf)) })
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

// used are the procedures in force of which dossiers were received anew in the period.
func (s *Snapshot) used(q MeasureQuery) map[uint32]bool {
	out := map[uint32]bool{}
	t := s.Figures(s.span(q), q.AsOf, data.ByProcedure, q.Filter)
	for i := range t.Rows {
		if t.Rows[i].New() > 0 {
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
