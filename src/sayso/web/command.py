"""`sayso serve`: opens the desk of a case on this machine."""

import getpass
import socket
from pathlib import Path

import click

from sayso.core.errors import BadInput

_LOOPBACK = "127.0.0.1"


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
def serve_command(folder: Path, *, port: int, by: str | None, token_file: Path | None) -> int:
    """Open the desk of a case in a browser on this machine.

    There documents are added and read, claims searched, links judged, and verdicts written. Nothing leaves
    the machine, and nobody else on the network can reach the desk. The printed link works once; Ctrl-C
    closes the desk, which is its ordinary end.
    """
    missing = _missing()
    if missing:
        raise BadInput(
            "no-desk",
            f"the desk needs {missing}",
            hint="pip install 'sayso[desk]'; from source also Node.js and npm, then install again",
        )
    from sayso.case import Case  # noqa: PLC0415 - it brings the database, which --help does not need
    from sayso.web.server import open_desk  # noqa: PLC0415 - it brings the server, which is not always installed

    with Case(folder) as case, _listening(port) as listener:
        open_desk(case, listener, by=by or getpass.getuser(), token_file=token_file)
    return 0


def _missing() -> str:
    """Name what the desk needs and this installation lacks, or return ""."""
    from importlib.util import find_spec  # noqa: PLC0415 - only this command asks

    lacking = [name for name in ("litestar", "uvicorn") if find_spec(name) is None]
    if lacking:
        return f"the packages {' and '.join(lacking)}"
    from sayso.web.frontend import lacking as lacking_files  # noqa: PLC0415 - as above

    files = lacking_files()
    return (
        f"the front-end files {', '.join(files)}, which npm brings when sayso is installed" if files else ""
    )


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, port))
        # Before the link is printed: whoever follows it at once waits for the server.
        listener.listen()
    except OSError as error:
        listener.close()
        raise BadInput(
            "port-taken",
            f"port {port} cannot be opened: {error.strerror}",
            hint="name another one, or leave --port out",
        ) from error
    return listener
