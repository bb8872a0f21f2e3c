"""Settings of another house than the tests' own, for as long as a block takes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from backend.settings import settings
from tests.support.commands import PRODUCTION


@contextmanager
def given(**told: str) -> Iterator[None]:
    """The environment says this too."""
    with mock.patch.dict(os.environ, {f"SAMBAT_{name.upper()}": value for name, value in told.items()}):
        settings.cache_clear()
        try:
            yield
        finally:
            settings.cache_clear()


@contextmanager
def production() -> Iterator[None]:
    """A city's real installation."""
    with given(**PRODUCTION):
        yield
