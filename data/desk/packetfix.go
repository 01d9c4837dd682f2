package desk

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/packet"
)

// CheckReplaces refuses corrections that name no package.
func CheckReplaces(kind packet.Kind, replaces uint64) error {
	if kind == packet.Corrections && replaces == 0 {
		return &data.Error{Code: data.Invalid, Field: "replaces", Message: "Phần sửa đổi cần số của gói đã gửi. Chọn gói mà nó sửa."}
	}
	return nil
}

// sentBefore finds the package that is replaced or corrected. Corrections are of its kind
// and period.
func (d *Desk) sentBefore(m *Making) (*SentPackage, error) {
	fail := func(code data.ErrorCode, format string, args ...any) (*SentPackage, error) {
		return nil, &data.Error{Code: code, Field: "replaces", Message: fmt.Sprintf(format, args...)}
	}
	to := m.To.Card
	if err := CheckReplaces(m.Kind, m.Replaces); err != nil {
		return nil, err
	}
	list, err := d.SentPackages()
	if err != nil {
		return nil, err
	}
	one := data.Find(list, func(s *SentPackage) bool { return s.Unit == to.Unit && s.Seq == m.Replaces })
	switch {
	case one == nil:
		return fail(data.Invalid, "Chưa có gói số %d nào gửi %s để thay. Ghi số của gói đã gửi.", m.Replaces, to.Name)
	case m.Kind != packet.Corrections && one.content() != m.Kind:
		return fail(data.Invalid, "Gói số %d gửi %s là gói %s nên gói %s không thay được. Chọn gói cùng loại.", m.Replaces, to.Name, one.content().Title(), m.Kind.Title())
	case one.Head == 0 && m.Kind == packet.Corrections:
		return fail(data.Conflict, "Gói số %d do phiên bản cũ của chương trình lập nên không biết đã đổi gì từ đó. Gửi lại cả gói, ghi là thay gói ấy.", m.Replaces)
	case one.Head == 0:
		return nil, nil // replaced whole, without what left the period
	}
	span := packet.Manifest{Period: one.Period}
	p, err := span.Of()
	if err != nil {
		return nil, err
	}
	if m.Kind == packet.Corrections {
		m.Period = p
	} else if p.From != m.Period.From || p.To != m.Period.To {
		return fail(data.Invalid, "Gói số %d gửi %s là của %s. Chọn đúng kỳ ấy.", m.Replaces, to.Name, p.Label)
	}
	return one, nil
}

// partly reports whether only what changed goes.
func (b *packetBuilder) partly() bool { return b.how.Kind == packet.Corrections }

func (b *packetBuilder) nothingChanged() error {
	return &data.Error{Code: data.NotFound, Field: "replaces", Message: fmt.Sprintf("Không có gì thay đổi kể từ gói số %d nên không lập gói.", b.how.Replaces)}
}

// unchanged reports whether what was written at a moment went in the corrected package.
func (b *packetBuilder) unchanged(at int64) bool { return b.partly() && at < b.since.Began }

// dossiersSince returns the dossiers that go instead of those of a query: those that left
// it since the package that is replaced, which else would stand at the receiver as they
// were, and of the query all, or for corrections those that changed.
func (b *packetBuilder) dossiersSince(q Query) ([]uint32, error) {
	in := b.desk.List(q).IDs
	there := map[uint64]bool{}
	for _, id := range in {
		there[uint64(id)] = true
	}
	touched := map[uint64]bool{} // and whether it was there at the time
	out := in
	err := b.desk.Read(func(v View) error {
		err := v.TouchedSince(b.since.Head, func(_ *Entry, id uint64, existed bool) error {
			touched[id] = existed // the oldest entry is the last to tell
			return nil
		})
		if err != nil {
			return err
		}
		if b.partly() {
			out = data.Where(in, func(id uint32) bool { _, is := touched[uint64(id)]; return is })
		}
		for id, existed := range touched {
			if !existed || there[id] {
				continue
			}
			versions, err := v.Since(id, b.since.Head)
			if err != nil {
				return err
			}
			if len(versions) > 0 && versions[0].Before != nil && versions[0].After != nil && countedIn(versions[0].Before, b.how.Period) {
				out = append(out, uint32(id))
			}
		}
		return nil
	})
	slices.Sort(out)
	return out, err
}

// countedIn reports whether a dossier counted in a period: it was there before its end and
// not over before its beginning.
func countedIn(one *data.Dossier, p data.Period) bool {
	ended := one.On(p.To).Ended.Day
	return one.Received.Day <= p.To && (!ended.Known() || ended >= p.From)
}

// sends reports whether an entry of a logbook goes: it stands in the period, or stood
// there in the package that is replaced.
func (b *packetBuilder) sends(k *logbook.Kind, w *logbook.World, e *logbook.Entry) bool {
	in := k.In(w, e, b.how.Period)
	if b.since == nil {
		return in
	}
	old, changed := e.Clone(), e.Made >= b.since.Began
	for _, c := range slices.Backward(e.Changes) {
		if c.At >= b.since.Began {
			changed = true
			for key, value := range c.Before {
				old.Set(key, value)
			}
		}
	}
	return in && (changed || !b.partly()) || changed && e.Made < b.since.Began && k.In(w, old, b.how.Period)
}
