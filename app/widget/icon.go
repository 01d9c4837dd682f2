package widget

import (
	"embed"
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// IconName names a picture of our icon family: 18 px, one line width.
type IconName string

// The icons.
const (
	IconOverview   IconName = "overview"
	IconRegister   IconName = "register"
	IconLate       IconName = "late"
	IconScoring    IconName = "scoring"
	IconReport     IconName = "report"
	IconCatalogue  IconName = "catalogue"
	IconSettings   IconName = "settings"
	IconImport     IconName = "import"
	IconAdd        IconName = "add"
	IconSearch     IconName = "search"
	IconPrint      IconName = "print"
	IconPDF        IconName = "pdf"
	IconExcel      IconName = "excel"
	IconUndo       IconName = "undo"
	IconRedo       IconName = "redo"
	IconCopy       IconName = "copy"
	IconClose      IconName = "close"
	IconChevron    IconName = "chevron"
	IconFilter     IconName = "filter"
	IconCalendar   IconName = "calendar"
	IconHelp       IconName = "help"
	IconBack       IconName = "back"
	IconForward    IconName = "forward"
	IconWarning    IconName = "warning"
	IconCheck      IconName = "check"
	IconMenu       IconName = "menu"
	IconSave       IconName = "save"
	IconEdit       IconName = "edit"
	IconTrash      IconName = "trash"
	IconRefresh    IconName = "refresh"
	IconMinus      IconName = "minus"
	IconBox        IconName = "box"
	IconBoxChecked IconName = "boxchecked"
	IconTasks      IconName = "tasks"
	IconMeeting    IconName = "meeting"
	IconBooks      IconName = "books"
	IconBalance    IconName = "balance"
	IconTarget     IconName = "target"
	IconParcel     IconName = "parcel"
)

// Icons lists every icon of the family.
var Icons = []IconName{IconOverview, IconRegister, IconLate, IconScoring, IconReport, IconCatalogue, IconSettings,
	IconImport, IconAdd, IconSearch, IconPrint, IconPDF, IconExcel, IconUndo, IconRedo, IconCopy, IconClose, IconChevron,
	IconFilter, IconCalendar, IconHelp, IconBack, IconForward, IconWarning, IconCheck, IconMenu, IconSave, IconEdit,
	IconTrash, IconRefresh, IconMinus, IconBox, IconBoxChecked, IconTasks, IconMeeting, IconBooks, IconBalance, IconTarget, IconParcel}

// iconInk is the colour in which the files are drawn; it stands for the role's.
const iconInk = "#1B2430"

// iconResource draws a file in the colour of a role. The toolkit's own colouring
// knows fills only, and our family is drawn with lines.
type iconResource struct {
	name IconName
	role fyne.ThemeColorName
	file string
}

func (r *iconResource) hex() string {
	c := color.NRGBAModel.Convert(Color(r.role)).(color.NRGBA)
	return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
}

// Name tells pictures of different colours apart in the toolkit's cache.
func (r *iconResource) Name() string { return "giaoban-" + string(r.name) + r.hex()[1:] + ".svg" }

// Content implements fyne.Resource.
func (r *iconResource) Content() []byte {
	return []byte(strings.ReplaceAll(r.file, iconInk, r.hex()))
}

// ThemeColorName implements fyne.ThemedResource.
func (r *iconResource) ThemeColorName() fyne.ThemeColorName { return r.role }

// iconKey has the theme: another one gives another picture, which tells that it must be
// drawn anew.
type iconKey struct {
	name IconName
	role fyne.ThemeColorName
	dark bool
}

// iconCache is used on the main goroutine only.
var iconCache = map[iconKey]fyne.Resource{}

// iconImage draws an icon in the colour of a role.
func iconImage(name IconName, role fyne.ThemeColorName) *canvas.Image {
	img := canvas.NewImageFromResource(Icon(name, role))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(Scaled(18)))
	return img
}

// setIcon draws another icon.
func setIcon(img *canvas.Image, name IconName, role fyne.ThemeColorName) {
	if res := Icon(name, role); name != "" && img.Resource != res {
		img.Resource = res
		img.Refresh()
	}
}

// Icon returns the picture in the colour of the role; it follows a change of
// theme. Nil is returned for an unknown or empty name.
func Icon(name IconName, role fyne.ThemeColorName) fyne.Resource {
	key := iconKey{name, role, current().dark}
	if r, ok := iconCache[key]; ok {
		return r
	}
	file, err := iconFiles.ReadFile("icons/" + string(name) + ".svg")
	if err != nil {
		return nil
	}
	r := &iconResource{name, role, string(file)}
	iconCache[key] = r
	return r
}
