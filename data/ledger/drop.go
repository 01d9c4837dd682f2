package ledger

// DropField takes a field out of the catalogue; the journal keeps what it was.
// Nothing may name it any more: see Check.
func (tx *Tx) DropField(id uint32) error { return tx.put(bucketField, key32(id), nil) }
