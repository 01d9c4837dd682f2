package scoring

import (
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// SetColumns are the columns of a set written as rows, in their order. When rows
// are read they are found by name, in any order.
var SetColumns = []string{colPart, colLevel, colCode, colTitle, colMax, colKind, colFrom, colTo, colPoints, colKey, colValue, colProof, colOwner, colBasis, colNote}

const (
	colPart   = "Mục"
	colLevel  = "Cấp"
	colCode   = "Mã"
	colTitle  = "Tên, nội dung"
	colMax    = "Điểm tối đa"
	colKind   = "Loại quy tắc"
	colFrom   = "Từ"
	colTo     = "Đến"
	colPoints = "Điểm"
	colKey    = "Ký hiệu"
	colValue  = "Giá trị"
	colProof  = "Tài liệu kiểm chứng"
	colOwner  = "Đơn vị phụ trách"
	colBasis  = "Căn cứ"
	colNote   = "Ghi chú"
)

// The words of the column Mục. An empty cell stands for partNode where the row
// has a code, else for partTier.
const (
	partMeta    = "Thông tin"
	partBasis   = "Ý nghĩa căn cứ"
	partGrade   = "Hạng"
	partMetric  = "Chỉ số nguồn"
	partNode    = "Tiêu chí"
	partTier    = "Mức"
	partItem    = "Nội dung"
	partEvent   = "Lỗi trừ điểm"
	partVar     = "Biến"
	partCase    = "Trường hợp"
	partParam   = "Tham số"
	partBonus   = "Điểm thưởng"
	partPenalty = "Điểm trừ"
	partOption  = "Lựa chọn"
	partVariant = "Riêng cho"
	partFact    = "Đặc điểm đơn vị"
	partNeed    = "Điều kiện hạng"
	partGradeOf = "Biến của hạng"
)

// pair is a word of a file and the word that people read.
type pair struct{ key, word string }

type pairs []pair

func (p pairs) word(key string) string {
	for _, x := range p {
		if x.key == key {
			return x.word
		}
	}
	return key
}

func (p pairs) key(word string) (string, bool) {
	for _, x := range p {
		if text.NameKey(x.word) == text.NameKey(word) || x.key == word {
			return x.key, true
		}
	}
	return "", false
}

func (p pairs) words() string {
	list := make([]string, len(p))
	for i, x := range p {
		list[i] = x.word
	}
	return "«" + strings.Join(list, "», «") + "»"
}

// kindWords name the kinds of rule; those of tiers name what tells them apart.
var kindWords = pairs{
	{string(KindBinary), "Có hoặc không"}, {string(KindChecklist), "Danh mục nội dung"},
	{"tiers/" + ByPercent, "Mức theo tỷ lệ"}, {"tiers/" + ByCount, "Mức theo số lượng"}, {"tiers/" + ByDate, "Mức theo ngày"},
	{"tiers/" + ByDaysLate, "Mức theo số ngày chậm"}, {"tiers/" + ByChoice, "Mức theo lựa chọn"},
	{"tiers/" + ByNumber, "Mức theo số đo"}, {"tiers/" + ByFormula, "Mức theo công thức"},
	{string(KindRatio), "Tỷ lệ b/a"}, {"steps/" + ByNumber, "Mỗi bước thêm theo số đo"}, {"steps/" + ByPercent, "Mỗi bước thêm theo tỷ lệ"}, {"steps/" + ByFormula, "Mỗi bước thêm theo công thức"},
	{"relative/" + ByNumber, "So với nhóm theo số đo"}, {"relative/" + ByPercent, "So với nhóm theo tỷ lệ"}, {"relative/" + ByFormula, "So với nhóm theo công thức"},
	{string(KindFree), "Hội đồng cho điểm"}, {string(KindFormula), "Công thức"}, {string(KindDeduct), "Trừ điểm theo lỗi"},
	{string(KindSurvey), "Điều tra xã hội học"},
}

var partWords = pairs{
	{partMeta, partMeta}, {partBasis, partBasis}, {partGrade, partGrade}, {partMetric, partMetric}, {partNode, partNode}, {partTier, partTier},
	{partItem, partItem}, {partEvent, partEvent}, {partVar, partVar}, {partCase, partCase}, {partParam, partParam}, {partBonus, partBonus},
	{partPenalty, partPenalty}, {partOption, partOption}, {partVariant, partVariant}, {partFact, partFact}, {partNeed, partNeed}, {partGradeOf, partGradeOf},
}

// field is a scalar of a rule or of the head of a set, as a row names it.
type field struct {
	key, word string
	kind      fieldKind
	words     pairs // of kindWord
	help      string
}

type fieldKind uint8

const (
	kindText fieldKind = iota
	kindNumber
	kindBool
	kindWord
	kindLevel // the name of a level, or any other text
	kindNone  // what nothing gives: a word of zeroWords, or points
)

type fields []field

func (f fields) byKey(key string) *field {
	for i := range f {
		if f[i].key == key {
			return &f[i]
		}
	}
	return nil
}

func (f fields) byWord(word string) *field {
	for i := range f {
		if text.NameKey(f[i].word) == text.NameKey(word) {
			return &f[i]
		}
	}
	return nil
}

func (f fields) words() string {
	list := make(pairs, len(f))
	for i, x := range f {
		list[i] = pair{x.key, x.word}
	}
	return list.words()
}

// LevelKey turns the name of a level, as officers write it, into what a set keeps;
// any other text stays, without odd spaces.
func LevelKey(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for _, l := range []data.Level{data.LevelDistrict, data.LevelCommune, data.LevelProvince, data.LevelVertical} {
		if text.Fold(l.Name()) == text.Fold(name) || text.Fold(string(l)) == text.Fold(name) {
			return string(l)
		}
	}
	return name
}

var zeroWords = pairs{{ZeroFull, "đủ điểm"}, {ZeroNA, "không đánh giá"}, {ZeroZero, "không điểm"}}

// ruleFields are the scalars of all rules; which of them a rule has is told by
// its kind.
var ruleFields = fields{
	{"text", "cách chấm", kindText, nil, "lời của quyết định"},
	{"note", "lưu ý", kindText, nil, ""},
	{"numerator", "tử số", kindText, nil, "b đếm gì"},
	{"denominator", "mẫu số", kindText, nil, "a đếm gì"},
	{"target_pct", "mục tiêu %", kindNumber, nil, "tỷ lệ cho điểm tối đa; để trống là 100"},
	{"cutoff_pct", "tối thiểu %", kindNumber, nil, "dưới tỷ lệ này 0 điểm"},
	{"over", "cho phép vượt", kindBool, nil, "b được lớn hơn a"},
	{"when_zero", "khi a = 0", kindWord, zeroWords, zeroWords.words()},
	{"missing_points", "điểm khi chưa thực hiện", kindNumber, nil, ""},
	{"unit", "đơn vị tính", kindText, nil, ""},
	{"yes", "điểm khi có", kindNumber, nil, "để trống là điểm tối đa"},
	{"no", "điểm khi không", kindNumber, nil, "để trống là 0"},
	{"yes_label", "chữ khi có", kindText, nil, ""},
	{"no_label", "chữ khi không", kindText, nil, ""},
	{"start", "điểm ban đầu", kindNumber, nil, "để trống là điểm tối đa"},
	{"floor", "điểm thấp nhất", kindNumber, nil, "để trống là 0"},
	{"mode", "cách điều tra", kindWord, pairs{{SurveyPercent, "tỷ lệ"}, {SurveyMean, "điểm trung bình"}}, "«tỷ lệ» hoặc «điểm trung bình»"},
	{"scale", "thang điểm", kindNumber, nil, "điểm cao nhất của điểm trung bình"},
	{"source", "nguồn điều tra", kindText, nil, ""},
	{"factor", "yếu tố", kindText, nil, ""},
	{"min_sample", "cỡ mẫu tối thiểu", kindNumber, nil, ""},
	{"expr", "công thức", kindText, nil, "điểm; với mức, bước, so với nhóm là số liệu để xét"},
	{"take", "cách lấy điểm", kindWord, takeWords, takeWords.words()},
	{"capped", "tổng được vượt điểm tối đa", kindBool, nil, "cộng các nội dung, dừng ở điểm tối đa"},
	{"from", "tính từ", kindNumber, nil, "số bắt đầu tính thêm, ví dụ 5000"},
	{"each", "mỗi bước", kindNumber, nil, "ví dụ 3000"},
	{"points", "điểm mỗi bước", kindNumber, nil, "số âm là trừ"},
	{"below", "tính xuống", kindBool, nil, "tính phần thấp hơn số bắt đầu"},
	{"part", "phần lẻ", kindWord, pairs{{"down", "bỏ"}, {PartUp, "tính là một bước"}, {PartExact, "tính theo tỷ lệ"}}, ""},
	{"against", "so với", kindWord, pairs{{ByBest, "đơn vị tốt nhất"}, {ByRange, "khoảng thấp nhất – cao nhất"}, {ByPlace, "hạng trong nhóm"}}, ""},
	{"less", "thấp là tốt", kindBool, nil, "đơn vị có số liệu thấp nhất là tốt nhất"},
	{"by", "người cho điểm", kindText, nil, "để trống là Hội đồng thẩm định"},
	{"least", "điểm ít nhất", kindNumber, nil, "để trống là 0"},
	{"step", "nấc điểm", kindNumber, nil, "ví dụ 0,25; để trống là số bất kỳ"},
	{"clamp.0", "giới hạn dưới", kindText, nil, "để trống là 0"},
	{"clamp.1", "giới hạn trên", kindText, nil, "để trống là max, điểm tối đa"},
}

// nodeFields are the fields of a node that have no column of their own.
var nodeFields = fields{
	{"metric.value", "chỉ số", kindText, nil, "chỉ số nguồn trả lời tiêu chí"},
	{"metric.numerator", "chỉ số tử số", kindText, nil, ""},
	{"metric.denominator", "chỉ số mẫu số", kindText, nil, ""},
	{"metric.scope", "phạm vi", kindText, nil, "cấp của đơn vị, hoặc all"},
	{"metric.note", "lưu ý về chỉ số", kindText, nil, ""},
	{"na_allowed", "được không đánh giá", kindBool, nil, ""},
	{"min", "điểm nhỏ nhất", kindNumber, nil, "số âm, khi quyết định cho điểm dưới 0"},
	{"words", "lời của quyết định", kindText, nil, "cách chấm như phụ lục ghi, mỗi mức một dòng"},
	{"when_none", "khi không phát sinh", kindNone, nil, "đủ điểm, không đánh giá, không điểm, hoặc một số điểm"},
}

// variantFields are those of a case for units of a kind.
var variantFields = fields{{"skip", "không áp dụng", kindBool, nil, "tiêu chí không áp dụng cho các đơn vị ấy"}}

var takeWords = pairs{{TakeHighest, "cao nhất"}}

// groupFields are those of a group that no leaf has.
var groupFields = fields{{"take", "cách lấy điểm", kindWord, takeWords, "nhóm chỉ lấy phương án có điểm cao nhất"}}

// adjustFields are those of a bonus or penalty.
var adjustFields = fields{
	{"domain", "lĩnh vực", kindText, nil, "mã của lĩnh vực"},
	{"kind", "loại", kindText, nil, ""},
	{"words", "lời của quyết định", kindText, nil, "như phụ lục ghi"},
	{"rule.take", "cách lấy điểm", kindWord, takeWords, "chỉ lấy trường hợp có điểm cao nhất"},
}

var perWords = pairs{{PerEach, "mỗi lần"}, {PerOnce, "một lần"}, {PerFree, "Hội đồng cho"}}

// metaFields are the head of a set; nested ones are written with a full stop.
var metaFields = fields{
	{"id", "mã bộ tiêu chí", kindText, nil, "chữ không dấu, không trùng bộ khác"},
	{"title", "tên bộ tiêu chí", kindText, nil, ""},
	{"year", "năm", kindNumber, nil, ""},
	{"level", "cấp", kindLevel, nil, "Cấp xã, Cấp tỉnh; phòng, đặc khu hay tên khác"},
	{"valid_to", "áp dụng đến", kindText, nil, "2025-06-30; để trống khi còn áp dụng"},
	{"total", "tổng điểm", kindNumber, nil, "thường là 100"},
	{"index_base", "điểm ứng với chỉ số tối đa", kindNumber, nil, "khi khác tổng điểm, ví dụ 100 cho bộ 85 điểm có 15 điểm thưởng"},
	{"index_scale", "thang của chỉ số", kindNumber, nil, "để trống là 100"},
	{"submit_by", "hạn nộp phiếu", kindText, nil, "12-15 hoặc 2026-12-15; phiếu nộp sau không được chấm"},
	{"status", "tình trạng", kindText, nil, ""},
	{"label", "nhãn", kindText, nil, "lời in kèm bộ tiêu chí"},
	{"index_unit", "đơn vị của chỉ số", kindText, nil, ""},
	{"rounding.leaf_decimals", "số lẻ của tiêu chí", kindNumber, nil, "0 đến 3"},
	{"rounding.total_decimals", "số lẻ của tổng", kindNumber, nil, "0 đến 3"},
	{"rounding.mode", "cách làm tròn", kindWord, pairs{{HalfUp, "từ nửa trở lên"}, {Down, "cắt bớt"}}, ""},
	{"rounding.when", "lúc làm tròn", kindWord, pairs{{RoundLeaves, "từng tiêu chí rồi cộng"}, {RoundTotal, "chỉ khi in"}}, ""},
	{"not_applicable.policy", "tiêu chí không đánh giá", kindWord, pairs{{ExcludeAndRescale, "loại ra rồi quy đổi"}, {CountFull, "tính đủ điểm"}, {CountZero, "tính 0 điểm"}}, ""},
	{"not_applicable.note", "lưu ý không đánh giá", kindText, nil, ""},
	{"no_survey.policy", "khi không điều tra", kindWord, pairs{{RescaleSelf, "quy phần tự chấm về cả tổng"}, {SurveyZero, "tính 0 điểm"}}, ""},
	{"bonus_counted_outside_total", "thưởng, trừ ngoài tổng điểm", kindBool, nil, "«không» khi mức thưởng tối đa nằm trong tổng điểm"},
	{"final_clamp.0", "chỉ số thấp nhất", kindNumber, nil, ""},
	{"final_clamp.1", "chỉ số cao nhất", kindNumber, nil, ""},
	{"grades_basis", "căn cứ của hạng", kindText, nil, ""},
	{"grade_rule", "cách xếp hạng theo điểm", kindText, nil, ""},
	{"tie_rule", "khi bằng điểm", kindWord, pairs{{string(Competition), "hạng sau bỏ số trùng (1, 1, 3)"}, {string(Dense), "hạng sau liền kề (1, 1, 2)"}}, ""},
	{"source", "nguồn", kindText, nil, "quyết định ban hành"},
	{"survey_max", "tổng điểm điều tra", kindNumber, nil, "để đối chiếu"},
	{"self_max", "tổng điểm tự chấm", kindNumber, nil, "để đối chiếu"},
	{"bonus_cap", "mức thưởng tối đa", kindNumber, nil, "để trống là không giới hạn"},
	{"penalty_cap", "mức trừ tối đa", kindNumber, nil, "để trống là không giới hạn"},
}
