from ..names import title
from .. import circle as sibling
from .leaf import value
