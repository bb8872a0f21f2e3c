"""A city for the walk on each kind of database, planted once; and how far the walk went, said aloud at the end."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator

import httpx
import pytest

import backend.database
from backend import clock
from tests.permissions.entrances import doors
from tests.permissions.law import CASES, EMPLOYEES, WALKERS, Answer
from tests.permissions.planted import planted
from tests.permissions.walking import WALKED, Walk
from tests.support.databases import Databases
from tests.support.doors import ADDRESS, house
from tests.support.moments import malang


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def walk(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[Walk]:
    """Through one city, on Monday 2 March 2026: nothing that is asked on the way changes what is asked later."""
    url = await databases.fresh(request.param, planted=True)
    engine = backend.database.engine_for(url)
    backend.database.bind(engine)
    await backend.database.start(engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: malang("2026-03-02 09:00"))
        city = await planted()
        transport = httpx.ASGITransport(house(), client=("203.0.113.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS}) as browser:
            yield Walk(request.param, city, browser, Counter(), set())
    await backend.database.stop(engine)
    await databases.drop(url)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Counted from what each tour reports, whichever process went on it."""
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: Counter[str] = Counter()
    for report in (report for state in ("passed", "failed") for report in terminalreporter.stats.get(state, [])):
        for kind, counted in (walked for name, walked in report.user_properties if name == WALKED):
            answers[kind].update(counted)
            seconds[kind] += report.duration
    for kind, counted in answers.items():
        told = ", ".join(f"{counted[answer]} {answer}" for answer in Answer)
        terminalreporter.write_line(
            f"permissions on {kind}: {counted.total()} combinations walked ({told}): {len(doors())} doors, {len(WALKERS)} roles, "
            f"{len(CASES)} complaints, {len(EMPLOYEES)} people, in {seconds[kind]:.0f} s"
        )
