package data_test

import (
	"fmt"
	"testing"

	"giaoban/data"
)

var classes = data.Classes{{ID: 1, Name: "Tỉnh", Levels: []data.Level{"tinh"}}, {ID: 2, Name: "Xã", Levels: []data.Level{"xa", "huyen"}}}

// TestClassOfAUnit: a unit is ranked in the class it names, else in that of its level.
func TestClassOfAUnit(t *testing.T) {
	for _, c := range []struct {
		unit data.Unit
		want uint32
	}{{data.Unit{Level: "xa"}, 2}, {data.Unit{Level: "huyen"}, 2}, {data.Unit{Level: "tinh"}, 1}, {data.Unit{Level: "xa", Class: 1}, 1}, {data.Unit{Level: "xa", Class: 9}, 2}, {data.Unit{}, 0}} {
		if got := classes.Of(&c.unit).ID; got != c.want {
			t.Errorf("%+v is of class %d, want %d", c.unit, got, c.want)
		}
	}
}

// TestClassesAreApart: in the order of the classes, each in the order it came; what has
// no class goes with the others while these are of one.
func TestClassesAreApart(t *testing.T) {
	for levels, want := range map[string]string{
		"": "", "xxx": ":xxx;", "x-x": ":x-x;", "--": ":--;", "xtxt": "Tỉnh:tt;Xã:xx;", "-xt-": "Tỉnh:t;Xã:x;Chưa xếp nhóm:--;",
	} {
		got := ""
		for _, part := range data.Apart([]byte(levels), func(b byte) data.Class { return classes.OfLevel(map[byte]data.Level{'x': "xa", 't': "tinh"}[b]) }) {
			got += fmt.Sprintf("%s:%s;", part.Class.Name, part.List)
		}
		if got != want {
			t.Errorf("%q comes apart as %q, want %q", levels, got, want)
		}
	}
}
