package assess

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/scoring"
)

// Proofs lists the evidence of the sheet in the order of the criteria, each
// document under every criterion that it proves. A document that stands for
// several criteria keeps the file name of its first line. state tells of the
// files; nil takes them as there.
func (c *Card) Proofs(state func(*Evidence) FileState) []ProofLine {
	var out []ProofLine
	name := map[uint64]string{}
	add := func(code, title string) {
		for _, e := range c.Evidence {
			for _, k := range e.Links {
				if k.Sheet != c.Sheet.ID || k.Code != code {
					continue
				}
				line := ProofLine{Number: len(out) + 1, Code: code, Title: title, Evidence: e, Link: k, File: FileNone}
				if e.File != nil {
					line.File = FileThere
					if state != nil {
						line.File = state(e)
					}
					if name[e.ID] == "" {
						name[e.ID] = SafeName(fmt.Sprintf("%03d - %s - %s", line.Number, code, e.Title), e.File.Ext)
					}
					line.Name = name[e.ID]
				}
				out = append(out, line)
			}
		}
	}
	c.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) { add(n.Code, n.Title) })
	for _, a := range slices.Concat(c.Set.Bonus, c.Set.Penalty) {
		add(a.Code, a.Title)
	}
	return out
}

// maxName is how many letters of a title a file name keeps: folders of Windows
// allow 260 characters for the whole path.
const maxName = 90

var (
	reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])($|\.)`)
	safeExt  = regexp.MustCompile(`^\.[A-Za-z0-9]{1,8}$`)
)

// SafeName makes a file name that Windows and every archive accepts: no
// separator, no forbidden sign, no reserved name, no dot or space at an end. It
// never leads out of its folder.
func SafeName(title, ext string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r), unicode.IsControl(r), r == unicode.ReplacementChar, unicode.Is(unicode.Cf, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(title, "-")))
	title = strings.Join(strings.Fields(title), " ")
	if r := []rune(title); len(r) > maxName {
		title = string(r[:maxName])
	}
	title = strings.Trim(title, ". ")
	if title == "" || reserved.MatchString(title) {
		title = "_" + title
	}
	return title + Extension(ext)
}

// Extension returns an extension that may stand in a file name, in lower case,
// "" for any other text.
func Extension(ext string) string {
	if !safeExt.MatchString(ext) {
		return ""
	}
	return strings.ToLower(ext)
}

// Missing lists the leaves that claim points without a document, and drafts the
// explanation that the report then needs (scoring, section 4, step 3).
func (c *Card) Missing() []Missing {
	var out []Missing
	for _, r := range c.Rows() {
		if !r.Leaf || !r.NoProof {
			continue
		}
		out = append(out, Missing{Code: r.Node.Code, Title: r.Node.Title, Points: r.Final.Points, Max: r.Max, Hints: r.Node.Evidence, Draft: c.draft(&r)})
	}
	return out
}

func (c *Card) draft(r *Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Tiêu chí %s (%s): đơn vị tự chấm %s/%s điểm", r.Node.Code, r.Node.Title, r.Final.Points.String(), r.Max.String())
	e := r.Line.Effective()
	if e != nil {
		if words := AnswerWords(r.Node, &e.Answer); words != "" {
			fmt.Fprintf(&b, ", căn cứ %s", words)
		}
		switch {
		case e.Register != nil && !e.Differs():
			fmt.Fprintf(&b, ", số liệu theo sổ theo dõi hồ sơ đến ngày %s", e.Register.AsOf)
		case e.Source != "":
			fmt.Fprintf(&b, ", nguồn: %s", e.Source)
		}
	}
	b.WriteString(". Đến thời điểm báo cáo chưa có tài liệu kiểm chứng kèm theo")
	if len(r.Node.Evidence) > 0 {
		fmt.Fprintf(&b, " (theo hướng dẫn: %s)", strings.Join(r.Node.Evidence, "; "))
	}
	b.WriteString(".")
	if e != nil {
		for _, note := range []string{e.Answer.Note, e.Note} {
			if note = strings.TrimSpace(note); note != "" {
				b.WriteString(" " + sentence(note))
			}
		}
	}
	b.WriteString(" Đơn vị cam kết số liệu đúng thực tế và bổ sung tài liệu khi Hội đồng thẩm định yêu cầu.")
	return b.String()
}

func sentence(s string) string {
	if strings.ContainsRune(".;:…", []rune(s)[len([]rune(s))-1]) {
		return s
	}
	return s + "."
}

// AnswerWords writes the inputs of a leaf in words: «30/32 (93,75%)»; "" where
// there are none.
func AnswerWords(n *scoring.Node, a *scoring.Answer) string {
	switch {
	case a.NA != "":
		return "không đánh giá: " + a.NA
	case a.Missing:
		return "chưa thực hiện"
	case a.None:
		return "không phát sinh"
	case a.B != nil && a.A != nil:
		return fmt.Sprintf("%s/%s (%s)", a.B, a.A, percentText(*a.B, *a.A))
	case a.Value != nil:
		return a.Value.String() + unitOf(n)
	case a.Date.Known():
		return "ngày " + a.Date.String()
	case a.Percent != nil:
		return a.Percent.String() + "%"
	case a.Yes != nil && *a.Yes:
		return "có"
	case a.Yes != nil:
		return "không"
	case a.Choice != nil:
		if t, ok := n.Rule.(*scoring.Tiers); ok {
			for _, tier := range t.Tiers {
				if tier.Choice != nil && *tier.Choice == *a.Choice && tier.Label != "" {
					return tier.Label
				}
			}
		}
		return string(*a.Choice)
	case a.Checked != nil:
		done := 0
		for _, x := range a.Checked {
			if x {
				done++
			}
		}
		return fmt.Sprintf("%d/%d nội dung", done, len(a.Checked))
	case a.Events != nil:
		if r, ok := n.Rule.(*scoring.Deduct); ok {
			var parts []string
			for _, e := range r.Events {
				if count := a.Events[e.ID]; count > 0 {
					parts = append(parts, fmt.Sprintf("%d × %s", count, e.Label))
				}
			}
			if len(parts) == 0 {
				return "không có lỗi nào"
			}
			return strings.Join(parts, "; ")
		}
	case a.Vars != nil:
		var parts []string
		for _, v := range n.Vars() {
			if x, ok := a.Vars[v.ID]; ok {
				parts = append(parts, v.ID+" = "+x.String())
			}
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

func unitOf(n *scoring.Node) string {
	t, ok := n.Rule.(*scoring.Tiers)
	switch {
	case !ok:
		return ""
	case t.Input == scoring.ByDaysLate:
		return " ngày chậm"
	case t.Unit != "" && t.Unit != "%":
		return " " + t.Unit
	}
	return ""
}
