def finally_(f):
    for x in f():
        try:
            if x:
                return x
            break
        finally:
            f(x)


def handlers(f):
    try:
        f()
    except KeyError as e:
        print(e)
    except (A, B):
        raise
    else:
        f(1)


def managers(a):
    with a as b, b.c:
        return b


def groups(f):
    try:
        f()
    except* ValueError as e:
        f(e)
