// Package paper lays text, tables and pictures on A4 pages and writes them as
// PDF files. It knows the layout of Decree 30/2020/NĐ-CP (letterhead, margins,
// signatures) and the statistical tables of the office.
//
// It is the only package that imports gofpdf. It never computes a figure, never
// reads the clock, and never draws outside the margins. The same calls give the
// same bytes.
package paper
