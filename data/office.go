package data

import "strings"

// Office is the office that keeps the data file, as its papers name it.
type Office struct {
	Parent    string `json:"Parent"`    // cơ quan chủ quản, may hold several lines
	Name      string `json:"Name"`      // cơ quan ban hành
	Place     string `json:"Place"`     // địa danh of the date line
	Symbol    string `json:"Symbol"`    // symbol after the number of a report, such as BC-UBND
	Receiver  string `json:"Receiver"`  // đơn vị nhận báo cáo
	Authority string `json:"Authority"` // line above the signer's title, such as TM. ỦY BAN NHÂN DÂN
	Title     string `json:"Title"`     // signer's title
	Signer    string `json:"Signer"`
	Preparer  string `json:"Preparer"` // người lập biểu
	Demo      bool   `json:"Demo"`     // true in the demonstration office
	// Level is what sort of office it is, such as LevelCommune; empty in files that
	// were begun before 0.3.0.
	Level Level `json:"Level,omitempty"`
	// Code is the mã định danh of the one-stop, the head of its dossier codes.
	Code string `json:"Code,omitempty"`
	// Desk is the name of the one-stop on slips, such as BỘ PHẬN TIẾP NHẬN VÀ TRẢ
	// KẾT QUẢ; may hold several lines.
	Desk string `json:"Desk,omitempty"`
	// Address and Phone of the one-stop, for slips.
	Address string `json:"Address,omitempty"`
	Phone   string `json:"Phone,omitempty"`
	// Officer is who works at this computer: the receiver of new dossiers, and the
	// author of entries in the journal.
	Officer string `json:"Officer,omitempty"`
}

// MadeUp reports whether a dossier code is one of the demonstration: H99 is the code of
// no province (the last is H63).
func MadeUp(code string) bool { return strings.HasPrefix(code, "H99.") }

// Counter is a desk (bộ phận, người thụ lý) between which dossiers go.
type Counter struct {
	Name    string `json:"Name"`
	Unit    uint32 `json:"Unit,omitempty"`
	Officer string `json:"Officer,omitempty"`
	Closed  bool   `json:"Closed,omitempty"` // no longer offered
}

// Signer signs papers of the office.
type Signer struct {
	Name      string `json:"Name"`
	Title     string `json:"Title"`     // such as PHÓ CHỦ TỊCH
	Authority string `json:"Authority"` // lines above the title, such as TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH
	From      Day    `json:"From"`
	To        Day    `json:"To"`              // days of validity; NoDay for always
	First     bool   `json:"First,omitempty"` // proposed first
}

// Cause is a cause of delay.
type Cause struct {
	Name      string `json:"Name"`
	Objective bool   `json:"Objective"`        // outside of the office's power (khách quan)
	Closed    bool   `json:"Closed,omitempty"` // no longer offered
}

// Letter is one entry of the book of apologies (sổ thư xin lỗi).
type Letter struct {
	Dossier   uint64 `json:"Dossier"`
	Year      int    `json:"Year"`   // the book
	Number    int    `json:"Number"` // within the book, never re-used
	Day       Day    `json:"Day"`
	Promised  Moment `json:"Promised"` // the date promised anew; unknown when none
	Reason    string `json:"Reason"`
	Cause     uint32 `json:"Cause"`
	Signer    string `json:"Signer"`
	Delivered Day    `json:"Delivered"`      // unknown until it reached the citizen
	How       string `json:"How"`            // how it was delivered
	Void      bool   `json:"Void,omitempty"` // written by mistake; keeps its number
}
