// Package trouble keeps what a helper needs when something went wrong: a log that
// is turned over when it grows, the text of a crash, and the report that an officer
// can send. None of them holds personal data: no names, no numbers of dossiers or
// people, nothing that was typed, no paths. Words of errors are therefore never
// written down, only their kinds, codes and fields. The package draws nothing.
package trouble
