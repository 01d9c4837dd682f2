// Package shell is the frame of the window around pages: the navigation, the way
// from page to page and back, the keys, the status bar and what each page is told
// of changes. It knows only env.Page.
package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// Entry declares a page. Those without an icon are opened from another page and do
// not stand in the navigation.
type Entry struct {
	ID, Label string
	Icon      widget.IconName
	Group     bool         // begins a group of the navigation
	Key       fyne.KeyName // opens it with Alt
	Build     func(*env.Env) env.Page
}

// Shell shows one page of an open office at a time.
type Shell struct {
	// OnShow is called after another page came into view; OnState after anything
	// that the status bar shows may have changed.
	OnShow, OnState func()
	// Middle and Right are the further texts of the status bar.
	Middle, Right string

	frame   *widget.Frame
	env     *env.Env
	entries []Entry
	pages   map[string]env.Page
	stale   map[string]desk.Changes // what a page has not been told yet
	history widget.History[env.Route]
	now     string
	general []env.Key
}

// New builds the pages of an office in a frame. e gets its ways to other pages from
// here. general are the keys that work everywhere.
func New(frame *widget.Frame, e *env.Env, entries []Entry, general []env.Key) *Shell {
	s := &Shell{OnShow: func() {}, OnState: func() {}, frame: frame, env: e, entries: entries, pages: map[string]env.Page{}, stale: map[string]desk.Changes{}, general: general}
	e.Go, e.Back, e.Status, e.InView, e.Badge = s.Go, s.Back, s.Status, s.inView, frame.SetBadge
	for _, x := range entries {
		s.pages[x.ID] = x.Build(e)
		s.stale[x.ID] = desk.Changes{All: true, Catalogue: true, Rules: true}
	}
	frame.SetItems(s.items())
	frame.OnNavigate = func(id string) { s.Go(env.Route{Page: id}) }
	frame.OnBack, frame.OnForward = s.Back, func() { s.travel(s.history.Forward) }
	frame.OnKey = s.key
	s.takeKeys()
	return s
}

func (s *Shell) items() []widget.NavItem {
	var out []widget.NavItem
	for _, x := range s.entries {
		if x.Icon != "" {
			out = append(out, widget.NavItem{ID: x.ID, Label: x.Label, Icon: x.Icon, Divider: x.Group, Key: x.Key})
		}
	}
	return out
}

// Unsaved lists the pages that hold what is stored nowhere, in their order, with what
// would be lost.
func (s *Shell) Unsaved() (pages []env.Unsaved, words []string) {
	for _, x := range s.entries {
		if p, ok := s.pages[x.ID].(env.Unsaved); ok && p.Unsaved() != "" {
			pages, words = append(pages, p), append(words, p.Unsaved())
		}
	}
	return pages, words
}

// Open brings a page into view as it stands.
func (s *Shell) Open(p env.Unsaved) {
	for id, x := range s.pages {
		if x == env.Page(p) {
			s.Go(env.Route{Page: id})
		}
	}
}

// Now returns the id of the page in view, "" for none.
func (s *Shell) Now() string { return s.now }

// Current returns the page in view, nil for none.
func (s *Shell) Current() env.Page { return s.pages[s.now] }

func (s *Shell) inView(content fyne.CanvasObject) bool {
	p := s.Current()
	return p != nil && p.Content() == content
}

// Go opens a place and remembers where the officer was.
func (s *Shell) Go(r env.Route) {
	if s.pages[r.Page] == nil {
		return
	}
	if r.Page != s.now || r.State != nil {
		s.remember()
		s.history.Push(env.Route{Page: r.Page})
	}
	s.show(r)
}

// Back returns to the place before.
func (s *Shell) Back() { s.travel(s.history.Back) }

// remember keeps what changed at the present place since it was entered.
func (s *Shell) remember() {
	if p := s.Current(); p != nil {
		s.history.Update(env.Route{Page: s.now, State: p.Save()})
	}
}

func (s *Shell) travel(step func() (env.Route, bool)) {
	s.remember()
	if r, ok := step(); ok {
		s.show(r)
	}
}

// show brings a page into view at a place: it is told what it missed first.
func (s *Shell) show(r env.Route) {
	s.now = r.Page
	p := s.pages[r.Page]
	s.frame.SetContent(r.Page, p.Content())
	s.tell()
	if r.State != nil {
		p.Restore(r.State)
	}
	p.Shown()
	s.OnShow()
	s.Status()
}

// Changed tells the page in view what changed, and the others when they are shown.
func (s *Shell) Changed(c desk.Changes) {
	for id := range s.pages {
		s.stale[id] = merge(s.stale[id], c)
	}
	s.tell()
	if p, ok := s.Current().(env.Linked); ok && c.Link {
		p.LinkChanged()
	}
	s.Status()
}

func (s *Shell) tell() {
	c := s.stale[s.now]
	if s.now == "" || isNothing(c) {
		return
	}
	s.stale[s.now] = desk.Changes{}
	s.pages[s.now].Stale(c)
}

// merge adds what changed to what a page has not been told yet.
func merge(a, b desk.Changes) desk.Changes {
	a.All, a.Catalogue, a.Rules = a.All || b.All, a.Catalogue || b.Catalogue, a.Rules || b.Rules
	// A page that was not told for long reads everything.
	if len(a.Dossiers)+len(b.Dossiers) > maxTold {
		a.All = true
	}
	if a.All {
		a.Dossiers = nil
	} else {
		a.Dossiers = append(slices.Clone(a.Dossiers), b.Dossiers...)
	}
	for _, k := range b.Kinds {
		if !slices.Contains(a.Kinds, k) {
			a.Kinds = append(slices.Clone(a.Kinds), k)
		}
	}
	return a
}

// maxTold is how many dossiers are named before all are.
const maxTold = 1000

func isNothing(c desk.Changes) bool {
	return !c.All && !c.Catalogue && !c.Rules && len(c.Dossiers) == 0 && len(c.Kinds) == 0
}

// Status draws the status bar.
func (s *Shell) Status() {
	p := s.Current()
	if p == nil {
		return
	}
	s.OnState()
	s.frame.SetStatus(p.Status(), s.Middle, s.Right)
}

// Flush lets every page write what it keeps of what is being typed.
func (s *Shell) Flush() {
	for _, p := range s.pages {
		if f, ok := p.(env.Flusher); ok {
			f.Flush()
		}
	}
}
