package safety

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Erasure is the proof that personal data were erased after their term of keeping.
type Erasure struct {
	Office       data.Office
	File         string // name of the data file
	At           data.Moment
	By, Basis    string
	Before       data.Day // the dossiers ended before it
	Years        int      // of keeping
	Codes        []string // of the dossiers
	Letters      int
	Kept, Opened int    // dossiers of that age that stayed, and those of them that have not ended
	Head         string // of the journal before
	Older        int    // backups that were made before and still hold the data
}

// codesInRow is how many codes stand in a row of the table.
const codesInRow = 4

// BuildErasure draws the proof: what was erased, on what ground, what stays, and the codes.
func BuildErasure(ctx context.Context, list []Erasure, o paper.Options) (*paper.Document, error) {
	d := paper.New(ctx, o)
	for i := range list {
		list[i].draw(d)
	}
	return d, d.Err()
}

func (x *Erasure) draw(d *paper.Document) {
	number := func(n int) string { return data.FormatInt(int64(n)) }
	d.Section(paper.Section{Restart: true, Size: 13})
	d.Letterhead(paper.Letterhead{Parent: x.Office.Parent, Name: x.Office.Name, Place: x.Office.Place, Date: x.At.Day, NoNumber: true})
	d.Title("Biên bản xóa dữ liệu cá nhân hết thời hạn lưu", fmt.Sprintf("Sổ «%s»", x.File))
	d.Paragraph(paper.Run{Text: fmt.Sprintf("Lúc %s, %s đã xóa dữ liệu cá nhân của %s hồ sơ kết thúc trước ngày %s, quá thời hạn lưu %d năm.", x.At, who(x.By), number(len(x.Codes)), x.Before, x.Years)})
	d.Paragraph(paper.Run{Text: "Căn cứ: "}, paper.Run{Text: x.Basis, Bold: true})
	d.Paragraph(paper.Run{Text: "Đã xóa: họ tên, số giấy tờ, điện thoại, thư điện tử, địa chỉ của chủ hồ sơ và người nộp thay; nội dung, ghi chú, lời của từng diễn biến, tên giấy tờ kèm theo" + letters(x.Letters) +
		". Các giá trị này cũng đã xóa khỏi nhật ký và khỏi chỗ trống của tệp dữ liệu; thao tác xóa không hoàn tác được."})
	d.Paragraph(paper.Run{Text: "Còn giữ: mã hồ sơ, thủ tục, đơn vị, địa bàn, các ngày và kết quả, nên mọi số liệu, kể cả của kỳ đã chốt, không đổi."})
	if x.Kept > 0 {
		d.Paragraph(paper.Run{Text: fmt.Sprintf("Không xóa %s hồ sơ cùng tuổi: %s chưa kết thúc; %s không rõ ngày kết thúc hoặc còn trong sổ phản ánh, kiến nghị, sai phạm, kỷ luật.", number(x.Kept), number(x.Opened), number(x.Kept-x.Opened))})
	}
	older := "Không còn bản sao lưu nào lập trước lần xóa trong thư mục sao lưu của sổ."
	if x.Older > 0 {
		older = fmt.Sprintf("Trong thư mục sao lưu của sổ còn %s bản lập trước lần xóa, vẫn có dữ liệu cũ: hủy khi hết hạn giữ.", number(x.Older))
	}
	d.Paragraph(paper.Run{Text: older + " Bản chép ra USB, nơi khác và giấy tờ đã in phải hủy riêng."})
	d.Paragraph(paper.Run{Text: "Dấu của nhật ký trước khi xóa: "}, paper.Run{Text: x.Head, Bold: true})
	columns, rows := make([]paper.Column, codesInRow), (len(x.Codes)+codesInRow-1)/codesInRow
	for i := range columns {
		columns[i].Width = d.Width() / codesInRow
	}
	d.Table(paper.Table{Size: 11, HeadSize: 11, Rows: rows, Columns: columns, Header: [][]paper.Head{{{Text: "Mã hồ sơ đã xóa dữ liệu cá nhân", ColSpan: codesInRow}}},
		At: func(i int) paper.Row {
			cells := make([]string, codesInRow)
			copy(cells, x.Codes[i*codesInRow:min((i+1)*codesInRow, len(x.Codes))])
			return paper.Row{Cells: cells}
		}})
	d.Signers(12, paper.Signer{Title: "NGƯỜI XÓA", Note: "(Ký, ghi rõ họ tên)", Name: x.By}, paper.Signer{Title: "XÁC NHẬN CỦA CƠ QUAN", Note: "(Ký, ghi rõ họ tên)"})
}

func who(by string) string {
	if strings.TrimSpace(by) == "" {
		return "cơ quan"
	}
	return by
}

func letters(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; lý do và cách gửi của %s thư xin lỗi", data.FormatInt(int64(n)))
}
