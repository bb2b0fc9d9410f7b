"""The `sayso` command: finds the subcommand, and turns every ending into its exit code."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from sayso import __version__
from sayso.cli.exits import Exit, of_error
from sayso.core.errors import SaysoError

# In the order of the work. A module is imported when its command is asked for: `sayso extract` starts
# without the tables, and nothing that is not used costs time.
COMMANDS: dict[str, str] = {
    "demo": "sayso.cli.demo",
    "init": "sayso.cli.keep",
    "add": "sayso.cli.keep",
    "copy": "sayso.cli.keep",
    "report": "sayso.cli.keep",
    "about": "sayso.cli.overview",
    "documents": "sayso.cli.lists",
    "document": "sayso.cli.overview",
    "outlets": "sayso.cli.lists",
    "reprints": "sayso.cli.reprints",
    "problems": "sayso.cli.lists",
    "claims": "sayso.cli.look",
    "facets": "sayso.cli.look",
    "show": "sayso.cli.look",
    "quote": "sayso.cli.look",
    "links": "sayso.cli.look",
    "trace": "sayso.cli.trace",
    "compare": "sayso.cli.trace",
    "repeated": "sayso.cli.overview",
    "who": "sayso.cli.overview",
    "search": "sayso.cli.look",
    "searches": "sayso.cli.searches",
    "save-search": "sayso.cli.searches",
    "drop-search": "sayso.cli.searches",
    "parties": "sayso.cli.parties",
    "judge": "sayso.cli.judge",
    "judgements": "sayso.cli.recorded",
    "annotate": "sayso.cli.annotate",
    "take-back": "sayso.cli.annotate",
    "annotations": "sayso.cli.annotate",
    "conclude": "sayso.cli.recorded",
    "verdicts": "sayso.cli.lists",
    "reviews": "sayso.cli.reviews",
    "log": "sayso.cli.look",
    "verify": "sayso.cli.look",
    "extract": "sayso.cli.machine",
    "serve": "sayso.web.command",
    "people": "sayso.web.people.command",
    "doctor": "sayso.cli.doctor",
}


class Commands(click.Group):
    """The subcommands, imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one subcommand; None when there is none of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name.replace('-', '_')}_command"
        found: click.Command = getattr(import_module(COMMANDS[cmd_name]), name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; a closed pipe ends it with an exit code of its own, without a word."""
        try:
            ended: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes standard output once more when it ends, and would complain about the pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(Exit.PIPE_CLOSED) from None
        return ended


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="sayso")
def sayso() -> None:
    """Keep a ledger of attributed claims.

    Who asserts, denies, accuses or demands what, on whose say-so, in which exact characters of which
    stored document.

    Start with `sayso demo`, or with `sayso init CASE` and `sayso add CASE FILES…`.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A character that the terminal's encoding lacks is shown as its number.
            stream.reconfigure(errors="backslashreplace")
    try:
        ended = sayso.main(args=arguments, prog_name="sayso", standalone_mode=False)
    except (click.ClickException, click.Abort, SaysoError, OSError) as error:
        return _told(error)
    except KeyboardInterrupt:  # a second one, while the first was being answered
        return Exit.INTERRUPTED
    except Exception:  # noqa: BLE001 - a bug must not look like one of the documented endings
        traceback.print_exc()
        click.echo("This is a bug in sayso. Please report it with the lines above.", err=True)
        return Exit.BUG
    return ended if isinstance(ended, int) else Exit.DONE


def _told(error: click.ClickException | click.Abort | SaysoError | OSError) -> int:
    """Say what went wrong, once and clearly, and return the exit code for it."""
    from sayso.cli import screen  # noqa: PLC0415 - most runs do not fail

    match error:
        case click.ClickException():
            error.show()
            return error.exit_code
        case click.Abort():
            return Exit.INTERRUPTED
        case SaysoError():
            screen.say_error(error)
            return of_error(error)
    where = f"{error.filename}: " if error.filename else ""
    hint = "check the path, its permissions and the free space"
    screen.say_error(SaysoError("system", f"{where}{error.strerror or error}", hint=hint))
    return Exit.SYSTEM
