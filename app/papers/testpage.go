package papers

import (
	"context"
	"fmt"

	"giaoban/data/desk"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// TestPage writes the page by which an officer sees whether a printer cuts the
// edges, shrinks the sheet, or lacks letters.
func TestPage(ctx context.Context, d *desk.Desk) ([]byte, error) {
	doc := paper.New(ctx, paper.Options{Title: "Trang in thử", Author: form.OneLine(d.Office().Name), Created: d.Now(), Size: 11})
	doc.Section(paper.Section{Margins: paper.Margins{Top: 36, Bottom: 42, Left: 36, Right: 36}})
	doc.Rulers()
	doc.Centered(16, paper.Run{Text: "TRANG IN THỬ", Bold: true})
	doc.Centered(11, paper.Run{Text: "In ở khổ A4, tỷ lệ 100 % (không chọn «Vừa trang giấy»)", Italic: true})
	doc.Space(4)
	for _, text := range []string{
		"Các khung cách mép giấy 5, 10, 15, 20 và 30 mm. Khung nào mất một cạnh thì máy in không in được tới đó: văn bản chừa lề trái 30 mm, lề phải từ 15 mm, lề trên và lề dưới 20 mm, nên khung 15 mm phải đủ bốn cạnh.",
		"Đo thước ở dưới và bên trái: 100 phải đúng 100 mm. Ngắn hơn là máy đã thu nhỏ trang; bỏ chọn «Vừa trang giấy» trong hộp thoại in.",
		"Mã vạch và mã QR dưới đây phải đọc được bằng máy quét hoặc điện thoại.",
	} {
		doc.Bullet(paper.Run{Text: text})
	}
	doc.Space(3)
	doc.Band(false, 4, paper.BandColumn{Width: 84, Lines: []paper.BandLine{{Text: "MA-HO-SO-0123456789", Blank: 12, Bars: "MA-HO-SO-0123456789"}, {Text: "Mã vạch", Size: 9}}},
		paper.BandColumn{Width: 54, Lines: []paper.BandLine{{Blank: 20, QR: "MA-HO-SO-0123456789"}, {Text: "Mã QR", Size: 9}}})
	const letters = "Ă Â Đ Ê Ô Ơ Ư ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ ề ể ễ ế ệ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ 0123456789 %"
	for _, size := range []float64{8, 10, 13} {
		doc.Line(size, paper.Left, paper.Run{Text: fmt.Sprintf("Cỡ %.0f: ", size), Bold: true}, paper.Run{Text: letters}, paper.Run{Text: " nghiêng Ữ ỵ", Italic: true})
	}
	doc.Note(9, paper.Run{Text: "Lập lúc " + d.Now().Format("15:04 02/01/2006") + "."})
	return doc.Bytes()
}
