package ledger

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"unicode/utf8"

	"giaoban/data"
)

// place is a bucket of the file. Its number is stored: each change names its bucket
// by it.
type place byte

// The buckets in the order of their numbers.
const (
	inMeta place = iota
	inOffice
	inUnit
	inField
	inProcedure
	inDossier
	inCode
	inImport
	inSetting
	inJournal
	inChange
	inRecord
	places
)

var names = [places]string{"meta", "office", "unit", "field", "procedure", "dossier", "code", "import", "setting", "journal", "change", "record"}

// words are the buckets as an officer knows them.
var words = [places]string{"phần đầu tệp", "thông tin cơ quan", "đơn vị", "lĩnh vực", "thủ tục", "hồ sơ", "chỉ mục mã hồ sơ", "lần nhập", "thiết lập",
	"nhật ký", "phần thay đổi của nhật ký", "bản ghi"}

// seeds are the checksums of the names with a zero byte: what begins each checksum of
// a bucket.
var seeds = func() (list [places]uint32) {
	for p, name := range names {
		list[p] = crc32.Checksum(append([]byte(name), 0), castagnoli)
	}
	return list
}()

// name is the key of the bucket in the file.
func (p place) name() []byte { return []byte(names[p]) }

// placeOf is the bucket of a name; ok is false for none.
func placeOf(name []byte) (p place, ok bool) {
	for p := range places {
		if names[p] == string(name) {
			return p, true
		}
	}
	return 0, false
}

// journaled reports whether the journal keeps what a bucket held: all but itself and
// what is worked out from the rest.
func (p place) journaled() bool {
	return p != inMeta && p != inCode && p != inJournal && p != inChange
}

// keyText is a key as it is shown: numbers as digits.
func (p place) keyText(key []byte) string {
	number := func(b []byte) string {
		switch len(b) {
		case 4:
			return fmt.Sprint(binary.BigEndian.Uint32(b))
		case 8:
			return fmt.Sprint(binary.BigEndian.Uint64(b))
		}
		return fmt.Sprintf("%x", b)
	}
	switch p {
	case inUnit, inField, inProcedure, inDossier, inImport, inJournal:
		return number(key)
	case inChange:
		if len(key) == 12 {
			return number(key[:8]) + "/" + number(key[8:])
		}
	case inRecord:
		if kind, id, ok := strings.Cut(string(key), "\x00"); ok && utf8.ValidString(kind) {
			return kind + "/" + number([]byte(id))
		}
	default:
		if utf8.Valid(key) {
			return string(key)
		}
	}
	return fmt.Sprintf("%x", key)
}

// damagedValue tells that a value is not what was stored.
func (p place) damagedValue(key []byte, what string, cause error) *data.Error {
	return &data.Error{Code: data.Damaged, Field: names[p] + "/" + p.keyText(key), Cause: cause,
		Message: fmt.Sprintf("Tệp dữ liệu bị hỏng: %s «%s» %s. Tệp được giữ nguyên; khôi phục từ bản sao lưu, hoặc cứu những gì còn đọc được ra tệp mới.", words[p], p.keyText(key), what)}
}

func key32(id uint32) []byte { return binary.BigEndian.AppendUint32(nil, id) }
func key64(id uint64) []byte { return binary.BigEndian.AppendUint64(nil, id) }
