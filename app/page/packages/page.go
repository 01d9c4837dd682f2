// Package packages is the page Gói số liệu: packages that came from other offices and
// which are missing, packages that were sent, and the cards by which offices know each
// other.
package packages

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/packet"
	"giaoban/data/vault"
)

// The places of the parts.
const (
	partArrived = iota
	partSent
	partCards
)

const pageTitle = "Gói số liệu"

// page is the page.
type page struct {
	parts.Page
	e     *env.Env
	cover *widget.Paragraph // above the packages that came
	own   *widget.Paragraph // above the cards
	board desk.ArrivalBoard
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, cover: widget.NewNote("", 900), own: widget.NewNote("", 900)}
	p.Make(e, "Gói đã nhận", "Gửi gói", "Thẻ đơn vị")
	p.Begin(p.arrivals(), p.sent(), p.cards())
	return p
}

func (p *page) period() (data.Period, string) {
	of := p.e.Session.Period()
	return of, env.PeriodLabel(of)
}

// arrivals is the part Gói đã nhận.
func (p *page) arrivals() parts.Part {
	col := list.Col[arrived]
	count := func(id, title string, width float32, of func(*arrived) int) list.Column[arrived] {
		return col(id, title, width, 0, func(a *arrived) string { return counted(of(a)) }).Right()
	}
	warn := func(a *arrived, c *widget.Cell) {
		if a.bad() {
			c.Role = widget.ColorSoon
		}
	}
	return list.Of(p.Inner(partArrived), list.Options[arrived]{ID: "arrivals", Title: pageTitle, What: "gói", Paper: "BẢNG GÓI SỐ LIỆU ĐÃ NHẬN", Lead: p.Head(p.cover),
		Begin: p.read, Key: func(a *arrived) uint64 {
			if a.missing {
				return list.KeyOf(a.Name)
			}
			return a.ID
		},
		Columns: []list.Column[arrived]{
			col("unit", "Đơn vị", 180, 2, func(a *arrived) string { return a.Name }),
			col("period", "Kỳ", 96, 0.6, func(a *arrived) string { return a.Label }),
			col("kind", "Loại", 84, 0, func(a *arrived) string { return a.Kind.Title() }),
			col("seq", "Gói\nsố", 48, 0, (*arrived).seq).Right(),
			col("created", "Ngày lập", 88, 0, func(a *arrived) string { return dayOf(p.e.Desk, a.Created) }),
			col("at", "Ngày nhận", 88, 0, func(a *arrived) string { return dayOf(p.e.Desk, a.At) }),
			col("signed", "Chữ ký", 140, 0, (*arrived).signed).Dress(func(a *arrived, c *widget.Cell) {
				if !a.missing && a.State != packet.Checked {
					c.Role = widget.ColorSoon
				}
			}),
			count("rows", "Số\ndòng", 60, func(a *arrived) int { return a.Rows }),
			col("changes", "Mới/đổi/\ntrùng", 84, 0, (*arrived).changes).Right(),
			count("faults", "Lỗi\ncộng", 48, func(a *arrived) int { return len(a.Warnings) }),
			count("late", "Trễ\n(ngày)", 56, func(a *arrived) int { return a.late }),
			col("state", "Trạng thái", 150, 1, (*arrived).state).Dress(warn),
		},
		Filters: []list.Filter[arrived]{
			{Key: "unit", Label: "Đơn vị", Of: func(a *arrived) []string { return []string{a.Name} }},
			{Key: "period", Label: "Kỳ", Of: func(a *arrived) []string { return []string{a.Label} }},
			{Key: "state", Label: "Trạng thái", Of: func(a *arrived) []string { return []string{a.state()} }},
		},
		Actions: []list.Action{{Label: "Biểu tổng hợp", Icon: widget.IconPrint, Do: p.consolidate}, {Label: "Công văn đôn đốc", Icon: widget.IconPrint, Do: p.remind}, {Label: "Hạn nộp…", Icon: widget.IconCalendar, Do: p.askDue},
			{Label: "Nhận gói…", Icon: widget.IconImport, Main: true, Do: p.choose}},
		Open: p.tell, Menu: p.arrivedMenu, Empty: "Chưa nhận gói nào. Thêm thẻ của đơn vị gửi ở phần «Thẻ đơn vị», rồi nhận tệp .gbgoi đơn vị gửi đến.", EmptyVerb: "Nhận gói…", EmptyDo: p.choose})
}

// read reads the board of the period that holds for every page.
func (p *page) read() func() ([]arrived, error) {
	of, label := p.period()
	return func() ([]arrived, error) {
		rows, b, due, err := board(p.e.Desk, of)
		text := summary(label, due, &b)
		p.e.Session.Post(func() {
			p.board = b
			p.cover.SetText(text)
		})
		return rows, err
	}
}

func (p *page) came() *list.List[arrived] { return p.Parts[partArrived].(*list.List[arrived]) }

// tell shows all that is kept of a package.
func (p *page) tell(a *arrived) {
	options := widget.DialogOptions{Title: cmp.Or(a.Label, pageTitle), Width: 640, Content: widget.NewParagraph(a.about(p.e.Desk), 620)}
	if label, do := p.behind(a); do != nil {
		var dialog *widget.Dialog
		options.Extra = []*widget.Button{widget.NewButton(label, widget.IconSearch, func() { dialog.Close(); do() })}
		dialog = widget.ShowDialog(p.e.Window, options)
		return
	}
	widget.ShowDialog(p.e.Window, options)
}

// behind leads to what came in a package.
func (p *page) behind(a *arrived) (label string, open func()) {
	if a.missing {
		return "", nil
	}
	from, _ := data.ParseISO(a.Period.From)
	to, _ := data.ParseISO(a.Period.To)
	switch a.Content() {
	case packet.Figures:
		list, err := p.e.Desk.Reported()
		if err != nil {
			p.e.Session.Missed(err)
		}
		for i := range list {
			if r := &list[i]; r.Sender == a.Unit && r.Period.From == from && r.Period.To == to {
				id := env.ReportOf(r.ID)
				return "Xem số liệu", func() { p.e.Go(env.Route{Page: env.Reported, State: id}) }
			}
		}
	case packet.Dossiers:
		of, err := data.FreePeriod(from, to)
		unit := p.e.Desk.PacketUnit(a.Unit, a.Name)
		if err == nil && unit != 0 {
			title := "Hồ sơ của " + a.Name + ", " + a.Label
			q := desk.Query{Filter: desk.Filter{Units: []uint32{unit}}, Period: &of, Column: data.ColReceived}
			return "Xem hồ sơ", func() { p.e.Session.Jump(env.Jump{Title: title, Query: env.On(q, p.e.Session.Today())}) }
		}
	case packet.Indicators:
		return "Xem chỉ tiêu", func() { p.e.Go(env.Route{Page: env.Indicators}) }
	case packet.Scores:
		return "Xem phiếu", func() { p.e.Go(env.Route{Page: env.Scoring}) }
	case packet.Entries:
		return "Xem sổ", func() { p.e.Go(env.Route{Page: env.Logbooks}) }
	}
	return "", nil
}

func (p *page) arrivedMenu(a *arrived, _ []uint64) []widget.MenuItem {
	one := *a
	items := []widget.MenuItem{{Label: "Chi tiết", Icon: widget.IconSearch, Hint: "Enter", Do: func() { p.tell(&one) }}}
	if label, do := p.behind(&one); do != nil {
		items = append(items, widget.MenuItem{Label: label, Do: do})
	}
	return items
}

// remind shows the letter to the units of which figures are missing.
func (p *page) remind() {
	of, _ := p.period()
	due, err := p.e.Desk.PacketDue(of)
	if err != nil {
		p.e.Fail("Không đọc được hạn nộp", err)
		return
	}
	b := p.board
	p.e.ShowPDF("Công văn đôn đốc gửi số liệu", "don-doc-so-lieu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.Reminder(ctx, p.e.Desk, of, due, &b) })
}

// consolidate shows form II.06a of all units.
func (p *page) consolidate() {
	of, label := p.period()
	p.e.ShowPDF("Biểu II.06a tổng hợp, "+label, string(papers.Consolidated), func(ctx context.Context, _ bool) ([]byte, error) {
		made, err := papers.Pages(ctx, p.e.Desk, papers.Request{Name: papers.Consolidated, Period: of})
		return made.PDF, err
	})
}

// askDue asks until when the packages of the period are to come.
func (p *page) askDue() {
	of, label := p.period()
	due, err := p.e.Desk.PacketDue(of)
	if err != nil {
		p.e.Fail("Không đọc được hạn nộp", err)
		return
	}
	form.Ask(p.e, form.Question[data.Day]{Title: "Hạn nộp gói, " + label, Value: due, Note: "Gói đến sau ngày này được đánh dấu trễ. Để trống là không đặt hạn.",
		Fields: []form.Field[data.Day]{form.Day("due", "Hạn nộp", p.e.Desk.Today, func(d *data.Day) *data.Day { return d })},
		Store:  func(ctx context.Context, d data.Day) error { return p.e.Desk.SetPacketDue(ctx, of, d) },
		Then:   func(data.Day) { p.came().Refresh() }})
}

// TakeFile implements env.FileTaker: a package or a card is taken.
func (p *page) TakeFile(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case packet.Ending:
		p.Open(partArrived)
		p.take(path)
	case packet.CardEnding:
		p.Open(partCards)
		p.addCard(path)
	default:
		return false
	}
	return true
}

// choose asks for the file of a package.
func (p *page) choose() {
	p.e.Files.Open(widget.FileQuestion{Title: "Chọn gói để nhận", Purpose: "packet", Filters: []widget.FileFilter{widget.FilterPacket, widget.FilterAll}}, p.take)
}

// take reads and proves a package, shows what it is, and takes it.
func (p *page) take(path string) {
	var pack *packet.Package
	p.e.Run("Đang kiểm tra "+filepath.Base(path), func(ctx context.Context, _ widget.Report) (err error) {
		pack, err = p.e.Desk.OpenPackage(ctx, path, "")
		return err
	}, func(err error) {
		if fault := (*data.Error)(nil); errors.As(err, &fault) && fault.Field == packet.PhrasePart {
			p.askPhrase(path)
			return
		}
		if err != nil {
			p.e.Fail("Không nhận được gói", err)
			return
		}
		p.askTaking(pack)
	})
}

// askPhrase asks for the six words by which a package is sealed.
func (p *page) askPhrase(path string) {
	var pack *packet.Package
	form.Ask(p.e, form.Question[string]{Title: "Mã của gói", Verb: "Mở gói", Width: 560, Note: "Gói niêm phong bằng mã sáu từ. Hỏi đơn vị gửi qua điện thoại; gõ có dấu hay không dấu đều được.",
		Fields: []form.Field[string]{form.Text(packet.PhrasePart, "Mã sáu từ", func(s *string) *string { return s }).Need()},
		Long: func(ctx context.Context, phrase string, _ widget.Report) (err error) {
			pack, err = p.e.Desk.OpenPackage(ctx, path, phrase)
			return err
		},
		Then: func(string) { p.askTaking(pack) }})
}

func (p *page) askTaking(pack *packet.Package) {
	var came desk.Arrival
	closed := func() { _ = pack.Close() } // scratch files: what is left is swept at the next start
	form.Ask(p.e, form.Question[taking]{Title: "Nhận gói", Verb: "Nhận", Width: 600,
		Above: []fyne.CanvasObject{widget.NewParagraph(opened(pack), 580)},
		Fields: []form.Field[taking]{
			form.Text("reason", "Lý do nhận khi thẻ chưa đối chiếu", func(t *taking) *string { return &t.Why }).Need().When(func(*taking) bool { return pack.State != packet.Checked }),
			form.Check("over", "Ghi đè cả những dòng đã sửa ở đây sau lần nhận trước", func(t *taking) *bool { return &t.Over }),
		},
		Long: func(ctx context.Context, t taking, report widget.Report) error {
			err := p.e.Desk.BackupFor(ctx, desk.BeforeImport, nil)
			if err == nil {
				came, err = p.e.Desk.TakePackage(ctx, pack, desk.PackageTaking{Over: t.Over, Why: t.Why, Sheets: book.New(p.e.Desk)})
			}
			return err
		},
		Left: closed,
		Then: func(taking) {
			closed()
			p.came().Refresh()
			p.e.Done(result(&came))
			if len(came.Notes)+len(came.Warnings)+len(came.Reasons) > 0 {
				p.tell(&arrived{Arrival: came})
			}
		}})
}

// sent is the part Gửi gói.
func (p *page) sent() parts.Part {
	type row = desk.SentPackage
	col := list.Col[row]
	return list.Of(p.Inner(partSent), list.Options[row]{ID: "sent", Title: pageTitle, What: "gói", Paper: "BẢNG GÓI SỐ LIỆU ĐÃ GỬI", Lead: p.Head(), Load: p.e.Desk.SentPackages,
		Columns: []list.Column[row]{
			col("name", "Gửi", 200, 2, func(s *row) string { return s.Name }),
			col("label", "Kỳ", 120, 1, func(s *row) string { return s.Label }),
			col("kind", "Loại", 96, 0, func(s *row) string { return s.Kind.Title() }),
			col("seq", "Gói số", 70, 0, func(s *row) string { return n(int(s.Seq)) }).Right(),
			col("as-of", "Số liệu đến", 96, 0, func(s *row) string { return isoDay(s.AsOf) }),
			col("rows", "Số dòng", 80, 0, func(s *row) string { return data.FormatInt(s.Rows) }).Right(),
			col("replaces", "Thay gói", 80, 0, func(s *row) string { return counted(int(s.Replaces)) }).Right(),
			col("at", "Lập lúc", 130, 0, func(s *row) string { return when(p.e.Desk, s.At) }),
			col("file", "Tệp", 200, 1, func(s *row) string { return s.File }),
		},
		Actions: []list.Action{{Label: "Lập gói…", Icon: widget.IconAdd, Main: true, Do: p.make}},
		Empty:   "Chưa lập gói nào. Thêm thẻ của nơi nhận ở phần «Thẻ đơn vị», chọn kỳ ở đầu cửa sổ rồi lập gói; gửi tệp qua USB hay thư điện tử đều được, chỉ nơi nhận mở được.", EmptyVerb: "Lập gói…", EmptyDo: p.make})
}

// make asks what goes into a package of the period, and where its file goes.
func (p *page) make() {
	d := p.e.Desk
	of, label := p.period()
	known, err := d.PacketCards()
	sent, serr := d.SentPackages()
	if err = cmp.Or(err, serr); err != nil {
		p.e.Fail("Không đọc được thẻ đơn vị", err)
		return
	}
	to := receivers(known, d.Today())
	if len(to) == 0 {
		p.e.Confirm("Chưa có nơi nhận", "Chưa có thẻ của cơ quan nào để gửi. Xin nơi nhận tệp thẻ (.gbthe) rồi thêm ở phần «Thẻ đơn vị».", "Thêm thẻ…", func() {
			p.Open(partCards)
			p.chooseCard()
		})
		return
	}
	unit := func(m *making) string {
		if k := known.Find(m.To); k != nil {
			return k.Card.Unit
		}
		return ""
	}
	form.Ask(p.e, form.Question[making]{Title: "Lập gói, " + label, Verb: "Chọn nơi lưu…", Width: 600, Onward: true,
		Note:  "Kỳ là kỳ đang chọn ở đầu cửa sổ. Gói được ký bằng khóa của cơ quan và niêm phong cho riêng nơi nhận.",
		Value: making{Kind: packet.Figures, To: to[0].Key, AsOf: min(d.Today(), of.To)},
		Fields: []form.Field[making]{
			form.Pick("kind", "Loại", func(*making) []kit.Choice { return kinds() }, func(m *making) *packet.Kind { return &m.Kind }).Need(),
			form.Pick("to", "Gửi cho", func(*making) []kit.Choice { return to }, func(m *making) *string { return &m.To }).Need(),
			form.Day("as-of", "Số liệu tính đến ngày", d.Today, func(m *making) *data.Day { return &m.AsOf }).Need(),
			form.PickID("replaces", "Thay gói đã gửi", func(m *making) []kit.Choice { return correctable(sent, unit(m)) }, func(m *making) *uint64 { return &m.Replaces }).Or("không thay gói nào").
				When(func(m *making) bool { return len(correctable(sent, unit(m))) > 0 }),
			form.Check("phrased", "Niêm phong bằng mã sáu từ, đọc cho nơi nhận qua điện thoại", func(m *making) *bool { return &m.Phrased }),
		},
		Check: func(m making) error { return desk.CheckReplaces(m.Kind, m.Replaces) },
		Then: func(m making) {
			card := known.Find(m.To)
			own, err := d.PacketCard(context.Background())
			if err != nil {
				p.e.Fail("Chưa lập được gói", err)
				return
			}
			how := desk.Making{Kind: m.Kind, Period: of, AsOf: m.AsOf, To: card.Signed, Replaces: m.Replaces, Program: p.e.Program, Sheets: book.New(d),
				List: func(ctx context.Context, q desk.Query, day data.Day, w io.Writer) (int, error) {
					return papers.WriteList(ctx, d, q, day, w, nil)
				}}
			if m.Phrased {
				how.Phrase = vault.NewPhrase()
			}
			p.e.Files.Save(widget.FileQuestion{Title: "Lưu gói", Purpose: "packet", Name: nextName(own.Card, card.Card.Unit, of, sent), Filters: []widget.FileFilter{widget.FilterPacket}},
				func(path string) { p.write(path, how) })
		}})
}

func (p *page) write(path string, how desk.Making) {
	var made packet.Manifest
	p.e.Run("Đang lập gói", func(ctx context.Context, _ widget.Report) (err error) {
		made, err = p.e.Desk.MakePackage(ctx, path, how)
		return err
	}, func(err error) {
		if err != nil {
			p.e.Fail("Chưa lập được gói", err)
			return
		}
		p.Parts[partSent].Refresh()
		if how.Phrase != "" {
			p.tellPhrase(how.Phrase, filepath.Base(path), how.To.Card.Name)
			return
		}
		p.e.Toast("Đã lập gói số " + n(int(made.Seq)) + " gửi " + how.To.Card.Name + ": " + filepath.Base(path) + ".")
	})
}

// tellPhrase shows the words that open a package; they are kept nowhere.
func (p *page) tellPhrase(phrase, file, to string) {
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Mã của gói " + file, Width: 600,
		Content: container.NewVBox(widget.NewParagraph("Đọc sáu từ này cho "+to+" qua điện thoại, đừng gửi cùng tệp. Chương trình không giữ mã: đóng cửa sổ này rồi thì phải lập gói khác.", 580), widget.NewHeading(phrase)),
		Extra:   []*widget.Button{widget.NewButton("Chép mã", widget.IconCopy, func() { p.e.CopyCode(phrase) })}})
}
