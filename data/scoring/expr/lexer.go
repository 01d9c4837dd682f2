package expr

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// The limits of a formula.
const (
	MaxLength = 1000 // characters of the text
	maxDepth  = 64   // parentheses, signs and functions within one another
	maxDigits = 30   // digits of one number
)

// Error is a fault in the text of a formula.
type Error struct {
	Message string // Vietnamese fragment without a full stop
	At      int    // place in the text, counted in characters from 1
}

// Error returns the fragment with the place.
func (e *Error) Error() string { return fmt.Sprintf("%s (ở ký tự thứ %d)", e.Message, e.At) }

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokName
	tokOp
)

type token struct {
	kind tokenKind
	text string // operators in one spelling
	num  *big.Rat
	at   int
	// tight tells of a comma that digits stand right before and after it.
	tight bool
}

// spellings maps what an officer may type to the operators of the grammar.
var spellings = map[string]string{
	"=": "==", "×": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=",
	"&&": "and", "||": "or", "!": "not", "và": "and", "hoặc": "or",
}

// scan cuts the text into tokens; the last one is tokEnd. Commas stay tokens of
// their own: commas.go tells which of them begin decimals.
func scan(text string) ([]token, error) {
	runes := []rune(text)
	if len(runes) > MaxLength {
		return nil, &Error{fmt.Sprintf("công thức dài quá %d ký tự", MaxLength), MaxLength}
	}
	var out []token
	for i := 0; i < len(runes); {
		at, r := i+1, runes[i]
		switch {
		case unicode.IsSpace(r):
			i++
		case digit(r):
			t, next, err := number(runes, i)
			if err != nil {
				return nil, err
			}
			out, i = append(out, t), next
		case unicode.IsLetter(r) || r == '_':
			j := i
			for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsMark(runes[j]) || runes[j] == '_' || digit(runes[j])) {
				j++
			}
			out = append(out, word(string(runes[i:j]), at))
			i = j
		default:
			op := ""
			if i+1 < len(runes) {
				switch two := string(runes[i : i+2]); two {
				case "==", "!=", "<=", ">=", "<>", "&&", "||":
					op = two
				}
			}
			if op == "" {
				op = string(r)
			}
			i += len([]rune(op))
			if known, ok := spellings[op]; ok {
				op = known
			}
			if !strings.Contains(" + - * / ( ) , ; == != < <= > >= and or not ", " "+op+" ") {
				return nil, &Error{"không hiểu ký tự «" + op + "»", at}
			}
			t := token{kind: tokOp, text: op, at: at}
			t.tight = op == "," && at > 1 && digit(runes[at-2]) && i < len(runes) && digit(runes[i])
			out = append(out, t)
		}
	}
	return append(out, token{kind: tokEnd, at: len(runes) + 1}), nil
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// number reads digits with at most one full stop among them.
func number(runes []rune, i int) (t token, next int, err error) {
	j, dot := i, false
	for j < len(runes) && (digit(runes[j]) || !dot && runes[j] == '.') {
		dot = dot || runes[j] == '.'
		j++
	}
	s := string(runes[i:j])
	num, ok := new(big.Rat).SetString(s)
	if len(s) > maxDigits || strings.HasSuffix(s, ".") || !ok {
		return t, 0, &Error{"số «" + clip(s) + "» viết không đúng", i + 1}
	}
	return token{kind: tokNumber, text: s, num: num, at: i + 1}, j, nil
}

// word is a name, or an operator that is written as one.
func word(name string, at int) token {
	op := strings.ToLower(name)
	if !reserved(op) {
		return token{kind: tokName, text: name, at: at}
	}
	if known, ok := spellings[op]; ok {
		op = known
	}
	return token{kind: tokOp, text: op, at: at}
}

func reserved(name string) bool {
	switch name {
	case "and", "or", "not", "và", "hoặc":
		return true
	}
	return false
}

// ValidName reports whether name can be the name of a variable.
func ValidName(name string) bool {
	toks, err := scan(name)
	return err == nil && len(toks) == 2 && toks[0].kind == tokName && toks[0].text == name
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
