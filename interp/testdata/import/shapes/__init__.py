"""Shapes of a small package."""
from .circle import area, PI
from . import names
__all__ = ["area", "names", "square"]
size = 3
_private = "hidden"

def square(n):
    return n * n
