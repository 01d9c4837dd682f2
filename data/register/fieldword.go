package register

import (
	"strings"

	"giaoban/data/text"
)

// Word is a field word of the search: what stands before the sign in
// «đơn vị: tài nguyên». Its text is the one that officers read.
type Word string

// The field words.
const (
	WordCode      Word = "mã"
	WordOwner     Word = "tên"
	WordAddress   Word = "địa chỉ"
	WordPhone     Word = "sđt"
	WordIdentity  Word = "cccd"
	WordProcedure Word = "thủ tục"
	WordField     Word = "lĩnh vực"
	WordUnit      Word = "đơn vị"
	WordContent   Word = "nội dung"
	WordChannel   Word = "kênh"
	WordState     Word = "tình trạng"
	WordReceived  Word = "nhận"
	WordDue       Word = "hạn"
	WordEnded     Word = "xong"
	WordDesk      Word = "bàn"
	WordOfficer   Word = "cán bộ"
	WordReceiver  Word = "nơi nhận"
	WordLetter    Word = "thư xin lỗi"
)

// fieldWord tells what may follow a field word.
type fieldWord struct {
	word  Word
	note  string
	in    place    // looked for in these texts of a dossier
	one   bool     // the value is one word, not several
	dates bool     // the value is a day or some days
	other []string // further ways to write it
}

// fieldWords in the order in which they are offered.
var fieldWords = []fieldWord{
	{word: WordUnit, note: "đơn vị giải quyết", other: []string{"đơn vị giải quyết", "cơ quan"}},
	{word: WordState, note: "quá hạn, trong hạn, chờ bổ sung…", other: []string{"trạng thái", "kết quả"}},
	{word: WordDue, note: "ngày hẹn trả, ví dụ hạn<=hôm nay", dates: true, other: []string{"hẹn", "hẹn trả", "hạn trả", "ngày hẹn", "ngày hẹn trả"}},
	{word: WordReceived, note: "ngày tiếp nhận, ví dụ nhận:2022", dates: true, other: []string{"tiếp nhận", "ngày nhận", "ngày tiếp nhận"}},
	{word: WordEnded, note: "ngày có kết quả, ví dụ xong:tuần này", dates: true, other: []string{"ngày xong", "kết thúc", "ngày kết thúc"}},
	{word: WordOwner, note: "tên chủ hồ sơ", in: inName, other: []string{"chủ", "chủ hồ sơ", "tên chủ hồ sơ", "họ tên", "người nộp"}},
	{word: WordCode, note: "mã hồ sơ", in: inCode, one: true, other: []string{"mã hồ sơ", "mã số", "số hồ sơ"}},
	{word: WordProcedure, note: "tên hoặc mã thủ tục", other: []string{"tên thủ tục", "tthc"}},
	{word: WordField, note: "lĩnh vực của thủ tục"},
	{word: WordAddress, note: "địa chỉ của chủ hồ sơ", in: inAddress},
	{word: WordPhone, note: "số điện thoại", in: inPhone, one: true, other: []string{"điện thoại", "số điện thoại"}},
	{word: WordIdentity, note: "số định danh, căn cước", in: inIdentity, one: true, other: []string{"cmnd", "căn cước", "số định danh", "số giấy tờ"}},
	{word: WordContent, note: "nội dung, trích yếu", in: inContent, other: []string{"trích yếu"}},
	{word: WordChannel, note: "trực tiếp, trực tuyến, bưu chính", other: []string{"kênh tiếp nhận", "hình thức"}},
	{word: WordDesk, note: "bàn đang giữ hồ sơ", other: []string{"đang giữ", "bộ phận"}},
	{word: WordOfficer, note: "cán bộ tiếp nhận", other: []string{"người nhận", "cán bộ nhận"}},
	{word: WordReceiver, note: "nơi tiếp nhận khi khác đơn vị giải quyết", other: []string{"nơi tiếp nhận", "đơn vị nhận"}},
	{word: WordLetter, note: "có hoặc chưa", other: []string{"thư", "xin lỗi"}},
}

// wordsByName finds a field word by its folded names, with and without blanks.
var wordsByName = func() map[string]*fieldWord {
	m := map[string]*fieldWord{}
	for i := range fieldWords {
		w := &fieldWords[i]
		for _, name := range append([]string{string(w.word)}, w.other...) {
			m[text.Fold(name)] = w
			m[strings.ReplaceAll(text.Fold(name), " ", "")] = w
		}
	}
	return m
}()

// longestName is how many words the longest name of a field word has.
const longestName = 4
