package expr

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// group is what stands between the parentheses of one function, its inner
// parentheses without a function included.
type group struct {
	name   string // of the function
	at     int
	commas []int // places of its commas among the tokens
	semi   bool  // has a semicolon
}

// settle tells the commas of decimals from those between values and joins the
// former to numbers. Outside of functions a comma between digits is a decimal one;
// inside it is so too where the formula parts values by semicolons. Where only
// commas part values, all ways to read the tight ones are tried: one way that gives
// the function as many values as it takes is the one that is meant; several are
// refused, for min(1, 0,5*a) may be two values or three.
func settle(toks []token) ([]token, error) {
	semis := slices.ContainsFunc(toks, func(t token) bool { return t.text == ";" && t.kind == tokOp })
	var open []*group // nil for parentheses without a function
	var all []*group
	decimal := map[int]bool{}
	outer := func() *group {
		for i := len(open) - 1; i >= 0; i-- {
			if open[i] != nil {
				return open[i]
			}
		}
		return nil
	}
	for i, t := range toks {
		if t.kind != tokOp {
			continue
		}
		switch t.text {
		case "(":
			var g *group
			if i > 0 && toks[i-1].kind == tokName {
				g = &group{name: toks[i-1].text, at: toks[i-1].at}
				all = append(all, g)
			}
			open = append(open, g)
		case ")":
			open = open[:max(len(open)-1, 0)]
		case ";":
			if g := outer(); g != nil {
				g.semi = true
			}
		case ",":
			switch g := outer(); {
			case g != nil:
				g.commas = append(g.commas, i)
			case t.tight && !(i >= 2 && decimal[i-2]):
				decimal[i] = true
			case i > 0 && toks[i-1].kind == tokNumber && !(i >= 2 && decimal[i-2]):
				return nil, &Error{"số «" + clip(toks[i-1].text) + ",» viết không đúng", toks[i-1].at}
			}
		}
	}
	for _, g := range all {
		if err := g.settle(toks, semis, decimal); err != nil {
			return nil, err
		}
	}
	return joined(toks, decimal)
}

// maxTight bounds the commas of one function that are tried both ways.
const maxTight = 12

func (g *group) settle(toks []token, semis bool, decimal map[int]bool) error {
	var tight []int
	loose := 0
	for _, i := range g.commas {
		switch {
		case toks[i].tight && plainNumber(toks[i-1]) && plainNumber(toks[i+1]):
			tight = append(tight, i)
		case g.semi:
			return &Error{"các giá trị của hàm " + clip(g.name) + " đã ngăn bằng dấu «;», dấu «,» chỉ dùng cho số lẻ như 0,5", toks[i].at}
		default:
			loose++
		}
	}
	if semis {
		for k, i := range tight {
			if k > 0 && tight[k-1] == i-2 {
				return &Error{"số có hai dấu «,»; ngăn các giá trị bằng dấu «;»", toks[i].at}
			}
			decimal[i] = true
		}
		return nil
	}
	if len(tight) == 0 {
		return nil
	}
	limits, known := functions[functionName(g.name)]
	if !known {
		return nil // the parser refuses the function
	}
	var ways [][]bool
	if len(tight) <= maxTight {
		for bits := range 1 << len(tight) {
			way, values := make([]bool, len(tight)), loose+1
			ok := true
			for k := range tight {
				way[k] = bits>>k&1 == 1
				if !way[k] {
					values++
				} else if k > 0 && way[k-1] && tight[k] == tight[k-1]+2 {
					ok = false // 1,2,3 is no number
				}
			}
			if ok && values >= limits[0] && values <= limits[1] {
				ways = append(ways, way)
			}
		}
	}
	switch {
	case len(ways) == 1:
		for k, i := range tight {
			decimal[i] = ways[0][k]
		}
		return nil
	case len(ways) == 0 && len(tight) <= maxTight:
		return nil // the parser tells how many values there are
	}
	return &Error{fmt.Sprintf("dấu «,» ở đây có thể là phần lẻ, có thể ngăn hai giá trị; ngăn các giá trị bằng dấu «;», ví dụ %s(1; 0,5*a)", g.name), toks[tight[0]].at}
}

// plainNumber reports whether the token can be a half of a decimal number.
func plainNumber(t token) bool { return t.kind == tokNumber && !strings.Contains(t.text, ".") }

// joined joins the halves of decimal numbers.
func joined(toks []token, decimal map[int]bool) ([]token, error) {
	var out []token
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if i+2 < len(toks) && decimal[i+1] {
			text := t.text + "." + toks[i+2].text
			num, ok := new(big.Rat).SetString(text)
			if len(text) > maxDigits || !ok {
				return nil, &Error{"số «" + clip(t.text+","+toks[i+2].text) + "» viết không đúng", t.at}
			}
			t.text, t.num = text, num
			i += 2
		} else if t.kind == tokOp && t.text == ";" {
			t.text = ","
		}
		out = append(out, t)
	}
	return out, nil
}
