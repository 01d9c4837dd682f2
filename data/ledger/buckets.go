// Package ledger keeps the data file of an office: every fact that was entered
// or imported, and one journal of all changes. It is the only package that
// knows bbolt. It computes nothing: figures, states and deadlines are derived
// from its facts elsewhere.
//
// The schema, version 2 (keys are big-endian, so that they sort by number):
//
//	meta
//	  version            uvarint  version of this schema
//	  backup             JSON     stands in backups only: see mark
//	office
//	  office             JSON     data.Office
//	unit, field, procedure
//	  <id uint32>        JSON     data.Unit, data.Field, data.Procedure
//	dossier
//	  <id uint64>        record   see codec.go
//	code
//	  <dossier code>     uint64   id of the dossier; derived from dossier
//	import
//	  <id uint64>        JSON     Import
//	setting
//	  <name>             bytes    settings, remembered column mappings, calendars;
//	                              those of Lasting are no part of the journal
//	record
//	  <kind> 0 <id uint64> JSON   everything else that an office keeps: letters, desks,
//	                              signers, criteria sets, sheets, … (since version 2)
//	journal
//	  <seq uint64>       JSON     Entry
//	change
//	  <seq uint64><part uint32>   the values that the entry replaced
//
// Nothing is deleted for good: what a change replaces stays under change.
package ledger

import "encoding/binary"

// The buckets. Each stored change names its bucket by bucketNumber.
var (
	bucketMeta      = []byte("meta")
	bucketOffice    = []byte("office")
	bucketUnit      = []byte("unit")
	bucketField     = []byte("field")
	bucketProcedure = []byte("procedure")
	bucketDossier   = []byte("dossier")
	bucketCode      = []byte("code")
	bucketImport    = []byte("import")
	bucketSetting   = []byte("setting")
	bucketJournal   = []byte("journal")
	bucketChange    = []byte("change")
	bucketRecord    = []byte("record")

	keyVersion = []byte("version")
	keyOffice  = []byte("office")
	keyBackup  = []byte("backup")
)

// buckets in the order of their numbers; the numbers are stored.
var buckets = [][]byte{bucketMeta, bucketOffice, bucketUnit, bucketField, bucketProcedure, bucketDossier,
	bucketCode, bucketImport, bucketSetting, bucketJournal, bucketChange, bucketRecord}

func bucketNumber(name []byte) byte {
	for i, b := range buckets {
		if string(b) == string(name) {
			return byte(i)
		}
	}
	panic("ledger: unknown bucket " + string(name))
}

func key32(id uint32) []byte { return binary.BigEndian.AppendUint32(nil, id) }
func key64(id uint64) []byte { return binary.BigEndian.AppendUint64(nil, id) }
