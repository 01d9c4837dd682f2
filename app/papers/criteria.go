package papers

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/reports/scorecard"
)

// CriteriaPDF writes a set of criteria as the table of a decision.
func CriteriaPDF(ctx context.Context, d *desk.Desk, id uint64) ([]byte, error) {
	return scoreBytes(ctx, d, data.NoDay, func(b *book.Book) ([]scorecard.Table, error) {
		_, set, err := b.Set(id)
		if err != nil {
			return nil, err
		}
		return []scorecard.Table{scorecard.CriteriaTable(set)}, nil
	})
}

// CriteriaFile writes a set of criteria as the table of a decision to a workbook, or to a
// Word document where path ends in .docx. The file appears whole or not at all.
func CriteriaFile(ctx context.Context, d *desk.Desk, id uint64, path string) error {
	_, set, err := book.New(d).Set(id)
	if err != nil {
		return err
	}
	return d.WriteOut(ctx, desk.Issue{What: "Bảng tiêu chí"}, path, func(ctx context.Context, w io.Writer) error {
		t := scorecard.CriteriaTable(set)
		if strings.EqualFold(filepath.Ext(path), ".docx") {
			return t.WriteWord(ctx, w)
		}
		return scorecard.WriteWorkbook(ctx, w, []scorecard.Table{t})
	})
}
