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

import (
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// schemaVersion is the version of files that this program makes or opens to write.
const schemaVersion = 2

// placesVersion is the version of a file that holds a dossier with facts that a program
// of version 2 would take for damage: who helped, the code in another system. A file
// becomes one when the first such dossier is stored.
const placesVersion = 3

// needs lets the file be of a version at least.
func needs(tx *bolt.Tx, version uint64) error {
	meta := tx.Bucket(bucketMeta)
	if have, _ := binary.Uvarint(meta.Get(keyVersion)); have >= version {
		return nil
	}
	return meta.Put(keyVersion, binary.AppendUvarint(nil, version))
}

// migration brings a file from the version before to version.
type migration struct {
	version int
	apply   func(*bolt.Tx) error
}

// migrations in order. Each has a test that starts from a file of the version
// before it.
var migrations = []migration{
	{1, createBuckets},
	// Version 2 adds the bucket record, and facts of dossiers and events that an
	// older program would not understand.
	{2, createBuckets},
}

func createBuckets(tx *bolt.Tx) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// migrate applies every migration after the version, in one transaction.
func migrate(tx *bolt.Tx, version int) error {
	for _, m := range migrations {
		if m.version <= version {
			continue
		}
		if err := m.apply(tx); err != nil {
			return fmt.Errorf("migration %d: %w", m.version, err)
		}
	}
	return tx.Bucket(bucketMeta).Put(keyVersion, binary.AppendUvarint(nil, schemaVersion))
}

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
