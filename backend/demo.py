"""A few believable complaints of our own writing, told and answered through the same actions as real ones."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from backend import clock
from backend.accounts import demo as accounts
from backend.accounts import queries as people
from backend.accounts.demo import PASSWORD, DemoAccount
from backend.actors.actor import Actor
from backend.complaints import actions, parts, queries
from backend.complaints.lifecycle import Mode, PartOutcome, PartStatus, Status
from backend.complaints.operations import (
    AnswerPart,
    ConfirmComplaint,
    FinishPart,
    ForwardComplaint,
    ForwardPart,
    NameOfficer,
    Place,
    SubmitComplaint,
)
from backend.complaints.secrecy import Secrecy
from backend.operations import Operation, Outcome
from backend.sla.policy import ServiceClass

__all__ = ["PASSWORD", "load"]

CITIZEN, MODERATOR = "warga@contoh.test", "moderator@contoh.test"


class Story(msgspec.Struct, frozen=True):
    """One complaint and how far it has come: 0 received, 1 forwarded, 2 answered, 3 officer named, 4 done, 5 confirmed."""

    text: str
    category: str | None
    area: str
    address: str
    agencies: tuple[tuple[str, ServiceClass], ...] = ()
    answer: str = ""
    done: str = ""
    stage: int = 0


FIELD, INFO = ServiceClass.FIELD_WORK, ServiceClass.INFORMATION

STORIES = (
    Story("Lubang di tengah jalan depan warung soto, sudah dua motor jatuh minggu ini. Kalau hujan tertutup air, tidak kelihatan.", "1", "35.73.05.1002", "Jl. Joyo Utomo, depan warung soto"),
    Story("Lampu jalan di gang masuk sekolah mati sejak Senin. Anak-anak pulang mengaji jadi gelap-gelapan.", "9", "35.73.02.1001", "Gang masuk SD, dekat pos ronda"),
    Story("Bagaimana cara mengurus KTP yang hilang? Perlu surat dari RT atau cukup ke kantor?", "44", "35.73.03.1003", ""),
    Story("Sampah di TPS pojok pasar belum diangkut empat hari, baunya sampai ke rumah.", "15", "35.73.04.1005", "TPS pojok pasar", (("DLH", FIELD),), stage=1),
    Story("Ranting pohon di tepi jalan sudah menyentuh kabel. Kalau angin besar bisa patah.", "17", "35.73.05.1009", "Depan kantor pos lama", (("DLH", FIELD),), "Petugas kami memeriksa pohonnya besok pagi, lalu memangkas yang menyentuh kabel.", stage=3),
    Story("Jam buka perpustakaan kota kalau hari Sabtu sampai jam berapa?", "36", "35.73.02.1003", "", (("DISPUSSIPDA", INFO),), stage=1),
    Story("Juru parkir di depan toko meminta lima ribu untuk motor, tanpa karcis.", "10", "35.73.02.1004", "Deretan toko dekat alun-alun", (("DISHUB", FIELD),), "Kami periksa juru parkirnya besok siang dan kabari hasilnya di sini.", stage=2),
    Story("Tutup saluran di trotoar hilang, sudah ditutup warga dengan papan seadanya.", "6", "35.73.01.1006", "Trotoar depan apotek", (("DPUPRPKP", FIELD),), "Regu kami memasang penutup baru besok.", "Penutup beton baru dipasang, papan warga sudah diangkat.", stage=4),
    Story("Lampu lalu lintas di perempatan berkedip terus sejak pagi, kendaraan saling serobot.", "12", "35.73.01.1011", "Perempatan dekat stasiun lama", (("DISHUB", FIELD),), "Teknisi kami menuju lokasi hari ini.", "Modul lampu diganti, sudah menyala normal.", stage=5),
)  # fmt: skip


async def load() -> tuple[DemoAccount, ...]:
    """Load what is missing. Returns the demo accounts, to be printed."""
    known = await accounts.seed()
    for number, story in enumerate(STORIES):
        if not await queries.by_ids([_id(number, "complaint")]):
            await _tell(number, story)
    return known


async def _tell(number: int, story: Story) -> None:
    complaint = _id(number, "complaint")
    citizen = await _actor(CITIZEN)
    place = Place(area=story.area, address=story.address)
    submit = SubmitComplaint(
        **_carried(number, "submit", citizen),
        complaint=complaint,
        secrecy=Secrecy.NAME_HIDDEN,
        text=story.text,
        category=story.category,
        place=place,
    )
    await _do(actions.submit, citizen, submit)
    if story.stage < 1:
        return
    moderator = await _actor(MODERATOR)
    given = tuple(ForwardPart(agency=agency, service_class=service_class) for agency, service_class in story.agencies)
    await _do(
        actions.forward,
        moderator,
        ForwardComplaint(
            **_carried(number, "forward", moderator), complaint=complaint, seen=Status.RECEIVED, mode=Mode.SINGLE, parts=given
        ),
    )
    for part in await queries.parts_of(complaint):
        await _work(number, story, part.id, str(part.agency))
    if story.stage > 4:  # noqa: PLR2004  (see `Story`)
        await _do(
            actions.confirm, citizen, ConfirmComplaint(**_carried(number, "confirm", citizen), complaint=complaint, seen=Status.RESOLVED)
        )


async def _work(number: int, story: Story, part: UUID, agency: str) -> None:
    today = clock.day_of(clock.now())
    if story.stage < 2:  # noqa: PLR2004  (see `Story`)
        return
    admin = await _actor(f"admin.{agency.lower()}@contoh.test")
    await _do(parts.answer, admin, AnswerPart(**_carried(number, "answer", admin), part=part, seen=PartStatus.ASSIGNED, text=story.answer))
    if story.stage > 2:  # noqa: PLR2004  (see `Story`)
        officer = (await people.officers_of(agency))[0].id
        visit_on = today + timedelta(days=1)
        await _do(
            parts.name_officer,
            admin,
            NameOfficer(**_carried(number, "officer", admin), part=part, seen=PartStatus.IN_PROGRESS, officer=officer, visit_on=visit_on),
        )
    if story.stage > 3:  # noqa: PLR2004  (see `Story`)
        worker = await _actor(f"petugas.{agency.lower()}@contoh.test")
        done = FinishPart(
            **_carried(number, "done", worker),
            part=part,
            seen=PartStatus.IN_PROGRESS,
            outcome=PartOutcome.FIXED,
            work_done=story.done,
            work_done_on=today,
            work_done_by="Regu lapangan",
        )
        await _do(parts.finish, worker, done)


async def _actor(email: str) -> Actor:
    person = await people.by_email(email)
    roles = await people.roles_of(person.id)
    return Actor(account=person.id, name=person.name, roles=frozenset(roles), agencies=roles)


async def _do(action: Callable[[Actor, Any], Awaitable[Outcome]], actor: Actor, op: Operation) -> None:
    outcome = await action(actor, op)
    if outcome.status not in {"applied", "duplicate"}:
        message = f"demo data: {outcome.code} {outcome.message}"
        raise RuntimeError(message)


def _carried(number: int, step: str, actor: Actor) -> dict[str, Any]:
    return {"id": _id(number, step), "owner": actor.account}


def _id(number: int, what: str) -> UUID:
    """The same id at each loading, so that what is there is not told twice."""
    return uuid5(NAMESPACE_URL, f"sambat:demo:{number}:{what}")
