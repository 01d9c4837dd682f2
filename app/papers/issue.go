package papers

import (
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/data/desk"
	"giaoban/data/disk"
)

// Lacks names what the office has not told and a report therefore leaves empty.
func Lacks(d desk.Reading, name Name) (out []string) {
	o := d.Office()
	need := [][2]string{{"tên cơ quan", o.Name}, {"địa danh của dòng ngày tháng", o.Place}, {"chức danh người ký", o.Title}, {"họ tên người ký", o.Signer}}
	if r, err := ReportOf(name); err == nil && r.Column != "" { // lists are signed by who made them
		need = append(need[:2], [2]string{"người lập danh sách", o.Preparer})
	}
	for _, x := range need {
		if strings.TrimSpace(x[1]) == "" {
			out = append(out, x[0])
		}
	}
	return out
}

// Issued is a report as it was printed or exported.
type Issued struct {
	Month string // 2022-11
	At    string // 05/11/2022 08:30
	Name  string
	Path  string
}

// Key tells a copy from others.
func (x Issued) Key() uint64 {
	h := fnv.New64a()
	h.Write([]byte(x.Path))
	return h.Sum64()
}

// KeepIssued keeps a copy of a report that was printed or exported, under the month
// in which it was.
func KeepIssued(d *desk.Desk, name string, raw []byte) error {
	now := d.Now()
	dir := filepath.Join(desk.IssuedFolder(d.Path()), now.Format("2006-01"))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục lưu báo cáo", err)
	}
	return d.WriteSealed(filepath.Join(dir, now.Format("02-150405")+" "+name+".pdf"), raw)
}

// IssuedReports lists the kept copies, newest first.
func IssuedReports(d *desk.Desk) (out []Issued) {
	dir := desk.IssuedFolder(d.Path())
	names, _ := fs.Glob(os.DirFS(dir), "????-??/*.pdf") // the pattern is sound, and no folder holds no reports
	for _, n := range slices.Backward(names) {
		day, name, ok := strings.Cut(strings.TrimSuffix(path.Base(n), ".pdf"), " ")
		at, err := time.Parse("2006-01/02-150405", path.Dir(n)+"/"+day)
		if ok && err == nil { // other files do not belong here
			out = append(out, Issued{Month: path.Dir(n), At: at.Format("02/01/2006 15:04"), Name: name, Path: filepath.Join(dir, filepath.FromSlash(n))})
		}
	}
	return out
}
