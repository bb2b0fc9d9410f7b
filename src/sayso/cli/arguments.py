"""What several commands ask for: the case's folder, and JSON lines instead of tables."""

from collections.abc import Callable
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


class _Day(click.DateTime):
    """A day, and words that say how to write it where it is none."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as in click
        """Return the day that was written."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write it as 2020-11-05", param, ctx)


def days_options(command: _F) -> _F:
    """Give a command `--since` and `--until` as the days of publication between which it looks."""
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
