// Package inspect finds dossiers that bend the figures or break a rule: an end
// without a date, a due date that the term does not give, a person who handed in
// the same thing twice. It tells for each kind of fault what is wrong, which
// figure it bends and how, and mends what can be mended without judgement.
//
// The package reads no file and changes none: it is given dossiers one by one
// and what the office knows about them. Nothing here forbids anything; an office
// may accept a finding with a reason.
package inspect
