"""What every test may ask for: a fresh database of either kind, Redis, a browser."""

import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

# The developer's own settings and data stay out of the tests: this is done before anything of the house is imported.
for name in [name for name in os.environ if name.startswith("SAMBAT_") or name == "PORT"]:
    del os.environ[name]
DATA = tempfile.TemporaryDirectory(prefix="sambat-test-")
os.environ |= {"PICCOLO_CONF": "backend.piccolo_conf", "SAMBAT_DATA_DIR": DATA.name}

import argon2
import hypothesis
import redis
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

import backend.database
from backend.accounts import passwords
from tests.support import chromium, machine, servers
from tests.support.databases import Databases
from tests.support.tree import ROOT

hypothesis.settings.register_profile("house", deadline=None, derandomize=machine.CI)  # a landing is no game of chance
hypothesis.settings.load_profile("house")

# The real costs of hashing are a test's own matter (tests/accounts/test_passwords.py).
passwords._hasher = argon2.PasswordHasher(time_cost=1, memory_cost=64)

pytest_plugins = ["tests.support.selection", "tests.support.moments", "tests.support.doors", "tests.support.buckets"]


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """For a test that needs more than one database, or one of a certain kind."""
    with servers.temporary_folder("sambat-databases-") as folder, Databases(folder) as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def database(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[backend.database.Engine]:
    """A fresh, migrated database, which every table uses and whose connections are open."""
    url = await databases.fresh(request.param, planted="planted" in request.fixturenames)
    engine = backend.database.engine_for(url)
    backend.database.bind(engine)
    await backend.database.start(engine)
    yield engine
    await backend.database.stop(engine)
    await databases.drop(url)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demo's stories have been told: to be copied by each house that opens."""
    folder = tmp_path_factory.mktemp("told") / "data"
    subprocess.run(
        [".venv/bin/sambat", "demo"], env=os.environ | {"SAMBAT_DATA_DIR": str(folder)}, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return folder


@pytest.fixture
def planted(database: backend.database.Engine) -> backend.database.Engine:
    """The same database, in which the city stands already: OPDs, kelurahan, categories, days off."""
    return database


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with servers.redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of an empty Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=machine.chromium(), args=chromium.FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone of its own: no cookies, no cache, no queue."""
    phone = await browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", timezone_id="Asia/Jakarta")
    yield phone
    await phone.close()


@pytest.fixture
async def page(context: BrowserContext) -> Page:
    return await context.new_page()
