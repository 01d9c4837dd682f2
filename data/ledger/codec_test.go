package ledger

import (
	"encoding/hex"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
)

// vectors are records as versions 1 to 3 wrote them. They never change: a program
// that cannot read them would lose an office's data.
var vectors = []struct {
	name, hex string
	dossier   data.Dossier
}{
	{"smallest", "010001410142a6aa02", data.Dossier{Code: "A", Owner: data.Person{Name: "B"}, Received: data.Moment{Day: 19091}}},
	{"usual", usualV1, data.Dossier{
		Code: "H99.14.05-220305-0012", Procedure: 7, Field: 3, Unit: 12, Channel: data.Online, Return: data.ReturnPostal,
		Owner:    data.Person{Name: "Đặng Thị Huyền", Address: "Thôn 3", Phone: "0950111222", Identity: "099123456789"},
		Received: data.Moment{Day: 19056, Clock: data.At(9, 5)}, Due: data.Moment{Day: 19070, Clock: data.At(17, 0)},
		Term: data.Term{Count: 10, Unit: data.WorkingDays}, Copies: 1, Flags: data.FeeDue | data.PaidOnline, Fee: 20000,
		Origin: data.Origin{Import: 4, Row: 77},
		Events: []data.Event{
			{Kind: data.BeginProcessing, At: data.Moment{Day: 19057}},
			{Kind: data.AskSupplement, At: data.Moment{Day: 19058}, Text: "Thiếu bản sao"},
			{Kind: data.Supplement, At: data.Moment{Day: 19062}, Due: data.Moment{Day: 19074}},
			{Kind: data.Finish, At: data.Moment{Day: 19070, Clock: data.At(16, 40)}, Ref: "12/QĐ-UBND"},
		},
	}},
	{"received elsewhere", elsewhereV3, data.Dossier{
		Code: "H99.14.05-260801-0004", Unit: 3, Receiver: 5, Helper: 6, Owner: data.Person{Name: "Lý Văn Mẫu"}, Received: data.Moment{Day: 20666},
		ExternalCode: "G15.14-260801-150004", ExternalSystem: "Hệ thống của Bộ Tư pháp",
	}},
	{"received here", receivedV2, data.Dossier{
		Code: "H99.14.05-260601-0003", Procedure: 7, Owner: data.Person{Name: "Lý Văn Mẫu"}, Received: data.Moment{Day: 20605, Clock: data.At(9, 30)},
		Case: "Cấp lại", Paid: data.PayTransfer, OwnDue: data.Moment{Day: 20609, Clock: data.At(9, 30)}, Partner: "Chi cục Thuế", Cause: 4,
		Parts:  []data.Part{{Name: "Đơn", Original: 1}, {Name: "Bản vẽ", Certified: 2, Copies: 3, Digital: data.ReusedPart}},
		Events: []data.Event{{Kind: data.Apologise, At: data.Moment{Day: 20620}, Ref: "3/PXL", More: "a\nb", Signer: "Người Ký", Doc: 20619, To: "Lý Văn Mẫu", Way: data.ReturnPostal}},
	}},
}

func TestFrozenVectors(t *testing.T) {
	for _, v := range vectors {
		want, err := hex.DecodeString(v.hex)
		if err != nil {
			t.Fatal(err)
		}
		var got data.Dossier
		if err := decodeDossier(want, &got); err != nil {
			t.Fatalf("%s: %v", v.name, err)
		}
		if !reflect.DeepEqual(got, v.dossier) {
			t.Errorf("%s reads as %+v", v.name, got)
		}
		if b := encodeDossier(nil, &v.dossier); hex.EncodeToString(b) != v.hex {
			t.Errorf("%s is now written %x", v.name, b)
		}
	}
}

func drawMoment(t *rapid.T, name string) data.Moment {
	if rapid.Bool().Draw(t, name+" unknown") {
		return data.Moment{}
	}
	return data.Moment{Day: data.Day(rapid.IntRange(1, 60000).Draw(t, name)), Clock: data.Clock(rapid.IntRange(0, 1440).Draw(t, name+" clock"))}
}

func drawPerson(t *rapid.T) data.Person {
	s := rapid.String()
	return data.Person{Name: s.Draw(t, "name"), Identity: s.Draw(t, "identity"), Phone: s.Draw(t, "phone"), Email: s.Draw(t, "email"), Address: s.Draw(t, "address"), Area: s.Draw(t, "area")}
}

func drawDossier(t *rapid.T) data.Dossier {
	s := rapid.String()
	d := data.Dossier{
		Code: s.Draw(t, "code"), Procedure: rapid.Uint32().Draw(t, "p"), Field: rapid.Uint32().Draw(t, "f"), Unit: rapid.Uint32().Draw(t, "u"),
		Receiver: rapid.Uint32().Draw(t, "r"), Channel: data.Channel(rapid.IntRange(0, 3).Draw(t, "c")), Return: data.ReturnWay(rapid.IntRange(0, 3).Draw(t, "w")),
		Flags: data.Flag(rapid.Uint16().Draw(t, "flags")), Copies: rapid.IntRange(-5, 1000).Draw(t, "copies"), Entry: data.Status(rapid.IntRange(0, 10).Draw(t, "entry")),
		Title: s.Draw(t, "title"), Content: s.Draw(t, "content"), Owner: drawPerson(t), Officer: s.Draw(t, "officer"), Received: drawMoment(t, "received"), Due: drawMoment(t, "due"),
		Term: data.Term{Count: rapid.IntRange(-1, 400).Draw(t, "n"), Unit: data.TermUnit(rapid.IntRange(1, 6).Draw(t, "unit"))},
		Mode: data.PauseMode(rapid.IntRange(0, 2).Draw(t, "mode")), Fee: rapid.Int64().Draw(t, "fee"), Book: rapid.IntRange(0, 99).Draw(t, "book"), Seq: rapid.IntRange(0, 99999).Draw(t, "seq"),
		Case: s.Draw(t, "case"), Paid: data.PayWay(rapid.IntRange(0, 3).Draw(t, "paid")), Partner: s.Draw(t, "partner"), Cause: rapid.Uint32().Draw(t, "cause"),
		OwnDue: drawMoment(t, "own due"), Helper: rapid.Uint32().Draw(t, "helper"), ExternalCode: s.Draw(t, "external"), ExternalSystem: s.Draw(t, "system"),
		Note: s.Draw(t, "note"), Origin: data.Origin{Import: rapid.Uint64().Draw(t, "import"), Row: rapid.Uint32().Draw(t, "row")},
	}
	if rapid.Bool().Draw(t, "agent") {
		d.Agent = drawPerson(t)
	}
	if !d.Received.Known() {
		d.Received.Clock = 0
	}
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		n := rapid.IntRange(-2, 300)
		d.Parts = append(d.Parts, data.Part{Name: s.Draw(t, "part"), Original: n.Draw(t, "original"), Certified: n.Draw(t, "certified"), Copies: n.Draw(t, "plain"),
			Digital: data.Digital(rapid.IntRange(0, 3).Draw(t, "digital"))})
	}
	for range rapid.IntRange(0, 4).Draw(t, "events") {
		e := data.Event{Kind: data.EventKind(rapid.IntRange(1, 18).Draw(t, "kind")), At: drawMoment(t, "at"), Due: drawMoment(t, "new due"),
			Ref: s.Draw(t, "ref"), Text: s.Draw(t, "text"), By: s.Draw(t, "by"), Field: s.Draw(t, "field"), Old: s.Draw(t, "old"), New: s.Draw(t, "new"), Recorded: rapid.Int64().Draw(t, "recorded"),
			More: s.Draw(t, "more"), Signer: s.Draw(t, "signer"), To: s.Draw(t, "to"), Way: data.ReturnWay(rapid.IntRange(0, 3).Draw(t, "way"))}
		if rapid.Bool().Draw(t, "dated") {
			e.Doc = data.Day(rapid.IntRange(1, 60000).Draw(t, "doc"))
		}
		d.Events = append(d.Events, e)
	}
	return d
}

func TestCodecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawDossier(t)
		b := encodeDossier(nil, &want)
		var got data.Dossier
		if err := decodeDossier(b, &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		var g data.Glance
		if err := decodeGlance(b, &g); err != nil {
			t.Fatal(err)
		}
		if string(g.Code) != want.Code || string(g.Owner) != want.Owner.Name || g.Due != want.Due || g.Helper != want.Helper || string(g.External) != want.ExternalCode || len(g.Events) != len(want.Events) {
			t.Fatalf("glance %+v of %+v", g, want)
		}
		// A record cut short anywhere is refused, never half read.
		cut := rapid.IntRange(0, len(b)-1).Draw(t, "cut")
		if err := decodeDossier(b[:cut], &got); err == nil {
			t.Fatalf("read %d of %d bytes without a complaint", cut, len(b))
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, v := range vectors {
		f.Add(encodeDossier(nil, &v.dossier))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var d data.Dossier
		errWhole := decodeDossier(b, &d)
		var g data.Glance
		errGlance := decodeGlance(b, &g)
		if (errWhole == nil) != (errGlance == nil) {
			t.Fatalf("whole: %v, glance: %v", errWhole, errGlance)
		}
		if errWhole == nil {
			// A record may be written in a longer way than this program writes;
			// from then on nothing changes any more.
			var once, twice data.Dossier
			err1 := decodeDossier(encodeDossier(nil, &d), &once)
			err2 := decodeDossier(encodeDossier(nil, &once), &twice)
			if err1 != nil || err2 != nil || !reflect.DeepEqual(once, twice) {
				t.Fatalf("what was read cannot be written and read again: %v %v", err1, err2)
			}
		}
	})
}
