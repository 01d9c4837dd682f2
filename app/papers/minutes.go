package papers

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/reconcile"
	"giaoban/reports/form"
)

// Minutes are what the minutes of a comparison of two sources are written from.
type Minutes struct {
	Result  *reconcile.Result
	Choices []desk.Choice // what was decided, by the place of the finding
}

// ownBookName names the own register as the first source.
const ownBookName = "Sổ theo dõi hồ sơ của cơ quan"

// WriteMinutes writes the minutes of a comparison as a PDF: what both sources
// have, and for each kind of difference how many there are, in which dossiers,
// and what was decided.
func WriteMinutes(ctx context.Context, d *desk.Desk, m Minutes) ([]byte, error) {
	return drawSlips(ctx, d, func(s desk.Reading) ([]form.Job, error) {
		t, err := templateOf(s, form.Reconcile, s.Today())
		if err != nil {
			return nil, err
		}
		r := m.Result
		slip := form.Slip{Office: s.Office(), Today: s.Today(), Moment: data.MomentOf(s.Now()), From: ownBookName, To: "Tệp " + r.File,
			Subject: scopeOf(r), Compare: &form.Comparison{First: r.Own, Second: r.Rows, Same: r.Agree, Findings: MinuteLines(m)}}
		if r.File == exchange.PastedName {
			slip.To = "Bảng số liệu được chép sang"
		}
		if r.From.Known() {
			slip.Period, err = data.FreePeriod(r.From, r.To)
		}
		return []form.Job{{Template: t, Slip: slip}}, err
	})
}

func scopeOf(r *reconcile.Result) string {
	switch n := len(r.Units); {
	case n == 0:
		return "Tất cả đơn vị"
	case n > 6:
		return fmt.Sprintf("%d đơn vị có trong tệp", n)
	}
	return strings.Join(r.Units, "; ")
}

// groupName names a kind of difference in the minutes, where the own book is the
// first source.
func groupName(f *reconcile.Finding) string {
	switch {
	case f.Accepted != "":
		return "Đã chấp nhận khác nhau từ trước"
	case f.Kind == reconcile.MissingHere:
		return "Có ở nguồn thứ hai, không có ở nguồn thứ nhất"
	case f.Kind == reconcile.MissingThere:
		return "Có ở nguồn thứ nhất, không có ở nguồn thứ hai"
	}
	name := f.Field.String()
	first, rest := name, ""
	if i := strings.IndexByte(name, ' '); i > 0 {
		first, rest = name[:i], name[i:]
	}
	return "Khác " + strings.ToLower(first) + rest
}

// maxCodes is how many dossiers a line of the minutes names.
const maxCodes = 20

// group gathers the findings of one name.
type group struct {
	name    string
	codes   []string
	count   int
	actions map[reconcile.Action]int
	reasons []string
}

// MinuteLines sums the findings up by what differs, in the order of reports, with
// what was decided about them; those accepted before stand last.
func MinuteLines(m Minutes) []form.Finding {
	choices := map[int]desk.Choice{}
	for _, c := range m.Choices {
		choices[c.Finding] = c
	}
	var list []*group
	byName := map[string]*group{}
	var before *group
	for i := range m.Result.Findings {
		f := &m.Result.Findings[i]
		name := groupName(f)
		g := byName[name]
		if g == nil {
			g = &group{name: name, actions: map[reconcile.Action]int{}}
			byName[name] = g
			if f.Accepted != "" {
				before = g
			} else {
				list = append(list, g)
			}
		}
		g.count++
		if len(g.codes) < maxCodes {
			g.codes = append(g.codes, f.Code)
		}
		reason := f.Accepted
		if c, ok := choices[i]; ok {
			g.actions[c.Action]++
			reason = c.Reason
		}
		if reason != "" && len(g.reasons) < maxReasons && !slices.Contains(g.reasons, reason) {
			g.reasons = append(g.reasons, reason)
		}
	}
	if before != nil {
		list = append(list, before)
	}
	out := make([]form.Finding, len(list))
	for i, g := range list {
		out[i] = form.Finding{Kind: g.name, Count: g.count, Codes: g.text()}
	}
	return out
}

// maxReasons is how many reasons a line of the minutes tells.
const maxReasons = 3

func (g *group) text() string {
	text := strings.Join(g.codes, "; ")
	if n := g.count - len(g.codes); n > 0 {
		text += fmt.Sprintf(" và %s hồ sơ khác", data.FormatInt(int64(n)))
	}
	var did []string
	for _, a := range []reconcile.Action{reconcile.TakeTheirs, reconcile.ImportMissing, reconcile.KeepOurs, reconcile.Accept} {
		if n := g.actions[a]; n > 0 {
			did = append(did, fmt.Sprintf("%s: %s", strings.ToLower(actionInMinutes(a)), data.FormatInt(int64(n))))
		}
	}
	if len(did) > 0 {
		text += ". Cách xử lý: " + strings.Join(did, ", ")
	}
	if len(g.reasons) > 0 {
		text += ". Lý do: " + strings.Join(g.reasons, "; ")
	}
	return text
}

func actionInMinutes(a reconcile.Action) string {
	switch a {
	case reconcile.TakeTheirs:
		return "Sửa theo nguồn thứ hai"
	case reconcile.KeepOurs:
		return "Giữ theo nguồn thứ nhất"
	}
	return a.String()
}

// ExportDifferences writes the findings of a comparison to a workbook, one a
// line, with what was decided about each. The file appears whole or not at all.
func ExportDifferences(ctx context.Context, d *desk.Desk, m Minutes, path string) error {
	return d.WriteOut(ctx, desk.Issue{What: "Kết quả đối chiếu hai nguồn"}, path, func(ctx context.Context, w io.Writer) error { return writeDifferences(ctx, d, m, w) })
}

func writeDifferences(ctx context.Context, d *desk.Desk, m Minutes, w io.Writer) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	s.Settle()
	r := m.Result
	choices := map[int]desk.Choice{}
	for _, c := range m.Choices {
		choices[c.Finding] = c
	}
	table := exchange.Table{Sheet: "Đối chiếu", Titles: []string{
		"KẾT QUẢ ĐỐI CHIẾU HAI NGUỒN",
		fmt.Sprintf("Sổ theo dõi hồ sơ và %s, ngày %s: %s điểm khác nhau, %s hồ sơ khớp hoàn toàn", r.File, s.Today(), data.FormatInt(int64(len(r.Findings))), data.FormatInt(int64(r.Agree))),
	}, Columns: []exchange.TableColumn{
		{Heading: "STT", Width: 7}, {Heading: "Loại", Width: 30}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Đơn vị", Width: 28},
		{Heading: "Nội dung", Width: 20}, {Heading: "Trong sổ", Width: 30}, {Heading: "Trong tệp", Width: 30}, {Heading: "Dòng trong tệp", Width: 10},
		{Heading: "Cách xử lý", Width: 22}, {Heading: "Lý do", Width: 40},
	}}
	return writeLines(ctx, w, table, len(r.Findings), nil, func(i int) ([]any, error) {
		f := &r.Findings[i]
		owner, row := f.Owner, any(nil)
		if owner == "" && f.ID != 0 {
			one, err := s.Dossier(f.ID)
			if err != nil && data.CodeOf(err) != data.NotFound {
				return nil, err
			}
			owner = one.Owner.Name
		}
		if f.Row > 0 {
			row = f.Row
		}
		action, reason := "", f.Accepted
		if f.Accepted != "" {
			action = "Đã chấp nhận từ trước"
		}
		if c, ok := choices[i]; ok {
			action, reason = c.Action.String(), c.Reason
		}
		return []any{i + 1, f.Kind.String(), f.Code, owner, f.Unit, f.Field.String(), f.Ours, f.Theirs, row, action, reason}, nil
	})
}
