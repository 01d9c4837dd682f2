package sheet

import (
	"bytes"
	"math"
	"strconv"
)

// PlainNumber writes a number as people do: "12345.0", "9.05E8" and
// "0.30000000000000004" are 12345, 905000000 and 0.3. It returns b itself where
// nothing is to be done, else bytes appended to arena.
func PlainNumber(b []byte, arena *[]byte) []byte {
	digits := true
	for _, c := range b {
		digits = digits && c >= '0' && c <= '9'
	}
	if digits {
		return b
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return b
	}
	from := len(*arena)
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		*arena = strconv.AppendFloat(*arena, f, 'f', -1, 64)
	} else {
		// Spreadsheets show fifteen digits at most.
		short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
		if err != nil {
			return b
		}
		*arena = strconv.AppendFloat(*arena, short, 'f', -1, 64)
	}
	return (*arena)[from:len(*arena):len(*arena)]
}

// filledUp puts the noughts before a whole number that its format shows.
func filledUp(b []byte, digits int) []byte {
	whole := PlainNumber(b, new([]byte))
	if len(whole) >= digits || len(bytes.Trim(whole, "0123456789")) > 0 {
		return b
	}
	return append(bytes.Repeat([]byte("0"), digits-len(whole)), whole...)
}
