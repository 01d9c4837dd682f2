package importing

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/exchange"
)

// roomForBoth is the least height of the window, px at 100 %, at which the rows of the
// file stand below its columns; in a lower one they are a part of their own.
const roomForBoth = 640

// columnStep shows what each column of the file feeds, and its first rows.
func (s *page) columnStep(first bool) {
	m := s.model
	remarks, open := m.Remarks()
	columns, raw := partOf("Ghép cột", s.columns()), partOf("Dòng trong tệp", s.rawRows())
	parts := []part{columns}
	if s.e.Window.Canvas().Size().Height >= widget.Scaled(roomForBoth) {
		parts[0].body = container.NewVSplit(columns.body, raw.body)
	} else {
		parts = append(parts, raw)
	}
	parts = append(parts, partOf("Đọc theo cách này", s.readRows()))
	if n := len(remarks); n > 0 {
		parts = append(parts, partOf(fmt.Sprintf("Cần xem (%d)", n), s.remarks(remarks)))
		if first && open > 0 {
			s.part = len(parts) - 1
		}
	}
	choices := widget.Row(-1)
	if sheets := m.Sheets(); len(sheets) > 1 {
		p := widget.NewPicker(sheets, func(o widget.Option) {
			if n, err := strconv.Atoi(o.Key); err == nil {
				m.ChooseSheet(n)
			}
		})
		p.Prefix, p.Width = "Trang tính", 260
		p.SetKey(fmt.Sprint(m.mapping.Sheet))
		choices.Add(p)
	}
	order := widget.NewPicker([]widget.Option{{Key: "0", Text: "tự nhận"}, {Key: "1", Text: "ngày trước, tháng sau"}, {Key: "2", Text: "tháng trước, ngày sau"}}, func(o widget.Option) {
		n, _ := strconv.Atoi(o.Key)
		m.ChooseOrder(exchange.Order(n))
	})
	order.Prefix, order.Width = "Ngày tháng", 250
	order.SetKey(fmt.Sprint(int(m.Order())))
	choices.Add(order)
	s.draw(container.NewVBox(widget.NewParagraph(m.Found(), 760), choices), parts...)
}

// columns lists the columns of the file with what they feed; Enter changes it.
func (s *page) columns() *list.List[Column] {
	return list.Of(s.e, list.Options[Column]{ID: "import-columns", Inner: s.wizard.Object(), Plain: true, What: "cột", Begin: list.Held(s.model.Columns),
		Key: func(c *Column) uint64 { return uint64(c.Number) }, Open: s.askFact,
		Menu: func(c *Column, _ []uint64) []widget.MenuItem {
			one := *c
			return []widget.MenuItem{{Label: "Dùng cột này làm…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { s.askFact(&one) }}}
		},
		Columns: []list.Column[Column]{
			list.Col("letter", "Cột", 48, 0, func(c *Column) string { return Letters(c.Number) }),
			list.Col("heading", "Tiêu đề trong tệp", 190, 1, func(c *Column) string { return c.Heading }),
			list.Col("fact", "Dùng làm", 190, 0.6, func(c *Column) string { return factName(c.Fact) }).Dress(func(c *Column, cell *widget.Cell) {
				if cell.Strong = c.Fact != exchange.FactIgnore; !cell.Strong {
					cell.Role = widget.ColorSecondary
				}
			}),
			list.Col("samples", "Các giá trị đầu", 240, 2, func(c *Column) string { return c.Samples }),
			list.Col("faults", "Không nhận được", 120, 0, func(c *Column) string {
				if c.Faults.Rows == 0 {
					return ""
				}
				return data.FormatInt(int64(c.Faults.Rows)) + "/" + data.FormatInt(int64(c.Faults.Of)) + " dòng"
			}).Dress(func(_ *Column, cell *widget.Cell) { cell.Role = widget.ColorLate }),
		}})
}

func factName(f exchange.Fact) string {
	if f == exchange.FactIgnore {
		return "không dùng"
	}
	return f.String()
}

// askFact asks what a column feeds.
func (s *page) askFact(c *Column) {
	was := *c
	note := "Giá trị đầu: " + was.Samples
	if f := was.Faults; f.Rows > 0 {
		note = fmt.Sprintf("%s trong %s dòng đầu không nhận được vì cột này. Ví dụ: %s", data.FormatInt(int64(f.Rows)), data.FormatInt(int64(f.Of)), f.Example)
	}
	var facts []kit.Choice
	for _, f := range exchange.Facts() {
		facts = append(facts, kit.Choice{Key: f.Key(), Text: factName(f)})
	}
	form.Ask(s.e, form.Question[string]{Title: fmt.Sprintf("Cột %s, «%s»", Letters(was.Number), was.Heading), Note: note, Verb: "Dùng", Value: was.Fact.Key(),
		Fields: []form.Field[string]{form.Pick("fact", "Dùng cột này làm", func(*string) []kit.Choice { return facts }, func(x *string) *string { return x })},
		Then: func(key string) {
			if f, ok := exchange.ParseFact(key); ok && f != was.Fact {
				s.model.ChooseFact(was.Number, f)
			}
		}})
}

// rawRows lists the first rows as they stand in the file.
func (s *page) rawRows() *list.List[exchange.RawRow] {
	m := s.model
	columns := []list.Column[exchange.RawRow]{list.Col("row", "Dòng", 54, 0, func(r *exchange.RawRow) string { return fmt.Sprint(r.Row) }).Right().Dress(func(r *exchange.RawRow, c *widget.Cell) {
		if m.FaultAt(r.Row, "") {
			c.Mark = widget.MarkLate
		}
	})}
	for _, c := range m.mapping.Columns {
		columns = append(columns, list.Col(Letters(c.Number), Letters(c.Number)+"\n"+factName(c.Fact), 128, 0, func(r *exchange.RawRow) string {
			if c.Number > len(r.Cells) {
				return ""
			}
			return r.Cells[c.Number-1]
		}).Dress(func(r *exchange.RawRow, cell *widget.Cell) {
			switch cell.Strong = r.Head; {
			case m.FaultAt(r.Row, c.Heading):
				cell.Role, cell.Strong = widget.ColorLate, true
			case !r.Head && c.Fact == exchange.FactIgnore:
				cell.Role = widget.ColorSecondary
			}
		}))
	}
	return list.Of(s.e, list.Options[exchange.RawRow]{ID: "import-raw", Inner: s.wizard.Object(), Plain: true, What: "dòng", Columns: columns, Begin: list.Held(m.Raw)})
}

// readRows lists the first rows as they would be stored.
func (s *page) readRows() *list.List[exchange.Record] {
	type record = exchange.Record
	return list.Of(s.e, list.Options[record]{ID: "import-read", Inner: s.wizard.Object(), Plain: true, What: "dòng", Begin: list.Held(s.model.Preview),
		Empty: "Không có dòng hồ sơ nào dưới tiêu đề.",
		Columns: []list.Column[record]{
			list.Col("row", "Dòng", 54, 0, func(r *record) string { return fmt.Sprint(r.Row) }).Right(), list.Col("code", "Mã hồ sơ", 170, 0, func(r *record) string { return r.Dossier.Code }),
			list.Col("owner", "Chủ hồ sơ", 150, 1, func(r *record) string { return r.Dossier.Owner.Name }),
			list.Col("procedure", "Thủ tục", 170, 2, func(r *record) string {
				if r.Procedure == "" {
					return r.Dossier.Content
				}
				return r.Procedure
			}),
			list.Col("received", "Ngày nhận", widthMoment, 0, func(r *record) string { return r.Dossier.Received.String() }), list.Col("due", "Hẹn trả", widthMoment, 0, func(r *record) string { return r.Dossier.Due.String() }),
			list.Col("state", "Tình trạng hoặc lý do không nhận", 220, 2, func(r *record) string {
				if r.Verdict != exchange.Accepted {
					return r.Reason
				}
				return r.Dossier.On(data.MaxDay).Status.String()
			}).Dress(func(r *record, c *widget.Cell) {
				if r.Verdict != exchange.Accepted {
					c.Role = widget.ColorLate
				}
			}),
		}})
}

// remarks lists what the officer should know, and questions; Enter answers one.
func (s *page) remarks(all []Remark) *list.List[Remark] {
	return list.Of(s.e, list.Options[Remark]{ID: "import-remarks", Inner: s.wizard.Object(), Plain: true, What: "điều cần xem", Begin: list.Held(func() []Remark { return all }), Open: s.answer,
		Menu: func(r *Remark, _ []uint64) []widget.MenuItem {
			one := *r
			items := []widget.MenuItem{{Label: "Xem", Hint: "Enter", Do: func() { s.answer(&one) }}}
			if r.Verb != "" {
				items[0].Label = r.Verb
			}
			if r.Kind == OwnUnit {
				items = append(items, widget.MenuItem{Label: "Đổi đơn vị…", Icon: widget.IconEdit, Do: s.askUnit})
			}
			return items
		},
		Columns: []list.Column[Remark]{
			list.Col("text", "Điều cần xem", 400, 1, func(r *Remark) string { return r.Text }).Dress(func(r *Remark, c *widget.Cell) {
				switch r.Kind {
				case AskState, AskUnit:
					c.Mark = widget.MarkSoon
				case Plain:
					c.Role = widget.ColorSoon
				}
			}),
			list.Col("verb", "", 110, 0, func(r *Remark) string { return r.Verb }).Dress(func(_ *Remark, c *widget.Cell) { c.Role = widget.ColorPrimary }),
		}})
}

// answer answers a question, takes an answer back, or shows a remark in full.
func (s *page) answer(r *Remark) {
	switch r.Kind {
	case AskState:
		s.askState(r.Detail)
	case AskUnit:
		s.askUnit()
	case OwnUnit:
		s.model.OwnedBy("")
	case Mapped:
		s.model.Forget()
	default:
		widget.Message(s.e.Window, "Lưu ý", r.Text, nil)
	}
}

// askUnit asks whose file it is.
func (s *page) askUnit() {
	form.Ask(s.e, form.Question[string]{Title: "Tệp này của đơn vị nào?", Verb: "Dùng đơn vị này", Value: s.model.FileUnit(),
		Fields: []form.Field[string]{form.Suggest("unit", "Đơn vị của các dòng không ghi đơn vị", func(*string) []kit.Choice { return env.Units(s.e.Desk) }, func(x *string) *string { return x }).Sized(420)},
		Check: func(name string) error {
			if name == "" {
				return &data.Error{Code: data.Invalid, Field: "unit", Message: "Nhập tên đơn vị, hoặc chọn trong danh sách (phím mũi tên xuống)."}
			}
			return nil
		}, Then: s.model.OwnedBy})
}

func (s *page) askState(name string) {
	var states []data.Status
	for st := data.Registered; st <= data.Delivered; st++ {
		states = append(states, st)
	}
	form.Ask(s.e, form.Question[data.Status]{Title: "Tình trạng «" + name + "»", Verb: "Ghi nhớ",
		Fields: []form.Field[data.Status]{form.Enum("state", "Nghĩa là", func(x *data.Status) *data.Status { return x }, states...)},
		Check: func(st data.Status) error {
			if st == 0 {
				return &data.Error{Code: data.Invalid, Field: "state", Message: "Chọn một tình trạng trong danh sách."}
			}
			return nil
		}, Then: func(st data.Status) { s.model.Explain(name, st) }})
}
