package interp

// This file defines what raise and except do with their operands.

// isExceptionClass reports whether v is a class that derives from BaseException.
func isExceptionClass(v Value) bool {
	t, ok := AsType(v)
	return ok && t.IsSubtype(BaseException)
}

// classList returns the classes of an except clause: a class, or a tuple of them.
func classList(cls Value) []Value {
	if t, ok := AsTuple(cls); ok {
		return t.a
	}
	return []Value{cls}
}

// isExceptionClasses reports whether v is an exception class or a tuple of them.
func isExceptionClasses(v Value) bool {
	if t, ok := AsTuple(v); ok {
		for _, c := range t.a {
			if !isExceptionClass(c) {
				return false
			}
		}
		return true
	}
	return isExceptionClass(v)
}

func checkExceptClasses(v Value) *Exc {
	if isExceptionClasses(v) {
		return nil
	}
	return TypeErrorf("catching classes that do not inherit from BaseException is not allowed")
}

// isAny reports whether e is an instance of a class, or of one in a tuple.
func (e *Exc) isAny(cls Value) bool {
	if t, ok := AsType(cls); ok {
		return e.Is(t)
	}
	if t, ok := AsTuple(cls); ok {
		for _, c := range t.a {
			if e.isAny(c) {
				return true
			}
		}
	}
	return false
}

// excMatch reports whether e is caught by "except cls". Errors: TypeError when cls is no exception class
// or tuple of them.
func (th *Thread) excMatch(e *Exc, cls Value) (bool, *Exc) {
	if t, ok := AsType(cls); ok && t.layout == layoutExc {
		return e.Is(t), nil
	}
	if err := checkExceptClasses(cls); err != nil {
		return false, err
	}
	return e.isAny(cls), nil
}

// makeRaised returns the exception that "raise v" raises: v, or an instance of the class v. Errors:
// TypeError, and what calling the class raises.
func (th *Thread) makeRaised(v Value) (*Exc, *Exc) {
	if e, ok := AsExc(v); ok {
		return e, nil
	}
	if !isExceptionClass(v) {
		return nil, TypeErrorf("exceptions must derive from BaseException")
	}
	return th.instantiate(v)
}

// instantiate calls an exception class.
func (th *Thread) instantiate(cls Value) (*Exc, *Exc) {
	x, err := th.Call(cls)
	if err != nil {
		return nil, err
	}
	e, ok := AsExc(x)
	if !ok {
		name, err := th.Repr(cls)
		if err != nil {
			return nil, err
		}
		got, err := th.Repr(TypeOf(x).Value())
		if err != nil {
			return nil, err
		}
		return nil, TypeErrorf("calling %s should have returned an instance of BaseException, not %s", name, got)
	}
	return e, nil
}
