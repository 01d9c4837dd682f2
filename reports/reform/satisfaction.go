package reform

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// Score is the average of an index of Decree 61/2018, article 31, in tenths of a point
// from 0 to 20.
type Score struct {
	Tenths int64
	Known  bool
}

// Average is the score of n judgements that sum up to points, rounded to one decimal.
func Average(points, n int64) Score {
	if n == 0 {
		return Score{}
	}
	return Score{(points*20 + n) / (2 * n), true}
}

// String writes "1,8", "" for what is not known.
func (s Score) String() string {
	if !s.Known {
		return ""
	}
	return fmt.Sprintf("%d,%d", s.Tenths/10, s.Tenths%10)
}

// Indices are how many the decree has; a province adds two.
const Indices, allIndices = 9, 11

// Agency is what is known of the satisfaction with a unit in a period.
type Agency struct {
	Name, Key                 string
	Slips                     int64
	Very, Pleased, Displeased int64 // slips; of five steps the third is none of these
	Resolved                  int64 // dossiers, from which the slips are a sample
	Index                     [Indices]Score
	Early, Late, Overdue      data.Ratio // of resolved dossiers, the last of received
	Online                    data.Ratio // online of new ones
}

// total is the sum of the indices, once all are known.
func (a *Agency) total() (s Score) {
	s.Known = true
	for _, i := range a.Index {
		s.Tenths += i.Tenths
		s.Known = s.Known && i.Known
	}
	return s
}

// grades are the least totals of grades (register-and-reports 7.1).
var grades = []struct {
	least int64
	name  string
}{{150, "Xuất sắc"}, {120, "Tốt"}, {90, "Khá"}, {60, "Trung bình"}, {0, "Yếu"}}

func grade(s Score) string {
	if !s.Known {
		return ""
	}
	return grades[slices.IndexFunc(grades, func(g struct {
		least int64
		name  string
	}) bool {
		return s.Tenths >= g.least
	})].name
}

// boundNote explains the bounds.
const boundNote = "Sai số: với n phiếu trên N hồ sơ đã giải quyết, ± 0,98·√((1 – n/N)/n) ở độ tin cậy 95 %; in khi dưới 400 phiếu."

// knownNote tells where indices come from.
const knownNote = "Chỉ số 1, 3 tính từ sổ hồ sơ; 7, 8 từ sổ hồ sơ và sổ phản ánh, kiến nghị; 9 từ danh mục và sổ hồ sơ; các chỉ số khác nhập ở Chỉ tiêu, mã HL_CS1 đến HL_CS9, số nhập được dùng trước. " +
	"Ô để trống là chưa có số liệu, không phải bằng 0; khi đó chưa tính tổng điểm, chưa xếp loại."

func indexHeads(n int) (out []paper.Head) {
	for i := range n {
		out = append(out, paper.Head{Text: fmt.Sprint(i + 1)})
	}
	return out
}

// Form03 is table S3, form 03: the indices of agencies, their sum, grade, place and what
// slips say.
func Form03(list []Agency, below []string) scorecard.Table {
	t := scorecard.Table{Name: "S3 Mẫu số 03", Title: "TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", Below: append([]string{"Mẫu số 03"}, below...), Size: 9.5, Empty: "Không có đơn vị nào có hồ sơ, phiếu trong kỳ.",
		Header: [][]paper.Head{
			{head("TT", 1, 2), head("Tên cơ quan", 1, 2), head("Số phiếu", 1, 2), head("Điểm chỉ số thành phần", Indices, 1), head("Tổng điểm", 1, 2), head("Xếp loại", 1, 2), head("Xếp hạng", 1, 2),
				head("Mức độ hài lòng (%)", 3, 1), head("Sai số (± điểm %)", 1, 2)},
			append(indexHeads(Indices), heads("Không hài lòng", "Hài lòng", "Rất hài lòng")...)},
		Notes: []string{knownNote, boundNote}}
	t.Columns = []scorecard.Column{{Width: 9, Align: paper.Center}, {}, {Width: 14, Align: paper.Right, Numeric: true}}
	for range Indices {
		t.Columns = append(t.Columns, scorecard.Column{Width: 9.5, Align: paper.Center})
	}
	t.Columns = append(t.Columns, scorecard.Column{Width: 14, Align: paper.Center}, scorecard.Column{Width: 18}, scorecard.Column{Width: 13, Align: paper.Center},
		scorecard.Column{Width: 16, Align: paper.Right}, scorecard.Column{Width: 15, Align: paper.Right}, scorecard.Column{Width: 15, Align: paper.Right}, scorecard.Column{Width: 16, Align: paper.Center})
	for i := range list {
		a := &list[i]
		cells := []string{fmt.Sprint(i + 1), a.Name, data.FormatInt(a.Slips)}
		for _, s := range a.Index {
			cells = append(cells, s.String())
		}
		sum, place := a.total(), ""
		if sum.Known {
			n := 1
			for k := range list {
				if other := list[k].total(); other.Known && other.Tenths > sum.Tenths {
					n++
				}
			}
			place = fmt.Sprint(n)
		}
		cells = append(cells, sum.String(), grade(sum), place, percent(a.Displeased, a.Slips), percent(a.Pleased, a.Slips), percent(a.Very, a.Slips), briefing.SampleError(a.Slips, a.Resolved))
		t.Rows = append(t.Rows, paper.Row{Cells: cells})
		t.Keys = append(t.Keys, a.Key)
	}
	return t
}

// SlipRow is a slip about a dossier (S4).
type SlipRow struct {
	Code, Unit string
	Index      [allIndices]string
	Day        data.Day
}

// Slips is table S4: what slips and the register say of single dossiers.
func Slips(list []SlipRow, below []string) scorecard.Table {
	t := scorecard.Table{Name: "S4 Phiếu từng hồ sơ", Title: "PHIẾU ĐÁNH GIÁ TỪNG HỒ SƠ", Below: below, Size: 9.5, Empty: "Không có phiếu nào ghi mã hồ sơ trong kỳ.",
		Header: [][]paper.Head{{head("STT", 1, 2), head("Mã hồ sơ", 1, 2), head("Đơn vị", 1, 2), head("Chỉ số", allIndices, 1), head("Ngày đánh giá", 1, 2)}, indexHeads(allIndices)},
		Notes:  []string{"Chỉ số 1, 3, 7 tính từ sổ; chỉ số 11 là mức hài lòng chung ghi trên phiếu: RHL rất hài lòng, HL hài lòng, KHL không hài lòng, KYK không ý kiến. Ô để trống là phiếu không hỏi, không phải bằng 0."}}
	t.Columns = []scorecard.Column{{Width: 10, Align: paper.Center}, {Width: 42}, {}}
	for range allIndices {
		t.Columns = append(t.Columns, scorecard.Column{Width: 11.5, Align: paper.Center})
	}
	t.Columns = append(t.Columns, scorecard.Column{Width: 22, Align: paper.Center})
	for i, r := range list {
		t.Rows = append(t.Rows, paper.Row{Cells: slices.Concat([]string{fmt.Sprint(i + 1), r.Code, r.Unit}, r.Index[:], []string{r.Day.String()})})
	}
	return t
}

// Quarter is the self-assessment of an agency over a quarter (S5).
type Quarter struct {
	Agency        string
	Quarter, Year int
	Index         [Indices]Score
}

// SelfAssessed is table S5; the column of the appraisal is left to be written.
func SelfAssessed(list []Quarter, below []string) scorecard.Table {
	t := scorecard.Table{Name: "S5 Tự đánh giá", Title: "KẾT QUẢ TỰ ĐÁNH GIÁ CỦA CƠ QUAN THEO QUÝ", Below: below, Size: 10, Empty: "Kỳ không có quý nào.",
		Header: [][]paper.Head{{head("STT", 1, 2), head("Cơ quan", 1, 2), head("Quý", 1, 2), head("Năm", 1, 2), head("Chỉ số", allIndices, 1), head("Chấm thẩm định", 1, 2)}, indexHeads(allIndices)},
		Notes:  []string{knownNote + " Chỉ số 10, 11 do địa phương quy định thêm."}}
	t.Columns = []scorecard.Column{{Width: 10, Align: paper.Center}, {}, {Width: 12, Align: paper.Center}, {Width: 14, Align: paper.Center}}
	for range allIndices {
		t.Columns = append(t.Columns, scorecard.Column{Width: 11.5, Align: paper.Center})
	}
	t.Columns = append(t.Columns, scorecard.Column{Width: 22})
	for i, q := range list {
		cells := []string{fmt.Sprint(i + 1), q.Agency, [...]string{"", "I", "II", "III", "IV"}[q.Quarter], fmt.Sprint(q.Year)}
		for _, s := range q.Index {
			cells = append(cells, s.String())
		}
		t.Rows = append(t.Rows, paper.Row{Cells: append(cells, "", "", "")})
	}
	return t
}

// Sipas is what a survey of the Ministry says of a unit (S6).
type Sipas struct {
	Year        int
	Unit        string
	Index       string
	Factors     [5]string
	Rank, Basis string
}

// SipasTable is table S6.
func SipasTable(list []Sipas, below []string) scorecard.Table {
	t := scorecard.Table{Name: "S6 SIPAS", Title: "CHỈ SỐ HÀI LÒNG VỀ SỰ PHỤC VỤ HÀNH CHÍNH (SIPAS)", Below: below, Size: 10, Empty: "Chưa nhập chỉ số nào: nhập ở Chỉ tiêu, mã HL_SIPAS và HL_SIPAS_1 đến HL_SIPAS_5.",
		Header: [][]paper.Head{{head("Năm", 1, 2), head("Đơn vị", 1, 2), head("Chỉ số chung (%)", 1, 2), head("Chỉ số theo yếu tố (%)", 5, 1), head("Hạng", 1, 2), head("Nguồn văn bản", 1, 2)},
			heads("Tiếp cận dịch vụ", "Thủ tục hành chính", "Công chức", "Kết quả", "Góp ý, PAKN")},
		Notes: []string{"Chỉ số do cơ quan khảo sát công bố, chương trình ghi lại, không tự tính. Nguồn văn bản: chú thích của ô HL_SIPAS. Ô để trống là chưa có số liệu, không phải bằng 0."}}
	t.Columns = []scorecard.Column{{Width: 14, Align: paper.Center}, {}, {Width: 22, Align: paper.Right}}
	for range 5 {
		t.Columns = append(t.Columns, scorecard.Column{Width: 22, Align: paper.Right})
	}
	t.Columns = append(t.Columns, scorecard.Column{Width: 18, Align: paper.Center}, scorecard.Column{Width: 44})
	for _, s := range list {
		t.Rows = append(t.Rows, paper.Row{Cells: slices.Concat([]string{fmt.Sprint(s.Year), s.Unit, s.Index}, s.Factors[:], []string{s.Rank, s.Basis})})
	}
	return t
}

// PraiseRule is what a unit must have to be proposed for praise.
type PraiseRule struct {
	Dossiers int64 // resolved in the period, at least
	Online   int64 // of new dossiers, per cent at least
	Pleased  int64 // of the slips, where there are any
}

// proposes reports whether a unit meets the rule: nothing is late or overdue, and citizens
// do not say otherwise.
func (p PraiseRule) proposes(a *Agency) bool {
	return a.Resolved >= p.Dossiers && a.Late.Numerator == 0 && a.Overdue.Numerator == 0 && a.Online.Denominator > 0 && a.Online.Numerator*100 >= p.Online*a.Online.Denominator &&
		(a.Very+a.Pleased)*100 >= p.Pleased*a.Slips
}

// Praise are the units that figures propose for praise, and what all units have done,
// which is the annex of merits.
func Praise(list []Agency, rule PraiseRule, below []string) []scorecard.Table {
	columns := []scorecard.Column{{Width: 10, Align: paper.Center}, {}}
	for range 7 {
		columns = append(columns, scorecard.Column{Width: 20, Align: paper.Right, Numeric: true})
	}
	header := [][]paper.Head{heads("STT", "Đơn vị", "Hồ sơ đã giải quyết", "Quá hạn", "Trước hạn (%)", "Đúng hạn, trước hạn (%)", "Trực tuyến (%)", "Số phiếu", "Hài lòng (%)")}
	row := func(n int, a *Agency) []string {
		return []string{fmt.Sprint(n), a.Name, data.FormatInt(a.Resolved), data.FormatInt(a.Late.Numerator + a.Overdue.Numerator), percent(a.Early.Numerator, a.Early.Denominator),
			percent(a.Early.Denominator-a.Late.Numerator, a.Early.Denominator), percent(a.Online.Numerator, a.Online.Denominator), data.FormatInt(a.Slips), percent(a.Very+a.Pleased, a.Slips)}
	}
	first := scorecard.Table{Name: "Đề nghị khen thưởng", Title: "ĐƠN VỊ ĐỦ ĐIỀU KIỆN ĐỀ NGHỊ KHEN THƯỞNG THEO SỐ LIỆU", Below: below, Size: 10, Columns: append(slices.Clone(columns), scorecard.Column{Width: 34}),
		Header: [][]paper.Head{append(slices.Clone(header[0]), paper.Head{Text: "Hình thức đề nghị"})}, Empty: "Không có đơn vị nào đủ điều kiện.",
		Notes: []string{fmt.Sprintf("Điều kiện: không có hồ sơ quá hạn, đã giải quyết từ %d hồ sơ, hồ sơ trực tuyến từ %d %%, hài lòng từ %d %% nếu có phiếu. Số liệu để gợi ý; cơ quan xét và quyết định.", rule.Dossiers, rule.Online, rule.Pleased)}}
	second := scorecard.Table{Name: "Phụ lục thành tích", Title: "PHỤ LỤC THÀNH TÍCH THEO ĐƠN VỊ", Below: below, Size: 10, Columns: columns, Header: header, Empty: "Không có hồ sơ trong kỳ."}
	for i := range list {
		a := &list[i]
		if a.Resolved == 0 && a.Overdue.Numerator == 0 {
			continue
		}
		second.Rows = append(second.Rows, paper.Row{Cells: row(len(second.Rows)+1, a)})
		second.Keys = append(second.Keys, a.Key)
		if rule.proposes(a) {
			first.Rows = append(first.Rows, paper.Row{Cells: append(row(len(first.Rows)+1, a), "")})
			first.Keys = append(first.Keys, a.Key)
		}
	}
	return []scorecard.Table{first, second}
}
