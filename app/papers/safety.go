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
	return bytesOf(safety.BuildProtocol(ctx, d.Office(), p, madeNow(d, "Biên bản diễn tập khôi phục")))
}

// RecoverySheet writes the sheet with the recovery code of a protected office. The code
// is nowhere else: the paper is printed once.
func RecoverySheet(ctx context.Context, d *desk.Desk, code vault.Code) ([]byte, error) {
	s := safety.Sheet{Office: d.Office(), Code: code.String(), Made: data.MomentOf(d.Now()), File: filepath.Base(d.Path())}
	return bytesOf(safety.BuildSheet(ctx, &s, madeNow(d, "Tờ khôi phục")))
}

// ConnectionSheet writes the sheet with which another desk joins the register on a
// server; address is how officers read it.
func ConnectionSheet(ctx context.Context, d *desk.Desk, address, code string) ([]byte, error) {
	s := safety.Sheet{Office: d.Office(), Code: code, Made: data.MomentOf(d.Now()), File: address}
	return bytesOf(safety.BuildConnection(ctx, &s, madeNow(d, "Tờ mã kết nối")))
}

// madeNow describes the file of a paper about the data file itself.
func madeNow(d *desk.Desk, title string) paper.Options {
	return paper.Options{Title: title, Author: form.OneLine(d.Office().Name), Created: d.Now()}
}

// bytesOf is the file of a paper that was laid out.
func bytesOf(doc *paper.Document, err error) ([]byte, error) {
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

// ErasureProofs writes the proofs of erasures of personal data, one after the other.
func ErasureProofs(ctx context.Context, d *desk.Desk, list []desk.Erasure) ([]byte, error) {
	zone := d.Now().Location()
	backups := d.BackupFiles()
	var out []safety.Erasure
	for _, x := range list {
		one := safety.Erasure{Office: d.Office(), File: filepath.Base(d.Path()), At: x.When(zone), By: x.By, Basis: x.Basis, Before: x.Before, Years: x.Years, Codes: x.Codes, Letters: x.Letters,
			Kept: x.Kept, Opened: x.Opened, Head: x.Verified}
		for _, b := range backups {
			if b.Seq > 0 && b.Seq <= x.Seq {
				one.Older++
			}
		}
		out = append(out, one)
	}
	doc, err := safety.BuildErasure(ctx, out, paper.Options{Title: "Biên bản xóa dữ liệu cá nhân", Author: form.OneLine(d.Office().Name), Created: d.Now()})
	if err != nil {
		return nil, err
	}
	return doc.Bytes()
}
