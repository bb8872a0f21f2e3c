"""A city writes where its photos lie; what cannot be that place is refused at the start, in a sentence that repeats no secret."""

import msgspec
import pytest

from backend.places import Bucket
from backend.settings import SECRET, Settings, read

OPENED = {"SAMBAT_STORAGE_KEY": "OWNER", "SAMBAT_STORAGE_SECRET": "a-secret-of-the-owner"}


def place(url, **given):
    return read({"SAMBAT_STORAGE_URL": url, **OPENED, **{f"SAMBAT_STORAGE_{name.upper()}": value for name, value in given.items()}})


@pytest.mark.parametrize(
    ("url", "given", "bucket"),
    [
        ("s3://photos", {}, Bucket("photos", "", "", "us-east-1", "OWNER", "a-secret-of-the-owner")),
        (
            "s3://kota.malang/sambat/2026/",
            {"endpoint": "http://minio:9000/", "region": "ap-southeast-3"},
            Bucket("kota.malang", "sambat/2026", "http://minio:9000", "ap-southeast-3", "OWNER", "a-secret-of-the-owner"),
        ),
        ("file:///srv/photos", {}, None),
        ("/srv/photos", {}, None),
        ("", {}, None),
    ],
)
def test_photos_lie_in_a_bucket_or_in_a_folder(url, given, bucket):
    assert place(url, **given).bucket == bucket


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("photos", "has to be file:///folder or s3://bucket/prefix"),
        ("https://photos.example", "has to be file:///folder or s3://bucket/prefix"),
        ("file://server/photos", "has to be file:///folder or s3://bucket/prefix"),
        ("s3://", "has to be s3://bucket/prefix, the bucket 3 to 63"),
        ("s3://Photos", "has to be s3://bucket/prefix, the bucket 3 to 63"),
        ("s3://photos/../other", "the prefix of letters, digits"),
        ("s3://OWNER:hush@photos", "must hold no key"),
        ("s3://photos?endpoint=https://s3.example", "takes nothing after"),
    ],
)
def test_what_is_no_place_is_refused_in_plain_words(url, sentence):
    with pytest.raises(msgspec.ValidationError, match="SAMBAT_STORAGE_URL") as refused:
        place(url)
    assert sentence in str(refused.value)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("key", ["", "two words", "kunci\u200b"]),
        ("secret", ["", "two words\n"]),
        (
            "endpoint",
            [
                "s3.example",
                "ftp://s3.example",
                "https://",
                "https://s3.example/photos",
                "https://a:b@s3.example",
                "https://s3.example:0",
                "http://[",
            ],
        ),
        ("region", ["", "us east"]),
    ],
)
def test_a_bucket_needs_what_opens_it(name, values):
    for value in values:
        with pytest.raises(msgspec.ValidationError, match=f"SAMBAT_STORAGE_{name.upper()} ") as refused:
            place("s3://photos", **{name: value})
        assert "a:b@" not in str(refused.value)
        assert "words" not in str(refused.value)


@pytest.mark.parametrize("name", ["storage_key", "storage_secret"])
def test_what_opens_a_bucket_is_never_shown(name):
    [field] = [field for field in msgspec.inspect.type_info(Settings).fields if field.name == name]
    assert field.type.extra == SECRET
