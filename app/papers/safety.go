package papers

import (
	"context"
	"fmt"
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

// Consolidated writes form II.06a of a period by the units that sent packages or tables, with
// where each line comes from, the own register for the others, and what is missing or late
// in its head.
func Consolidated(ctx context.Context, d *desk.Desk, p data.Period, b *desk.ArrivalBoard) ([]byte, error) {
	if len(b.Sources) == 0 {
		return nil, data.Fail(data.NotFound, "Chưa có số liệu của đơn vị nào trong "+p.Label+" nên chưa tổng hợp được. Nhận gói hoặc nhập bảng số liệu trước.", nil)
	}
	t, err := form.ShippedOn("ii06a", p.To)
	if err != nil {
		return nil, err
	}
	office, asOf, today := d.Office(), min(d.Today(), p.To), d.Today()
	var rows []form.StatRow
	for i, s := range b.Sources {
		rows = append(rows, form.StatRow{No: form.Roman(i + 1), Name: fmt.Sprintf("%s (%s, nhận %s)", s.Unit, s.From, data.MomentAt(s.At, d.Now().Location()).Day), Counts: s.Counts})
	}
	rows = append(rows, form.StatRow{No: form.Roman(len(rows) + 1), Name: "Sổ của " + form.InText(office.Name) + " (các đơn vị khác)", Counts: b.Own})
	total := b.Total
	total.Add(b.Own)
	doc := paper.New(ctx, paper.Options{Title: t.Code, Author: form.OneLine(office.Name), Created: d.Now()})
	doc.Section(t.Section("Số liệu tính đến " + asOf.String() + "; nguồn ghi ở từng dòng"))
	t.StatHead(doc, office, p, asOf, "Tổng hợp theo đơn vị")
	doc.Centered(11, paper.Run{Text: b.Cover(), Italic: true})
	t.AddStat(doc, rows, total, true)
	t.Sign(doc, office, data.NoDay, today.Year())
	if err := doc.Err(); err != nil {
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
