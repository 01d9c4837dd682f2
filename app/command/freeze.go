package command

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

var freezeCommand = &command{
	reads: func(c *call) bool { return len(c.args) > 0 && (c.args[0] == "list" || c.args[0] == "show") },
	words: true,
	name:  "freeze",
	usage: "(--period KỲ | --from NGÀY --to NGÀY) [--as-of NGÀY] [--json] | list [--period KỲ | --from NGÀY --to NGÀY] [--json] | show MÃ [--out X.pdf] [--json]",
	help:  "chốt số liệu một kỳ; kể các kỳ đã chốt; số đã chốt và thay đổi từ khi chốt",
	flags: []string{"period", "from", "to", "as-of", "out"},
	ends:  map[string][]string{"out": {".pdf"}},
	run:   runFreeze,
}

type closingJSON struct {
	ID          string `json:"id"`
	Period      string `json:"period"`
	From        string `json:"from"`
	To          string `json:"to"`
	AsOf        string `json:"as_of"`
	Fingerprint string `json:"fingerprint"`
	At          string `json:"at"`
}

// frozenJSON is a closing with its figures: shaped as figures answers, by each group.
type frozenJSON struct {
	closingJSON
	Sound    bool               `json:"sound"`
	Total    rowJSON            `json:"total"`
	Rows     []rowJSON          `json:"rows"` // by field
	Units    []rowJSON          `json:"units"`
	Measures []measureJSON      `json:"measures"`
	Changes  []figureChangeJSON `json:"changes"`
}

type figureChangeJSON struct {
	Dossier string  `json:"dossier"`
	Figure  string  `json:"figure"`
	Old     int64   `json:"old"`
	New     int64   `json:"new"`
	Who     *string `json:"who"`
	When    *string `json:"when"`
	What    *string `json:"what"`
}

func runFreeze(ctx context.Context, c *call) error {
	what := ""
	if len(c.args) > 0 {
		what = c.args[0]
	}
	switch {
	case what == "" && len(c.args) == 0, what == "list" && len(c.args) == 1, what == "show" && len(c.args) == 2:
	default:
		return usagef("Không hiểu «%s».", strings.Join(c.args, " "))
	}
	p, asOf, err := c.asked(what != "")
	if err != nil {
		return err
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	if what == "" {
		done, err := papers.ClosePeriod(ctx, d, p, asOf)
		if err != nil {
			return err
		}
		return c.tellClosed(d, done)
	}
	all, err := d.Closings()
	if err != nil {
		return err
	}
	if what == "list" {
		out := []closingJSON{}
		for _, one := range all {
			if v := one.Value.Period; p.From.Known() && (v.From != p.From || v.To != p.To) {
				continue
			}
			out = append(out, closingOf(one))
			c.say("%d  %s, tính đến %s, chốt lúc %s, mã đối chiếu %s\n", one.ID, one.Value.Period.Label, one.Value.AsOf, closedAt(one.Value), one.Value.Fingerprint[:16])
		}
		return c.answer(out)
	}
	for _, one := range all {
		if strconv.FormatUint(one.ID, 10) == c.args[1] {
			return c.showClosing(ctx, d, one)
		}
	}
	return data.Fail(data.NotFound, fmt.Sprintf("Không có kỳ chốt «%s». Lệnh giaoban freeze list kể các kỳ đã chốt.", c.args[1]), nil)
}

func closedAt(c desk.Closing) string { return c.ClosedAt().Format("02/01/2006 15:04") }

func closingOf(one desk.Stored[desk.Closing]) closingJSON {
	v := one.Value
	key := cmp.Or(v.Period.Key, v.Period.From.ISO()+".."+v.Period.To.ISO())
	return closingJSON{ID: strconv.FormatUint(one.ID, 10), Period: key, From: v.Period.From.ISO(), To: v.Period.To.ISO(), AsOf: v.AsOf.ISO(), Fingerprint: v.Fingerprint,
		At: v.ClosedAt().Format(time.RFC3339)}
}

func (c *call) tellClosed(d *desk.Desk, done desk.Stored[desk.Closing]) error {
	missing, extra, compared, err := d.Carried(done.Value)
	if err != nil {
		return err
	}
	c.say("Đã chốt số liệu %s, tính đến %s. Mã đối chiếu %s\n", done.Value.Period.Label, done.Value.AsOf, done.Value.Fingerprint)
	switch {
	case !compared:
	case len(missing)+len(extra) == 0:
		c.say("✓ Kỳ trước chuyển sang (6) bằng đang giải quyết (11) của kỳ trước đã chốt.\n")
	default:
		c.say("✗ Kỳ trước chuyển sang (6) khác đang giải quyết (11) của kỳ trước đã chốt: thiếu %s; thừa %s.\n", codesOf(missing), codesOf(extra))
	}
	return c.answer(closingOf(done))
}

func codesOf(codes []string) string {
	if len(codes) == 0 {
		return "0"
	}
	return fmt.Sprintf("%d (%s)", len(codes), strings.Join(codes, ", "))
}

func (c *call) showClosing(ctx context.Context, d *desk.Desk, one desk.Stored[desk.Closing]) error {
	v := one.Value
	if path := c.option("out"); path != "" {
		pdf, err := d.PaperOf(one.ID)
		if err != nil {
			return err
		}
		if err := d.WriteOutBytes(ctx, desk.Issue{What: "Bản in đã chốt, " + v.Period.Label}, path, pdf); err != nil {
			return err
		}
	}
	changes, err := d.Since(ctx, v)
	if err != nil {
		return err
	}
	out := frozenJSON{closingJSON: closingOf(one), Sound: v.Sound(), Rows: []rowJSON{}, Units: []rowJSON{}, Measures: []measureJSON{}, Changes: []figureChangeJSON{}}
	for _, t := range v.Tables {
		rows := &out.Rows
		if t.Group == data.ByUnit {
			rows = &out.Units
		}
		for _, r := range t.Rows {
			*rows = append(*rows, frozenRowOf(r))
		}
		out.Total = frozenRowOf(t.Total)
	}
	for _, m := range v.Measures {
		shown := measureJSON{ID: m.ID, Name: m.Name, Unit: m.Unit, Rows: []measuredRow{}}
		if m.Of == "" {
			shown.Value = m.Numerator
		} else {
			shown.Numerator, shown.Denominator = &m.Numerator, &m.Denominator
			if m.Denominator != 0 {
				shown.Value = data.Ratio{Numerator: m.Numerator, Denominator: m.Denominator}.Percent()
			}
		}
		out.Measures = append(out.Measures, shown)
	}
	for _, x := range changes {
		j := figureChangeJSON{Dossier: x.Dossier, Figure: string(x.Figure), Old: x.Old, New: x.New, Who: jsonText(x.Who), What: jsonText(x.What)}
		if x.When != 0 {
			j.When = jsonText(time.Unix(x.When, 0).Format(time.RFC3339))
		}
		out.Changes = append(out.Changes, j)
	}
	c.say("%s, tính đến %s, chốt lúc %s\nMã đối chiếu %s\n", v.Period.Label, v.AsOf, closedAt(v), v.Fingerprint)
	if !out.Sound {
		c.say("✗ Số liệu đã chốt không còn khớp mã đối chiếu.\n")
	}
	t := out.Total
	c.say("Tiếp nhận %s, đã giải quyết %s, đang giải quyết %s\n", n(t.Received), n(t.Resolved), n(t.Pending))
	for _, x := range changes {
		c.say("Hồ sơ %s, %s: %d → %d; %s\n", x.Dossier, x.Figure.Label(), x.Old, x.New, x.What)
	}
	c.say("Thay đổi từ khi chốt: %s\n", n(int64(len(changes))))
	return c.answer(out)
}

func frozenRowOf(r desk.FrozenRow) rowJSON {
	return rowOf(r.Key, r.Name, func(col data.Column) int64 { return r.Counts[col] })
}
