"""A bucket keeps photos for us alone, and whatever becomes of its server is said within seconds as what it is."""

from uuid import UUID

import pytest
from structlog.testing import capture_logs

from backend.complaints.storage import Kept, Size, StorageAway, StorageDenied, StorageFull
from backend.complaints.storage import bucket as buckets_of
from backend.complaints.storage.bucket import Bucket
from tests.support import buckets, machine

PHOTO = UUID("019b0000-1111-7222-8333-444455556677")
NAME = f"77/66/{PHOTO}-large.jpg"


def fault(code, message="No."):
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message><AWSAccessKeyId>OWNER</AWSAccessKeyId></Error>"


async def all_of(place):
    return [kept async for kept in place.names()]


def attempts(place):
    return {
        "write": lambda: place.write(PHOTO, Size.LARGE, b"photo"),
        "read": lambda: place.read(PHOTO, Size.LARGE),
        "check": place.check,
        "names": lambda: all_of(place),
    }


async def refusals(place):
    """What each way to use it raises, as (class, reason); a way that works is missing."""
    found = {}
    for name, attempt in attempts(place).items():
        try:
            await attempt()
        except StorageAway as refused:
            found[name] = (type(refused), refused.reason)
    return found


async def test_a_photo_is_a_jpeg_under_the_prefix_and_nobody_else_reads_it(bucket):
    await Bucket(bucket).write(PHOTO, Size.LARGE, b"photo")
    address = buckets.lying_in(bucket, NAME)
    ours = buckets.got(address)
    assert (ours.status_code, ours.content, ours.headers["content-type"]) == (200, b"photo", "image/jpeg")
    assert buckets.got(address, signed=False).status_code == 403


async def test_a_bucket_that_somebody_has_opened_to_all_is_found_out(bucket):
    place = Bucket(bucket)
    await place.check()
    buckets.publish(bucket, "check")
    assert await place.is_public()


async def test_what_others_keep_in_the_bucket_is_no_photo_of_ours(bucket):
    place = Bucket(bucket)
    await place.write(PHOTO, Size.LARGE, b"photo")
    beside = f"{bucket.endpoint}/{bucket.name}"
    for address in (buckets.lying_in(bucket, "list.csv"), f"{beside}/{NAME}", f"{beside}/{bucket.prefix}-2/{NAME}"):
        buckets.put(address, b"theirs")
    assert await all_of(place) == [Kept(PHOTO, Size.LARGE, 5)]


async def test_more_photos_than_a_page_are_all_listed(bucket, monkeypatch):
    monkeypatch.setattr(buckets_of, "PAGE", 2)
    for last in range(5):
        await Bucket(bucket).write(UUID(int=last), Size.SMALL, b"photo")
    assert sorted(kept.photo.int for kept in await all_of(Bucket(bucket))) == [0, 1, 2, 3, 4]


async def test_what_the_environment_says_to_other_programs_changes_nothing(bucket, monkeypatch):
    elsewhere = f"http://127.0.0.1:{machine.free_port()}"
    for name, value in {
        "ENDPOINT_URL_S3": elsewhere,
        "ENDPOINT": elsewhere,
        "SESSION_TOKEN": "x",
        "SKIP_SIGNATURE": "true",
        "BUCKET": "x",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    await Bucket(bucket).check()


async def test_a_server_that_is_away_is_said_to_be_away():
    place = Bucket(buckets.at(f"http://127.0.0.1:{machine.free_port()}"))
    assert await refusals(place) == dict.fromkeys(attempts(place), (StorageAway, "no answer"))


async def test_a_server_that_never_answers_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setattr(buckets_of, "LONGEST_SECONDS", 0.2)
    async with buckets.answering(None) as silent:
        assert await refusals(Bucket(silent)) == dict.fromkeys(attempts(Bucket(silent)), (StorageAway, "no answer in time"))


async def test_a_bucket_that_is_not_there_is_no_missing_photo(bucket_server):
    place = Bucket(buckets.at(bucket_server))
    assert await refusals(place) == dict.fromkeys(attempts(place), (StorageDenied, "HTTP 404 NoSuchBucket"))


async def test_a_key_that_may_not_write_still_reads(bucket):
    place = Bucket(bucket)
    await place.write(PHOTO, Size.LARGE, b"photo")
    buckets.forbid(bucket, "PutObject")
    assert await refusals(place) == dict.fromkeys(["write", "check"], (StorageDenied, "HTTP 403"))
    assert await place.read(PHOTO, Size.LARGE) == b"photo"


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason"),
    [
        (401, "", StorageDenied, "HTTP 401"),
        (403, fault("InvalidAccessKeyId"), StorageDenied, "HTTP 403 InvalidAccessKeyId"),
        (404, "<html>a proxy's page</html>", StorageDenied, "HTTP 404"),
        (400, fault("RequestTimeout"), StorageAway, "HTTP 400 RequestTimeout"),
        (429, fault("TooManyRequests", "Over the quota of requests"), StorageAway, "HTTP 429 TooManyRequests"),
        (503, fault("SlowDown"), StorageAway, "HTTP 503 SlowDown"),
        (301, "", StorageAway, "it is elsewhere"),
        (200, "", StorageAway, "no answer"),
        (403, fault("QuotaExceeded"), StorageFull, "HTTP 403 QuotaExceeded"),
        (403, fault("Forbidden", "Bucket size quota is reached"), StorageFull, "HTTP 403 Forbidden"),
        (400, fault("XMinioAdminBucketQuotaExceeded"), StorageFull, "HTTP 400 XMinioAdminBucketQuotaExceeded"),
        (507, fault("XMinioStorageFull"), StorageFull, "HTTP 507 XMinioStorageFull"),
    ],
)
async def test_a_refusal_is_called_what_it_is_and_its_log_names_neither_key_nor_photo(status, body, kind, reason):
    async with buckets.answering(status, body) as refusing:
        with capture_logs() as logs, pytest.raises(kind) as refused:
            await Bucket(refusing).write(PHOTO, Size.LARGE, b"photo")
    assert (type(refused.value), refused.value.reason) == (kind, reason)
    assert logs == [{"event": "bucket fails", "code": kind.code, "reason": reason, "log_level": "warning"}]
    assert refused.value.__cause__ is refused.value.__context__ is None
