"""Photos of twelve megapixels as a phone held upright writes them, and how far two pictures are apart."""

import io
import random
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, ImageStat

from tests.support import pictures

UPRIGHT = 6
"""The EXIF orientation of a phone held upright: its sensor lies on its side."""
SENSOR = (4000, 3000)
WIDTH, HEIGHT = 750, 1000
BETWEEN = Image.Resampling.BICUBIC


@cache
def photo(seed: int) -> bytes:
    """A street with a sky, houses, light and grain; another one for each seed. With place, maker and orientation."""
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = UPRIGHT
    exif[pictures.MAKE] = pictures.SECRET
    exif[pictures.GPS_INFO] = pictures.ALUN_ALUN
    turn = pictures.HELD[UPRIGHT]
    assert turn is not None
    seen = _street(random.Random(seed)).resize((SENSOR[1], SENSOR[0]), BETWEEN).transpose(turn)
    written = io.BytesIO()
    _grained(seen).save(written, "JPEG", exif=exif, quality=90)
    return written.getvalue()


def has_secrets(content: bytes) -> bool:
    """Does it still tell where it was taken, with what, or how the phone was held?"""
    with Image.open(io.BytesIO(content)) as opened:
        told = bool(opened.getexif()) or bool(set(opened.info) & {"exif", "comment", "icc_profile", "xmp"})
    return told or b"Exif" in content or pictures.SECRET.encode() in content


def apart(content: bytes, original: bytes) -> float:
    """Mean difference of a pixel's channel, of 255, to the original turned upright and made as large by Pillow."""
    with Image.open(io.BytesIO(content)) as stored, Image.open(io.BytesIO(original)) as taken:
        wanted = ImageOps.exif_transpose(taken).convert("RGB").resize(stored.size, Image.Resampling.LANCZOS)
        means = ImageStat.Stat(ImageChops.difference(stored.convert("RGB"), wanted)).mean
    return sum(means) / len(means)


def size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as opened:
        return opened.size


def _street(chance: random.Random) -> Image.Image:
    light = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    sky, ground = (_colour(chance, 130, 230), _colour(chance, 60, 130))
    picture = ImageOps.colorize(light, sky, ground)
    draw = ImageDraw.Draw(picture)
    horizon = chance.randrange(380, 520)
    for left in range(-40, WIDTH, 130):
        top = horizon - chance.randrange(60, 260)
        draw.rectangle((left, top, left + chance.randrange(90, 150), horizon), fill=_colour(chance, 70, 200))
        draw.rectangle((left + 25, top + 30, left + 60, top + 75), fill=_colour(chance, 30, 90))
    draw.polygon(((WIDTH * 0.4, horizon), (WIDTH * 0.6, horizon), (WIDTH, HEIGHT), (0, HEIGHT)), fill=_colour(chance, 70, 100))
    hole = (chance.randrange(200, 330), chance.randrange(620, 800))
    draw.ellipse((*hole, hole[0] + 220, hole[1] + 90), fill=_colour(chance, 25, 50))
    clouds = Image.effect_noise((30, 40), 35).resize((WIDTH, HEIGHT), BETWEEN)
    return ImageChops.soft_light(picture.filter(ImageFilter.GaussianBlur(1.5)), clouds.convert("RGB"))


def _grained(picture: Image.Image) -> Image.Image:
    grain = Image.effect_noise((picture.width // 4, picture.height // 4), 10).resize(picture.size)
    return ImageChops.soft_light(picture, grain.convert("RGB"))


def _colour(chance: random.Random, darkest: int, lightest: int) -> tuple[int, int, int]:
    return chance.randrange(darkest, lightest), chance.randrange(darkest, lightest), chance.randrange(darkest, lightest)
