"""What the OPDs and officers of the demo do."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from backend import clock
from backend.actors.actor import Actor
from backend.complaints import intake, parts, queries, questions
from backend.complaints import staff_operations as staff
from backend.complaints.states import PartOutcome, PartStatus, QuestionKind
from backend.demo import pictures
from backend.demo.telling import Telling, do
from backend.sla import queries as sla

DAYS_TO_FINISH = 3


async def _each_part(telling: Telling, step: Callable[[Any, Actor], Awaitable[None]], *, of_officer: bool = False) -> None:
    """Do it in every part that is not done, the lead's last."""
    for part in sorted(await queries.parts_of(telling.complaint), key=lambda part: part.lead):
        if part.status not in {PartStatus.DONE, PartStatus.TAKEN_BACK}:
            code = str(part.agency)
            sent = of_officer and part.officer is not None
            await step(part, (telling.people.officers if sent else telling.people.admins)[code])


async def answer(telling: Telling, _: str) -> None:
    async def step(part: Any, admin: Actor) -> None:  # noqa: ANN401  (a row of another slice)
        op = staff.AnswerPart(**telling.carried(admin), part=part.id, seen=part.status, text=telling.story.answer)
        await do(parts.answer, admin, op)

    await _each_part(telling, step)


async def officer(telling: Telling, _: str) -> None:
    async def step(part: Any, admin: Actor) -> None:  # noqa: ANN401  (as above)
        officer = telling.people.officers.get(str(part.agency))
        if officer is not None and officer.account is not None:
            visit_on = clock.day_of(clock.now()) + timedelta(days=1)
            op = staff.NameOfficer(**telling.carried(admin), part=part.id, seen=part.status, officer=officer.account, visit_on=visit_on)
            await do(parts.name_officer, admin, op)

    await _each_part(telling, step)


async def visit(telling: Telling, _: str) -> None:
    async def step(part: Any, worker: Actor) -> None:  # noqa: ANN401  (as above)
        op_id = telling.id(f"visit {part.agency}")
        named = intake.named(op_id, [pictures.drawn(telling.story.picture or "pavement", telling.number)])
        op = staff.VisitPart(
            **telling.carried(worker),
            part=part.id,
            seen=part.status,
            text=telling.story.visit,
            finish_on=await sla.due_on(clock.now(), DAYS_TO_FINISH),
            photos=tuple(claim for claim, _ in named),
        )
        await intake.keep(named, await do(parts.visit, worker, op))

    await _each_part(telling, step, of_officer=True)


async def done(telling: Telling, step_name: str) -> None:
    again = step_name.startswith("redo")

    async def step(part: Any, worker: Actor) -> None:  # noqa: ANN401  (as above)
        story = telling.story
        op_id = telling.id(f"{step_name} {part.agency}")
        named = intake.named(op_id, [pictures.drawn(story.picture, telling.number, mended=True)] if story.picture else [])
        op = staff.FinishPart(
            **telling.carried(worker),
            part=part.id,
            seen=part.status,
            outcome=PartOutcome.FIXED if story.picture else PartOutcome.SETTLED,
            work_done=(story.redo if again else story.result) or story.answer,
            work_done_on=clock.day_of(clock.now()),
            work_done_by="Regu lapangan" if story.picture else "Petugas layanan",
            photos=tuple(claim for claim, _ in named),
        )
        await intake.keep(named, await do(parts.finish, worker, op))

    await _each_part(telling, step, of_officer=True)


async def ask_for_part(telling: Telling, _: str) -> None:
    [part, *_others] = await queries.parts_of(telling.complaint)
    admin = telling.people.admins[str(part.agency)]
    op = staff.AskForPart(
        **telling.carried(admin), part=part.id, seen=part.status, question_kind=QuestionKind.DETAILS, text=telling.story.question
    )
    await do(questions.ask_for_part, admin, op)
