package widget

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/app/kit"
)

// Align is the side of a cell at which its text stands.
type Align uint8

// The sides.
const (
	Left Align = iota
	Right
	Center
)

// Cell is what the grid shows at one place. The alignment is the column's.
type Cell struct {
	Text   string
	Mark   Mark                // sign before the text; the text takes its colour
	Role   fyne.ThemeColorName // colour of the text where there is no mark; "" is ink
	Strong bool
	Indent int   // steps to the right, for trees
	Share  Share // a bar in place of the text
}

// Widths of usual columns, px at 100 %: what they hold fits without being cut.
const (
	WidthDate  = 92
	WidthCode  = 196 // a national dossier code
	WidthState = 150 // sign and word of a state
)

// Column describes one column of a grid.
type Column struct {
	ID       string
	Title    string  // up to two lines
	Tip      string  // tooltip of the header; "" shows the title where it was cut
	Width    float32 // px at 100 %
	Min      float32 // least width, 40 where it is 0
	Flex     float32 // share of the room that is left over; 0 keeps the width
	Spare    int     // which columns go where there is no room for all, as with large text: 1 first; 0 stays
	Align    Align
	Sortable bool
}

// Rows is the source of a grid. Both methods are called on the main goroutine
// and return at once: a source that reads elsewhere answers with empty cells
// and calls Grid.Refresh when it knows more.
type Rows interface {
	// Len returns the number of rows.
	Len() int
	// Cells fills dst, one cell a column in the order of the columns. dst comes
	// cleared.
	Cells(row int, dst []Cell)
}

// Few are rows that a function draws, for tables that no list holds.
type Few struct {
	N    int
	Cell func(i int, dst []Cell)
}

// Len implements Rows.
func (f Few) Len() int { return f.N }

// Cells implements Rows.
func (f Few) Cells(i int, dst []Cell) { f.Cell(i, dst) }

// Settling are rows that are read elsewhere: Settle calls done when Cells knows all
// of the rows.
type Settling interface {
	Settle(rows []int, done func())
}

// Place is where the officer is in a grid, kept by the history of places.
type Place struct {
	Top     int     // first visible row
	Offset  float32 // pixels of it above the edge
	Current int     // row with the cursor, -1 for none
}

// Grid shows rows of any number: 1.000.000 and more, exact to the last one. It
// asks its source only for rows that come into view and draws only cells that
// changed.
type Grid struct {
	fw.BaseWidget

	// OnOpen is called by Enter and double click.
	OnOpen func(row int)
	// OnCurrent is called when the cursor moves; row is -1 when there is none.
	OnCurrent func(row int)
	// OnSelect is called when the set of chosen rows changes.
	OnSelect func()
	// OnSort is called by a click on the header of a sortable column, with the
	// columns to sort by, the first one first; Shift keeps those before it. The
	// owner sorts, then calls SetRows or Refresh.
	OnSort func(orders []kit.Order)
	// OnMenu is called by right click and the Menu key with a place on the window.
	OnMenu func(row int, at fyne.Position)
	// OnHeader is called by right click on the heading of a column.
	OnHeader func(column string, at fyne.Position)
	// OnType is called when a letter is typed, for search as one types.
	OnType func(r rune)
	// OnKey sees every key before the grid does; true means that it took it.
	OnKey func(ev *fyne.KeyEvent) bool
	// OnShortcut sees every shortcut before the grid does; true means that it took
	// it.
	OnShortcut func(s fyne.Shortcut) bool
	// OnWidths is called when the officer has changed a width: px at 100 % by
	// column, to be kept.
	OnWidths func(widths map[string]float32)
	// OnToggle is called by Space in place of choosing rows, and by a click on the
	// sign of a row, for lists of choices.
	OnToggle func(row int)
	// OnCell is called by a click on a cell; true means that the cell leads
	// somewhere and the click is used up.
	OnCell func(row int, column string) bool
	// Single allows one chosen row only.
	Single bool
	// NoHeader hides the header, for pick lists.
	NoHeader bool
	// CellCursor lets the cursor stand in a cell: the arrows and Tab move it between
	// the columns. OnColumn is called when it comes to another one.
	CellCursor bool
	OnColumn   func()

	columns []Column
	widths  map[string]float32 // set by the officer, px at 100 %
	content map[string]float32 // px that numbers and states seen so far need, by column
	xs, ws  []float32          // place and width of the columns in px
	across  float32            // width of all columns
	hx      float32            // px scrolled to the right

	rows   Rows
	orders []kit.Order

	top    int
	offset float32

	cursor   int
	column   int               // of the cursor, with CellCursor
	editor   fyne.CanvasObject // over the cell of the cursor; nil for none
	anchor   int
	selected Ranges
	hover    int
	hoverCol int
	inHeader bool

	focused, shift bool
	pressing       bool // the focus comes by the mouse
	drag           dragState
	click          clickState

	clicked func(row int) // called at a click on a row, for pick lists

	empty   emptyState
	loading string

	view *gridRenderer
}

type emptyState struct {
	text, label string
	action      func()
}

// NewGrid returns a grid without rows.
func NewGrid(columns []Column) *Grid {
	g := &Grid{widths: map[string]float32{}, cursor: -1, anchor: -1, hover: -1, hoverCol: -1}
	g.SetColumns(columns)
	g.ExtendBaseWidget(g)
	return g
}

// SetColumns replaces the columns.
func (g *Grid) SetColumns(columns []Column) {
	g.columns, g.content = append([]Column(nil), columns...), map[string]float32{}
	if g.view != nil {
		g.view.drop()
		g.Refresh()
	}
}

// Columns returns the columns.
func (g *Grid) Columns() []Column { return g.columns }

// SetWidths sets widths that the officer chose before, as OnWidths gave them.
func (g *Grid) SetWidths(widths map[string]float32) {
	g.widths = map[string]float32{}
	maps.Copy(g.widths, widths)
	g.relayout()
}

// SetRows shows another source from its beginning, with nothing chosen.
func (g *Grid) SetRows(rows Rows) {
	g.rows = rows
	g.top, g.offset, g.cursor, g.anchor = 0, 0, -1, -1
	g.hover = -1
	g.selected.Clear()
	g.Refresh()
	g.tellCurrent()
	g.tellSelect()
}

// ReplaceRows shows another source and keeps the place and the cursor as far as
// the new source reaches.
func (g *Grid) ReplaceRows(rows Rows) {
	g.rows = rows
	g.Refresh()
}

// Len returns the number of rows.
func (g *Grid) Len() int {
	if g.rows == nil {
		return 0
	}
	return g.rows.Len()
}

// Refresh asks the source again for the rows in view and draws the cells that
// changed. It keeps place, cursor and choice as far as the rows reach.
func (g *Grid) Refresh() {
	n := g.Len()
	if g.cursor >= n {
		g.cursor = n - 1
		g.anchor = g.cursor
	}
	g.selected.Remove(n, int(^uint(0)>>1))
	if g.view != nil {
		g.view.Refresh()
	}
}

// SetSort shows the arrows of the order at its columns; none shows none.
func (g *Grid) SetSort(orders ...kit.Order) {
	g.orders = slices.Clone(orders)
	g.relayout()
}

// Sort returns the columns and directions whose arrows are shown.
func (g *Grid) Sort() []kit.Order { return slices.Clone(g.orders) }

// sortedBy returns the place of a column in the order, -1 for none.
func (g *Grid) sortedBy(column string) int {
	return slices.IndexFunc(g.orders, func(o kit.Order) bool { return o.Column == column })
}

// sortAt orders by a column, upwards first; a column that is ordered by already is
// turned round. more keeps the columns before it.
func (g *Grid) sortAt(column string, more bool) {
	at := g.sortedBy(column)
	next := kit.Order{Column: column}
	if at >= 0 {
		next.Descending = !g.orders[at].Descending
	}
	switch {
	case !more:
		g.orders = []kit.Order{next}
	case at >= 0:
		g.orders[at] = next
	default:
		g.orders = append(g.orders, next)
	}
	g.relayout()
	if g.OnSort != nil {
		g.OnSort(g.Sort())
	}
}

// SetEmpty says what the grid shows without rows: one sentence and the action
// that helps. An empty label shows no button.
func (g *Grid) SetEmpty(text, label string, action func()) {
	g.empty = emptyState{text, label, action}
	g.relayout()
}

// SetLoading shows the text while rows are still to come; "" ends it.
func (g *Grid) SetLoading(text string) {
	g.loading = text
	g.relayout()
}

// Current returns the row with the cursor, -1 for none.
func (g *Grid) Current() int { return g.cursor }

// SetCurrent moves the cursor to a row, chooses it alone and brings it into view.
func (g *Grid) SetCurrent(row int) {
	if g.Len() == 0 {
		return
	}
	g.moveTo(row, false)
}

// Selection returns the chosen rows.
func (g *Grid) Selection() Ranges { return g.selected.clone() }

// SetSelection chooses rows.
func (g *Grid) SetSelection(r Ranges) {
	g.selected = r.clone()
	g.selected.Remove(g.Len(), int(^uint(0)>>1))
	g.paintRows()
	g.tellSelect()
}

// SelectAll chooses every row.
func (g *Grid) SelectAll() {
	if g.Single {
		return
	}
	g.selected.Clear()
	g.selected.Add(0, g.Len())
	g.paintRows()
	g.tellSelect()
}

// ClearSelection chooses no row and keeps the cursor.
func (g *Grid) ClearSelection() {
	g.selected.Clear()
	g.paintRows()
	g.tellSelect()
}

// Place returns where the officer is.
func (g *Grid) Place() Place { return Place{g.top, g.offset, g.cursor} }

// Restore goes back to a place.
func (g *Grid) Restore(p Place) {
	g.top, g.offset = max(p.Top, 0), p.Offset
	g.clampScroll()
	g.cursor = min(p.Current, g.Len()-1)
	g.anchor = g.cursor
	g.selected.Clear()
	if g.cursor >= 0 {
		g.selected.Add(g.cursor, g.cursor+1)
	}
	g.relayout()
	g.tellCurrent()
	g.tellSelect()
}

// MinSize implements fyne.CanvasObject.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	return fyne.NewSize(120, g.headerHeight()+3*g.rowHeight())
}

func (g *Grid) tellCurrent() {
	if g.OnCurrent != nil {
		g.OnCurrent(g.cursor)
	}
}

func (g *Grid) tellSelect() {
	if g.OnSelect != nil {
		g.OnSelect()
	}
}

func (g *Grid) rowHeight() float32 { return ControlHeight() }

func (g *Grid) headerHeight() float32 {
	if g.NoHeader {
		return 0
	}
	return Scaled(32)
}

// relayout draws the frame anew after a change that is not in the rows.
func (g *Grid) relayout() {
	if g.view != nil {
		g.view.Layout(g.Size())
	}
}

// paintRows draws choice, cursor and hover of the rows in view.
func (g *Grid) paintRows() {
	if g.view != nil {
		g.view.paint()
	}
}
