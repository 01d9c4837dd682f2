// Package reconcile compares the dossiers of an export, such as a province
// gives them, with the own book, and says what differs: which dossiers are
// missing on either side, and which dates, states, results, owners and
// procedures do not agree (idea 11 of peers 6).
//
// It never writes and never decides who is right: each finding names what can
// be done about it, and Take computes a dossier as the file has it. It reads
// the own book through an interface, so that it knows nothing of the data file.
package reconcile
