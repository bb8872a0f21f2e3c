"""What becomes of the bytes a phone, or somebody else, sends as a photo."""

import io
import random
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageCms

from backend.complaints.pixels import Unreadable, clean
from tests.support import pictures

UPRIGHT = ["red", "green", "blue", "yellow"]


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_however_the_phone_was_held(orientation, kind):
    picture = clean(pictures.from_phone(orientation, kind))
    assert pictures.corners(picture.large) == UPRIGHT
    assert pictures.corners(picture.small) == UPRIGHT
    assert (picture.width, picture.height) == (80, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_maker_do_not_come_along(kind):
    sent = pictures.from_phone(kind=kind)
    assert pictures.SECRET.encode() in sent
    assert opened(sent).getexif().get_ifd(pictures.GPS_INFO)
    picture = clean(sent)
    for content in (picture.large, picture.small):
        assert set(opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not opened(content).getexif()
        assert pictures.SECRET.encode() not in content


def test_a_page_hidden_in_a_photo_does_not_come_along():
    sent = pictures.jpeg(comment=pictures.HTML) + pictures.HTML
    picture = clean(sent)
    assert b"script" in sent
    assert b"script" not in picture.large + picture.small


@pytest.mark.parametrize(
    ("sent", "kept", "small"),
    [
        ((4000, 3000), (1600, 1200), (400, 300)),
        ((3000, 4000), (1200, 1600), (300, 400)),
        ((500, 100), (500, 100), (400, 80)),
        ((30, 20), (30, 20), (30, 20)),
        ((9000, 3), (1600, 1), (400, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_made_smaller_never_larger(sent, kept, small, kind):
    picture = clean(pictures.encoded(pictures.scene(*sent), kind))
    assert (picture.width, picture.height) == opened(picture.large).size == kept
    assert opened(picture.small).size == small
    assert opened(picture.large).format == opened(picture.small).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode):
    see_through = Image.new("RGBA", (90, 90), (0, 0, 0, 0)).convert(mode)
    picture = clean(pictures.encoded(see_through, "PNG", **({"transparency": see_through.getpixel((0, 0))} if mode == "P" else {})))
    assert opened(picture.large).getpixel((45, 45)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("RGBA", "WEBP")]
)
def test_colours_of_every_kind_are_read(mode, kind):
    picture = pictures.scene(mode="L").convert("I;16").point(lambda value: value * 256) if mode == "I;16" else pictures.scene(mode=mode)
    large = opened(clean(pictures.encoded(picture, kind)).large)
    assert large.mode == "RGB"
    assert large.getpixel((60, 15)) != large.getpixel((20, 45)), "light green and dark blue"


def test_a_phones_own_colours_become_everybodys():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"temp").replace(b"bXYZ", b"rXYZ").replace(b"temp", b"bXYZ")
    picture = clean(pictures.jpeg(icc_profile=swapped))
    assert pictures.corners(picture.large)[0] == "blue", "what that phone calls red"
    assert "icc_profile" not in opened(picture.large).info


def test_a_broken_colour_profile_is_no_reason_to_refuse_a_photo():
    assert pictures.corners(clean(pictures.jpeg(icc_profile=b"no profile at all")).large) == UPRIGHT


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what it finds broken
def test_broken_notes_of_a_camera_are_no_reason_to_refuse_a_photo():
    assert pictures.corners(clean(pictures.jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xff rubbish")).large) == UPRIGHT


def test_of_a_photo_with_a_second_picture_the_first_is_taken():
    sent = io.BytesIO()
    pictures.scene().save(sent, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "black")])
    assert opened(sent.getvalue()).format == "MPO"
    assert pictures.corners(clean(sent.getvalue()).large) == UPRIGHT


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(pictures.HEIC, id="HEIC"),
        pytest.param(pictures.SVG, id="SVG"),
        pytest.param(pictures.HTML, id="HTML"),
        pytest.param(pictures.encoded(pictures.scene(), "GIF"), id="GIF"),
        pytest.param(pictures.encoded(pictures.scene(), "TIFF"), id="TIFF"),
        pytest.param(b"GIF89a" + pictures.jpeg(), id="JPEG behind a GIF's name"),
        pytest.param(b"\xff\xd8\xff\xe0" + pictures.HTML, id="HTML behind a JPEG's name"),
        pytest.param(pictures.jpeg(800, 600)[:-400], id="JPEG cut off"),
        pytest.param(pictures.encoded(pictures.scene(800, 600), "PNG")[:-400], id="PNG cut off"),
        pytest.param(pictures.encoded(pictures.scene(800, 600), "WEBP")[:-400], id="WebP cut off"),
    ],
)
def test_what_is_no_photo_is_refused(sent):
    with pytest.raises(Unreadable):
        clean(sent)


BOMBS = {
    "PNG of 400 megapixels": pictures.png_bomb,
    "JPEG of 4 gigapixels": pictures.jpeg_bomb,
    "JPEG of 51 megapixels": lambda: pictures.jpeg_bomb(8500, 6000),
    "PNG of 16 megapixels": lambda: pictures.png_bomb(4000, 4000),
    "WebP of 268 megapixels": pictures.webp_bomb,
    "JPEG of 500 passes": pictures.endless_scans,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_a_second_and_little_memory(name, tmp_path):
    bomb = tmp_path / "bomb"
    bomb.write_bytes(BOMBS[name]())
    script = (
        "import pathlib, resource, sys, time\n"
        "from backend.complaints.pixels import Unreadable, clean\n"
        "content = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()\n"
        "try: clean(content)\n"
        "except Unreadable: print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", script, bomb], capture_output=True, text=True, check=True).stdout.split()
    seconds, kilobytes = map(float, said)
    assert seconds < 1
    assert kilobytes < 100_000


def test_the_largest_photo_of_a_phone_is_taken():
    sent = pictures.jpeg(8160, 6120)
    began = time.process_time()
    assert (clean(sent).width, clean(sent).height) == (1600, 1200)
    assert time.process_time() - began < 4


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what it finds broken
def test_whatever_bytes_come_the_answer_is_a_photo_or_a_refusal():
    chance = random.Random(35_73)
    seeds = [pictures.from_phone(6, kind) for kind in ("JPEG", "PNG", "WEBP")]
    refused = 0
    for _ in range(600):
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            clean(bytes(content[: chance.randrange(len(content))] if chance.random() < 0.3 else content))
        except Unreadable:
            refused += 1
    assert refused > 100
