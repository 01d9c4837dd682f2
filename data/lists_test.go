package data

import (
	"slices"
	"strconv"
	"testing"
)

func TestLists(t *testing.T) {
	list := []int{3, 8, 5, 8}
	even := func(n int) bool { return n%2 == 0 }
	if p := Find(list, func(n *int) bool { return *n == 8 }); p != &list[1] {
		t.Error("Find is not where it stands")
	}
	if Find(list, func(n *int) bool { return *n == 9 }) != nil || First(list, func(n int) bool { return n == 9 }) != 0 || First(list, even) != 8 {
		t.Error("First and Find of one that is not there, or of another")
	}
	if got := Where(list, even); !slices.Equal(got, []int{8, 8}) {
		t.Errorf("Where: %v", got)
	}
	if got := Map(list, strconv.Itoa); !slices.Equal(got, []string{"3", "8", "5", "8"}) {
		t.Errorf("Map: %v", got)
	}
	if Where(list[:1], even) != nil || Map([]int{}, strconv.Itoa) != nil {
		t.Error("nothing is not nil")
	}
	if Where(list, even)[0] = 1; list[1] != 8 {
		t.Error("Where shares its list")
	}
}
