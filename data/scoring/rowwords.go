package scoring

import (
	"strings"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/text"
)

// SetColumns are the columns of a set written as rows, in their order. When rows
// are read they are found by name, in any order.
var SetColumns = []string{ColumnPart, ColumnLevel, ColumnCode, ColumnTitle, ColumnMax, ColumnKind, ColumnFrom, ColumnTo, ColumnPoints, ColumnKey, ColumnValue, ColumnProof, ColumnOwner, ColumnBasis, ColumnNote}

// The columns.
const (
	ColumnPart   = "Mục"
	ColumnLevel  = "Cấp"
	ColumnCode   = "Mã"
	ColumnTitle  = "Tên, nội dung"
	ColumnMax    = "Điểm tối đa"
	ColumnKind   = "Loại quy tắc"
	ColumnFrom   = "Từ"
	ColumnTo     = "Đến"
	ColumnPoints = "Điểm"
	ColumnKey    = "Ký hiệu"
	ColumnValue  = "Giá trị"
	ColumnProof  = "Tài liệu kiểm chứng"
	ColumnOwner  = "Đơn vị phụ trách"
	ColumnBasis  = "Căn cứ"
	ColumnNote   = "Ghi chú"
)

// The words of the column Mục. An empty cell stands for PartNode where the row
// has a code, else for PartTier.
const (
	PartMeta    = "Thông tin"
	PartBasis   = "Ý nghĩa căn cứ"
	PartGrade   = "Hạng"
	PartMetric  = "Chỉ số nguồn"
	PartNode    = "Tiêu chí"
	PartTier    = "Mức"
	PartItem    = "Nội dung"
	PartEvent   = "Lỗi trừ điểm"
	PartVar     = "Biến"
	PartCase    = "Trường hợp"
	PartParam   = "Tham số"
	PartBonus   = "Điểm thưởng"
	PartPenalty = "Điểm trừ"
	PartOption  = "Lựa chọn"
	PartVariant = "Riêng cho"
	PartFact    = "Đặc điểm đơn vị"
	PartNeed    = "Điều kiện hạng"
	PartGradeOf = "Biến của hạng"
)

// partWords are all of them.
var partWords = func() (out pairs) {
	for _, word := range []string{PartMeta, PartBasis, PartGrade, PartMetric, PartNode, PartTier, PartItem, PartEvent, PartVar, PartCase, PartParam, PartBonus, PartPenalty, PartOption, PartVariant,
		PartFact, PartNeed, PartGradeOf} {
		out = append(out, pair{word, word})
	}
	return out
}()

// tables are the words of assets/setrows.json.
var tables = func() (t struct {
	Guide  [][3]string // part, word, meaning
	Kinds  pairs       // kinds of rule; those of tiers name what tells them apart
	Per    pairs       // how the cases of a bonus or penalty count
	Fields struct {    // scalars, nested ones written with a full stop
		Meta    fields // of the head of a set
		Rule    fields // of all rules; which of them a rule has is told by its shape
		Node    fields // of a node, where they have no column of their own
		Group   fields // of a group, that no leaf has
		Variant fields // of a case for units of a kind
		Adjust  fields // of a bonus or penalty
	}
	Lists  map[string]LineShape
	Shapes []struct {
		Kind          string
		Params, Lines []string // of Fields.Rule and Lists
	}
}) {
	assets.Read("setrows.json", &t)
	return t
}()

// pair is a word of a file and the word that people read.
type pair struct{ Key, Word string }

type pairs []pair

func (p pairs) word(key string) string {
	for _, x := range p {
		if x.Key == key {
			return x.Word
		}
	}
	return key
}

func (p pairs) key(word string) (string, bool) {
	for _, x := range p {
		if text.NameKey(x.Word) == text.NameKey(word) || x.Key == word {
			return x.Key, true
		}
	}
	return "", false
}

func (p pairs) words() string {
	list := make([]string, len(p))
	for i, x := range p {
		list[i] = x.Word
	}
	return "«" + strings.Join(list, "», «") + "»"
}

// field is a scalar of a rule or of the head of a set, as a row names it.
type field struct {
	Key, Word string
	Kind      fieldKind
	Words     pairs // of kindWord
	Help      string
}

type fieldKind string

const (
	kindText   fieldKind = ""
	kindNumber fieldKind = "number"
	kindBool   fieldKind = "bool"
	kindWord   fieldKind = "word"
	kindLevel  fieldKind = "level" // the name of a level, or any other text
	kindNone   fieldKind = "none"  // what nothing gives: a word of zeroWords, or points
)

type fields []field

func (f fields) byKey(key string) *field {
	return data.Find(f, func(x *field) bool { return x.Key == key })
}

func (f fields) byWord(word string) *field {
	return data.Find(f, func(x *field) bool { return text.NameKey(x.Word) == text.NameKey(word) })
}

func (f fields) words() string {
	list := make(pairs, len(f))
	for i, x := range f {
		list[i] = pair{x.Key, x.Word}
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

var zeroWords = tables.Fields.Rule.byKey("when_zero").Words
