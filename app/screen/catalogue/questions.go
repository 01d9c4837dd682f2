package catalogue

import (
	"fmt"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data/workday"
)

// answerWords are the answers to a question, in the order of workday.Answer.
var answerWords = []string{"Chưa biết", "Có", "Không"}

// askWords names the button that opens the questions of the year, "" where it has
// none.
func askWords(asks []workday.Ask) string {
	open := 0
	for _, a := range asks {
		if a.Answer == workday.Unanswered {
			open++
		}
	}
	switch {
	case len(asks) == 0:
		return ""
	case open == 0:
		return "Câu hỏi của năm (đã trả lời)…"
	}
	return fmt.Sprintf("Trả lời %d câu hỏi của năm…", open)
}

// askQuestions asks the questions of the year in view; the answers go to the draft.
func (p *calendar) askQuestions() {
	const width = 560
	answers := map[string]workday.Answer{}
	content := newStack()
	for _, a := range p.model.Asks() {
		choice := widget.NewSegments(answerWords, func(i int) { answers[a.ID] = workday.Answer(i) })
		choice.Choose(int(a.Answer))
		source := widget.NewNote("Nguồn: "+a.Source, width)
		content.Add(widget.NewParagraph(a.Text, width))
		content.Add(source)
		content.Add(choice)
	}
	content.Add(widget.NewNote("Trong khi chưa trả lời, chương trình không báo trễ, không báo sắp trễ chỉ vì những ngày này. Có thông báo chính thức thì trả lời, rồi bấm «Áp dụng…».", width))
	f := screen.NewForm()
	f.Fields = content.Objects
	p.local("Câu hỏi của lịch năm "+fmt.Sprint(p.model.At().Year()), "Ghi vào lịch", f, func() error { return p.model.Answer(answers) })
}
