"""Was every promise kept? Asked of the phones' own record, at the server's door, and of the files themselves."""

from benchmarks.verdict.promise import Promise as Promise
