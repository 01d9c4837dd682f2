package papers

import (
	"cmp"
	"context"
	"io"
	"slices"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// ScoreTable describes one of the tables of the self-assessment (scoring 4.1).
type ScoreTable struct {
	ID, Title string
	Group     bool // about all units of a group, else about one sheet
	make      func(*scored) ([]scorecard.Table, error)
}

// The tables, in the order of scoring 4.1.
const (
	ScoreSelf        = "tu-danh-gia"
	ScoreAppraisal   = "tham-dinh"
	ScoreDetail      = "chi-tiet"
	ScoreDomains     = "theo-linh-vuc"
	ScoreComparison  = "so-sanh"
	ScoreResult      = "ket-qua"
	ScoreSummary     = "tong-hop"
	ScoreNotAssessed = "khong-danh-gia"
	ScoreEvidence    = "minh-chung"
	ScoreExplanation = "giai-trinh"
	ScoreLosses      = "mat-diem"
	ScoreRemedies    = "khac-phuc"
)

// ScoreTables lists the tables.
func ScoreTables() []ScoreTable {
	// sheet and group make a table about a sheet, and one about the units of a class.
	sheet := func(id, title string, table func(*scored) scorecard.Table) ScoreTable {
		return ScoreTable{id, title, false, func(x *scored) ([]scorecard.Table, error) { return []scorecard.Table{table(x)}, nil }}
	}
	card := func(id, title string, table func(*assess.Card) scorecard.Table) ScoreTable {
		return sheet(id, title, func(x *scored) scorecard.Table { return table(x.card) })
	}
	groups := func(id, title string, tables func(*scored, assess.Ranking) []scorecard.Table) ScoreTable {
		return ScoreTable{id, title, true, func(x *scored) (out []scorecard.Table, err error) {
			for _, r := range x.rankings {
				out = append(out, tables(x, r)...)
			}
			return out, nil
		}}
	}
	group := func(id, title string, table func(assess.Ranking) scorecard.Table) ScoreTable {
		return groups(id, title, func(_ *scored, r assess.Ranking) []scorecard.Table { return []scorecard.Table{table(r)} })
	}
	return []ScoreTable{
		card(ScoreSelf, "Bảng tự đánh giá, chấm điểm", scorecard.SelfTable), card(ScoreAppraisal, "Bảng thẩm định", scorecard.AppraisalTable), card(ScoreDetail, "Báo cáo chi tiết đơn vị", scorecard.DetailTable),
		groups(ScoreDomains, "Tổng hợp theo lĩnh vực", func(x *scored, r assess.Ranking) []scorecard.Table { return scorecard.DomainTables(r, x.cards) }),
		groups(ScoreComparison, "So sánh các đơn vị", func(x *scored, r assess.Ranking) []scorecard.Table { return scorecard.ComparisonTables(r, x.Leaves) }),
		group(ScoreResult, "Kết quả, xếp hạng", scorecard.ResultTable), group(ScoreSummary, "Báo cáo tổng hợp", scorecard.SummaryTable),
		groups(ScoreNotAssessed, "Tiêu chí không đánh giá", func(x *scored, r assess.Ranking) []scorecard.Table {
			return []scorecard.Table{scorecard.NotAssessedTable(r, x.cards)}
		}),
		{ScoreEvidence, "Danh mục tài liệu kiểm chứng", false, func(x *scored) ([]scorecard.Table, error) {
			proofs, err := x.book.Proofs(x.Sheet)
			return []scorecard.Table{scorecard.EvidenceTable(x.card, proofs)}, err
		}},
		card(ScoreExplanation, "Bảng giải trình", scorecard.ExplanationTable),
		sheet(ScoreLosses, "Phân tích mất điểm", func(x *scored) scorecard.Table {
			return scorecard.LossTable(x.card.Losses(), x.card.Name, x.card.Period.Year)
		}),
		{ScoreRemedies, "Kế hoạch khắc phục", false, func(x *scored) ([]scorecard.Table, error) {
			remedies, err := x.book.Remedies(x.Sheet)
			return []scorecard.Table{scorecard.RemedyTable(remedies, x.card.Period.Year, func(code string) string {
				if n := x.card.Set.Node(code); n != nil {
					return n.Title
				}
				return ""
			})}, err
		}},
	}
}

// ScoreRequest says which tables are wanted, of which sheet and group.
type ScoreRequest struct {
	Sheet  uint64 // for tables about one sheet
	Period uint64 // for tables about a group; 0 takes that of the sheet
	Group  string // "" takes that of the sheet
	Tables []string
	Leaves bool     // the comparison shows every leaf, else domains and criteria
	Date   data.Day // of the paper; NoDay leaves room for it
}

// scored is what the tables of a request are made of.
type scored struct {
	ScoreRequest
	book     *book.Book
	card     *assess.Card // nil without a sheet
	cards    []*assess.Card
	rankings []assess.Ranking // of the group, once a table asks for it
}

// tables makes the tables of a request, in the order of ScoreTables.
func (r ScoreRequest) tables(ctx context.Context, b *book.Book) (out []scorecard.Table, err error) {
	x := &scored{ScoreRequest: r, book: b}
	if r.Sheet != 0 {
		if x.card, err = b.Card(r.Sheet); err != nil {
			return nil, err
		}
		x.Period, x.Group = cmp.Or(r.Period, x.card.Period.ID), cmp.Or(r.Group, x.card.Sheet.Group)
	}
	for _, t := range ScoreTables() {
		if !slices.Contains(r.Tables, t.ID) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy lập bảng.", err)
		}
		if !t.Group && x.card == nil {
			return nil, data.Fail(data.Invalid, "Chưa chọn phiếu chấm điểm để lập bảng «"+t.Title+"».", nil)
		}
		if t.Group && x.cards == nil {
			if x.cards, err = b.Cards(x.Period, x.Group); err != nil {
				return nil, err
			}
			if x.rankings, err = b.Rankings(x.Period, x.Group, assess.Second); err != nil {
				return nil, err
			}
			if len(x.rankings) == 0 {
				return nil, data.Fail(data.Invalid, "Nhóm «"+x.Group+"» chưa có phiếu chấm điểm nào nên chưa lập được bảng «"+t.Title+"».", nil)
			}
		}
		list, err := t.make(x)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// scoreBytes draws tables that are gathered from one state of the office.
func scoreBytes(ctx context.Context, d *desk.Desk, day data.Day, gather func(*book.Book) ([]scorecard.Table, error)) (pdf []byte, err error) {
	err = onState(d, func(s *desk.Snapshot) error {
		tables, err := gather(book.At(d, s))
		if err != nil {
			return err
		}
		s.Settle()
		pdf, err = scorecard.Bytes(ctx, scorecard.Head{Office: s.Office(), Date: day}, tables, scoreOptions(s))
		return err
	})
	return pdf, err
}

func scoreOptions(s *desk.Snapshot) paper.Options {
	return paper.Options{Author: form.OneLine(s.Office().Name), Created: s.Today().Time()}
}

// ScorePDF writes the tables of a request as one PDF.
func ScorePDF(ctx context.Context, d *desk.Desk, r ScoreRequest) ([]byte, error) {
	return scoreBytes(ctx, d, r.Date, func(b *book.Book) ([]scorecard.Table, error) { return r.tables(ctx, b) })
}

// ScoreWorkbook writes the tables of a request to a workbook, which appears
// whole or not at all.
func ScoreWorkbook(ctx context.Context, d *desk.Desk, r ScoreRequest, path string) error {
	return d.WriteOut(ctx, desk.Issue{What: "Các bảng chấm điểm"}, path, func(ctx context.Context, w io.Writer) error {
		return onState(d, func(s *desk.Snapshot) error {
			tables, err := r.tables(ctx, book.At(d, s))
			if err != nil {
				return err
			}
			s.Settle()
			return scorecard.WriteWorkbook(ctx, w, tables)
		})
	})
}

// ScoreReport writes the self-assessment report of a sheet in three parts, with
// its annexes.
func ScoreReport(ctx context.Context, d *desk.Desk, sheet uint64, number string, day data.Day) (pdf []byte, err error) {
	err = onState(d, func(s *desk.Snapshot) error {
		b := book.At(d, s)
		card, err := b.Card(sheet)
		if err != nil {
			return err
		}
		proofs, err := b.Proofs(sheet)
		if err != nil {
			return err
		}
		s.Settle()
		r := scorecard.Report{Card: card, Proofs: proofs, Office: s.Office(), Date: day, Number: number, Annexes: true}
		pdf, err = bytesOf(r.Build(ctx, scoreOptions(s)))
		return err
	})
	return pdf, err
}

// ScoreIndex writes the index of an export of evidence as a PDF, to lie beside
// the numbered files.
func ScoreIndex(ctx context.Context, d *desk.Desk, sheet uint64, proofs []assess.ProofLine) ([]byte, error) {
	return scoreBytes(ctx, d, d.Today(), func(b *book.Book) ([]scorecard.Table, error) {
		card, err := b.Card(sheet)
		if err != nil {
			return nil, err
		}
		return []scorecard.Table{scorecard.EvidenceTable(card, proofs)}, nil
	})
}
