// Package testsize is the one place from which random and long tests take their
// size, so that make test stays short and make soak goes far.
package testsize

import "os"

// Of returns short, or full where the environment says GIAOBAN_TESTS=full.
func Of(short, full int) int {
	if os.Getenv("GIAOBAN_TESTS") == "full" {
		return full
	}
	return short
}
