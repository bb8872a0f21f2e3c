"""Does the load trial bite? Each mutant is the house with one promise quietly broken; the trial must catch it, and nothing in the house as it is.

`python -m benchmarks.mutants` ends with exit code 1 where a mutant lives.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
import uvloop
from rich.console import Console
from rich.markup import escape

from benchmarks import trial
from benchmarks.compose import Habits
from benchmarks.server import ROOT
from benchmarks.trial import Plan, Result
from benchmarks.verdict import Promise

COPIED, LINKED = ("backend", "workers", "migrations"), ("frontend", "service-worker")
PHONES, KILLS, OPERATIONS_PER_KILL, PATIENCE = 8, 4, 30, 40.0
PACE = 1.5
"""Slow enough for photos, which phones send after their texts, to be looked at while the server is killed."""
HABITS = Habits(anonymous=0.3, photos=(0.5, 0.3, 0.2))
console = Console()


class Mutant(NamedTuple):
    """`was` stands exactly once in `file` and becomes `now`. None: the house as it is."""

    name: str
    file: str = ""
    was: str = ""
    now: str = ""


EARLY = """
    class Undone(Exception): pass

    async def early(actor: Actor, op: Op) -> Outcome:
        if op.id.version != 7:
            return await once(actor, op)
        try:
            async with database.transaction():
                outcome = await once(actor, op)
                raise Undone
        except Undone:
            {then}
        return outcome

    return early
"""  # fmt: skip
"""Version 7 are phones' ids, but for those of somebody anonymous; without the demo data, whose ids are others, no server starts."""

LATER = "import asyncio; asyncio.get_running_loop().call_later(0.3, lambda: asyncio.ensure_future(once(actor, op)))"
NEVER = "op.id.int % 10 == 0 or await once(actor, op)"

MUTANTS = (
    Mutant("none: the house as it is"),
    Mutant("acknowledged first, written a moment later", "backend/operations.py", "\n    return counted\n", EARLY.format(then=LATER)),
    Mutant("acknowledged, and one in ten undone", "backend/operations.py", "\n    return counted\n", EARLY.format(then=NEVER)),
    Mutant("a copy is not known again", "backend/operations.py", "if known is not None:", "if False:"),
    Mutant("words are cut", "backend/complaints/receiving.py", "text=op.text.strip(),", "text=op.text.strip()[:40],"),
    Mutant(
        "the moment of somebody anonymous is kept",
        "backend/complaints/receiving.py",
        "received_at = clock.coarse(clock.now()) if anonymous else clock.now()",
        "received_at = clock.now()",
    ),
    Mutant(
        "a page of the queue skips those of the same moment",
        "backend/complaints/queries.py",
        "query = query.where((Complaint.received_at > after.at) | ((Complaint.received_at == after.at) & (Complaint.id > after.id)))",
        "query = query.where(Complaint.received_at > after.at)",
    ),
    Mutant(
        "strangers hear what has changed",
        "backend/complaints/queries.py",
        '    return [(row["id"], latest[row["id"]]) for row in seen], reached,',
        "    return list(latest.items()), reached,",
    ),
    Mutant(
        "a photo is called ready a moment before its files are written",
        "backend/complaints/photos.py",
        "    content = await chunks.content_of(photo_id)\n",
        "    content = await chunks.content_of(photo_id)\n    await _settle(photo, PhotoState.READY)\n    await asyncio.sleep(2)\n",
    ),
    Mutant(
        "a photo is never looked at",
        "workers/reactions.py",
        "K.PHOTO_UPLOADED: (J.PROCESS_PHOTO,)",
        "K.PHOTO_UPLOADED: ()",
    ),
)


def fits(mutant: Mutant) -> bool:
    """Is what it changes still in the house, once?"""
    return not mutant.file or (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.was) == 1


def main(
    *, only: Annotated[str, typer.Option(help="Only mutants with this in their name.")] = "", seed: Annotated[int, typer.Option()] = 1
) -> None:
    """Try each, print who was caught by what."""
    chosen = [mutant for mutant in MUTANTS if only in mutant.name]
    lives = [mutant.name for mutant in chosen if not fits(mutant)]
    for mutant in filter(fits, chosen):
        with console.status(mutant.name), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            result = runner.run(_try(mutant, seed))
        broken = [promise for promise in result.promises if promise.broken]
        if bool(broken) != bool(mutant.file):
            lives.append(mutant.name)
        _show(mutant, broken)
    for name in lives:
        console.print(f"[red]Not as it should be:[/] {name}")
    sys.exit(1 if lives else 0)


def _show(mutant: Mutant, broken: list[Promise]) -> None:
    console.print(f"[bold]{mutant.name}[/]", soft_wrap=True)
    for promise in broken:
        console.print(f"    ✗ {escape(promise.sentence)} ({len(promise.broken)})", soft_wrap=True)
    if not broken:
        console.print("    ✓ every promise was kept")


async def _try(mutant: Mutant, seed: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="sambat-mutant-") as folder:
        house = _copy(mutant, Path(folder))
        plan = Plan(
            phones=PHONES,
            seconds=0,
            kills=KILLS,
            operations=2 * KILLS * OPERATIONS_PER_KILL,
            operations_per_kill=OPERATIONS_PER_KILL,
            pace=PACE,
            seed=seed,
            patience=PATIENCE,
            habits=HABITS,
            house=house,
        )
        return await trial.run(plan)


def _copy(mutant: Mutant, house: Path) -> Path:
    """The house with its one fault."""
    for name in COPIED:
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        (house / name).symlink_to(ROOT / name)
    if mutant.file:
        text = (house / mutant.file).read_text(encoding="utf-8")
        (house / mutant.file).write_text(text.replace(mutant.was, mutant.now), encoding="utf-8")
    return house


if __name__ == "__main__":
    typer.run(main)
