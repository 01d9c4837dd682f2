package ledger

import (
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// schemaVersion is the version that this program writes.
const schemaVersion = 2

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
