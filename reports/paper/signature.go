package paper

import "strings"

// Signature is the foot of an administrative document: where copies go on the
// left, who signs on the right (Decree 30/2020, annex I, boxes 7 and 9b).
type Signature struct {
	Recipients []string // without dashes and stops
	Authority  string   // such as TM. ỦY BAN NHÂN DÂN; "" for none
	Title      string   // such as CHỦ TỊCH
	Signer     string
}

// Signature writes the block, never split and not alone on its page if the
// paragraph before leaves room.
func (d *Document) Signature(s Signature) {
	d.start()
	w := d.Width()
	var left []BandLine
	// Smaller papers than Decree 30 means have a smaller foot.
	head, item := min(12, d.body), min(11, d.body-0.5)
	if len(s.Recipients) > 0 {
		left = append(left, BandLine{Text: "Nơi nhận:", Size: head, Bold: true, Italic: true})
		for i, r := range s.Recipients {
			end := ";"
			if i == len(s.Recipients)-1 {
				end = "."
			}
			left = append(left, BandLine{Text: "- " + strings.TrimRight(strings.TrimPrefix(r, "- "), ";.") + end, Size: item})
		}
	}
	d.Band(false, 14, BandColumn{w * 0.48, left}, BandColumn{w * 0.52, signer(s.Authority, s.Title, s.Signer, d.body)})
}

func signer(authority, title, name string, size float64) []BandLine {
	var lines []BandLine
	for _, t := range []string{authority, title} {
		if t != "" {
			lines = append(lines, BandLine{Text: strings.ToUpper(t), Size: size, Bold: true, Align: Center})
		}
	}
	return append(lines, BandLine{Blank: 28 * min(1, size/13)}, BandLine{Text: name, Size: size, Bold: true, Align: Center})
}

// Signer is one of several people who sign a form.
type Signer struct {
	Above string // small line above, such as the date
	Title string // such as NGƯỜI LẬP BIỂU
	Note  string // such as (Ký, ghi rõ họ tên)
	Name  string
}

// Signers writes people side by side under a form, at the size of forms.
func (d *Document) Signers(size float64, people ...Signer) {
	d.start()
	var cols []BandColumn
	above := false
	for _, p := range people {
		above = above || p.Above != ""
	}
	for _, p := range people {
		var lines []BandLine
		if above {
			lines = append(lines, BandLine{Text: p.Above, Size: size, Italic: true, Align: Center})
		}
		lines = append(lines, BandLine{Text: p.Title, Size: size, Bold: true, Align: Center})
		if p.Note != "" {
			lines = append(lines, BandLine{Text: p.Note, Size: size, Italic: true, Align: Center})
		}
		lines = append(lines, BandLine{Blank: 20}, BandLine{Text: p.Name, Size: size, Bold: true, Align: Center})
		// Long names of neighbours do not touch.
		const gap = 1.5
		cols = append(cols, BandColumn{gap, nil}, BandColumn{d.Width()/float64(len(people)) - 2*gap, lines}, BandColumn{gap, nil})
	}
	d.Band(false, 8, cols...)
}
