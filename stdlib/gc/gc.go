// Package gc is the module gc. Memory is the business of Go's collector, which needs no help from a
// program: enable, disable and the thresholds are remembered and change nothing.
//
//	collect, enable, disable, isenabled, get_threshold, set_threshold, get_count, freeze, unfreeze ...
package gc

import (
	"runtime"

	"aio/interp"
)

// Module is the module gc.
var Module = &interp.ModuleDef{
	Name: "gc",
	Doc:  "This module provides access to the garbage collector for reference cycles.",
	Funcs: []interp.Builtin{
		{Sig: "collect(generation=2)", Doc: "Run the garbage collector. Returns 0: objects in cycles are not counted.", Fn: collect},
		{Sig: "get_stats()", Doc: "Return a list of dictionaries of statistics, one a generation.", Fn: stats},
	},
	Source: `
DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
garbage = []
callbacks = []
_enabled = True
_threshold = (700, 10, 10)
_debug = 0


def enable():
    """Enable automatic garbage collection."""
    global _enabled
    _enabled = True


def disable():
    """Disable automatic garbage collection."""
    global _enabled
    _enabled = False


def isenabled():
    """Returns true if automatic garbage collection is enabled."""
    return _enabled


def get_threshold():
    """Return the current collection thresholds."""
    return _threshold


def set_threshold(threshold0, threshold1=10, threshold2=10):
    """Set the collection thresholds."""
    global _threshold
    _threshold = (threshold0, threshold1, threshold2)


def get_count():
    """Return a three-tuple of the current collection counts."""
    return (0, 0, 0)


def get_debug():
    """Get the garbage collection debugging flags."""
    return _debug


def set_debug(flags):
    """Set the garbage collection debugging flags."""
    global _debug
    _debug = flags


def get_objects(generation=None):
    """Return a list of objects tracked by the collector: none is."""
    return []


def get_referrers(*objs):
    """Return the list of objects that directly refer to any of objs: they are not known."""
    return []


def get_referents(*objs):
    """Return the list of objects that are directly referred to by objs: they are not known."""
    return []


def is_tracked(obj):
    """Returns true if the object is tracked by the garbage collector."""
    return not isinstance(obj, (int, float, complex, str, bytes, type(None)))


def is_finalized(obj):
    """Returns true if the object has been already finalized by the GC."""
    return False


def freeze():
    """Freeze all current tracked objects and ignore them for future collections."""


def unfreeze():
    """Unfreeze all objects in the permanent generation."""


def get_freeze_count():
    """Return the number of objects in the permanent generation."""
    return 0
`,
}

func collect(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 || n > 2 {
		return interp.Value{}, interp.ValueErrorf("invalid generation")
	}
	return interp.MkInt(int64(th.Collect())), nil
}

func stats(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	list := make([]interp.Value, 3)
	for i := range list {
		d := interp.NewDict()
		d.SetName("collections", interp.MkInt(int64(m.NumGC)))
		d.SetName("collected", interp.MkInt(0))
		d.SetName("uncollectable", interp.MkInt(0))
		list[i] = d.Value()
	}
	return interp.MkList(list), nil
}
