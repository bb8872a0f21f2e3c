"""The name server every container finds in its network, for processes on one machine: a service's name, all its addresses."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

HEADER = struct.Struct("!6H")
ANSWER, FOUND, UNKNOWN = 0xC00C, 0x8580, 0x8583
ADDRESS, INTERNET, SECONDS = 1, 1, 1


@contextmanager
def served(names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Answer for these names, as they stand when asked, from a thread until the block ends; `address:port` of the server."""

    class Asked(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            question, sender = self.request
            sender.sendto(answer(question, names), self.client_address)

    with socketserver.UDPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True, name="names").start()
        try:
            yield "{}:{}".format(*server.server_address)
        finally:
            server.shutdown()


def answer(question: bytes, names: Mapping[str, Sequence[str]]) -> bytes:
    """All IPv4 addresses of the name asked for; of an unknown one, or of another kind, none."""
    number = HEADER.unpack_from(question)[0]
    labels, at = [], HEADER.size
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    asked = question[HEADER.size : at + 5]
    kind = struct.unpack_from("!H", question, at + 1)[0]
    known = names.get(".".join(labels).lower())
    found = (known or ()) if kind == ADDRESS else ()
    records = [struct.pack("!HHHIH", ANSWER, ADDRESS, INTERNET, SECONDS, 4) + socket.inet_aton(one) for one in found]
    return HEADER.pack(number, UNKNOWN if known is None else FOUND, 1, len(records), 0, 0) + asked + b"".join(records)
