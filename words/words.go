// Package words says aio's own words, those of the prompt and of hints, in the user's language. English is
// what the rest of the program writes; [Language.Say] formats a sentence, [Language.Translate] finds the
// translation of a finished one. What Python says, its error messages, stays as it is.
package words

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// Language is a language by its code.
type Language string

// The languages that there are.
const (
	English Language = "en"
	Chinese Language = "zh"
)

// ByName returns the language that a code or the name of a locale means; ok is false for another one.
func ByName(name string) (l Language, ok bool) {
	name = strings.ToLower(name)
	switch {
	case name == "zh" || strings.HasPrefix(name, "zh_") || strings.HasPrefix(name, "zh-"):
		return Chinese, true
	case name == "en" || strings.HasPrefix(name, "en_") || strings.HasPrefix(name, "en-"):
		return English, true
	}
	return English, false
}

// Chosen returns the language that the environment asks for: AIO_LANG, else the locale.
func Chosen(getenv func(string) string) Language {
	for _, name := range []string{"AIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			l, _ := ByName(v)
			return l
		}
	}
	return English
}

// Say formats a sentence, an English format of the table, in the language.
func (l Language) Say(format string, args ...any) string {
	if l == Chinese {
		if zh, ok := chinese()[format]; ok {
			format = zh
		}
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// Translate returns an English text in the language: that of the row whose English it is, whatever stands
// in the places of its verbs. A text without a row stays as it is.
func (l Language) Translate(text string) string {
	if l != Chinese {
		return text
	}
	if zh, ok := chinese()[text]; ok {
		return zh
	}
	for _, p := range patterns() {
		m := p.match.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		args := make([]any, len(m)-1)
		for i, s := range m[1:] {
			args[i] = s
		}
		return fmt.Sprintf(p.format, args...)
	}
	return text
}

// chinese is the table by its English.
var chinese = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, len(table))
	for _, row := range table {
		m[row.en] = row.zh
	}
	return m
})

// pattern is a row with verbs, to be recognised in a finished text.
type pattern struct {
	match  *regexp.Regexp
	format string // all verbs are %s
}

var verb = regexp.MustCompile(`%(\[\d+\])?[sdq]`)

var patterns = sync.OnceValue(func() []pattern {
	var list []pattern
	for _, row := range table {
		if !verb.MatchString(row.en) {
			continue
		}
		var b strings.Builder
		rest := row.en
		for at := verb.FindStringIndex(rest); at != nil; at = verb.FindStringIndex(rest) {
			b.WriteString(regexp.QuoteMeta(rest[:at[0]]) + "(.+?)")
			rest = rest[at[1]:]
		}
		b.WriteString(regexp.QuoteMeta(rest))
		format := strings.NewReplacer("%d", "%s", "]d", "]s").Replace(row.zh)
		list = append(list, pattern{regexp.MustCompile("^" + b.String() + "$"), format})
	}
	return list
})
