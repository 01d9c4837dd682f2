package command

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/packet"
	"giaoban/data/vault"
)

var packageCommand = &command{
	words: true,
	name:  "package",
	usage: "(make --kind figures|dossiers|entries|indicators|scores|corrections --period KỲ --to THẺ.gbthe --out TỆP.gbgoi [--as-of NGÀY] [--replaces SỐ] [--phrase] | read TỆP [--phrase-file TỆP] | take TỆP [--phrase-file TỆP] [--over] [--reason LÝ_DO] | " +
		"list [--period KỲ] [--due NGÀY]) [--json]",
	help:     "gói có chữ ký và niêm phong giữa các cơ quan: lập, xem, nhận, bảng các gói đã nhận",
	flags:    []string{"kind", "period", "from", "to", "as-of", "out", "replaces", "reason", "due", "phrase-file"},
	switches: []string{"over", "phrase"},
	ends:     map[string][]string{"out": {packet.Ending}},
	run:      runPackage,
}

type packageJSON struct {
	packet.Manifest
	Digest string `json:"digest"`
	State  string `json:"state"`            // of the sender's card: new, checked, expired, replaced
	Own    bool   `json:"own"`              // made by this office
	Phrase string `json:"phrase,omitempty"` // the six words, where it was sealed by them
}

func runPackage(ctx context.Context, c *call) error {
	what := ""
	if len(c.args) > 0 {
		what = c.args[0]
	}
	switch {
	case what == "make" && len(c.args) == 1:
		return c.makePackage(ctx)
	case what == "list" && len(c.args) == 1:
		return c.listPackages()
	case (what == "read" || what == "take") && len(c.args) == 2:
		return c.openPackage(ctx, what == "take")
	}
	return usagef("Cho biết make, read hoặc take với một tệp gói, hoặc list.")
}

func (c *call) makePackage(ctx context.Context) error {
	to, out := c.option("to"), c.option("out")
	delete(c.options, "to") // here it names a card, not the end of a period
	if to == "" || out == "" || !c.has("kind") {
		return usagef("Cần --kind, --period, --to và --out.")
	}
	p, asOf, err := c.asked(c.option("kind") == string(packet.Corrections)) // they are of the period of what they correct
	if err != nil {
		return err
	}
	kind := packet.Kind(c.option("kind"))
	if kind.Title() == "" {
		return usagef("--kind: «%s» không có. Dùng figures, dossiers, entries, indicators, scores hoặc corrections.", kind)
	}
	m := desk.Making{Kind: kind, Period: p, AsOf: asOf, Program: c.Version}
	if c.has("replaces") {
		n, ok := data.ParseWhole(c.option("replaces"), data.MaxCount)
		if !ok || n < 1 {
			return usagef("--replaces: «%s» không phải số của gói.", c.option("replaces"))
		}
		m.Replaces = uint64(n)
	}
	if m.To, err = desk.ReadPacketCard(to); err != nil {
		return named(to, err)
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	m.List = func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
		return papers.WriteList(ctx, d, q, day, w, nil)
	}
	m.Sheets = book.New(d)
	if c.has("phrase") {
		m.Phrase = vault.NewPhrase()
	}
	made, err := d.MakePackage(ctx, out, m)
	if err != nil {
		return err
	}
	if p, err = made.Of(); err != nil {
		return err
	}
	c.say("Đã lập gói số %d (%s, %s) gửi %s: %s\n", made.Seq, kind.Title(), p.Label, m.To.Card.Name, out)
	if m.Phrase != "" {
		c.say("Mã sáu từ, đọc cho nơi nhận qua điện thoại, không gửi cùng tệp: %s\n", m.Phrase)
	}
	return c.answer(packageJSON{made, made.Hash(), string(packet.Checked), true, m.Phrase})
}

func (c *call) openPackage(ctx context.Context, take bool) error {
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	phrase, err := c.secret("phrase-file")
	if err != nil {
		return err
	}
	p, err := d.OpenPackage(ctx, c.args[1], phrase)
	if err != nil {
		return err
	}
	defer p.Close()
	if !take {
		c.say("Gói số %d: %s, %s đến %s, lập ngày %s\nĐơn vị: %s; thẻ %s\n", p.Seq, p.Kind.Title(), p.Period.From, p.Period.To, data.DayOf(p.Created().Local()), p.From.Name, p.State.Title())
		for _, part := range p.Parts {
			c.say("  %s (%s): %s dòng, %s byte\n", part.Name, desk.PartTitle(part.Name), n(part.Rows), n(part.Bytes))
		}
		return c.answer(packageJSON{p.Manifest, p.Digest, string(p.State), p.Own, ""})
	}
	if err := d.BackupFor(ctx, desk.BeforeImport, nil); err != nil && ctx.Err() == nil {
		c.complain(err)
	}
	a, err := d.TakePackage(ctx, p, desk.PackageTaking{Over: c.has("over"), Why: c.option("reason"), Sheets: book.New(d)})
	if err != nil {
		return err
	}
	c.say("Đã nhận gói số %d của %s: %s dòng; mới %s, thay đổi %s, không đổi %s, không nhận %s (trong đó %s đã sửa ở đây).\n", a.Seq, a.Name, n(int64(a.Rows)), n(int64(a.New)),
		n(int64(a.Changed)), n(int64(a.Same)), n(int64(a.Rejected)), n(int64(a.Conflicts)))
	for _, line := range slices.Concat(a.Notes, a.Warnings, a.Reasons) {
		c.say("Lưu ý: %s\n", line)
	}
	return c.answer(arrivalOf(&a, data.NoDay))
}

type arrivalJSON struct {
	Unit      string   `json:"unit"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Period    string   `json:"period"`
	From      string   `json:"from"`
	To        string   `json:"to"`
	Seq       uint64   `json:"seq"`
	Created   string   `json:"created"`
	Received  string   `json:"received"`
	Signature string   `json:"signature"` // state of the card
	Rows      int      `json:"rows"`
	New       int      `json:"new"`
	Changed   int      `json:"changed"`
	Same      int      `json:"same"`
	Rejected  int      `json:"rejected"`
	Conflicts int      `json:"conflicts"`
	SumFaults int      `json:"sum_faults"`
	DaysLate  int      `json:"days_late"`
	Warnings  []string `json:"warnings"`
	Notes     []string `json:"notes"`
	Reasons   []string `json:"reasons"`
}

func arrivalOf(a *desk.Arrival, due data.Day) arrivalJSON {
	return arrivalJSON{Unit: a.Unit, Name: a.Name, Kind: string(a.Kind), Period: a.Label, From: a.Period.From, To: a.Period.To, Seq: a.Seq, Created: unixDay(a.Created).ISO(), Received: unixDay(a.At).ISO(),
		Signature: string(a.State), Rows: a.Rows, New: a.New, Changed: a.Changed, Same: a.Same, Rejected: a.Rejected, Conflicts: a.Conflicts, SumFaults: len(a.Warnings), DaysLate: a.Late(due),
		Warnings: append([]string{}, a.Warnings...), Notes: append([]string{}, a.Notes...), Reasons: append([]string{}, a.Reasons...)}
}

func unixDay(at int64) data.Day { return data.DayOf(time.Unix(at, 0)) }

type boardJSON struct {
	Arrivals []arrivalJSON       `json:"arrivals"`
	Expected int                 `json:"expected"` // units whose figures are waited for; 0 without a period
	Missing  []string            `json:"missing"`
	Late     []string            `json:"late"`
	Cover    *string             `json:"cover"` // the sentence for the cover of a report; null without a period
	Gaps     map[string][]uint64 `json:"gaps"`  // numbers that did not come, by unit
	Total    *rowJSON            `json:"total"` // the figures that came, added; null without a period
	Own      *rowJSON            `json:"own"`   // the own register's, without the units of the sources; null without a period
	Sources  []sourceJSON        `json:"sources"`
}

type sourceJSON struct {
	Unit   string  `json:"unit"`
	Source string  `json:"source"`
	Row    rowJSON `json:"row"`
}

func (c *call) listPackages() error {
	p, ok, err := c.period()
	if err != nil {
		return err
	}
	due, err := c.day("due")
	if err != nil {
		return err
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	var wanted *data.Period
	if ok {
		wanted = &p
		if !c.has("due") {
			if due, err = d.PacketDue(p); err != nil {
				return err
			}
		}
	}
	board, err := d.ArrivalBoard(wanted, due)
	if err != nil {
		return err
	}
	out := boardJSON{Arrivals: []arrivalJSON{}, Expected: board.Expected, Missing: append([]string{}, board.Missing...), Late: append([]string{}, board.Late...), Gaps: board.Gaps, Sources: []sourceJSON{}}
	for i := range board.Arrivals {
		a := &board.Arrivals[i]
		out.Arrivals = append(out.Arrivals, arrivalOf(a, due))
		c.say("%s | %s | gói %d | lập %s | nhận %s | %s | %s dòng | %s/%s/%s | %s lỗi cộng | trễ %s ngày\n", a.Name, a.Label, a.Seq, unixDay(a.Created), unixDay(a.At), a.State.Title(), n(int64(a.Rows)),
			n(int64(a.New)), n(int64(a.Changed)), n(int64(a.Same)), n(int64(len(a.Warnings))), n(int64(a.Late(due))))
	}
	if ok {
		out.Cover = jsonText(board.Cover())
		total := countedRow("total", "Tổng cộng", board.Total)
		own := countedRow("own", "Sổ của cơ quan", board.OwnTotal)
		out.Total, out.Own = &total, &own
		for _, s := range board.Sources {
			out.Sources = append(out.Sources, sourceJSON{s.Unit, s.From, countedRow(s.Unit, s.Unit, s.Counts)})
		}
		c.say("%s\n", strings.TrimSpace(board.Cover()))
	}
	return c.answer(out)
}
