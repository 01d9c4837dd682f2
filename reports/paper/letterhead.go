package paper

import (
	"cmp"
	"fmt"
	"strings"

	"giaoban/data"
)

// Letterhead is the head of an administrative document
// (Decree 30/2020, annex I, boxes 1 to 4).
type Letterhead struct {
	Parent string   // cơ quan chủ quản, may hold several lines
	Name   string   // cơ quan ban hành
	Number string   // "" leaves room for it to be written
	Symbol string   // such as BC-UBND
	Place  string   // địa danh
	Date   data.Day // unknown leaves room for day and month
	Year   int      // of an unknown date; 0 leaves room for it too
	// NoNumber leaves out the line of number and date, as lists do.
	NoNumber bool
	// NoDate leaves out place and date, as minutes do, whose times stand in the text.
	NoDate bool
	// About is what an official letter is about, which stands below its number after
	// «V/v» (Decree 30/2020, annex I, box 5b); "" for other documents, which have a Title.
	About string
	// Size is that of the head in points, 0 for 12.
	Size float64
}

// DateLine writes "Đông Triều, ngày 05 tháng 01 năm 2026": days below 10 and the
// months 1 and 2 take a leading nought (Decree 30/2020, annex I, box 4).
func DateLine(place string, day data.Day, year int) string {
	s := strings.TrimSpace(place)
	if s != "" {
		s += ", "
	}
	if !day.Known() {
		y := "……"
		if year > 0 {
			y = fmt.Sprint(year)
		}
		return s + "ngày …… tháng …… năm " + y
	}
	y, m, dd := day.Civil()
	month := fmt.Sprint(int(m))
	if m <= 2 {
		month = "0" + month
	}
	return s + fmt.Sprintf("ngày %02d tháng %s năm %d", dd, month, y)
}

// Number writes "05/BC-UBND": numbers below 10 take a leading nought
// (Decree 30/2020, annex I, box 3); "" leaves room for it.
func Number(number, symbol string) string {
	number, symbol = strings.TrimSpace(number), strings.TrimSpace(symbol)
	switch {
	case number == "":
		number = "……"
	case len(number) == 1 && number[0] >= '1' && number[0] <= '9':
		number = "0" + number
	}
	if symbol == "" {
		return number
	}
	return number + "/" + symbol
}

// Letterhead writes the head of a document in two columns.
func (d *Document) Letterhead(l Letterhead) {
	d.start()
	const nation, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
	size := cmp.Or(l.Size, 12)
	right := d.width(nation, bold, size)/mm + 1
	const gap = 2 // a long name does not touch the nation
	left := d.Width() - right - gap
	var head []BandLine
	for _, line := range strings.Split(l.Parent, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			head = append(head, BandLine{Text: strings.ToUpper(line), Size: size, Align: Center})
		}
	}
	names := strings.Split(strings.TrimSpace(l.Name), "\n")
	for i, line := range names {
		b := BandLine{Text: strings.ToUpper(strings.TrimSpace(line)), Size: size, Bold: true, Align: Center}
		if i == len(names)-1 {
			b.Rule = 0.4
		}
		head = append(head, b)
	}
	d.Band(true, 0,
		BandColumn{left, head},
		BandColumn{gap, nil},
		BandColumn{right, []BandLine{
			{Text: nation, Size: size, Bold: true, Align: Center},
			{Text: motto, Size: size + 1, Bold: true, Align: Center, Rule: 1},
		}})
	if l.NoNumber {
		d.Space(4)
		return
	}
	date := []BandLine{{Text: DateLine(l.Place, l.Date, l.Year), Size: size + 1, Italic: true, Align: Center}}
	if l.NoDate {
		date = nil
	}
	number := []BandLine{{Text: "Số: " + Number(l.Number, l.Symbol), Size: size + 1, Align: Center}}
	if l.About != "" {
		number = append(number, BandLine{Text: "V/v " + l.About, Size: size, Align: Center})
	}
	d.Band(true, 6,
		BandColumn{left, number},
		BandColumn{gap, nil},
		BandColumn{right, date})
}

// Title writes the name of the type of document and what it is about, with a
// line below (Decree 30/2020, annex I, box 5a).
func (d *Document) Title(kind, about string) {
	d.start()
	w := d.Width()
	lines := []BandLine{{Text: strings.ToUpper(oneLine(kind)), Size: 14, Bold: true, Align: Center}}
	if about != "" {
		lines = append(lines, BandLine{Text: about, Size: 14, Bold: true, Align: Center, Before: 2, Rule: 0.4})
	}
	d.named(0, strings.TrimSpace(oneLine(kind)+" "+oneLine(about)))
	d.Band(true, 16, BandColumn{w, lines})
	d.Space(3)
}

// AddressedTo writes "Kính gửi:": one addressee on the same line, several one
// below the other (Decree 30/2020, annex I, box 9a).
func (d *Document) AddressedTo(names ...string) {
	switch len(names) {
	case 0:
		return
	case 1:
		d.Band(true, 6, BandColumn{d.Width(), []BandLine{{Text: "Kính gửi: " + names[0], Size: d.body, Align: Center}}})
		return
	}
	lines := make([]BandLine, len(names))
	for i, n := range names {
		end := ";"
		if i == len(names)-1 {
			end = "."
		}
		lines[i] = BandLine{Text: "- " + strings.TrimRight(n, ";.") + end, Size: d.body, Align: Left}
	}
	w := d.Width()
	d.Band(true, 6,
		BandColumn{w*0.32 - 2, []BandLine{{Text: "Kính gửi:", Size: d.body, Align: Right}}},
		BandColumn{2, nil},
		BandColumn{w * 0.68, lines})
}

// Annex writes the head of an annex: "Phụ lục I", its title in capitals, and the
// document it belongs to (Decree 30/2020, annex I). An empty title or document
// is left out.
func (d *Document) Annex(name, title, belongs string) {
	d.start()
	lines := []BandLine{{Text: name, Size: 14, Bold: true, Align: Center}}
	if title != "" {
		lines = append(lines, BandLine{Text: strings.ToUpper(title), Size: 13, Bold: true, Align: Center})
	}
	if belongs != "" {
		lines = append(lines, BandLine{Text: belongs, Size: 13, Italic: true, Align: Center})
	}
	if title != "" {
		name += ". " + title
	}
	d.named(0, name)
	d.Band(true, 0, BandColumn{d.Width(), lines})
}

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
