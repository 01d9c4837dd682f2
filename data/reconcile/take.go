package reconcile

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/exchange"
)

// Reason is the reason that events of a reconciliation with a file bear.
func Reason(file string) string { return fmt.Sprintf("Đối chiếu với %s", file) }

// Take returns the dossier as it is after some of its facts were taken from the
// row, with one Vietnamese line for each change. Corrections are events with
// Reason; nothing else of the row counts, and the origin of the dossier stays.
// The ids of rec.Dossier must be resolved already. The errors are those of
// exchange.Merge; a field that rows do not hold is one of code Invalid.
func Take(d data.Dossier, rec *exchange.Record, fields []Field, opt exchange.MergeOptions) (data.Dossier, []string, error) {
	opt.Reason = Reason(rec.File)
	one := exchange.Record{Row: rec.Row, File: rec.File, Status: d.On(data.MaxDay).Status, Dossier: data.Dossier{Code: d.Code}}
	if one.Status == 0 {
		one.Status = data.Received
	}
	denied, titled := false, false
	for _, field := range fields {
		switch field {
		case Received:
			one.Dossier.Received = rec.Dossier.Received
		case Due:
			one.Dossier.Due = rec.Dossier.Due
		case Ended:
			one.Ended = rec.Ended
		case Returned:
			one.Returned = rec.Returned
		case Status:
			one.Ended, one.Returned = rec.Ended, rec.Returned
			if one.Status = rec.Status; one.Status == 0 && !one.Ended.Known() && !one.Returned.Known() {
				one.Status = data.Processing
			}
		case ResultNo:
			one.Result = rec.Result
		case EResult:
			if rec.EResult == exchange.No {
				denied = true
			} else {
				one.EResult = rec.EResult
			}
		case Owner:
			one.Dossier.Owner.Name = rec.Dossier.Owner.Name
		case Procedure:
			one.Dossier.Procedure, one.Dossier.Title = rec.Dossier.Procedure, rec.Dossier.Title
			titled = rec.Dossier.Title == "" && d.Title != ""
		default:
			return d, nil, data.Fail(data.Invalid, fmt.Sprintf("Hồ sơ %s: không lấy được «%s» theo tệp.", d.Code, field), nil)
		}
	}
	merged, changes, err := exchange.Merge(d, &one, opt)
	if err != nil {
		return d, nil, err
	}
	correct := func(field, old, new string) {
		merged.Events = append(merged.Events[:len(merged.Events):len(merged.Events)], data.Event{Kind: data.Correct, Field: field, Old: old, New: new, Text: opt.Reason, By: opt.By})
	}
	if denied && merged.Flags&data.EResult != 0 {
		// A plain import never takes the mark away.
		merged.Flags &^= data.EResult
		correct(string(EResult), exchange.Yes.String(), exchange.No.String())
		changes = append(changes, fmt.Sprintf("%s: %s, trước là %s", EResult, exchange.No, exchange.Yes))
	}
	if titled {
		// The file names the procedure as the catalogue does.
		merged.Title = ""
		correct("title", d.Title, "")
		changes = append(changes, fmt.Sprintf("Tên thủ tục: theo danh mục, trước là %s", d.Title))
	}
	return merged, changes, nil
}
