import json

import pytest

from backend.security.body import DEEPEST, limit_of, too_deep


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"", False),
        (b"[" * 200_000, True),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, True),
        (b"[" * DEEPEST + b"]" * DEEPEST, False),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), True),
        (b"[" + b"[]," * 5_000 + b"[]]", False),
        (json.dumps(["[" * 1000, "{" * 1000, '"[[' * 1000, "\\" * 99 + "[" * 99]).encode(), False),
        (b'"' + b"[" * 1000, False),  # a string without its end: the decoder says so
        (b'["\\"' + b"[" * 100 + b'"]', False),
        (b'["\\\\"' + b"[" * 100, True),
        (b"[\n" * 100, True),
    ],
)
def test_brackets_count_outside_strings_only(body, deep):
    assert too_deep(body) is deep


def test_measuring_the_depth_of_a_full_batch_takes_no_noticeable_time():
    for body in (b'"\\' * 131_072, b"[]" * 131_072, b'["' + b'\\"' * 131_000 + b'"]', b'""' * 131_072):
        assert too_deep(body) is False


@pytest.mark.parametrize(
    ("path", "bytes_"),
    [("/api/sync", 262_144), ("/api/push", 16_384), ("/api/photos/x", 12 * 1024**2), ("/complaints", 61 * 1024**2), ("/sign-in", 65_536)],
)
def test_each_address_takes_what_it_needs(path, bytes_):
    assert limit_of(path) == bytes_
