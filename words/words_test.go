package words

// This file tests the table.

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

func TestRowsHaveTheSameVerbs(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range table {
		if seen[row.en] {
			t.Errorf("%q has two rows", row.en)
		}
		seen[row.en] = true
		if en, zh := verb.FindAllString(row.en, -1), verb.FindAllString(row.zh, -1); !slices.Equal(en, zh) {
			t.Errorf("%q has the verbs %v, its translation %v", row.en, en, zh)
		}
	}
}

// TestEveryHintHasARow reads the hints where they are written.
func TestEveryHintHasARow(t *testing.T) {
	places := []struct{ file, hint string }{
		{"../parser/hint.go", `(?m)^\t\{"[^"]*", "([^"]*)"\},$`},
		{"../parser/hint.go", `(?m)return "([^"]+)"$`},
		{"../interp/await.go", `WithHint\("([^"]*)"\)`},
		{"../interp/execute.go", `WithHint\("([^"]*)"\)`},
		{"../interp/hint.go", `(?m)hint: +"([^"]*)",$`},
		{"../interp/hint.go", `Sprintf\("([^"]*)"`},
		{"../interp/thread.go", `WithHint\("([^"]*)"\)`},
		{"../stdlib/asyncio/bound.go", `WithHint\("([^"]*)"\)`},
		{"../stdlib/asyncio/timeouts.go", `WithHint\("([^"]*)"\)`},
	}
	for _, p := range places {
		text, err := os.ReadFile(p.file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(p.hint).FindAllStringSubmatch(string(text), -1)
		if len(found) == 0 {
			t.Errorf("no hints in %s", p.file)
		}
		for _, m := range found {
			if Chinese.Translate(m[1]) == m[1] {
				t.Errorf("no Chinese for %q of %s", m[1], p.file)
			}
		}
	}
}

func TestTranslate(t *testing.T) {
	for _, test := range []struct{ en, zh string }{
		{"hint", "提示"},
		{"add the ')' that closes it", "补上与之配对的 ')'"},
		{"calling f() only makes a coroutine: write 'await f(...)', or asyncio.create_task(f(...)) to run it meanwhile",
			"调用 f() 只会创建协程: 写 'await f(...)', 或用 asyncio.create_task(f(...)) 让它同时运行"},
		{"what nobody has translated", "what nobody has translated"},
	} {
		if zh := Chinese.Translate(test.en); zh != test.zh {
			t.Errorf("%q is %q, not %q", test.en, zh, test.zh)
		}
		if en := English.Translate(test.en); en != test.en {
			t.Errorf("English %q is %q", test.en, en)
		}
	}
}

func TestChosen(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		want Language
	}{
		{nil, English},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, Chinese},
		{map[string]string{"LANG": "zh_CN.UTF-8", "AIO_LANG": "en"}, English},
		{map[string]string{"LANG": "zh_TW.UTF-8", "LC_ALL": "C"}, English},
		{map[string]string{"LANG": "de_DE.UTF-8", "AIO_LANG": "zh"}, Chinese},
	} {
		if got := Chosen(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%v chooses %s", test.env, got)
		}
	}
}
