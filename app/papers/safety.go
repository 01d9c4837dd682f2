package papers

import (
	"context"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/desk"
	"giaoban/data/packet"
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

// CardSheet writes the sheet with the fingerprint of the office's card.
func CardSheet(ctx context.Context, d *desk.Desk, card packet.Card) ([]byte, error) {
	doc, err := safety.BuildCard(ctx, &safety.Sheet{Office: d.Office(), Code: strings.ReplaceAll(card.Fingerprint(), " ", "-"), Made: data.MomentOf(d.Now()), File: card.Unit},
		paper.Options{Title: "Dấu vân tay thẻ đơn vị", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}

// Reminder writes the letter to the units whose figures of a period did not come.
func Reminder(ctx context.Context, d *desk.Desk, p data.Period, due data.Day, b *desk.ArrivalBoard) ([]byte, error) {
	if len(b.Missing) == 0 {
		return nil, data.Fail(data.Conflict, "Mọi đơn vị đã gửi số liệu "+p.Label+" nên không có ai để đôn đốc.", nil)
	}
	doc, err := safety.BuildReminder(ctx, &safety.Reminder{Office: d.Office(), Period: p.Label, Due: due, Today: d.Today(), Missing: b.Missing, Late: b.Late,
		Got: b.Expected - len(b.Missing), Of: b.Expected}, paper.Options{Title: "Công văn đôn đốc", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}
