// Package book keeps the self-assessment of an office in its data file: criteria
// sets, periods, sheets with their rounds, evidence and its files, remedial
// tasks, published results and readings of other indices. Screens, commands and
// the demonstration office stand on it.
//
// It writes through the desk only, one change of the journal for each thing that
// an officer does, and takes figures from the register through the desk. What is
// told from the records is computed in package assess. It shows and prints
// nothing, and never deletes a file of evidence.
package book
