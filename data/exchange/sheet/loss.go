package sheet

import "strings"

// Loss says that a cell holds something whose value the file does not tell: it
// must never be taken for an empty cell.
type Loss uint8

// The losses.
const (
	Kept     Loss = iota // the value is there
	NoResult             // a formula that was never calculated; Text is the formula, or words
	Failed               // an error value; Text is its name, such as #N/A
	Damaged              // what the file says of the cell cannot be read; Text is words
)

// Words for what cannot be shown.
const (
	aFormula   = "(công thức)"
	unreadable = "(không đọc được)"
)

// errorNames are the error values of old workbooks (MS-XLS 2.5.10).
var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
	0x2B: "#GETTING_DATA"}

func errorName(code byte) string {
	if name, ok := errorNames[code]; ok {
		return name
	}
	return "#N/A"
}

// LossOf finds in text what other kinds of file say with a type: the name of an
// error, and the number signs that stand for a column too narrow. A text that
// begins like a formula may be one that was written instead of its result; that
// is NoResult, and a matter of what the column holds.
func LossOf(text []byte) Loss {
	if len(text) < 2 {
		return Kept
	}
	switch text[0] {
	case '#':
		if errorText(string(text)) {
			return Failed
		}
	case 'E':
		if rest, ok := strings.CutPrefix(string(text), "Err:"); ok && len(rest) == 3 && rest[0] == '5' {
			return Failed // LibreOffice
		}
	case '=':
		if c := text[1]; c|0x20 >= 'a' && c|0x20 <= 'z' || c == '(' || c == '$' || c == '+' || c == '-' || c >= '0' && c <= '9' {
			return NoResult
		}
	}
	return Kept
}

func errorText(s string) bool {
	switch s {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
		"#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!":
		return true
	}
	return len(s) >= 3 && strings.Trim(s, "#") == ""
}
