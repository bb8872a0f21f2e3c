"""From what has happened to what is done about it: `async with workers.embedded():`."""

from workers.process import embedded

__all__ = ["embedded"]
