"""Whoever watches a worker sees whether its loop turns."""

import asyncio
import os
import time

from workers import heart


async def test_it_beats_as_long_as_the_loop_turns_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(heart, "BEAT_SECONDS", 0.01)
    sign = tmp_path / heart.NAME
    async with heart.beating(tmp_path):
        os.utime(sign, (0, 0))
        time.sleep(0.05)  # noqa: ASYNC251  (a loop that hangs)
        assert sign.stat().st_mtime == 0
        await asyncio.sleep(0.05)
        assert sign.stat().st_mtime > 0
    assert not sign.exists()
