// Package matter recognises work that is no administrative procedure and must not slip
// into the register of dossiers: petitions, complaints and denunciations, which the law
// keeps apart (rules-2026 M8), and what offices count beside them. The words are data,
// in assets/matters.json.
package matter

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/text"
)

// Matter is a kind of such work.
type Matter struct {
	ID   basis.ID // the rule whose legal texts stand behind it; "" where no law keeps it apart
	Name string   // in Vietnamese, such as "tố cáo"

	titles, begins []string
}

// notMatters are words that hold those of matters and speak of nothing of the kind:
// units and agencies.
var notMatters = strings.NewReplacer(" don vi ", " ", " ban tiep cong dan ", " ", " tru so tiep cong dan ", " ", " cuc thi hanh an dan su ", " ")

// Titled returns what the titles and headings of a table, folded as text.Words does,
// speak of; ok is false where that is no matter.
func Titled(said []string) (m Matter, ok bool) {
	// Twice, for neighbours share the blank between them.
	all := notMatters.Replace(notMatters.Replace(" " + strings.Join(said, " | ") + " "))
	return find(func(m Matter) []string { return m.titles }, func(w string) bool { return strings.Contains(all, " "+w+" ") })
}

// Brought returns what citizens bring where a text is named after it: «Đơn tố cáo ông …»
// is a denunciation. Procedures are named after what the office does with it: «Giải
// quyết tố cáo tại cấp xã», «Xử lý đơn», «Tiếp công dân», as all such rows of
// assets/procedures.csv are, and pass.
func Brought(words string) (m Matter, ok bool) {
	words = text.Words(words)
	for _, head := range []string{"ho so ", "vu viec ", "vu ", "viec ", "noi dung "} {
		words = strings.TrimPrefix(words, head)
	}
	said := []string{words + " "}
	for _, head := range []string{"don ", "don thu ", "thu "} {
		if rest, ok := strings.CutPrefix(said[0], head); ok {
			said = append(said, rest)
		}
	}
	return find(func(m Matter) []string { return m.begins }, func(w string) bool {
		return slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, w+" ") })
	})
}

func find(words func(Matter) []string, has func(string) bool) (Matter, bool) {
	for _, m := range matters() {
		if slices.ContainsFunc(words(m), has) {
			return m, true
		}
	}
	return Matter{}, false
}

// Refuse returns why something is kept out of the register of dossiers, with the law on
// the day; nil where nothing speaks against it. name is that of its procedure, else what
// it is about. A national code, which only published procedures have, says that it is
// one.
func Refuse(code, name string, bases *basis.Table, day data.Day) error {
	m, ok := Brought(name)
	if !ok || national(code) {
		return nil
	}
	law := ""
	if words := bases.On(m.ID, day); words != "" {
		law = ", giải quyết theo " + words
	}
	if short := []rune(name); len(short) > 60 {
		name = string(short[:60]) + "…"
	}
	return data.Fail(data.Refused, fmt.Sprintf("«%s» là %s%s, không phải hồ sơ thủ tục hành chính. Ghi vào sổ riêng; nếu đúng là thủ tục đã công bố thì ghi mã quốc gia của thủ tục.", name, m.Name, law), nil)
}

// national reports whether a procedure code is one of the national catalogue, such as
// 2.002396 or 2.002396.000.00.00.H29.
func national(code string) bool {
	head, rest, ok := strings.Cut(code, ".")
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	return ok && len(head) == 1 && head[0] >= '0' && head[0] <= '9' && digits == 6 && (len(rest) == 6 || rest[6] == '.')
}

// matters reads the shipped table; it panics when that is damaged, which a test rules
// out.
var matters = sync.OnceValue(func() (out []Matter) {
	var file []struct {
		ID                   basis.ID
		Name, Titles, Begins string
	}
	assets.Read("matters.json", &file)
	words := func(s string) []string {
		if s == "" {
			return nil
		}
		return strings.Split(s, "|")
	}
	for _, m := range file {
		out = append(out, Matter{m.ID, m.Name, words(m.Titles), words(m.Begins)})
	}
	return out
})
