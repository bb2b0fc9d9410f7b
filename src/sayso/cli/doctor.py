"""`sayso doctor`: says what this installation can and cannot do."""

import click
from rich.text import Text

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import json_option
from sayso.cli.exits import Exit

_SIGNS = {"good": ("✓", screen.GOOD), "weak": ("!", screen.WEAK), "bad": ("✗", screen.BAD)}


@click.command("doctor")
@json_option
def doctor_command(*, as_json: bool) -> Exit:
    """Check this installation.

    Versions, plugins and their contract, the database, the limits of each file, permission to write.
    """
    from sayso.case import checkups  # noqa: PLC0415 - it brings the whole house, which --help does not need

    found = tuple(checkups())
    if as_json:
        jsonlines.write(found)
    else:
        console = screen.out()
        table = tables.plain(("", 1), ("", 20), "", header=False)
        for checkup in found:
            sign, style = _SIGNS[checkup.outcome]
            told = screen.line(checkup.found)
            if checkup.hint:
                told.append("\n").append_text(screen.line(checkup.hint, style=screen.FAINT))
            table.add_row(Text(sign, style=style), Text(checkup.name), told)
        console.print(table)
    return Exit.PROBLEMS if any(checkup.outcome == "bad" for checkup in found) else Exit.DONE
