// Package reform writes the official report on administrative reform with its statistical
// annex (briefing 9.1 and 9.2), and the tables by unit that centres print around it (9.3):
// progress, online services, digitising, payment, what is overdue, causes of delay, form
// II.07b and procedures without a dossier.
//
// It counts nothing: every figure is given to it, and what is not known stays blank.
package reform
