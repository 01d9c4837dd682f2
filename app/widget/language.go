package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"giaoban/assets"
)

// InstallVietnamese makes the toolkit speak Vietnamese. Call it before any
// widget is built.
//
// The toolkit takes the language of the system and knows no way to set another;
// so the Vietnamese words are loaded under the name of the system's language,
// whatever that is.
func InstallVietnamese() error {
	name := lang.SystemLocale().LanguageString()
	if err := lang.AddTranslations(fyne.NewStaticResource(name+".json", assets.Vietnamese)); err != nil {
		return err
	}
	// A system without a language of its own falls back to English.
	if name != "en" {
		return lang.AddTranslations(fyne.NewStaticResource("en.json", assets.Vietnamese))
	}
	return nil
}
