"""One photo on its way, by tus 1.0.0: the server's offset is the truth, pieces of 128 KiB."""

import base64

from benchmarks import pictures
from benchmarks.line import Answer, Line
from benchmarks.people import Session
from benchmarks.record import Entry, Record, SentPhoto

PIECE = 128 * 1024
CREATED = frozenset({200, 201})
TAKEN = 204
ELSEWHERE = 409
BROKEN_ON_THE_WAY = 460
GONE = frozenset({400, 403, 404, 410, 412, 413, 415})


class Upload:
    """A photo of an acknowledged operation. `moved`: the last request got it on; `over`: it is whole, or nobody takes it."""

    def __init__(self, entry: Entry, photo: SentPhoto) -> None:
        self._entry = entry
        self._photo = photo
        self._asked = False
        self.moved = False

    @property
    def over(self) -> bool:
        """Nothing more to send."""
        return self._photo.whole or bool(self._photo.refused)

    async def go_on(self, line: Line, record: Record, session: Session | None) -> Answer:
        """The next request: begin, ask how far it is, or send a piece."""
        self.moved = False
        answer = await self._next(line, self._sender(session))
        if answer.status in GONE:
            self._photo.refused = f"HTTP {answer.status}"
        elif self.moved:
            record.steps += 1
            record.pieces += answer.status == TAKEN
        if self._photo.offset == self._photo.size:
            self._photo.whole = True
            record.photos_whole += 1
        return answer

    async def _next(self, line: Line, sender: dict[str, str]) -> Answer:
        if self._photo.offset is not None:
            return await self._send(line, self._photo.offset, sender)
        if self._asked:
            answer = await line.ask("HEAD", f"/api/photos/{self._photo.id}", headers=sender)
        else:
            named = base64.b64encode(str(self._photo.id).encode()).decode()
            begin = {"Upload-Length": str(self._photo.size), "Upload-Metadata": f"id {named}"}
            answer = await line.ask("POST", "/api/photos", headers=sender | begin)
        if answer.status in CREATED:
            self._asked = self.moved = True
            self._photo.offset = int(answer.headers.get("upload-offset", "0"))
        return answer

    async def _send(self, line: Line, offset: int, sender: dict[str, str]) -> Answer:
        piece = pictures.photo(self._photo.motif, self._photo.id)[offset : offset + PIECE]
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        answer = await line.ask("PATCH", f"/api/photos/{self._photo.id}", content=piece, headers=sender | headers)
        self._photo.offset = None  # whatever else came of it, the server knows better
        if answer.status == TAKEN:
            self._photo.offset = int(answer.headers["upload-offset"])
        self.moved = answer.status in {TAKEN, ELSEWHERE, BROKEN_ON_THE_WAY}
        return answer

    def _sender(self, session: Session | None) -> dict[str, str]:
        """By the case's own key, or by the session of the account that owns it; never both."""
        proof = {"Authorization": f"Claim {self._entry.key}"} if self._entry.key else dict(session.headers if session else {})
        return {"Tus-Resumable": "1.0.0"} | proof
