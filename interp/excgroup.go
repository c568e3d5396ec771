package interp

// This file defines ExceptionGroup: construction, splitting, and what except* does with one.

import "fmt"

// setupExceptionGroup gives BaseExceptionGroup its behaviour, which ExceptionGroup inherits.
func setupExceptionGroup(t *Type) {
	t.exc = &excSpec{fields: []string{"message", "exceptions"}}
	t.new = newExceptionGroup
	t.newSig = t.Name + "(message, exceptions, /)"
	t.proto.Str = strExceptionGroup
	t.rows = []Builtin{
		{"derive(excs, /)", "Return a group of the same kind and message with other exceptions.", groupDerive},
		{"split(condition, /)", "Return the groups of the exceptions that match and of the others, either may be None.", groupSplit},
		{"subgroup(condition, /)", "Return the group of the exceptions that match, or None.", groupSubgroup},
	}
}

func newExceptionGroup(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	args = args[:len(args)-len(kwnames)]
	if len(args) != 2 {
		return Value{}, TypeErrorf("BaseExceptionGroup.__new__() takes exactly 2 arguments (%d given)", len(args))
	}
	if _, ok := AsStr(args[0]); !ok {
		return Value{}, TypeErrorf("BaseExceptionGroup.__new__() argument 1 must be str, not %s", typeName(args[0]))
	}
	list, err := th.groupItems(args[1])
	if err != nil {
		return Value{}, err
	}
	cls, err = groupClass(cls, list)
	if err != nil {
		return Value{}, err
	}
	e := &Exc{Header: Header{cls.inst}, args: keepArgs(args), fields: []Value{args[0], MkTuple(list)}}
	return e.Value(), nil
}

// groupItems returns the exceptions of a sequence.
func (th *Thread) groupItems(v Value) ([]Value, *Exc) {
	if !isSequence(v) {
		return nil, TypeErrorf("second argument (exceptions) must be a sequence")
	}
	list, err := th.Items(v)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ValueErrorf("second argument (exceptions) must be a non-empty sequence")
	}
	for i, x := range list {
		if _, ok := AsExc(x); !ok {
			return nil, ValueErrorf("Item %d of second argument (exceptions) is not an exception", i)
		}
	}
	return list, nil
}

// isSequence reports whether v has items by position: it can be subscripted and is neither a dict nor a
// set.
func isSequence(v Value) bool {
	if TypeOf(v).layout == layoutDict {
		return false
	}
	if TypeOf(v).layout == layoutType {
		return false
	}
	return TypeOf(v).proto.GetItem != nil || !scripted(v, spGetItem).IsUnbound()
}

// groupClass returns the class of a group of list: BaseExceptionGroup makes an ExceptionGroup when it
// can, and a class that is an Exception holds only such.
func groupClass(cls *Type, list []Value) (*Type, *Exc) {
	base := false
	for _, x := range list {
		base = base || !IsInstance(x, ExceptionType)
	}
	switch {
	case cls == BaseExceptionGroup && !base:
		return ExceptionGroup, nil
	case cls == ExceptionGroup && base:
		return nil, TypeErrorf("Cannot nest BaseExceptions in an ExceptionGroup")
	case base && cls.IsSubtype(ExceptionType):
		return nil, TypeErrorf("Cannot nest BaseExceptions in '%s'", cls.Name)
	}
	return cls, nil
}

// NewExceptionGroup returns a group of exceptions: an ExceptionGroup, or a BaseExceptionGroup when one
// of them is no Exception. list must not be empty, and is kept.
func NewExceptionGroup(message string, list []Value) *Exc {
	cls, _ := groupClass(BaseExceptionGroup, list)
	e := NewExc(cls, MkStr(message), MkList(append([]Value(nil), list...)))
	e.fields = []Value{MkStr(message), MkTuple(list)}
	return e
}

// Members returns the exceptions of a group, nil for another exception.
func (e *Exc) Members() []Value {
	if !e.Is(BaseExceptionGroup) {
		return nil
	}
	if t, ok := AsTuple(e.fieldAt(1)); ok {
		return t.a
	}
	return nil
}

func strExceptionGroup(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	msg, err := th.Str(e.fieldAt(0))
	n := len(e.Members())
	return fmt.Sprintf("%s (%d sub-exception%s)", msg, n, plural(n)), err
}

func groupDerive(th *Thread, a []Value) (Value, *Exc) {
	return th.Call(BaseExceptionGroup.Value(), (*Exc)(a[0].p).fieldAt(0), a[1])
}

func groupSplit(th *Thread, a []Value) (Value, *Exc) {
	m, err := conditionMatcher(a[1])
	if err != nil {
		return Value{}, err
	}
	match, rest, err := th.splitGroup((*Exc)(a[0].p), m, 0)
	if err != nil {
		return Value{}, err
	}
	return Pair(match.valueOrNone(), rest.valueOrNone()), nil
}

func groupSubgroup(th *Thread, a []Value) (Value, *Exc) {
	m, err := conditionMatcher(a[1])
	if err != nil {
		return Value{}, err
	}
	m.noRest = true
	match, _, err := th.splitGroup((*Exc)(a[0].p), m, 0)
	return match.valueOrNone(), err
}

// groupMatcher decides which exceptions of a group go together.
type groupMatcher struct {
	match  func(th *Thread, e *Exc) (bool, *Exc)
	noRest bool // only the match is wanted
}

// conditionMatcher reads the argument of split and subgroup.
func conditionMatcher(cond Value) (*groupMatcher, *Exc) {
	if _, ok := asFunction(cond); ok {
		return &groupMatcher{match: func(th *Thread, e *Exc) (bool, *Exc) {
			r, err := th.Call(cond, e.Value())
			if err != nil {
				return false, err
			}
			return th.Truth(r)
		}}, nil
	}
	if !isExceptionClasses(cond) {
		return nil, TypeErrorf("expected a function, exception type or tuple of exception types")
	}
	return classMatcher(cond), nil
}

func classMatcher(cls Value) *groupMatcher {
	return &groupMatcher{match: func(th *Thread, e *Exc) (bool, *Exc) { return e.isAny(cls), nil }}
}

// splitGroup splits e, which may be no group, into what matches and the rest; either may be nil.
func (th *Thread) splitGroup(e *Exc, m *groupMatcher, depth int) (match, rest *Exc, err *Exc) {
	if ok, err := m.match(th, e); err != nil || ok {
		return e, nil, err
	}
	if !e.Is(BaseExceptionGroup) {
		return nil, e, nil
	}
	if depth > th.RecursionLimit() {
		return nil, nil, Errorf(RecursionError, "maximum recursion depth exceeded in exceptiongroup_split_recursive")
	}
	var matches, rests []Value
	for _, x := range e.Members() {
		a, b, err := th.splitGroup((*Exc)(x.p), m, depth+1)
		if err != nil {
			return nil, nil, err
		}
		if a != nil {
			matches = append(matches, a.Value())
		}
		if b != nil {
			rests = append(rests, b.Value())
		}
	}
	if match, err = th.groupSubset(e, matches); err != nil || m.noRest {
		return match, nil, err
	}
	rest, err = th.groupSubset(e, rests)
	return match, rest, err
}

// groupSubset returns a group like e of list, nil when it is empty.
func (th *Thread) groupSubset(e *Exc, list []Value) (*Exc, *Exc) {
	if len(list) == 0 {
		return nil, nil
	}
	v, err := th.CallMethod(e.Value(), "derive", MkList(list))
	if err != nil {
		return nil, err
	}
	if !IsInstance(v, BaseExceptionGroup) {
		return nil, TypeErrorf("derive must return an instance of BaseExceptionGroup")
	}
	g := (*Exc)(v.p)
	g.tb, g.context, g.cause, g.suppress = e.tb, e.context, e.cause, true
	if notes, ok, err := th.LookupAttr(e.Value(), "__notes__"); err != nil {
		return nil, err
	} else if ok && isSequence(notes) {
		items, err := th.Items(notes)
		if err != nil {
			return nil, err
		}
		if err := th.SetAttr(v, Intern("__notes__"), MkList(items)); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// excStarMatch splits what try with except* has left to handle by a class or tuple: rest and match,
// either may be None. An exception that is no group and matches is wrapped in one.
func (th *Thread) excStarMatch(exc *Exc, cls Value) (rest, match Value, err *Exc) {
	if err := checkStarClasses(cls); err != nil {
		return Value{}, Value{}, err
	}
	if exc.isAny(cls) {
		if exc.Is(BaseExceptionGroup) {
			return None, exc.Value(), nil
		}
		g := NewExceptionGroup("", []Value{exc.Value()})
		g.args = &Tuple{Header{tupleShape}, []Value{MkStr(""), g.fieldAt(1)}}
		g.tb = exc.tb
		return None, g.Value(), nil
	}
	if !exc.Is(BaseExceptionGroup) {
		return exc.Value(), None, nil
	}
	pair, err := th.CallMethod(exc.Value(), "split", cls)
	if err != nil {
		return Value{}, Value{}, err
	}
	t, ok := AsTuple(pair)
	if !ok {
		return Value{}, Value{}, TypeErrorf("%s.split must return a tuple, not %s", exc.Type().Name, typeName(pair))
	}
	if len(t.a) < 2 {
		return Value{}, Value{}, TypeErrorf("%s.split must return a 2-tuple, got tuple of size %d", exc.Type().Name, len(t.a))
	}
	return t.a[1], t.a[0], nil
}

func checkStarClasses(cls Value) *Exc {
	if err := checkExceptClasses(cls); err != nil {
		return err
	}
	for _, c := range classList(cls) {
		if t, _ := AsType(c); t.IsSubtype(BaseExceptionGroup) {
			return TypeErrorf("catching ExceptionGroup with except* is not allowed. Use except instead.")
		}
	}
	return nil
}

// excStarRaise returns what a try with except* raises at its end, or None. orig is the exception that
// it began with; list holds what the handlers raised and what was left unhandled.
func (th *Thread) excStarRaise(orig *Exc, list []Value) (Value, *Exc) {
	var raised, kept []Value
	for _, v := range list {
		e, ok := AsExc(v)
		switch {
		case !ok:
		case orig.Is(BaseExceptionGroup) && e.sameOrigin(orig):
			kept = append(kept, v)
		default:
			raised = append(raised, v)
		}
	}
	if !orig.Is(BaseExceptionGroup) {
		// It was wrapped, so a single clause ran and what it left stands last.
		if len(list) == 0 {
			return None, nil
		}
		return list[len(list)-1], nil
	}
	again, err := th.projectGroup(orig, kept)
	if err != nil {
		return Value{}, err
	}
	if again != nil {
		raised = append(raised, again.Value())
	}
	switch {
	case len(raised) == 0:
		return None, nil
	case len(raised) == 1:
		return raised[0], nil
	}
	return NewExceptionGroup("", raised).Value(), nil
}

// sameOrigin reports whether e and orig are parts of one group: what a split copies is the same.
func (e *Exc) sameOrigin(orig *Exc) bool {
	if !e.Is(BaseExceptionGroup) {
		return false
	}
	return e.tb == orig.tb && e.cause == orig.cause && e.context == orig.context && sameNotes(e, orig)
}

func sameNotes(a, b *Exc) bool {
	x, y := a.notes(), b.notes()
	return x == nil && y == nil || x != nil && y != nil && sameValues(x.a, y.a)
}

// notes returns __notes__ when it is a list.
func (e *Exc) notes() *List {
	if e.dict == nil {
		return nil
	}
	v, ok := e.dict.GetStr(Intern("__notes__"))
	if !ok {
		return nil
	}
	l, _ := AsList(v)
	return l
}

// projectGroup returns the group like orig, nested as it is, of the exceptions in the groups of kept.
func (th *Thread) projectGroup(orig *Exc, kept []Value) (*Exc, *Exc) {
	leaves := map[*Exc]bool{}
	for _, v := range kept {
		collectLeaves((*Exc)(v.p), leaves)
	}
	m := &groupMatcher{noRest: true, match: func(_ *Thread, e *Exc) (bool, *Exc) { return leaves[e], nil }}
	match, _, err := th.splitGroup(orig, m, 0)
	return match, err
}

func collectLeaves(e *Exc, leaves map[*Exc]bool) {
	if !e.Is(BaseExceptionGroup) {
		leaves[e] = true
		return
	}
	for _, x := range e.Members() {
		collectLeaves((*Exc)(x.p), leaves)
	}
}
