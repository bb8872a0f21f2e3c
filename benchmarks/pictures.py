"""Photos as a phone sends them: JPEGs of 1600 pixels, drawn here, no two of them alike."""

import hashlib
import io
import random
from functools import cache
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter

MOTIFS = 6
SIZE = (1600, 1200)
QUALITY = 80
_COMMENT = b"\xff\xfe"


@cache
def motif(number: int) -> bytes:
    """A street with its noise, so that it weighs what a photo weighs."""
    draw_of = random.Random(number)
    noise = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 60).resize(SIZE, Image.Resampling.BICUBIC)
    tints = [draw_of.uniform(0.5, 1.1) for _ in range(3)]
    picture = Image.merge("RGB", [noise.point([min(255, int(value * tint)) for value in range(256)]) for tint in tints])
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = draw_of.randrange(SIZE[0]), draw_of.randrange(SIZE[1])
        box = (x, y, x + draw_of.randrange(40, 400), y + draw_of.randrange(40, 300))
        draw.rectangle(box, fill=(draw_of.randrange(256), draw_of.randrange(256), draw_of.randrange(256)))
    written = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1)).save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def photo(number: int, name: UUID) -> bytes:
    """A motif that carries `name` as a JPEG comment: another digest for each, and not one pixel encoded twice."""
    plain, comment = motif(number % MOTIFS), name.bytes
    return plain[:2] + _COMMENT + (len(comment) + 2).to_bytes(2) + comment + plain[2:]


def digest(content: bytes) -> str:
    """What the manifest says of a photo."""
    return hashlib.sha256(content).hexdigest()
