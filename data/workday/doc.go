// Package workday knows on which days and at which hours a state office works,
// and computes from that when a dossier is due.
//
// A Calendar holds the special days of each year (public holidays, days off in
// lieu, swapped days, Saturdays worked in return), as shipped or as edited by
// an officer; years for which nothing is decided are proposed by rule and
// marked so. Due is the only place that counts a term: the date and the
// day-by-day explanation come out of the same walk. Lunar dates are computed
// at UTC+7 from the positions of moon and sun.
//
// The package never reads the wall clock, never stores anything, and never
// changes a date that was already promised: it only says what a calendar gives.
package workday
