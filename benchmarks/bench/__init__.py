"""What the house costs beside the least it could cost: `python -m benchmarks.bench`. Figures, no verdict: a machine's milliseconds are its own.

Ours and its limit are measured in turn, in one run, so that what else the machine does falls on both. Databases lie on a disk and
keep their promises (`synchronous=FULL`, `fsync=on`), and the servers are started by the commands a city uses.
"""

import os
import tempfile

# The developer's own settings and data stay out of it: this is done before anything of the house is imported.
for _name in [name for name in os.environ if name.startswith("SAMBAT_") or name == "PORT"]:
    del os.environ[_name]
_DATA = tempfile.TemporaryDirectory(prefix="sambat-bench-house-", ignore_cleanup_errors=True)
os.environ |= {"PICCOLO_CONF": "backend.piccolo_conf", "SAMBAT_DATA_DIR": _DATA.name}
