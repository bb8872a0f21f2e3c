"""How this process speaks: one line an event, codes and ids, never a text, a key or an address of a person."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from itertools import islice
from types import TracebackType
from typing import Any

import structlog

DEEPEST = 24
"""So many places of a trace are told, the last ones: what failed stands at its end."""


def where(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its kind and the places it came through. Its words stay away: a database's quote the row."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        line["error"] = " from ".join(type(one).__qualname__ for one in _chain(error))
        line["trace"] = _places(error.__traceback__)
    return line


PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    where,
)
"""What makes a line, before it is written down."""


class Wordless(logging.Formatter):
    """The same for the lines of libraries, which also log exceptions."""

    def formatException(self, ei: Any) -> str:  # noqa: N802, ANN401  (logging's own name and type)
        """See `where`."""
        return f"{type(ei[1]).__qualname__}: {_places(ei[2])}"


def configure(level: str) -> None:
    """Log from `level` on, to standard error. Values are written as Python quotes them: no line break of a stranger ends a line."""
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler()
    handler.setFormatter(Wordless("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler])
    structlog.configure(
        processors=[*PROCESSORS, structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _chain(error: BaseException) -> list[BaseException]:
    """The error, and what it was raised because of."""
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return found


def _places(trace: TracebackType | None) -> str:
    """Module, line and function of each place, the outermost first."""
    frames = [(frame.f_globals.get("__name__", "?"), line, frame.f_code.co_name) for frame, line in traceback.walk_tb(trace)]
    return " > ".join(f"{module}:{line} {function}" for module, line, function in islice(frames, max(0, len(frames) - DEEPEST), None))
