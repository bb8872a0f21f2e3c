"""The doctor finds what is wrong, says what to do, and changes nothing by looking."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend import clock
from backend.accounts import seals
from backend.accounts.tables import Account
from backend.care import backup, checks_inside, checks_machine, checks_outside, doctor
from backend.care.findings import State
from backend.complaints.storage import Size, storage
from backend.database import health
from backend.database.sqlite import SQLiteEngine
from backend.events import log
from backend.events.kinds import EventKind
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.settings import settings
from tests.care.conftest import quiet, told
from tests.jobs.test_standing import give_up, put_in
from tests.support.city import person
from workers import handlers
from workers.relay import relay

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Nobody out there is called, and nothing is waited for."""
    monkeypatch.setattr(checks_outside, "KNOWN_HOSTS", ("127.0.0.1",))
    monkeypatch.setattr(checks_outside, "HTTPS", 9)
    monkeypatch.setattr(checks_inside, "PATIENCE_SECONDS", 0.05)


@pytest.fixture
async def house(here, monkeypatch):
    """The same database by its address, as a command finds it."""
    url = f"sqlite:///{here.engine.path}" if isinstance(here.engine, SQLiteEngine) else address(here.engine)
    monkeypatch.setenv("SAMBAT_DATABASE_URL", url)
    settings.cache_clear()
    (here.folder / "photos").mkdir(parents=True, exist_ok=True)
    return here


def address(engine):
    return f"postgresql://{engine.config['user']}@{engine.config['host']}:{engine.config['port']}/{engine.config['database']}"


async def found():
    return {finding.what: finding for finding in await doctor.examine()}


async def worked():
    """Until nothing follows from anything."""
    await relay()
    while jobs := await queue.due(50):
        for job in jobs:
            await handlers.run(job.id)
        await relay()


async def test_in_a_house_that_is_well_nothing_is_wrong(house):
    await told()
    await worked()
    findings = await found()
    unsafe = {"durability"} if house.engine.engine_type == "postgres" else set()  # the tests' own server does not wait for its disk
    assert {name for name, finding in findings.items() if finding.state == State.WRONG} == unsafe
    assert findings["photos"].how == "1 photos, each with both its files"
    assert findings["database"].how == house.engine.engine_type
    assert all(finding.todo for finding in findings.values() if finding.state != State.GOOD)


async def test_where_nobody_works_it_says_so(house):
    await told(photo=False)
    await put_in(2)
    findings = await found()
    assert (findings["workers"].state, findings["relay"].state) == (State.WRONG, State.WRONG)
    assert "sambat worker" in findings["workers"].todo
    await worked()


@on_sqlite
async def test_what_was_given_up_is_counted_by_kind(house):
    await give_up(*await put_in(2, JobKind.MAIL))
    finding = (await found())["jobs given up"]
    assert (finding.state, finding.how) == (State.WRONG, "2 mail.deliver")
    assert "/city/jobs" in finding.todo


@on_sqlite
async def test_photos_without_files_are_wrong_and_files_without_a_row_are_told(house):
    photo = await told()
    await storage().write(uuid4(), Size.SMALL, b"x" * 100)
    assert (await checks_inside.photos_and_files())[:2] == (State.LOOK, "1 files belong to no row, 0.0 MB")
    storage().file(photo, Size.LARGE).write_bytes(b"")
    finding = await checks_inside.photos_and_files()
    assert finding.state == State.WRONG
    assert str(photo) in finding.how


@on_sqlite
async def test_a_secret_that_is_not_the_one_things_were_sealed_with_is_found(house):
    one = await person("manager")
    assert await seals.fits()
    await Account.update({Account.totp_secret: seals.seal("ABC")}).where(Account.id == one.account)
    assert (await found())["sealed things"].state == State.GOOD
    (house.folder / "secret.key").write_text("another secret, of thirty-two characters or more")
    settings.cache_clear()
    assert (await found())["sealed things"].state == State.WRONG


@on_sqlite
async def test_a_secret_others_can_read_is_found(house):
    assert (await checks_machine.secret()).state == State.GOOD
    (house.folder / "secret.key").chmod(0o644)
    assert (await checks_machine.secret()).todo == f"chmod 600 {house.folder / 'secret.key'}"


@on_sqlite
async def test_a_log_that_reaches_into_the_future_is_found(house, monkeypatch):
    later = clock.now() + timedelta(hours=2)
    with clock.at(later):
        await log.record(EventKind.RECEIVED, complaint=uuid4())
    await relay()
    assert (await found())["clock"].how.startswith("the log reaches into the future")


@on_sqlite
async def test_backups_are_remembered_and_grow_old(house, tmp_path):
    assert (await checks_inside.backups()).state == State.LOOK
    await backup.make(tmp_path / "x.tar", quiet)
    assert (await checks_inside.backups()).state == State.GOOD
    with clock.at(clock.now() + timedelta(days=3)):
        assert (await checks_inside.backups()).how.startswith("the last one is old")


@on_sqlite
async def test_libraries_below_their_floor_are_named(house, monkeypatch):
    assert (await checks_machine.libraries()).state == State.GOOD
    monkeypatch.setattr(checks_machine, "FLOORS", {"litestar": (99,), "piccolo": (1, 1, 1), "nowhere": (1,)})
    found = await checks_machine.libraries()
    assert found.state == State.WRONG
    assert "litestar 2" in found.how
    assert "nowhere" in found.how
    assert "piccolo" not in found.how


@on_sqlite
async def test_where_there_is_no_database_none_is_made_by_looking(house, monkeypatch, tmp_path):
    monkeypatch.setenv("SAMBAT_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    settings.cache_clear()
    findings = await found()
    assert findings["database"].todo == "make it: sambat migrate"
    assert findings["photos"].how.startswith("not looked at")
    assert not (tmp_path / "none.db").exists()
    assert not (house.folder / "vapid.pem").exists()


@on_sqlite
async def test_a_database_nothing_has_run_in_must_be_migrated(house, monkeypatch, tmp_path):
    (tmp_path / "empty.db").touch()
    monkeypatch.setenv("SAMBAT_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    settings.cache_clear()
    assert "sambat migrate" in (await found())["schema"].todo


@on_sqlite
async def test_a_check_that_fails_is_a_finding_and_the_others_are_looked_at(house, monkeypatch):
    async def falls_over():
        raise ZeroDivisionError

    checks = (doctor.Check("first", falls_over), doctor.Check("second", checks_machine.python))
    monkeypatch.setattr(doctor, "CHECKS", checks)
    findings = await found()
    assert findings["first"].how == "could not be looked at (ZeroDivisionError)"
    assert findings["second"].state == State.GOOD


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
async def test_postgresql_that_does_not_wait_for_its_disk_is_found(house):
    """The tests' own server does not."""
    assert set(await health.unsafe()) == {"fsync = off", "synchronous_commit = off", "full_page_writes = off"}
    assert abs(await health.clock_ahead()) < timedelta(seconds=5)
    assert (await found())["durability"].state == State.WRONG


@on_sqlite
async def test_sqlite_as_we_open_it_is_safe(house):
    assert await health.unsafe() == []


@on_sqlite
@pytest.mark.parametrize(("url", "state"), [("", State.LOOK), ("smtp://127.0.0.1:9?starttls=0", State.WRONG)])
async def test_a_mail_server_that_is_none_is_found(house, monkeypatch, url, state):
    monkeypatch.setenv("SAMBAT_MAIL_URL", url)
    settings.cache_clear()
    assert (await checks_outside.mail()).state == state


@on_sqlite
async def test_a_redis_that_is_away_is_told_and_not_wrong(house, monkeypatch):
    monkeypatch.setenv("SAMBAT_REDIS_URL", "redis://127.0.0.1:9/0")
    settings.cache_clear()
    assert (await checks_outside.redis()).state == State.LOOK


@on_sqlite
async def test_a_storage_that_cannot_be_written_is_found(house, monkeypatch):
    (house.folder / "file").touch()
    monkeypatch.setenv("SAMBAT_STORAGE_URL", f"file://{house.folder / 'file'}")
    settings.cache_clear()
    assert (await checks_outside.photo_storage()).state == State.WRONG


def test_everything_that_is_looked_at_has_its_own_name():
    names = [check.what for check in doctor.CHECKS]
    assert len(set(names)) == len(names)
