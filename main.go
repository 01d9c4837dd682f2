// Command giaoban is Sổ Giao Ban CCHC: the filing register, the reform index
// and the briefing papers of a district reform office.
package main

import (
	"os"

	"giaoban/app"
)

func main() { os.Exit(app.Main()) }
