package desk

import "context"

// OpenReconcileText compares a table that was copied to the clipboard with the
// own book, as OpenReconcile does with a file. Its errors are those of
// OpenImportText and OpenReconcile.
func (d *Desk) OpenReconcileText(ctx context.Context, text string, opt ReconcileOptions) (*Reconciliation, error) {
	im, err := d.OpenImportText(ctx, text, opt.ImportOptions)
	if err != nil {
		return nil, err
	}
	r := &Reconciliation{desk: d, im: im}
	if r.Result, err = d.compare(ctx, im, opt); err != nil {
		im.Close()
		return nil, err
	}
	return r, nil
}
