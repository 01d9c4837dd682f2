// Package assess holds what an office knows of its self-assessment for the
// administrative reform index (Chỉ số CCHC): periods, sheets with their four
// rounds, evidence, remedial tasks, published ranks, readings of other indices,
// and what is told from them: ranks, lost points, the cheapest points to regain
// and the forecast (scoring, sections 3 to 7).
//
// It computes with package scoring and the figures of the register that it is
// given. It opens no file, stores nothing and reads no clock: package
// assess/book keeps its records in the data file.
package assess
