package scoring

import (
	"math/big"

	"giaoban/data"
)

// Set is a set of criteria of one year and level, as a decision lays it down.
// It does not change once it was read and may be used from several goroutines.
type Set struct {
	Meta     Meta      `json:"meta"`
	Metrics  []Metric  `json:"metrics"`
	Criteria []*Node   `json:"criteria"` // the domains
	Bonus    []*Adjust `json:"bonus"`
	Penalty  []*Adjust `json:"penalty"`

	checked bool             // read by ParseSet
	index   map[string]*Node // by code; only while checked
	// faults says of criteria why their rule cannot score; see OpenSet.
	faults map[string]string
}

// Meta holds what belongs to a set as a whole.
type Meta struct {
	ID      string `json:"id"`
	Level   string `json:"level"` // free: the levels change with the law
	Title   string `json:"title"`
	Year    int    `json:"year"`
	ValidTo string `json:"valid_to,omitempty"` // YYYY-MM-DD, last day of its level; "" for open
	Status  string `json:"status,omitempty"`
	Label   string `json:"label,omitempty"` // a warning that is printed with the set
	// Before and After are what the decision says above and below its table, such as
	// notes and how points are rounded, one paragraph a line.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Total is what the criteria add up to; where bonus lies within it, with the cap
	// of the bonus.
	Total Points `json:"total"`
	// IndexBase are the points that make a full index, where they are not the total:
	// a tree of 85 with a bonus of 15 has 100. IndexScale is the figure of a full
	// index: 100 for per cent, 1000 for points of a scale of 1000.
	IndexBase     *Points       `json:"index_base,omitempty"`
	IndexScale    *Points       `json:"index_scale,omitempty"`
	IndexUnit     string        `json:"index_unit,omitempty"`
	Rounding      Rounding      `json:"rounding"`
	NotApplicable NotApplicable `json:"not_applicable"`
	NoSurvey      NoSurvey      `json:"no_survey"`
	// BonusOutside says that bonus is no part of the total. Where it is one, the
	// total is that of the criteria and the cap of the bonus.
	BonusOutside bool              `json:"bonus_counted_outside_total"`
	FinalClamp   []Number          `json:"final_clamp"` // least and greatest index; empty for no bounds
	BasisValues  map[string]string `json:"basis_values,omitempty"`
	Grades       []Grade           `json:"grades"`
	GradesBasis  string            `json:"grades_basis,omitempty"`
	GradeRule    string            `json:"grade_rule,omitempty"`
	TieRule      TieRule           `json:"tie_rule,omitempty"` // "" is Competition
	Source       string            `json:"source,omitempty"`
	SurveyMax    *Points           `json:"survey_max,omitempty"`  // checked against the leaves
	SelfMax      *Points           `json:"self_max,omitempty"`    // checked against the leaves
	BonusCap     *Points           `json:"bonus_cap,omitempty"`   // nil for no cap over all
	PenaltyCap   *Points           `json:"penalty_cap,omitempty"` // nil for no cap over all
	Facts        []Fact            `json:"facts,omitempty"`       // what rules ask of a unit
	GradeVars    []Var             `json:"grade_vars,omitempty"`  // what conditions of grades take from criteria
	// SubmitBy is the last day of submission, MM-DD in the year of the sheet or
	// YYYY-MM-DD; a sheet that comes later is not evaluated. "" for none.
	SubmitBy string `json:"submit_by,omitempty"`
}

// Base returns the points that make a full index.
func (m *Meta) Base() Points {
	if m.IndexBase != nil {
		return *m.IndexBase
	}
	return m.Total
}

// Scale returns the figure of a full index.
func (m *Meta) Scale() Points {
	if m.IndexScale != nil {
		return *m.IndexScale
	}
	return 100 * Point
}

// PointsOf turns an index into the points that it stands for.
func (m *Meta) PointsOf(index Points) Points {
	return m.Rounding.total(new(big.Rat).Mul(index.rat(), big.NewRat(int64(m.Base()), int64(m.Scale()))))
}

// LastDay returns the last day of validity; unknown for an open set, or where the day
// cannot be read, which ParseSet refuses.
func (m *Meta) LastDay() data.Day {
	d, err := data.ParseISO(m.ValidTo)
	if err != nil {
		return data.NoDay
	}
	return d
}

// The policies for criteria that are not assessed.
const (
	// ExcludeAndRescale takes them out of the maximum and scales the rest of
	// their part up to its full maximum (scoring 1.3).
	ExcludeAndRescale = "exclude_and_rescale"
	CountFull         = "full" // they count their maximum in the index
	CountZero         = "zero" // they count nothing
)

// NotApplicable is the policy for criteria that are not assessed.
type NotApplicable struct {
	Policy string `json:"policy"` // ExcludeAndRescale, CountFull, CountZero
	Note   string `json:"note,omitempty"`
}

// The policies for a year without a survey.
const (
	RescaleSelf = "rescale_self_part_to_100" // the self-assessed part becomes the whole (scoring 1.3)
	SurveyZero  = "zero"                     // the survey counts nothing
)

// NoSurvey is the policy for a year without a survey.
type NoSurvey struct {
	Policy string `json:"policy"` // RescaleSelf, SurveyZero
}

// Grade is a grade of the index: min <= index < max, the best one up to its max. A
// unit that does not meet its conditions gets the next grade whose conditions it meets.
type Grade struct {
	Name  string `json:"name"`
	Min   Number `json:"min"`
	Max   Number `json:"max"`
	Needs []Need `json:"conditions,omitempty"`
}

// Metric is a figure that a register can give.
type Metric struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Type       string `json:"type"`
	Definition string `json:"definition"`
}

// MetricRef names the metrics that answer a criterion.
type MetricRef struct {
	Value       string `json:"value"`
	Numerator   string `json:"numerator,omitempty"`
	Denominator string `json:"denominator,omitempty"`
	Scope       string `json:"scope,omitempty"`
	Note        string `json:"note,omitempty"`
}

// Node is a domain, a criterion or a sub-criterion: a group with children, or a
// leaf with a rule.
type Node struct {
	Code     string
	Title    string
	Max      Points
	Min      *Points   // points may go down to it where it is below nought; nil for nought
	Rule     Rule      // nil for a group
	None     *NoneRule // what it gives where nothing occurred; nil refuses that answer
	Variants []*Variant
	// Take is "" for a group whose criteria add up, TakeHighest for one of
	// alternatives, criteria or groups of them, of which the highest counts.
	Take     string
	Evidence []string
	Owner    string
	Metric   *MetricRef
	// NAAllowed tells whether the decision foresees that the criterion is not
	// assessed. Where it does not, the evaluation marks the answer, for the
	// appraiser must agree (scoring 3.2, case 9).
	NAAllowed bool
	Basis     string
	Note      string
	// Words are what the decision says of the criterion's points, line by line, as it
	// was read from its annex; a leaf without a rule has nothing else.
	Words    string
	Children []*Node

	// Asks are the facts of the unit that its rules use; ParseSet fills it.
	Asks []Fact

	// ByKind says of a node of Set.For that units of other kinds have another rule.
	ByKind bool
	// Skip says of a node of Set.For that it does not apply to the unit, SkipWhy why.
	Skip    bool
	SkipWhy string
}

// Leaf reports whether the node is scored itself.
func (n *Node) Leaf() bool { return n.Rule != nil }

// Survey reports whether the node is a leaf of the survey.
func (n *Node) Survey() bool { return n.Rule != nil && n.Rule.Kind() == KindSurvey }

// Walk calls visit for each node before its children, in the order of the set;
// path holds the nodes above, outermost first, and is valid during the call.
func (s *Set) Walk(visit func(n *Node, path []*Node)) {
	var walk func(nodes, path []*Node)
	walk = func(nodes, path []*Node) {
		for _, n := range nodes {
			visit(n, path)
			walk(n.Children, append(path, n))
		}
	}
	walk(s.Criteria, nil)
}

// Node returns the node of a code, nil where there is none.
func (s *Set) Node(code string) *Node {
	if s.checked {
		return s.index[code]
	}
	var found *Node
	s.Walk(func(n *Node, _ []*Node) {
		if n.Code == code && found == nil {
			found = n
		}
	})
	return found
}

// Adjust is an entry of the bonus or penalty list.
type Adjust struct {
	Code     string     `json:"code"`
	Title    string     `json:"title"`
	Domain   string     `json:"domain,omitempty"` // code of a node
	Kind     string     `json:"kind,omitempty"`
	Cap      *Points    `json:"cap,omitempty"` // nil for none
	Basis    string     `json:"basis,omitempty"`
	Evidence []string   `json:"evidence,omitempty"`
	Words    string     `json:"words,omitempty"` // as Node.Words
	Rule     AdjustRule `json:"rule"`
}

// AdjustRule lists the ways to earn or lose points. Take is "" for their sum,
// TakeHighest where only the highest counts.
type AdjustRule struct {
	Options []AdjustOption `json:"options"`
	Take    string         `json:"take,omitempty"`
}

// The ways to count an option.
const (
	PerEach = "each" // points for each case
	PerOnce = "once" // points once, however many cases there are
	PerFree = "free" // what a council decides, from 0 to the points
)

// AdjustOption is one way to earn or lose points. Points are positive in both
// lists.
type AdjustOption struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Points Points `json:"points"`
	Per    string `json:"per"` // PerEach, PerOnce, PerFree; "" beside Expr
	// Expr gives the points of n cases together, as in Event; Points are 0 then.
	Expr string `json:"expr,omitempty"`
}
