def outer(a, b):
    def inner():
        nonlocal a
        a += b
        return [a + c for c in d]
    d = a
    del d
    return inner, d


class K(Base, metaclass=Meta):
    """doc"""
    x: int = 1

    def m(self):
        return __class__, self.__private


def rebind(x):
    x = x + (x := 5)
    a, b = 1, x
    a, b = b, a + b
    return [(last := i) for i in x], [lambda: i for i in x], last


() = rebind
