package basis

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// system is a system that gives codes to dossiers, known by the running number at
// their end.
type system struct {
	Digits []int  // how many digits the number has
	Starts string // how it begins
	Name   string
}

// SystemOf names the system that gave a national dossier code: four digits at the end
// are a province's, six or seven a ministry's, which the first two name. "" for other
// codes and for numbers that name none.
func SystemOf(code string) string {
	if !data.CodeDay(code).Known() {
		return ""
	}
	number := code[strings.LastIndexByte(code, '-')+1:]
	for _, s := range systems() {
		if slices.Contains(s.Digits, len(number)) && strings.HasPrefix(number, s.Starts) {
			return s.Name
		}
	}
	return ""
}

// systems reads the shipped table; it panics when that is damaged, which a test rules
// out.
var systems = sync.OnceValue(func() []system {
	var out []system
	if err := json.Unmarshal(assets.Systems, &out); err != nil {
		panic(err)
	}
	return out
})
