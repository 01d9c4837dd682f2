package safety

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// BuildCard lays out the sheet with the fingerprint of the office's card, which its head
// signs and which goes to other offices apart from the file of the card. File is the name
// of the unit in packages, Code the fingerprint.
func BuildCard(ctx context.Context, s *Sheet, o paper.Options) (*paper.Document, error) {
	return s.build(ctx, o, sheetWords{
		title: "Dấu vân tay thẻ đơn vị", subtitle: "Để nơi nhận gói số liệu đối chiếu thẻ của đơn vị",
		warning: "Gửi tờ giấy này riêng với tệp thẻ (.gbthe).", made: "In lúc ", maker: "NGƯỜI LẬP", holder: "THỦ TRƯỞNG ĐƠN VỊ", holds: "(Ký, đóng dấu)",
		steps: []string{
			"Đơn vị: " + form.InText(s.Office.Name) + "; mã đơn vị trong gói: " + s.File + ".",
			"Nơi nhận: mở tệp thẻ ở «Gói số liệu», phần «Thẻ đơn vị», bấm «Đối chiếu dấu vân tay» rồi gõ ít nhất hai nhóm đầu của mã trên tờ này. Khớp thì thẻ được tin; khác thì đừng dùng và gọi cho đơn vị.",
			"Mã này không bí mật: biết nó không ký được gói thay đơn vị.",
			"Lập thẻ mới thì in tờ mới. Thẻ mới do khóa cũ ký được nhận mà không cần đối chiếu lại.",
		},
	})
}

// Reminder is an official letter to units whose figures did not come or came late.
type Reminder struct {
	Office  data.Office
	Period  string // such as Quý III/2026
	Due     data.Day
	Today   data.Day
	Missing []string
	Late    []string // what they sent is there; they are asked to be in time
	Got     int      // units whose figures are there
	Of      int
}

// BuildReminder lays out the letter (Decree 30/2020, form 1.5).
func BuildReminder(ctx context.Context, r *Reminder, o paper.Options) (*paper.Document, error) {
	d := paper.New(ctx, o)
	d.Section(paper.Section{Restart: true})
	d.Letterhead(paper.Letterhead{Parent: r.Office.Parent, Name: r.Office.Name, Place: r.Office.Place, Date: data.NoDay, Year: r.Today.Year(),
		About: "đôn đốc gửi số liệu giải quyết thủ tục hành chính " + r.Period})
	d.Space(4)
	d.AddressedTo(r.Missing...)
	d.Space(3)
	say := func(text string) { d.Paragraph(paper.Run{Text: text}) }
	until := "đến nay"
	if r.Due.Known() {
		until = "đến hết hạn nộp ngày " + r.Due.String()
		if r.Today <= r.Due {
			until = "đến ngày " + r.Today.String()
		}
	}
	say(fmt.Sprintf("Để tổng hợp số liệu giải quyết thủ tục hành chính %s, %s %s đã nhận gói số liệu của %d/%d đơn vị; còn %d đơn vị nêu trên chưa gửi.",
		r.Period, until, form.InText(r.Office.Name), r.Got, r.Of, len(r.Missing)))
	switch {
	case r.Due.Known() && r.Today <= r.Due:
		say(fmt.Sprintf("Đề nghị các đơn vị nêu trên gửi gói số liệu trước ngày %s.", r.Due))
	default:
		say("Đề nghị các đơn vị nêu trên gửi gói số liệu ngay trong ngày nhận được văn bản này và nêu lý do chậm.")
	}
	if len(r.Late) > 0 {
		say("Các đơn vị đã gửi nhưng sau hạn, đề nghị kỳ sau gửi đúng hạn: " + strings.Join(r.Late, "; ") + ".")
	}
	say("Trường hợp máy hoặc chương trình gặp trục trặc, đơn vị báo ngay để được hướng dẫn; số liệu không gửi kịp sẽ được ghi rõ là thiếu trong báo cáo tổng hợp.")
	d.Signature(paper.Signature{Recipients: []string{"Như trên", "Lưu: VT"}, Authority: r.Office.Authority, Title: r.Office.Title, Signer: r.Office.Signer})
	return d, d.Err()
}
