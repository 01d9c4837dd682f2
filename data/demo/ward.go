package demo

import "giaoban/data"

// The ward of today: three communes became one on 1 July 2025.
const (
	wardPlace = 4 // index of the unit that bears its name
)

func wardOffice() data.Office {
	o := townOffice()
	o.Name, o.Level = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐÔNG HÀ SƠN", data.LevelCommune
	o.Desk = "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG"
	o.Address = "Số 1 đường Minh Họa, phường Đông Hà Sơn"
	o.Receiver = "Ủy ban nhân dân tỉnh"
	return o
}

// target holds the figures that one group of units reaches in one year. What is
// resolved follows: carried over and new, less pending.
type target struct {
	Fresh     int // received in the year
	Online    int // of fresh, online
	Postal    int // of all received, carried over included: came in or go back by post
	Pending   int // at the end of the year
	Waiting   int // of pending: the office waits for the citizen
	Stale     int // of waiting: already so a year ago
	Overdue   int // of pending
	Early     int // of resolved
	Late      int // of resolved
	Withdrawn int // of resolved: withdrawn or stopped
	Surveyed  int // of resolved
	Satisfied int // of surveyed
	Refused   int // not accepted, in no figure
}

// group is one of the three groups of units of the article.
type group struct {
	Level data.Level
	Carry target // the end of 2020: only pending, waiting, overdue are used
	Years [2]target
}
