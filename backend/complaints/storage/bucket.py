"""A bucket of an S3-compatible server: an object is whole or not there at all, and nobody reads it but us."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from backend import places
from backend.complaints.storage.terms import Kept, Size, StorageAway, StorageDenied, StorageFault, StorageFull, kept_as, name_of

if TYPE_CHECKING:
    from obstore.store import S3Credential

CONNECT = timedelta(seconds=2)
RETRIES = timedelta(seconds=2)
"""What fails at once is tried again within this time; three tries and then no more."""
ANSWER = timedelta(seconds=8)
LONGEST_SECONDS = 10.0
"""Of one call, with its wait for a thread and its tries."""
CHECK = timedelta(seconds=2)
PAGE = 1000
PROBE = "check"
PROBED = b"Written to see whether photos can be."
"""Always the same, so that two processes that look at once do not see each other's."""
ANSWERED = re.compile(r"non-2xx status code: (\d{3})")
CODE = re.compile(r"<Code>(\w{1,64})</Code>")
MESSAGE = re.compile(r"<Message>([^<]*)</Message>")
FULL = re.compile(r"quota|storage_?full|insufficient_?storage|no space", re.IGNORECASE)
"""How servers say it: QuotaExceeded (Ceph), XMinioStorageFull, "Bucket size quota is reached" (Garage), …"""
BUSY = frozenset({"429", "503"})
"""Here a quota is one of requests."""
NO_ROOM = "507"
NOT_OURS = frozenset({"401", "403", "404"})
"""The key does not fit or may not, the bucket is not there: it will be so until somebody mends it."""
NO_SUCH_PHOTO = "NoSuchKey"
UNANSWERED = (("certificate", "its certificate is not trusted"), ("dns error", "its name is not known"), ("redirect", "it is elsewhere"))
"""What obstore's report holds where no server gave a status, and what that means."""

# Threads of our own, and obstore's blocking calls in them: its awaitable ones can abort the process when it ends just after a call
# (PyO3/pyo3-async-runtimes, issue 40), and a server that hangs must not take the threads that hash passwords.
_threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="bucket")

log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Bucket(NamedTuple):
    """See `Storage`."""

    place: places.Bucket

    async def write(self, photo: UUID, size: Size, content: bytes) -> None:
        """See `Storage`."""
        await _told(_put, _connected(self.place), name_of(photo, size), content)

    async def read(self, photo: UUID, size: Size) -> bytes | None:
        """See `Storage`."""
        return await _told(_get, _connected(self.place), name_of(photo, size))

    async def check(self) -> None:
        """See `Storage`."""
        store = _connected(self.place, answer=CHECK)
        await _told(_put, store, PROBE, PROBED)
        if await _told(_get, store, PROBE) != PROBED:
            raise StorageAway("what was written is not what is read")

    async def is_public(self) -> bool:
        """See `Storage`."""
        try:
            return await _told(_get, _connected(self.place, signed=False), PROBE) is not None
        except StorageDenied:
            return False

    async def names(self) -> AsyncIterator[Kept]:
        """See `Storage`."""
        pages = _connected(self.place).list(chunk_size=PAGE)
        while page := await _told(next, pages, None):
            for found in page:
                kept = kept_as(found["path"], found["size"])
                if kept is not None:
                    yield kept


@cache
def _connected(place: places.Bucket, *, signed: bool = True, answer: timedelta = ANSWER) -> S3Store:
    """Its connections, kept open. All is said here: what stands in `AWS_…` of the environment changes nothing."""

    def credentials() -> "S3Credential":
        return {"access_key_id": place.key, "secret_access_key": place.secret, "token": None, "expires_at": None}

    endpoint = place.endpoint or f"https://s3.{place.region}.amazonaws.com"
    return S3Store(
        place.name,
        prefix=place.prefix or None,
        region=place.region,
        endpoint=endpoint,
        aws_endpoint_url_s3=endpoint,
        credential_provider=credentials,
        skip_signature=not signed,
        client_options={"allow_http": endpoint.startswith("http://"), "connect_timeout": CONNECT, "timeout": answer},
        retry_config={"max_retries": 2, "retry_timeout": RETRIES},
    )


def _put(store: S3Store, name: str, content: bytes) -> None:
    """Without an ACL of its own an object is private."""
    store.put(name, content, attributes={"Content-Type": "image/jpeg"}, use_multipart=False)


def _get(store: S3Store, name: str) -> bytes | None:
    try:
        return bytes(store.get(name).bytes())
    except FileNotFoundError as error:  # said of a missing bucket too, and of whatever else answers 404
        if _code(str(error)) == NO_SUCH_PHOTO:
            return None
        raise


async def _told(call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What the call returns, done in a thread; its faults as ours, without the address they name."""
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            return await asyncio.get_running_loop().run_in_executor(_threads, partial(call, *arguments, **named))
    except TimeoutError:
        fault: StorageFault = StorageAway("no answer in time")
    except (BaseError, FileNotFoundError) as error:
        fault = _fault(str(error))
    log.warning("bucket fails", code=fault.code, reason=fault.reason)
    raise fault


def _fault(report: str) -> StorageFault:
    """The refusal in obstore's report of a fault."""
    answered = ANSWERED.search(report)
    if answered is None:
        return StorageAway(next((meaning for sign, meaning in UNANSWERED if sign in report.lower()), "no answer"))
    status, code, message = answered[1], _code(report), MESSAGE.search(report)
    reason = f"HTTP {status} {code}".strip()
    if status == NO_ROOM or (status not in BUSY and FULL.search(f"{code} {message[1] if message else ''}")):
        return StorageFull(reason)
    return StorageDenied(reason) if status in NOT_OURS else StorageAway(reason)


def _code(report: str) -> str:
    found = CODE.search(report)
    return found[1] if found else ""
