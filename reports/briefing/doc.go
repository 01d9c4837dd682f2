// Package briefing writes the report for a briefing conference on administrative
// reform (register-and-reports 4.6), with its annexes, and the same tables as
// reports of their own.
//
// Its sentences are drafts with bound figures: an officer may rewrite the words,
// but a figure is always filled in from the tables that stand in the annexes, so
// that sentence and table cannot differ. The package counts nothing: it adds up,
// divides and compares what it is given.
package briefing
