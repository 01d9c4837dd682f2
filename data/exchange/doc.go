// Package exchange brings registers in and tables out: it opens the files of
// peers 4.1 whatever they are named, or what was copied to the clipboard, finds
// the sheet, the heading and what each column means, judges every row, and gives
// the desk one Record a row; it also compares a record with a dossier that is
// known already. Tables of counts it reads as reports. It writes workbooks, also
// in the layouts in which registers and reports reach an office, so that what it
// writes can be read back.
//
// It never touches the data file and never decides about the catalogue: records
// carry names, the desk turns them into ids. It reads no clock; the day on
// which the import happens comes in as an option.
package exchange
