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
	"giaoban/reports/form"
	"giaoban/reports/reform"
)

// satisfactionReports are the tables of satisfaction that look beyond the book of slips
// (briefing 6.2), and the proposals of praise (briefing 8).
func satisfactionReports() []Report {
	return []Report{
		{Name: "s3-mau-03", Title: "S3 Mẫu số 03 tổng hợp đánh giá", About: "Chỉ số thành phần, xếp loại, xếp hạng, mức độ hài lòng theo đơn vị, có sai số.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
			gather: gatherForm03, draw: ofTables},
		{Name: "s4-phieu", Title: "S4 Phiếu đánh giá từng hồ sơ", About: "Các phiếu có ghi mã hồ sơ, chỉ số tính được từ sổ.", Occasion: Reform, Group: data.ByUnit, Tables: true, gather: gatherSlips, draw: ofTables},
		{Name: "s5-tu-danh-gia", Title: "S5 Tự đánh giá theo quý", About: "Chỉ số của cơ quan từng quý trong kỳ, chừa cột thẩm định.", Occasion: Reform, Group: data.ByUnit, Tables: true, gather: gatherQuarters, draw: ofTables},
		{Name: "s6-sipas", Title: "S6 Chỉ số SIPAS", About: "Chỉ số hài lòng do cấp trên công bố, đã nhập ở Chỉ tiêu.", Occasion: Reform, Group: data.ByUnit, Tables: true, gather: gatherSipas, draw: ofTables},
		{Name: "de-nghi-khen", Title: "Đề nghị khen thưởng theo số liệu", About: "Đơn vị không có hồ sơ quá hạn, đủ hồ sơ, đủ tỷ lệ trực tuyến; phụ lục thành tích.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
			gather: gatherPraise, draw: ofTables},
	}
}

// praiseRule is what figures ask of a unit: as many dossiers as a ranking asks for, and
// half of the new ones online, which is the threshold of index 3.3 of Decision 766, and
// the share of satisfied that offices state as their target.
var praiseRule = reform.PraiseRule{Dossiers: 10, Online: 50, Pleased: 80}

// judged are the units of a period and the dossiers that they resolved: how, and which
// were asked for supplements.
type judged struct {
	list        []reform.Agency
	at          map[string]int // by the key of a unit
	asOf        data.Day
	ids         []uint32
	owner       map[uint64]int
	points      map[uint64]int64 // of index 1: 2 early, 1 on time, 0 late
	supplements map[uint64]int64
	codes       map[string]uint64
	blamed      map[string]bool // codes of dossiers of which somebody complained
	petitions   bool            // the office keeps petitions
}

// contact is index 3 of a dossier: how often the citizen had to come again.
func (j *judged) contact(id uint64) int64 { return max(0, 2-j.supplements[id]) }

// attitude is index 7 of a dossier.
func (j *judged) attitude(id uint64, code string) int64 {
	if j.blamed[code] {
		return 0
	}
	return j.points[id]
}

// agencies judges the units of a period; it settles.
func agencies(ctx context.Context, d *desk.Snapshot, r Request) (*judged, error) {
	j, err := judge(ctx, d, r)
	if err != nil {
		return j, err
	}
	d.Settle()
	return j, j.read(d)
}

// judge counts what is known of each unit without its dossiers.
func judge(ctx context.Context, d *desk.Snapshot, r Request) (*judged, error) {
	t := d.Figures(r.Period, r.AsOf, data.ByUnit, r.Filter)
	f := r.Filter
	f.Channels = []data.Channel{data.Online}
	online := map[string]data.Counts{}
	for _, row := range d.Figures(r.Period, r.AsOf, data.ByUnit, f).Rows {
		online[row.Key] = row.Counts
	}
	j := &judged{at: map[string]int{}, asOf: r.asOf(), owner: map[uint64]int{}, points: map[uint64]int64{}, supplements: map[uint64]int64{}, codes: map[string]uint64{}, blamed: map[string]bool{}}
	w, err := d.Logbooks(r.asOf())
	if err != nil {
		return j, err
	}
	for _, p := range logbook.Find("petition").Rows(w) {
		j.petitions = true
		if p.Has("dossier") && !p.Is("class", "regulation") {
			j.blamed[p.Text("dossier")] = true
		}
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		for points, col := range []data.Column{data.ColLate, data.ColOnTime, data.ColEarly} {
			some := d.List(register.CellQuery(t, row, col, r.Filter)).IDs
			for _, id := range some {
				j.points[uint64(id)], j.owner[uint64(id)] = int64(points), i
			}
			j.ids = append(j.ids, some...)
		}
		a := agencyOf(row)
		a.Index[0] = reform.Average(2*row.Early+row.OnTime, row.Early+row.OnTime+row.Late)
		if j.petitions {
			a.Index[7] = reform.Score{Tenths: 20, Known: true}
		}
		a.Index[8] = onlineIndex(d.Catalogue(), j.asOf, a.Key, a.Online, online[a.Key])
		j.at[a.Key] = len(j.list)
		j.list = append(j.list, a)
		if ctx.Err() != nil {
			return j, data.Fail(data.Cancelled, "Đã hủy lập báo cáo.", ctx.Err())
		}
	}
	return j, j.said(d, r)
}

// read judges what only the dossiers tell; what was typed stands.
func (j *judged) read(d *desk.Snapshot) error {
	n, contact, attitude := make([]int64, len(j.list)), make([]int64, len(j.list)), make([]int64, len(j.list))
	err := d.Dossiers(j.ids, func(one *data.Dossier) error {
		for _, e := range one.Events {
			if e.Kind == data.AskSupplement && e.At.Day <= j.asOf {
				j.supplements[one.ID]++
			}
		}
		j.codes[one.Code] = one.ID
		i := j.owner[one.ID]
		n[i]++
		contact[i] += j.contact(one.ID)
		attitude[i] += j.attitude(one.ID, one.Code)
		return nil
	})
	for i := range j.list {
		a := &j.list[i]
		if !a.Index[2].Known {
			a.Index[2] = reform.Average(contact[i], n[i])
		}
		if !a.Index[6].Known && j.petitions {
			a.Index[6] = reform.Average(attitude[i], n[i])
		}
	}
	return err
}

func agencyOf(row *data.Row) reform.Agency {
	c := row.Counts
	return reform.Agency{Name: row.Name, Key: row.Key, Resolved: c.Resolved(), Early: data.Ratio{Numerator: c.Early, Denominator: c.Resolved()}, Late: data.Ratio{Numerator: c.Late, Denominator: c.Resolved()},
		Overdue: data.Ratio{Numerator: c.Overdue, Denominator: c.Received()}, Online: data.Ratio{Numerator: c.NewOnline, Denominator: c.New()}}
}

// onlineIndex is index 9: the procedures of the unit that are served online, its dossiers
// that came so, and none of these late.
func onlineIndex(c *desk.Catalogue, asOf data.Day, key string, share data.Ratio, online data.Counts) reform.Score {
	served, all := 0, 0
	for i := range c.Procedures {
		if p := &c.Procedures[i]; p.ValidOn(asOf) && fmt.Sprint(p.Unit) == key {
			all++
			if data.ServedOnline(p.OnlineOn(asOf)) {
				served++
			}
		}
	}
	if all == 0 || share.Denominator == 0 { // the catalogue does not say whose they are
		return reform.Score{}
	}
	part, late := share.Numerator*100, online.Late+online.Overdue > 0
	switch {
	case late || part < 15*share.Denominator:
		return reform.Score{Known: true}
	case served*5 >= all && part >= 30*share.Denominator:
		return reform.Score{Tenths: 20, Known: true}
	}
	return reform.Score{Tenths: 10, Known: true}
}

// said adds what slips, petitions and typed indices say, by unit.
func (j *judged) said(d *desk.Snapshot, r Request) error {
	only := []string{"slip.count", "slip.very", "slip.satisfied", "slip.dissatisfied", "petition.on-time"}
	for i := range reform.Indices {
		only = append(only, typedIndex(i))
	}
	measured, err := d.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.asOf(), By: logbook.ByUnit, Only: only})
	if err != nil {
		return err
	}
	for i := range measured {
		m := &measured[i]
		for _, v := range m.Parts {
			id, err := strconv.ParseUint(v.Key, 10, 32)
			if err != nil || len(r.Filter.Units) > 0 && !slices.Contains(r.Filter.Units, uint32(id)) || len(r.Filter.Fields) > 0 && m.Kind != "" {
				continue
			}
			k, ok := j.at[v.Key]
			if !ok {
				k = len(j.list)
				j.at[v.Key] = k
				j.list = append(j.list, reform.Agency{Name: cmp.Or(v.Name, d.Catalogue().Unit(uint32(id)).Name), Key: v.Key})
			}
			a := &j.list[k]
			switch m.ID {
			case "slip.count":
				a.Slips = v.B
			case "slip.very":
				a.Very = v.B
			case "slip.satisfied":
				a.Pleased = v.B
			case "slip.dissatisfied":
				a.Displeased = v.B
			case "petition.on-time":
				a.Index[7] = heeded(v.B, v.A)
			default:
				a.Index[indexOf(m.ID)] = typedScore(m, v)
			}
		}
	}
	for i := range j.list {
		j.list[i].Pleased -= j.list[i].Very
	}
	return nil
}

// heeded is index 8: petitions that were answered in time.
func heeded(b, a int64) reform.Score {
	s := reform.Score{Known: true}
	switch {
	case b == a:
		s.Tenths = 20
	case b*100 >= 90*a:
		s.Tenths = 10
	}
	return s
}

// typedIndex is the measure of the indicator that an index is typed into.
func typedIndex(i int) string { return fmt.Sprintf("indicator.HL_CS%d", i+1) }

func indexOf(measure string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(measure, "indicator.HL_CS"))
	return max(0, n-1)
}

// typedScore is a typed index in tenths, which count in units of 10^-Decimals.
func typedScore(m *desk.Measured, v logbook.Value) reform.Score {
	if v.Unknown {
		return reform.Score{}
	}
	n := v.B
	for k := m.Decimals; k > 1; k-- {
		n = (n + 5) / 10
	}
	if m.Decimals == 0 {
		n *= 10
	}
	return reform.Score{Tenths: n, Known: true}
}

func gatherForm03(ctx context.Context, read *reader, r Request) (content, error) {
	j, err := agencies(ctx, read.d, r)
	return tablesOf(read.d, r, reform.Form03(j.list, below(read.d, r))), err
}

func gatherPraise(ctx context.Context, read *reader, r Request) (content, error) {
	t := read.d.Figures(r.Period, r.AsOf, data.ByUnit, r.Filter)
	j, err := agencies(ctx, read.d, r)
	return withOpens(read.d, r, t, tablesOf(read.d, r, reform.Praise(j.list, praiseRule, below(read.d, r))...)), err
}

// steps are the words for what a slip says (S4).
func stepOf(r *logbook.Row) string {
	scale, level := r.Int("scale"), r.Int("level")
	switch {
	case level == scale:
		return "RHL"
	case level == scale-1:
		return "HL"
	case level <= scale/2:
		return "KHL"
	}
	return "KYK"
}

// gatherSlips lists the slips that name a dossier.
func gatherSlips(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	j, err := agencies(ctx, d, Request{Period: data.Period{From: data.Date(data.FirstYear, 1, 1), To: r.asOf(), Label: r.Period.Label}, AsOf: r.asOf()})
	if err != nil {
		return content{}, err
	}
	w, err := d.Logbooks(r.asOf())
	if err != nil {
		return content{}, err
	}
	k := logbook.Find("slip")
	var list []reform.SlipRow
	for _, row := range k.Rows(w) {
		if !row.Has("dossier") || !k.In(w, row.Entry, r.Period) {
			continue
		}
		one := reform.SlipRow{Code: row.Text("dossier"), Day: row.Day("date")}
		if id, err := strconv.ParseUint(row.Text("unit"), 10, 32); err == nil {
			one.Unit = d.Catalogue().Unit(uint32(id)).Name
		}
		one.Index[10] = stepOf(&row)
		if id, closed := j.codes[one.Code]; closed {
			one.Index[0], one.Index[2] = fmt.Sprint(j.points[id]), fmt.Sprint(j.contact(id))
			if j.petitions {
				one.Index[6] = fmt.Sprint(j.attitude(id, one.Code))
			}
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b reform.SlipRow) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Code, b.Code))
	})
	c := tablesOf(d, r, reform.Slips(list, below(d, r)))
	c.opens = func(_, row, col int) Opens {
		if row >= len(list) || col > 1 {
			return Opens{}
		}
		return Opens{Title: "Hồ sơ " + list[row].Code, Query: &desk.Query{Text: `"` + list[row].Code + `"`}}
	}
	return c, ctx.Err()
}

// gatherQuarters judges the whole office in each quarter of which most lies in the period.
func gatherQuarters(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	var list []reform.Quarter
	var all []*judged
	for year := r.Period.From.Year(); year <= r.Period.To.Year(); year++ {
		for q := 1; q <= 4; q++ {
			p, err := data.ParsePeriod(fmt.Sprintf("%d-Q%d", year, q))
			if err != nil {
				return content{}, err
			}
			if middle := (p.From + p.To) / 2; middle < r.Period.From || middle > min(r.asOf(), r.Period.To, d.Today()) {
				continue
			}
			j, err := judge(ctx, d, Request{Period: p, AsOf: min(p.To, r.asOf())})
			if err != nil {
				return content{}, err
			}
			all = append(all, j)
			list = append(list, reform.Quarter{Agency: form.InText(d.Office().Name), Quarter: q, Year: year})
		}
	}
	d.Settle()
	for k, j := range all {
		if err := j.read(d); err != nil {
			return content{}, err
		}
		for i := range list[k].Index {
			list[k].Index[i] = together(j.list, i)
		}
	}
	return tablesOf(d, r, reform.SelfAssessed(list, below(d, r))), ctx.Err()
}

// together is the index of an office: the average of its units, each weighing as much as
// it resolved; not known while that of a unit with dossiers is not.
func together(units []reform.Agency, i int) reform.Score {
	points, n := int64(0), int64(0)
	for k := range units {
		a := &units[k]
		if a.Resolved == 0 {
			continue
		}
		if !a.Index[i].Known {
			return reform.Score{}
		}
		points += a.Index[i].Tenths * a.Resolved
		n += a.Resolved
	}
	if n == 0 {
		return reform.Score{}
	}
	return reform.Score{Tenths: (points + n/2) / n, Known: true}
}

// gatherSipas lists what was typed of the surveys of the year, by unit, or of the office.
func gatherSipas(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	ids := []string{"indicator.HL_SIPAS"}
	for i := 1; i <= 5; i++ {
		ids = append(ids, fmt.Sprintf("indicator.HL_SIPAS_%d", i))
	}
	ids = append(ids, "indicator.HL_SIPAS_HANG")
	measured, err := d.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.asOf(), By: logbook.ByUnit, Only: ids})
	if err != nil {
		return content{}, err
	}
	var list []reform.Sipas
	at := map[string]int{}
	put := func(key, name string, place int, text string) {
		if _, ok := at[key]; !ok {
			at[key] = len(list)
			list = append(list, reform.Sipas{Year: r.Period.To.Year(), Unit: name})
		}
		s := &list[at[key]]
		switch {
		case place == 0:
			s.Index = text
		case place <= 5:
			s.Factors[place-1] = text
		default:
			s.Rank = text
		}
	}
	office := form.InText(d.Office().Name)
	book, err := d.IndicatorBook()
	if err != nil {
		return content{}, err
	}
	for i := range measured {
		m := &measured[i]
		place := slices.Index(ids, m.ID)
		text := func(v logbook.Value) string {
			if v.Sign == "" && m.Decimals == 2 { // one column, one number of decimals
				return data.FormatHundredths(v.B)
			}
			return strings.TrimSpace(strings.TrimSuffix(m.Shown(v), m.Unit))
		}
		for _, v := range m.Parts {
			put(v.Key, cmp.Or(v.Name, office), place, text(v))
		}
		if len(m.Parts) == 0 && !m.Unknown {
			put("", office, place, text(m.Value))
		}
	}
	for key, i := range at { // the document stands in the note of the index
		list[i].Basis = book.Cell("HL_SIPAS", unitKey(key), r.Period).Note
	}
	return tablesOf(d, r, reform.SipasTable(list, below(d, r))), ctx.Err()
}
