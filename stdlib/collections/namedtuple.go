package collections

// This file defines namedtuple; what the classes can do is in package interp.

import (
	"strconv"
	"strings"

	"aio/interp"
)

func namedTuple(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	typename, err := th.Str(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	names, err := fieldNames(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	rename, err := th.Truth(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	isKeyword, err := keywordTest(th)
	if err != nil {
		return interp.Value{}, err
	}
	if rename {
		renameFields(names, isKeyword)
	}
	if err := checkNames(th, typename, names, isKeyword); err != nil {
		return interp.Value{}, err
	}
	var defaults []interp.Value
	if !a[3].IsNone() {
		if defaults, err = th.Items(a[3]); err != nil {
			return interp.Value{}, err
		}
		if len(defaults) > len(names) {
			return interp.Value{}, interp.TypeErrorf("Got more default values than field names")
		}
	}
	module := a[4]
	if module.IsNone() {
		module = interp.Value{}
	}
	return th.NewNamedTuple(typename, names, defaults, module)
}

// fieldNames reads the names from one str or from an iterable.
func fieldNames(th *interp.Thread, v interp.Value) ([]string, *interp.Exc) {
	if text, ok := interp.StrOf(v); ok {
		return strings.Fields(strings.ReplaceAll(text, ",", " ")), nil
	}
	items, err := th.Items(v)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(items))
	for i, x := range items {
		if names[i], err = th.Str(x); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// keywordTest returns keyword.iskeyword.
func keywordTest(th *interp.Thread) (func(string) bool, *interp.Exc) {
	m, err := th.Import("keyword")
	if err != nil {
		return nil, err
	}
	test, err := th.Attr(m, "iskeyword")
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		v, err := th.Call(test, interp.MkStr(name))
		b, _ := interp.AsBool(v)
		return err == nil && b
	}, nil
}

// renameFields replaces the names that cannot be fields by their positions.
func renameFields(names []string, isKeyword func(string) bool) {
	seen := map[string]bool{}
	for i, n := range names {
		if !interp.IsIdentifier(n) || isKeyword(n) || strings.HasPrefix(n, "_") || seen[n] {
			names[i] = "_" + strconv.Itoa(i)
		}
		seen[n] = true
	}
}

func checkNames(th *interp.Thread, typename string, names []string, isKeyword func(string) bool) *interp.Exc {
	shown := func(n string) string {
		text, err := th.Repr(interp.MkStr(n))
		if err != nil {
			return n
		}
		return text
	}
	for _, n := range append([]string{typename}, names...) {
		switch {
		case !interp.IsIdentifier(n):
			return interp.ValueErrorf("Type names and field names must be valid identifiers: %s", shown(n))
		case isKeyword(n):
			return interp.ValueErrorf("Type names and field names cannot be a keyword: %s", shown(n))
		}
	}
	seen := map[string]bool{}
	for i, n := range names {
		switch {
		case strings.HasPrefix(n, "_") && n != "_"+strconv.Itoa(i):
			return interp.ValueErrorf("Field names cannot start with an underscore: %s", shown(n))
		case seen[n]:
			return interp.ValueErrorf("Encountered duplicate field name: %s", shown(n))
		}
		seen[n] = true
	}
	return nil
}
