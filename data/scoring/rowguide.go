package scoring

import (
	"strings"

	"giaoban/data/scoring/expr"
)

// SetGuide explains the workbook of a set, for its second sheet: part, word,
// meaning.
func SetGuide() [][3]string {
	out := [][3]string{
		{"Cách ghi", "", "Mỗi lĩnh vực, tiêu chí, tiêu chí thành phần là một dòng có mã và điểm tối đa. Các mức điểm, nội dung, lỗi, tham số của một tiêu chí ghi ở những dòng ngay bên dưới, để trống cột Mã."},
		{"Cách ghi", "", "Số lẻ dùng dấu phẩy, ví dụ 0,25. Ngày ghi 31/01 (mọi năm) hoặc 31/01/2023. Thứ tự các cột tùy ý; dòng trống được bỏ qua."},
		{"Cột", colPart, "Loại của dòng; để trống thì dòng có mã là tiêu chí, dòng không có mã là mức điểm, nội dung hoặc lỗi của tiêu chí ở trên."},
		{"Cột", colLevel, "1 cho lĩnh vực, 2 cho tiêu chí, 3 cho tiêu chí thành phần. Để trống thì suy ra từ mã: 1.2.3 nằm trong 1.2."},
		{"Cột", colMax, "Điểm tối đa; của nhóm phải bằng tổng các tiêu chí con."},
		{"Cột", colKind, "Để trống cho nhóm; tiêu chí cuối cùng chọn một trong " + kindWords.words() + "."},
		{"Cột", colFrom + ", " + colTo, "Hai đầu của một mức. Không ghi dấu thì hiểu là «từ … đến dưới …». Có thể ghi rõ: ≥ 80, > 80, ≤ 100, < 100. Mức theo ngày chỉ ghi cột Đến; mức cuối để trống."},
		{"Cột", colPoints, "Điểm của mức, nội dung, lựa chọn; số điểm bị trừ của lỗi."},
		{"Cột", colKey + ", " + colValue, "Tên và giá trị của một tham số hay thông tin; ký hiệu của lỗi, biến, lựa chọn; điều kiện và công thức của một trường hợp."},
		{"Cột", colProof, "Mỗi tài liệu một dòng trong ô."},
	}
	for _, p := range [][2]string{
		{partMeta, "Thông tin chung của bộ tiêu chí: " + metaFields.words() + "."},
		{partGrade, "Hạng xếp loại: tên, Từ (tính cả), Đến (không tính)."},
		{partMetric, "Số liệu mà sổ theo dõi có thể cho: ký hiệu, tên, loại, cách đếm."},
		{partTier, "Một mức điểm."}, {partItem, "Một nội dung của danh mục, có điểm riêng."}, {partEvent, "Một lỗi, cột Điểm là số điểm bị trừ mỗi lần, hoặc cột Giá trị là công thức của n lần sau dấu =, ví dụ = if(n = 0; 0; 1 + max(0; n - 2))."},
		{partVar, "Một biến của công thức: ký hiệu và tên; cột Từ ghi «âm» nếu được nhỏ hơn 0; cột Giá trị để trống khi nhập tay, hoặc ghi lấy từ đâu: «2.1: b», «2.1: points», «năm trước 2.1: b»."},
		{partCase, "Một trường hợp của công thức: cột Ký hiệu là điều kiện, ví dụ a = 0; cột Giá trị là công thức tính điểm. Xét từ trên xuống."},
		{partParam, "Tham số của quy tắc, tên ở cột Ký hiệu, giá trị ở cột Giá trị."},
		{partBonus, "Điểm thưởng; cột Điểm tối đa là mức tối đa, để trống nếu không giới hạn."}, {partPenalty, "Điểm trừ, như điểm thưởng."},
		{partVariant, "Dưới một tiêu chí: cách chấm riêng cho một loại đơn vị. Cột Ký hiệu là điều kiện, ví dụ mien_nui = 1; tên loại ở cột Tên, nội dung; điểm tối đa, loại quy tắc nếu khác. Các dòng bên dưới thuộc về nó."},
		{partFact, "Điều bộ tiêu chí hỏi về đơn vị: ký hiệu, tên; cột Giá trị ghi «có/không» hoặc đơn vị tính của con số."},
		{partNeed, "Dưới một hạng: điều kiện phải đạt. Cột Ký hiệu là điều kiện, dùng được " + gradeWords() + "; cột Tên, nội dung là lời của quyết định."},
		{partGradeOf, "Biến dùng trong điều kiện hạng; cột Giá trị ghi lấy từ đâu, ví dụ «3: points» hoặc «3: percent»."},
		{partOption, "Một trường hợp được thưởng hay bị trừ; cột Giá trị ghi " + perWords.words() + ", hoặc công thức của n lần sau dấu =."},
	} {
		out = append(out, [3]string{"Mục", p[0], p[1]})
	}
	for _, f := range expr.Functions() {
		out = append(out, [3]string{"Hàm của công thức", f[0], upper(f[1])})
	}
	for _, list := range []struct {
		name string
		of   fields
	}{{"Thông tin", metaFields}, {"Tham số của quy tắc", ruleFields}, {"Tham số của tiêu chí", nodeFields}, {"Tham số của nhóm", groupFields}, {"Tham số của «Riêng cho»", variantFields}, {"Tham số của thưởng, trừ", adjustFields}} {
		for _, f := range list.of {
			help := f.help
			switch {
			case f.kind == kindBool && help == "":
				help = "«có» hoặc «không»"
			case f.kind == kindWord && help == "":
				help = f.words.words()
			}
			if help != "" {
				out = append(out, [3]string{list.name, f.word, upper(help)})
			}
		}
	}
	return out
}

func gradeWords() string {
	var parts []string
	for _, x := range GradeNames() {
		parts = append(parts, x[0]+" ("+x[1]+")")
	}
	return strings.Join(parts, ", ")
}

// KindName names the kind of a rule as the column Loại quy tắc writes it, "" for none.
func KindName(r Rule) string { return kindOf(r) }
