from ..circle import PI as value
