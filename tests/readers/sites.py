"""A small site on this machine that behaves in every way that a site may, and a network that reaches it."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sayso.readers.fetch import Network

ARTICLE = (
    b"<!doctype html><html lang=en><head><title>Ferry stopped</title></head><body><nav>Home</nav><article>"
    b"<h1>Ferry stopped</h1><p>The harbour office of Brenna said that no ferry had sailed since Monday, and "
    b"that none would before the storm was over.</p><p>The mayor denied that passengers had been turned "
    b"away at the pier in the night.</p></article></body></html>"
)


class _Site(BaseHTTPRequestHandler):
    """A small site that behaves in every way that a site may."""

    def do_GET(self) -> None:
        """Answer by the path."""
        inside = f"http://inside.example:{self.headers['Host'].partition(':')[2]}/page"
        answers: dict[str, tuple[int, bytes, dict[str, str]]] = {
            "/page": (200, b"<p>Shells hit Brenna.</p>", {"Content-Type": "text/html; charset=utf-8"}),
            "/world/ferry.aspx?id=3": (200, ARTICLE, {"Content-Type": "text/html; charset=utf-8"}),
            "/moved": (301, b"", {"Location": "/world/ferry.aspx?id=3"}),
            "/notes/strike": (200, b"Shells hit Brenna, the mayor said.", {"Content-Type": "text/plain"}),
            "/xhtml": (200, ARTICLE.partition(b"<html")[2], {"Content-Type": "application/xhtml+xml"}),
            "/film": (200, b"\x00\x01moving pictures", {"Content-Type": "video/mp4"}),
            "/empty": (200, b"", {"Content-Type": "text/html"}),
            "/packed": (200, gzip.compress(b"packed"), {"Content-Encoding": "gzip"}),
            "/bomb": (200, gzip.compress(b"\0" * 5_000_000), {"Content-Encoding": "gzip"}),
            "/strange": (200, b"?", {"Content-Encoding": "br"}),
            "/long": (200, b"x" * 1_500_000, {}),
            "/once": (302, b"", {"Location": "/page"}),
            "/round": (302, b"", {"Location": "/round"}),
            "/inside": (302, b"", {"Location": inside}),
            "/halved": (200, gzip.compress(b"packed" * 90)[:-12], {"Content-Encoding": "gzip"}),
            "/twofold": (200, gzip.compress(b"one ") + gzip.compress(b"two"), {"Content-Encoding": "gzip"}),
            "/nowhere": (302, b"", {"Location": "http://["}),
            "/file": (302, b"", {"Location": "file:///etc/passwd"}),
        }
        if self.path == "/drip":
            self._drip()
        elif self.path == "/cut":
            self._send(200, b"half", {}, length=400)
        else:
            self._send(*answers.get(self.path, (404, b"", {})))

    def _drip(self) -> None:
        self.send_response_only(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)

    def _send(self, status: int, content: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def open_site() -> Iterator[int]:
    """Serve the site on a free port until it is left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def net(*, answers: dict[str, list[str]] | None = None) -> Network:
    """A network on which `site.example` is this machine and may be reached, and nothing else may."""
    known = {"site.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]} | (answers or {})
    return Network(
        resolve=lambda host, _: known.get(host, []), reachable=lambda address: address == "127.0.0.1"
    )
