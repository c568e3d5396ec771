// Package astmodule is the module ast: the classes of the nodes of the syntax tree, and functions over trees.
//
//	parse, dump, literal_eval, walk, iter_fields, iter_child_nodes, get_docstring, get_source_segment
//	copy_location, fix_missing_locations, increment_lineno, NodeVisitor, NodeTransformer
//
// compile() makes the trees, and takes them.
package astmodule

import (
	_ "embed"

	"aio/interp"
)

//go:embed ast.aio
var source string

// Module is the module ast.
var Module = &interp.ModuleDef{
	Name:   "ast",
	Doc:    "The abstract syntax trees of programs: the classes of their nodes, and helpers to work with them.",
	Source: source,
}
