package ledger

import "giaoban/data"

// AppendDossier appends the stored form of a dossier, all but its ID, to b: the
// most compact one that there is, for lists that wait in memory.
func AppendDossier(b []byte, d *data.Dossier) []byte { return encodeDossier(b, d) }

// ReadDossier reads what AppendDossier wrote, all but the ID.
func ReadDossier(b []byte, d *data.Dossier) error { return decodeDossier(b, d) }
