package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
)

// takeKeys gives the keys of all pages to the window. A key works on its own page
// only, unless it opens it from everywhere.
func (s *Shell) takeKeys() {
	for _, k := range s.general {
		if k.Modifier != 0 {
			s.frame.AddShortcut(k.Name, k.Modifier, k.Do)
		}
	}
	for _, x := range s.entries {
		page, ok := s.pages[x.ID].(env.Keyed)
		if !ok {
			continue
		}
		for _, k := range page.Keys() {
			if k.Modifier == 0 {
				continue
			}
			s.frame.AddShortcut(k.Name, k.Modifier, func() {
				if k.Anywhere || s.now == x.ID {
					k.Do()
				}
			})
		}
	}
}

// key takes the keys without modifiers that nothing with the focus has use for.
func (s *Shell) key(ev *fyne.KeyEvent) bool {
	p := s.Current()
	if k, ok := p.(env.Keyed); ok {
		for _, x := range k.Keys() {
			if x.Modifier == 0 && x.Name == ev.Name {
				x.Do()
				return true
			}
		}
	}
	t, ok := p.(env.KeyTaker)
	return ok && t.TakeKey(ev)
}

// Help lists the keys: those of the page in view first, then those that work
// everywhere, then those of the other pages.
func (s *Shell) Help() [][2]string {
	var out [][2]string
	add := func(keys []env.Key) {
		for _, k := range keys {
			if k.Label != "" && !slices.ContainsFunc(out, func(x [2]string) bool { return x[0] == k.Label && x[1] == k.Help }) {
				out = append(out, [2]string{k.Label, k.Help})
			}
		}
	}
	of := func(id string) []env.Key {
		if k, ok := s.pages[id].(env.Keyed); ok {
			return k.Keys()
		}
		return nil
	}
	add(of(s.now))
	add(s.general)
	for _, x := range s.entries {
		for _, k := range of(x.ID) {
			if k.Anywhere {
				add([]env.Key{k})
			}
		}
	}
	return out
}
