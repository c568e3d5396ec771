"""Runs the script of its first argument on CPython with an event loop whose time is virtual: nothing waits,
the time jumps to the next timer when nothing is ready. What CPython leaves to addresses of objects, or to the
nanoseconds between two timers, happens in the order in which the objects were made."""
import asyncio
import gc
import itertools
import runpy
import selectors
import sys


class DeadlockError(Exception):
    """Ends what would wait for ever."""


class VirtualSelector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout=None):
        events = super().select(0)
        if not events and timeout is None:
            raise DeadlockError
        if not events:
            VirtualSelector.now += max(timeout, 0)
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(VirtualSelector())
        self.made = []

    def time(self):
        return VirtualSelector.now

    def create_task(self, *args, **named):
        task = super().create_task(*args, **named)
        self.made.append(task)
        return task


class VirtualPolicy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = VirtualLoop


def all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return [task for task in loop.made if not task.done()]


class TimerHandle(asyncio.TimerHandle):
    """Of two timers for the same time, the one made first is due first."""
    numbers = itertools.count()

    def __init__(self, *args):
        super().__init__(*args)
        self.number = next(self.numbers)

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class OrderedSet(dict):
    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class TaskGroup(asyncio.TaskGroup):
    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()


asyncio.all_tasks = asyncio.tasks.all_tasks = all_tasks
asyncio.events.TimerHandle = TimerHandle
asyncio.TaskGroup = TaskGroup
gc.disable()  # what one program left would print among the lines of another
asyncio.set_event_loop_policy(VirtualPolicy())
runpy.run_path(sys.argv[1], run_name="__main__")
