// Package safety draws the papers by which an office can rely on its data: the protocol
// of a restore that was tried, and the sheet with the code that opens all that is sealed.
package safety

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/reports/paper"
)

// BuildProtocol lays out the protocol of a restore drill on one page of A4.
func BuildProtocol(ctx context.Context, office data.Office, p *archive.Drill, o paper.Options) (*paper.Document, error) {
	d := paper.New(ctx, o)
	d.Section(paper.Section{Restart: true, Size: 13})
	d.Letterhead(paper.Letterhead{Parent: office.Parent, Name: office.Name, Place: office.Place, Date: p.At.Day, Symbol: "BB"})
	d.Title("Biên bản", "Diễn tập khôi phục dữ liệu từ bản sao lưu")
	line := func(what, text string) { d.Paragraph(paper.Run{Text: what + ": "}, paper.Run{Text: text, Bold: true}) }
	line("Thời điểm diễn tập", p.At.String())
	line("Bản sao lưu", fmt.Sprintf("%s, %s byte, lập %s", p.Backup, data.FormatInt(p.Size), p.Made))
	d.Paragraph(paper.Run{Text: "Cách làm: bản sao lưu được khôi phục vào một tệp riêng bằng đúng chức năng khôi phục của chương trình, mở ra kiểm tra toàn bộ, so với số liệu ghi trong bản sao lưu, rồi xóa tệp riêng. Sổ đang dùng không bị động đến."})
	width := d.Width()
	d.Table(paper.Table{Size: 12, HeadSize: 12, Rows: len(p.Lines), Columns: []paper.Column{{Width: width * 0.34}, {Width: width * 0.25, Align: paper.Right}, {Width: width * 0.25, Align: paper.Right}, {Width: width * 0.16, Align: paper.Center}},
		Header: [][]paper.Head{{{Text: "Nội dung so"}, {Text: "Bản sao lưu ghi"}, {Text: "Sau khi khôi phục"}, {Text: "Kết quả"}}},
		At: func(i int) paper.Row {
			l := p.Lines[i]
			said := "khớp"
			if !l.Same {
				said = "LỆCH"
			}
			return paper.Row{Cells: []string{l.What, l.Backup, l.Restored, said}, Bold: !l.Same}
		}})
	if p.Plain {
		d.Paragraph(paper.Run{Text: "Bản sao lưu này do phiên bản cũ lập, chỉ có tệp dữ liệu, không kèm tệp minh chứng."})
	}
	for i, fault := range p.Faults {
		if i == 12 {
			d.Bullet(paper.Run{Text: fmt.Sprintf("… và %d chỗ nữa.", len(p.Faults)-i)})
			break
		}
		d.Bullet(paper.Run{Text: fault})
	}
	verdict := "ĐẠT: khôi phục được đầy đủ từ bản sao lưu này."
	if !p.Sound {
		verdict = "KHÔNG ĐẠT: sao lưu lại ngay, kiểm tra ổ đĩa và diễn tập lại."
	}
	d.Paragraph(paper.Run{Text: "Kết luận: "}, paper.Run{Text: verdict, Bold: true})
	if p.Behind > 0 {
		d.Paragraph(paper.Run{Text: fmt.Sprintf("Sổ đang dùng đã có thêm %s thao tác sau bản sao lưu này; nếu phải khôi phục thì nhập lại chừng ấy.", data.FormatInt(int64(p.Behind)))})
	}
	d.Signers(12, paper.Signer{Title: "NGƯỜI DIỄN TẬP", Note: "(Ký, ghi rõ họ tên)", Name: office.Officer}, paper.Signer{Title: "XÁC NHẬN CỦA CƠ QUAN", Note: "(Ký, ghi rõ họ tên)"})
	return d, d.Err()
}

// Sheet is what a recovery sheet is drawn from.
type Sheet struct {
	Office data.Office
	// Code is the recovery code as it is printed: groups of letters and digits parted by
	// dashes, the last of which checks the others.
	Code string
	Made data.Moment
	File string // name of the data file, without its folder
}

// BuildSheet lays out the recovery sheet on one page of A4: the code in letters and as a
// QR code of the same letters, what it opens, and how it is used. It is printed once and
// kept under lock; the program does not keep the code.
func BuildSheet(ctx context.Context, s *Sheet, o paper.Options) (*paper.Document, error) {
	return s.build(ctx, o, sheetWords{
		title: "Tờ khôi phục", subtitle: "Mã mở dữ liệu của Sổ Giao Ban CCHC",
		warning: "TÀI LIỆU MẬT CỦA CƠ QUAN. Ai có mã này thì mở được toàn bộ dữ liệu.", made: "Lập lúc ", maker: "NGƯỜI LẬP",
		steps: []string{
			"Mã mở được: tệp dữ liệu, tệp minh chứng, báo cáo đã chốt và mọi bản sao lưu lập từ " + s.Made.String() + " của sổ «" + s.File + "».",
			"Khi quên mật khẩu: ở màn hình mở sổ chọn «Quên mật khẩu», gõ mã hoặc quét mã QR, rồi đặt mật khẩu mới.",
			"Khi máy hỏng: cài chương trình ở máy khác, chọn «Khôi phục từ bản sao lưu», chọn bản trên USB hoặc ổ khác, gõ mã này.",
			"Gõ cả chín nhóm; chữ hoa hay thường, có gạch nối hay không đều được. Nhóm cuối dùng để phát hiện gõ sai. Mã không dùng chữ I, L, O, U.",
			"Chương trình không giữ mã này. Mất tờ giấy mà quên mật khẩu thì không ai mở được dữ liệu nữa.",
			"Cất trong tủ có khóa, phong bì niêm phong, tách khỏi máy và USB. Lập mã mới thì hủy tờ này, trừ khi còn giữ bản sao lưu cũ.",
		},
	})
}

// BuildConnection lays out the sheet with the connection code of a register on a
// server, whose address stands for the file of the sheet.
func BuildConnection(ctx context.Context, s *Sheet, o paper.Options) (*paper.Document, error) {
	return s.build(ctx, o, sheetWords{
		title: "Tờ mã kết nối", subtitle: "Nối thêm quầy vào sổ trên máy chủ",
		warning: "GIỮ NHƯ MẬT KHẨU. Ai có mã này và vào được máy chủ thì đọc được cả sổ.", made: "In lúc ", maker: "NGƯỜI IN",
		steps: []string{
			"Máy chủ: " + s.File + ".",
			"Ở máy của quầy mới: mở chương trình, ở trang mở đầu chọn «Nối vào sổ trên máy chủ», gõ máy chủ, đăng nhập riêng của quầy ấy, tên quầy và mã này.",
			"Đối chiếu dấu vân tay chứng thư mà chương trình hỏi với tờ của người quản trị máy chủ.",
			"Gõ cả chín nhóm; chữ hoa hay thường, có gạch nối hay không đều được. Nhóm cuối dùng để phát hiện gõ sai. Mã không dùng chữ I, L, O, U.",
			"Xem lại mã ở một quầy đang mở sổ: Thiết lập, phần Nhiều quầy. Không còn quầy nào mở được mà mất tờ này thì không ai mở được sổ trên máy chủ.",
		},
	})
}

// sheetWords are what differs between sheets with a code.
type sheetWords struct {
	title, subtitle, warning string
	steps                    []string
	made, maker              string // before the moment, and the title of who signs first
	holder, holds            string // the title of who signs beside, and how; "" is who keeps the sheet
}

func (s *Sheet) build(ctx context.Context, o paper.Options, w sheetWords) (*paper.Document, error) {
	d := paper.New(ctx, o)
	d.Section(paper.Section{Restart: true, Size: 13})
	d.Letterhead(paper.Letterhead{Parent: s.Office.Parent, Name: s.Office.Name, NoNumber: true})
	d.Title(w.title, w.subtitle)
	d.Centered(13, paper.Run{Text: w.warning, Bold: true})
	d.Space(4)
	codeBand(d, s.Code)
	d.Space(3)
	for _, step := range w.steps {
		d.Bullet(paper.Run{Text: step})
	}
	d.Space(2)
	d.Note(11, paper.Run{Text: w.made + s.Made.String() + "."})
	d.Signers(12, paper.Signer{Title: w.maker, Note: "(Ký, ghi rõ họ tên)", Name: s.Office.Officer}, paper.Signer{Title: cmp.Or(w.holder, "NGƯỜI GIỮ"), Note: cmp.Or(w.holds, "(Ký, ghi rõ họ tên, ngày nhận)")})
	return d, d.Err()
}

// codeBand sets the groups of the code three in a line, each with its number, beside
// the QR code.
func codeBand(d *paper.Document, code string) {
	const side, groupsOfLine = 52, 3
	groups := strings.Split(code, "-")
	var lines []paper.BandLine
	for i := 0; i < len(groups); i += groupsOfLine {
		row := groups[i:min(i+groupsOfLine, len(groups))]
		lines = append(lines, paper.BandLine{Text: fmt.Sprintf("nhóm %d đến %d", i+1, i+len(row)), Size: 9, Align: paper.Center, Before: 6},
			paper.BandLine{Text: strings.Join(row, "  –  "), Size: 22, Bold: true, Align: paper.Center})
	}
	d.Band(false, 4, paper.BandColumn{Width: d.Width() - side - 6, Lines: lines}, paper.BandColumn{Width: 6},
		paper.BandColumn{Width: side, Lines: []paper.BandLine{{Blank: side, QR: code}, {Text: "Mã QR của cùng mã ấy", Size: 9, Align: paper.Center}}})
}
