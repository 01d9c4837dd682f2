package exchange

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
	"giaoban/data/text"
)

// vital are the facts on which figures rest: where the file lost one of them the
// row is rejected, for a blank would be a statement of its own. A lost due date
// would make a late dossier punctual.
var vital = [factCount]bool{FactCode: true, FactReceiptNo: true, FactProcedureCode: true, FactProcedure: true, FactFieldCode: true, FactField: true,
	FactUnit: true, FactReceiver: true, FactHelper: true, FactReceived: true, FactDue: true, FactRedue: true, FactEnded: true, FactReturned: true, FactStatus: true, FactChannel: true,
	FactSupplements: true, FactSupplementDue: true}

// reasonOf says why the value of a cell is lost and what helps; "" when it is
// there.
func (v *value) reasonOf() string {
	name := v.heading
	if v.col != nil {
		name = leaf(v.col.Heading)
	}
	switch v.loss {
	case sheet.Failed:
		if strings.Trim(string(v.text), "#") == "" {
			return "Ô «" + name + "» chỉ còn dấu " + clip(v.text) + " vì cột hẹp hơn giá trị. Nới rộng cột trong Excel, lưu hoặc chép lại rồi nhập lại."
		}
		return "Ô «" + name + "» báo lỗi " + clip(v.text) + " nên không biết giá trị. Sửa ô này trong Excel rồi nhập lại."
	case sheet.NoResult:
		return "Ô «" + name + "» là công thức chưa có kết quả (" + clip(v.text) + "). Mở tệp bằng Excel, lưu lại rồi nhập lại."
	case sheet.Damaged:
		return "Ô «" + name + "» ghi sai trong tệp nên không đọc được. Mở tệp bằng Excel, kiểm tra ô này, lưu lại rồi nhập lại."
	}
	return ""
}

// spoiledReason is the sentence about a number that lost its digits. Those of a
// pasted one may still stand in the workbook that it was copied from.
func (r *reader) spoiledReason(v *value) string {
	remedy := "Xuất lại tệp từ phần mềm gốc với cột này ở dạng chữ rồi nhập lại."
	if r.src.book.Container == sheet.Clipboard {
		remedy = "Trong Excel, định dạng cột này là số không có phần thập phân rồi chép và dán lại."
	}
	return "Ô «" + leaf(v.col.Heading) + "» ghi «" + clip(v.text) + "»: Excel đã đổi dãy số thành lũy thừa và làm mất chữ số. " + remedy
}

// personal notes that the number of a person lost digits, or came with decimals that
// are no part of it; it is kept as written.
func (r *reader) personal(rec *Record, v *value) {
	switch {
	case spoiled(v.text, v.cell.Kind), rounded(v.text, v.cell.Kind):
		r.lose(rec, v.col, r.spoiledReason(v))
	case v.cell.Kind != sheet.Number && floated(v.text):
		r.lose(rec, v.col, "Ô «"+leaf(v.col.Heading)+"» ghi «"+clip(v.text)+"» có phần thập phân; giữ nguyên như trong tệp. Sửa lại cho đúng số.")
	}
}

// lost rejects the record when a vital value is lost and notes the others. It
// reports whether the record stands.
func (r *reader) lost(rec *Record) bool {
	for f := range r.vals {
		v := &r.vals[f]
		if v.loss == sheet.Kept {
			continue
		}
		if vital[f] && !r.pendingEnd(rec, Fact(f)) {
			rec.reject(LostValue, v, "%s", v.reasonOf())
			return false
		}
		r.lose(rec, v.col, v.reasonOf()+" Ô này coi như để trống.")
		*v = value{}
	}
	return true
}

// losses keep where accepted rows lost something, for the notes of the file.
type losses struct {
	blanks []string // columns of the row under way
	cells  []string // «dòng 5 «Ghi chú»»
	quotes []string // numbers of rows
	more   struct{ cells, quotes int }
}

// maxPlaces is how many places a note names one by one.
const maxPlaces = 20

// lose notes a value that is lost in a row that stands.
func (l *losses) lose(rec *Record, col *Column, text string) {
	rec.note("%s", text)
	l.blanks = append(l.blanks, leaf(col.Heading))
}

// tell keeps what an accepted row lost; table stands before its number where a
// file has several.
func (l *losses) tell(rec *Record, table string) {
	place := fmt.Sprintf("%s%d", table, rec.Row)
	for _, name := range l.blanks {
		if l.more.cells++; len(l.cells) < maxPlaces {
			l.cells = append(l.cells, fmt.Sprintf("dòng %s «%s»", place, name))
		}
	}
	if rec.stray {
		if l.more.quotes++; len(l.quotes) < maxPlaces {
			l.quotes = append(l.quotes, place)
		}
	}
}

// told returns the notes about what was lost.
func (l *losses) told() (notes []Note) {
	places := func(list []string, all int) string {
		if all > len(list) {
			return strings.Join(list, ", ") + fmt.Sprintf(" và %d chỗ khác", all-len(list))
		}
		return strings.Join(list, ", ")
	}
	if len(l.quotes) > 0 {
		notes = append(notes, Note{Code: NoteStrayQuotes, Text: "Dấu ngoặc kép mở mà không đóng được đọc như chữ ở dòng " + places(l.quotes, l.more.quotes) + ". Xem lại các dòng này."})
	}
	if len(l.cells) > 0 {
		notes = append(notes, Note{Code: NoteLostValues, Text: "Ô không biết giá trị (công thức chưa có kết quả, báo lỗi, số mất chữ số): " + places(l.cells, l.more.cells) +
			". Sửa các ô này trong Excel rồi nhập lại."})
	}
	return notes
}

// pendingEnd reports a lost end of a dossier whose state says that it has none:
// a look-up that finds nothing gives an error.
func (r *reader) pendingEnd(rec *Record, f Fact) bool {
	if f != FactEnded && f != FactReturned || r.vals[FactStatus].loss != sheet.Kept {
		return false
	}
	s := r.statusText()
	return s >= data.Registered && s <= data.AwaitPayment
}

// lossOf finds a lost value in a cell that feeds the fact: as the file types it,
// or in its text.
func lossOf(c *sheet.Cell, text []byte, fact Fact) sheet.Loss {
	if c.Loss != sheet.Kept || c.Kind != sheet.Text {
		return c.Loss
	}
	loss := sheet.LossOf(text)
	if loss == sheet.NoResult && fact != FactCode && fact != FactReceiptNo && !fact.Date() {
		return sheet.Kept // a name may begin with any sign
	}
	return loss
}

// textNumber undoes what programs do to digits that they took for a number and
// wrote as text: "12345.0" and, in the manner of Java, "2.30302000123E11". A power that
// ends in noughts says nothing of what was rounded away, and Java writes no E08: such a
// text stays as it is.
func textNumber(b []byte, arena *[]byte) []byte {
	if head, ok := bytes.CutSuffix(b, []byte(".0")); ok && len(head) > 0 && len(bytes.Trim(head, "0123456789")) == 0 {
		return head
	}
	if m, e, ok := bytes.Cut(b, []byte("E")); ok && len(m) >= 3 && m[1] == '.' && len(e) > 0 && len(e) <= 2 &&
		len(bytes.Trim(e, "0123456789")) == 0 && len(bytes.Trim(m, "0123456789.")) == 0 {
		if f, err := strconv.ParseFloat(string(b), 64); err == nil && f == math.Trunc(f) && f < 1<<53 && e[0] != '0' && math.Mod(f, 1e5) != 0 {
			return sheet.PlainNumber(b, arena)
		}
	}
	return b
}

// exact is the bound below which a workbook keeps every digit of a number.
const exact = 1e15

// spoiled reports digits that are gone: text in powers of ten, as Excel shows a
// long number, or a number too long to be kept.
func spoiled(b []byte, kind sheet.Kind) bool {
	if kind != sheet.Number {
		return destroyed(b)
	}
	f, err := strconv.ParseFloat(string(b), 64)
	return err == nil && math.Abs(f) >= exact
}

// wholeProcedureCode gives a base code the noughts back that a workbook dropped
// when it took the code for a number: 1.00124 was 1.001240.
func wholeProcedureCode(b []byte) string {
	s := string(b)
	if len(s) < 3 || len(s) > 7 || s[0] < '1' || s[0] > '3' || s[1] != '.' || strings.Trim(s[2:], "0123456789") != "" {
		return s
	}
	return s + strings.Repeat("0", 8-len(s))
}

// clean is text.LineBytes: cells are called text all over this package.
func clean(b []byte, arena *[]byte) []byte { return text.LineBytes(b, arena) }

// fold is text.Words, in which headings and words of fixed lists are compared.
func fold(s string) string { return text.Words(s) }

// blank reports whether a clean text stands for nothing: dashes, x, "không".
func blank(text []byte) bool {
	switch len(text) {
	case 0:
		return true
	case 1:
		return text[0] == '-' || text[0] == 'x' || text[0] == 'X' || text[0] == '_' || text[0] == '.'
	}
	if len(text) > 12 {
		return false
	}
	switch string(text) {
	case "–", "—", "--", "---", "không", "Không", "KHÔNG", "không có", "Không có", "KHÔNG CÓ", "−":
		return true
	}
	return false
}

// crossed reports whether a cell is ticked with an x.
func crossed(text []byte) bool { return len(text) == 1 && (text[0]|0x20) == 'x' }

// interner keeps one copy of each of the values that repeat down a column.
type interner map[string]string

func (in interner) get(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := in[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(in) < 20000 {
		in[s] = s
	}
	return s
}

// lines splits raw text at its line ends and cleans each line.
func lines(raw []byte, arena *[]byte) [][]byte {
	var out [][]byte
	for _, line := range bytes.FieldsFunc(raw, func(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 }) {
		if c := clean(line, arena); len(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}
