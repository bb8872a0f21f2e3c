"""A photo from its first piece until it is shown, beside Pillow making the same two sizes of it."""

import asyncio
import base64
import io
import time
from functools import cache
from uuid import UUID

import msgspec
from PIL import Image
from uuid_utils.compat import uuid7

from backend.complaints import claims, pixels
from benchmarks import pictures, texts
from benchmarks.bench import houses
from benchmarks.bench.ground import Ground, Place
from benchmarks.bench.rows import Pair, Row, Sizes, compared
from benchmarks.bench.sending import JSON, TAKEN, Refused
from benchmarks.compose import claim_key
from benchmarks.upload import PIECE
from benchmarks.wire import Wire

SIZE = (4000, 3000)
QUALITY = 88
TUS = {"Tus-Resumable": "1.0.0"}
CREATED, MOVED_ON = 201, 204
LOOKS = 0.01
STATE = "SELECT state FROM photo WHERE id = '{}'"


async def ingest(ground: Ground, sizes: Sizes) -> list[Row]:
    """Each photo in turn with Pillow at the same one."""
    place = await ground.fresh("ingest")
    whole, after = [], []
    with houses.standing(place) as house:
        photographer = Photographer(place, house.port)
        await photographer.shown()
        for _ in range(sizes.photos):
            sent, shown = await photographer.shown()
            bare = _pillow()
            whole.append(Pair(sent + shown, bare))
            after.append(Pair(shown, bare))
    pixel_count, megabytes = SIZE[0] * SIZE[1] / 1e6, len(_drawn()) / 1e6
    what = f"photo of {pixel_count:.0f} MP, {megabytes:.1f} MB"
    limit = f"Pillow: open, {pixels.LARGE_SIDE} px and {pixels.SMALL_SIDE} px, save"
    return [
        compared(f"{what}: first piece of {PIECE // 1024} KiB until shown", ground.engine, "ms", whole, limit),
        compared("  of it after the last piece", ground.engine, "ms", after, limit),
    ]


class Photographer:
    """A guest who tells a complaint with a photo and sends it."""

    def __init__(self, place: Place, port: int) -> None:
        self._place = place
        self._port = port

    async def shown(self) -> tuple[float, float]:
        """Milliseconds until the last piece is taken, and from then until the photo is ready."""
        wire = await Wire.to(self._port)
        photo, key = uuid7(), claim_key()
        content = _photo(photo)
        await self._tell(wire, photo, content, key)
        began = time.perf_counter()
        await _send(wire, photo, content, key)
        sent = time.perf_counter()
        while (state := (await self._place.read(STATE.format(photo)))[0][0]) != "ready":
            if state == "refused":
                raise Refused("a photo that is one")
            await asyncio.sleep(LOOKS)
        wire.close()
        return (sent - began) * 1000, (time.perf_counter() - sent) * 1000

    async def _tell(self, wire: Wire, photo: UUID, content: bytes, key: str) -> None:
        operation = {
            "kind": "complaint.submit",
            "id": str(uuid7()),
            "complaint": str(uuid7()),
            "secrecy": "name_hidden",
            "text": texts.OWN[0].text,
            "place": {"address": "depan pasar"},
            "claim_hash": claims.hash_of(key),
            "photos": [{"id": str(photo), "sha256": pictures.digest(content), "size": len(content)}],
        }
        status, answer = await wire.ask("POST", "/api/sync", JSON, msgspec.json.encode({"protocol": 1, "operations": [operation]}))
        if status != TAKEN or msgspec.json.decode(answer)["outcomes"][0]["status"] != "applied":
            raise Refused(answer.decode(errors="replace"))


async def _send(wire: Wire, photo: UUID, content: bytes, key: str) -> None:
    proof = TUS | {"Authorization": f"Claim {key}"}
    named = base64.b64encode(str(photo).encode()).decode()
    status, _ = await wire.ask("POST", "/api/photos", proof | {"Upload-Length": str(len(content)), "Upload-Metadata": f"id {named}"})
    if status != CREATED:
        raise Refused(f"HTTP {status}")
    for offset in range(0, len(content), PIECE):
        headers = proof | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        status, _ = await wire.ask("PATCH", f"/api/photos/{photo}", headers, content[offset : offset + PIECE])
        if status != MOVED_ON:
            raise Refused(f"HTTP {status}")


def _pillow() -> float:
    """Milliseconds of the same two sizes."""
    content = _drawn()
    began = time.perf_counter()
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (SIZE[0] // 2, SIZE[1] // 2))
        for side in (pixels.LARGE_SIDE, pixels.SMALL_SIDE):
            picture.thumbnail((side, side))
            picture.save(io.BytesIO(), "JPEG", quality=pixels.QUALITY, optimize=True)
    return (time.perf_counter() - began) * 1000


@cache
def _drawn() -> bytes:
    """What a phone's camera makes: twelve megapixels."""
    with Image.open(io.BytesIO(pictures.motif(0))) as motif:
        written = io.BytesIO()
        motif.resize(SIZE, Image.Resampling.BICUBIC).save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _photo(name: UUID) -> bytes:
    """The same under another digest."""
    plain, comment = _drawn(), name.bytes
    return plain[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + plain[2:]
