// Package docs holds the guide, which the program shows at F1.
package docs

import _ "embed"

// Guide is the guide of the program: Markdown with one part a level-2 heading.
//
//go:embed huong-dan.md
var Guide string
