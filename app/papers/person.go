package papers

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// WritePerson writes all that is kept about a person into a workbook, or as JSON where the
// name of the file ends so.
func WritePerson(ctx context.Context, d *desk.Desk, p *desk.PersonFile, path string) error {
	return d.WriteOut(ctx, desk.Issue{What: "Dữ liệu về một người", Rows: len(p.Lines)}, path, func(_ context.Context, w io.Writer) error {
		if strings.EqualFold(filepath.Ext(path), ".json") {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			return enc.Encode(p)
		}
		table := exchange.Table{Sheet: "Dữ liệu cá nhân", Titles: []string{"DỮ LIỆU ĐANG GIỮ VỀ MỘT NGƯỜI", "Số định danh " + p.Identity + "; " + strings.Join(p.Names, ", ") + "; lập lúc " + p.Made},
			Columns: []exchange.TableColumn{{Heading: "Nơi giữ", Width: 22}, {Heading: "Mã", Width: 26}, {Heading: "Mục", Width: 26}, {Heading: "Nội dung", Width: 60}, {Heading: "Lúc", Width: 18}, {Heading: "Người ghi", Width: 22}}}
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for _, l := range p.Lines {
				if !yield([]any{l.Part, l.Of, l.What, l.Text, l.At, l.By}) {
					return
				}
			}
		})
	})
}
