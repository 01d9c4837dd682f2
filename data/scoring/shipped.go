package scoring

import (
	"fmt"
	"io/fs"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// shipped reads the sets of the program once. A set that does not read is a
// fault of the program that the tests catch.
var shipped = sync.OnceValue(func() []*Set {
	names, err := fs.Glob(assets.Criteria, "criteria/*.json")
	if err != nil {
		panic(err)
	}
	var sets []*Set
	for _, name := range names {
		raw, err := fs.ReadFile(assets.Criteria, name)
		if err != nil {
			panic(err)
		}
		s, err := ParseSet(raw)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		sets = append(sets, s)
	}
	return sets
})

// Shipped returns the sample sets of the program. They are shared: do not
// change them.
func Shipped() []*Set { return append([]*Set(nil), shipped()...) }

// ShippedByID returns the sample set of that id, nil where there is none.
func ShippedByID(id string) *Set {
	return data.First(shipped(), func(s *Set) bool { return s.Meta.ID == id })
}
