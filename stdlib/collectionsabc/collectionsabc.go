// Package collectionsabc is the module collections.abc: abstract base classes of containers, iterators and
// awaitables. It is written in the language.
//
//	Hashable, Callable, Sized, Container, Iterable, Iterator, Reversible, Generator, Collection
//	Sequence, MutableSequence, ByteString, Set, MutableSet, Mapping, MutableMapping
//	MappingView, KeysView, ItemsView, ValuesView
//	Awaitable, Coroutine, AsyncIterable, AsyncIterator, AsyncGenerator
package collectionsabc

import (
	_ "embed"

	"aio/interp"
)

//go:embed collectionsabc.aio
var source string

// Module is the module collections.abc.
var Module = &interp.ModuleDef{
	Name:   "collections.abc",
	Doc:    "Abstract Base Classes (ABCs) for collections, according to PEP 3119.",
	Source: source,
}
