"""One house for all journeys, its staff at their desks and in the field, and a new phone for each citizen."""
# ruff: noqa: E402  (rewriting is asked for before the modules are imported)

import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite(
    *(f"tests.journeys.{steps}" for steps in ("card", "city", "push", "reporting"))
)  # so that what is found wrong on the walk is told in full

from playwright.async_api import Browser, expect

from tests.journeys import camera
from tests.journeys.push import Subscriber
from tests.journeys.staff import Staff
from tests.support import chromium, machine
from tests.support.eyes import Eyes
from tests.support.house import House
from tests.support.installed import Installed
from tests.support.people import DESK, MALANG, PATIENCE, PHONE, Person, met
from tests.support.push_service import stranger
from tests.support.servers import temporary_folder
from tests.support.tree import ROOT

FAILED = pytest.StashKey[bool]()
INSTALLED = os.environ.get("HOUSE") == "installed"
PICTURES = ROOT / "build" / ("prod" if INSTALLED else "journey")


@pytest.fixture(scope="session")
def push_address() -> Iterator[str]:
    with stranger() as address:
        yield address


@pytest.fixture(scope="session")
async def house(request: pytest.FixtureRequest, push_address: str) -> AsyncIterator[House | Installed]:
    """The embedded house, or all of a city's installation behind Caddy (`make prod JOURNEY=1`)."""
    expect.set_options(timeout=PATIENCE * 1000)
    push_host = push_address.removeprefix("http://")
    with temporary_folder("sambat-journey-") as folder:
        opened = Installed(folder, push_host) if INSTALLED else House(folder, request.getfixturevalue("told"), push_host)
        try:
            await opened.open()
            yield opened
        finally:
            opened.close()


@pytest.fixture
async def awake(house: House) -> House:
    """The house, open again where the journey before broke off while it was dead."""
    if not house.is_open:
        await house.open()
    return house


@pytest.fixture(scope="session")
async def staff(house: House, browser: Browser) -> AsyncIterator[Staff]:
    """Signed in for all journeys: their sessions outlive the house's deaths."""
    people = []
    for name, email, screen in (
        ("moderator", "moderator@contoh.test", DESK),
        ("admin jalan", "admin.dpuprpkp@contoh.test", DESK),
        ("admin taman", "admin.dlh@contoh.test", DESK),
        ("petugas jalan", "petugas.dpuprpkp@contoh.test", PHONE),
        ("petugas taman", "petugas.dlh@contoh.test", PHONE),
    ):
        person = await met(name, house, await browser.new_context(**MALANG, **screen))
        await person.sign_in(email)
        people.append(person)
    yield Staff(*people)
    for person in people:
        await person.context.close()


@pytest.fixture
async def citizen(awake: House, browser: Browser, push_address: str) -> AsyncIterator[Subscriber]:
    """A phone nobody has used before, whose browser can be told of news."""
    with temporary_folder("sambat-phone-") as profile:
        context = await browser.browser_type.launch_persistent_context(
            profile, executable_path=machine.chromium(), args=chromium.FLAGS, **MALANG, **PHONE
        )
        subscriber = Subscriber(await met("warga", awake, context), push_address)
        await subscriber.prepare()
        yield subscriber
        await context.close()


@pytest.fixture
async def other_phone(awake: House, browser: Browser) -> AsyncIterator[Person]:
    """Of somebody who has nothing but the card."""
    person = await met("ponsel lain", awake, await browser.new_context(**MALANG, **PHONE))
    yield person
    await person.context.close()


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Five files from a camera: three for the complaint, one after-photo for each OPD."""
    folder = tmp_path_factory.mktemp("camera")
    files = [folder / f"IMG_{seed}.jpg" for seed in range(5)]
    for seed, file in enumerate(files):
        file.write_bytes(camera.photo(seed))
    return files


@pytest.fixture
async def eyes(request: pytest.FixtureRequest, staff: Staff, citizen: Subscriber, other_phone: Person) -> AsyncIterator[Eyes]:
    """Looks back at everybody when the journey ends badly."""
    seen = Eyes(PICTURES / request.node.name.removeprefix("test_")[:40])
    yield seen
    if request.node.stash.get(FAILED, False):
        await seen.look_back([citizen.person, other_phone, *staff])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
