// Package expr reads and evaluates the formulas of criteria: numbers, named
// variables, + - * /, parentheses, comparisons, and, or, not, and the functions
// min, max, abs, floor, ceil, round and if. It reads what officers write: và, hoặc,
// =, ≥, × and 0,8. Semicolons part the values of a function; commas do too where
// they cannot be those of decimals, and a formula that can be read in two ways is
// refused. Arithmetic is exact, on rational numbers.
//
// A formula is data typed by an officer. The package never runs it as program
// text, never loops, and refuses what is too long or too deep, so a formula
// always ends. Its errors are Vietnamese fragments that the caller completes
// with the name of the criterion.
package expr
