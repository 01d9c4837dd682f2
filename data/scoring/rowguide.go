package scoring

import (
	"strings"

	"giaoban/data"
	"giaoban/data/scoring/expr"
	"giaoban/data/text"
)

// SetGuide explains the workbook of a set, for its second sheet: part, word,
// meaning.
func SetGuide() (out [][3]string) {
	grades := data.Map(GradeNames(), func(x [2]string) string { return x[0] + " (" + x[1] + ")" })
	f := &tables.Fields
	words := strings.NewReplacer("{kinds}", tables.Kinds.words(), "{head}", f.Meta.words(), "{grades}", strings.Join(grades, ", "), "{per}", tables.Per.words())
	for _, x := range tables.Guide {
		out = append(out, [3]string{x[0], x[1], words.Replace(x[2])})
	}
	for _, x := range expr.Functions() {
		out = append(out, [3]string{"Hàm của công thức", x[0], text.Sentence(x[1])})
	}
	for _, list := range []struct {
		name string
		of   fields
	}{{"Thông tin", f.Meta}, {"Tham số của quy tắc", f.Rule}, {"Tham số của tiêu chí", f.Node}, {"Tham số của nhóm", f.Group}, {"Tham số của «Riêng cho»", f.Variant}, {"Tham số của thưởng, trừ", f.Adjust}} {
		for _, f := range list.of {
			help := f.Help
			switch {
			case f.Kind == kindBool && help == "":
				help = "«có» hoặc «không»"
			case f.Kind == kindWord && help == "":
				help = f.Words.words()
			}
			if help != "" {
				out = append(out, [3]string{list.name, f.Word, text.Sentence(help)})
			}
		}
	}
	return out
}
