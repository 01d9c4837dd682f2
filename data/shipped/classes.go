package shipped

import (
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// Classes returns the classes of units for an office that set none. It panics when the
// shipped table is damaged, which a test rules out.
var Classes = sync.OnceValue(func() (out data.Classes) {
	assets.Read("classes.json", &out)
	return out
})
