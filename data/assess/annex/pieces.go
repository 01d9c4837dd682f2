package annex

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/scoring"
)

// piece is one tier, item or sentence of the words of a decision.
type piece struct {
	label  string // without its points and the sign before it
	fold   string // of the label
	points scoring.Points
	scored bool // it says its points
	best   bool // «điểm tối đa»
}

const number = `(-?\d+(?:[.,]\d+)*)`

var (
	tailForms = []*regexp.Regexp{
		regexp.MustCompile(`(?:[:=→]|([\p{L})%])\s*[–-]|\b(?:duoc tinh|duoc|dat|tinh|cong|cho|tru|cham|thuong|la|thi)\b)\s*(?:toi da\s*|la\s*|them\s*|di\s*)?\(?\+?` + number + `\)?\s*(?:diem|d)?\s*[.;,]*$`),
		regexp.MustCompile(`([\s(])` + number + `\s*(?:diem|d)\b\)?\s*[.;,]*$`),
	}
	zeroForm  = regexp.MustCompile(`[,:;–(-]?\s*(?:thi\s+)?\bkhong (?:duoc |tinh |co |cho |dat |cham |duoc tinh |ghi )?diem\)?\s*[.;,]*$`)
	fullForm  = regexp.MustCompile(`[,:;–(-]?\s*(?:thi\s+)?(?:duoc |dat |tinh |cho |cham |du |duoc tinh |huong )?(?:diem toi da|so diem toi da|tron diem|du diem)\)?\s*[.;,]*$`)
	shareForm = regexp.MustCompile(`(?:[:=]\s*|[,:;–(-]?\s*(?:thi\s+)?(?:duoc |dat |tinh |cho |cham ))(\d+)\s*% (?:so |tong |muc )*diem(?: toi da)?\)?\s*[.;,]*$`)
	timesForm = regexp.MustCompile(`(?:\bx|[×*]|\bnhan(?: voi)?)\s*$`) // «tỷ lệ × điểm tối đa» gives no points
	headPoint = regexp.MustCompile(`^` + number + `\s*diem\s*[:–-]\s*|^diem\s+` + number + `\s*:\s*`)
	// joints part tiers that stand in one line, where the left one has its points.
	joint    = regexp.MustCompile(`[;.,/]\s+|;\s*|/\s*|\s+[–+-]\s+`)
	goesOn   = regexp.MustCompile(`^(?:[–+-]\s*)?(?:khong|tu|duoi|tren|neu|con|chua|dat|co|truong hop|cham|tre|dung|hoan thanh|thuc hien|ban hanh|sau|truoc|moi|\d|[<>≤≥])`)
	spacePct = regexp.MustCompile(`\s+%`)
)

// tail finds the points at the end of a line; at is where they begin in the line.
func tail(s string) (p piece, ok bool) { return tailOf(s, 0) }

// tailOf reads a line with its points. most is the maximum of the criterion, for
// «điểm tối đa» and «50% số điểm».
func tailOf(s string, most scoring.Points) (p piece, ok bool) {
	s = unbullet(norm.NFC.String(s))
	f := fold(s)
	if m := headPoint.FindStringSubmatch(f); m != nil {
		if n, ok := points(m[1] + m[2]); ok {
			return newPiece(cut(s, f, len(m[0]), len(f)), n), true
		}
	}
	if m := shareForm.FindStringSubmatchIndex(f); m != nil {
		if n, err := scoring.ParsePoints(f[m[2]:m[3]]); err == nil {
			return newPiece(cut(s, f, 0, m[0]), most*n/(100*scoring.Point)), true
		}
	}
	if m := zeroForm.FindStringIndex(f); m != nil && m[0] > 0 {
		return newPiece(cut(s, f, 0, m[0]), 0), true
	}
	if m := fullForm.FindStringIndex(f); m != nil && m[0] > 0 && !strings.Contains(f[m[0]:m[1]], "x ") && !timesForm.MatchString(f[:m[0]]) {
		p = newPiece(cut(s, f, 0, m[0]), most)
		p.best = true
		return p, true
	}
	for _, form := range tailForms {
		m := form.FindStringSubmatchIndex(f)
		if m == nil {
			continue
		}
		n, ok := points(f[m[4]:m[5]])
		if !ok || timesForm.MatchString(f[:m[4]]) {
			continue
		}
		from := m[0]
		if m[3] > 0 {
			from = m[3] // what stands before the dash belongs to the label
		}
		return newPiece(cut(s, f, 0, from), n), true
	}
	return newPiece(s, 0), false
}

func newPiece(label string, p scoring.Points) piece {
	label = strings.TrimSpace(spacePct.ReplaceAllString(strings.Trim(unbullet(label), " :;,.=–-→("), "%"))
	label = strings.TrimSpace(strings.TrimSuffix(label, "thì"))
	return piece{label: label, fold: fold(label), points: p, scored: true}
}

// pieces parts the words of a decision into tiers, items and sentences.
func pieces(words string, most scoring.Points) []piece {
	var out []piece
	for _, l := range strings.Split(norm.NFC.String(words), "\n") {
		for l = strings.TrimSpace(l); l != ""; {
			left, rest := firstPiece(l)
			p, ok := tailOf(left, most)
			p.scored = ok
			if p.label != "" || ok {
				out = append(out, p)
			}
			l = rest
		}
	}
	return out
}

// firstPiece cuts a line behind the first tier in it.
func firstPiece(l string) (left, rest string) {
	f := fold(l)
	for _, m := range joint.FindAllStringIndex(f, -1) {
		head, after := cut(l, f, 0, m[0]), cut(l, f, m[1], len(f))
		sep := strings.TrimSpace(f[m[0]:m[1]])
		_, scored := tail(head)
		switch {
		case strings.TrimSpace(after) == "" || strings.TrimSpace(head) == "":
		case sep == ";" && (scored || goesOn.MatchString(fold(after))):
			return head, after
		case scored && (sep != "," && sep != "/" || goesOn.MatchString(fold(after))) && !strings.HasPrefix(fold(after), "sau do") && !strings.HasPrefix(fold(after), "toi da") && !strings.HasPrefix(fold(after), "nhung"):
			return head, after
		case sep != "," && sep != "." && sep != "/" && sep != ";" && strings.HasSuffix(strings.TrimSpace(head), ":"):
			return head, after
		}
	}
	return l, ""
}
