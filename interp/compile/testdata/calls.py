def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def calls(f, o, a, k):
    f(1, x=2)
    o.m(1, *a, k=k, **k)
    o.a.m(f(o.b()), key=f)
    return super().g(f)


async def awaits(f, o):
    await f(1)
    return await o.m(key=2)
