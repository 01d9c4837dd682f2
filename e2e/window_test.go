//go:build e2e

package e2e

import (
	"fmt"
	"testing"
)

// TestEveryScreen opens each screen at the sizes that offices have, and at a
// larger text size, and leaves a picture of it.
func TestEveryScreen(t *testing.T) {
	for _, size := range []struct {
		width, height int
		scale         string
	}{
		{1366, 768, "1"},
		{1920, 1080, "1"},
		{1920, 1080, "1.5"},
	} {
		name := fmt.Sprintf("%dx%d-%s", size.width, size.height, size.scale)
		t.Run(name, func(t *testing.T) {
			p := newDesktop(t, size.width, size.height, "FYNE_SCALE="+size.scale).start("--file", demoFile(t))
			p.maximise()
			p.steady()
			for i, screen := range []string{"overview", "register", "watching", "checking", "scoring", "import", "briefing", "catalogue", "settings"} {
				p.Key(fmt.Sprintf("alt+%d", i+1))
				p.until("screen "+screen, func(s State) bool { return s.Screen == screen })
				p.steady()
				if screen == "briefing" {
					p.preview()
				}
				p.still(name + "-" + screen)
			}
			p.quit()
		})
	}
}

// register opens the register screen on the demonstration office.
func register(t *testing.T, extra ...string) (*Program, State) {
	t.Helper()
	p := newDesktop(t, 1366, 768, extra...).start("--file", demoFile(t))
	p.maximise()
	p.Key("alt+2")
	p.until("the register", func(s State) bool { return s.Screen == "register" && s.Listed > 0 })
	return p, p.steady()
}

// TestSearchNarrowsTheList types into the search box: each letter counts, and
// what is found is what the command finds.
func TestSearchNarrowsTheList(t *testing.T) {
	p, all := register(t)
	text := "nguyen thi"
	want := count(t, demoFile(t), text)
	if want == 0 || want >= all.Listed {
		t.Fatalf("%q finds %d of %d dossiers of the demonstration: it proves nothing", text, want, all.Listed)
	}
	p.Type(text)
	found := p.until("the list to narrow", func(s State) bool { return s.Listed == want })
	p.still("register-search")
	if found.Status == all.Status {
		t.Errorf("the status bar still says %q", found.Status)
	}

	p.Key("ctrl+a", "BackSpace")
	p.until("the whole list again", func(s State) bool { return s.Listed == all.Listed })
	p.Type("Nguyễn Thị")
	p.until("the same list with diacritics", func(s State) bool { return s.Listed > 0 && s.Listed <= want })
	p.Key("ctrl+a", "BackSpace")
	p.until("the whole list once more", func(s State) bool { return s.Listed == all.Listed })
	p.Paste("khong co ai ten nay")
	p.until("an empty list", func(s State) bool { return s.Listed == 0 })
	p.still("register-none")
	p.quit()
}

// TestKeyboardWalksTheList chooses dossiers without the mouse.
func TestKeyboardWalksTheList(t *testing.T) {
	p, first := register(t)
	p.Key("Down")
	second := p.until("another dossier", func(s State) bool { return s.Selected != "" && s.Selected != first.Selected })
	p.Key("Return")
	p.steady()
	p.still("register-detail")
	p.Key("Escape")
	if s := p.steady(); s.Screen != "register" || s.Selected != second.Selected {
		t.Errorf("Esc left %s on %s", s.Selected, s.Screen)
	}
	p.quit()
}

// TestFirstStart opens the program in the home of an officer who never used
// it: it must show a window, not an error.
func TestFirstStart(t *testing.T) {
	p := newDesktop(t, 1366, 768).start()
	p.maximise()
	p.steady()
	p.still("first-start")
	if s := p.State(); s.Screen == "" {
		t.Error("no screen is shown")
	}
	p.quit()
}
