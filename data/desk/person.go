package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// PersonLine is one thing that the office keeps about a person.
type PersonLine struct {
	Part string `json:"part"`         // what holds it, such as "Hồ sơ"
	Of   string `json:"of"`           // code of the dossier, label of the entry
	What string `json:"what"`         // name of the fact or of the event
	Text string `json:"text"`         // the fact itself
	At   string `json:"at,omitempty"` // when, "" where that is not kept
	By   string `json:"by,omitempty"` // who entered it
}

// PersonFile is all that the office keeps about one person, who may ask for it (law
// 91/2025/QH15 on the protection of personal data).
type PersonFile struct {
	Identity string       `json:"identity"`
	Names    []string     `json:"names"` // as they were written
	Made     string       `json:"made"`
	By       string       `json:"by"`
	Dossiers int          `json:"dossiers"`
	Lines    []PersonLine `json:"lines"`
}

// digits leaves the letters and digits of a number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}

// About gathers all that is kept about the person with the number: the dossiers of which
// they are owner or agent with events, letters and journal, and the entries of logbooks that
// tell the number or name such a dossier. It needs the right ToGather. data.NotFound where nothing is kept.
func (d *Desk) About(ctx context.Context, identity string) (p PersonFile, err error) {
	if err := d.who.Role.Allow(ToGather); err != nil {
		return p, err
	}
	number := digits(text.Line(identity))
	if len(number) < 6 {
		return p, &data.Error{Code: data.Invalid, Field: "identity", Message: "Số định danh phải có ít nhất 6 chữ số. Gõ đủ số trên giấy tờ của người ấy."}
	}
	if err := d.Wait(); err != nil {
		return p, err
	}
	p = PersonFile{Identity: number, Made: d.Now().Format("2006-01-02 15:04"), By: d.Officer()}
	err = d.store.View(func(v View) error {
		g := gatherer{ctx: ctx, v: v, c: d.Catalogue(), p: &p, zone: d.now().Location(), codes: map[string]bool{}}
		return g.all()
	})
	if err != nil {
		return p, err
	}
	if len(p.Lines) == 0 {
		err = &data.Error{Code: data.NotFound, Field: "identity", Message: "Trong sổ không có gì mang số định danh này. Kiểm tra lại số, hoặc tra theo tên ở Sổ hồ sơ."}
	}
	return p, err
}

// gatherer gathers what is kept about a person from one state.
type gatherer struct {
	ctx   context.Context
	v     View
	c     *Catalogue
	p     *PersonFile
	zone  *time.Location
	codes map[string]bool // of the person's dossiers
}

func (g *gatherer) add(l PersonLine) {
	if l.Text != "" {
		g.p.Lines = append(g.p.Lines, l)
	}
}

func (g *gatherer) all() error {
	var ids []uint64
	err := g.v.Scan(func(x *data.Glance) error {
		if g.ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Không có tệp nào được ghi.", g.ctx.Err())
		}
		ids = append(ids, x.ID)
		return nil
	})
	if err != nil {
		return err
	}
	mine := map[uint64]string{}
	for _, id := range ids {
		one, err := g.v.Dossier(id)
		if err != nil {
			return err
		}
		if digits(one.Owner.Identity) != g.p.Identity && digits(one.Agent.Identity) != g.p.Identity {
			continue
		}
		mine[id], g.codes[one.Code] = one.Code, true
		g.p.Dossiers++
		if err := g.dossier(&one); err != nil {
			return err
		}
	}
	letters, err := Records[data.Letter](g.v, KindLetter)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if code := mine[l.Value.Dossier]; code != "" {
			g.add(PersonLine{Part: "Thư xin lỗi", Of: code, What: fmt.Sprintf("Thư số %d năm %d", l.Value.Number, l.Value.Year), Text: cmp.Or(l.Value.Reason, "(không ghi lý do)"), At: l.Value.Day.ISO(), By: l.Value.Signer})
		}
	}
	return g.entries()
}

func (g *gatherer) dossier(one *data.Dossier) error {
	for _, who := range []struct {
		number, name string
	}{{one.Owner.Identity, one.Owner.Name}, {one.Agent.Identity, one.Agent.Name}} {
		if digits(who.number) == g.p.Identity && who.name != "" && !slices.Contains(g.p.Names, who.name) {
			g.p.Names = append(g.p.Names, who.name)
		}
	}
	for _, f := range facts {
		g.add(PersonLine{Part: "Hồ sơ", Of: one.Code, What: f.label, Text: f.text(g.c, one), At: one.Received.Day.ISO(), By: one.Officer})
	}
	for _, e := range one.Events {
		words := slices.DeleteFunc([]string{e.Ref, e.Text, e.Field, e.Old, e.New, e.More, e.To}, func(s string) bool { return s == "" })
		g.add(PersonLine{Part: "Diễn biến", Of: one.Code, What: e.Kind.String(), Text: cmp.Or(strings.Join(words, "; "), e.Kind.String()), At: e.At.String(), By: e.By})
	}
	versions, err := g.v.Versions(one.ID)
	for _, x := range versions {
		g.add(PersonLine{Part: "Nhật ký", Of: one.Code, What: "Thao tác", Text: x.Entry.Title, At: time.Unix(x.Entry.At, 0).In(g.zone).Format("2006-01-02 15:04"), By: x.Entry.By})
	}
	return err
}

// entries takes the entries of logbooks that hold the number, or name a dossier of the
// person.
func (g *gatherer) entries() error {
	for _, k := range logbook.Kinds() {
		err := g.v.EachRecord(kindEntry+k.ID, func(id uint64, value []byte) error {
			e := &logbook.Entry{ID: id}
			if err := decodeRecord(kindEntry+k.ID, id, value, e); err != nil {
				return err
			}
			if !g.concerns(e) {
				return nil
			}
			for _, f := range k.Fields {
				g.add(PersonLine{Part: k.Title, Of: cmp.Or(e.Label, fmt.Sprintf("%d/%d", e.Number, e.Year)), What: f.Title, Text: e.Values[f.Key],
					At: time.Unix(e.Made, 0).In(g.zone).Format("2006-01-02"), By: e.By})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) concerns(e *logbook.Entry) bool {
	for _, v := range e.Values {
		if g.codes[v] || strings.Contains(digits(v), g.p.Identity) {
			return true
		}
		for word := range strings.FieldsSeq(v) {
			if g.codes[strings.Trim(word, ".,;:()«»")] {
				return true
			}
		}
	}
	return false
}
