def matches(x):
    match x:
        case 1 | 2 | "s":
            return 1
        case [a, b, *rest] if a:
            return rest
        case [_, *_, z]:
            return z
        case {"k": v, **others}:
            return v, others
        case P(q, r=3) as s:
            return q, s
        case None | True:
            return 0
        case (1, y) | (y, 1):
            return y
        case other:
            return other
