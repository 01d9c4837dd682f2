package desk

import (
	"bytes"
	"cmp"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"giaoban/data"
)

// The kinds of records of closed periods: what was frozen, and the paper of it.
const (
	KindClosing      = "closing"
	KindClosingPaper = "closing-paper"
)

// ClosingPaper is the printed report of a closed period.
type ClosingPaper struct {
	Closing uint64 `json:"closing"` // its id
	PDF     []byte `json:"pdf"`
}

// Closing is a period that was closed (chốt số liệu): its figures as they were, each
// with the dossiers behind it, and a fingerprint of all. It is never changed.
type Closing struct {
	Period      data.Period     `json:"period"`
	AsOf        data.Day        `json:"as_of"`
	At          int64           `json:"at"` // Unix seconds
	By          string          `json:"by,omitempty"`
	Fingerprint string          `json:"fingerprint"` // SHA-256 of what is frozen, in hexadecimal
	Tables      []FrozenTable   `json:"tables"`
	Measures    []FrozenMeasure `json:"measures"`
	Dossiers    string          `json:"dossiers"` // id and figures of every dossier: base64 of deflated uvarints
}

// FrozenTable is a table of form II.06a as it was.
type FrozenTable struct {
	Group data.Group  `json:"group"`
	Rows  []FrozenRow `json:"rows"`
	Total FrozenRow   `json:"total"`
}

// FrozenRow is a row of it: numbers by figure.
type FrozenRow struct {
	Key    string                `json:"key"`
	Name   string                `json:"name"`
	Counts map[data.Column]int64 `json:"counts"`
}

// FrozenMeasure is a measure as it was.
type FrozenMeasure struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Unit        string `json:"unit"`
	Numerator   int64  `json:"numerator"`
	Denominator int64  `json:"denominator,omitempty"`
	Of          string `json:"of,omitempty"`       // the name of the denominator; "" for a count
	Decimals    int    `json:"decimals,omitempty"` // see Measured
	Sign        string `json:"sign,omitempty"`     // of a bound
}

// frozenColumns are the figures of which the dossiers are kept, in the order of their
// bits: those of the command contract.
var frozenColumns = []data.Column{data.ColReceived, data.ColNewOnline, data.ColDirectPostal, data.ColNewPostal, data.ColCarried, data.ColResolved,
	data.ColEarly, data.ColOnTime, data.ColLate, data.ColWithdrawn, data.ColPending, data.ColPendingInTime, data.ColPendingOverdue, data.ColWaiting}

// FigureChange is a dossier that counts otherwise than when the period was closed.
type FigureChange struct {
	Dossier  string // its code
	ID       uint64
	Figure   data.Column
	Old, New int64 // 1 where it counts
	Who      string
	When     int64 // Unix seconds of the newest change since the closing; 0 where none is known
	What     string
}

// ClosePeriod freezes the figures of a period as of a day, the end of the period at the
// latest. From then on they are as they were; Since tells what changed in the data.
func (d *Desk) ClosePeriod(ctx context.Context, p data.Period, asOf data.Day) (Stored[Closing], error) {
	var out Stored[Closing]
	switch {
	case !asOf.Known():
		asOf = min(p.To, d.Today())
	case asOf > d.Today():
		return out, &data.Error{Code: data.Invalid, Field: "as-of", Message: fmt.Sprintf("Ngày chốt %s chưa đến. Chốt đến hôm nay %s hoặc sớm hơn.", asOf, d.Today())}
	}
	if asOf < p.From {
		return out, &data.Error{Code: data.Invalid, Field: "as-of", Message: fmt.Sprintf("Chưa chốt được: kỳ %s bắt đầu ngày %s, sau ngày chốt %s.", p.Label, p.From, asOf)}
	}
	s, err := d.At()
	if err != nil {
		return out, err
	}
	c, err := s.frozen(ctx, p, asOf)
	s.Close()
	if err != nil {
		return out, err
	}
	c.At, c.By = d.Now().Unix(), d.Officer()
	out.Value = c
	out.ID, err = d.Keep(ctx, Work{Title: fmt.Sprintf("Chốt số liệu %s, tính đến %s", p.Label, asOf), Note: true}, KindClosing, 0, c)
	return out, err
}

// frozen gathers what is frozen from one state.
func (s *Snapshot) frozen(ctx context.Context, p data.Period, asOf data.Day) (c Closing, err error) {
	c = Closing{Period: p, AsOf: asOf}
	for _, g := range []data.Group{data.ByField, data.ByUnit} {
		t := s.Figures(p, asOf, g, Filter{})
		table := FrozenTable{Group: g, Total: frozenRow("total", "Tổng cộng", t.Total)}
		for _, row := range t.Rows {
			table.Rows = append(table.Rows, frozenRow(row.Key, row.Name, row.Counts))
		}
		c.Tables = append(c.Tables, table)
	}
	measures, err := s.Measures(MeasureQuery{Period: p, AsOf: asOf})
	if err != nil {
		return c, err
	}
	for _, m := range measures {
		if !m.Unknown {
			c.Measures = append(c.Measures, FrozenMeasure{m.ID, m.Name, m.Unit, m.B, m.A, m.Denominator, m.Decimals, m.Sign})
		}
	}
	marks, err := s.figureMarks(ctx, p, asOf)
	if err != nil {
		return c, err
	}
	if c.Dossiers, err = packMarks(marks); err != nil {
		return c, err
	}
	c.Fingerprint, err = c.print()
	return c, err
}

func frozenRow(key, name string, n data.Counts) FrozenRow {
	row := FrozenRow{Key: key, Name: name, Counts: map[data.Column]int64{}}
	for _, col := range frozenColumns {
		row.Counts[col] = col.Of(n)
	}
	return row
}

// print works out the fingerprint: of everything but when and by whom it was closed.
func (c Closing) print() (string, error) {
	c.At, c.By, c.Fingerprint = 0, "", ""
	raw, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Sound reports whether the closing is what was frozen.
func (c Closing) Sound() bool {
	print, err := c.print()
	return err == nil && print == c.Fingerprint
}

// figureMarks returns in which figures each dossier counts.
func (s *Snapshot) figureMarks(ctx context.Context, p data.Period, asOf data.Day) (map[uint32]uint64, error) {
	marks := map[uint32]uint64{}
	for bit, col := range frozenColumns {
		if ctx.Err() != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy. Chưa chốt gì.", ctx.Err())
		}
		for _, id := range s.List(Query{Period: &p, AsOf: asOf, Column: col}).IDs {
			marks[id] |= 1 << bit
		}
	}
	return marks, nil
}

func packMarks(marks map[uint32]uint64) (string, error) {
	var raw []byte
	last := uint32(0)
	for _, id := range slices.Sorted(maps.Keys(marks)) {
		raw = binary.AppendUvarint(raw, uint64(id-last))
		raw = binary.AppendUvarint(raw, marks[id])
		last = id
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(raw); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}

// marks returns in which figures each dossier counted.
func (c *Closing) marks() (map[uint32]uint64, error) {
	damaged := data.Fail(data.Damaged, "Danh sách hồ sơ của kỳ đã chốt bị hỏng. Khôi phục từ bản sao lưu.", nil)
	packed, err := base64.StdEncoding.DecodeString(c.Dossiers)
	if err != nil {
		return nil, damaged
	}
	const most = 1 << 28
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), most))
	if err != nil {
		return nil, damaged
	}
	out := map[uint32]uint64{}
	last := uint64(0)
	for len(raw) > 0 {
		step, n := binary.Uvarint(raw)
		if n <= 0 {
			return nil, damaged
		}
		bits, m := binary.Uvarint(raw[n:])
		if m <= 0 {
			return nil, damaged
		}
		raw = raw[n+m:]
		last += step
		out[uint32(last)] = bits
	}
	return out, nil
}

// KeepClosingPaper keeps the printed report of a closed period.
func (d *Desk) KeepClosingPaper(ctx context.Context, id uint64, pdf []byte) error {
	return d.Change(ctx, Work{Title: "Giữ bản in của kỳ đã chốt", Note: true}, func(tx Tx) error {
		return tx.PutRecord(KindClosingPaper, new(uint64), ClosingPaper{id, pdf})
	})
}

// PaperOf returns the printed report of a closed period, as it was kept.
func (d reading) PaperOf(closing uint64) ([]byte, error) {
	all, err := Records[ClosingPaper](d, KindClosingPaper)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.Value.Closing == closing {
			return one.Value.PDF, nil
		}
	}
	return nil, data.Fail(data.NotFound, "Kỳ này chốt khi chưa giữ bản in.", nil)
}

// Closings returns the closed periods, oldest first.
func (d reading) Closings() ([]Stored[Closing], error) { return Records[Closing](d, KindClosing) }

// Since tells which dossiers count otherwise today than when the period was closed: by
// code and figure. What was frozen plus what is listed is what the same period gives
// now.
func (d *Desk) Since(ctx context.Context, c Closing) ([]FigureChange, error) {
	before, err := c.marks()
	if err != nil {
		return nil, err
	}
	s, err := d.At()
	if err != nil {
		return nil, err
	}
	now, err := s.figureMarks(ctx, c.Period, c.AsOf)
	s.Close()
	if err != nil {
		return nil, err
	}
	ids := map[uint32]bool{}
	for id, bits := range before {
		if now[id] != bits {
			ids[id] = true
		}
	}
	for id, bits := range now {
		if before[id] != bits {
			ids[id] = true
		}
	}
	var out []FigureChange
	for id := range ids {
		one := FigureChange{ID: uint64(id)}
		if err := d.blame(&one, c.At); err != nil {
			return nil, err
		}
		for bit, col := range frozenColumns {
			old, new := int64(before[id]>>bit&1), int64(now[id]>>bit&1)
			if old != new {
				one.Figure, one.Old, one.New = col, old, new
				out = append(out, one)
			}
		}
	}
	slices.SortFunc(out, func(a, b FigureChange) int {
		return cmp.Or(cmp.Compare(a.Dossier, b.Dossier), cmp.Compare(a.ID, b.ID), cmp.Compare(slices.Index(frozenColumns, a.Figure), slices.Index(frozenColumns, b.Figure)))
	})
	return out, nil
}

// blame finds the newest change of a dossier since a time.
func (d *Desk) blame(one *FigureChange, since int64) error {
	versions, err := Viewed(d, func(v View) ([]Version, error) { return v.Versions(one.ID) })
	if err != nil {
		return err
	}
	for _, v := range versions {
		for _, x := range []*data.Dossier{v.Before, v.After} {
			if x != nil {
				one.Dossier = x.Code
			}
		}
		if at := v.Entry.At; at >= since {
			one.Who, one.When, one.What = v.Entry.By, at, v.Entry.Title
		}
	}
	if one.Dossier == "" {
		if x, err := d.Dossier(one.ID); err == nil {
			one.Dossier = x.Code
		}
	}
	return nil
}

// Carried compares (6), carried over into a period that was closed, with (11), pending
// at the end of the period before it, where that was closed too: dossier by dossier.
// They are the same when nothing was changed afterwards.
func (d *Desk) Carried(c Closing) (missing, extra []string, compared bool, err error) {
	all, err := d.Closings()
	if err != nil {
		return nil, nil, false, err
	}
	var before *Closing
	for i := range all {
		if one := &all[i].Value; one.Period.To == c.Period.From-1 && one.AsOf == one.Period.To {
			before = one
		}
	}
	if before == nil {
		return nil, nil, false, nil
	}
	old, err := before.marks()
	if err != nil {
		return nil, nil, false, err
	}
	now, err := c.marks()
	if err != nil {
		return nil, nil, false, err
	}
	pending, carried := uint64(1)<<slices.Index(frozenColumns, data.ColPending), uint64(1)<<slices.Index(frozenColumns, data.ColCarried)
	code := func(id uint32) string {
		one := FigureChange{ID: uint64(id)}
		if e := d.blame(&one, 0); e != nil && err == nil {
			err = e
		}
		return one.Dossier
	}
	for id, bits := range old {
		if bits&pending != 0 && now[id]&carried == 0 {
			missing = append(missing, code(id))
		}
	}
	for id, bits := range now {
		if bits&carried != 0 && old[id]&pending == 0 {
			extra = append(extra, code(id))
		}
	}
	slices.Sort(missing)
	slices.Sort(extra)
	return missing, extra, true, err
}

// ClosedAt is when a closing was made.
func (c Closing) ClosedAt() time.Time { return time.Unix(c.At, 0) }
