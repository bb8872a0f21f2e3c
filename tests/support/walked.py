"""Complaints that have come so far on their way, and what stands in the tables about them."""

from collections.abc import Awaitable
from datetime import date
from uuid import UUID

from backend.actors.actor import NOBODY, Actor
from backend.complaints import actions, parts, queries
from backend.complaints.tables import Assignment, Complaint
from backend.database import transaction
from backend.events import order
from backend.events import queries as events
from backend.operations import Outcome, Status
from backend.sla import queries as sla
from backend.sla.policy import ClockKind
from tests.support import asked
from tests.support.city import City


async def applied(outcome: Awaitable[Outcome]) -> Outcome:
    """The outcome of a step that must stand."""
    reached = await outcome
    assert reached.status == Status.APPLIED, reached
    return reached


async def told(reporter: Actor | None = None, **other: object) -> UUID:
    """A complaint of an account, or of a guest."""
    op = asked.submit(reporter, **other)
    await applied(actions.submit(reporter or NOBODY, op))
    return op.complaint


async def forwarded(city: City, *agencies: str, reporter: Actor | None = None, **other: object) -> tuple[UUID, ...]:
    """The complaint and its parts, in the order of the agencies."""
    complaint = await told(reporter)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, *agencies, **other)))
    by_agency = {str(part.agency): part.id for part in await queries.parts_of(complaint)}
    return complaint, *(by_agency[agency] for agency in agencies or ("DPUPRPKP",))


async def assigned(city: City) -> tuple[UUID, UUID]:
    """A complaint of the citizen and its part, for which the officer is named."""
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer)))
    return complaint, part


async def resolved(city: City, reporter: Actor | None = None) -> tuple[UUID, UUID]:
    """A complaint and its part, which its OPD calls done."""
    complaint, part = await forwarded(city, reporter=reporter)
    await applied(parts.finish(city.roads, asked.finish(city.roads, part)))
    return complaint, part


async def row(complaint: UUID) -> Complaint:
    return await Complaint.objects().get(Complaint.id == complaint)


async def part_row(part: UUID) -> Assignment:
    return await Assignment.objects().get(Assignment.id == part)


async def due(complaint: UUID, part: UUID | None = None) -> dict[ClockKind, date]:
    """The clocks that run: the complaint's own, or one part's."""
    return {ClockKind(one.kind): one.due_on for one in await sla.running(complaint) if one.part == part}


async def happened(complaint: UUID) -> list[str]:
    return [event.kind for event in await events.history(complaint)]


async def numbered() -> None:
    """Give events their positions, as the relay does each second."""
    async with transaction():
        await order.number(1000)
