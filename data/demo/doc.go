// Package demo makes up the demonstration office: a town of the size of the one
// in source article 003, its units, and the dossiers of 2021 and 2022 whose
// figures are those of the article. No person, place, number or code in it is
// real. The same calendar always gives the same office.
//
// Facts are planned first, group by group and year by year, so that the figures
// come out exactly; names and texts are added dossier by dossier when the
// register is written. The package stores nothing and reads no clock.
package demo
