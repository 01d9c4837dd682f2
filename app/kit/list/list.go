// Package list makes the lists of the program from columns and filters declared
// as data: search, chips, groups, saved views, sorting by several columns,
// choice and order of columns, copying, workbook and PDF as listed, menu, and
// the states of a list that is empty, loading or in trouble.
//
// A small list holds its rows (Options.Load) and narrows them itself; a large one
// asks a Source.
package list

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/text"
)

// List is a list on a page.
type List[T any] struct {
	e *env.Env
	o Options[T]

	view    View
	source  Source[T]
	held    *held[T]
	answer  Answer[T]
	asked   int
	columns []Column[T] // those chosen, in order
	drawn   []Column[T] // those of them for which there is room
	busy    bool
	failed  bool // the rows could not be read
	layout  columnHabits

	search  *widget.SearchField
	chips   map[string]*widget.FilterChip
	clear   *widget.Button
	ended   *widget.Check
	grid    *widget.Grid
	page    *widget.Page
	body    fyne.CanvasObject // of an inner list
	buttons []fyne.CanvasObject
	side    *sidebar[T]
	actions []*widget.Button
	origin  *fyne.Container // what the list was opened from
	split   *widget.SidePane
	at      uint64 // key of the row under the cursor
	place   *widget.Place
	fill    bool // rows are being replaced: the cursor moves by itself
	shown   View // the view that the answer is to
}

// Of builds a list.
func Of[T any](e *env.Env, o Options[T]) *List[T] {
	if o.Plain && o.Inner == nil {
		o.Inner = widget.NewPage("", nil, nil, widget.Gap(1)) // its grid stands alone: a page would lay it out too
	}
	if o.Add != "" {
		o.Actions = append(slices.Clone(o.Actions), Action{Label: o.Add, Icon: widget.IconAdd, Hint: "Insert", Main: true, Do: o.AddDo})
		o.EmptyVerb, o.EmptyDo = o.Add, o.AddDo
	}
	l := &List[T]{e: e, o: o, chips: map[string]*widget.FilterChip{}, view: View{Chosen: map[string][]string{}, Orders: o.Orders, Ended: true}}
	l.source = o.Source
	if l.source == nil {
		l.held = &held[T]{o: &l.o, shut: map[uint64]bool{}, run: e.Session.Go, post: e.Session.Post, later: func(f func()) { time.AfterFunc(busyDelay, func() { e.Session.Post(f) }) }, fold: text.Fold}
		l.source = l.held
	}
	l.layout.read(e.Habits, o.ID)
	l.columns = chosenColumns(o.Columns, l.layout)
	l.build()
	return l
}

func (l *List[T]) build() {
	l.search = widget.NewSearchField(cmp.Or(l.o.Place, "Tìm trong danh sách…"))
	l.search.Width = 240
	l.search.OnText = func(text string) { l.view.Text = text; l.ask() }
	l.search.OnKey = l.searchKey
	l.search.Offer = l.o.Offer
	l.side = newSidebar(l)
	tools := widget.Row(1, l.side.fold, l.search)
	for i := range l.o.Filters {
		f := &l.o.Filters[i]
		chip := widget.NewFilterChip(f.Label, nil, func(keys []string) { l.Choose(f.Key, keys...) })
		if f.Single {
			chip = chip.Single()
		}
		l.chips[f.Key] = chip
		tools.Add(chip)
	}
	if l.o.Ended != nil {
		l.ended = widget.NewCheck("Cả những "+l.o.What+" không dùng nữa", nil)
		l.ended.SetChecked(true)
		l.ended.OnChanged = func(on bool) { l.view.Ended = on; l.ask() }
		tools.Add(l.ended)
	}
	l.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, l.Clear)
	l.clear.Hide()
	tools.Add(l.clear)
	if l.o.Depth != nil {
		tools.Add(widget.NewIconButton(widget.IconMinus, "Thu gọn mọi "+l.o.Folds, func() { l.foldAll(true) }))
		tools.Add(widget.NewIconButton(widget.IconAdd, "Mở mọi "+l.o.Folds, func() { l.foldAll(false) }))
	}
	l.grid = widget.NewGrid(nil)
	l.grid.Single, l.grid.NoHeader = !l.o.Many, l.o.Bare
	l.wire()
	l.split = widget.NewSidePane(container.NewBorder(nil, l.o.Foot, nil, nil, l.grid))
	l.showColumns()
	l.grid.SetWidths(l.layout.Widths)
	l.grid.SetLoading("Đang đọc danh sách…")
	head := container.NewVBox()
	if l.o.Lead != nil {
		head.Add(l.o.Lead)
	}
	l.origin = container.NewStack()
	l.origin.Hide()
	head.Add(tools)
	head.Add(l.origin)
	l.buttons = l.makeButtons()
	rows := container.NewBorder(nil, nil, l.side.object, nil, l.split)
	if l.o.Plain {
		tools.Hide()
		l.grid.OnType = nil
	}
	if l.page = l.o.Inner; l.page == nil && l.o.Plain {
		l.page, l.body = widget.NewPage("", nil, nil, widget.Gap(1)), rows
	} else if l.page != nil {
		l.body = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), head), nil, nil, nil, rows)
	} else {
		l.page = widget.NewPage(l.o.Title, l.buttons, head, rows)
	}
	l.showChips()
}

// SetSide shows something beside the rows, such as the one under the cursor; nil
// takes it away. Columns that may be spared go where there is no room for both.
func (l *List[T]) SetSide(o fyne.CanvasObject) {
	if o == nil && !l.split.Open() {
		return
	}
	l.split.SetSide(o)
	l.showColumns()
	l.side.fit()
}

// makeButtons makes the actions, the main one last, behind the one that opens what can be
// done with the list itself.
func (l *List[T]) makeButtons() []fyne.CanvasObject {
	more := widget.NewMenuButton(l.e.Window, "Danh sách", "", l.listMenu)
	more.Kind = widget.QuietButton
	out := []fyne.CanvasObject{more}
	if l.o.Export != nil {
		out = append(out, widget.NewMenuButton(l.e.Window, "Xuất", widget.IconExcel, func() []widget.MenuItem { return append(l.o.Export(), l.pdfItem()) }))
	}
	for _, a := range l.o.Actions {
		b := kit.If(a.Main, widget.NewMainButton, widget.NewButton)(a.Label, a.Icon, a.Do).WithHint(a.Hint)
		l.actions = append(l.actions, b)
		out = append(out, b)
	}
	return out
}

// label brings the labels of actions in step with how many rows are chosen.
func (l *List[T]) label() {
	n := l.grid.Selection().Count()
	for i, a := range l.o.Actions {
		switch {
		case a.Several == "":
		case n > 1:
			l.actions[i].SetText(fmt.Sprintf(a.Several, data.FormatInt(int64(n))))
		default:
			l.actions[i].SetText(a.Label)
		}
	}
}

// wire passes on what happens in the grid.
func (l *List[T]) wire() {
	l.grid.OnOpen = func(i int) {
		if opens, folded := l.branch(i); opens {
			l.fold(i, !folded)
			return
		}
		if row := l.Row(i); row != nil && l.o.Open != nil {
			l.o.Open(row)
		}
	}
	l.grid.OnMenu = func(i int, at fyne.Position) {
		if row := l.Row(i); row != nil && (l.o.Menu != nil || l.o.Edit != "") {
			widget.ShowMenu(l.e.Window, at, l.rowMenu(*row))
		}
	}
	l.grid.OnHeader = func(column string, at fyne.Position) { widget.ShowMenu(l.e.Window, at, l.columnMenu(column)) }
	l.grid.OnType = func(r rune) {
		l.e.Window.Canvas().Focus(l.search)
		l.search.TypedRune(r)
	}
	l.grid.OnKey = l.key
	if l.o.Depth != nil {
		l.grid.OnCell = func(i int, column string) bool {
			_, folded := l.branch(i)
			return column == l.drawn[0].ID && l.fold(i, !folded)
		}
	}
	if l.o.Ticked != nil {
		l.grid.OnToggle = func(int) { l.Turn() }
	}
	if l.o.Move != nil {
		l.grid.OnShortcut = func(s fyne.Shortcut) bool {
			k, ok := s.(*desktop.CustomShortcut)
			by := 0
			if ok && k.Modifier == fyne.KeyModifierControl {
				by = map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[k.KeyName]
			}
			l.Shift(by)
			return by != 0
		}
	}
	l.grid.OnSort = l.sort
	l.grid.OnWidths = func(widths map[string]float32) {
		l.layout.Widths = widths
		l.layout.keep(l.e.Habits, l.o.ID)
	}
	l.grid.OnCurrent = func(i int) {
		if l.fill {
			return
		}
		l.tellCurrent(i)
	}
	l.grid.OnSelect = func() {
		l.label()
		if l.o.Chose != nil {
			l.o.Chose()
		}
		l.e.Status()
	}
}

func (l *List[T]) tellCurrent(i int) {
	row := l.Row(i)
	l.at = l.keyAt(i)
	if l.o.Current != nil {
		l.o.Current(row)
	}
}

func (l *List[T]) rowMenu(one T) (items []widget.MenuItem) {
	if l.o.Edit != "" {
		items = append(items, widget.MenuItem{Label: l.o.Edit, Icon: widget.IconEdit, Hint: "Enter", Do: func() { l.o.Open(&one) }})
	}
	if l.o.Menu != nil {
		items = append(items, l.o.Menu(&one, l.Chosen())...)
	}
	return items
}

// rowKey takes the keys of the list and of its page, in the list and in the search field.
func (l *List[T]) rowKey(ev *fyne.KeyEvent) bool {
	if l.o.Add != "" && ev.Name == fyne.KeyInsert {
		l.o.AddDo()
		return true
	}
	return l.o.OnKey != nil && l.o.OnKey(ev, l.CurrentRow())
}

func (l *List[T]) key(ev *fyne.KeyEvent) bool {
	if l.rowKey(ev) {
		return true
	}
	if l.o.Depth != nil && l.treeKey(ev) {
		return true
	}
	if ev.Name == fyne.KeySpace && l.o.Tick != nil {
		l.Turn()
		return true
	}
	if by := map[fyne.KeyName]int{fyne.KeyMinus: -1, fyne.KeyPlus: 1, fyne.KeyEqual: 1}[ev.Name]; by != 0 && l.o.Move != nil {
		l.Shift(by)
		return true
	}
	if ev.Name == fyne.KeyF6 && !l.o.Plain {
		l.e.Focus(l.page, l.side.or(l.search))
		return true
	}
	return ev.Name == fyne.KeyEscape && l.Escape()
}

// searchKey lets the arrows move through the list while the cursor stays in the
// search field.
func (l *List[T]) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		return l.grid.Navigate(ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		switch i := l.grid.Current(); {
		case l.o.Depth != nil: // what is found stands among what it stands in
			l.e.Focus(l.page, l.grid)
		case i >= 0:
			l.grid.OnOpen(i)
		}
		return true
	case fyne.KeyF6:
		l.e.Focus(l.page, l.grid)
		return true
	case fyne.KeyDelete:
		return false // it is of the text that is typed
	}
	return l.rowKey(ev) || ev.Name == fyne.KeyEscape && l.Escape()
}

// Escape takes search and filters away; it reports whether there were any.
func (l *List[T]) Escape() bool {
	if !l.view.Filtered() {
		return false
	}
	l.Clear()
	return true
}

// Object is the list on its page, with title and actions.
func (l *List[T]) Object() *widget.Page { return l.page }

// Body is an inner list with its tools, Buttons its actions, the main one last.
func (l *List[T]) Body() fyne.CanvasObject { return l.body }

// Buttons are the actions of the list.
func (l *List[T]) Buttons() []fyne.CanvasObject { return l.buttons }

// Grid is the grid of the list.
func (l *List[T]) Grid() *widget.Grid { return l.grid }

// Search is the search field of the list.
func (l *List[T]) Search() *widget.SearchField { return l.search }

// FocusSearch implements env.Searcher.
func (l *List[T]) FocusSearch() {
	l.e.Focus(l.page, l.search)
	l.search.SelectAll()
}

// Shown gives the focus to the search field: the list came into view.
func (l *List[T]) Shown() { l.e.Focus(l.page, l.search) }

// Refresh asks anew, after the data changed.
func (l *List[T]) Refresh() {
	if l.held != nil {
		l.held.fresh = false
	}
	l.showChips()
	l.ask()
}

// Redraw draws the rows in view anew, after some of them were read.
func (l *List[T]) Redraw() { l.grid.Refresh() }

// ShowViews shows the saved views as they are now.
func (l *List[T]) ShowViews() { l.side.show() }

// Answer is what the list shows, nil before the first answer.
func (l *List[T]) Answer() Answer[T] { return l.answer }

// Columns returns the columns that the officer chose, in order.
func (l *List[T]) Columns() []Column[T] { return l.columns }

// View returns what narrows and orders the list.
func (l *List[T]) View() View { return l.view.Clone() }

// SetText narrows the list by a text, as if it were typed.
func (l *List[T]) SetText(text string) {
	l.search.SetValue(text)
	l.view.Text = text
	l.ask()
}

// Show narrows and orders the list as a view says.
func (l *List[T]) Show(v View) {
	l.view = v.Clone()
	if l.search.Value() != v.Text {
		l.search.SetValue(v.Text)
	}
	l.showChips()
	l.ask()
}

// Choose narrows the list to rows that have one of the values of a filter.
func (l *List[T]) Choose(filter string, keys ...string) {
	l.view.Chosen[filter] = slices.Clone(keys)
	l.showChips()
	l.ask()
}

// Clear takes search and filters away.
func (l *List[T]) Clear() {
	l.Show(View{Orders: l.view.Orders, Group: l.view.Group, Ended: l.view.Ended})
	l.e.Focus(l.page, l.search)
}

// sort orders by columns, the first one first.
func (l *List[T]) sort(orders []kit.Order) {
	l.view.Orders = orders
	l.ask()
}

func (l *List[T]) showChips() {
	for i := range l.o.Filters {
		f := &l.o.Filters[i]
		chip := l.chips[f.Key]
		if f.Rare && len(l.view.Chosen[f.Key]) == 0 {
			chip.Hide()
			continue
		}
		chip.SetOptions(l.choices(f))
		chip.SetKeys(l.view.Chosen[f.Key])
		chip.Show()
	}
	if l.ended != nil {
		l.ended.Set(l.view.Ended)
	}
}

// ask puts the view to the source; an answer that a later question overtook is
// dropped.
func (l *List[T]) ask() {
	if l.o.Tidy != nil && l.view.Beside != "" {
		l.view = l.o.Tidy(l.view)
	}
	l.asked++
	asked, view := l.asked, l.view.Clone()
	l.showNarrowed()
	l.busy = true
	l.source.Ask(view, func(a Answer[T], err error) {
		if asked != l.asked {
			return
		}
		l.busy = false
		l.title("")
		if l.o.Inner == nil || err != nil || l.failed { // what others tell on the page stays
			l.page.Errors.SetError(err)
		}
		l.failed = err != nil
		l.grid.SetLoading("")
		if err == nil {
			l.show(a, view)
		}
	})
	if l.busy {
		widget.After(busyDelay, func() {
			if l.busy && asked == l.asked {
				l.title(" · đang tìm và sắp xếp…")
			}
		})
	}
}

// title shows the title of the list on its page, with a word behind it; the page in
// which a list without one stands keeps its own.
func (l *List[T]) title(more string) {
	if l.o.Inner == nil || l.o.Title != "" {
		l.page.SetTitle(l.o.Title + more)
	}
}

// busyDelay is how long an answer may take before the title says that it is on its
// way.
const busyDelay = 200 * time.Millisecond

// showNarrowed shows what narrows the list beside the chips.
func (l *List[T]) showNarrowed() {
	widget.SetVisible(l.clear, l.view.Filtered())
	text := ""
	if l.o.Origin != nil {
		text = l.o.Origin(l.view)
	}
	if text == "" {
		if l.origin.Visible() {
			l.origin.Hide()
			l.page.Fit()
		}
		return
	}
	// The day stands at the end.
	if r := []rune(text); len(r) > longestOrigin {
		text = "… " + string(r[len(r)-longestOrigin:])
	}
	chip := widget.NewButton(text, "", func() {
		l.Show(l.o.Leave(l.View()))
		l.e.Focus(l.page, l.search)
	})
	chip.Trailing = widget.IconClose
	l.origin.Objects = []fyne.CanvasObject{container.NewHBox(chip)}
	l.origin.Show()
	l.page.Fit()
}

// longestOrigin is how many letters of an origin there is room for.
const longestOrigin = 140

// show draws the answer to a view. The cursor stays with its row, and rows that are
// chosen stay chosen; another question to a large list begins at the top.
func (l *List[T]) show(a Answer[T], view View) {
	chosen := l.chosenKeys()
	other := l.answer != nil && !view.Same(l.shown)
	l.answer, l.shown = a, view
	if slices.ContainsFunc(l.o.Filters, func(f Filter[T]) bool { return f.Choices == nil }) {
		l.showChips()
	}
	l.sayEmpty()
	l.fill = true
	l.grid.SetSort(view.Orders...)
	l.grid.ReplaceRows(l)
	at := -1
	if l.at != 0 && (!other || l.held != nil) {
		at = a.Find(l.at)
	}
	listed, _ := a.Len()
	switch {
	case l.place != nil:
		l.grid.Restore(*l.place)
		l.place = nil
	case at >= 0 && at == l.grid.Current() && len(chosen) < 2:
		// It stands where it stood.
	case at >= 0:
		l.grid.SetCurrent(at)
	case !other && l.grid.Current() >= 0:
		l.grid.SetCurrent(l.grid.Current())
	case listed > 0:
		l.grid.SetCurrent(0)
	}
	if !other {
		l.chooseKeys(chosen)
	}
	l.fill = false
	l.tellCurrent(l.grid.Current())
	l.side.show()
	l.e.Status()
}

// maxFollowed bounds the chosen rows that are looked for in another answer.
const maxFollowed = 50_000

// chosenKeys are the keys of the chosen rows where there are several.
func (l *List[T]) chosenKeys() map[uint64]bool {
	s := l.grid.Selection()
	if n := s.Count(); l.answer == nil || n < 2 || n > maxFollowed {
		return nil
	}
	out := map[uint64]bool{}
	for _, key := range l.Chosen() {
		out[key] = true
	}
	return out
}

// chooseKeys chooses the rows with the keys.
func (l *List[T]) chooseKeys(keys map[uint64]bool) {
	if len(keys) == 0 {
		return
	}
	var r widget.Ranges
	for i := range l.Len() {
		if keys[l.keyAt(i)] {
			r.Add(i, i+1)
		}
	}
	if r.Count() > 0 {
		l.grid.SetSelection(r)
	}
}

// keyAt is the key of a row, 0 outside the list.
func (l *List[T]) keyAt(i int) uint64 {
	if i < 0 || i >= l.Len() {
		return 0
	}
	if k, ok := l.answer.(Keyed); ok {
		return k.KeyAt(i)
	}
	return l.o.Key(l.answer.At(i))
}

func (l *List[T]) sayEmpty() {
	switch {
	case l.view.Filtered() && strings.TrimSpace(l.view.Text) != "":
		l.grid.SetEmpty(fmt.Sprintf("Không có %s nào khớp «%s».", l.o.What, strings.TrimSpace(l.view.Text)), "Bỏ lọc", l.Clear)
	case l.view.Filtered():
		l.grid.SetEmpty(fmt.Sprintf("Không có %s nào khớp bộ lọc.", l.o.What), "Bỏ lọc", l.Clear)
	default:
		l.grid.SetEmpty(cmp.Or(l.o.Empty, fmt.Sprintf("Chưa có %s nào.", l.o.What)), l.o.EmptyVerb, l.o.EmptyDo)
	}
}

// choices are the values that a filter offers.
func (l *List[T]) choices(f *Filter[T]) []kit.Choice {
	if f.Choices != nil {
		return f.Choices()
	}
	var words []string
	if l.held != nil {
		for i := range l.held.rows {
			for _, w := range f.Of(&l.held.rows[i]) {
				if !slices.Contains(words, w) {
					words = append(words, w)
				}
			}
		}
	}
	return kit.Words(words)
}

// filter returns the filter with the key, nil for none.
func (l *List[T]) filter(key string) *Filter[T] {
	for i := range l.o.Filters {
		if l.o.Filters[i].Key == key && key != "" {
			return &l.o.Filters[i]
		}
	}
	return nil
}
