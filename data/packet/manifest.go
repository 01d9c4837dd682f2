package packet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
)

// FormatVersion is that of the packages which this program writes and reads.
const FormatVersion = 1

// The bounds of a package; what goes beyond is refused, for a file could claim any
// size.
const (
	MaxPacked   = 256 << 20 // bytes of the file
	MaxUnpacked = 2 << 30   // bytes of all parts
	MaxRows     = 1_000_000 // rows of one part
	maxManifest = 1 << 20
	maxParts    = 64
)

// Kind is what a package holds.
type Kind string

// The kinds of packages.
const (
	Figures    Kind = "figures"    // counts of a period by unit
	Dossiers   Kind = "dossiers"   // the dossiers of a period
	Entries    Kind = "entries"    // rows of the smaller registers
	Indicators Kind = "indicators" // values of indicators
	Scores     Kind = "scores"     // score sheets, handed in or appraised
	// Corrections hold what changed of an earlier package, which they name.
	Corrections Kind = "corrections"
)

// Kinds are all kinds, with their names for people.
var Kinds = []struct {
	Kind  Kind
	Title string
}{{Figures, "số liệu"}, {Dossiers, "hồ sơ"}, {Entries, "sổ theo dõi"}, {Indicators, "chỉ tiêu"}, {Scores, "phiếu chấm điểm"}, {Corrections, "phần sửa đổi"}}

// Title returns the name for people; "" for a kind that does not exist.
func (k Kind) Title() string {
	for _, x := range Kinds {
		if x.Kind == k {
			return x.Title
		}
	}
	return ""
}

// Manifest says what a package is. It is what the sender signs.
type Manifest struct {
	FormatVersion  int               `json:"formatVersion"`
	ProgramVersion string            `json:"programVersion"`
	RulesVersion   string            `json:"rulesVersion"` // of the rules by which figures were counted
	From           Sender            `json:"from"`
	To             []Receiver        `json:"to"`
	Kind           Kind              `json:"kind"`
	Period         Span              `json:"period"`
	AsOf           string            `json:"asOf"` // day of the figures, ISO
	Definitions    []Definition      `json:"definitions"`
	Counts         map[string]int64  `json:"counts"`
	Identities     map[string]string `json:"identities"` // sums that must hold: "ok", or by how much they miss
	Parts          []Part            `json:"parts"`
	Seq            uint64            `json:"seq"`                // 1, 2, 3 … between this sender and this receiver
	Previous       string            `json:"previous"`           // SHA-256 of the manifest before, hex; "" for the first
	Replaces       uint64            `json:"replaces,omitempty"` // the number that this package corrects
	Corrects       Kind              `json:"corrects,omitempty"` // of Corrections: what the corrected package holds
	CreatedAt      string            `json:"createdAt"`          // RFC 3339, UTC
	By             string            `json:"by"`                 // the role only, no person
}

// Sender is the unit that made a package.
type Sender struct {
	UnitID string `json:"unitID"`
	Name   string `json:"name"`
	KeyID  string `json:"keyID"` // fingerprint of its card
}

// Receiver is a unit for which a package is sealed.
type Receiver struct {
	UnitID string `json:"unitID"`
	KeyID  string `json:"keyID"`
}

// Span is a period.
type Span struct {
	Kind string `json:"kind"` // its key, such as 2026-Q3; "" for a free one
	From string `json:"from"` // ISO
	To   string `json:"to"`
}

// Definition names by which definition a figure was counted.
type Definition struct {
	Figure string `json:"figure"`
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
}

// Part is one file in a package.
type Part struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
}

// Hash returns the SHA-256 of the manifest, hex, by which the next one names it.
func (m *Manifest) Hash() string {
	sum := sha256.Sum256(canonical(m))
	return hex.EncodeToString(sum[:])
}

// Content returns what the parts hold: of corrections the kind that they correct.
func (m *Manifest) Content() Kind { return ContentOf(m.Kind, m.Corrects) }

// ContentOf is Manifest.Content of a package of a kind that corrects one of another.
func ContentOf(kind, corrects Kind) Kind {
	if kind == Corrections {
		return corrects
	}
	return kind
}

// Created returns when the package was made.
func (m *Manifest) Created() time.Time {
	t, _ := time.Parse(time.RFC3339, m.CreatedAt)
	return t
}

// Of returns the period.
func (m *Manifest) Of() (data.Period, error) {
	if m.Period.Kind != "" {
		p, err := data.ParsePeriod(m.Period.Kind)
		if err == nil && (p.From.ISO() != m.Period.From || p.To.ISO() != m.Period.To) {
			err = data.Fail(data.Refused, "Kỳ của gói không khớp ngày đầu và ngày cuối.", nil)
		}
		return p, err
	}
	from, err := data.ParseISO(m.Period.From)
	if err != nil {
		return data.Period{}, err
	}
	to, err := data.ParseISO(m.Period.To)
	if err != nil {
		return data.Period{}, err
	}
	return data.FreePeriod(from, to)
}

// FileName returns the name under which a package is best kept.
func (m *Manifest) FileName() string {
	period := m.Period.Kind
	if period == "" {
		period = m.Period.From + "_" + m.Period.To
	}
	return fmt.Sprintf("GOI_%s_%s_%d%s", m.From.UnitID, strings.ReplaceAll(period, ":", "-"), m.Seq, Ending)
}

// check refuses a manifest that no program of this version writes. now is the clock of
// the receiver, which may be a day behind that of the sender.
func (m *Manifest) check(now time.Time) error {
	if m.FormatVersion > FormatVersion {
		return &data.Error{Code: data.Newer, Field: ManifestPart, Message: "Gói do phiên bản mới hơn của chương trình lập. Cài bản mới rồi nhận gói; chưa có gì được nhập."}
	}
	created, err := time.Parse(time.RFC3339, m.CreatedAt)
	asOf, aerr := data.ParseISO(m.AsOf)
	_, perr := m.Of()
	switch {
	case m.FormatVersion != FormatVersion || err != nil || aerr != nil || perr != nil || !asOf.Known():
		return refuse(ManifestPart, "có ngày, kỳ hoặc phiên bản không hợp lệ")
	case created.After(now.Add(24 * time.Hour)):
		return refuse(ManifestPart, fmt.Sprintf("ghi ngày lập %s ở tương lai; kiểm tra đồng hồ của hai máy", data.DayOf(created.Local())))
	case asOf > data.DayOf(created.Local())+1:
		return refuse(ManifestPart, "ghi số liệu tính đến ngày sau ngày lập gói")
	case m.Kind.Title() == "":
		return refuse(ManifestPart, "thuộc loại mà chương trình không biết")
	case (m.Kind == Corrections) != (m.Corrects != "") || m.Kind == Corrections && (m.Replaces == 0 || m.Corrects == Corrections || m.Corrects.Title() == ""):
		return refuse(ManifestPart, "không ghi rõ sửa gói nào")
	case !unitName(m.From.UnitID) || !plain(m.From.Name) || len(m.To) == 0 || m.Seq == 0 || m.Replaces >= m.Seq && m.Replaces != 0 || (m.Seq == 1) != (m.Previous == ""):
		return refuse(ManifestPart, "thiếu nơi gửi, nơi nhận hoặc số của gói")
	}
	return m.checkParts()
}

func (m *Manifest) checkParts() error {
	if len(m.Parts) == 0 || len(m.Parts) > maxParts {
		return refuse(ManifestPart, "không có phần nào, hoặc có quá nhiều phần")
	}
	left, names := int64(MaxUnpacked), []string{}
	for _, p := range m.Parts {
		if !unitName(p.Name) || slices.Contains(names, p.Name) || len(p.SHA256) != 2*sha256.Size || p.Bytes < 0 || p.Rows < 0 {
			return refuse(ManifestPart, "kê một phần không hợp lệ")
		}
		if p.Rows > MaxRows {
			return refuse(p.Name, "có quá 1.000.000 dòng")
		}
		if left -= min(p.Bytes, left+1); left < 0 {
			return refuse(p.Name, "làm gói vượt 2 GiB")
		}
		names = append(names, p.Name)
	}
	return nil
}

// The names of what is no file in a package, for errors.
const (
	SealPart      = "niêm phong"
	ManifestPart  = "bản kê"
	SignaturePart = "chữ ký"
	EndPart       = "phần cuối"
	PhrasePart    = "phrase" // the field of a form
)

// refuse tells in which part of a package something is wrong.
func refuse(part, what string) error {
	return &data.Error{Code: data.Refused, Field: part, Message: fmt.Sprintf("Không nhận gói: phần «%s» %s. Xin đơn vị gửi lại; chưa có gì được nhập.", part, what)}
}
