package data

import "strings"

// Office is the office that keeps the data file, as its papers name it.
type Office struct {
	Parent    string // cơ quan chủ quản, may hold several lines
	Name      string // cơ quan ban hành
	Place     string // địa danh of the date line
	Symbol    string // symbol after the number of a report, such as BC-UBND
	Receiver  string // đơn vị nhận báo cáo
	Authority string // line above the signer's title, such as TM. ỦY BAN NHÂN DÂN
	Title     string // signer's title
	Signer    string
	Preparer  string // người lập biểu
	Demo      bool   // true in the demonstration office
	// Level is what sort of office it is, such as LevelCommune; empty in files that
	// were begun before 0.3.0.
	Level Level `json:",omitempty"`
	// Code is the mã định danh of the one-stop, the head of its dossier codes.
	Code string `json:",omitempty"`
	// Desk is the name of the one-stop on slips, such as BỘ PHẬN TIẾP NHẬN VÀ TRẢ
	// KẾT QUẢ; may hold several lines.
	Desk string `json:",omitempty"`
	// Address and Phone of the one-stop, for slips.
	Address string `json:",omitempty"`
	Phone   string `json:",omitempty"`
	// Officer is who works at this computer: the receiver of new dossiers, and the
	// author of entries in the journal.
	Officer string `json:",omitempty"`
}

// MadeUp reports whether a dossier code is one of the demonstration: H99 is the code of
// no province (the last is H63).
func MadeUp(code string) bool { return strings.HasPrefix(code, "H99.") }

// Counter is a desk (bộ phận, người thụ lý) between which dossiers go.
type Counter struct {
	Name    string
	Unit    uint32 `json:",omitempty"`
	Officer string `json:",omitempty"`
	Closed  bool   `json:",omitempty"` // no longer offered
}

// Signer signs papers of the office.
type Signer struct {
	Name      string
	Title     string // such as PHÓ CHỦ TỊCH
	Authority string // lines above the title, such as TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH
	From, To  Day    // days of validity; NoDay for always
	First     bool   `json:",omitempty"` // proposed first
}

// Cause is a cause of delay.
type Cause struct {
	Name      string
	Objective bool // outside of the office's power (khách quan)
	Closed    bool `json:",omitempty"` // no longer offered
}

// Letter is one entry of the book of apologies (sổ thư xin lỗi).
type Letter struct {
	Dossier   uint64
	Year      int // the book
	Number    int // within the book, never re-used
	Day       Day
	Promised  Moment // the date promised anew; unknown when none
	Reason    string
	Cause     uint32
	Signer    string
	Delivered Day    // unknown until it reached the citizen
	How       string // how it was delivered
	Void      bool   `json:",omitempty"` // written by mistake; keeps its number
}
