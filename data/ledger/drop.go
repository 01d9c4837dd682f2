package ledger

// DropField takes a field out of the catalogue; the journal keeps what it was.
// Nothing may name it any more: see Check.
func (tx *Tx) DropField(id uint32) error { return tx.put(bucketField, key32(id), nil) }

// DropUnit takes a unit out of the catalogue; the journal keeps what it was. Nothing
// may name it any more: see Check.
func (tx *Tx) DropUnit(id uint32) error { return tx.put(bucketUnit, key32(id), nil) }

// DropProcedure does the same with a procedure.
func (tx *Tx) DropProcedure(id uint32) error { return tx.put(bucketProcedure, key32(id), nil) }
