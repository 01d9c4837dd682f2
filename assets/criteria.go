package assets

import "embed"

// Criteria holds criteria/*.json, the sample sets of criteria of the reform
// index, one file a set (read by data/scoring). They are reconstructions and
// carry a label that says so. They differ from the study they come from in one
// word: «over» marks the three ratios of the district set that may pass 100 %
// (staff reduced, training, revenue).
//
//go:embed criteria/*.json
var Criteria embed.FS
