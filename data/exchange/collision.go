package exchange

import (
	"fmt"

	"giaoban/data"
)

// collision tells that the file holds another dossier under a code of the base, as
// when two offices give the same number: another person, received on another day.
// A name or a day alone may have been corrected at the source; with the same
// identity number it is the same person. It returns nil or an *data.Error of code
// Conflict.
func collision(existing *data.Dossier, rec *Record) error {
	a, b := existing, &rec.Dossier
	switch {
	case a.Owner.Name == "" || b.Owner.Name == "" || fold(a.Owner.Name) == fold(b.Owner.Name):
		return nil
	case !a.Received.Known() || !b.Received.Known() || a.Received.Day == b.Received.Day:
		return nil
	case a.Owner.Identity != "" && a.Owner.Identity == b.Owner.Identity:
		return nil
	}
	return &data.Error{Code: data.Conflict, Field: "code", Message: fmt.Sprintf("Mã hồ sơ %s đã có trong sổ cho hồ sơ khác (%s, nhận %s); dòng này là %s, nhận %s. Có thể hai nơi cấp trùng mã: sửa mã rồi nhập lại dòng này, hoặc đính chính hồ sơ trong sổ.",
		a.Code, a.Owner.Name, a.Received.Day, b.Owner.Name, b.Received.Day)}
}
