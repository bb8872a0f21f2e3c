"""What the demo's pictures are painted on and with: a street of Malang, drawn, so that nobody's real photo is shown."""

import io
from collections.abc import Sequence
from functools import cache
from math import cos, sin, tau
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 900
HORIZON = 430
QUALITY = 82

Colour = tuple[int, int, int]
Point = tuple[float, float]

SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((156, 196, 224), (238, 240, 232)),
    ((188, 204, 214), (240, 234, 222)),
    ((232, 190, 150), (250, 232, 208)),
)
NIGHT: tuple[Colour, Colour] = ((16, 22, 44), (44, 48, 74))
WALLS: tuple[Colour, ...] = ((226, 208, 178), (206, 222, 210), (232, 196, 178), (214, 214, 226), (240, 226, 190))
ROOFS: tuple[Colour, ...] = ((168, 84, 60), (140, 76, 62), (120, 96, 88))
ASPHALT: Colour = (96, 98, 104)
KERB: Colour = (190, 186, 176)
GRASS: Colour = (116, 148, 84)


class Canvas:
    """A picture being painted. Coordinates in pixels, the origin at the top left."""

    def __init__(self, seed: int, *, mended: bool = False, night: bool = False) -> None:
        self.random = Random(seed)  # noqa: S311  (a drawing, not a secret)
        self.mended = mended
        self.night = night
        self.image = Image.new("RGB", (WIDTH, HEIGHT))
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def shape(self, points: Sequence[Point], colour: tuple[int, ...]) -> None:
        """A filled outline."""
        self.draw.polygon(list(points), fill=self.lit(colour))

    def box(self, left: float, top: float, right: float, bottom: float, colour: tuple[int, ...], *, round_by: float = 0) -> None:
        """A filled box."""
        self.draw.rounded_rectangle((left, top, right, bottom), radius=round_by, fill=self.lit(colour))

    def blob(self, x: float, y: float, width: float, height: float, colour: tuple[int, ...], *, rough: float = 0.18) -> None:
        """Something round that no compass drew."""
        points = []
        for step in range(24):
            turn = step / 24 * tau
            reach = 1 + self.random.uniform(-rough, rough)
            points.append((x + width / 2 * reach * cos(turn), y + height / 2 * reach * sin(turn)))
        self.shape(points, colour)

    def line(self, points: Sequence[Point], colour: tuple[int, ...], width: int) -> None:
        """A stroke."""
        self.draw.line(list(points), fill=self.lit(colour), width=width, joint="curve")

    def glow(self, x: float, y: float, reach: float, colour: Colour) -> None:
        """Light that falls off."""
        light = Image.new("RGBA", self.image.size)
        ImageDraw.Draw(light).ellipse((x - reach, y - reach, x + reach, y + reach), fill=(*colour, 150))
        self.image.paste(
            Image.alpha_composite(self.image.convert("RGBA"), light.filter(ImageFilter.GaussianBlur(reach / 2))).convert("RGB")
        )

    def lit(self, colour: tuple[int, ...]) -> tuple[int, ...]:
        """The colour by day, or what is left of it at night."""
        if not self.night:
            return colour
        red, green, blue, *alpha = colour
        return (int(red * 0.28), int(green * 0.3), int(blue * 0.42), *alpha)

    def finished(self) -> bytes:
        """The JPEG, with the grain of a cheap phone."""
        made = io.BytesIO()
        Image.blend(self.image, _grain(), 0.055).save(made, "JPEG", quality=QUALITY)
        return made.getvalue()


@cache
def _grain() -> Image.Image:
    return Image.effect_noise((WIDTH, HEIGHT), 22).convert("RGB")


def sky(canvas: Canvas) -> None:
    """Above everything."""
    top, low = NIGHT if canvas.night else SKIES[canvas.random.randrange(len(SKIES))]
    for y in range(HORIZON + 40):
        share = y / (HORIZON + 40)
        canvas.draw.line((0, y, WIDTH, y), fill=tuple(int(a + (b - a) * share) for a, b in zip(top, low, strict=True)))
    if not canvas.night:
        canvas.shape(
            [(0, HORIZON), (280, 250), (520, HORIZON - 60), (860, 290), (WIDTH, HORIZON - 20), (WIDTH, HORIZON)], (150, 170, 176, 150)
        )


def houses(canvas: Canvas) -> None:
    """A row of low houses along the far side."""
    left = -40
    while left < WIDTH:
        width, height = canvas.random.randint(170, 270), canvas.random.randint(120, 190)
        wall = WALLS[canvas.random.randrange(len(WALLS))]
        roof = ROOFS[canvas.random.randrange(len(ROOFS))]
        canvas.box(left, HORIZON - height, left + width, HORIZON + 30, wall)
        canvas.shape(
            [(left - 18, HORIZON - height), (left + width / 2, HORIZON - height - 70), (left + width + 18, HORIZON - height)], roof
        )
        canvas.box(left + width * 0.14, HORIZON - height * 0.62, left + width * 0.4, HORIZON - height * 0.24, (90, 110, 124))
        canvas.box(left + width * 0.6, HORIZON - height * 0.6, left + width * 0.82, HORIZON + 30, (124, 92, 70))
        left += width + canvas.random.randint(8, 34)


def street(canvas: Canvas, *, marks: bool = True) -> None:
    """Kerb, asphalt running away, and its line."""
    canvas.box(0, HORIZON + 20, WIDTH, HEIGHT, GRASS)
    canvas.shape([(0, HORIZON + 44), (WIDTH, HORIZON + 44), (WIDTH, HORIZON + 92), (0, HORIZON + 92)], KERB)
    canvas.shape([(0, HORIZON + 92), (WIDTH, HORIZON + 92), (WIDTH, HEIGHT), (0, HEIGHT)], ASPHALT)
    for _ in range(900):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(HORIZON + 96, HEIGHT)
        shade = canvas.random.randint(-16, 18)
        canvas.shape([(x, y), (x + 3, y), (x + 3, y + 2), (x, y + 2)], tuple(max(0, value + shade) for value in ASPHALT))
    if marks:
        for left in range(-60, WIDTH, 260):
            canvas.shape([(left, 664), (left + 150, 664), (left + 138, 684), (left - 16, 684)], (226, 224, 214))


def scene(canvas: Canvas, *, marks: bool = True) -> None:
    """The street as most pictures have it."""
    sky(canvas)
    houses(canvas)
    street(canvas, marks=marks)
