"""The least a server can be: Litestar with one door on uvicorn, Piccolo at hand. `python -m benchmarks.bench.bare PORT`; for comparison only."""

import sys

import piccolo.table  # noqa: F401  (what every app on it has to load)
import uvicorn
from litestar import Litestar, get


@get("/readyz", sync_to_thread=False)
def ready() -> dict[str, str]:
    """It is."""
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(Litestar([ready], openapi_config=None), port=int(sys.argv[1]), http="httptools", loop="uvloop", log_level="warning")
