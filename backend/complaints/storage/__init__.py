"""Where processed photos lie: a folder of this machine, or a bucket of an S3-compatible server. The settings say which."""

from backend.complaints.storage.folder import Folder
from backend.complaints.storage.terms import Kept, Size, Storage, StorageAway, StorageDenied, StorageFault, StorageFull
from backend.settings import settings

__all__ = ["Folder", "Kept", "Size", "Storage", "StorageAway", "StorageDenied", "StorageFault", "StorageFull", "storage"]


def storage() -> Storage:
    """The storage the settings name."""
    place = settings().bucket
    if place is None:
        return Folder(settings().photo_folder)
    from backend.complaints.storage.bucket import Bucket  # noqa: PLC0415  (7 MB that the embedded default has no use for)

    return Bucket(place)
