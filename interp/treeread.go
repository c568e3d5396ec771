package interp

// This file defines how objects of the module ast become a syntax tree, for compile().

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"aio/ast"
	"aio/diag"
)

// treeReader makes the nodes of one tree. The text behind it is blank: it only gives nodes their places.
type treeReader struct {
	th     *Thread
	widths []int // how long each line must be
	places []placement
}

// placement is a node whose span is known when all lines are.
type placement struct {
	span                           *ast.Span
	line, column, endLine, endColm int
}

// readTree returns the tree of a Module, Interactive or Expression.
func (th *Thread) readTree(v Value, filename, mode string) (*diag.Source, *ast.Module, ast.Expr, *Exc) {
	want := map[string]string{"exec": "Module", "eval": "Expression", "single": "Interactive"}[mode]
	if want == "" {
		return nil, nil, nil, ValueErrorf("compile() mode must be 'exec', 'eval' or 'single'")
	}
	if typeName(v) != want {
		return nil, nil, nil, TypeErrorf("expected %s node, got %s", want, typeName(v))
	}
	r := &treeReader{th: th}
	body, err := r.attr(v, "body", want)
	if err != nil {
		return nil, nil, nil, err
	}
	m := &ast.Module{}
	var e ast.Expr
	if mode == "eval" {
		n, err := r.node(body)
		if err != nil {
			return nil, nil, nil, err
		}
		e, _ = n.(ast.Expr)
		if e == nil {
			return nil, nil, nil, TypeErrorf("expected some sort of expr, but got %s", th.reprOr(body))
		}
	} else if err := r.fill(reflect.ValueOf(&m.Body).Elem(), body, "Module", "body"); err != nil {
		return nil, nil, nil, err
	}
	return r.source(filename), m, e, nil
}

// source makes the blank text and gives the nodes their spans.
func (r *treeReader) source(filename string) *diag.Source {
	var text strings.Builder
	for _, w := range r.widths {
		text.WriteString(strings.Repeat(" ", w))
		text.WriteByte('\n')
	}
	src := diag.NewSource(filename, text.String())
	for _, p := range r.places {
		p.span.Start = src.LineStart(p.line) + diag.Pos(p.column)
		p.span.End = max(p.span.Start, src.LineStart(p.endLine)+diag.Pos(p.endColm))
	}
	return src
}

// attr returns a field of a node. Errors: TypeError when it is missing.
func (r *treeReader) attr(v Value, name, class string) (Value, *Exc) {
	x, ok, err := r.th.LookupAttr(v, name)
	if err == nil && !ok {
		err = TypeErrorf("required field \"%s\" missing from %s", name, class)
	}
	return x, err
}

// node returns the node of an object.
func (r *treeReader) node(v Value) (ast.Node, *Exc) {
	var t reflect.Type
	class := ""
	for m := range TypeOf(v).MRO() {
		if class, t = m.Name, nodeTypes[m.Name]; t != nil {
			break
		}
	}
	if t == nil {
		return nil, TypeErrorf("expected some sort of node, but got %s", r.th.reprOr(v))
	}
	if err := r.th.descend(" during compilation"); err != nil {
		return nil, err
	}
	defer func() { r.th.depth-- }()
	n := reflect.New(t)
	typ := t.Name()
	if err := r.place(v, n.Elem().FieldByName("At").Addr().Interface().(*ast.At)); err != nil {
		return nil, err
	}
	for i := range t.NumField() {
		name := fieldName(typ, t.Field(i).Name)
		if name == "" {
			continue
		}
		x, ok, err := r.th.LookupAttr(v, name)
		if err != nil {
			return nil, err
		}
		if !ok {
			if k := t.Field(i).Type.Kind(); name == "kind" || k == reflect.Slice {
				continue
			}
			return nil, TypeErrorf("required field \"%s\" missing from %s", name, class)
		}
		if err := r.fill(n.Elem().Field(i), x, typ, name); err != nil {
			return nil, err
		}
	}
	if f := n.Elem().FieldByName("IsAsync"); f.IsValid() && strings.HasPrefix(class, "Async") {
		f.SetBool(true)
	}
	if f := n.Elem().FieldByName("IsStar"); f.IsValid() {
		f.SetBool(class == "TryStar")
	}
	return n.Interface().(ast.Node), nil
}

// family returns the name of the class of nodes that a node belongs to: stmt, expr, arg ...
func family(v Value) string {
	name := ""
	for m := range TypeOf(v).MRO() {
		if m.Name == "AST" {
			break
		}
		name = m.Name
	}
	return name
}

// place notes the place of a node that has one.
func (r *treeReader) place(v Value, at *ast.At) *Exc {
	attributes, ok := TypeOf(v).Lookup("_attributes")
	if names, isTuple := AsTuple(attributes); !ok || !isTuple || len(names.a) == 0 {
		return nil
	}
	var at4 [4]int
	for i, name := range []string{"lineno", "col_offset", "end_lineno", "end_col_offset"} {
		x, ok, err := r.th.LookupAttr(v, name)
		if err != nil {
			return err
		}
		if !ok && i < 2 {
			return TypeErrorf("required field \"%s\" missing from %s", name, family(v))
		}
		if !ok || x.IsNone() {
			at4[i] = at4[i-2]
			continue
		}
		if at4[i], err = r.th.IndexInt(x); err != nil {
			return err
		}
		at4[i] = max(at4[i], 0)
	}
	p := placement{&at.Span, max(at4[0], 1), at4[1], max(at4[2], 1), at4[3]}
	for _, end := range [][2]int{{p.line, p.column}, {p.endLine, p.endColm}} {
		if end[0] > maxTreeLine || end[1] > maxTreeLine {
			return ValueErrorf("a node of the tree stands too far in the text")
		}
		for len(r.widths) < end[0] {
			r.widths = append(r.widths, 0)
		}
		r.widths[end[0]-1] = max(r.widths[end[0]-1], end[1])
	}
	r.places = append(r.places, p)
	return nil
}

// maxTreeLine bounds the lines and columns that nodes made by a script may name.
const maxTreeLine = 1 << 20

// fill stores what a field of an object holds into the field of a node.
func (r *treeReader) fill(dst reflect.Value, v Value, typ, name string) *Exc {
	if names := enumClasses[dst.Type()]; names != nil {
		i := slices.Index(names, typeName(v))
		if i < 0 {
			return TypeErrorf("expected some sort of operator, but got %s", r.th.reprOr(v))
		}
		dst.SetUint(uint64(i))
		return nil
	}
	switch dst.Kind() {
	case reflect.String:
		if v.IsNone() {
			return nil
		}
		s, ok := StrOf(v)
		if !ok {
			return TypeErrorf("AST identifier must be of type str")
		}
		dst.SetString(s)
	case reflect.Bool:
		if typ == "BoolOp" {
			dst.SetBool(typeName(v) == boolClasses[1])
			return nil
		}
		b, err := r.th.Truth(v)
		dst.SetBool(b)
		return err
	case reflect.Int, reflect.Uint8:
		if v.IsNone() {
			return nil
		}
		i, err := r.th.IndexInt(v)
		if err != nil {
			return err
		}
		if dst.Kind() == reflect.Int {
			dst.SetInt(int64(i))
		} else if i > 0 {
			dst.SetUint(uint64(i))
		}
	case reflect.Slice:
		l, ok := AsList(v)
		if !ok {
			return TypeErrorf("%s field \"%s\" must be a list, not a %s", className(typ, false), name, typeName(v))
		}
		dst.Set(reflect.MakeSlice(dst.Type(), len(l.a), len(l.a)))
		for i, x := range l.a {
			if err := r.fill(dst.Index(i), x, typ, name); err != nil {
				return err
			}
		}
	default:
		return r.fillNode(dst, v, typ)
	}
	return nil
}

func (r *treeReader) fillNode(dst reflect.Value, v Value, typ string) *Exc {
	if typ == "Constant" || typ == "MatchSingleton" {
		k, ok := constantOf(v)
		if !ok {
			return TypeErrorf("got an invalid type in Constant: %s", typeName(v))
		}
		if k != nil {
			dst.Set(reflect.ValueOf(k))
		}
		return nil
	}
	if v.IsNone() {
		return nil
	}
	n, err := r.node(v)
	if err != nil {
		return err
	}
	if !reflect.TypeOf(n).AssignableTo(dst.Type()) {
		return TypeErrorf("expected some sort of %s, but got %s", strings.ToLower(dst.Type().Name()), r.th.reprOr(v))
	}
	dst.Set(reflect.ValueOf(n))
	return nil
}

// constantOf returns a value as the compiler holds constants.
func constantOf(v Value) (any, bool) {
	if v.IsNone() {
		return nil, true
	}
	if Is(v, Ellipsis) {
		return ast.Ellipsis, true
	}
	if b, ok := AsBool(v); ok {
		return b, true
	}
	switch TypeOf(v) {
	case intType:
		i, b, _ := IntOf(v)
		if b != nil {
			return new(big.Int).Set(b), true
		}
		return i, true
	case floatType:
		f, _ := AsFloat(v)
		return f, !math.IsNaN(f)
	case complexType:
		return (*Complex)(v.p).c, true
	case strType:
		s, _ := StrOf(v)
		return s, true
	case bytesType:
		b, _ := BufferOf(v)
		return ast.Bytes(b), true
	}
	return nil, false
}
