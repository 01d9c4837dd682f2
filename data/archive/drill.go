package archive

import "giaoban/data"

// Drill is the protocol of a restore that was tried: the newest backup was restored into
// a file of its own, and what came out was compared with what went in.
type Drill struct {
	Office string
	At     data.Moment
	Backup string // its name, without the folder
	Made   data.Moment
	Size   int64 // bytes
	Plain  bool  // a data file alone, as version 0.2.0 made them
	Lines  []DrillLine
	Faults []string // what the check of the restored file found, and what is missing
	Behind int      // changes in the register that the backup does not hold yet
	Sound  bool
}

// DrillLine is one thing that was compared.
type DrillLine struct {
	What, Backup, Restored string
	Same                   bool
}
