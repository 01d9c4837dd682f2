package demo

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"sync"

	"giaoban/data"
	"giaoban/data/scoring"
)

// province is a code of agencies that no province has (register-and-reports
// 2.2 ends at H63).
const province = "H99.14"

// unitPlan is a unit with its share of the load of its group and the fields it
// handles, with their shares.
type unitPlan struct {
	Name   string
	Code   string
	Level  data.Level
	Load   float64
	Speed  float64 // above 1: more dossiers before their date
	Fields map[string]float64
	// Counter says that the one-stop centre, the first unit, receives for it; Kind is
	// what sort of office it is.
	Counter  bool
	Kind     data.UnitKind
	New      bool     // founded by the reform
	From, To data.Day // of its existence; unknown for always
	Into     int      // the unit that carries on its work since the reform; 0 for none
}

// kind is what sort of office it is: by its level where the script does not say.
func (u *unitPlan) kind() data.UnitKind {
	of := map[data.Level]data.UnitKind{data.LevelCommune: data.KindCommune, data.LevelVertical: data.KindVertical}
	if u.Load == 0 {
		return cmp.Or(u.Kind, data.KindCentre)
	}
	return cmp.Or(u.Kind, of[u.Level], data.KindDepartment)
}

// favourite tells which procedures most people come for: the weight of those whose
// name holds the words. The first match counts; others weigh 1.
type favourite struct {
	Level  data.Level
	Words  string
	Weight float64
}

// script is what the demonstration is made up from.
type script struct {
	Office     data.Office        // of the town
	Town, Ward []unitPlan         // the one-stop centre first
	Commune    map[string]float64 // shares of fields in every commune, for units that name none
	// TownGroups are the figures of source article 003 (seeds.md and register-and-reports
	// 8.4). The article gives for 2022: received, new, resolved, early, online, postal and
	// satisfied of the town; received, resolved, online and satisfied of the communes;
	// received and resolved of the vertical agencies. For 2021 it gives the rates from
	// which those changed: online 79,86 % and postal 16,97 % of the town, online 81,47 %
	// of the communes. The rest is made up to agree with these.
	TownGroups []group
	WardGroups []group // about what a ward of 40.000 people has
	Popular    []favourite
	LeftOut    []string         // words of procedures that are not handled: mobile and border services, and those of later years
	Fees       map[string]int64 // of fields for which the catalogue knows none, in đồng
	Companies  map[string]int   // per cent of organisations, of the fields to which many come

	Missing, Delays, Refusals []string // reasons of supplements, letters of apology and refusals

	// The syllables of which names are put together. A name that a person bears is
	// chance.
	Families, Highland, MenMiddle, MenGiven, WomMiddle, WomGiven, Minority, FirmKinds, FirmFirst, FirmLast []string

	// OwnPlan says what the office's own sheet reaches in each domain of a year. For 2022
	// these are the figures of article 002 (register-and-reports 8.3); the domain that it
	// leaves out gets what the total then demands when the bonus is counted in it, which
	// the article does not say. OwnLosses are leaves that lose just these points before
	// the fillers of each domain take what is left to lose.
	OwnPlan, OwnLosses map[int]map[string]scoring.Points
	Fillers            map[string][]filler
	OwnBonus           map[int]map[string]scoring.Counts // of article 002: 1 for procedures and 0,5 for finance in 2022
	Causes             []cause
	Districts          []string // the other eleven units of the made-up province
	// PeerPlan holds for 2022 the ranks of article 002: 7 of 12, four places down;
	// procedures 2, organisation 9, civil service 9, finance 1, survey 6, four places up.
	PeerPlan map[int]peers
	Readings []row // of other indices

	Plan                             []struct{ Domain, Text, Product string } // the tasks of a year
	Conclusions, Petitions, Findings []string

	// Monthly are the rates of the office in a month: about how many are counted, and
	// between which percentages it goes from the first month to the last.
	Monthly []struct {
		Code            string
		Of, First, Last int
		ByUnit          bool
	}
	Counted []struct { // numbers of the office in a month
		Code      string
		From, Top int
	}
	Steady []struct{ Code, Value string } // of the office at the end of a quarter
}

//go:embed script.json
var scriptFile []byte

// tale is the script, read once. It panics when the file is damaged, which a test
// rules out.
var tale = sync.OnceValue(func() *script {
	s := new(script)
	if err := json.Unmarshal(scriptFile, s); err != nil {
		panic(err)
	}
	for _, list := range [][]unitPlan{s.Town, s.Ward} {
		for i := range list {
			u := &list[i]
			if u.Fields == nil && u.Load > 0 {
				u.Fields = s.Commune
			}
			if u.New {
				u.From = reform
			}
			if u.Into > 0 {
				u.To = reform - 1
			}
			u.Counter = u.Level == data.LevelDistrict || u.New && u.Level == data.LevelCommune
		}
	}
	return s
})
