// Package postgres keeps the log of an office's changes on a PostgreSQL server, so
// that several desks work on one register. Every desk has all facts in a data file
// of its own (package ledger), which follows the log; the server orders the changes
// and keeps them, and is never asked for a figure or a list.
//
// A desk that writes takes the turn: it locks the office's row in head, reads what
// others wrote since, and adds its event with the next number. So events are in the
// order of their commits, without gaps, whatever the desks' clocks say. What stands
// in an event is sealed with a key that the server does not know.
//
// The SQL is plain: no extension, trigger, advisory lock or sequence, and every
// table is keyed by office first, so that engines which distribute tables run it
// too. LISTEN and NOTIFY make the others hear of a change at once; where an engine
// lacks them, polling finds it (Interval).
package postgres
