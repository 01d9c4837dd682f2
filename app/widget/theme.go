package widget

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours by role (design of screens, "Visual language"). Every colour that
// a screen uses is one of these or of Fyne's own names.
const (
	ColorInk       = theme.ColorNameForeground
	ColorPaper     = theme.ColorNameBackground
	ColorPrimary   = theme.ColorNamePrimary
	ColorOnPrimary = theme.ColorNameForegroundOnPrimary
	ColorLine      = theme.ColorNameSeparator

	ColorSurface   fyne.ThemeColorName = "surface"   // ground of header, navigation and status bar
	ColorSecondary fyne.ThemeColorName = "secondary" // text of second rank
	ColorSelected  fyne.ThemeColorName = "selected"  // ground of selected rows and entries
	ColorHoverRow  fyne.ThemeColorName = "hoverRow"  // ground under the mouse
	ColorFigure    fyne.ThemeColorName = "figure"    // light ground of a figure bound to its query
	ColorScrim     fyne.ThemeColorName = "scrim"     // over the window while a dialog asks
	ColorTip       fyne.ThemeColorName = "tip"       // ground of tooltips and toasts
	ColorOnTip     fyne.ThemeColorName = "onTip"

	ColorEarly   fyne.ThemeColorName = "stateEarly"
	ColorOnTime  fyne.ThemeColorName = "stateOnTime"
	ColorLate    fyne.ThemeColorName = "stateLate"
	ColorSoon    fyne.ThemeColorName = "stateSoon"
	ColorWaiting fyne.ThemeColorName = "stateWaiting"
	ColorStopped fyne.ThemeColorName = "stateStopped"
)

// TextRoles lists the colours in which text is written; each keeps a contrast of
// at least 4,5 to 1 on paper, surface, hover and selection.
var TextRoles = []fyne.ThemeColorName{ColorInk, ColorSecondary, ColorPrimary, ColorEarly, ColorOnTime, ColorLate, ColorSoon, ColorWaiting, ColorStopped}

// The limits of the text size set by the officer, in per cent.
const (
	MinPercent = 90
	MaxPercent = 150
)

// Theme is the look of the program. The zero value is not usable; see NewTheme.
type Theme struct {
	dark    bool
	percent int
}

// NewTheme returns the light or the dark theme with texts of percent of their
// normal size, held within MinPercent and MaxPercent; 0 means 100.
func NewTheme(dark bool, percent int) *Theme {
	percent = cmp.Or(percent, 100)
	percent = min(max(percent, MinPercent), MaxPercent)
	return &Theme{dark: dark, percent: percent}
}

// Percent returns the text size in per cent.
func (t *Theme) Percent() int { return t.percent }

// rgba reads a colour with its alpha.
func rgba(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 24), G: uint8(hex >> 16), B: uint8(hex >> 8), A: uint8(hex)}
}

// palette holds the colours of the light and of the dark theme, with their alpha.
var palette = map[fyne.ThemeColorName][2]uint32{
	ColorInk:       {0x1B2430FF, 0xE6EAF0FF},
	ColorPaper:     {0xFFFFFFFF, 0x1B222BFF},
	ColorSurface:   {0xF5F7FAFF, 0x151B22FF},
	ColorLine:      {0xD5DCE5FF, 0x353F4CFF},
	ColorPrimary:   {0x0B4F8AFF, 0x84BDECFF},
	ColorOnPrimary: {0xFFFFFFFF, 0x10202EFF},
	ColorSelected:  {0xE3EEF8FF, 0x24405CFF},
	ColorHoverRow:  {0xF0F3F7FF, 0x242D38FF},
	ColorSecondary: {0x55606FFF, 0xA9B4C2FF},
	ColorFigure:    {0xFFF6DCFF, 0x3D3620FF},
	ColorScrim:     {0x1B243066, 0x00000080},
	ColorTip:       {0x2B3645FF, 0xE6EAF0FF},
	ColorOnTip:     {0xFFFFFFFF, 0x1B222BFF},
	ColorEarly:     {0x1E6B3AFF, 0x74CF92FF},
	ColorOnTime:    {0x2457A6FF, 0x90BAF4FF},
	ColorLate:      {0xB3261EFF, 0xF49A91FF},
	ColorSoon:      {0x965800FF, 0xF0B35AFF}, // darker than the design's B26A00, which has 4,2 to 1 on paper
	ColorWaiting:   {0x6B4EA0FF, 0xC1ACECFF},
	ColorStopped:   {0x5B6675FF, 0xABB6C3FF},

	theme.ColorNameButton:              {0xFFFFFFFF, 0x232C37FF},
	theme.ColorNameDisabledButton:      {0xF5F7FAFF, 0x1E2630FF},
	theme.ColorNameDisabled:            {0x8A94A3FF, 0x707C8BFF},
	theme.ColorNameError:               {0xB3261EFF, 0xF49A91FF},
	theme.ColorNameForegroundOnError:   {0xFFFFFFFF, 0x2B1311FF},
	theme.ColorNameSuccess:             {0x1E6B3AFF, 0x74CF92FF},
	theme.ColorNameForegroundOnSuccess: {0xFFFFFFFF, 0x10241AFF},
	theme.ColorNameWarning:             {0x965800FF, 0xF0B35AFF},
	theme.ColorNameForegroundOnWarning: {0xFFFFFFFF, 0x2B1F0BFF},
	theme.ColorNameFocus:               {0x0B4F8A30, 0x84BDEC40},
	theme.ColorNameHover:               {0x0B4F8A12, 0xFFFFFF12},
	theme.ColorNamePressed:             {0x0B4F8A28, 0xFFFFFF28},
	theme.ColorNameHyperlink:           {0x0B4F8AFF, 0x84BDECFF},
	theme.ColorNameHeaderBackground:    {0xF5F7FAFF, 0x151B22FF},
	theme.ColorNameInputBackground:     {0xFFFFFFFF, 0x151B22FF},
	theme.ColorNameInputBorder:         {0xB4BECBFF, 0x566373FF},
	theme.ColorNameMenuBackground:      {0xFFFFFFFF, 0x232C37FF},
	theme.ColorNameOverlayBackground:   {0xFFFFFFFF, 0x1F2731FF},
	theme.ColorNamePlaceHolder:         {0x6B7685FF, 0x94A0AFFF},
	theme.ColorNameScrollBar:           {0x5B6675A0, 0xA9B4C290},
	theme.ColorNameScrollBarBackground: {0xEEF1F5FF, 0x202831FF},
	theme.ColorNameSelection:           {0x0B4F8A38, 0x84BDEC48},
	theme.ColorNameShadow:              {0x1B243038, 0x00000070},
}

// Color returns the colour of a role. The variant of the system is not asked:
// light and dark are the officer's choice.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	look, variant := 0, theme.VariantLight
	if t.dark {
		look, variant = 1, theme.VariantDark
	}
	if c, ok := palette[name]; ok {
		return rgba(c[look])
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font returns the toolkit's Noto Sans, which has all Vietnamese letters.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns our icon where the family has one, else the toolkit's.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	own := map[fyne.ThemeIconName]IconName{
		theme.IconNameCancel: IconClose, theme.IconNameConfirm: IconCheck, theme.IconNameSearch: IconSearch,
		theme.IconNameArrowDropDown: IconChevron, theme.IconNameCalendar: IconCalendar, theme.IconNameWarning: IconWarning,
		theme.IconNameContentCopy: IconCopy, theme.IconNameContentUndo: IconUndo, theme.IconNameContentRedo: IconRedo,
		theme.IconNameNavigateBack: IconBack, theme.IconNameNavigateNext: IconForward,
	}
	if n, ok := own[name]; ok {
		return Icon(n, ColorInk)
	}
	return theme.DefaultTheme().Icon(name)
}

// The text sizes that the toolkit has no name for.
const (
	SizeTitle  = theme.SizeNameSubHeadingText // 16, title of a screen
	SizeFigure = theme.SizeNameHeadingText    // 20, key figures
	SizeSmall  = theme.SizeNameCaptionText    // 11, second rank
)

// Size returns sizes of a desktop program: dense, with texts scaled by the
// officer's setting.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	text := func(base float32) float32 { return base * float32(t.percent) / 100 }
	switch name {
	case theme.SizeNameText:
		return text(13)
	case SizeSmall:
		return text(11)
	case SizeTitle:
		return text(16)
	case SizeFigure:
		return text(20)
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 5
	case theme.SizeNameInlineIcon:
		return text(18)
	case theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return 3
	case theme.SizeNameDialogRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius, theme.SizeNameCardRadius:
		return 4
	case theme.SizeNameModalBlurRadius:
		return 0
	}
	return theme.DefaultTheme().Size(name)
}

var fallbackTheme = NewTheme(false, 100)

// current returns our theme, also while the application still has another.
func current() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallbackTheme
}

// Color returns the colour of a role in the theme in use.
func Color(role fyne.ThemeColorName) color.Color { return current().Color(role, 0) }

// TextSize returns the size of SizeTitle, SizeFigure, SizeSmall or
// theme.SizeNameText in the theme in use.
func TextSize(name fyne.ThemeSizeName) float32 { return current().Size(name) }

// Scaled returns px scaled by the officer's text size and rounded to whole
// pixels, so that rows and columns grow with their texts.
func Scaled(px float32) float32 {
	return float32(int(px*float32(current().percent)/100 + 0.5))
}

// ControlHeight is the height of buttons, fields and grid rows.
func ControlHeight() float32 { return Scaled(28) }
