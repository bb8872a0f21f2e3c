"""Where photos lie, as a city writes it into the settings: a folder of this machine, or a bucket of an S3-compatible server."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from backend.settings import Settings

S3 = "s3://"
FOLDER = re.compile(r"(file://)?/[^?#]*")
BUCKET = re.compile(r"s3://(?P<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)/?")
REGION = re.compile(r"[A-Za-z0-9-]+")


class Bucket(NamedTuple):
    """A bucket, and what opens it. No `endpoint`: Amazon's of the region."""

    name: str
    prefix: str
    endpoint: str
    region: str
    key: str
    secret: str


def bucket(given: "Settings") -> Bucket | None:
    """The bucket these settings name; none where photos lie in a folder."""
    found = BUCKET.fullmatch(given.storage_url)
    if found is None:
        return None
    endpoint = given.storage_endpoint.rstrip("/")
    return Bucket(found["name"], found["prefix"].strip("/"), endpoint, given.storage_region, given.storage_key, given.storage_secret)


def faults(given: "Settings") -> Iterator[tuple[str, str]]:
    """What is wrong with these settings, by setting. What was written is not repeated: a secret may stand in the wrong place."""
    if not given.storage_url or FOLDER.fullmatch(given.storage_url):
        return
    if not BUCKET.fullmatch(given.storage_url):
        yield "storage_url", _what_is_wrong(given.storage_url)
        return
    for name, value in (("storage_key", given.storage_key), ("storage_secret", given.storage_secret)):
        if not value:
            yield name, "has to be set: a bucket is opened with a key and its secret"
        elif not (value.isascii() and value.isprintable()) or " " in value:
            yield name, "holds a space or a sign that no such key has"
    if given.storage_endpoint and not _is_endpoint(given.storage_endpoint):
        yield "storage_endpoint", "has to be https://host or http://host:port, without a path: the bucket stands in storage_url"
    if not REGION.fullmatch(given.storage_region):
        yield "storage_region", "has to be a name such as us-east-1"


def _what_is_wrong(url: str) -> str:
    if not url.startswith(S3):
        return "has to be file:///folder or s3://bucket/prefix"
    if "@" in url:
        return "must hold no key: that is what storage_key and storage_secret are for"
    if "?" in url or "#" in url:
        return "takes nothing after ? or #: storage_endpoint and storage_region are settings of their own"
    return (
        "has to be s3://bucket/prefix, the bucket 3 to 63 small letters, digits, hyphens or dots, "
        "the prefix of letters, digits and the signs - _ . between slashes"
    )


def _is_endpoint(url: str) -> bool:
    """A server's address and nothing more: neither path nor `user:password@`."""
    try:
        parts = urlsplit(url.rstrip("/"))
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and "@" not in parts.netloc and parts.geturl() == f"{parts.scheme}://{parts.netloc}"
