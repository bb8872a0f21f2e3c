"""What the phones themselves can tell: whether anything is left on one, whether they were told the same twice, and how overload is told."""

from benchmarks.record import Record
from benchmarks.verdict.promise import Promise, all_of

FAULTS = frozenset(range(500, 600)) - {503, 507}
"""Away for a moment, and a full disk: everything else from 500 on would be a fault of ours."""


def judge(record: Record) -> list[Promise]:
    """The promises a phone can check alone."""
    entries = record.entries.values()
    refused = [f"{entry.id} ({entry.refused})" for entry in entries if entry.refused]
    refused += [f"photo {photo.id} ({photo.refused})" for entry in entries for photo in entry.photos if photo.refused]
    waiting = [entry.id for entry in entries if entry.answer is None and not entry.refused]
    unsent = [photo.id for entry in entries if entry.answer for photo in entry.photos if not photo.whole and not photo.refused]
    left = all_of("Nothing is left on a phone after healing", "still on its phone", waiting)
    left.broken.extend(f"photo not through: {photo}" for photo in unsent)
    return [
        all_of("Nothing right is refused", "refused", refused),
        left,
        Promise("Every answer is what was promised, a replay's the same as the first", list(dict.fromkeys(record.surprises))),
        all_of(
            "No answer is a fault of ours",
            "answers",
            (f"{record.statuses[status]} × {status}" for status in FAULTS & record.statuses.keys()),
        ),
    ]
