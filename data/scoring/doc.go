// Package scoring evaluates self-assessment sheets of the administrative reform
// index (Chỉ số CCHC). Sets of criteria are data: a tree of any depth with a
// rule at each leaf, lists of bonus and penalty points, policies and grades,
// read from JSON and checked so that every fault names its criterion.
//
// Evaluate turns a set and a sheet of answers into points by node, bonus,
// penalty, index and grade. Points are integer thousandths, rates and formulas
// are exact rationals, and thresholds are compared before anything is rounded
// (scoring, section 3.2). Ranks, lost points and the difference of two sets are
// computed beside it.
//
// The package stores nothing, reads no clock and opens no file but the sets
// that the program ships. It never guesses an answer: what is not answered
// stays open and counts nothing.
package scoring
