package desk

import (
	"context"

	"giaoban/data/exchange"
)

// FirstRows returns the first rows of the file as it has them; see
// exchange.Source.FirstRows.
func (im *Import) FirstRows(ctx context.Context, n int) ([]exchange.RawRow, error) {
	return im.source.FirstRows(ctx, n)
}

// Fingerprint returns which of Mappings the file began with; "" when it began
// with none.
func (im *Import) Fingerprint() string {
	if s := im.source.Reused(); s != nil {
		return s.Fingerprint
	}
	return ""
}
