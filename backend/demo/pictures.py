"""The demo's photos, drawn: what is wrong, and the same place once it is in order."""

from collections.abc import Callable

from backend.demo.canvas import HEIGHT, HORIZON, WIDTH, Canvas, scene, sky

Paint = Callable[[Canvas], None]
GREEN = 2
"""Which of the three lights."""

WATER = (118, 132, 140)
LEAVES = (70, 112, 62)
TRUNK = (108, 82, 58)
STEEL = (84, 90, 98)
BAGS = ((44, 46, 52), (70, 92, 150), (190, 70, 60), (222, 214, 196), (70, 130, 96), (200, 160, 60))


def drawn(name: str, seed: int, *, mended: bool = False) -> bytes:
    """A JPEG of the scene `name`. The same seed paints the same street, before and after."""
    canvas = Canvas(seed, mended=mended, night=name == "lamp")
    SCENES[name](canvas)
    return canvas.finished()


def _pothole(canvas: Canvas) -> None:
    scene(canvas)
    places = [(canvas.random.uniform(250, 950), canvas.random.uniform(610, 800)) for _ in range(3)]
    for x, y in places:
        width = canvas.random.uniform(180, 300)
        if canvas.mended:
            canvas.blob(x, y, width * 1.15, width * 0.42, (58, 60, 66), rough=0.06)
            continue
        canvas.blob(x, y, width * 1.1, width * 0.44, (122, 114, 104))
        canvas.blob(x, y + 4, width * 0.86, width * 0.3, (70, 62, 56))
        canvas.blob(x + 6, y + 12, width * 0.55, width * 0.14, WATER)


def _lamp(canvas: Canvas) -> None:
    scene(canvas, marks=False)
    x = canvas.random.uniform(480, 700)
    canvas.line([(x, 640), (x, 150), (x + 110, 130)], STEEL, 14)
    canvas.box(x + 84, 122, x + 156, 142, (150, 150, 150), round_by=8)
    if canvas.mended:
        canvas.glow(x + 120, 150, 120, (255, 232, 170))
        canvas.glow(x + 120, 610, 300, (255, 220, 150))
        canvas.draw.ellipse((x + 92, 136, x + 148, 156), fill=(255, 246, 214))


def _waste(canvas: Canvas) -> None:
    scene(canvas)
    canvas.box(330, 440, 900, 600, (150, 154, 150))
    canvas.box(350, 460, 880, 580, (96, 104, 100))
    heap = 10 if canvas.mended else 90
    for _ in range(heap):
        x, y = (
            canvas.random.gauss(610, 40 if canvas.mended else 170),
            canvas.random.uniform(500 if canvas.mended else 400, 560 if canvas.mended else 690),
        )
        colour = BAGS[canvas.random.randrange(len(BAGS))]
        canvas.blob(x, y, canvas.random.uniform(40, 90), canvas.random.uniform(34, 70), colour, rough=0.25)
    canvas.box(330, 590 if canvas.mended else 640, 900, 604 if canvas.mended else 652, (128, 132, 128))


def _tree(canvas: Canvas) -> None:
    scene(canvas)
    x = canvas.random.uniform(420, 620)
    canvas.line([(0, 190), (WIDTH, 230)], (40, 40, 44), 5)
    canvas.line([(0, 214), (WIDTH, 256)], (40, 40, 44), 5)
    lean = 0 if canvas.mended else 120
    canvas.line([(x, 600), (x + lean * 0.4, 420), (x + lean, 260)], TRUNK, 52)
    for _ in range(26 if canvas.mended else 70):
        reach = 90 if canvas.mended else 220
        canvas.blob(
            x + lean + canvas.random.gauss(0, reach), 250 + canvas.random.gauss(60 if canvas.mended else 0, 60), 130, 96, LEAVES, rough=0.3
        )


def _flood(canvas: Canvas) -> None:
    scene(canvas, marks=canvas.mended)
    if canvas.mended:
        canvas.box(0, HORIZON + 96, WIDTH, HORIZON + 128, (70, 72, 76))
        for left in range(20, WIDTH, 90):
            canvas.box(left, HORIZON + 100, left + 60, HORIZON + 124, (40, 42, 46))
        return
    canvas.shape([(0, 560), (WIDTH, 540), (WIDTH, HEIGHT), (0, HEIGHT)], (*WATER, 225))
    for _ in range(60):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(570, HEIGHT)
        canvas.line([(x, y), (x + canvas.random.uniform(40, 160), y)], (196, 206, 210, 120), 3)
    for _ in range(9):
        canvas.blob(canvas.random.uniform(0, WIDTH), canvas.random.uniform(580, 840), 46, 18, (150, 130, 92), rough=0.3)


def _cover(canvas: Canvas) -> None:
    scene(canvas, marks=False)
    canvas.shape([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], (182, 172, 158))
    for left in range(0, WIDTH, 120):
        canvas.line([(left, 560), (left * 1.5 - 300, HEIGHT)], (158, 148, 136), 4)
    for y in (620, 700, 800):
        canvas.line([(0, y), (WIDTH, y)], (158, 148, 136), 4)
    if canvas.mended:
        canvas.box(430, 630, 770, 790, (142, 140, 136), round_by=10)
        for left in range(460, 760, 48):
            canvas.box(left, 690, left + 22, 730, (96, 96, 96), round_by=6)
        return
    canvas.box(430, 630, 770, 790, (26, 26, 28), round_by=10)
    canvas.shape([(400, 650), (800, 612), (806, 650), (406, 690)], (160, 120, 78))
    canvas.shape([(410, 744), (790, 724), (794, 762), (414, 784)], (146, 108, 70))


def _pavement(canvas: Canvas) -> None:
    scene(canvas, marks=False)
    canvas.shape([(0, 540), (WIDTH, 540), (WIDTH, HEIGHT), (0, HEIGHT)], (196, 188, 176))
    for row, y in enumerate((560, 640, 740)):
        for left in range(-40, WIDTH, 130):
            broken = not canvas.mended and canvas.random.random() < 0.3  # noqa: PLR2004  (about a third of the tiles)
            colour = (120, 104, 84) if broken else (214, 176, 70) if row == 1 else (186, 178, 168)
            slip = canvas.random.uniform(-14, 14) if broken else 0
            canvas.shape([(left, y + slip), (left + 118, y), (left + 118, y + 70), (left, y + 70 - slip)], colour)


def _signal(canvas: Canvas) -> None:
    scene(canvas)
    x = canvas.random.uniform(500, 680)
    canvas.line([(x, 650), (x, 190)], STEEL, 18)
    canvas.box(x - 52, 120, x + 52, 390, (36, 38, 42), round_by=18)
    for place, (on, off) in enumerate((((230, 60, 50), (78, 30, 28)), ((240, 180, 50), (80, 64, 26)), ((70, 200, 110), (28, 66, 42)))):
        y = 164 + place * 88
        canvas.draw.ellipse((x - 34, y - 34, x + 34, y + 34), fill=on if canvas.mended and place == GREEN else off)


def _bench(canvas: Canvas) -> None:
    sky(canvas)
    canvas.box(0, HORIZON - 30, WIDTH, HEIGHT, (128, 158, 92))
    for _ in range(40):
        canvas.blob(canvas.random.uniform(0, WIDTH), HORIZON - 20 + canvas.random.gauss(0, 34), 150, 120, LEAVES, rough=0.3)
    canvas.shape([(0, 640), (WIDTH, 610), (WIDTH, 780), (0, 800)], (206, 196, 178))
    for left in (340, 820):
        canvas.box(left, 560, left + 34, 740, (70, 72, 76))
    for place, y in enumerate((470, 520, 590, 630)):
        drop = 60 if not canvas.mended and place in {1, 3} else 0
        canvas.shape([(310, y), (890, y + drop), (890, y + 34 + drop), (310, y + 34)], (168, 116, 70))


def _pipe(canvas: Canvas) -> None:
    scene(canvas)
    canvas.box(300, 560, 900, 610, (64, 108, 170), round_by=20)
    canvas.box(560, 544, 640, 626, (48, 84, 138), round_by=8)
    if canvas.mended:
        return
    for _ in range(120):
        x = 600 + canvas.random.gauss(0, 90)
        canvas.line([(600, 560), (x, 560 - canvas.random.uniform(60, 300))], (214, 232, 240, 120), 5)
    canvas.blob(600, 740, 760, 170, (*WATER, 220), rough=0.1)


def _parking(canvas: Canvas) -> None:
    scene(canvas)
    canvas.shape([(0, 500), (WIDTH, 500), (WIDTH, 600), (0, 600)], (188, 180, 168))
    if canvas.mended:
        canvas.line([(960, 600), (960, 330)], STEEL, 14)
        canvas.draw.ellipse((905, 250, 1015, 360), fill=(40, 90, 170), outline=(200, 40, 40), width=16)
        return
    for place, left in enumerate(range(40, WIDTH - 200, 290)):
        colour = BAGS[(place + canvas.random.randrange(3)) % len(BAGS)]
        canvas.box(left, 470, left + 250, 570, colour, round_by=26)
        canvas.shape([(left + 44, 474), (left + 76, 412), (left + 178, 412), (left + 214, 474)], (64, 78, 92))
        for wheel in (left + 54, left + 196):
            canvas.draw.ellipse((wheel - 30, 542, wheel + 30, 602), fill=(30, 30, 32))


SCENES: dict[str, Paint] = {
    "bench": _bench,
    "cover": _cover,
    "flood": _flood,
    "lamp": _lamp,
    "parking": _parking,
    "pavement": _pavement,
    "pipe": _pipe,
    "pothole": _pothole,
    "signal": _signal,
    "tree": _tree,
    "waste": _waste,
}
