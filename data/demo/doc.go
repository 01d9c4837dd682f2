// Package demo makes up the demonstration office: a town of the size of the one
// in source article 003, its units, the dossiers of 2021 and 2022 whose figures are
// those of the article, and the sheets of its self-assessment; or an office of today
// with two years that end on a day. No person, place, number or code in it is real. The
// same calendar and day always give the same office.
//
// Facts are planned first, group by group and year by year, so that the figures
// come out exactly; names and texts are added dossier by dossier when the
// register is written. The package reads no clock.
package demo
