//go:build !windows

package disk_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
)

// TestAtOncePipesAreRefused: nobody waits for a writer of a pipe.
func TestAtOncePipesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ong.xlsx")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	done := make(chan error, 1)
	go func() { _, err := disk.Open(path); done <- err }()
	select {
	case err := <-done:
		if data.CodeOf(err) != data.Invalid {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it waits for a writer")
	}
}
