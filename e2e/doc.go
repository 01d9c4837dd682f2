// Package e2e drives the real program in a real window on a virtual display,
// as an officer would: mouse, keyboard, Telex typing, printing; and it looks at
// the pages of the reports. It is test code only, holds no part of the program,
// and runs with the build tag e2e (make e2e), which installs the tools it
// calls. Pictures of every screen are left in out/e2e.
//
// What a window shows is read from the file that the program keeps when the
// environment variable GIAOBAN_STATE names one (type State), not guessed from
// pictures; pictures prove that something was drawn, and are for people.
package e2e
