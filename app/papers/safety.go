package papers

import (
	"context"

	"giaoban/data/archive"
	"giaoban/data/desk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// DrillProtocol writes the protocol of a restore drill.
func DrillProtocol(ctx context.Context, d *desk.Desk, p *archive.Drill) ([]byte, error) {
	doc, err := safety.BuildProtocol(ctx, d.Office(), p, paper.Options{Title: "Biên bản diễn tập khôi phục", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}
