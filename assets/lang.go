package assets

import _ "embed"

// Vietnamese holds the toolkit's own words in Vietnamese, in the format of its
// translation files: every key of its English file. app/widget installs it.
//
//go:embed lang/vi.json
var Vietnamese []byte
