package papers

import (
	"context"
	"io"

	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/reports/scorecard"
)

// CriteriaPDF writes a set of criteria as the table of a decision.
func CriteriaPDF(ctx context.Context, d *desk.Desk, id uint64) ([]byte, error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	_, set, err := book.At(d, s).Set(id)
	if err != nil {
		return nil, err
	}
	s.Settle()
	head, o := scoreHead(s, data.NoDay)
	return scorecard.Bytes(ctx, head, []scorecard.Table{scorecard.CriteriaTable(set)}, o)
}

// CriteriaWorkbook writes a set of criteria as the table of a decision to a workbook,
// which appears whole or not at all.
func CriteriaWorkbook(ctx context.Context, d *desk.Desk, id uint64, path string) error {
	_, set, err := book.New(d).Set(id)
	if err != nil {
		return err
	}
	return disk.Whole(path, func(w io.Writer) error {
		return scorecard.WriteWorkbook(ctx, w, []scorecard.Table{scorecard.CriteriaTable(set)})
	})
}
