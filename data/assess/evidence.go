package assess

import "giaoban/data"

// Evidence is one document that proves points: one document may stand for many
// leaves and sheets.
type Evidence struct {
	ID     uint64   `json:"-"`
	Title  string   `json:"Title"`  // tên tài liệu, trích yếu
	Number string   `json:"Number"` // số, ký hiệu
	Date   data.Day `json:"Date"`
	Issuer string   `json:"Issuer"` // cơ quan ban hành
	Links  []Link   `json:"Links"`
	File   *File    `json:"File,omitempty"`   // nil where only the document is named
	Until  data.Day `json:"Until,omitempty"`  // valid until; NoDay for open
	Secret bool     `json:"Secret,omitempty"` // not copied into exports
	Note   string   `json:"Note,omitempty"`
	By     string   `json:"By,omitempty"`
	At     int64    `json:"At"`
}

// Link says which leaf of which sheet a document proves, and where in it.
type Link struct {
	Sheet   uint64 `json:"Sheet"`
	Code    string `json:"Code"`
	Section string `json:"Section,omitempty"` // mục
	Page    string `json:"Page,omitempty"`    // trang
	Round   Round  `json:"Round"`             // Self, or Explained for what was added with an explanation
}

// File is a file of evidence in the folder beside the data file.
type File struct {
	Name string `json:"Name"` // as the officer's file was called
	Size int64  `json:"Size"`
	Hash string `json:"Hash"` // SHA-256 in hexadecimal; the stored file is called Hash + Ext
	Ext  string `json:"Ext"`  // such as .pdf; "" where there was none
}

// Stored returns the name of the file in the folder beside the data file.
func (f *File) Stored() string { return f.Hash + f.Ext }

// FileState tells whether the file of an evidence is there and whole.
type FileState string

// The states of a file.
const (
	FileNone    FileState = "none"    // the evidence has no file
	FileThere   FileState = "there"   // it is there, of the right size
	FileGone    FileState = "gone"    // it vanished from the disk
	FileChanged FileState = "changed" // it has another size or content
)

// String returns the Vietnamese name.
func (s FileState) String() string {
	switch s {
	case FileNone:
		return "Không kèm tệp"
	case FileThere:
		return "Có tệp"
	case FileGone:
		return "Mất tệp"
	case FileChanged:
		return "Tệp bị thay đổi"
	}
	return string(s)
}
