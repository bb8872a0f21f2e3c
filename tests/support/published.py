"""Published complaints, as the tests of the public side need them."""

from typing import NamedTuple
from uuid import UUID

from backend.actors.actor import Actor
from backend.complaints import actions, photos, publishing, queries
from backend.complaints.operations import PhotoClaim
from tests.support import asked, asked_desk, pictures
from tests.support.city import City
from tests.support.walked import applied, row


class Published(NamedTuple):
    """A complaint everybody may read: its id, its number, the part of its OPD."""

    id: UUID
    number: str
    part: UUID


async def published(
    city: City,
    reporter: Actor | None = None,
    *,
    agency: str = "DPUPRPKP",
    public_text: str = "",
    released: tuple[UUID, ...] = (),
    **told: object,
) -> Published:
    """Told, forwarded to this OPD, and shown to everybody with these words and photos."""
    op = asked.submit(reporter or city.citizen, **told)
    await applied(actions.submit(reporter or city.citizen, op))
    return await shown(city, op.complaint, agency=agency, public_text=public_text, released=released)


async def shown(
    city: City, complaint: UUID, *, agency: str = "DPUPRPKP", public_text: str = "", released: tuple[UUID, ...] = ()
) -> Published:
    """The same of a complaint that was told before."""
    forwarding = asked.forward(city.moderator, complaint, agency, publish=True, public_text=public_text, released=released)
    await applied(actions.forward(city.moderator, forwarding))
    [part] = await queries.parts_of(complaint)
    return Published(complaint, (await row(complaint)).number, part.id)


async def hidden(city: City, complaint: UUID) -> None:
    """A moderator takes it back."""
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint, on=False, reason="Ada nama orang.")))


async def arrived(photo: PhotoClaim, content: bytes) -> UUID:
    """A photo that was named has come and was looked at."""
    await photos.store_whole(photo.id, content)
    await photos.process(photo.id)
    return photo.id


def picture() -> tuple[PhotoClaim, bytes]:
    """A photo a phone can name, and what it sends."""
    content = pictures.jpeg()
    return asked.photo(content), content
