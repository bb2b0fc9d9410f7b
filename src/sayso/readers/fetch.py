"""Fetches one page from the public network: nothing of this machine or its neighbours can be reached by it.

Every address that a name resolves to must be global, the address that was checked is the one connected to,
and each redirect is checked again. Bytes, time and redirects are capped, and no proxy is asked.

| code | what it says |
|---|---|
| `bad-address` | it is no http or https address of a page, or has a user name in it |
| `no-address` | the name stands for no machine |
| `not-public` | the name stands for a machine that is not on the public network |
| `many-redirects` | it leads on and on |
| `unsafe-redirect` | it leads from an encrypted page to one that is not |
| `fetch-status` | the server answers with an error |
| `fetch-large`, `fetch-slow`, `fetch-cut` | the page is too large, took too long, or broke off |
| `fetch-encoding` | the page comes compressed in a way that is not read |
| `fetch-failed` | the connection failed, or the certificate is not the host's |
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import msgspec

from sayso.core.records import Problem
from sayso.core.version import __version__
from sayso.readers.problems import FETCHING

Address = tuple[str, int]  # an IP address in words and a port

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}
_HTTP_1_0: Final = 10  # as http.client numbers it
_PIECE: Final = 1 << 16
_MEGABYTE: Final = 1 << 20
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")  # all that IANA has given out, RFC 4291
_UNCHANGED: Final = "/%:@!$&'()*+,;=~-._?#[]"  # reserved and unreserved characters of RFC 3986


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one page may cost."""

    megabytes: int = 20
    seconds: float = 30.0  # from the first look-up to the last byte, redirects included
    redirects: int = 5


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How names become addresses, and which of these may be reached."""

    resolve: Callable[[str, int], list[str]]
    reachable: Callable[[str], bool]


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came."""

    url: str  # where it came from, after all redirects
    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]  # of the last answer, in their order
    content: bytes  # decoded where it came compressed
    media_type: str  # as the server states it, without parameters; "" where it does not
    retrieved_at: datetime
    warc: bytes  # a WARC/1.1 response record for each answer, redirects included


def resolved(host: str, port: int) -> list[str]:
    """Return every address that a name stands for, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_global(address: str) -> bool:
    """Tell whether an IP address belongs to the public network, also where it wraps an IPv4 address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(one is not None and not is_global(str(one)) for one in wrapped):
            return False
        if found.ipv4_mapped is not None or found in _NAT64:
            return True
        if found not in _GLOBAL_UNICAST:
            return False
    return found.is_global and not found.is_multicast


PUBLIC: Final = Network(resolve=resolved, reachable=is_global)


def fetch(url: str, limits: FetchLimits = FetchLimits(), *, network: Network = PUBLIC) -> Fetched | Problem:  # noqa: B008 - it is frozen
    """Return what stands at an address, or a Problem that says why it could not be had."""
    origin = url.encode("utf-8", "replace").decode()
    try:
        return _Errand(limits, network).run(url)
    except _FetchProblem as refusal:
        return Problem(
            code=refusal.code, message=refusal.message, stage=FETCHING, hint=refusal.hint, origin=origin
        )
    except (OSError, http.client.HTTPException, zlib.error) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Problem(
            code="fetch-failed",
            message=f"the page could not be fetched: {said or type(error).__name__}",
            stage=FETCHING,
            hint="save it from a browser and add the file",
            origin=origin,
        )


class _FetchProblem(Exception):
    """The page will not be fetched, or not to its end."""

    def __init__(
        self, code: str, message: str, hint: str = "save it from a browser and add the file"
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class _Errand:
    """One fetch: its time runs from here."""

    def __init__(self, limits: FetchLimits, network: Network) -> None:
        self._limits = limits
        self._network = network
        self._records = BytesIO()
        self._late = threading.Event()

    def run(self, asked: str) -> Fetched:
        """Follow an address to its page."""
        at = asked
        with self._in_time() as watched:
            for _ in range(self._limits.redirects + 1):
                self._need_time()
                target = _checked(at)
                with closing(self._connected(target)) as connection:
                    watched(connection)
                    onward, found = self._answer(connection, target, asked)
                if found is not None:
                    return found
                if target.scheme == "https" and urlsplit(onward).scheme == "http":
                    raise _FetchProblem(
                        "unsafe-redirect", f"{at} leads on to a page that is not encrypted: {onward}"
                    )
                at = onward
        raise _FetchProblem(
            "many-redirects", f"more than {self._limits.redirects} redirects, the last to {at}"
        )

    @contextmanager
    def _in_time(self) -> Iterator[Callable[["_Plain"], None]]:
        """Cut the connection when the time is up: a server may send one byte a minute for ever."""
        current: list[_Plain] = []

        def cut() -> None:
            self._late.set()
            for connection in current:
                connection.cut()

        def watched(connection: "_Plain") -> None:
            current[:] = [connection]
            if self._late.is_set():
                cut()

        timer = threading.Timer(self._limits.seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield watched
        except (OSError, http.client.HTTPException) as error:
            if self._late.is_set():
                raise self._too_slow() from error
            raise
        finally:
            timer.cancel()

    def _need_time(self) -> None:
        if self._late.is_set():
            raise self._too_slow()

    def _too_slow(self) -> _FetchProblem:
        return _FetchProblem("fetch-slow", f"the page did not come within {self._limits.seconds:g} seconds")

    def _connected(self, target: SplitResult) -> "_Plain":
        """Connect to an address of the target that was checked, and to no other."""
        host, port = target.hostname or "", target.port or _PORTS[target.scheme]
        try:
            addresses = self._network.resolve(host, port)
        except socket.gaierror:
            addresses = []
        if not addresses:
            raise _FetchProblem(
                "no-address", f"{host} has no address", "is it spelled right, and is there a connection?"
            )
        inside = [address for address in addresses if not self._network.reachable(address)]
        if inside:
            raise _FetchProblem(
                "not-public",
                f"{host} is {inside[0]}, which is not on the public network",
                "sayso fetches public pages only; save this one from a browser and add the file",
            )
        kind = _Encrypted if target.scheme == "https" else _Plain
        return kind(host, port, address=addresses[0], seconds=self._limits.seconds, late=self._late)

    def _answer(self, connection: "_Plain", target: SplitResult, asked: str) -> tuple[str, Fetched | None]:
        """Ask for the page; return where it leads on to, or what it is."""
        path = target.path or "/"
        connection.request(
            "GET",
            f"{path}?{target.query}" if target.query else path,
            headers={
                "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "identity",
                "User-Agent": f"sayso/{__version__}",
            },
        )
        response = connection.getresponse()
        retrieved_at = datetime.now(UTC)
        raw = self._body(response)
        url = target.geturl()
        self._record(url, response, raw, retrieved_at)
        location = response.headers.get("location")
        if response.status in _REDIRECTS and location:
            return _joined(url, _as_sent(location)), None
        if not http.client.OK <= response.status < http.client.MULTIPLE_CHOICES:
            raise _FetchProblem("fetch-status", f"{url} answers {response.status} {response.reason}".rstrip())
        return "", Fetched(
            url=url,
            asked=asked,
            status=response.status,
            headers=tuple(response.headers.items()),
            content=self._decoded(raw, response.headers.get("content-encoding", "")),
            media_type=response.headers.get_content_type() if "content-type" in response.headers else "",
            retrieved_at=retrieved_at,
            warc=self._records.getvalue(),
        )

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        pieces = bytearray()
        while piece := response.read1(_PIECE):
            pieces += piece
            self._check_size(len(pieces))
            self._need_time()
        self._need_time()
        # `read1` ends quietly where the connection broke.
        if response.length:
            raise _FetchProblem("fetch-cut", f"the connection broke {response.length:,} bytes before the end")
        return bytes(pieces)

    def _decoded(self, raw: bytes, encoding: str) -> bytes:
        """Undo a compression that was not asked for, up to the same size."""
        match encoding.strip().lower():
            case "" | "identity":
                return raw
            case "gzip" | "x-gzip" | "deflate":
                return self._unpacked(raw)
            case other:
                raise _FetchProblem("fetch-encoding", f"the page comes in the encoding {other!r}")

    def _unpacked(self, raw: bytes) -> bytes:
        """Return all members of a compressed page, one after another."""
        content = bytearray()
        while raw:
            # 32: gzip and zlib are told apart by their first bytes.
            unpacking = zlib.decompressobj(32 + zlib.MAX_WBITS)
            content += unpacking.decompress(raw, self._limits.megabytes * _MEGABYTE + 1 - len(content))
            self._check_size(len(content))
            if not unpacking.eof:
                raise _FetchProblem("fetch-cut", "the compressed page breaks off before its end")
            raw = unpacking.unused_data
        return bytes(content)

    def _check_size(self, size: int) -> None:
        if size > self._limits.megabytes * _MEGABYTE:
            raise _FetchProblem(
                "fetch-large",
                f"the page is larger than {self._limits.megabytes} MB",
                "raise megabytes under [limits] (SAYSO_LIMITS_MEGABYTES)",
            )

    def _record(self, url: str, response: http.client.HTTPResponse, raw: bytes, at: datetime) -> None:
        from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 - only a fetch needs it
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - as above

        # The body is kept as it was before it was cut into chunks, so this header no longer holds.
        headers = [(n, v) for n, v in response.headers.items() if n.lower() != "transfer-encoding"]
        protocol = "HTTP/1.0" if response.version == _HTTP_1_0 else "HTTP/1.1"
        writer = WARCWriter(self._records, gzip=True, warc_version="WARC/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(raw),
                length=len(raw),
                http_headers=StatusAndHeaders(f"{response.status} {response.reason}", headers, protocol),
                warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")},
            )
        )


def _joined(url: str, location: str) -> str:
    """Return where a redirect leads on to."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise _FetchProblem("bad-address", f"{url} leads on to {location!r}, which is no address") from None


def _as_sent(header: str) -> str:
    """Return a header's text; http.client takes every byte for a Latin-1 letter, and servers send UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _checked(url: str) -> SplitResult:
    """Return the parts of an address that may be asked for."""
    hint = "give the address of a page, as in https://example.org/page"
    try:
        parts = urlsplit(quote(url.strip(), safe=_UNCHANGED))
        host = (urlsplit(url.strip()).hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        raise _FetchProblem("bad-address", f"{url!r} is no address of a page", hint) from None
    if parts.scheme not in _PORTS:
        raise _FetchProblem("bad-address", f"{url!r} is not an http or https address", hint)
    if parts.username is not None or parts.password is not None:
        raise _FetchProblem("bad-address", "an address with a user name is not fetched", hint)
    if not host:
        raise _FetchProblem("bad-address", f"{url!r} names no host", hint)
    bracketed = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=bracketed if port is None else f"{bracketed}:{port}", fragment="")


class _Plain(http.client.HTTPConnection):
    """A connection to one checked address; the host's name is only said, never looked up again."""

    def __init__(self, host: str, port: int, *, address: str, seconds: float, late: threading.Event) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._late = late
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the checked address; raises TimeoutError when the time is up by then."""
        self._take(socket.create_connection((self._address, self.port), self.timeout))

    def _take(self, wire: socket.socket) -> None:
        self.sock = self._wire = wire
        # Whoever cut before this had nothing to cut.
        if self._late.is_set():
            raise TimeoutError

    def cut(self) -> None:
        """End whatever is being read or written, also when an answer has taken the socket over."""
        if self._wire is not None:
            with suppress(OSError):
                # Of the bare socket: an encrypted one would forget its keys, and go on in the clear.
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)


class _Encrypted(_Plain):
    """The same with TLS: the certificate must be the host's."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect to the checked address, and make sure that the host answers."""
        super().connect()
        context = ssl.create_default_context()
        # The handshake comes after the socket is ours to cut: a server may never end it.
        wire = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self._take(wire)
        wire.do_handshake()
