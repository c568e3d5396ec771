package repl

// This file defines how wide text is on the screen.

import "github.com/mattn/go-runewidth"

// displayWidth returns how many columns text takes.
func displayWidth(text string) int { return runewidth.StringWidth(text) }

// fit cuts a text that takes more columns than there are.
func fit(text string, columns int) string { return runewidth.Truncate(text, columns, "…") }

// standardWidth is how wide a terminal is that does not say.
const standardWidth = 80
