// Package copyreg is the module copyreg: how objects are made again by copy and pickle.
//
//	pickle, constructor, dispatch_table   functions that reduce objects of a type
//	__newobj__, __newobj_ex__             what object.__reduce_ex__ names
package copyreg

import "aio/interp"

// Module is the module copyreg.
var Module = &interp.ModuleDef{
	Name: "copyreg",
	Doc:  "Helper to provide extensibility for pickle.",
	Source: `
dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    if not callable(object):
        raise TypeError("constructors must be callable")


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def pickle_complex(c):
    return complex, (c.real, c.imag)


pickle(complex, pickle_complex, complex)
`,
}
