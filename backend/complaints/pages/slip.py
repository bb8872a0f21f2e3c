"""The paper a person takes home: number, promise, and the key as a QR code and in groups to be read aloud."""

from typing import Any

import segno
from markupsafe import Markup

from backend.complaints import cards, case, claims, intake, queries
from backend.operations import ComplaintReceipt
from backend.settings import settings


async def of(taken: intake.Taken, receipt: ComplaintReceipt) -> dict[str, Any]:
    """What a receipt shows of a complaint that was just taken."""
    complaint = (await queries.by_ids([receipt.id]))[receipt.id]
    [card] = await cards.of([complaint])
    return {
        "complaint": card,
        "place_sentence": case.place_of(complaint, card.area_name),
        "promise_answer_on": complaint.promise_answer_on,
        "notice_words": taken.outcome.notice,
        "claim_key": taken.claim_key or "",
        "claim_qr": qr(taken.claim_key) if taken.claim_key else "",
        "photos_left_out": taken.photos_left_out,
    }


def qr(key: str) -> Markup:
    """The address that opens the case, as a picture; the key stands behind #, which no browser sends to anybody."""
    code = segno.make(f"{settings().base_url}/claim#{key}", micro=False, error="m")
    return Markup(code.svg_inline(border=0, omitsize=True))  # noqa: S704  (made of squares alone)


def aloud(key: str) -> list[str]:
    """A key as one reads it over the telephone: each sign by a word that nobody mishears."""
    return [claims.ALOUD[sign] for sign in claims.normalise(key)]
