package command

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/text"
)

// queryFlags are the options that narrow a list; each may also be written as a
// word NAME=VALUE.
var queryFlags = []string{"period", "from", "to", "as-of", "column", "rate", "unit", "receiver", "helper", "field", "procedure", "level", "channel", "status", "outcome", "sort", "limit"}

const queryUsage = "[CHỮ CẦN TÌM…] [--period KỲ | --from NGÀY --to NGÀY] [--column CỘT] [--as-of NGÀY] [--unit TÊN] [--receiver TÊN] [--helper TÊN] [--field TÊN] [--procedure MÃ] [--level CẤP] [--channel KÊNH] [--status SỐ] [--outcome KẾT QUẢ] [--sort THỨ TỰ]"

var dossiersCommand = &command{
	reads: always,
	words: true,
	name:  "dossiers",
	usage: queryUsage + " [--json]",
	help:  "danh sách hồ sơ đứng sau một số liệu",
	flags: queryFlags,
	run:   runDossiers,
}

type dossierJSON struct {
	Code           string  `json:"code"`
	Procedure      *string `json:"procedure"`
	ProcedureCode  *string `json:"procedure_code"`
	Content        *string `json:"content"`
	Field          *string `json:"field"`
	Unit           *string `json:"unit"`
	Owner          *string `json:"owner"`
	Identity       *string `json:"identity"`
	Phone          *string `json:"phone"`
	Address        *string `json:"address"`
	Channel        *string `json:"channel"`
	Received       *string `json:"received"`
	ReceivedTime   *string `json:"received_time"`
	Due            *string `json:"due"`
	Ended          *string `json:"ended"`
	Returned       *string `json:"returned"`
	Status         *int    `json:"status"`
	Copies         *int    `json:"copies"`
	Note           *string `json:"note"`
	Receiver       *string `json:"receiver,omitempty"` // these four only where there is something to tell
	Helper         *string `json:"helper,omitempty"`
	ExternalCode   *string `json:"external_code,omitempty"`
	ExternalSystem *string `json:"external_system,omitempty"`
}

// query reads the options and words of a list. The day is the one as of which
// states are told.
func (c *call) query(d *desk.Desk) (q desk.Query, day data.Day, err error) {
	for _, w := range c.args {
		if name, value, ok := strings.Cut(w, "="); ok && slices.Contains(queryFlags, name) {
			c.options[name] = append(c.options[name], value)
			continue
		}
		q.Text = strings.TrimSpace(q.Text + " " + w)
	}
	p, ok, err := c.period()
	if err != nil {
		return q, 0, err
	}
	if q.AsOf, err = c.day("as-of"); err != nil {
		return q, 0, err
	}
	day = q.AsOf
	if ok {
		q.Period = &p
		if day == data.NoDay {
			day = p.To
		}
	}
	if day == data.NoDay {
		day = data.MaxDay
		q.Today = d.Today()
	}
	if col := data.Column(c.option("column")); col != "" {
		if !slices.Contains(data.Columns, col) {
			return q, 0, usagef("--column: «%s» không có. Các cột: %s.", col, joined(data.Columns))
		}
		if q.Period == nil {
			return q, 0, usagef("--column cần có kỳ: thêm --period, hoặc --from và --to.")
		}
		q.Column = col
	}
	q.Rate = c.option("rate")
	switch {
	case q.Rate == "":
	case q.Period == nil:
		return q, 0, usagef("--rate cần có kỳ.")
	case !slices.Contains(rateIDs(), q.Rate):
		return q, 0, usagef("--rate: «%s» không có. Các tỷ lệ: %s.", q.Rate, joined(rateIDs()))
	case q.Column == "":
		q.Column = register.RateColumn(q.Rate)
	}
	cat := d.Catalogue()
	for _, x := range []struct {
		option string
		to     *[]uint32
	}{{"unit", &q.Units}, {"receiver", &q.Receivers}, {"helper", &q.Helpers}} {
		if *x.to, err = c.units(d, x.option); err != nil {
			return q, 0, err
		}
	}
	if q.Fields, err = c.fields(d); err != nil {
		return q, 0, err
	}
	if q.Procedures, err = find(c, "procedure", cat.Procedures, func(p data.Procedure) entry { return entry{p.ID, p.Name, p.Code} }); err != nil {
		return q, 0, err
	}
	for _, l := range c.options["level"] {
		if !slices.ContainsFunc(cat.Units, func(u data.Unit) bool { return u.Level == data.Level(l) }) && l != "" {
			return q, 0, data.Fail(data.NotFound, fmt.Sprintf("Danh mục không có đơn vị nào ở cấp «%s» (--level). Kiểm tra lại tên cấp.", l), nil)
		}
		q.Levels = append(q.Levels, data.Level(l))
	}
	for _, name := range c.options["channel"] {
		i := slices.Index([]string{"direct", "online", "postal"}, name)
		if i < 0 {
			return q, 0, usagef("--channel: «%s» không có. Dùng direct, online hoặc postal.", name)
		}
		q.Channels = append(q.Channels, data.Channel(i+1))
	}
	for _, name := range c.options["outcome"] {
		i := slices.Index(outcomeKeys, name)
		if i < 1 {
			return q, 0, usagef("--outcome: «%s» không có. Dùng %s.", name, strings.Join(outcomeKeys[1:], ", "))
		}
		q.Outcomes = append(q.Outcomes, data.Outcome(i))
	}
	q.Sort = register.Sort(c.option("sort"))
	if !slices.Contains(sorts, q.Sort) {
		return q, 0, usagef("--sort: «%s» không có. Dùng một trong: %s.", q.Sort, strings.Trim(joined(sorts), ", "))
	}
	return q, day, nil
}

var outcomeKeys = []string{"", "early", "on_time", "late", "withdrawn", "pending_in_time", "waiting", "pending_overdue"}

// sorts are the orders of a list; "" is by receipt, newest first.
var sorts = []register.Sort{register.SortReceived, register.SortCode, register.SortOwner, register.SortProcedure, register.SortField,
	register.SortUnit, register.SortDue, register.SortStatus, register.SortEnded}

func rateIDs() (ids []string) {
	ids = data.Map(register.Rates(data.Counts{}, nil), func(r data.Rate) string { return r.ID })
	return append(ids, register.IndicatorIDs()...)
}

func joined[T ~string](list []T) string {
	names := data.Map(list, func(n T) string { return string(n) })
	return strings.Join(names, ", ")
}

// entry is an entry of the catalogue as options name it.
type entry struct {
	id         uint32
	name, code string
}

// units reads an option that names units.
func (c *call) units(d *desk.Desk, option string) ([]uint32, error) {
	return find(c, option, d.Catalogue().Units, func(u data.Unit) entry { return entry{u.ID, u.Name, u.Code} })
}

// fields reads --field.
func (c *call) fields(d *desk.Desk) ([]uint32, error) {
	return find(c, "field", d.Catalogue().Fields, func(f data.Field) entry { return entry{f.ID, f.Name, ""} })
}

// find looks catalogue entries up by key, code or name; 0 is the unknown one.
func find[T any](c *call, option string, list []T, of func(T) entry) (ids []uint32, err error) {
	for _, want := range c.options[option] {
		want = text.Line(want)
		n, isID := data.ParseWhole(want, math.MaxUint32)
		// A name typed with its tones means that one; without them, all that it fits.
		var exact, loose []uint32
		if isID && n == 0 {
			exact = []uint32{0}
		}
		for _, x := range list {
			switch e := of(x); {
			case isID && uint32(n) == e.id, e.code != "" && e.code == want, text.NameKey(e.name) == text.NameKey(want):
				exact = append(exact, e.id)
			case text.Fold(e.name) == text.Fold(want):
				loose = append(loose, e.id)
			}
		}
		if len(exact) == 0 {
			exact = loose
		}
		if len(exact) == 0 {
			return nil, data.Fail(data.NotFound, fmt.Sprintf("Danh mục không có «%s» (--%s). Kiểm tra lại tên.", want, option), nil)
		}
		ids = append(ids, exact...)
	}
	return ids, nil
}

// statuses reads --status.
func (c *call) statuses() (list []data.Status, err error) {
	for _, s := range c.options["status"] {
		n, ok := data.ParseWhole(s, 10)
		if !ok || n < 1 {
			return nil, usagef("--status: «%s» không phải số từ 1 đến 10.", s)
		}
		list = append(list, data.Status(n))
	}
	return list, nil
}

// list returns the ids of the call's query in its order, and the day as of
// which states are told.
func (c *call) list(d *desk.Desk) (ids []uint32, day data.Day, err error) {
	q, day, err := c.query(d)
	if err != nil {
		return nil, 0, err
	}
	statuses, err := c.statuses()
	if err != nil {
		return nil, 0, err
	}
	ids = d.List(q).IDs
	if len(statuses) > 0 {
		all := ids
		ids = nil
		err = d.Dossiers(all, func(one *data.Dossier) error {
			if slices.Contains(statuses, one.On(day).Status) {
				ids = append(ids, uint32(one.ID))
			}
			return nil
		})
		if err != nil {
			return nil, 0, err
		}
	}
	if c.has("limit") {
		limit, ok := data.ParseWhole(c.option("limit"), math.MaxInt32)
		if !ok {
			return nil, 0, usagef("--limit: «%s» không phải là số nguyên.", c.option("limit"))
		}
		ids = ids[:min(int(limit), len(ids))]
	}
	return ids, day, nil
}

// each calls fn with every dossier of the call's query in its order.
func (c *call) each(d *desk.Desk, fn func(*data.Dossier, data.State) error) error {
	ids, day, err := c.list(d)
	if err != nil {
		return err
	}
	return d.Dossiers(ids, func(one *data.Dossier) error { return fn(one, one.On(day)) })
}

func runDossiers(_ context.Context, c *call) error {
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	cat := d.Catalogue()
	if !c.has("json") {
		count := 0
		err := c.each(d, func(one *data.Dossier, s data.State) error {
			count++
			c.printf("%s\t%s\t%s\tnhận %s\thẹn %s\t%s\n", one.Code, one.Owner.Name, cat.Procedure(one.Procedure).Name, one.Received.Day, s.Due.Day, s.Status)
			return nil
		})
		if err == nil {
			c.printf("%s hồ sơ\n", n(int64(count)))
		}
		return err
	}
	list := []dossierJSON{}
	err = c.each(d, func(one *data.Dossier, s data.State) error {
		list = append(list, jsonOf(one, s, cat))
		return nil
	})
	if err != nil {
		return err
	}
	return c.printJSON(list)
}

func jsonOf(one *data.Dossier, s data.State, cat *desk.Catalogue) dossierJSON {
	p := cat.Procedure(one.Procedure)
	if one.Title != "" {
		p.Name = one.Title
	}
	j := dossierJSON{
		Code: one.Code, Procedure: jsonText(p.Name), ProcedureCode: jsonText(p.Code), Content: jsonText(one.Content),
		Field: jsonText(cat.Field(one.Field).Name), Unit: jsonText(cat.Unit(one.Unit).Name), Owner: jsonText(one.Owner.Name),
		Identity: jsonText(one.Owner.Identity), Phone: jsonText(one.Owner.Phone), Address: jsonText(one.Owner.Address),
		Channel: jsonText(one.Channel.Key()), Received: jsonDay(one.Received.Day), ReceivedTime: jsonText(one.Received.Clock.String()),
		Due: jsonDay(s.Due.Day), Ended: jsonDay(s.Ended.Day), Returned: jsonDay(s.Returned.Day), Note: jsonText(one.Note),
		Receiver: jsonText(cat.Unit(one.Receiver).Name), Helper: jsonText(cat.Unit(one.Helper).Name),
		ExternalCode: jsonText(one.ExternalCode), ExternalSystem: jsonText(one.ExternalSystem),
	}
	if s.Status != 0 {
		status := int(s.Status)
		j.Status = &status
	}
	if one.Copies > 0 {
		j.Copies = &one.Copies
	}
	return j
}

var exportCommand = &command{
	reads: always,
	words: true,
	name:  "export",
	usage: "--out TỆP.xlsx|TỆP.csv " + queryUsage,
	help:  "xuất danh sách ra Excel hoặc csv, đúng những hồ sơ mà «dossiers» liệt kê",
	flags: append([]string{"out"}, queryFlags...),
	ends:  map[string][]string{"out": {".xlsx", ".csv"}},
	run: func(ctx context.Context, c *call) error {
		if !c.has("out") {
			return usagef("Thiếu --out.")
		}
		d, err := c.open(false)
		if err != nil {
			return err
		}
		defer d.Close()
		ids, day, err := c.list(d)
		if err != nil {
			return err
		}
		if day == data.MaxDay {
			day = d.Today()
		}
		e := papers.Export{Layout: papers.FullLayout, IDs: ids, AsOf: day, CSV: strings.EqualFold(filepath.Ext(c.option("out")), ".csv")}
		if err := papers.ExportAs(ctx, d, e, c.option("out"), nil); err != nil {
			return err
		}
		c.printf("Đã xuất %s hồ sơ ra %s.\n", n(int64(len(ids))), c.option("out"))
		return nil
	},
}
