"""What several commands ask for: the case's folder, and JSON lines instead of tables."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sayso.case import Case

_F = TypeVar("_F", bound=Callable[..., Any])


class CaseFolder(click.ParamType["Case"]):
    """A folder that holds a case: the command gets the opened `Case`."""

    name = "case"

    def convert(
        self, value: "Path | str | Case", param: click.Parameter | None, ctx: click.Context | None
    ) -> "Case":
        """Open the case; raises NotACase when the folder holds none."""
        del param
        from sayso.case import Case  # noqa: PLC0415 - it brings the database, which --help does not need

        if isinstance(value, Case):
            return value
        case = Case(value)
        if ctx is not None:
            ctx.call_on_close(case.close)
        return case


def case_argument(command: _F) -> _F:
    """Give a command the opened case as `case`."""
    return click.argument("case", type=CaseFolder(), metavar="CASE")(command)


def json_option(command: _F) -> _F:
    """Give a command `--json` as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON lines, for programs.")(command)


def csv_option(command: _F) -> _F:
    """Give a command `--csv` as `table`: an open file, or None."""
    return click.option(
        "--csv",
        "table",
        type=click.File("wb", lazy=True, atomic=True),
        metavar="FILE",
        help="Write them as CSV for a spreadsheet, its formulas guarded; - is standard output.",
    )(command)


class _Day(click.ParamType[str]):
    """A day as an ISO 8601 date, and words that say how to write it where it is none."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day that was written."""
        try:
            return datetime.strptime(value, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2020-11-05", param, ctx)


def days_options(command: _F) -> _F:
    """Give a command `--since` and `--until`, ISO 8601 dates: days of publication between which it looks."""
    day = _Day()
    until = click.option(
        "--until", type=day, metavar="DATE", help="Only from documents published on this day or before."
    )
    since = click.option(
        "--since",
        type=day,
        metavar="DATE",
        help="Only from documents published on this day or later, e.g. 2020-11-05.",
    )
    return since(until(command))
