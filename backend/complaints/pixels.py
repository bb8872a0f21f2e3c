"""A photo made anew from its pixels: upright, in sRGB, in two sizes, and nothing else of what was sent."""

import io
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageFile, JpegImagePlugin
from PIL.Image import Transpose

LARGE_SIDE = 1600
SMALL_SIDE = 400
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
"""What is opened, by content. A phone's JPEG with a second picture in it (HDR, depth) is opened as the first one."""

MOST_PIXELS = 50_000_000
MOST_PIXELS_AT_ONCE = 13_000_000
"""For what cannot be decoded smaller than it is: a plain JPEG of 50 megapixels needs 20 MB, a PNG of 13 needs 120, a WebP 220."""
MOST_SCANS = 40
"""Passes of a progressive JPEG; an encoder makes about ten, each over the whole picture."""

TURNS: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""EXIF orientation -> what makes it upright."""
ORIENTATION = 0x0112
START_OF_SCAN = b"\xff\xda"

FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises when a file is not what it says."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class Unreadable(Exception):
    """Not a photo, broken, or larger than any phone makes."""


class Picture(NamedTuple):
    """JPEGs of both sizes; width and height are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def clean(content: bytes) -> Picture:
    """Both sizes of a JPEG, PNG or WebP. Raises `Unreadable`, for a bomb before anything of it is decoded."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _refuse_bomb(opened, content)
            picture = _bare(_shrunk(opened))
    except FAULTS as fault:
        raise Unreadable(str(fault)) from fault
    large = _jpeg(picture)
    width, height = picture.size
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Picture(large, _jpeg(picture), width, height)


def _refuse_bomb(opened: ImageFile.ImageFile, content: bytes) -> None:
    plain_jpeg = isinstance(opened, JpegImagePlugin.JpegImageFile) and "progressive" not in opened.info
    if opened.width * opened.height > (MOST_PIXELS if plain_jpeg else MOST_PIXELS_AT_ONCE):
        raise Unreadable(f"{opened.width} × {opened.height} pixels")
    if isinstance(opened, JpegImagePlugin.JpegImageFile) and content.count(START_OF_SCAN) > MOST_SCANS:
        raise Unreadable("too many scans")


def _shrunk(opened: ImageFile.ImageFile) -> Image.Image:
    """Decoded and upright, its long side at most `LARGE_SIDE`."""
    opened.draft(None, _fitting(opened.size))  # a JPEG is decoded smaller at once, which Pillow's own `thumbnail` does too seldom
    shrunk: Image.Image = opened
    if opened.mode in {"1", "P", "PA"}:  # a palette cannot be averaged
        shrunk = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    elif opened.mode.startswith("I"):  # grey in 16 bits, of which a screen shows 8
        shrunk = opened.point(lambda value: value * (1 / 256)).convert("L")
    shrunk.thumbnail((LARGE_SIDE, LARGE_SIDE))
    turn = TURNS.get(_orientation(opened))
    return shrunk.transpose(turn) if turn is not None else shrunk


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    scale = max(1, max(size) / LARGE_SIDE)
    return max(1, int(size[0] / scale)), max(1, int(size[1] / scale))


def _orientation(opened: ImageFile.ImageFile) -> int:
    """As the camera held it; upright where that cannot be read."""
    try:
        return int(opened.getexif().get(ORIENTATION, 1))
    except FAULTS:
        return 1


def _bare(shrunk: Image.Image) -> Image.Image:
    """The pixels alone, on white, in sRGB: no EXIF, comment, profile or name comes along."""
    bare = Image.new("RGB", shrunk.size, "white")
    if shrunk.has_transparency_data:
        shrunk = shrunk.convert("RGBA")
        bare.paste(_in_srgb(shrunk), mask=shrunk.getchannel("A"))
    else:
        bare.paste(_in_srgb(shrunk))
    return bare


def _in_srgb(shrunk: Image.Image) -> Image.Image:
    """By the file's own colour profile if it has a fitting one; else its colours are sRGB already."""
    profile = shrunk.info.get("icc_profile")
    if profile:
        try:
            source = shrunk if shrunk.mode in {"RGB", "CMYK", "L"} else shrunk.convert("RGB")
            converted = ImageCms.profileToProfile(source, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (*FAULTS, ImageCms.PyCMSError):
            converted = None
        if converted is not None:
            return converted
    return shrunk.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
