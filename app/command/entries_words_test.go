package command_test

import (
	"strings"
	"testing"

	"giaoban/app/command"
)

// TestWordsOfRegisters: a state may be written as people see it, and one that is not
// there is answered with those that are; measures by unit tell of the units, and ranks
// stand under their class.
func TestWordsOfRegisters(t *testing.T) {
	file := demo(t)
	if text := must(t, "entries", "task", "--state", "quá hạn", "--file", file); !strings.Contains(text, "Sổ theo dõi nhiệm vụ: 0 dòng") {
		t.Error(text)
	}
	if text := fails(t, command.ExitUsage, "entries", "task", "--state", "xong", "--file", file); !strings.Contains(text, "overdue (Quá hạn)") {
		t.Error(text)
	}
	whole := must(t, "measures", "--only", "register.received", "--file", file)
	if text := must(t, "measures", "--only", "register.received", "--by", "unit", "--file", file); !strings.HasPrefix(text, whole) || strings.Count(text, "\n    ") < 2 {
		t.Error(text)
	}
	if text := must(t, "rank", "A", "--period", "2022", "--file", file); !strings.Contains(text, "\n  1  ") {
		t.Error(text)
	}
}
