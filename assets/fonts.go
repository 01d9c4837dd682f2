package assets

import _ "embed" // the fonts below

// The four styles of Liberation Serif 2.1.5, which has the widths of Times New
// Roman (Decree 30/2020, annex I) and every Vietnamese letter. Licence: SIL Open
// Font License 1.1, see FontLicence.
var (
	//go:embed fonts/LiberationSerif-Regular.ttf
	SerifRegular []byte
	//go:embed fonts/LiberationSerif-Bold.ttf
	SerifBold []byte
	//go:embed fonts/LiberationSerif-Italic.ttf
	SerifItalic []byte
	//go:embed fonts/LiberationSerif-BoldItalic.ttf
	SerifBoldItalic []byte
)

// FontLicence is the text of the licence of the fonts, shown where the program
// names its sources.
//
//go:embed fonts/OFL.txt
var FontLicence string
