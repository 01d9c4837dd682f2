package briefing

import (
	"context"

	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// WriteByField writes form II.06a by field as a file of its own.
func WriteByField(ctx context.Context, path string, in *Input, o paper.Options) error {
	return writeStat(ctx, path, in, o, "Theo lĩnh vực", form.FieldRows(in.ByField), false)
}

// WriteByUnit writes form II.06a by unit, grouped by level, as a file of its own.
func WriteByUnit(ctx context.Context, path string, in *Input, o paper.Options) error {
	return writeStat(ctx, path, in, o, "Theo đơn vị", form.UnitRows(in.ByUnit, in.levelOf, in.levels()), true)
}

func writeStat(ctx context.Context, path string, in *Input, o paper.Options, by string, rows []form.StatRow, units bool) error {
	t, err := form.ShippedOn("ii06a", in.Period.To)
	if err != nil {
		return err
	}
	d := paper.New(ctx, in.options(o, t.Code))
	d.Section(t.Section(in.Foot()))
	t.StatHead(d, in.Office, in.Period, by)
	total := in.ByField.Total
	if units {
		total = in.ByUnit.Total
	}
	t.AddStat(d, rows, total, true)
	t.Sign(d, in.Office, in.Date, in.year())
	return d.WriteFile(path)
}

// WriteOverdue writes the list of overdue dossiers as a file of its own.
func WriteOverdue(ctx context.Context, path string, in *Input, o paper.Options) error {
	t, err := form.ShippedOn("qua-han", in.AsOf)
	if err != nil {
		return err
	}
	d := paper.New(ctx, in.options(o, "Danh sách hồ sơ quá hạn"))
	d.Section(t.Section(in.Foot()))
	form.ListHead(d, in.Office, t.Title, "(Tính đến ngày "+in.AsOf.String()+")")
	t.AddOverdue(d, in.Overdue, in.ShowNames, form.SignersHeight)
	form.ListFoot(d, in.Office, in.Date, in.year())
	return d.WriteFile(path)
}
