package papers

import (
	"context"

	"giaoban/data/desk"
	"giaoban/reports/paper"
)

// Laid lays out a report with the places of its texts, for tests.
func Laid(ctx context.Context, d *desk.Desk, r Request) (*paper.Document, error) {
	doc, _, err := draw(ctx, d, r, true)
	return doc, err
}
