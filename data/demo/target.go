package demo

import "giaoban/data"

// target holds the figures that one group of units reaches in one year. What is
// resolved follows: carried over and new, less pending.
type target struct {
	fresh     int // received in the year
	online    int // of fresh, online
	postal    int // of all received, carried over included: came in or go back by post
	pending   int // at the end of the year
	waiting   int // of pending: the office waits for the citizen
	stale     int // of waiting: already so a year ago
	overdue   int // of pending
	early     int // of resolved
	late      int // of resolved
	withdrawn int // of resolved: withdrawn or stopped
	surveyed  int // of resolved
	satisfied int // of surveyed
	refused   int // not accepted, in no figure
}

// group is one of the three groups of units of the article.
type group struct {
	level data.Level
	carry target // the end of 2020: only pending, waiting, overdue are used
	years [2]target
}

// articleGroups are the figures of source article 003 (seeds.md and
// register-and-reports 8.4). The article gives for 2022: received, new,
// resolved, early, online, postal and satisfied of the town; received,
// resolved, online and satisfied of the communes; received and resolved of the
// vertical agencies. For 2021 it gives the rates from which those changed:
// online 79,86 % and postal 16,97 % of the town, online 81,47 % of the communes.
// The rest is made up to agree with these.
var articleGroups = []group{
	{
		level: data.LevelDistrict,
		carry: target{pending: 1912, waiting: 560, overdue: 20},
		years: [2]target{
			{fresh: 29104, online: 23242, postal: 5263, pending: 2439, waiting: 840, stale: 6, early: 13288, late: 171, withdrawn: 262, surveyed: 3890, satisfied: 3794, refused: 118},
			{fresh: 31731, online: 29291, postal: 15977, pending: 1656, waiting: 460, stale: 9, early: 18214, withdrawn: 287, surveyed: 6117, satisfied: 6057, refused: 96},
		},
	},
	{
		level: data.LevelCommune,
		carry: target{pending: 203, waiting: 20, overdue: 6},
		years: [2]target{
			{fresh: 24118, online: 19649, postal: 2310, pending: 177, waiting: 24, stale: 1, overdue: 9, early: 22150, late: 193, withdrawn: 96, surveyed: 3110, satisfied: 2989, refused: 64},
			{fresh: 25438, online: 23596, postal: 4890, pending: 218, waiting: 31, stale: 1, overdue: 13, early: 24362, late: 41, withdrawn: 112, surveyed: 4976, satisfied: 4870, refused: 58},
		},
	},
	{
		level: data.LevelVertical,
		carry: target{pending: 318, waiting: 40, overdue: 12},
		years: [2]target{
			{fresh: 24870, online: 13678, postal: 3730, pending: 241, waiting: 38, stale: 2, overdue: 14, early: 15210, late: 299, withdrawn: 141, surveyed: 1900, satisfied: 1821, refused: 71},
			{fresh: 26288, online: 18664, postal: 6110, pending: 176, waiting: 27, stale: 2, overdue: 18, early: 17060, late: 122, withdrawn: 130, surveyed: 2410, satisfied: 2336, refused: 66},
		},
	},
}
