"""The file of a backup: whole, or refused before anything of it is used."""

import hashlib
import io
import subprocess
import tarfile

import msgspec
import pytest

from backend import clock
from backend.care import archive
from backend.care.archive import CannotCopy, Manifest

PHOTO = "photos/aa/bb/0192f1c0-7b1e-7000-8000-0000000abbaa-small.jpg"
MANIFEST = Manifest(made_at=clock.now(), release="1", database="sqlite", how="sqlite", migrations=(), tables={}, photos=1, secret="x")


def repacked(source, target, change):
    """The same archive with `change(name, content)` in place of each member; None leaves it out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


@pytest.fixture
def made(tmp_path):
    with archive.written(tmp_path / "made.tar") as pack:
        (tmp_path / "sambat.db").write_bytes(b"rows" * 500)
        pack.add("database/sambat.db", tmp_path / "sambat.db")
        pack.add_bytes(PHOTO, b"a picture")
        pack.add_bytes(archive.MANIFEST, msgspec.json.format(msgspec.json.encode(MANIFEST), indent=2))
    (tmp_path / "sambat.db").unlink()
    return tmp_path / "made.tar"


def refused(file, sentence):
    with pytest.raises(CannotCopy, match=sentence), archive.opened(file):
        pass


def test_what_was_put_in_comes_out(made):
    with archive.opened(made) as kept:
        assert kept.manifest == MANIFEST
        assert kept.read("database/sambat.db").read() == b"rows" * 500
        assert kept.under("photos") == [PHOTO]
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o077 == 0


def test_a_person_checks_it_with_tar_and_sha256sum_alone(made):
    subprocess.run(["tar", "xf", made.name], cwd=made.parent, check=True)
    subprocess.run(["sha256sum", "-c", "--strict", "--quiet", archive.SUMS], cwd=made.parent, check=True)
    assert hashlib.sha256((made.parent / PHOTO).read_bytes()).hexdigest() in (made.parent / archive.SUMS).read_text()


def test_of_one_that_fails_nothing_is_left(tmp_path):
    with pytest.raises(FileNotFoundError), archive.written(tmp_path / "x.tar") as pack:
        pack.add(PHOTO, tmp_path / "none.jpg")
    assert list(tmp_path.iterdir()) == []


def a_bit_turned(name, content):
    return content[:-1] + bytes([content[-1] ^ 1]) if name.startswith(("database/event", "database/sambat")) else content


def without_a_photo(name, content):
    return None if name.endswith("small.jpg") else content


def unfinished(name, content):
    return None if name == archive.SUMS else content


def of_a_later_format(name, content):
    return content.replace(b'"format": 1', b'"format": 2') if name == archive.MANIFEST else content


@pytest.mark.parametrize("change", [a_bit_turned, without_a_photo, unfinished, of_a_later_format])
def test_what_was_changed_is_refused(made, change):
    refused(repacked(made, made.with_name("changed.tar"), change), "digests do not fit|no whole backup")


def test_what_was_cut_off_or_is_no_backup_is_refused(made):
    whole = made.read_bytes()
    for number, content in enumerate((whole[: len(whole) // 2], whole[:600], b"", b"hello")):
        file = made.with_name(f"{number}.tar")
        file.write_bytes(content)
        refused(file, "no whole backup")
    refused(made.with_name("none.tar"), "not there")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "photos/../../x.jpg", "database/sambat.sh", archive.MANIFEST])
def test_a_strangers_names_are_not_unpacked(made, name):
    with tarfile.open(made, "a") as tar:
        tar.addfile(tarfile.TarInfo(name))
    refused(made, "no whole backup")


def test_another_format_is_another_releases(tmp_path):
    with archive.written(tmp_path / "x.tar") as pack:
        pack.add_bytes(archive.MANIFEST, b'{"format": 2}')
    refused(tmp_path / "x.tar", "format")
