"""From what has happened to what is done about it: in the web process (`embedded`), or in one of its own (`work`, rung for by `ringing`)."""

from workers.bell import ringing
from workers.process import embedded, work

__all__ = ["embedded", "ringing", "work"]
