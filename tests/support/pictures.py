"""Pictures for tests, made by Pillow or byte by byte: as phones make them, and as nobody should."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from PIL.Image import Transpose

CORNERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
"""Upright: red above left, green above right, blue below left, yellow below right."""
HELD = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
"""EXIF orientation -> how the sensor saw an upright scene."""
GPS_INFO, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
ALUN_ALUN = {1: "S", 2: (7.0, 58.0, 56.0), 3: "E", 4: (112.0, 37.0, 50.0)}
SECRET = "Kamera milik Siti"


def scene(width=80, height=60, mode="RGB"):
    """An upright picture whose four corners tell how it is held."""
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for (x, y), colour in zip(((0, 0), (width // 2, 0), (0, height // 2), (width // 2, height // 2)), CORNERS, strict=True):
        draw.rectangle((x, y, x + width // 2, y + height // 2), fill=CORNERS[colour])
    return picture.convert(mode)


def corners(content):
    """The names of a picture's colours: above left, above right, below left, below right."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = picture.size
    points = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [min(CORNERS, key=lambda name: _distance(CORNERS[name], picture.getpixel(point))) for point in points]


def encoded(picture, kind="JPEG", **options):
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def jpeg(width=80, height=60, **options):
    return encoded(scene(width, height), "JPEG", **options)


def from_phone(orientation=1, kind="JPEG", width=80, height=60):
    """With place, maker and orientation, as a camera writes them."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = SECRET
    exif[GPS_INFO] = ALUN_ALUN
    picture = scene(width, height)
    turn = HELD[orientation]
    return encoded(picture if turn is None else picture.transpose(turn), kind, exif=exif, **({"comment": SECRET} if kind == "JPEG" else {}))


def png_bomb(width=20_000, height=20_000):
    """400 megapixels in 50 kilobytes."""
    squeeze = zlib.compressobj(9)
    rows = b"".join(squeeze.compress(bytes((1 + width // 8) * 100)) for _ in range(height // 100)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_piece(b"IHDR", header) + _png_piece(b"IDAT", rows) + _png_piece(b"IEND", b"")


def jpeg_bomb(width=65_000, height=65_000):
    """A small JPEG that says it is 4 gigapixels."""
    content = bytearray(jpeg())
    start_of_frame = content.index(b"\xff\xc0")
    content[start_of_frame + 5 : start_of_frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def webp_bomb():
    """A WebP with the largest canvas there is."""
    content = bytearray(encoded(scene(mode="RGBA"), "WEBP", exif=Image.Exif().tobytes() or b"Exif\0\0"))
    canvas = content.index(b"VP8X") + 12
    content[canvas : canvas + 6] = struct.pack("<I", 16_382)[:3] * 2
    return bytes(content)


def endless_scans(times=500):
    """A progressive JPEG whose last pass comes again and again."""
    content = encoded(scene(2000, 1500), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + content[-2:]


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2000)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def _png_piece(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
