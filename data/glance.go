package data

// Glance is what the register in memory keeps of a dossier. The byte slices
// and the events belong to the giver and hold only until its callback returns.
type Glance struct {
	ID        uint64
	Code      []byte
	External  []byte // its code in another system
	Owner     []byte
	Address   []byte
	Title     []byte
	Content   []byte
	Phone     []byte
	Identity  []byte
	Officer   []byte // who received it
	Procedure uint32
	Field     uint32
	Unit      uint32
	Receiver  uint32
	Helper    uint32
	Channel   Channel
	Return    ReturnWay
	Flags     Flag
	Entry     Status
	Received  Moment
	Due       Moment
	Term      Term
	Events    []Event // only Kind, At, Due, Field and New are set
}

// GlanceOf returns the glance of a whole dossier.
func GlanceOf(d *Dossier) Glance {
	return Glance{
		ID: d.ID, Code: []byte(d.Code), External: []byte(d.ExternalCode), Owner: []byte(d.Owner.Name), Address: []byte(d.Owner.Address),
		Title: []byte(d.Title), Content: []byte(d.Content), Phone: []byte(d.Owner.Phone), Identity: []byte(d.Owner.Identity),
		Officer: []byte(d.Officer), Procedure: d.Procedure, Field: d.Field, Unit: d.Unit, Receiver: d.Receiver, Helper: d.Helper, Channel: d.Channel, Return: d.Return,
		Flags: d.Flags, Entry: d.Entry, Received: d.Received, Due: d.Due, Term: d.Term, Events: d.Events,
	}
}
