"""What the proxy does to requests and answers on their way: as little as possible, and nothing that a stranger could use."""

import contextlib
import os
import random
import re
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from benchmarks import names
from tests.support import machine
from tests.support.tree import ROOT

pytestmark = pytest.mark.caddy

START_SECONDS = 20
PORT = 8000


class Web(BaseHTTPRequestHandler):
    """In place of `sambat web`: tells which one it is and what it was sent."""

    protocol_version = "HTTP/1.0"

    def do_GET(self):
        told = "\n".join([self.server.server_address[0], *(f"{name.lower()}: {value}" for name, value in self.headers.items())]).encode()
        self.send_response(200)
        for name, value in (("Content-Encoding", "br"), ("Cache-Control", "private, no-store"), ("Content-Length", len(told))):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(told)

    def do_POST(self):
        with contextlib.suppress(OSError):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture(scope="module")
def webs():
    """Two processes, each with an address of its own."""
    network = f"127.{random.randrange(64, 192)}.{random.randrange(256)}"
    servers = {address: ThreadingHTTPServer((address, PORT), Web) for address in (f"{network}.1", f"{network}.2")}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield servers
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def caddy(webs, tmp_path_factory):
    """Its address, and where it logs."""
    folder = tmp_path_factory.mktemp("caddy")
    address = f"https://127.0.0.1:{machine.free_port()}"
    with names.served({"web": list(webs)}) as resolver, (folder / "log").open("wb") as log:
        told = {"PUBLIC_URL": address, "TLS": "internal", "BIND": "127.0.0.1", "RESOLVER": resolver, "XDG_DATA_HOME": str(folder)}
        told |= {"HTTP_PORT": str(machine.free_port()), "HEALTH_PORT": str(machine.free_port()), "PATH": os.environ["PATH"]}
        command = ["caddy", "run", "--config", ROOT / "Caddyfile", "--adapter", "caddyfile"]
        with subprocess.Popen(command, env=told | {"HOME": str(folder)}, stdout=log, stderr=log) as process:
            try:
                wait(address, process)
                yield address, folder / "log"
            finally:
                process.terminate()


@pytest.fixture
def ask(caddy):
    with httpx.Client(base_url=caddy[0], verify=False, trust_env=False) as client:
        yield client


def wait(address, process):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, verify=False, trust_env=False).read()
            return
        time.sleep(0.05)
    raise RuntimeError("Caddy does not answer")


def raw(ask, path="/", **headers):
    with ask.stream("GET", path, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw()).decode()


def test_the_app_hears_the_address_that_was_seen_and_no_claim_of_another(ask):
    claims = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Forwarded-Proto": "http"}
    _, told = raw(ask, **claims)
    assert "x-forwarded-for: 127.0.0.1\n" in told
    assert "203.0.113.9" not in told


def test_an_answer_comes_as_the_app_sent_it(ask):
    answer, told = raw(ask, **{"Accept-Encoding": "br"})
    assert (answer.headers["content-encoding"], answer.headers["cache-control"]) == ("br", "private, no-store")
    assert not {"server", "via"} & set(answer.headers)
    assert "accept-encoding: br" in told


def test_nobody_is_helped_by_a_body_larger_than_any_form(ask):
    answer = ask.post("/", content=(bytes(1024**2) for _ in range(65)), headers={"Content-Length": str(65 * 1024**2)})
    assert answer.status_code == 413


def test_when_one_dies_the_other_answers(ask, webs):
    assert {raw(ask)[1].partition("\n")[0] for _ in range(8)} <= set(webs)
    first, second = webs
    webs[first].shutdown()
    webs[first].server_close()
    assert {raw(ask)[1].partition("\n")[0] for _ in range(8)} == {second}


@pytest.mark.slow
def test_when_all_are_dead_it_says_when_to_come_back_and_notes_nobody(ask, webs, caddy):
    """The last test: it leaves nothing alive."""
    for server in webs.values():
        server.shutdown()
        server.server_close()
    answer = ask.get("/complaints?page=2", headers={"Cookie": "__Host-session=x"}, timeout=30)
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "10", "no-store")
    assert "Coba lagi" in answer.text
    assert "server" not in answer.headers
    assert not re.search(r"__Host|remote|headers|complaints", caddy[1].read_text(encoding="utf-8"))
