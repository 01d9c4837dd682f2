package scorecard

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/reports/paper"
)

// EvidenceTable lists the documents in the order of the criteria (table 9).
func EvidenceTable(c *assess.Card, proofs []assess.ProofLine) Table {
	t := Table{Name: "Minh chứng", Title: fmt.Sprintf("DANH MỤC TÀI LIỆU KIỂM CHỨNG, NĂM %d", c.Period.Year), Below: belowOf(c), Signers: leader(),
		Columns: []Column{{Width: 10, Align: paper.Center}, {Width: 16}, {}, {Width: 32}, {Width: 21, Align: paper.Center}, {Width: 36}, {Width: 30}, {Width: 48}},
		Header:  oneRow("STT", "Mã TC", "Tên tài liệu", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Mục, trang", "Tệp"),
		Empty:   "Chưa có tài liệu kiểm chứng nào."}
	for _, p := range proofs {
		file := p.Name
		if p.File != assess.FileThere {
			file = p.File.String()
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{data.FormatInt(int64(p.Number)), p.Code, p.Evidence.Title, p.Evidence.Number, p.Evidence.Date.String(),
			p.Evidence.Issuer, placeOf(p.Link), file}})
	}
	return t
}

// placeOf says where in a document the proof stands.
func placeOf(l assess.Link) string {
	section, page := l.Section, l.Page
	if section != "" {
		section = "mục " + section
	}
	if page != "" {
		page = "trang " + page
	}
	if section != "" && page != "" {
		return section + ", " + page
	}
	return section + page
}

// ExplanationTable sets out what the unit explained and what came of it
// (table 10).
func ExplanationTable(c *assess.Card) Table {
	t := Table{Name: "Giải trình", Title: fmt.Sprintf("BẢNG GIẢI TRÌNH KẾT QUẢ THẨM ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", c.Period.Year), Below: belowOf(c), Signers: leader(),
		Columns: []Column{{Width: 10, Align: paper.Center}, {Width: 50}, points(16), points(16), {Width: 40}, {}, {Width: 34}, points(16), {Width: 32}},
		Header: oneRow("STT", "Tiêu chí/tiêu chí thành phần", "Điểm tự chấm", "Điểm thẩm định", "Lý do trừ, nội dung cần giải trình", "Nội dung giải trình", "Tài liệu bổ sung",
			"Đề nghị điểm", "Kết luận của Hội đồng"),
		Empty: "Không có tiêu chí nào phải giải trình."}
	n := 0
	for _, r := range c.Rows() {
		if !r.Leaf || !r.Asked && !r.Explained.Known {
			continue
		}
		n++
		explanation, asked, verdict := entryNote(r.Line, assess.Explained), "", ""
		if r.Line != nil {
			asked = r.Line.Asked
		}
		if e := r.Line.Of(assess.Second); e != nil {
			verdict = joined(e.Points.String()+" điểm", e.Note)
		}
		added := ""
		for _, p := range r.Proof {
			for _, l := range p.Links {
				if l.Sheet == c.Sheet.ID && l.Code == r.Node.Code && l.Round == assess.Explained {
					added = joined(added, documentName(p))
				}
			}
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{data.FormatInt(int64(n)), r.Node.Code + ". " + r.Node.Title, r.Self.String(), r.First.String(),
			joined(asked, entryNote(r.Line, assess.First)), explanation, added, r.Explained.String(), verdict}})
	}
	return t
}

// LossTable tells where points were lost, the greatest loss first, complete to
// the hundredth (table 11).
func LossTable(m assess.LossMap, name string, year int) Table {
	t := Table{Name: "Mất điểm", Title: fmt.Sprintf("PHÂN TÍCH MẤT ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", year), Below: []string{"Đơn vị: " + name}, Signers: leader(),
		Columns: []Column{{Width: 16}, {Width: 78}, points(18), points(18), points(18), points(18), {}, {Width: 44}},
		Header:  oneRow("Tiêu chí", "Nội dung", "Điểm tối đa", "Đạt", "Mất", "Tỷ trọng (%)", "Nguyên nhân (chủ quan/khách quan)", "Cơ quan chịu trách nhiệm"),
		Empty:   "Không mất điểm ở tiêu chí nào."}
	for _, l := range m.ByLoss() {
		cause := "Chưa xác định"
		switch {
		case l.Open:
			cause = "Chưa chấm"
		case l.Cause != "" && l.Objective:
			cause = "Khách quan: " + l.Cause
		case l.Cause != "":
			cause = "Chủ quan: " + l.Cause
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{l.Code, l.Title, l.Max.String(), l.Points.String(), l.Lost.String(), data.FormatHundredths(l.Share), cause, l.Owner}})
	}
	if len(t.Rows) > 0 {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{"Cộng điểm mất đã rõ", "", "", "", m.Lost().String(), "", "", ""}, Span: 2, Bold: true, Shade: true})
	}
	if m.Unexplained != 0 {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{"ĐIỂM MẤT CHƯA GIẢI THÍCH", "", "", "", m.Unexplained.String(), "", "", ""}, Span: 2, Bold: true, Shade: true})
	}
	for _, s := range m.Steps {
		if !s.Total && s.Code == "" {
			t.Notes = append(t.Notes, fmt.Sprintf("%s: %s.", s.Label, Signed(s.Change)))
		}
	}
	t.Notes = append(t.Notes, fmt.Sprintf("Chỉ số đạt %s trên %s điểm.", m.Index, m.Base))
	for _, d := range m.Missing {
		t.Notes = append(t.Notes, fmt.Sprintf("Chưa có số liệu: %s. %s (tối đa %s).", d.Code, d.Title, d.Max))
	}
	for _, r := range m.Readings {
		t.Notes = append(t.Notes, r.Sentence)
	}
	return t
}

// RemedyTable is the remedial plan (table 12). title names a criterion by its
// code.
func RemedyTable(list []assess.Remedy, year int, title func(code string) string) Table {
	t := Table{Name: "Khắc phục", Title: fmt.Sprintf("KẾ HOẠCH KHẮC PHỤC TỒN TẠI, HẠN CHẾ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM %d", year), Signers: leader(), Size: 9,
		Columns: []Column{{Width: 9, Align: paper.Center}, {Width: 36}, points(12), {Width: 28}, {}, {Width: 26}, {Width: 26}, {Width: 23}, {Width: 19, Align: paper.Center}, {Width: 30}},
		Header:  oneRow("STT", "Tiêu chí mất điểm", "Điểm mất", "Nguyên nhân", "Nhiệm vụ, giải pháp", "Sản phẩm", "Cơ quan chủ trì", "Phối hợp", "Thời hạn", "Kết quả thực hiện"),
		Empty:   "Chưa có nhiệm vụ khắc phục nào."}
	for i := range list {
		r := &list[i]
		kind := "chủ quan"
		if r.Objective {
			kind = "khách quan"
		}
		cause := r.Cause
		if cause != "" {
			cause += " (" + kind + ")"
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []string{data.FormatInt(int64(i + 1)), r.Code + ". " + title(r.Code), r.Lost.String(), cause, r.Task, r.Product, r.Owner, r.Partners,
			r.Due.String(), joined(r.State.String(), r.Result, r.Document, r.Why)}})
	}
	return t
}
