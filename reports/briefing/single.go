package briefing

import (
	"context"
	"strings"

	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// BuildByField lays out form II.06a by field as a document of its own.
func BuildByField(ctx context.Context, in *Input, o paper.Options) (*paper.Document, error) {
	return buildStat(ctx, in, o, "Theo lĩnh vực", form.FieldRows(in.ByField), false)
}

// BuildByUnit lays out form II.06a by unit, grouped by level, as a document of
// its own.
func BuildByUnit(ctx context.Context, in *Input, o paper.Options) (*paper.Document, error) {
	return buildStat(ctx, in, o, "Theo đơn vị", form.UnitRows(in.ByUnit, in.levelOf, in.levels()), true)
}

func buildStat(ctx context.Context, in *Input, o paper.Options, by string, rows []form.StatRow, units bool) (*paper.Document, error) {
	t, err := form.ShippedOn("ii06a", in.Period.To)
	if err != nil {
		return nil, err
	}
	d := paper.New(ctx, in.options(o, t.Code))
	d.Section(t.Section(in.Foot()))
	t.StatHead(d, in.Office, in.Period, in.AsOf, by)
	if in.Condition != "" {
		d.Centered(11, paper.Run{Text: in.Condition, Italic: true})
	}
	total := in.ByField.Total
	if units {
		total = in.ByUnit.Total
	}
	t.AddStat(d, rows, total, true)
	t.Sign(d, in.Office, in.Date, in.year())
	return d, nil
}

// BuildOverdue lays out the list of overdue dossiers as a document of its own.
func BuildOverdue(ctx context.Context, in *Input, o paper.Options) (*paper.Document, error) {
	t, err := form.ShippedOn("qua-han", in.AsOf)
	if err != nil {
		return nil, err
	}
	d := paper.New(ctx, in.options(o, "Danh sách hồ sơ quá hạn"))
	d.Section(t.Section(in.Foot()))
	form.ListHead(d, in.Office, t.Title, strings.TrimSpace("(Tính đến ngày "+in.AsOf.String()+")\n"+in.Condition))
	t.AddOverdue(d, in.Overdue, in.ShowNames, form.SignersHeight)
	form.ListFoot(d, in.Office, in.Date, in.year())
	return d, nil
}
