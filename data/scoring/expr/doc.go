// Package expr reads and evaluates the formulas of criteria: numbers, named
// variables, + - * /, parentheses, comparisons, and, or, not, and the functions
// min, max and abs. It reads what officers write: và, hoặc, =, ≥, × and 0,8; only
// between the values of a function a comma parts them, as a semicolon does.
// Arithmetic is exact, on rational numbers.
//
// A formula is data typed by an officer. The package never runs it as program
// text, never loops, and refuses what is too long or too deep, so a formula
// always ends. Its errors are Vietnamese fragments that the caller completes
// with the name of the criterion.
package expr
