"""What a process and those it has started hold of this machine's memory."""

from pathlib import Path

KIB_A_MIB = 1024


def proportional(pid: int) -> float:
    """MiB; what several share counts for each by its part, so that the sum is right."""
    return sum(_pss(process) for process in with_children(pid)) / KIB_A_MIB


def _pss(pid: int) -> int:
    """KiB; none of a process that has ended meanwhile."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def with_children(pid: int) -> list[int]:
    """Itself first."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _parent(process: Path) -> tuple[int, int] | None:
    try:
        after_its_name = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(process.name), int(after_its_name[1])
