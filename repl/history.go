package repl

// This file defines the history file.

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// historyKept is how many blocks are kept.
const historyKept = 1000

// The blocks of a history file are a line each: a line end within one is \n there, a backslash \\.
var (
	blockToLine = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	lineToBlock = strings.NewReplacer(`\\`, `\`, `\n`, "\n")
)

// historyFile is where the blocks that were entered are kept; "" is nowhere.
type historyFile string

// historyPath returns the file that the environment asks for: AIO_HISTORY, else a file of the user's state.
func historyPath(getenv func(string) string) historyFile {
	if path := getenv("AIO_HISTORY"); path != "" {
		return historyFile(path)
	}
	folder := getenv("XDG_STATE_HOME")
	if folder == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		folder = filepath.Join(home, ".local", "state")
	}
	return historyFile(filepath.Join(folder, "aio", "history"))
}

// load returns the blocks, the oldest first. A file that has grown long is cut.
func (h historyFile) load() []string {
	data, err := os.ReadFile(string(h))
	if err != nil {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) > 2*historyKept {
		lines = lines[len(lines)-historyKept:]
		_ = os.WriteFile(string(h), []byte(strings.Join(lines, "\n")+"\n"), 0o600) // it stays long
	}
	blocks := make([]string, 0, len(lines))
	for _, line := range lines {
		if line != "" {
			blocks = append(blocks, lineToBlock.Replace(line))
		}
	}
	return blocks
}

// add appends a block at once, so that nothing is lost however the session ends. A history that cannot be
// written is none.
func (h historyFile) add(block string) {
	if h == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(string(h)), 0o700); err != nil {
		return
	}
	f, err := os.OpenFile(string(h), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	w := bufio.NewWriter(f)
	w.WriteString(blockToLine.Replace(block) + "\n")
	_ = w.Flush()
	_ = f.Close()
}
