"""Fixtures: a small city, a push service of our own, leave to speak to it, and a phone of each person."""

import json
from uuid import UUID

import pytest

from backend.events.tables import Event
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.notifications import actions, subscriptions
from backend.settings import settings
from tests.support import city as a_city
from tests.support.push_service import PushService


@pytest.fixture
def trial_hosts(monkeypatch):
    """Accept these `host:port` as push services."""

    def accept(*hosts):
        monkeypatch.setenv("SAMBAT_EXTRA_PUSH_HOSTS", ",".join(hosts))
        settings.cache_clear()

    yield accept
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def push_service(trial_hosts):
    async with PushService() as service:
        trial_hosts(service.host)
        yield service


@pytest.fixture
async def city(planted):
    return await a_city.founded()


@pytest.fixture
async def phones(city, push_service):
    """A phone of each person, all of them told of whatever they may hear."""
    for name, person in city._asdict().items():
        await subscriptions.subscribe(person, push_service.wish(f"/{name}"))


async def spread():
    """Do what relay and workers do: announce each event, deliver each push."""
    for event in await Event.select(Event.id).order_by(Event.id):
        await actions.announce(event["id"])
    for job in await Job.select(Job.arguments).where(Job.kind == JobKind.PUSH).order_by(Job.run_at):
        await actions.push(**_ids(job["arguments"]))
    await Job.delete(force=True)
    await Event.delete(force=True)


def _ids(arguments):
    return {f"{name}_id": UUID(value) for name, value in json.loads(arguments).items()}


async def heard(push_service):
    """Who was told what since last asked: name -> sentence."""
    push_service.deliveries.clear()
    await spread()
    return {delivery.path[1:]: push_service.read(delivery)["body"] for delivery in push_service.deliveries}
