"""What the moderators of the demo do."""

from backend.agencies import queries as agencies
from backend.complaints import actions, disputes, edits, intake, questions, rejections
from backend.complaints import staff_operations as staff
from backend.complaints.states import Mode, QuestionKind, Rejection, Status
from backend.demo.telling import Telling, do
from backend.sla.policy import ServiceClass


async def forward(telling: Telling, _: str) -> None:
    moderator, story = telling.people.moderator, telling.story
    chosen = await agencies.category(story.category)
    given = story.given_to(ServiceClass(chosen.service_class or ServiceClass.FIELD_WORK))
    default = ServiceClass.FIELD_WORK
    joint = story.mode == Mode.JOINT
    named = tuple(
        staff.ForwardPart(agency=code, service_class=default if joint else of, lead=joint and place == 0)
        for place, (code, of) in enumerate(given)
    )
    released = tuple(claim.id for claim, _ in intake.named(telling.id("submit"), [b"x"] if story.picture else []))
    op = staff.ForwardComplaint(
        **telling.carried(moderator),
        complaint=telling.complaint,
        seen=Status.RECEIVED,
        mode=story.mode,
        parts=named,
        reason=story.reason,
        publish=True,
        released=released,
    )
    await do(actions.forward, moderator, op)


async def ask(telling: Telling, _: str) -> None:
    moderator = telling.people.moderator
    op = staff.AskReporter(
        **telling.carried(moderator),
        complaint=telling.complaint,
        seen=Status.RECEIVED,
        question_kind=QuestionKind.PLACE,
        text=telling.story.question,
    )
    await do(questions.ask, moderator, op)


async def reject(telling: Telling, code: str) -> None:
    moderator = telling.people.moderator
    op = staff.RejectComplaint(
        **telling.carried(moderator),
        complaint=telling.complaint,
        seen=Status.RECEIVED,
        reason=Rejection.NOT_CITY,
        elsewhere=code,
        text=telling.story.reject,
    )
    await do(rejections.reject, moderator, op)


async def refuse(telling: Telling, _: str) -> None:
    other = telling.people.other_moderator
    op = staff.RefuseObjection(**telling.carried(other), complaint=telling.complaint, seen=Status.RECEIVED, text=telling.story.refuse)
    await do(rejections.refuse_objection, other, op)


async def decide(telling: Telling, _: str) -> None:
    moderator = telling.people.moderator
    op = staff.DecideDispute(**telling.carried(moderator), complaint=telling.complaint, seen=Status.DISPUTED, text=telling.story.decide)
    await do(disputes.decide, moderator, op)


async def secret(telling: Telling, _: str) -> None:
    moderator = telling.people.moderator
    op = staff.SetSecrecy(**telling.carried(moderator), complaint=telling.complaint, confidential=True, reason="Menyangkut data keluarga.")
    await do(edits.set_secrecy, moderator, op)
