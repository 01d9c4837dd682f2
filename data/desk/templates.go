package desk

import (
	"context"
	"encoding/json"
)

// KindTemplate is the kind of the form templates that the office changed, each
// in the JSON of package reports/form. The desk does not look into them.
const KindTemplate = "template"

// Templates returns the form templates that the office changed.
func (d reading) Templates() ([]Stored[json.RawMessage], error) {
	return Records[json.RawMessage](d, KindTemplate)
}

// SaveTemplate stores a form template that the office changed; a zero id makes a
// new one.
func (d *Desk) SaveTemplate(ctx context.Context, id uint64, title string, template json.RawMessage) error {
	_, err := d.Keep(ctx, Work{Title: "Sửa mẫu in " + title}, KindTemplate, id, template)
	return err
}

// DropTemplate gives a form its shipped template again.
func (d *Desk) DropTemplate(ctx context.Context, id uint64, title string) error {
	return d.Drop(ctx, Work{Title: "Đưa mẫu in về mặc định: " + title}, KindTemplate, id)
}
