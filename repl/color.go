package repl

// This file defines colors: how prompts, errors and announcements look.

import (
	"strings"
)

// colors says whether there are any.
type colors bool

// escapes matches the sequences that colour text.
var escapes = lazily("\x1b\\[[0-9;]*m")

func (c colors) paint(code, text string) string {
	if !c || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (c colors) prompt(text string) string { return c.paint("1;32", text) }
func (c colors) faint(text string) string  { return c.paint("2", text) }
func (c colors) strong(text string) string { return c.paint("1", text) }

var (
	placeLine = lazily(`^( *(?:\| )?  )File "(.*)", line (\d+)(, in .*)?$`)
	caretLine = lazily(`^[ |]*[~^]+[~^ ]*$`)
	errorLine = lazily(`^([ |+-]*)([A-Za-z_][\w.]*)(: .*)?$`)
)

// failure colours the text of an exception: its last line, its carets, its places.
func (c colors) failure(text string) string {
	if !c {
		return text
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range lines {
		switch {
		case placeLine().MatchString(line):
			lines[i] = placeLine().ReplaceAllString(line, "${1}File \x1b[35m\"${2}\"\x1b[0m, line \x1b[35m${3}\x1b[0m${4}")
		case caretLine().MatchString(line):
			lines[i] = c.paint("31", line)
		case strings.HasPrefix(line, "hint: ") || strings.HasPrefix(line, "提示: "):
			lines[i] = c.paint("36", line)
		case strings.HasPrefix(line, " "):
		case errorLine().MatchString(line):
			m := errorLine().FindStringSubmatch(line)
			lines[i] = m[1] + c.paint("1;31", m[2]) + m[3]
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
