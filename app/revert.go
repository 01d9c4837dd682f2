package app

import (
	"fmt"

	"giaoban/data/desk"
)

// typing tells where the keys of undo and redo were pressed.
type typing struct {
	text bool // in a field of a form in which nothing is left to take back
	form bool // the page holds something that was typed and is not stored
}

// reverting is what Ctrl+Z or Ctrl+Y comes to, as far as it reaches what is
// stored: nothing, with a word why; a question first; or, both empty, the
// change itself.
type reverting struct {
	say string // why nothing happens
	ask string // what to ask before the stored change is taken back or done again
}

// decideRevert decides what the keys of undo (or of redo) do to the stored data. They
// never reach past a form in which something is being typed; in a field with
// nothing left to take back they ask.
func decideRevert(d *desk.Desk, redo bool, at typing) reverting {
	undoTitle, redoTitle := d.Undoable()
	key, word, title := "Ctrl+Z", "hoàn tác", undoTitle
	if redo {
		key, word, title = "Ctrl+Y", "làm lại", redoTitle
	}
	switch {
	case title == "":
		return reverting{}
	case at.form:
		return reverting{say: fmt.Sprintf("Trang này đang nhập dở, nên %s chỉ %s chữ trong ô. Lưu hoặc xóa phần đang nhập rồi mới %s «%s».", key, word, word, title)}
	case at.text:
		return reverting{ask: fmt.Sprintf("Trong ô này không còn chữ nào để %s. Thao tác đã lưu là «%s». %s thao tác đã lưu này?", word, title, map[bool]string{false: "Hoàn tác", true: "Làm lại"}[redo])}
	}
	return reverting{}
}
