package papers

import (
	"encoding/json"

	"giaoban/data/desk"
	"giaoban/reports/form"
)

// Templates returns the form templates of the office: its own in the place of the
// shipped ones. One that can no longer be read or printed is passed over, so that
// printing goes on with the shipped one.
func Templates(d desk.Reading) ([]form.Template, error) {
	shipped, err := form.Templates()
	if err != nil {
		return nil, err
	}
	own, err := OwnTemplates(d)
	if err != nil {
		return nil, err
	}
	list := make([]form.Template, 0, len(own))
	for _, t := range own {
		list = append(list, t.Template)
	}
	return form.Merge(shipped, list), nil
}

// OwnTemplate is a template that the office changed, with the id of its record.
type OwnTemplate struct {
	ID uint64
	form.Template
}

// OwnTemplates returns the templates that the office changed and that can be
// printed.
func OwnTemplates(d desk.Reading) ([]OwnTemplate, error) {
	stored, err := d.Templates()
	if err != nil {
		return nil, err
	}
	var out []OwnTemplate
	for _, s := range stored {
		var t form.Template
		if json.Unmarshal(s.Value, &t) == nil && len(t.Problems()) == 0 {
			out = append(out, OwnTemplate{s.ID, t})
		}
	}
	return out, nil
}
