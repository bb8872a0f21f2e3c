"""THE TABLE of the demo's steps: when each comes after the one before, and who takes it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from backend import clock
from backend.complaints import endings, photos
from backend.demo import desk, reporting, work
from backend.demo.people import People
from backend.demo.story import Story
from backend.demo.telling import Telling, made_id
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

HANDLED_FROM = timedelta(hours=2)


async def tell(number: int, story: Story, people: People) -> None:
    """Submit it and take each step of its course, as long as its time has not caught up with today."""
    now = clock.now()
    begun = now - timedelta(days=story.days, minutes=17 * (number % 23) + 40)
    telling = Telling(number=number, story=story, people=people, complaint=made_id(number, "complaint"), at=begun)
    with clock.at(telling.at):
        await reporting.submit(telling)
    for step in story.course.split():
        name, _, argument = step.partition(":")
        wait, do = STEPS[name.rstrip("12345")]
        telling.at = min(telling.at + wait, now - timedelta(minutes=3))
        with clock.at(telling.at):
            await do(telling, argument or name)


async def _silence(telling: Telling, _: str) -> None:
    """Nobody spoke until the end of the window; what proves the result has long been looked at by then."""
    for picture in (await photos.of_complaints([telling.complaint])).get(telling.complaint, []):
        await photos.process(picture.id)
    for running in await sla.running(telling.complaint):
        if running.kind == ClockKind.SILENCE:
            await endings.clock_over(running.id)


STEPS: dict[str, tuple[timedelta, Callable[[Telling, str], Awaitable[None]]]] = {
    "forward": (HANDLED_FROM, desk.forward),
    "ask": (HANDLED_FROM, desk.ask),
    "reject": (HANDLED_FROM, desk.reject),
    "answer": (timedelta(hours=5), work.answer),
    "askpart": (timedelta(hours=5), work.ask_for_part),
    "officer": (timedelta(hours=1), work.officer),
    "visit": (timedelta(days=1), work.visit),
    "done": (timedelta(days=2), work.done),
    "redo_done": (timedelta(days=2), work.done),
    "reply": (timedelta(hours=9), reporting.reply),
    "replypart": (timedelta(hours=9), reporting.reply),
    "confirm": (timedelta(days=1), reporting.confirm),
    "rate": (timedelta(minutes=1), reporting.rate),
    "dispute": (timedelta(days=4), reporting.dispute),
    "decide": (timedelta(days=1), desk.decide),
    "withdraw": (timedelta(days=1), reporting.withdraw),
    "object": (timedelta(days=2), reporting.object_to),
    "refuse": (timedelta(days=1), desk.refuse),
    "secret": (timedelta(hours=1), desk.secret),
    "silence": (timedelta(days=25), _silence),
}
"""How long after the step before each comes, and how it is taken."""
