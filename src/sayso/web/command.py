"""`sayso serve`: opens the desk of a case, on this machine or for a team."""

import getpass
import ipaddress
import socket
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from sayso.core.errors import BadInput
from sayso.web.packages import need_packages

_LOOPBACK: Final = "127.0.0.1"
_LOCAL: Final = frozenset({"localhost", _LOOPBACK, "::1"})


@click.command("serve")
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port; 0 takes a free one.",
    show_default=True,
)
@click.option(
    "--by", metavar="NAME", help="Who works at the desk, as the log will name them; else your user name."
)
@click.option(
    "--token-file",
    "token_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a token for programs there, readable by you alone; it works until the desk is closed.",
)
@click.option(
    "--people",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Open the desk for a team: whoever `sayso people FILE add` gave a role signs in.",
)
@click.option(
    "--origin",
    metavar="URL",
    help="Where the team reaches the desk: https://desk.example.org. A TLS proxy stands there.",
)
@click.option(
    "--bind",
    metavar="ADDRESS",
    default=_LOOPBACK,
    show_default=True,
    help="The address of this machine to listen at; another one only for a team, and behind https.",
)
@click.option(
    "--proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    default=(_LOOPBACK, "::1"),
    show_default=True,
    help="From where the TLS proxy asks: its word for who asked is believed.",
)
def serve_command(  # noqa: PLR0913 - one parameter for each option
    folder: Path,
    *,
    port: int,
    by: str | None,
    token_file: Path | None,
    people: Path | None,
    origin: str | None,
    bind: str,
    proxies: tuple[str, ...],
) -> int:
    """Open the desk of a case in a browser.

    There documents are added and read, claims searched, links judged, and verdicts written. Nothing leaves
    the machine, and without --people nobody else on the network can reach the desk. The printed link works
    once; Ctrl-C closes the desk, which is its ordinary end.

    With --people a team works at one desk: each signs in with a name and a password and does what their role
    in this case allows. docs/how-to/serve-a-team.md tells how to put it behind https.
    """
    need_packages()
    from sayso.case import Case  # noqa: PLC0415 - it brings the database, which --help does not need
    from sayso.web import server  # noqa: PLC0415 - it brings the server, which is not always installed

    if people is None:
        if origin is not None or bind != _LOOPBACK:
            raise BadInput(
                "needs-people",
                "only a desk for a team can be reached from elsewhere",
                hint="give --people FILE, which `sayso people` makes; without it the desk is this machine's",
            )
        with Case(folder) as case, _listening(_LOOPBACK, port) as listener:
            server.open_desk(case, listener, by=by or getpass.getuser(), token_file=token_file)
        return 0
    if by is not None or token_file is not None:
        raise BadInput(
            "one-or-many",
            "--by and --token-file are for a desk without --people",
            hint="a team's members are named by their accounts, and make tokens on their account pages",
        )
    reached = _reached(origin, bind)
    with Case(folder) as case, _listening(bind, port) as listener:
        server.open_team_desk(case, listener, people=people, origin=reached, proxies=proxies)
    return 0


def _reached(origin: str | None, bind: str) -> str | None:
    """Return the origin where a team reaches the desk as browsers write it; None: this machine alone does.

    Raises BadInput for one that is none, and where passwords would go over a network in the clear.
    """
    if origin is None:
        if _is_local(bind):
            return None
        raise _in_the_clear(bind)
    hint = "write it like https://desk.example.org, without a path"
    try:
        found = urlsplit(origin.rstrip("/"))
        name, port = found.hostname, found.port
    except ValueError as error:
        raise BadInput("bad-origin", f"{origin!r} is no address", hint=hint) from error
    extra = found.path or found.query or found.fragment or found.username or found.password
    if found.scheme not in {"http", "https"} or not name or not name.isascii() or extra:
        raise BadInput("bad-origin", f"{origin!r} is no origin of a desk", hint=hint)
    if found.scheme == "http" and not (name in _LOCAL and _is_local(bind)):
        raise _in_the_clear(origin)
    usual = {"http": 80, "https": 443}[found.scheme]
    host = f"[{name}]" if ":" in name else name
    return f"{found.scheme}://{host}" + (f":{port}" if port not in {None, usual} else "")


def _in_the_clear(where: str) -> BadInput:
    return BadInput(
        "needs-https",
        f"at {where} passwords and sessions would go over the network in the clear",
        hint="put a TLS proxy before the desk, and give --origin https://… as the team reaches it",
    )


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _listening(address: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        # Before the link is printed: whoever follows it at once waits for the server.
        listener.listen()
    except OSError as error:
        listener.close()
        raise BadInput(
            "port-taken",
            f"port {port} cannot be opened at {address}: {error.strerror}",
            hint="name another one, or leave --port out",
        ) from error
    return listener
