package expr

import (
	"fmt"
	"math/big"
	"slices"
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
}

// spellings maps what an officer may type to the operators of the grammar.
var spellings = map[string]string{
	"=": "==", "×": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=",
	"&&": "and", "||": "or", "!": "not", ";": ",", "và": "and", "hoặc": "or",
}

// scan cuts the text into tokens; the last one is tokEnd.
func scan(text string) ([]token, error) {
	runes := []rune(text)
	if len(runes) > MaxLength {
		return nil, &Error{fmt.Sprintf("công thức dài quá %d ký tự", MaxLength), MaxLength}
	}
	var out []token
	var calls []bool // for each open parenthesis, whether it is that of a function
	for i := 0; i < len(runes); {
		at, r := i+1, runes[i]
		switch {
		case unicode.IsSpace(r):
			i++
		case r >= '0' && r <= '9':
			j, dot := i, false
			// Between the values of a function a comma parts them; elsewhere it can only
			// be that of 0,8.
			comma := !slices.Contains(calls, true)
			for j < len(runes) && (runes[j] >= '0' && runes[j] <= '9' || !dot && (runes[j] == '.' || comma && runes[j] == ',')) {
				dot = dot || runes[j] == '.' || runes[j] == ','
				j++
			}
			s := strings.Replace(string(runes[i:j]), ",", ".", 1)
			if len(s) > maxDigits || strings.HasSuffix(s, ".") {
				return nil, &Error{"số «" + clip(s) + "» viết không đúng", at}
			}
			num, _ := new(big.Rat).SetString(s)
			out = append(out, token{tokNumber, s, num, at})
			i = j
		case unicode.IsLetter(r) || r == '_':
			j := i
			for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsMark(runes[j]) || runes[j] == '_' || runes[j] >= '0' && runes[j] <= '9') {
				j++
			}
			name := string(runes[i:j])
			if op := strings.ToLower(name); reserved(op) {
				if known, ok := spellings[op]; ok {
					op = known
				}
				out = append(out, token{tokOp, op, nil, at})
			} else {
				out = append(out, token{tokName, name, nil, at})
			}
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
			if !strings.Contains(" + - * / ( ) , == != < <= > >= and or not ", " "+op+" ") {
				return nil, &Error{"không hiểu ký tự «" + op + "»", at}
			}
			switch op {
			case "(":
				calls = append(calls, len(out) > 0 && out[len(out)-1].kind == tokName)
			case ")":
				calls = calls[:max(len(calls)-1, 0)]
			}
			out = append(out, token{tokOp, op, nil, at})
		}
	}
	return append(out, token{kind: tokEnd, at: len(runes) + 1}), nil
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
