"""What is asked at the desk and by those who follow, as operations ready to be carried out: `asked_desk.edit(moderator, complaint)`."""

from uuid import UUID, uuid4

from backend import database as db
from backend.actors.actor import Actor
from backend.complaints import claims
from backend.complaints.operations import FollowComplaint, Place, RateComplaint, StillBroken
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import EditComplaint, PublishComplaint, ReleasePhotos, SetSecrecy, SubmitForOther
from backend.complaints.states import Source
from tests.support.asked import KEY, WORDS


def edit(actor: Actor, complaint: UUID, **other: object) -> EditComplaint:
    given = {"complaint": complaint, "seen": "received", "reason": "Ada nomor rumah orang lain."}
    return EditComplaint(**{**_carried(actor), **given, **other})


def secrecy(actor: Actor, complaint: UUID, *, confidential: bool = True, **other: object) -> SetSecrecy:
    given = {"complaint": complaint, "confidential": confidential, "reason": "Menyangkut keluarga."}
    return SetSecrecy(**{**_carried(actor), **given, **other})


def publish(actor: Actor, complaint: UUID, *, on: bool = True, **other: object) -> PublishComplaint:
    return PublishComplaint(**{**_carried(actor), "complaint": complaint, "on": on, **other})


def release(actor: Actor, complaint: UUID, *released: UUID) -> ReleasePhotos:
    return ReleasePhotos(**_carried(actor), complaint=complaint, released=released)


def follow(actor: Actor, complaint: UUID, *, on: bool = True) -> FollowComplaint:
    return FollowComplaint(**_carried(actor), complaint=complaint, on=on)


def still_broken(actor: Actor, complaint: UUID) -> StillBroken:
    return StillBroken(**_carried(actor), complaint=complaint, text="Di depan rumah saya masih gelap.")


def rate(actor: Actor, complaint: UUID, stars: int = 4, **other: object) -> RateComplaint:
    return RateComplaint(**{**_carried(actor), "complaint": complaint, "stars": stars, **other})


def for_other(clerk: Actor, **other: object) -> SubmitForOther:
    """As somebody at the counter tells it."""
    given = {
        "id": uuid4(),
        "owner": clerk.account,
        "complaint": uuid4(),
        "source": Source.COUNTER,
        "secrecy": Secrecy.NAME_HIDDEN,
        "text": WORDS,
        "place": Place(address="depan Pasar Oro-Oro Dowo"),
        "claim_hash": claims.hash_of(KEY),
    }
    return SubmitForOther(**{**given, **other})


def _carried(actor: Actor) -> dict[str, object]:
    return {"id": db.new_id(), "owner": actor.account}
