package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
)

// chained is a file with some history: an import, edits, an undo, records, settings.
func chained(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "so.db")
	l, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	step := func(title string, fn func(tx *Tx) error) {
		t.Helper()
		if err := l.Update(t.Context(), &Entry{Title: title}, fn); err != nil {
			t.Fatal(err)
		}
	}
	step("Nhập 50 hồ sơ", func(tx *Tx) error {
		i := Import{New: 50}
		if err := tx.PutImport(&i); err != nil {
			return err
		}
		tx.Batch()
		for n := range 50 {
			if err := tx.PutDossier(&data.Dossier{Code: fmt.Sprintf("HS-%02d", n), Owner: data.Person{Name: "Trần Văn Mẫu"}, Origin: data.Origin{Import: i.ID}}); err != nil {
				return err
			}
		}
		return nil
	})
	rename := func(name string) func(tx *Tx) error {
		return func(tx *Tx) error {
			d, err := tx.Dossier(5)
			if err != nil {
				return err
			}
			d.Owner.Name = name
			return tx.PutDossier(&d)
		}
	}
	step("Sửa hồ sơ", rename("Lê Thị Mẫu"))
	step("Cấp số", func(tx *Tx) error { return tx.PutSetting("seq/2026/1", []byte("3")) })
	step("Quy tắc", func(tx *Tx) error { return tx.PutSetting("rules", []byte("{}")) })
	step("Sửa nữa", rename("Ngô Thị Mẫu"))
	if _, err := l.Undo(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	step("Thư", func(tx *Tx) error { return tx.PutRecord("letter", new(uint64), data.Letter{Number: 7}) })
	step("Bỏ quy tắc", func(tx *Tx) error { return tx.PutSetting("rules", nil) })
	return path
}

// forge changes a file as somebody would who knows its format and fits every checksum,
// the state included, to what he changed.
func forge(t *testing.T, path string, change func(put func(at place, key, value []byte), get func(at place, key []byte) []byte, st *state)) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		s := &sealer{}
		st, err := stateIn(tx, s)
		if err != nil {
			return err
		}
		get := func(at place, key []byte) []byte {
			value, err := s.open(nil, at, key, tx.Bucket(at.name()).Get(key))
			if err != nil {
				t.Fatal(err)
			}
			return bytes.Clone(value)
		}
		put := func(at place, key, value []byte) {
			b := tx.Bucket(at.name())
			if was := b.Get(key); was != nil {
				st.held[at].drop(at, key, was)
			}
			if value == nil {
				b.Delete(key)
				return
			}
			stored := s.seal(at, key, value)
			st.held[at].add(at, key, stored)
			b.Put(key, stored)
		}
		change(put, get, &st)
		return st.save(tx, s)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestJournalIsAChain: what somebody changes in journal or values, with every checksum
// made to fit, is found and named.
func TestJournalIsAChain(t *testing.T) {
	retitle := func(value []byte, title string, chain bool) []byte {
		var e Entry
		json.Unmarshal(value, &e)
		e.Title = title
		if chain {
			value, _, _ := e.chained()
			return value
		}
		hash := e.Hash
		e.Hash = ""
		core, _ := json.Marshal(e)
		return append(core[:len(core)-1], hashMember+hash+`"}`...)
	}
	type put = func(at place, key, value []byte)
	type get = func(at place, key []byte) []byte
	for name, c := range map[string]struct {
		change func(put put, get get, st *state)
		seq    uint64 // of the entry that is named
		words  string
	}{
		"an edited title": {func(put put, get get, st *state) {
			put(inJournal, key64(2), retitle(get(inJournal, key64(2)), "Khác", false))
		}, 2, "đã bị sửa"},
		"an edited title with a new hash": {func(put put, get get, st *state) {
			h := get(inJournal, key64(2))
			var e Entry
			json.Unmarshal(h, &e)
			e.Seq, e.Title = 2, "Khác"
			v, _, _ := e.chained()
			put(inJournal, key64(2), v)
		}, 3, "không nối với mục 2"},
		"a deleted entry":                  {func(put put, get get, st *state) { put(inJournal, key64(4), nil) }, 5, "mất 1 mục"},
		"a deleted entry with its changes": {func(put put, get get, st *state) { put(inJournal, key64(4), nil); put(inChange, changeKey(4, 0), nil) }, 5, "mất 1 mục"},
		"the first entry deleted":          {func(put put, get get, st *state) { put(inJournal, key64(1), nil); put(inChange, changeKey(1, 0), nil) }, 2, "mất 1 mục đầu"},
		"the last entry cut": {func(put put, get get, st *state) {
			var e Entry
			json.Unmarshal(get(inJournal, key64(7)), &e)
			put(inJournal, key64(8), nil)
			put(inChange, changeKey(8, 0), nil)
			st.seq, st.count, st.at = 7, 7, e.At
			sum := hashOf(7, coreOf(get(inJournal, key64(7))))
			st.hash = sum
		}, 4, "thiết lập rules"},
		"the whole journal deleted": {func(put put, get get, st *state) {
			for seq := range uint64(8) {
				put(inJournal, key64(seq+1), nil)
				put(inChange, changeKey(seq+1, 0), nil)
			}
			st.seq, st.count, st.hash = 0, 0, digest{}
		}, 0, "ngoài nhật ký"},
		"an entry put in": {func(put put, get get, st *state) {
			var e Entry
			json.Unmarshal(get(inJournal, key64(8)), &e)
			e.Seq, e.Title = 9, "Chèn vào"
			v, sum, _ := e.chained()
			put(inJournal, key64(9), v)
			st.seq, st.hash = 9, sum
		}, 9, "trùng số thứ tự"},
		"a dossier changed past the journal": {func(put put, get get, st *state) {
			d := data.Dossier{Code: "HS-04", Owner: data.Person{Name: "Kẻ Sửa Lén"}}
			put(inDossier, key64(5), encodeDossier(nil, &d))
		}, 6, "hồ sơ 5"},
		"one of an import changed": {func(put put, get get, st *state) {
			d := data.Dossier{Code: "HS-20", Owner: data.Person{Name: "Kẻ Sửa Lén"}}
			put(inDossier, key64(21), encodeDossier(nil, &d))
		}, 1, "Nhập 50 hồ sơ"},
		"a counter turned back":  {func(put put, get get, st *state) { put(inSetting, []byte("seq/2026/1"), []byte("1")) }, 3, "thiết lập seq/2026/1"},
		"a record taken out":     {func(put put, get get, st *state) { put(inRecord, recordKey("letter", 1), nil) }, 7, "bản ghi letter/1"},
		"a setting put in":       {func(put put, get get, st *state) { put(inSetting, []byte("bases"), []byte("[]")) }, 0, "thiết lập «bases»"},
		"a setting brought back": {func(put put, get get, st *state) { put(inSetting, []byte("rules"), []byte("{}")) }, 8, "thiết lập rules"},
		"edited changes": {func(put put, get get, st *state) {
			part := get(inChange, changeKey(2, 0))
			put(inChange, changeKey(2, 0), bytes.Replace(part, []byte("Trần"), []byte("Trâm"), 1))
		}, 2, "đã thay bị sửa"},
		"deleted changes": {func(put put, get get, st *state) { put(inChange, changeKey(2, 0), nil) }, 2, "bị xóa"},
	} {
		path := chained(t)
		forge(t, path, c.change)
		check, err := Examine(t.Context(), path, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := false
		for _, f := range check.Journal.Faults {
			found = found || f.Seq == c.seq && strings.Contains(f.What, c.words)
		}
		if !found {
			t.Errorf("%s: %v", name, check.Journal.Faults)
		}
	}
	path := chained(t)
	check, err := Examine(t.Context(), path, Options{})
	if err != nil || len(check.Faults) > 0 || check.Journal.Count != 8 || check.Journal.Head == "" || check.Journal.Seq != 8 {
		t.Errorf("the file as it was: %+v, %v", check, err)
	}
}

// TestHandMadeEdits: somebody who does not fit the checksums is found at the opening,
// and check names what he changed.
func TestHandMadeEdits(t *testing.T) {
	for name, key := range map[string]struct {
		at  place
		key []byte
	}{"nhật ký «2»": {inJournal, key64(2)}, "hồ sơ «7»": {inDossier, key64(7)}, "thiết lập «seq/2026/1»": {inSetting, []byte("seq/2026/1")},
		"bản ghi «letter/1»": {inRecord, recordKey("letter", 1)}, "phần thay đổi của nhật ký «2/0»": {inChange, changeKey(2, 0)}, "chỉ mục mã hồ sơ «HS-03»": {inCode, []byte("HS-03")}} {
		path := chained(t)
		db, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket(key.at.name())
			value := bytes.Clone(b.Get(key.key))
			value[len(value)-2] ^= 1
			return b.Put(key.key, value)
		})
		db.Close()
		if _, err := Open(path, Options{}); data.CodeOf(err) != data.Damaged || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		check, err := Examine(t.Context(), path, Options{})
		if err != nil || !strings.Contains(strings.Join(check.Faults, "\n"), name) {
			t.Errorf("%s: %v, %v", name, check.Faults, err)
		}
	}
}
