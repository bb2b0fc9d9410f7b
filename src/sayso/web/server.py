"""Runs the desk on a socket that is open already, until it is told to stop."""

import os
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import click
import uvicorn
from litestar.types import ASGIApp

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.web.app import desk
from sayso.web.door import Door, Person

_NAMES = ("127.0.0.1", "localhost")


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
    # The server raises the signal that ended it once more, for whoever started it.
    with suppress(KeyboardInterrupt):
        serving(app).run(sockets=[listener])
    if token_file is not None:
        token_file.unlink(missing_ok=True)
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


def serving(app: ASGIApp) -> uvicorn.Server:
    """Return the server of an application; it says nothing of itself and keeps no log of who reads what."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            server_header=False,
            date_header=False,
            access_log=False,
        )
    )
