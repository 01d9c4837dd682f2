package view

import "fmt"

// Typing tells where the keys of undo and redo were pressed.
type Typing struct {
	Text bool // in a field of a form in which nothing is left to take back
	Form bool // the page holds something that was typed and is not stored
}

// Reverting is what Ctrl+Z or Ctrl+Y comes to, as far as it reaches what is
// stored: nothing, with a word why; a question first; or, both empty, the
// change itself.
type Reverting struct {
	Say string // why nothing happens
	Ask string // what to ask before the stored change is taken back or done again
}

// Revert decides what the keys of undo (or of redo) do to the stored data. They
// never reach past a form in which something is being typed; in a field with
// nothing left to take back they ask.
func (s *Session) Revert(redo bool, at Typing) Reverting {
	undoTitle, redoTitle := s.Desk.Undoable()
	key, word, title := "Ctrl+Z", "hoàn tác", undoTitle
	if redo {
		key, word, title = "Ctrl+Y", "làm lại", redoTitle
	}
	switch {
	case title == "":
		return Reverting{}
	case at.Form:
		return Reverting{Say: fmt.Sprintf("Trang này đang nhập dở, nên %s chỉ %s chữ trong ô. Lưu hoặc xóa phần đang nhập rồi mới %s «%s».", key, word, word, title)}
	case at.Text:
		return Reverting{Ask: fmt.Sprintf("Trong ô này không còn chữ nào để %s. Thao tác đã lưu là «%s». %s thao tác đã lưu này?", word, title, map[bool]string{false: "Hoàn tác", true: "Làm lại"}[redo])}
	}
	return Reverting{}
}
