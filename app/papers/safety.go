package papers

import (
	"context"
	"path/filepath"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/desk"
	"giaoban/data/vault"
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

// RecoverySheet writes the sheet with the recovery code of a protected office. The code
// is nowhere else: the paper is printed once.
func RecoverySheet(ctx context.Context, d *desk.Desk, code vault.Code) ([]byte, error) {
	doc, err := safety.BuildSheet(ctx, &safety.Sheet{Office: d.Office(), Code: code.String(), Made: data.MomentOf(d.Now()), File: filepath.Base(d.Path())},
		paper.Options{Title: "Tờ khôi phục", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}

// ConnectionSheet writes the sheet with which another desk joins the register on a
// server; address is how officers read it.
func ConnectionSheet(ctx context.Context, d *desk.Desk, address, code string) ([]byte, error) {
	doc, err := safety.BuildConnection(ctx, &safety.Sheet{Office: d.Office(), Code: code, Made: data.MomentOf(d.Now()), File: address},
		paper.Options{Title: "Tờ mã kết nối", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}
