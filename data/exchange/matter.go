package exchange

import (
	"slices"
	"strings"
)

// otherMatters are what tables of counts of other work are about, by the words of
// their titles and headings. Offices keep them beside the reports on
// administrative procedures, with the same columns: carried over, received,
// settled.
var otherMatters = []struct{ words, name string }{
	{"to cao|khieu nai|khieu to", "khiếu nại, tố cáo"},
	{"don thu|xu ly don|giai quyet don|so don|don phai xu ly|don kien nghi|don phan anh", "đơn thư"},
	{"tiep cong dan|luot tiep|tiep dan|doan dong nguoi", "tiếp công dân"},
	{"phan anh kien nghi|kien nghi phan anh|kien nghi cu tri|kien nghi cua cu tri|y kien cu tri", "phản ánh, kiến nghị"},
	{"cuoc thanh tra|cuoc kiem tra|ket qua thanh tra|cong tac thanh tra|ket luan thanh tra|doan kiem tra", "thanh tra, kiểm tra"},
	{"xu phat|vi pham hanh chinh", "xử phạt vi phạm hành chính"},
	{"van ban den|van ban di|phuc dap", "văn bản đi, đến"},
	{"vu hoa giai|vu viec hoa giai|cong tac hoa giai", "hòa giải"},
	{"vu an|an dan su|an hinh su|ket qua thi hanh an|cong tac thi hanh an", "vụ án, thi hành án"},
	{"nhiem vu duoc giao|nhiem vu giao|nhiem vu chi dao", "nhiệm vụ được giao"},
	{"khen thuong", "thi đua, khen thưởng"},
}

// notMatters are words that hold those of otherMatters and speak of nothing of
// the kind: units and agencies that report.
var notMatters = strings.NewReplacer(" don vi ", " ", " ban tiep cong dan ", " ", " tru so tiep cong dan ", " ", " cuc thi hanh an dan su ", " ")

// Words of tables about administrative procedures: ourNames say so whatever else
// is named, ourWords speak for it where no other work is.
var (
	ourNames = strings.Split("thu tuc hanh chinh|tthc|mot cua|dich vu cong|dvc|ii 06|ii 06a|ii 06b|ii 06c|06a|06b|07a|07b|07c", "|")
	ourWords = strings.Split("ho so|hs|thu tuc|linh vuc|truoc han|dung han|qua han|tre han|trong han|dung thoi han|bo sung|truc tuyen|buu chinh|bcci", "|")
)

// otherMatter names what a table of counts is about when its titles and headings
// speak of other work; "" when they speak of dossiers. What a heading such as
// «tiếp nhận» counts, no heading alone can tell. The rows do not count: «Khiếu
// nại, tố cáo» is a field of procedures too.
func otherMatter(sheetName string, head []headRow, counts *candidate) string {
	if counts == nil {
		return ""
	}
	said := []string{fold(sheetName)}
	last := counts.rows[len(counts.rows)-1]
	for i := range head {
		if head[i].num > last {
			break
		}
		for _, text := range head[i].folded {
			said = append(said, text)
		}
	}
	// Twice, for neighbours share the blank between them.
	all := notMatters.Replace(notMatters.Replace(" " + strings.Join(said, " | ") + " "))
	has := func(w string) bool { return strings.Contains(all, " "+w+" ") }
	if slices.ContainsFunc(ourNames, has) {
		return ""
	}
	for _, o := range otherMatters {
		if slices.ContainsFunc(strings.Split(o.words, "|"), has) {
			return o.name
		}
	}
	// What was settled beside what is still at work is the balance of dossiers.
	settled, atWork := has("da giai quyet") || has("da xu ly"), has("dang giai quyet") || has("dang xu ly") || has("chua giai quyet")
	if slices.ContainsFunc(ourWords, has) || settled && atWork {
		return ""
	}
	return unknownMatter
}

// unknownMatter stands for work that the titles do not name.
const unknownMatter = "một việc không rõ"
