package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// ErasedOwner stands in the place of the owner of a dossier whose personal data were erased.
const ErasedOwner = "(đã xóa theo thời hạn lưu)"

// leastKept is how many years after its end a dossier is kept at least.
const leastKept = 1

// Erasure is the proof that personal data were erased after the term of keeping. Codes, days,
// procedures and units of the dossiers stay, and so do all figures.
type Erasure struct {
	Before   data.Day `json:"before"` // the dossiers ended before it
	Years    int      `json:"years"`  // of keeping
	Basis    string   `json:"basis"`  // what the term rests on, as the officer wrote it
	At       int64    `json:"at"`     // Unix seconds
	By       string   `json:"by,omitempty"`
	Codes    []string `json:"codes"`
	Letters  int      `json:"letters,omitempty"` // letters of apology whose reasons went
	Kept     int      `json:"kept,omitempty"`    // dossiers of that age that had to stay
	Opened   int      `json:"open,omitempty"`    // of those, not ended yet
	Seq      uint64   `json:"seq"`               // number of the newest entry of the journal before
	Verified string   `json:"head,omitempty"`    // its hash
	Forgotten
}

// KeptBack is a dossier that is old enough and must stay, and why.
type KeptBack struct {
	Code, Why string
	Open      bool
}

// Expired is what an erasure would take: dossiers by id, in the order of ids.
type Expired struct {
	Before  data.Day
	IDs     []uint64
	Letters int
	Kept    []KeptBack
}

// holding are the logbooks whose entries keep a dossier that they name: complaints and what
// was found wrong.
var holding = []string{"petition", "finding", "discipline"}

// Expired finds the dossiers that ended more than so many years ago and whose personal data
// may be erased, and those that must stay: not ended, without a known end, or named by a
// petition or a finding. It needs the right ToErase.
func (d *Desk) Expired(ctx context.Context, years int) (x Expired, err error) {
	if err := d.who.Role.Allow(ToErase); err != nil {
		return x, err
	}
	if years < leastKept || years > 100 {
		return x, &data.Error{Code: data.Invalid, Field: "years", Message: fmt.Sprintf("Thời hạn lưu là số năm từ %d đến 100.", leastKept)}
	}
	if err := d.Wait(); err != nil {
		return x, err
	}
	y, m, day := d.Today().Civil()
	x.Before = data.Date(y-years, m, day)
	err = d.Read(func(v View) error {
		named, err := namedCodes(v)
		if err != nil {
			return err
		}
		letters, err := lettersOf(v)
		if err != nil {
			return err
		}
		return v.Scan(func(g *data.Glance) error {
			if ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã hủy. Chưa xóa gì.", ctx.Err())
			}
			one, err := v.Dossier(g.ID)
			if err != nil {
				return err
			}
			switch old, kept := x.judge(&one, named); {
			case kept.Why != "":
				x.Kept = append(x.Kept, kept)
			case old:
				x.IDs = append(x.IDs, one.ID)
				x.Letters += len(letters[one.ID])
			}
			return nil
		})
	})
	return x, err
}

// judge tells whether the personal data of a dossier may go, or why they must stay.
func (x *Expired) judge(one *data.Dossier, named map[string]string) (old bool, kept KeptBack) {
	if one.Received.Day >= x.Before || one.Owner.Name == ErasedOwner {
		return false, kept
	}
	s := one.On(data.MaxDay)
	last := max(one.Received.Day, s.Ended.Day, s.Returned.Day)
	for i := range one.Events {
		last = max(last, one.Happened(i).Day)
	}
	switch kept.Code = one.Code; {
	case !s.Closed && !s.Cancelled:
		kept.Why, kept.Open = "chưa kết thúc", true
	case last >= x.Before:
	case !s.Cancelled && !s.Ended.Day.Known():
		kept.Why = "không rõ ngày kết thúc"
	case named[one.Code] != "":
		kept.Why = "có trong " + named[one.Code]
	default:
		old = true
	}
	return old, kept
}

// namedCodes are the codes that complaints and findings name, and where.
func namedCodes(v View) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range holding {
		k := logbook.Find(id)
		err := v.EachRecord(kindEntry+k.ID, func(id uint64, value []byte) error {
			e := &logbook.Entry{ID: id}
			if err := decodeRecord(kindEntry+k.ID, id, value, e); err != nil {
				return err
			}
			for _, words := range e.Values {
				for word := range strings.FieldsSeq(words) {
					out[strings.Trim(word, `.,;:()[]«»"`)] = k.Title
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func lettersOf(v View) (map[uint64][]Stored[data.Letter], error) {
	list, err := Records[data.Letter](v, KindLetter)
	out := map[uint64][]Stored[data.Letter]{}
	for _, l := range list {
		out[l.Value.Dossier] = append(out[l.Value.Dossier], l)
	}
	return out, err
}

// withoutPerson is a dossier of which all that tells of persons is gone: names, numbers,
// addresses, and every text that an officer typed. The commune stays, for figures by area.
func withoutPerson(one data.Dossier) data.Dossier {
	one.Owner = data.Person{Name: ErasedOwner, Area: one.Owner.Area}
	one.Agent, one.Content, one.Note = data.Person{}, "", ""
	one.Parts = slices.Clone(one.Parts)
	for i := range one.Parts {
		one.Parts[i].Name = ""
	}
	one.Events = slices.Clone(one.Events)
	for i := range one.Events {
		e := &one.Events[i]
		e.Text, e.More, e.To = "", "", ""
		if e.Kind == data.Correct && e.Field != data.FieldEnded && e.Field != data.FieldReturned && e.Field != data.FieldLetter {
			e.Old, e.New = "", ""
		}
	}
	return one
}

// Erase erases the personal data of the dossiers that Expired found, where they may still go,
// also from the journal's former values, as one change that cannot be undone, and then writes
// the data file anew, so that no free page keeps them. basis is what the term of keeping rests
// on. Figures stay as they are. The Desk is closed afterwards, as by Protect: the proof is
// read from the file that is opened again with what is returned. Backups that were made before keep the data.
func (d *Desk) Erase(ctx context.Context, years int, basis string, tell Tell) (o Opened, err error) {
	basis = text.Line(basis)
	if basis == "" {
		return o, &data.Error{Code: data.Invalid, Field: "basis", Message: "Ghi căn cứ của thời hạn lưu: số, ngày của quyết định hay bảng thời hạn bảo quản."}
	}
	g, err := d.guardable()
	if err != nil {
		return o, err
	}
	x, err := d.Expired(ctx, years)
	if err != nil {
		return o, err
	}
	if len(x.IDs) == 0 {
		return o, data.Fail(data.NotFound, fmt.Sprintf("Không có hồ sơ nào kết thúc trước %s mà được xóa.", x.Before), nil)
	}
	proof := Erasure{Before: x.Before, Years: years, Basis: basis, At: d.Now().Unix(), By: d.Officer(), Kept: len(x.Kept)}
	for _, k := range x.Kept {
		if k.Open {
			proof.Opened++
		}
	}
	title := fmt.Sprintf("Xóa dữ liệu cá nhân của %s hồ sơ hết thời hạn lưu, kết thúc trước %s", data.FormatInt(int64(len(x.IDs))), x.Before)
	err = d.Change(ctx, Work{Title: title, Why: basis, Start: true}, func(tx Tx) error { return x.erase(tx, &proof) })
	if err != nil {
		return o, err
	}
	return Opened{d.key, d.who}, d.renew(g, d.key, d.store.Keys(), tell)
}

func (x *Expired) erase(tx Tx, proof *Erasure) error {
	letters, err := lettersOf(tx)
	if err != nil {
		return err
	}
	named, err := namedCodes(tx)
	if err != nil {
		return err
	}
	head, err := tx.Head()
	if err != nil {
		return err
	}
	var dossiers []data.Dossier
	var records []Replaced
	for _, id := range x.IDs {
		one, err := tx.Dossier(id)
		if err != nil {
			return err
		}
		if old, _ := x.judge(&one, named); !old {
			continue // it changed since it was looked at
		}
		dossiers = append(dossiers, withoutPerson(one))
		proof.Codes = append(proof.Codes, one.Code)
		for _, l := range letters[id] {
			l.Value.Reason, l.Value.How = "", ""
			records = append(records, Replaced{Kind: KindLetter, ID: l.ID, Value: l.Value})
		}
	}
	proof.Letters, proof.Seq, proof.Verified = len(records), head.Seq, head.Hash
	if proof.Forgotten, err = tx.Erase(dossiers, records); err != nil {
		return err
	}
	return tx.PutRecord(KindErasure, new(uint64), proof)
}

// Erasures returns the proofs of all erasures, oldest first.
func (d reading) Erasures() ([]Stored[Erasure], error) { return Records[Erasure](d, KindErasure) }

// When is when it was done.
func (x *Erasure) When(zone *time.Location) data.Moment {
	return data.MomentAt(x.At, zone)
}

// erasedSince are the erasures of a register that a backup of it does not know.
func erasedSince(backup, present View) (out []Erasure, err error) {
	err = present.EachRecord(KindErasure, func(id uint64, value []byte) error {
		var x Erasure
		if backup.Record(KindErasure, id) == nil {
			err := json.Unmarshal(value, &x)
			out = append(out, x)
			return err
		}
		return nil
	})
	return out, err
}
