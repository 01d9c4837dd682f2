package papers

import (
	"context"
	"io"
	"slices"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// ScoreTable describes one of the tables of the self-assessment (scoring 4.1).
type ScoreTable struct {
	ID, Title string
	Group     bool // about all units of a group, else about one sheet
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
	return []ScoreTable{
		{ScoreSelf, "Bảng tự đánh giá, chấm điểm", false}, {ScoreAppraisal, "Bảng thẩm định", false}, {ScoreDetail, "Báo cáo chi tiết đơn vị", false},
		{ScoreDomains, "Tổng hợp theo lĩnh vực", true}, {ScoreComparison, "So sánh các đơn vị", true}, {ScoreResult, "Kết quả, xếp hạng", true},
		{ScoreSummary, "Báo cáo tổng hợp", true}, {ScoreNotAssessed, "Tiêu chí không đánh giá", true}, {ScoreEvidence, "Danh mục tài liệu kiểm chứng", false},
		{ScoreExplanation, "Bảng giải trình", false}, {ScoreLosses, "Phân tích mất điểm", false}, {ScoreRemedies, "Kế hoạch khắc phục", false},
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

// gatherScore makes the tables of a request, in the order of ScoreTables.
func gatherScore(ctx context.Context, d *desk.Desk, s *desk.Snapshot, r ScoreRequest) ([]scorecard.Table, error) {
	b := book.At(d, s)
	var card *assess.Card
	if r.Sheet != 0 {
		var err error
		if card, err = b.Card(r.Sheet); err != nil {
			return nil, err
		}
		if r.Period == 0 {
			r.Period = card.Period.ID
		}
		if r.Group == "" {
			r.Group = card.Sheet.Group
		}
	}
	var cards []*assess.Card
	var rankings []assess.Ranking
	var out []scorecard.Table
	for _, t := range ScoreTables() {
		if !slices.Contains(r.Tables, t.ID) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy lập bảng.", err)
		}
		if !t.Group && card == nil {
			return nil, data.Fail(data.Invalid, "Chưa chọn phiếu chấm điểm để lập bảng «"+t.Title+"».", nil)
		}
		if t.Group && cards == nil {
			var err error
			if cards, err = b.Cards(r.Period, r.Group); err != nil {
				return nil, err
			}
			if rankings, err = b.Rankings(r.Period, r.Group, assess.Second); err != nil {
				return nil, err
			}
			if len(rankings) == 0 {
				return nil, data.Fail(data.Invalid, "Nhóm «"+r.Group+"» chưa có phiếu chấm điểm nào nên chưa lập được bảng «"+t.Title+"».", nil)
			}
		}
		for _, ranking := range rankings {
			out = append(out, groupTables(t.ID, ranking, cards, r.Leaves)...)
		}
		switch t.ID {
		case ScoreSelf:
			out = append(out, scorecard.SelfTable(card))
		case ScoreAppraisal:
			out = append(out, scorecard.AppraisalTable(card))
		case ScoreDetail:
			out = append(out, scorecard.DetailTable(card))
		case ScoreEvidence:
			proofs, err := b.Proofs(r.Sheet)
			if err != nil {
				return nil, err
			}
			out = append(out, scorecard.EvidenceTable(card, proofs))
		case ScoreExplanation:
			out = append(out, scorecard.ExplanationTable(card))
		case ScoreLosses:
			out = append(out, scorecard.LossTable(card.Losses(), card.Name, card.Period.Year))
		case ScoreRemedies:
			remedies, err := b.Remedies(r.Sheet)
			if err != nil {
				return nil, err
			}
			out = append(out, scorecard.RemedyTable(remedies, card.Period.Year, func(code string) string {
				if n := card.Set.Node(code); n != nil {
					return n.Title
				}
				return ""
			}))
		}
	}
	return out, nil
}

// groupTables makes one of the tables about a group, for the units of one class; none
// where the table is about a sheet.
func groupTables(id string, r assess.Ranking, cards []*assess.Card, leaves bool) []scorecard.Table {
	switch id {
	case ScoreDomains:
		return scorecard.DomainTables(r, cards)
	case ScoreComparison:
		return scorecard.ComparisonTables(r, leaves)
	case ScoreResult:
		return []scorecard.Table{scorecard.ResultTable(r)}
	case ScoreSummary:
		return []scorecard.Table{scorecard.SummaryTable(r)}
	case ScoreNotAssessed:
		return []scorecard.Table{scorecard.NotAssessedTable(r, cards)}
	}
	return nil
}

func scoreHead(d *desk.Snapshot, day data.Day) (scorecard.Head, paper.Options) {
	return scorecard.Head{Office: d.Office(), Date: day}, paper.Options{Author: form.OneLine(d.Office().Name), Created: d.Today().Time()}
}

// ScorePDF writes the tables of a request as one PDF.
func ScorePDF(ctx context.Context, d *desk.Desk, r ScoreRequest) ([]byte, error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	tables, err := gatherScore(ctx, d, s, r)
	if err != nil {
		return nil, err
	}
	s.Settle()
	head, o := scoreHead(s, r.Date)
	return scorecard.Bytes(ctx, head, tables, o)
}

// ScoreWorkbook writes the tables of a request to a workbook, which appears
// whole or not at all.
func ScoreWorkbook(ctx context.Context, d *desk.Desk, r ScoreRequest, path string) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	tables, err := gatherScore(ctx, d, s, r)
	if err != nil {
		return err
	}
	s.Settle()
	return disk.Whole(path, func(w io.Writer) error { return scorecard.WriteWorkbook(ctx, w, tables) })
}

// ScoreReport writes the self-assessment report of a sheet in three parts, with
// its annexes.
func ScoreReport(ctx context.Context, d *desk.Desk, sheet uint64, number string, day data.Day) ([]byte, error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	b := book.At(d, s)
	card, err := b.Card(sheet)
	if err != nil {
		return nil, err
	}
	proofs, err := b.Proofs(sheet)
	if err != nil {
		return nil, err
	}
	s.Settle()
	_, o := scoreHead(s, day)
	r := scorecard.Report{Card: card, Proofs: proofs, Office: s.Office(), Date: day, Number: number, Annexes: true}
	doc, err := r.Build(ctx, o)
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}

// ScoreIndex writes the index of an export of evidence as a PDF, to lie beside
// the numbered files.
func ScoreIndex(ctx context.Context, d *desk.Desk, sheet uint64, proofs []assess.ProofLine) ([]byte, error) {
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	card, err := book.At(d, s).Card(sheet)
	if err != nil {
		return nil, err
	}
	s.Settle()
	head, o := scoreHead(s, s.Today())
	return scorecard.Bytes(ctx, head, []scorecard.Table{scorecard.EvidenceTable(card, proofs)}, o)
}
