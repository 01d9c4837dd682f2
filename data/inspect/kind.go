// Package inspect finds dossiers that bend the figures or break a rule: an end
// without a date, a due date that the term does not give, a person who handed in
// the same thing twice. It tells for each kind of fault what is wrong, which
// figure it bends and how, and mends what can be mended without judgement.
//
// The package reads no file and changes none: it is given dossiers one by one
// and what the office knows about them. Nothing here forbids anything; an office
// may accept a finding with a reason.
package inspect

import (
	"strings"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/basis"
)

// Severity says how much a fault matters.
type Severity uint8

// The severities, the worst first.
const (
	Serious Severity = iota // a figure of the reports is wrong
	Doubt                   // something is likely wrong, or a rule was broken
	Minor                   // something is missing that helps
)

// String returns the Vietnamese name.
func (s Severity) String() string {
	return [...]string{"Sai số liệu", "Cần xem lại", "Nên bổ sung"}[min(int(s), 2)]
}

// Kind is one of the checks. What is said of it stands in assets/checks.json.
type Kind struct {
	ID       string // stored with accepted findings, never changes its meaning
	Name     string // in Vietnamese, short
	Why      string // why it matters, one or two sentences; see Reason
	Effect   string // which figure it bends, and how; "" where it bends none
	Severity Severity
	Fix      string // what the mechanical mending does, "" where there is none

	Rests basis.ID // the rule that it is about; "" for none
	Bends bool     // Effect is told with the dossiers' outcomes
	check
}

// check is how a kind finds, tells and mends.
type check struct {
	trips func(l *look) bool
	says  func(l *look) string
	facts func(l *look) string           // what an acceptance holds for; nil: what says tells
	mend  func(l *look, d *data.Dossier) // changes d; nothing where it cannot be mended
}

// checks are those of several kinds, by their ids.
type checks map[string]check

// KindOf returns the check with the id, nil when there is none.
func KindOf(id string) *Kind { return byID[id] }

var (
	kinds []*Kind
	byID  = map[string]*Kind{}
	// placeOf is the place of a check in kinds.
	placeOf = map[*Kind]int{}
)

func init() {
	var file struct{ Serious, Doubt, Minor []*Kind }
	assets.Read("checks.json", &file)
	for severity, list := range [][]*Kind{file.Serious, file.Doubt, file.Minor} {
		for _, k := range list {
			k.Severity, placeOf[k], byID[k.ID] = Severity(severity), len(kinds), k
			kinds = append(kinds, k)
		}
	}
	for _, group := range []checks{dateKinds, dueKinds, courseKinds, catalogueKinds, doubleKinds, codeKinds, peopleKinds, crossKinds} {
		for id, how := range group {
			byID[id].check = how
		}
	}
}

// Reason returns why it matters, with the legal texts behind it.
func (k *Kind) Reason(bases *basis.Table) string {
	if k.Rests == "" {
		return k.Why
	}
	return k.Why + " Căn cứ: " + bases.Told(k.Rests) + "."
}

// Says tells what is wrong with a dossier by this check, with the values. other
// is the dossier that a finding between two names, nil for none.
func (k *Kind) Says(o *Office, d, other *data.Dossier) string {
	l := newLook(o)
	l.other = other
	l.set(d)
	return k.says(&l)
}

// Mend mends a dossier where that needs no judgement. It reports whether
// anything was changed.
func (k *Kind) Mend(o *Office, d *data.Dossier) bool {
	if k.mend == nil {
		return false
	}
	l := newLook(o)
	l.set(d)
	if k.trips == nil || !k.trips(&l) {
		return false
	}
	before := [...]any{d.Due, d.Unit, d.Field, d.Procedure, d.Flags, d.Owner, d.Term}
	copied := *d
	k.mend(&l, &copied)
	*d = copied
	return before != [...]any{d.Due, d.Unit, d.Field, d.Procedure, d.Flags, d.Owner, d.Term}
}

// EffectOf tells how many dossiers stand in which column of form II.06a because
// of the fault; "" where the check bends no figure by itself.
func (k *Kind) EffectOf(t Tally) string {
	if !k.Bends {
		return ""
	}
	var parts []string
	for _, x := range []struct {
		words string
		n     int
	}{
		{"đúng hạn", t[data.OnTime]}, {"trước hạn", t[data.Early]}, {"quá hạn (đã xong)", t[data.Late]}, {"rút, dừng", t[data.WithdrawnOut]},
		{"trong hạn", t[data.PendingInTime]}, {"chờ bổ sung, tạm dừng", t[data.PendingWait]}, {"quá hạn (chưa xong)", t[data.Overdue]},
	} {
		if x.n > 0 {
			parts = append(parts, data.FormatInt(int64(x.n))+" hồ sơ đang tính là "+x.words)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "."
}

// Tally counts dossiers by data.Outcome.
type Tally [8]int
