"""What the manager sees of jobs that were given up, and what a machine with the token reads."""

from uuid import UUID, uuid4

import pytest

from backend import metrics
from backend.care import labels
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.settings import settings
from tests.jobs.test_standing import give_up, put_in
from tests.support import asked
from tests.support.batches import send
from tests.support.city import person

TOKEN = "a-token-for-the-watch"


@pytest.fixture
async def manager(planted):
    return await person("manager")


@pytest.fixture
def watched(monkeypatch):
    monkeypatch.setenv("SAMBAT_METRICS_TOKEN", TOKEN)
    settings.cache_clear()
    metrics._meters.cache_clear()
    yield {"authorization": f"Bearer {TOKEN}"}
    monkeypatch.undo()
    settings.cache_clear()
    metrics._meters.cache_clear()


def test_every_kind_of_job_has_words():
    assert set(labels.JOB_WORDS) == set(JobKind)
    assert labels.job_word("of.another_release") == "of.another_release"


async def test_nothing_is_stuck(door, manager):
    page = await (await door(manager)).get("/city/jobs")
    assert "Tidak ada yang macet" in page.text
    assert 'href="/city/jobs"' in (await (await door(manager)).get("/city")).text


async def test_what_is_stuck_is_shown_with_its_reason_and_tried_again(door, manager):
    one, other = await put_in(2, JobKind.MAIL)
    await give_up(one, other)
    browser = await door(manager)
    assert "2 macet" in (await browser.get("/city")).text
    page = await browser.get("/city/jobs")
    assert page.text.count("Mengirim surel") == 3
    assert "KeyError (x:1)" in page.text
    answer = await browser.post("/city/jobs/again", data={"job": str(one)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/city/jobs?again=1")
    assert "1 pekerjaan dicoba lagi" in (await browser.get(answer.headers["location"])).text
    assert (await browser.post("/city/jobs/again", data={"kind": JobKind.MAIL})).headers["location"] == "/city/jobs?again=1"
    assert not await Job.exists().where(Job.given_up_at.is_not_null())


@pytest.mark.parametrize("form", [{}, {"job": "nope"}, {"other": "x"}])
async def test_a_form_that_names_nothing_is_refused(door, manager, form):
    assert (await (await door(manager)).post("/city/jobs/again", data=form)).status_code == 422


async def test_a_job_that_is_not_there_is_none(door, manager):
    assert (await (await door(manager)).post("/city/jobs/again", data={"job": str(uuid4())})).headers["location"].endswith("again=0")


@pytest.mark.parametrize("query", ["?after=nope", "?again=x", f"?after={UUID(int=7)}", "?again=" + "9" * 5000, "?again=²"])
async def test_an_odd_address_begins_at_the_beginning(door, manager, query):
    assert (await (await door(manager)).get(f"/city/jobs{query}")).status_code == 200


async def test_without_a_token_in_the_settings_there_are_no_figures(door):
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}"}):
        assert (await (await door()).get("/metrics", headers=headers)).status_code == 404


async def test_with_another_token_there_are_none_either(door, watched):
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": f"Basic {TOKEN}"}, {"authorization": b"Bearer \xc3\xa9"}):
        assert (await (await door()).get("/metrics", headers=headers)).status_code == 404


async def test_the_figures_tell_of_requests_operations_jobs_and_no_person(door, watched, manager):
    await give_up(*await put_in(2, JobKind.PUSH))
    await queue.enqueue(JobKind.ANNOUNCE, {"event": str(uuid4())})
    browser = await door(manager)
    await browser.get(f"/complaints/{uuid4()}")
    await browser.get("/secret-address")
    await browser.request("BREW", "/")
    await send(browser)
    answer = await browser.get("/metrics", headers=watched)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "private, no-store"
    for line in (
        'sambat_requests_total{method="GET",route="/complaints/{complaint_id}",status="4xx"} 1.0',
        'sambat_requests_total{method="GET",route="-",status="4xx"} 1.0',
        'sambat_requests_total{method="other",route="-",status="4xx"} 1.0',
        'sambat_request_seconds_count{method="POST",route="/api/sync"} 1.0',
        "sambat_jobs_due 1.0",
        'sambat_jobs_given_up{kind="push.deliver"} 2.0',
        "sambat_events_unnumbered 0.0",
        "sambat_sessions 1.0",
    ):
        assert line in answer.text, line
    assert "secret-address" not in answer.text
    await queue.again_all(JobKind.PUSH)
    assert "push.deliver" not in (await browser.get("/metrics", headers=watched)).text


async def test_an_operation_is_counted_by_its_outcome(planted, door, watched):
    operation, browser = asked.submit(), await door()
    for _ in range(2):
        await send(browser, operation)
    told = (await browser.get("/metrics", headers=watched)).text
    assert 'sambat_operations_total{kind="complaint.submit",outcome="applied"} 1.0' in told
    assert 'sambat_operations_total{kind="complaint.submit",outcome="duplicate"} 1.0' in told
