package repl

// This file defines completion on Tab.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"aio/interp"
)

// candidate is one completion.
type candidate struct {
	text  string
	value interp.Value // what it names; unbound when that is not known
}

// completion is what can stand at the end of a text.
type completion struct {
	word   string       // the part of the text that the candidates replace
	list   []candidate  // sorted
	callee interp.Value // the function in whose call the text ends; unbound outside of one
}

// tabState is the last Tab that did not change the line.
type tabState struct {
	line string
	pos  int
}

// complete is called by the line editor, in its goroutine, for Tab. A Tab that changes nothing makes the next
// one explain.
func (t *terminal) complete(line string, pos int) (head string, list []string, tail string) {
	runes := []rune(line)
	before, tail := string(runes[:pos]), string(runes[pos:])
	if strings.TrimSpace(before) == "" {
		return before, []string{strings.Repeat(" ", indentStep)}, tail
	}
	var found completion
	var explained string
	again := t.tab == tabState{line, pos}
	ok := t.onScript(func() {
		found = t.completions(before)
		if again || len(found.list) == 1 && found.list[0].text == found.word {
			explained = t.explain(found)
		}
	})
	if !ok {
		return "", nil, ""
	}
	t.tab = tabState{line, pos}
	if explained != "" {
		t.edit.above(explained)
		return "", nil, ""
	}
	prefix := commonPrefix(found.list)
	if len(prefix) <= len(found.word) {
		return "", nil, ""
	}
	return strings.TrimSuffix(before, found.word), []string{prefix}, tail
}

func commonPrefix(list []candidate) string {
	if len(list) == 0 {
		return ""
	}
	prefix := list[0].text
	for _, c := range list[1:] {
		for !strings.HasPrefix(c.text, prefix) {
			_, size := utf8.DecodeLastRuneInString(prefix)
			prefix = prefix[:len(prefix)-size]
		}
	}
	return prefix
}

// explainedRows is up to how many candidates have a row each, with signature and first doc line.
const explainedRows = 12

// explain returns what is shown for a second Tab.
func (t *terminal) explain(c completion) string {
	width := terminalWidth()
	var b strings.Builder
	if !c.callee.IsUnbound() && c.word == "" {
		b.WriteString(fit(t.describe(candidate{value: c.callee}), width-1) + "\n")
	}
	if len(c.list) <= explainedRows {
		for _, x := range c.list {
			b.WriteString(fit(t.describe(x), width-1) + "\n")
		}
		return b.String()
	}
	column := 0
	for _, x := range c.list {
		column = max(column, displayWidth(x.text)+2)
	}
	perRow := max(1, (width-1)/column)
	rows := (len(c.list) + perRow - 1) / perRow
	for r := range rows {
		line := ""
		for i := r; i < len(c.list); i += rows {
			line += c.list[i].text + strings.Repeat(" ", column-displayWidth(c.list[i].text))
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// describe returns the line about a candidate: its signature, or its value's type, and its doc line.
func (t *terminal) describe(c candidate) string {
	if c.value.IsUnbound() {
		return c.text
	}
	text := c.text
	sig, ok := t.th.Signature(c.value)
	_, isType := interp.AsType(c.value)
	switch {
	case ok:
		_, params, _ := strings.Cut(sig, "(")
		name := c.text
		if name == "" {
			name, _, _ = strings.Cut(sig, "(")
		}
		text = name + "(" + params
	case !isType:
		text += ": " + interp.TypeOf(c.value).Name
	}
	if doc := t.th.DocLine(c.value); doc != "" && (ok || isType) {
		text += "  " + t.color.faint(doc)
	}
	return text
}

var (
	fromImport  = lazily(`^\s*from\s+([\pL\pN_.]+)\s+import\s+(?:\(?[\pL\pN_, ]*,\s*|\(\s*)?([\pL\pN_]*)$`)
	importName  = lazily(`^\s*(?:from|import)\s+(?:[\pL\pN_., ]*,\s*)?([\pL\pN_.]*)$`)
	dictKey     = lazily(`([\pL_][\pL\pN_.]*)\[(['"])([^'"]*)$`)
	dictStart   = lazily(`([\pL_][\pL\pN_.]*)\[$`)
	attribute   = lazily(`(?:^|[^\pL\pN_.)\]'"])([\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*)\.([\pL\pN_]*)$`)
	lastWord    = lazily(`[\pL\pN_]*$`)
	fileCommand = lazily(`^\s*:(?:load|save|trace on)\s+(.*)$`)
	nameCommand = lazily(`^\s*:([a-z]*)$`)
	wordCommand = lazily(`^\s*:(cancel|clock|lang|trace)\s+(.*)$`)
)

// completions returns what can stand at the end of a line.
func (t *terminal) completions(before string) completion {
	if m := nameCommand().FindStringSubmatch(before); m != nil {
		var names []string
		for _, c := range commands() {
			names = append(names, c.name)
		}
		return fromNames(m[1], names)
	}
	if m := fileCommand().FindStringSubmatch(before); m != nil {
		return completeFile(m[1])
	}
	if m := wordCommand().FindStringSubmatch(before); m != nil {
		return fromNames(m[2], t.commandWords(m[1]))
	}
	if m := fromImport().FindStringSubmatch(before); m != nil {
		return t.namesOfModule(m[1], m[2])
	}
	if m := importName().FindStringSubmatch(before); m != nil {
		return fromNames(m[1], t.in.ModuleDefs())
	}
	if m := dictKey().FindStringSubmatch(before); m != nil {
		return t.keysOf(m[1], m[2], m[3])
	}
	if m := dictStart().FindStringSubmatch(before); m != nil {
		return t.keysOf(m[1], "", "")
	}
	if m := attribute().FindStringSubmatch(before); m != nil {
		return t.attributesOf(m[1], m[2])
	}
	return t.names(before, lastWord().FindString(before))
}

// commandWords returns what may stand behind a command.
func (t *terminal) commandWords(name string) []string {
	switch name {
	case "clock":
		return []string{"real", "virtual"}
	case "lang":
		return []string{"en", "zh"}
	case "trace":
		return []string{"off", "on"}
	}
	var names []string
	for _, task := range t.loop.Tasks() {
		names = append(names, task.Name())
	}
	return names
}

// fromNames returns those of names that begin with word.
func fromNames(word string, names []string) completion {
	c := completion{word: word}
	for _, name := range names {
		if strings.HasPrefix(name, word) {
			c.list = append(c.list, candidate{text: name})
		}
	}
	return c.sorted()
}

func (c completion) sorted() completion {
	slices.SortFunc(c.list, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	c.list = slices.CompactFunc(c.list, func(a, b candidate) bool { return a.text == b.text })
	return c
}

// completeFile completes the name of a file.
func completeFile(path string) completion {
	folder, start := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(expandHome(folder) + "."))
	if folder != "" {
		entries, err = os.ReadDir(expandHome(folder))
	}
	c := completion{word: start}
	if err != nil {
		return c
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, start) || start == "" && name[0] == '.' {
			continue
		}
		if e.IsDir() {
			name += string(filepath.Separator)
		}
		c.list = append(c.list, candidate{text: name})
	}
	return c.sorted()
}

// namesOfModule completes a name behind "from MODULE import". A module of the library is imported for it; one
// in a file would run.
func (t *terminal) namesOfModule(module, word string) completion {
	m, ok := t.in.Modules().GetName(module)
	if !ok && slices.Contains(t.in.ModuleDefs(), module) {
		v, err := t.th.Import(module)
		m, ok = v, err == nil
	}
	if !ok {
		return completion{word: word}
	}
	return t.attributes(m, word)
}

// lookUp returns the value of a dotted name, by the locals of a breakpoint, the names of the session and the
// builtins.
func (t *terminal) lookUp(dotted string) (interp.Value, bool) {
	first, rest, more := strings.Cut(dotted, ".")
	var v interp.Value
	found := false
	for _, d := range t.scopes() {
		if v, found = d.GetName(first); found {
			break
		}
	}
	for found && more {
		first, rest, more = strings.Cut(rest, ".")
		var err *interp.Exc
		v, found, err = t.th.LookupAttr(v, first)
		found = found && err == nil
	}
	return v, found
}

// scopes returns the namespaces that a name is looked up in.
func (t *terminal) scopes() []*interp.Dict {
	builtins := t.in.Builtins().Dict()
	if t.debug != nil {
		return []*interp.Dict{t.debug.frame.Locals(), t.debug.frame.Globals(), builtins}
	}
	return []*interp.Dict{t.main.Dict(), builtins}
}

func (t *terminal) attributesOf(dotted, word string) completion {
	v, ok := t.lookUp(dotted)
	if !ok {
		return completion{word: word}
	}
	return t.attributes(v, word)
}

// attributes completes an attribute of v; those with an underscore are offered to whoever types one.
func (t *terminal) attributes(v interp.Value, word string) completion {
	c := completion{word: word}
	dir, _ := t.in.Builtins().Get("dir")
	names, err := t.th.Call(dir, v)
	if err != nil {
		return c
	}
	items, err := t.th.Items(names)
	if err != nil {
		return c
	}
	for _, item := range items {
		name, _ := interp.StrOf(item)
		if !strings.HasPrefix(name, word) || strings.HasPrefix(name, "_") && word == "" {
			continue
		}
		c.list = append(c.list, candidate{text: name})
	}
	if c = c.sorted(); len(c.list) <= explainedRows {
		for i := range c.list {
			if x, ok, err := t.th.LookupAttr(v, c.list[i].text); err == nil && ok {
				c.list[i].value = x
			}
		}
	}
	return c
}

// keysOf completes a key of a dict that is a str; quote is "" when it was not begun.
func (t *terminal) keysOf(dotted, quote, word string) completion {
	c := completion{word: word}
	v, ok := t.lookUp(dotted)
	d, isDict := interp.AsDict(v)
	if !ok || !isDict {
		return c
	}
	for k, _, i, ok := d.Next(0); ok; k, _, i, ok = d.Next(i) {
		name, isStr := interp.StrOf(k)
		if quote == "" {
			text, err := t.th.Repr(k)
			if err == nil {
				c.list = append(c.list, candidate{text: text + "]"})
			}
		} else if isStr && strings.HasPrefix(name, word) && !strings.ContainsAny(name, "'\"\\\n") {
			c.list = append(c.list, candidate{text: name + quote + "]"})
		}
	}
	return c.sorted()
}

// names completes a name, and within a call the names of its parameters.
func (t *terminal) names(before, word string) completion {
	c := completion{word: word}
	if callee := openCall(strings.TrimSuffix(before, word)); callee != "" {
		if v, ok := t.lookUp(callee); ok {
			c.callee = v
			for _, p := range t.keywords(v) {
				if strings.HasPrefix(p, word) {
					c.list = append(c.list, candidate{text: p + "="})
				}
			}
		}
	}
	if word == "" {
		return c.sorted()
	}
	for _, d := range t.scopes() {
		for k, v, i, ok := d.Next(0); ok; k, v, i, ok = d.Next(i) {
			if name, isStr := interp.StrOf(k); isStr && strings.HasPrefix(name, word) {
				c.list = append(c.list, candidate{text: name, value: v})
			}
		}
	}
	for _, k := range keywords {
		if strings.HasPrefix(k, word) {
			c.list = append(c.list, candidate{text: k})
		}
	}
	return c.sorted()
}

// keywords are those of the language that are longer than what completing them would save.
var keywords = strings.Fields("False None True and assert async await break class continue def del elif else except finally for " +
	"from global import lambda nonlocal not pass raise return try while with yield")

// openCall returns the dotted name of the function in whose brackets a text ends, "" outside of a call.
func openCall(text string) string {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')', ']', '}':
			depth++
		case '[', '{':
			if depth--; depth < 0 {
				return ""
			}
		case '\n':
			return ""
		case '(':
			if depth--; depth < 0 {
				name := strings.TrimRight(text[:i], " ")
				start := strings.LastIndexFunc(name, func(r rune) bool {
					return r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
				})
				return name[start+1:]
			}
		}
	}
	return ""
}

// keywords returns the parameters of a callable that can be given by name.
func (t *terminal) keywords(v interp.Value) []string {
	sig, ok := t.th.Signature(v)
	if !ok {
		return nil
	}
	_, params, _ := strings.Cut(sig, "(")
	var names []string
	for _, p := range strings.Split(strings.TrimSuffix(params, ")"), ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(p), "=")
		switch {
		case name == "/":
			names = nil
		case name == "self" || name == "" || strings.HasPrefix(name, "*"):
		case lastWord().FindString(name) == name:
			names = append(names, name)
		}
	}
	return names
}
