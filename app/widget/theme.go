package widget

import (
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
	palette map[fyne.ThemeColorName]color.NRGBA
}

// NewTheme returns the light or the dark theme with texts of percent of their
// normal size, held within MinPercent and MaxPercent; 0 means 100.
func NewTheme(dark bool, percent int) *Theme {
	if percent == 0 {
		percent = 100
	}
	percent = min(max(percent, MinPercent), MaxPercent)
	t := &Theme{dark: dark, percent: percent, palette: lightPalette}
	if dark {
		t.palette = darkPalette
	}
	return t
}

// Percent returns the text size in per cent.
func (t *Theme) Percent() int { return t.percent }

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

var lightPalette = map[fyne.ThemeColorName]color.NRGBA{
	ColorInk:       rgb(0x1B2430),
	ColorPaper:     rgb(0xFFFFFF),
	ColorSurface:   rgb(0xF5F7FA),
	ColorLine:      rgb(0xD5DCE5),
	ColorPrimary:   rgb(0x0B4F8A),
	ColorOnPrimary: rgb(0xFFFFFF),
	ColorSelected:  rgb(0xE3EEF8),
	ColorHoverRow:  rgb(0xF0F3F7),
	ColorSecondary: rgb(0x55606F),
	ColorFigure:    rgb(0xFFF6DC),
	ColorScrim:     rgba(0x1B2430, 0x66),
	ColorTip:       rgb(0x2B3645),
	ColorOnTip:     rgb(0xFFFFFF),
	ColorEarly:     rgb(0x1E6B3A),
	ColorOnTime:    rgb(0x2457A6),
	ColorLate:      rgb(0xB3261E),
	ColorSoon:      rgb(0x965800), // darker than the design's B26A00, which has 4,2 to 1 on paper
	ColorWaiting:   rgb(0x6B4EA0),
	ColorStopped:   rgb(0x5B6675),

	theme.ColorNameButton:              rgb(0xFFFFFF),
	theme.ColorNameDisabledButton:      rgb(0xF5F7FA),
	theme.ColorNameDisabled:            rgb(0x8A94A3),
	theme.ColorNameError:               rgb(0xB3261E),
	theme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	theme.ColorNameSuccess:             rgb(0x1E6B3A),
	theme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	theme.ColorNameWarning:             rgb(0x965800),
	theme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),
	theme.ColorNameFocus:               rgba(0x0B4F8A, 0x30),
	theme.ColorNameHover:               rgba(0x0B4F8A, 0x12),
	theme.ColorNamePressed:             rgba(0x0B4F8A, 0x28),
	theme.ColorNameHyperlink:           rgb(0x0B4F8A),
	theme.ColorNameHeaderBackground:    rgb(0xF5F7FA),
	theme.ColorNameInputBackground:     rgb(0xFFFFFF),
	theme.ColorNameInputBorder:         rgb(0xB4BECB),
	theme.ColorNameMenuBackground:      rgb(0xFFFFFF),
	theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	theme.ColorNamePlaceHolder:         rgb(0x6B7685),
	theme.ColorNameScrollBar:           rgba(0x5B6675, 0xA0),
	theme.ColorNameScrollBarBackground: rgb(0xEEF1F5),
	theme.ColorNameSelection:           rgba(0x0B4F8A, 0x38),
	theme.ColorNameShadow:              rgba(0x1B2430, 0x38),
}

var darkPalette = map[fyne.ThemeColorName]color.NRGBA{
	ColorInk:       rgb(0xE6EAF0),
	ColorPaper:     rgb(0x1B222B),
	ColorSurface:   rgb(0x151B22),
	ColorLine:      rgb(0x353F4C),
	ColorPrimary:   rgb(0x84BDEC),
	ColorOnPrimary: rgb(0x10202E),
	ColorSelected:  rgb(0x24405C),
	ColorHoverRow:  rgb(0x242D38),
	ColorSecondary: rgb(0xA9B4C2),
	ColorFigure:    rgb(0x3D3620),
	ColorScrim:     rgba(0x000000, 0x80),
	ColorTip:       rgb(0xE6EAF0),
	ColorOnTip:     rgb(0x1B222B),
	ColorEarly:     rgb(0x74CF92),
	ColorOnTime:    rgb(0x90BAF4),
	ColorLate:      rgb(0xF49A91),
	ColorSoon:      rgb(0xF0B35A),
	ColorWaiting:   rgb(0xC1ACEC),
	ColorStopped:   rgb(0xABB6C3),

	theme.ColorNameButton:              rgb(0x232C37),
	theme.ColorNameDisabledButton:      rgb(0x1E2630),
	theme.ColorNameDisabled:            rgb(0x707C8B),
	theme.ColorNameError:               rgb(0xF49A91),
	theme.ColorNameForegroundOnError:   rgb(0x2B1311),
	theme.ColorNameSuccess:             rgb(0x74CF92),
	theme.ColorNameForegroundOnSuccess: rgb(0x10241A),
	theme.ColorNameWarning:             rgb(0xF0B35A),
	theme.ColorNameForegroundOnWarning: rgb(0x2B1F0B),
	theme.ColorNameFocus:               rgba(0x84BDEC, 0x40),
	theme.ColorNameHover:               rgba(0xFFFFFF, 0x12),
	theme.ColorNamePressed:             rgba(0xFFFFFF, 0x28),
	theme.ColorNameHyperlink:           rgb(0x84BDEC),
	theme.ColorNameHeaderBackground:    rgb(0x151B22),
	theme.ColorNameInputBackground:     rgb(0x151B22),
	theme.ColorNameInputBorder:         rgb(0x566373),
	theme.ColorNameMenuBackground:      rgb(0x232C37),
	theme.ColorNameOverlayBackground:   rgb(0x1F2731),
	theme.ColorNamePlaceHolder:         rgb(0x94A0AF),
	theme.ColorNameScrollBar:           rgba(0xA9B4C2, 0x90),
	theme.ColorNameScrollBarBackground: rgb(0x202831),
	theme.ColorNameSelection:           rgba(0x84BDEC, 0x48),
	theme.ColorNameShadow:              rgba(0x000000, 0x70),
}

// Color returns the colour of a role. The variant of the system is not asked:
// light and dark are the officer's choice.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.palette[name]; ok {
		return c
	}
	variant := theme.VariantLight
	if t.dark {
		variant = theme.VariantDark
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
