"""What the citizens of the demo do."""

from collections.abc import Callable
from typing import Any

import msgspec

from backend.actors.actor import NOBODY
from backend.agencies import queries as agencies
from backend.complaints import actions, claims, conversation, endings, intake, queries, questions, ratings, rejections
from backend.complaints import operations as reporters
from backend.complaints.rows import rows_of
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Status
from backend.demo import pictures
from backend.demo.telling import Action, Telling, do
from backend.operations import Operation


async def submit(telling: Telling) -> None:
    story, reporter = telling.story, telling.reporter
    op = reporters.SubmitComplaint(
        id=telling.id("submit"),
        owner=reporter.account,
        complaint=telling.complaint,
        secrecy=Secrecy.ANONYMOUS if telling.anonymous else Secrecy.NAME_HIDDEN,
        text=story.text,
        category=story.category,
        place=await _place(telling),
        claim_hash=None if reporter.account else claims.hash_of(claims.key_for(telling.id("key"))),
    )
    named = intake.named(op.id, [pictures.drawn(story.picture, telling.number)] if story.picture else [])
    op = msgspec.structs.replace(op, photos=tuple(claim for claim, _ in named))
    outcome = await do(actions.submit, reporter if reporter.account else NOBODY, op)
    await intake.keep(named, outcome)


async def _place(telling: Telling) -> reporters.Place:
    """A point near the centre of the kelurahan, which nobody lives at."""
    story = telling.story
    area = await agencies.area(story.area)
    spread = int.from_bytes(telling.id("place").bytes[:2]) / 65535 - 0.5
    point: dict[str, Any] = {"latitude": area.latitude + spread * 0.006, "longitude": area.longitude - spread * 0.005, "accuracy_m": 12.0}
    return reporters.Place(area=story.area, address=story.address, **(point if story.address else {}))


async def reply(telling: Telling, _: str) -> None:
    reporter = telling.reporter
    [complaint] = (await queries.by_ids([telling.complaint])).values()
    [question] = conversation.open_questions(await rows_of(complaint))
    op = reporters.ReplyComplaint(
        **telling.carried(reporter), complaint=telling.complaint, question=question.id, seen=Status.NEEDS_INFO, text=telling.story.reply
    )
    await do(questions.reply, reporter, op)


async def _reporters(telling: Telling, action: Action, struct: Callable[..., Operation], **fields: object) -> None:
    reporter = telling.reporter
    await do(action, reporter, struct(**telling.carried(reporter), complaint=telling.complaint, **fields))


async def confirm(telling: Telling, _: str) -> None:
    await _reporters(telling, actions.confirm, reporters.ConfirmComplaint, seen=Status.RESOLVED)


async def rate(telling: Telling, name: str) -> None:
    await _reporters(telling, ratings.rate, reporters.RateComplaint, stars=int(name[-1]), text=telling.story.rating)


async def dispute(telling: Telling, name: str) -> None:
    words = telling.story.dispute2 if name == "dispute2" else telling.story.dispute
    await _reporters(telling, actions.dispute, reporters.DisputeComplaint, seen=Status.RESOLVED, text=words)


async def withdraw(telling: Telling, _: str) -> None:
    [complaint] = (await queries.by_ids([telling.complaint])).values()
    await _reporters(
        telling, endings.withdraw, reporters.WithdrawComplaint, seen=complaint.status, own_will=True, text=telling.story.withdraw
    )


async def object_to(telling: Telling, _: str) -> None:
    await _reporters(telling, rejections.object_to, reporters.ObjectToRejection, seen=Status.REJECTED, text=telling.story.object)
