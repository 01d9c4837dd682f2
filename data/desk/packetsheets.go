package desk

import (
	"context"
	"os"

	"giaoban/data"
	"giaoban/data/packet"
)

// sheetsPart holds the score sheets of a package.
const sheetsPart = "phieu-cham.json"

// Sheets puts score sheets into packages and takes them out; assess/book has it. A package
// without it can neither hold nor give any.
type Sheets interface {
	// GiveSheets writes the sheets of a period for the office of a card: its own sheet with
	// what was appraised where this office appraises it, else the one that this office hands
	// in. It returns how many there are; data.NotFound and data.Conflict say why none is.
	GiveSheets(v View, g SheetGiving) (raw []byte, n int, err error)
	// TakeSheets takes the sheets of a package within a change. A package that fits no
	// period here is refused whole.
	TakeSheets(tx Tx, raw []byte, t *SheetTaking) (SheetsTaken, error)
}

// SheetGiving says which sheets are given.
type SheetGiving struct {
	Period    data.Period
	Own, Name string // of the card of this office
	OwnUnit   uint32 // of this office in its own catalogue; 0 where it does not stand there
	Receiver  string // of the card of the other office
	Unit      uint32 // of the receiver in the catalogue; 0 for none
}

// SheetTaking says how the sheets of a package are taken.
type SheetTaking struct {
	Period  data.Period
	Own     string        // of the card of this office
	OwnUnit uint32        // see SheetGiving
	From    packet.Sender // who signed
	Unit    uint32        // of the sender in the catalogue; 0 for none
	Sent    bool          // this office handed its sheets to the sender
	Over    bool          // see PackageTaking
	Source  string        // who said what comes in it, such as «Gói số 3 của UBND xã A»
	At      int64         // Unix seconds
	// Ours reports whether a package of the same sender said something.
	Ours func(by string) bool
	// Conflict tells that something here stays as it is, and returns the sentence.
	Conflict func(what string) string
}

// SheetsTaken is what became of the lines of sheets.
type SheetsTaken struct {
	Rows, New, Changed, Same int
	Rejected                 []string // the reason of each
	Warnings                 []string // points that do not come out as the sender says
}

func (b *packetBuilder) sheets() error {
	if b.how.Sheets == nil {
		return data.Fail(data.Invalid, "Không có phiếu chấm điểm để lập gói ở đây.", nil)
	}
	d, to := b.desk, b.how.To.Card
	g := SheetGiving{Period: b.how.Period, Own: b.keys.Unit, Name: b.keys.Name, OwnUnit: d.PacketUnit(b.keys.Unit, b.keys.Name), Receiver: to.Unit, Unit: d.PacketUnit(to.Unit, to.Name)}
	var raw []byte
	n := 0
	err := d.Read(func(v View) (err error) {
		raw, n, err = b.how.Sheets.GiveSheets(v, g)
		return err
	})
	if err != nil {
		return err
	}
	return b.raw(sheetsPart, n, raw)
}

func (t *packetTaker) sheets(ctx context.Context) error {
	if t.how.Sheets == nil {
		return data.Fail(data.Invalid, "Không nhận được phiếu chấm điểm ở đây.", nil)
	}
	raw, err := os.ReadFile(t.p.Path(sheetsPart))
	if err != nil {
		return data.Fail(data.Refused, "Không nhận gói: thiếu phần «"+sheetsPart+"». Xin đơn vị gửi lại; chưa có gì được nhập.", err)
	}
	keys, err := t.desk.packetKeys(ctx)
	if err != nil {
		return err
	}
	sent, err := t.desk.SentPackages()
	if err != nil {
		return err
	}
	d, from := t.desk, t.p.From
	how := SheetTaking{Period: t.period, Own: keys.Unit, OwnUnit: d.PacketUnit(keys.Unit, keys.Name), From: from, Unit: d.PacketUnit(from.UnitID, from.Name), Over: t.how.Over, Source: t.from, At: t.out.At, Ours: t.ours,
		Conflict: t.conflict, Sent: data.Find(sent, func(s *SentPackage) bool { return s.Kind == packet.Scores && s.Unit == from.UnitID }) != nil}
	return d.change(ctx, &Entry{Title: t.title(), Why: t.how.Why}, func(tx Tx) error {
		clear(t.conflicts)
		t.out.Conflicts, t.out.Reasons, t.out.Warnings = 0, nil, nil
		r, err := t.how.Sheets.TakeSheets(tx, raw, &how)
		if err != nil {
			return err
		}
		t.out.Rows, t.out.New, t.out.Changed, t.out.Same, t.out.Rejected, t.out.Warnings = r.Rows, r.New, r.Changed, r.Same, len(r.Rejected), r.Warnings
		for _, reason := range r.Rejected {
			t.out.reject(reason)
		}
		return t.keep(tx)
	})
}
