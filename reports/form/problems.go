package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/data"
	"giaoban/reports/paper"
)

// placeholder is a value inside a text, such as {owner}.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// signers are the values of Signer.Who.
var signers = []string{"", "applicant", "receiver", "guide", "signer", "giver", "taker", "preparer"}

// Limits of a template.
const (
	leastSize, mostSize = 8.0, 16.0 // points
	mostMargin          = 60.0      // millimetres
	mostTitle           = 200       // runes
	mostLine            = 2000      // runes
	mostLines           = 60
	mostCopies          = 5
)

// Problems returns what keeps a template from being printed, one Vietnamese
// sentence each; none for a good one.
func (t Template) Problems() []string {
	var list []string
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)+".") }
	if strings.TrimSpace(t.Title) == "" {
		bad("chưa có tên biểu mẫu")
	}
	if n := utf8.RuneCountInString(t.Title); n > mostTitle {
		bad("tên biểu mẫu dài %d chữ, nhiều nhất là %d", n, mostTitle)
	}
	from, err := data.ParseISO(t.From)
	if err != nil {
		bad("ngày bắt đầu áp dụng không đúng")
	}
	if t.To != "" {
		if to, err := data.ParseISO(t.To); err != nil {
			bad("ngày hết áp dụng không đúng")
		} else if to < from {
			bad("ngày hết áp dụng ở trước ngày bắt đầu áp dụng")
		}
	}
	switch t.Page {
	case "", "a4", "a5", "a4-ngang":
	default:
		bad("khổ giấy «%s» không có; chọn a4, a5 hoặc a4-ngang", t.Page)
	}
	for _, size := range []float64{t.Size, t.HeadSize} {
		if size != 0 && (size < leastSize || size > mostSize) {
			bad("cỡ chữ phải từ %.0f đến %.0f", leastSize, mostSize)
			break
		}
	}
	for _, m := range []float64{t.Margins.Top, t.Margins.Bottom, t.Margins.Left, t.Margins.Right} {
		if m < 0 || m > mostMargin {
			bad("lề trang phải từ 0 đến %.0f mm", mostMargin)
			break
		}
	}
	if len(t.Copies) > mostCopies {
		bad("có hơn %d liên", mostCopies)
	}
	if len(t.Signers) > 4 {
		bad("có hơn bốn người ký")
	}
	for _, s := range t.Signers {
		if !slices.Contains(signers, s.Who) {
			bad("người ký «%s» lấy tên từ «%s» không có trong chương trình", clip(s.Title), s.Who)
		}
	}
	list = append(list, t.lineProblems()...)
	list = append(list, t.tableProblems()...)
	texts := append([]string{t.Title, t.Code, t.Basis, t.Symbol, t.Empty}, t.Notes...)
	for _, l := range t.Lines {
		texts = append(texts, l.Label, l.After)
	}
	for _, s := range append(texts, t.Recipients...) {
		if strings.Contains(paper.Clean(s), "□") && !strings.Contains(s, "□") {
			bad("«%s» có chữ không in được", clip(s))
		}
	}
	return list
}

func (t Template) lineProblems() []string {
	var list []string
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)+".") }
	if len(t.Lines) == 0 {
		return nil
	}
	if len(t.Lines) > mostLines {
		bad("có hơn %d dòng", mostLines)
	}
	shown := 0
	for _, l := range t.Lines {
		if l.Shown {
			shown++
		}
		if !known(l.Key) {
			bad("dòng «%s» có nội dung «%s» không có trong chương trình", clip(l.Label), l.Key)
		}
		if utf8.RuneCountInString(l.Label) > mostLine {
			bad("dòng «%s» dài hơn %d chữ", clip(l.Label), mostLine)
		}
		if l.Lines < 0 || l.Lines > 20 {
			bad("dòng «%s»: số dòng chấm phải từ 0 đến 20", clip(l.Label))
		}
		for _, m := range placeholder.FindAllStringSubmatch(l.Label, -1) {
			if !single(m[1]) {
				bad("dòng «%s» nhắc đến «%s» không có trong chương trình", clip(l.Label), m[0])
			}
		}
		if needsTable[l.Key] && len(t.Columns) == 0 {
			bad("dòng «%s» cần một bảng nhưng biểu mẫu chưa có cột", clip(l.Label))
		}
	}
	if shown == 0 {
		bad("không có dòng nào được in")
	}
	return list
}

func (t Template) tableProblems() []string {
	var list []string
	bad := func(text string) { list = append(list, text+".") }
	if len(t.Columns) == 0 {
		if len(t.Lines) == 0 {
			bad("chưa có cột")
		}
		return list
	}
	if t.Numbers != nil && len(t.Numbers) != len(t.Columns) {
		bad("số ô đánh số cột khác số cột")
	}
	headers := [][][]Head{t.Header}
	for _, h := range t.Variants {
		headers = append(headers, h)
	}
	for _, h := range headers {
		if len(h) > 3 {
			bad("tiêu đề có hơn ba hàng")
			continue
		}
		cells := 0
		for _, row := range h {
			for _, c := range row {
				cells += max(c.Cols, 1) * max(c.Rows, 1)
			}
		}
		if cells != len(h)*len(t.Columns) {
			bad("các ô tiêu đề không phủ kín các cột")
		}
	}
	return list
}

// clip shortens a text that a sentence quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
