"""Published complaints in lists and on the map: an entry is made of public columns alone."""

from collections.abc import Sequence
from datetime import date

import msgspec

from backend import clock
from backend.agencies import queries as agencies
from backend.complaints import claims, labels, public
from backend.complaints.labels_reasons import ENDING_WORDS
from backend.complaints.private import masked
from backend.complaints.public import Row
from backend.complaints.states import Status
from backend.words import tr

SUMMARY = 160
"""Characters of a complaint shown in a list."""
ANY_CATEGORY = "tag"


class PublicCard(msgspec.Struct, frozen=True, kw_only=True):
    """A published complaint in a list. `shape` is its state as `public.STATES` names it; the place is as coarse as it is shown."""

    number: str
    spoken: str
    url: str
    summary: str
    shape: str
    status_word: str
    status_icon: str
    tone: str
    agency_names: Sequence[str]
    area_name: str
    category_name: str
    category_icon: str
    received_on: date
    photo: str | None
    photos: int
    latitude: float | None
    longitude: float | None


async def of(rows: Sequence[Row]) -> list[PublicCard]:
    """The entries of these rows, in their order; one query a table."""
    ids = [row["id"] for row in rows]
    parts = await public.parts_of(ids)
    pictures = await public.pictures_of(ids)
    names = await agencies.agency_names()
    area_names = {area.code: area.name for area in await agencies.areas()}
    categories = await agencies.categories()
    return [
        _card(
            row,
            agency_names=[names[code] for code in parts.get(row["id"], [])],
            pictures=pictures.get(row["id"], []),
            area_name=area_names.get(row["area"], ""),
            category=categories.get(row["category"] or "", ("", "")),
        )
        for row in rows
    ]


def _card(row: Row, *, agency_names: Sequence[str], pictures: Sequence[Row], area_name: str, category: tuple[str, str]) -> PublicCard:
    label = labels.STATUS_LABELS[row["status"]]
    category_name, category_icon = category
    return PublicCard(
        number=row["number"],
        spoken=claims.spoken(row["number"]),
        url=f"/public/{row['number']}",
        summary=_shortened(masked(row["public_text"])),
        shape=public.STATE_OF[row["status"]],
        status_word=word(row["status"], row["ending"], agency_names),
        status_icon=label.icon,
        tone=label.tone,
        agency_names=[labels.short_name(name) for name in agency_names],
        area_name=area_name,
        category_name=category_name,
        category_icon=category_icon or ANY_CATEGORY,
        received_on=clock.day_of(row["received_at"]),
        photo=f"/public/photos/{pictures[0]['id']}/small" if pictures else None,
        photos=len(pictures),
        latitude=public.coarse(row["latitude"]),
        longitude=public.coarse(row["longitude"]),
    )


def word(status: str, ending: str, agency_names: Sequence[str]) -> str:
    """The state in a word: what an OPD calls done carries its name, what is closed says by whose word."""
    if status == Status.CLOSED and ending:
        return tr(ENDING_WORDS[ending])
    return labels.status_word(status, agency_names[0] if len(agency_names) == 1 else "", desk=True)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY else f"{words[:SUMMARY].rsplit(' ', 1)[0]} …"
