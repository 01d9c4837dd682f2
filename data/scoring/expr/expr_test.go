package expr_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data/scoring/expr"
)

var values = map[string]*big.Rat{"a": big.NewRat(40, 1), "b": big.NewRat(36, 1), "c": big.NewRat(2, 1), "max": big.NewRat(3, 2), "số_việc": big.NewRat(7, 1), "không": new(big.Rat)}

func lookup(name string) (*big.Rat, error) {
	if v, ok := values[name]; ok {
		return v, nil
	}
	return nil, errors.New("thiếu " + name)
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "0.125": "1/8", "1 + 2 * 3": "7", "(1 + 2) * 3": "9", "10 - 3 - 2": "5", "12 / 3 / 2": "2", "-2 * -3": "6", "--2": "2", "+2": "2", "2 - -2": "4",
		"max * (b + 0.5 * c) / a": "111/80", "a": "40", "max": "3/2", "max(1, 2, 3)": "3", "min(3; 2; 5)": "2", "abs(2 - 5)": "3", "min(max(b / a, 0), 1)": "9/10",
		"6 × 7 ÷ 2 − 1": "20", "số_việc : 7": "1", "1/3 + 1/3 + 1/3": "1", "0.1 + 0.2": "3/10", "-(a)": "-40", " 2\t*\n3 ": "6",
	} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got, err := e.Number(lookup)
		if err != nil || got.RatString() != want {
			t.Errorf("%q = %v %v, want %s", text, got, err, want)
		}
		if _, err := e.Holds(lookup); !errors.Is(err, expr.ErrKind) {
			t.Errorf("%q as a condition: %v", text, err)
		}
	}
	if values["a"].RatString() != "40" {
		t.Error("an evaluation changed a variable")
	}
}

// TestCommas: with semicolons between the values a comma is that of decimals; without,
// only what can be read in one way is taken.
func TestCommas(t *testing.T) {
	for text, want := range map[string]string{
		"max(0; 2 - 0,25*3)": "5/4", "min(1; 0,5*a)": "1", "max(0;1,5)": "3/2", "min(2,5;3,5)": "5/2", "max(0; min(a, 2,5))": "5/2", "min(b/a,1)": "9/10", "min(1,5*a)": "1",
		"max(1, 2)": "2", "max(0, 2 - 0.25*3)": "5/4", "max(1,0.5*c)": "1", "abs(1,5)": "3/2", "0,5 * max(1; 2)": "1", "max((1,5); 1)": "3/2", "if(a > 0,5, 1, 0)": "1", "if(a > 0,5; 0,25; 0)": "1/4",
		"floor(7/3)": "2", "floor(-0,5)": "-1", "ceil(7/3)": "3", "ceil(-0,5)": "0", "round(2.5)": "3", "round(-5/2)": "-3", "round(1/3; 2)": "33/100", "floor(a/3)*0,5": "13/2",
		"nếu(không = 0; 1; 1/không)": "1", "if(a = 1; 1/không; 2)": "2", "FLOOR(1,9)": "1",
	} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got, err := e.Number(lookup); err != nil || got.RatString() != want {
			t.Errorf("%q = %v %v, want %s", text, got, err, want)
		}
	}
	for text, part := range map[string]string{
		"min(1, 0,5*a)": "dấu «;»", "max(0,25*k, 1)": "dấu «;»", "min(a,0,5)": "dấu «;»", "max(1,2,3)": "dấu «;»", "max(a; 1, 2)": "«;»", "max(0; min(1,5))": "1 giá trị", "if(a > 0; 1)": "2 giá trị", "if(1; 2; 3)": "điều kiện",
		"if(a > 0; 1; a > 1)": "điều kiện", "round(1; 2; 3)": "3 giá trị", "1; 2": "thừa", "max(0;1,2,3)": "hai dấu", "round(2,5)": "dấu «;»",
	} {
		_, err := expr.Parse(text)
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v, want %q", text, err, part)
		}
	}
	for _, text := range []string{"round(1; 7)", "round(1; -1)", "round(1; 0,5)"} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Number(lookup); !errors.Is(err, expr.ErrDecimals) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestConditions(t *testing.T) {
	for text, want := range map[string]bool{
		"a == 40": true, "a = 40": true, "a = 41": false, "a != 40": false, "a <> 41": true, "a ≥ 40": true, "a > 40": false, "a <= 40": true, "a < 40": false, "a ≠ 40": false,
		"(b + c) / a < 0.8": false, "(b + c) / a < 0.96": true, "a == 40 and b == 36": true, "a == 1 or b == 36": true, "not a == 1": true, "not (a == 40)": false,
		"a == 1 && b == 2 || c == 2": true, "a = 1 và b = 2 hoặc c = 2": true, "a = 40 VÀ b > 0,5 * a": true, "min(1,5) = 1 và (b + 0,5) > 36": true, "a == 40 or 1 / không > 0": true, "a == 1 and 1 / không > 0": false, "! a < 1": true, "not not a = 40": true, "(a = 40)": true,
	} {
		e, err := expr.Parse(text)
		if err != nil || !e.IsCondition() {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got, err := e.Holds(lookup); err != nil || got != want {
			t.Errorf("%q = %v %v", text, got, err)
		}
		if _, err := e.Number(lookup); !errors.Is(err, expr.ErrKind) {
			t.Errorf("%q as a number: %v", text, err)
		}
	}
}

func TestFaults(t *testing.T) {
	for text, at := range map[string]int{
		"": 1, "1 +": 4, "1 2": 3, "(1": 1, "1)": 2, "a b": 3, "1..2": 1, "1.": 1, "a < b < c": 7, "1 + (a = 1)": 3, "a and b": 3, "a và b": 3, "1,": 1, "1,2,3": 4, "(1,2) và": 9, "not 1": 1, "-(a = 1)": 1, "f(1)": 1, "abs(1, 2)": 1,
		"min(1)": 1, "max()": 5, "a # b": 3, "0x10": 2, "1e5": 2, "os.Exit(1)": 3, `"a"`: 1, "a = = b": 5, "*": 1, "min(a = 1, 2)": 1, "a ^ 2": 3, "'": 1, "a % 2": 3,
		strings.Repeat("9", 31): 1, strings.Repeat("(", 100) + "1": 65, strings.Repeat("-", 100) + "1": 65, strings.Repeat("1+", 600) + "1": expr.MaxLength,
	} {
		_, err := expr.Parse(text)
		var e *expr.Error
		if !errors.As(err, &e) || e.At != at || e.Message == "" {
			t.Errorf("%.40q: %v, want a fault at %d", text, err, at)
		}
	}
	for _, text := range []string{"1 / 0", "1 / (a - 40)", "a / không", "1 / 0 = 1", "min(1 / 0, 2)", "-(1 / 0)"} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if e.IsCondition() {
			_, err = e.Holds(lookup)
		} else {
			_, err = e.Number(lookup)
		}
		if !errors.Is(err, expr.ErrDivision) {
			t.Errorf("%q: %v", text, err)
		}
	}
	e, err := expr.Parse("a + d")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Number(lookup); err == nil || err.Error() != "thiếu d" {
		t.Errorf("an unknown variable: %v", err)
	}
	if got := fmt.Sprint(e.Vars()); got != "[a d]" {
		t.Errorf("variables %s", got)
	}
	for name, ok := range map[string]bool{"a": true, "a1": true, "_x": true, "số": true, "": false, "1a": false, "a b": false, "and": false, "và": false, "a-b": false, " a": false} {
		if expr.ValidName(name) != ok {
			t.Errorf("name %q: %v", name, !ok)
		}
	}
}

// draw makes a random formula as text with as few parentheses as the usual
// precedence needs, and its value; nil for a division by nought.
func draw(t *rapid.T, depth int) (text string, value *big.Rat, level int) {
	kind := rapid.IntRange(0, 6).Draw(t, "kind")
	if depth == 0 || kind == 0 {
		n, d := rapid.Int64Range(0, 999).Draw(t, "n"), rapid.IntRange(0, 2).Draw(t, "decimals")
		text = new(big.Rat).SetFrac64(n, []int64{1, 10, 100}[d]).FloatString(d)
		value, _ = new(big.Rat).SetString(text)
		return text, value, 3
	}
	if kind == 1 {
		name := rapid.SampledFrom([]string{"a", "b", "c", "không"}).Draw(t, "name")
		return name, values[name], 3
	}
	left, x, lx := draw(t, depth-1)
	wrap := func(s string, level, least int) string {
		if level < least || rapid.IntRange(0, 9).Draw(t, "wrap") == 0 {
			return "(" + s + ")"
		}
		return s
	}
	if kind == 2 {
		if x != nil {
			x = new(big.Rat).Neg(x)
		}
		return "-" + wrap(left, lx, 3), x, 2
	}
	right, y, ly := draw(t, depth-1)
	out := new(big.Rat)
	op := rapid.SampledFrom([]string{"+", "-", "*", "/", "min", "max"}).Draw(t, "op")
	if x == nil || y == nil || op == "/" && y.Sign() == 0 {
		out = nil
	} else {
		switch op {
		case "+":
			out.Add(x, y)
		case "-":
			out.Sub(x, y)
		case "*":
			out.Mul(x, y)
		case "/":
			out.Quo(x, y)
		case "min", "max":
			out = x
			if (y.Cmp(x) < 0) == (op == "min") {
				out = y
			}
		}
	}
	switch op {
	case "+", "-":
		return wrap(left, lx, 1) + " " + op + " " + wrap(right, ly, 2), out, 1
	case "*", "/":
		return wrap(left, lx, 2) + op + wrap(right, ly, 3), out, 2
	}
	return op + "(" + left + ", " + right + ")", out, 3
}

func TestRandomFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, want, _ := draw(t, 5)
		if len(text) > expr.MaxLength {
			t.Skip("long")
		}
		e, err := expr.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got, err := e.Number(lookup)
		switch {
		case want == nil:
			if !errors.Is(err, expr.ErrDivision) {
				t.Fatalf("%q = %v %v, want a division by nought", text, got, err)
			}
		case err != nil || got.Cmp(want) != 0:
			t.Fatalf("%q = %v %v, want %s", text, got, err, want)
		}
	})
}

// FuzzParse proves that no text breaks the parser, that evaluation always ends
// without a panic, and that parentheses around a formula do not change it.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"max * (b + 0.5 * c) / a", "a == 0", "not (a < 1 or b >= 2) and c != 3", "min(a; abs(-b)) ÷ 2", "((", "1..", "max max", "min(1, 0,5*a)", "max(0; 2 - 0,25*k)", "if(a > 0,5, 1, 0)", "round(a/3; 2)", "max(0; min(1,5))", "min(1,2,3,4,5,6,7,8,9,1,2,3,4,5)"} {
		f.Add(text)
	}
	any := func(string) (*big.Rat, error) { return big.NewRat(3, 7), nil }
	f.Fuzz(func(t *testing.T, text string) {
		e, err := expr.Parse(text)
		if err != nil {
			var fault *expr.Error
			if !errors.As(err, &fault) || fault.At < 1 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		wrapped, werr := expr.Parse("(" + text + ")")
		if e.IsCondition() {
			x, err := e.Holds(any)
			if werr == nil {
				if y, err2 := wrapped.Holds(any); x != y || (err == nil) != (err2 == nil) {
					t.Fatalf("%q: %v and %v", text, x, y)
				}
			}
			return
		}
		x, err := e.Number(any)
		if werr == nil {
			if y, err2 := wrapped.Number(any); (err == nil) != (err2 == nil) || err == nil && x.Cmp(y) != 0 {
				t.Fatalf("%q: %v and %v", text, x, y)
			}
		}
	})
}
