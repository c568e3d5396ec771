def displays(a, b):
    return [1, 2, 3], [a, *b], {1, 2, 3}, {a: 1, **b}, (a, b), a[1:2], a[0], f"{a!r:>{b}} {b}."


def conditions(a, b, c):
    if a and (b or c) and not 1 < a <= b:
        return a in {1, 2} or a not in [b] or a is None
    return a if b else c
