"""Runs the desk on a socket that is open already, until it is told to stop."""

import gc
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

import click
import uvicorn
from litestar.types import ASGIApp

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.web.app import desk, team_desk
from sayso.web.door import Door, Person

_NAMES = ("127.0.0.1", "localhost")
_RARELY: Final = (10_000, 20, 50)  # new things, and rounds of younger ones, between two collections


def open_desk(case: Case, listener: socket.socket, *, by: str, token_file: Path | None = None) -> None:
    """Serve a case on a socket of this machine and print the link that opens it.

    Returns on Ctrl-C, once every answer that is under way has been given. Raises BadInput when the token for
    programs cannot be written to its file.
    """
    port: int = listener.getsockname()[1]
    door = Door(Person(name=by))
    if token_file is not None:
        write_token(token_file, door.issue())
    app = desk(case, door=door, hosts=[f"{name}:{port}" for name in _NAMES])
    address = f"http://{_NAMES[0]}:{port}/enter?{urlencode({'token': door.token})}"
    click.echo(
        f"The desk is open. Follow this link; it works once:\n\n  {address}\n\nCtrl-C closes the desk."
    )
    settled()
    # The server raises the signal that ended it once more, for whoever started it.
    with suppress(KeyboardInterrupt):
        serving(app).run(sockets=[listener])
    if token_file is not None:
        token_file.unlink(missing_ok=True)
    click.echo("The desk is closed.")


def open_team_desk(
    case: Case,
    listener: socket.socket,
    *,
    people: Path,
    origin: str | None,
    proxies: Sequence[str],
) -> None:
    """Serve a case on a socket to the people of a file, until Ctrl-C.

    `origin` is where browsers reach it; None: at this machine's own names. `proxies` are the addresses whose
    word for who asks is believed, where there is an origin. Raises NotFound without the people file.
    """
    from sayso.web.people import members  # noqa: PLC0415 - a desk for one needs no passwords
    from sayso.web.people.door import TeamDoor  # noqa: PLC0415 - as above
    from sayso.web.people.file import PeopleFile  # noqa: PLC0415 - as above
    from sayso.web.people.team import team_of  # noqa: PLC0415 - as above

    port: int = listener.getsockname()[1]
    with PeopleFile(people) as file:
        team = team_of(case, file)
        with file.reading() as connection:
            many = sum(1 for _ in members.listed(connection, now=team.clock(), case=team.case))
        door = TeamDoor(team, secure=origin is not None and origin.startswith("https:"))
        hosts = [f"{name}:{port}" for name in _NAMES] if origin is None else [urlsplit(origin).netloc]
        address = origin or f"http://{_NAMES[0]}:{port}"
        click.echo(f"The desk is open to {many} {'person' if many == 1 else 'people'} at\n\n  {address}/\n")
        if many == 0:
            click.echo("Nobody has a role in this case yet: `sayso people FILE add` gives the first.")
        click.echo("Ctrl-C closes the desk.")
        settled()
        with suppress(KeyboardInterrupt):
            serving(team_desk(case, door=door, hosts=hosts), proxies=proxies if origin else ()).run(
                sockets=[listener]
            )
    click.echo("The desk is closed.")


def write_token(path: Path, token: str) -> None:
    """Write a token into a new file that its owner alone can read.

    Raises BadInput when that cannot be done, or when anything stands there: it may be what nobody can lose.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{token}\n")
    except OSError as error:
        raise BadInput(
            "cannot-write",
            f"{path} cannot be written: {error.strerror}",
            hint="name a file that is not there yet",
        ) from error


def settled() -> None:
    """Let the collection of garbage pass over all that is there by now.

    It stays to the end, and looking through it takes longer than most answers.
    """
    gc.collect()
    gc.freeze()
    # A page of a large case makes some ten thousand small things and lets them go at its end. Collecting as
    # often as usual, one page would look several times through what is kept for the others. It costs a few
    # megabytes: bench/README.md has the figures.
    gc.set_threshold(*_RARELY)


def serving(app: ASGIApp, *, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """Return the server of an application; it says nothing of itself and keeps no log of who reads what.

    Requests from the addresses of `proxies` come from whom they say that they come from.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            server_header=False,
            date_header=False,
            access_log=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
        )
    )
