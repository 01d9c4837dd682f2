// Package data holds what an office knows: units, fields, procedures, dossiers
// and the dated events that happen to them, report periods, rates, and the
// errors that an officer reads.
//
// A dossier is its receipt plus an append-only list of events; its status, due
// date and lateness are computed for any day asked and never stored
// (see Dossier.On). The package does no input or output, knows no screen and
// no paper, and never reads the wall clock.
package data
