package sheet_test

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"testing"
	"time"

	"giaoban/data/exchange/sheet"
)

// refusedSoon opens a hostile file: it must be refused with few resources.
func refusedSoon(t *testing.T, name string, content []byte) sheet.Reason {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	_, err := dump(content)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Fatalf("%s: read", name)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("%s: %v", name, took)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 300 {
		t.Errorf("%s: %d MB", name, used)
	}
	return sheet.ReasonOf(err)
}

// TestHostileCompoundFiles bounds what a directory made to hurt can cost.
func TestHostileCompoundFiles(t *testing.T) {
	le := binary.LittleEndian
	good := compoundFile("Workbook", make([]byte, 4096))
	counts := bytes.Clone(good)
	for _, at := range []int{0x28, 0x2C, 0x40, 0x48} {
		le.PutUint32(counts[at:], 0xFFFFFFF0)
	}
	if r := refusedSoon(t, "counts without end", counts); r != sheet.BIFF {
		t.Error(r)
	}
	// 160.000 storages, each within the one before.
	const n = 160000
	deep := make([]byte, 0, 128*n)
	for i := range n {
		e := make([]byte, 128)
		copy(e, "A\x00B\x00")
		e[64], e[66] = 6, 1
		le.PutUint32(e[68:], 0xFFFFFFFF)
		le.PutUint32(e[72:], 0xFFFFFFFF)
		le.PutUint32(e[76:], uint32(i+1))
		deep = append(deep, e...)
	}
	deep[66] = 5
	nested := compoundFile("Workbook", deep)
	le.PutUint32(nested[0x30:], 0) // the directory is the stream
	if r := refusedSoon(t, "storages without end", nested); r != sheet.BIFF {
		t.Error(r)
	}
	// A chain of sectors that leads back.
	loop := bytes.Clone(good)
	fat := len(loop) - 512
	le.PutUint32(loop[fat:], 0)
	if r := refusedSoon(t, "a loop", loop); r != sheet.BIFF {
		t.Error(r)
	}
}
