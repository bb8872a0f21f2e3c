"""The phone's copy of the structs is what the structs say today."""

from backend.sync import typegen


def test_the_mirror_is_fresh(tmp_path):
    made = tmp_path / "operations.ts"
    typegen.write(made)
    assert made.read_text(encoding="utf-8") == typegen.TARGET.read_text(encoding="utf-8"), "run `make mirror`"
