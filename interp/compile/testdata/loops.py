def count(n):
    i = 0
    total = 0.0
    while i < n:
        total += i * 2.5
        i += 1
        if i == 7:
            continue
        if total > 1e9 or not n:
            break
    return total


def each(items):
    for i, x in items:
        if x is None:
            break
    else:
        return 0
    while True:
        x = yield x


async def each_async(items):
    async for x in items:
        print(x)
    return [y async for y in items if await y]
