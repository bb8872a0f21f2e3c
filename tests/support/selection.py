"""Which tests run here: what the machine lacks is deselected aloud, and on CI refused."""

import signal

import pytest

from tests.support import machine

NEEDS = {
    "postgresql": ("PostgreSQL", lambda: machine.postgresql_binaries() is not None),
    "redis": ("redis-server", lambda: machine.redis_server() is not None),
    "browser": ("Chromium", lambda: machine.chromium() is not None),
    "caddy": ("Caddy", lambda: machine.caddy() is not None),
}
FIXTURES = {"browser": "browser", "redis_server": "redis"}
"""A test that asks for one of these fixtures, itself or through another, has the marker by that."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-browser", action="store_true", help="leave out the tests that need Chromium")


def pytest_configure() -> None:
    """Whoever ends the tests by `kill` or `timeout` ends the throw-away servers too, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for name in {FIXTURES[fixture] for fixture in getattr(item, "fixturenames", ()) if fixture in FIXTURES}:
            item.add_marker(name)
    left_out: dict[str, list[pytest.Item]] = {}
    for item in items:
        missing = next((name for name, (_, there) in NEEDS.items() if item.get_closest_marker(name) and not there()), None)
        if missing:
            left_out.setdefault(f"{NEEDS[missing][0]} is not on this machine", []).append(item)
        elif config.getoption("--no-browser") and item.get_closest_marker("browser"):
            left_out.setdefault("--no-browser", []).append(item)
    if left_out and machine.CI and set(left_out) != {"--no-browser"}:
        raise pytest.UsageError(f"CI leaves nothing out, but {', '.join(left_out)}.")
    _deselect(config, items, left_out)


def _deselect(config: pytest.Config, items: list[pytest.Item], left_out: dict[str, list[pytest.Item]]) -> None:
    gone = {id(item) for group in left_out.values() for item in group}
    config.hook.pytest_deselected(items=[item for item in items if id(item) in gone])
    items[:] = [item for item in items if id(item) not in gone]
    config.stash[LEFT_OUT] = {reason: len(group) for reason, group in left_out.items()}


LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for reason, number in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_sep("!", f"{number} TESTS LEFT OUT: {reason}", yellow=True, bold=True)
