"""Photos sent by a tus client that is not ours: tus-js-client in node, which knows only the protocol."""

import asyncio
from pathlib import Path

import httpx
import pytest

from backend.complaints import chunks
from backend.complaints.tables import Chunk
from hatch_build import find_node
from tests.support import reported
from tests.support.upload_line import CONTENT, PIECE, PROOF, listening, send

NODE_MODULES = Path(__file__).parents[2] / "frontend" / "node_modules"


@pytest.fixture
async def server(database):
    async with listening() as address:
        yield address


STRANGER = """
const tus = require("tus-js-client");
const [endpoint, id, key, pause] = process.argv.slice(1);
const parts = [];
process.stdin.on("data", (part) => parts.push(part)).on("end", () => {
  let paused = pause !== "pause";
  const upload = new tus.Upload(Buffer.concat(parts), {
    endpoint, chunkSize: 65536, retryDelays: [0, 50, 100], metadata: {id, filename: "IMG 2026.jpg"},
    headers: {Authorization: `Claim ${key}`},
    onError: (error) => { console.error(String(error)); process.exit(1); },
    onSuccess: () => console.log("whole"),
    onChunkComplete: (size, accepted) => {
      if (paused || accepted < 131072) return;
      paused = true;
      upload.abort().then(() => setTimeout(() => upload.start(), 50));
    },
  });
  upload.start();
});
"""


async def stranger(server, photo, content=CONTENT, key=reported.KEY, pause="go on"):
    """tus-js-client in node: what it says, and its exit code."""
    command = (find_node().program, "-e", STRANGER, f"{server}/api/photos", str(photo), key, pause)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=NODE_MODULES, stdin=pipe, stdout=pipe, stderr=pipe)
    said, complaints = await process.communicate(content)
    return said.decode().strip(), complaints.decode(), process.returncode


@pytest.mark.parametrize("pause", ["go on", "pause"])
async def test_a_tus_client_that_is_not_ours_gets_a_photo_across(server, pause):
    photo = await reported.photo(CONTENT)
    assert await stranger(server, photo, pause=pause) == ("whole", "", 0)
    assert await chunks.content_of(photo) == CONTENT


async def test_a_strangers_client_goes_on_with_what_another_began(server):
    photo = await reported.photo(CONTENT)
    async with httpx.AsyncClient(base_url=server) as phone:
        await send(phone, photo, 0, CONTENT[:PIECE], **PROOF)
    assert await stranger(server, photo) == ("whole", "", 0)
    assert await chunks.content_of(photo) == CONTENT
    assert await stranger(server, photo) == ("whole", "", 0), "whole already"


async def test_a_strangers_client_with_the_wrong_key_gets_nothing_across(server):
    photo = await reported.photo(CONTENT)
    said, complaints, code = await stranger(server, photo, key="ZZZZZZZZZZZZZZZZZZZZZZZZZZ")
    assert (said, code) == ("", 1)
    assert "404" in complaints
    assert await Chunk.count() == 0
