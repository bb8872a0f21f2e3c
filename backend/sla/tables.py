"""Days off and clocks: what is owed, since when, and by which day."""

from piccolo.columns import UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Holiday(Table):
    """A day that does not count (`law.md` T1). `kind`: national, collective (cuti bersama) or added."""

    day = Date(primary_key=True, default=None)
    name = Text()
    kind = Varchar(length=12)


class Clock(Table):
    """One thing owed (`law.md` 4: M, A, W, F, V …) by one holder. It runs while `stopped_at` is empty.

    `complaint` and `part` are ids only: this slice does not know complaints. `stopped_at` is the counted moment (T4).
    `paused`: it stands still while the reporter is asked, and goes on afterwards (T7). `over_at`: the sweep has told that its day has
    passed, once.
    """

    id = UUID(primary_key=True, default=None)
    complaint = UUID(default=None, index=True)
    part = UUID(null=True, default=None, index=True)
    kind = Varchar(length=16)
    working_days = Integer()
    started_at = Timestamptz(default=None)
    due_on = Date(default=None)
    stopped_at = Timestamptz(null=True, default=None)
    paused = Boolean(default=False)
    over_at = Timestamptz(null=True, default=None)
