package sys

// This file defines the named tuples of sys: version_info, flags, float_info and the like.

import (
	"maps"
	"math"
	"slices"
	"sync"

	"aio/interp"
)

// The version of the language that is followed.
const (
	versionMajor = 3
	versionMinor = 11
	versionMicro = 7
	hexVersion   = versionMajor<<24 | versionMinor<<16 | versionMicro<<8 | 0xf0
	version      = "3.11.7 (aio)"
)

// field is an item of a named tuple.
type field struct {
	name  string
	value interp.Value
}

func number(i int64) interp.Value { return interp.MkInt(i) }

// structures is the list of named tuples. They are values that never change, so interpreters share them.
var structures = sync.OnceValue(func() map[string]interp.Value {
	out := map[string]interp.Value{}
	add := func(attr, typeName string, fields ...field) {
		names := make([]string, len(fields))
		values := make([]interp.Value, len(fields))
		for i, f := range fields {
			names[i], values[i] = f.name, f.value
		}
		out[attr] = interp.NewStruct(interp.NewStructType("sys", typeName, names...), values...)
	}
	add("version_info", "version_info",
		field{"major", number(versionMajor)}, field{"minor", number(versionMinor)}, field{"micro", number(versionMicro)},
		field{"releaselevel", interp.MkStr("final")}, field{"serial", number(0)})
	add("flags", "flags",
		field{"debug", number(0)}, field{"inspect", number(0)}, field{"interactive", number(0)},
		field{"optimize", number(0)}, field{"dont_write_bytecode", number(1)}, field{"no_user_site", number(0)},
		field{"no_site", number(0)}, field{"ignore_environment", number(0)}, field{"verbose", number(0)},
		field{"bytes_warning", number(0)}, field{"quiet", number(0)}, field{"hash_randomization", number(0)},
		field{"isolated", number(0)}, field{"dev_mode", interp.False}, field{"utf8_mode", number(1)},
		field{"warn_default_encoding", number(0)}, field{"safe_path", interp.False}, field{"int_max_str_digits", number(4300)})
	add("float_info", "float_info",
		field{"max", interp.MkFloat(math.MaxFloat64)}, field{"max_exp", number(1024)}, field{"max_10_exp", number(308)},
		field{"min", interp.MkFloat(0x1p-1022)}, field{"min_exp", number(-1021)}, field{"min_10_exp", number(-307)},
		field{"dig", number(15)}, field{"mant_dig", number(53)}, field{"epsilon", interp.MkFloat(0x1p-52)},
		field{"radix", number(2)}, field{"rounds", number(1)})
	add("int_info", "int_info",
		field{"bits_per_digit", number(30)}, field{"sizeof_digit", number(4)},
		field{"default_max_str_digits", number(4300)}, field{"str_digits_check_threshold", number(640)})
	add("hash_info", "hash_info",
		field{"width", number(64)}, field{"modulus", number(1<<61 - 1)}, field{"inf", number(314159)},
		field{"nan", number(0)}, field{"imag", number(1000003)}, field{"algorithm", interp.MkStr("wyhash")},
		field{"hash_bits", number(64)}, field{"seed_bits", number(64)}, field{"cutoff", number(0)})
	add("thread_info", "thread_info",
		field{"name", interp.MkStr("pthread")}, field{"lock", interp.MkStr("semaphore")}, field{"version", interp.None})
	return out
})

func setStructures(m *interp.Module) *interp.Exc {
	all := structures()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		m.Set(name, all[name])
	}
	implementation := interp.NewSimpleNamespace()
	implementation.Set("name", interp.MkStr("aio"))
	implementation.Set("cache_tag", interp.None)
	implementation.Set("version", all["version_info"])
	implementation.Set("hexversion", number(hexVersion))
	m.Set("implementation", implementation.Value())
	return nil
}
