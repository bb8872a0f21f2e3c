"""What a house has said meanwhile: of no fault, and nothing of what people wrote."""

import re

from benchmarks.pictures import digest
from benchmarks.record import Record
from benchmarks.verdict.promise import Promise

FAULT = re.compile(r"level='(error|critical)'|request failed|^(ERROR|CRITICAL) ", re.MULTILINE)
MOST_SHOWN = 20


def judge(own: str, everybody: str, record: Record) -> Promise:
    """`own`: the words of our processes; `everybody`: also those of what we are built on, which may complain when it is killed."""
    entries = record.entries.values()
    failed = [f"{line[:120]} … {line[-160:]}" for line in own.splitlines() if FAULT.search(line)]
    told = [
        f"key of {entry.complaint}"
        for entry in entries
        if entry.key and (entry.key in everybody or digest(entry.key.encode()) in everybody)
    ]
    told += [f"words of {entry.complaint}" for entry in entries if entry.text in everybody]
    return Promise("The log tells of no fault, no words and no key", [*failed[:MOST_SHOWN], *told])
