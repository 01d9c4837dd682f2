// Package widget holds our own widgets and the theme: the grid for any number of
// rows, the date field, the filtered picker, dialogs, toasts, progress, charts,
// PDF pages, printing and the frame of the window.
//
// It draws and asks; it never decides what a screen shows, reads no data file
// and knows no rule of the office. All widgets are used from the main goroutine;
// work that takes time runs elsewhere and comes back through fyne.Do.
package widget
