"""A bucket for each test, what its owner may do to it, and servers that answer as a bucket's should not."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import pytest

from backend import places
from backend.settings import settings
from tests.support import servers

OWNER = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=OWNER/20260302/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
}
"""The test's server asks whether a request is signed, not by whom."""


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[str]:
    with servers.bucket_server() as address:
        yield address


@pytest.fixture
def bucket(bucket_server: str) -> places.Bucket:
    """An empty bucket."""
    made = at(bucket_server)
    httpx.put(f"{bucket_server}/{made.name}", headers=OWNER).raise_for_status()
    return made


@pytest.fixture
def stored_in(monkeypatch: pytest.MonkeyPatch):
    """`stored_in(bucket)`: photos lie there from now on."""

    def chosen(place: places.Bucket) -> None:
        given = {"url": f"s3://{place.name}/{place.prefix}", "endpoint": place.endpoint, "key": place.key, "secret": place.secret}
        for name, value in given.items():
            monkeypatch.setenv(f"SAMBAT_STORAGE_{name.upper()}", value)
        settings.cache_clear()

    yield chosen
    monkeypatch.undo()
    settings.cache_clear()


def at(endpoint: str) -> places.Bucket:
    """The address of a bucket that nobody has made."""
    return places.Bucket(f"photos-{uuid4()}", "city/photos", endpoint, "us-east-1", "OWNER", "a-secret-of-the-owner")


def lying_in(place: places.Bucket, name: str) -> str:
    """Where something lies in it."""
    return f"{place.endpoint}/{place.name}/{place.prefix}/{name}"


def put(address: str, content: bytes) -> None:
    """Somebody with a key of the bucket keeps something there."""
    httpx.put(address, content=content, headers=OWNER).raise_for_status()


def got(address: str, *, signed: bool = True) -> httpx.Response:
    """What its server gives to somebody with a key, or to anybody."""
    return httpx.get(address, headers=OWNER if signed else {})


def forbid(place: places.Bucket, *actions: str) -> None:
    """Nobody does this any more, whatever key they have."""
    everything = [f"arn:aws:s3:::{place.name}", f"arn:aws:s3:::{place.name}/*"]
    rule = {"Effect": "Deny", "Principal": "*", "Action": [f"s3:{action}" for action in actions], "Resource": everything}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
    httpx.put(f"{place.endpoint}/{place.name}?policy", content=policy, headers=OWNER).raise_for_status()


def publish(place: places.Bucket, name: str) -> None:
    """Somebody has made this readable for everybody."""
    httpx.put(f"{lying_in(place, name)}?acl", headers={**OWNER, "x-amz-acl": "public-read"}).raise_for_status()


@asynccontextmanager
async def answering(status: int | None, body: str = "") -> AsyncIterator[places.Bucket]:
    """A bucket on a server that answers everything so; without a status, nothing at all until the block ends."""
    lines: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        await reader.readuntil(b"\r\n\r\n")
        if status is not None:
            writer.write(f"HTTP/1.1 {status} No\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield at(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    finally:
        server.close()
        for line in lines:
            line.close()
