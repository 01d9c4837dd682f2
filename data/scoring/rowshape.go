package scoring

// RuleShape tells how a kind of rule is written as rows: its parameters, and the
// lines of its lists.
type RuleShape struct {
	Name   string // as the column Loại quy tắc writes it
	Params []Param
	Lines  []LineShape
}

// Param is a named value of a row: its word stands in the column Ký hiệu, its value
// in the column Giá trị.
type Param struct {
	Word, Help string
	Words      []string // what the value may be; nil for any text
}

// LineShape is a list of a rule: the word of the column Mục, and the columns that
// its lines use.
type LineShape struct {
	Part, Title, Help string
	Columns           []LineColumn
}

// LineColumn is a column that a line uses, and what it holds there.
type LineColumn struct{ Column, Title string }

// The columns of a set written as rows that editors name.
const (
	ColumnPart, ColumnLevel, ColumnCode, ColumnTitle, ColumnMax, ColumnKind = colPart, colLevel, colCode, colTitle, colMax, colKind
	ColumnKey, ColumnValue, ColumnPoints, ColumnFrom, ColumnTo              = colKey, colValue, colPoints, colFrom, colTo
	ColumnProof, ColumnBasis                                                = colProof, colBasis
)

// The parts of a set written as rows that editors name.
const (
	PartMeta, PartBasis, PartGrade, PartMetric       = partMeta, partBasis, partGrade, partMetric
	PartNode, PartParam, PartBonus, PartPenalty      = partNode, partParam, partBonus, partPenalty
	PartTier, PartItem, PartEvent, PartVar, PartCase = partTier, partItem, partEvent, partVar, partCase
	PartOption, PartVariant                          = partOption, partVariant
	PartFact, PartNeed, PartGradeOf                  = partFact, partNeed, partGradeOf
)

const (
	tierHelp = "Không ghi dấu thì hiểu là «từ … đến dưới …»; ghi rõ được: ≥ 80, > 80, ≤ 100, < 100. Để trống: không giới hạn ở đầu đó."
	printed  = "Chữ in trong bảng (trống: tự viết)"
)

func tierShape() LineShape {
	return LineShape{partTier, "Các mức, từ trên xuống", tierHelp, []LineColumn{{colFrom, "Từ"}, {colTo, "Đến"}, {colPoints, "Điểm"}, {colTitle, printed}}}
}

var varShape = LineShape{partVar, "Các biến", "Mỗi số phải nhập là một ký hiệu, ví dụ a, b, c; max là điểm tối đa của tiêu chí. Số lấy từ nơi khác ghi ở cột cuối: «2.1: b» là b của tiêu chí 2.1, " +
	"«2.1: points» là điểm của nó, «năm trước 2.1: b» là số năm trước.",
	[]LineColumn{{colKey, "Ký hiệu"}, {colTitle, "Là gì"}, {colFrom, "Có thể âm (ghi «âm»)"}, {colValue, "Lấy từ (trống: nhập tay)"}}}

var placeShape = LineShape{partTier, "Điểm của từng hạng, khi so với hạng trong nhóm", "Ghi hạng cuối của mỗi dòng: 1 cho hạng nhất, 3 cho các hạng đến hạng ba. Dòng cuối để trống hạng: mọi hạng còn lại.",
	[]LineColumn{{colTo, "Đến hạng"}, {colPoints, "Điểm"}}}

var stepParams = []string{"start", "from", "each", "points", "below", "part"}

// shapes name the parameters and lists of every kind.
var shapes = []struct {
	key    string
	params []string
	lines  []LineShape
}{
	{string(KindBinary), []string{"yes", "yes_label", "no", "no_label"}, nil},
	{string(KindChecklist), []string{"take", "capped"}, []LineShape{{partItem, "Các nội dung", "", []LineColumn{{colTitle, "Nội dung"}, {colPoints, "Điểm"}}}}},
	{"tiers/" + ByPercent, []string{"missing_points", "when_zero", "over", "unit"}, []LineShape{tierShape()}},
	{"tiers/" + ByCount, []string{"missing_points", "unit"}, []LineShape{tierShape()}},
	{"tiers/" + ByDate, []string{"missing_points", "unit"}, []LineShape{{partTier, "Các mức, từ trên xuống",
		"Ghi ngày/tháng của năm đánh giá, ví dụ 31/01; thêm năm nếu là năm khác. Dòng cuối để trống ngày: muộn hơn nữa.",
		[]LineColumn{{colTo, "Đến hết ngày"}, {colPoints, "Điểm"}, {colTitle, printed}}}}},
	{"tiers/" + ByDaysLate, []string{"missing_points", "unit"}, []LineShape{tierShape()}},
	{"tiers/" + ByChoice, []string{"missing_points", "unit"}, []LineShape{{partTier, "Các mức để chọn", "", []LineColumn{{colTitle, "Mức"}, {colPoints, "Điểm"}, {colKey, "Ký hiệu (trống: tự đặt)"}}}}},
	{string(KindRatio), []string{"numerator", "denominator", "target_pct", "cutoff_pct", "over", "when_zero"}, nil},
	{"tiers/" + ByNumber, []string{"missing_points", "unit"}, []LineShape{tierShape()}},
	{"tiers/" + ByFormula, []string{"expr", "missing_points", "unit"}, []LineShape{tierShape(), varShape}},
	{"steps/" + ByNumber, append(stepParams, "unit"), nil},
	{"steps/" + ByPercent, append(stepParams, "over", "when_zero"), nil},
	{"steps/" + ByFormula, append(stepParams, "expr", "unit"), []LineShape{varShape}},
	{"relative/" + ByNumber, []string{"against", "less", "unit"}, []LineShape{placeShape}},
	{"relative/" + ByPercent, []string{"against", "less", "over", "when_zero"}, []LineShape{placeShape}},
	{"relative/" + ByFormula, []string{"against", "less", "expr", "unit"}, []LineShape{placeShape, varShape}},
	{string(KindFree), []string{"by", "least", "step"}, nil},
	{string(KindFormula), []string{"expr", "clamp.0", "clamp.1"}, []LineShape{
		varShape,
		{partCase, "Các trường hợp, xét từ trên xuống", "", []LineColumn{{colKey, "Nếu (ví dụ b >= 0,8*a và c = 0)"}, {colValue, "thì điểm = (ví dụ max*b/a)"}}}}},
	{string(KindDeduct), []string{"start", "floor"}, []LineShape{{partEvent, "Các lỗi bị trừ", "", []LineColumn{{colTitle, "Lỗi"}, {colPoints, "Trừ mỗi lần"}, {colValue, "hoặc công thức của n lần (= 1 + n)"}, {colKey, "Ký hiệu (trống: tự đặt)"}}}}},
	{string(KindSurvey), []string{"mode", "scale", "min_sample", "source", "factor"}, nil},
}

// RuleShapes lists the kinds of rule with their parameters and lines.
func RuleShapes() []RuleShape {
	out := make([]RuleShape, len(shapes))
	for i, s := range shapes {
		out[i] = RuleShape{Name: kindWords.word(s.key), Lines: s.lines}
		for _, key := range append(s.params, "text", "note") {
			out[i].Params = append(out[i].Params, ruleFields.byKey(key).param())
		}
	}
	return out
}

// NodeParams lists the parameters that any criterion may have, AdjustParams those
// of a bonus or penalty, and MetaParams the head of a set.
func NodeParams() []Param { return nodeFields.params() }

// AdjustParams lists the parameters of a bonus or penalty.
func AdjustParams() []Param { return adjustFields.params() }

// MetaParams lists what the head of a set holds.
func MetaParams() []Param { return metaFields.params() }

// OptionWords tell how the cases of a bonus or penalty count.
func OptionWords() []string { return perWords.list() }

func (f fields) params() []Param {
	var out []Param
	for i := range f {
		out = append(out, f[i].param())
	}
	return out
}

func (f *field) param() Param {
	p := Param{Word: f.word, Help: f.help}
	switch f.kind {
	case kindBool:
		p.Words = []string{"có", "không"}
	case kindWord:
		p.Words = f.words.list()
	}
	return p
}

func (p pairs) list() []string {
	out := make([]string, len(p))
	for i, x := range p {
		out[i] = x.word
	}
	return out
}
