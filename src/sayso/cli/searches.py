"""The commands about lists of claims that people gave a name: searches, save-search, drop-search."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import click
from rich.text import Text

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.look import answer
from sayso.cli.narrowing import claim_options
from sayso.cli.screen import FAINT, STRONG, WEAK
from sayso.core.views import ClaimFilter, ClaimSort, SearchView

if TYPE_CHECKING:
    from sayso.case import Case

_DAY = 10  # columns
_WHO = 16


@click.command("searches")
@case_argument
@json_option
def searches_command(case: "Case", *, as_json: bool) -> Exit:
    """List the searches that people gave a name."""
    return answer(case.searches(), _searches, as_json=as_json)


def _searches(found: Iterable[SearchView]) -> None:
    table = tables.plain("search, and what it asks for", ("day", _DAY), ("by whom", _WHO))
    tables.listed(table, map(_row, found), "search", "searches")


def _row(one: SearchView) -> tuple[Text, ...]:
    told = screen.line(one.name, style=STRONG).append("\n")
    told.append_text(screen.line(_asked(one.wanted), most=tables.CELL, style=FAINT))
    return told, Text(f"{one.at:%Y-%m-%d}"), screen.line(one.by)


def _asked(wanted: ClaimFilter) -> str:
    """Return what a search asks for, field by field; nothing for all claims."""
    unasked = ClaimFilter()
    asked = {
        field: value
        for field in wanted.__struct_fields__
        if (value := getattr(wanted, field)) != getattr(unasked, field)
    }
    told = {
        field: " or ".join(value) if isinstance(value, tuple) else value for field, value in asked.items()
    }
    return ", ".join(f"{field.replace('_', ' ')}: {value}" for field, value in told.items()) or "all claims"


@click.command("save-search")
@case_argument
@click.argument("name", metavar="NAME")
@claim_options
@click.option(
    "--sort",
    type=click.Choice(get_args(ClaimSort)),
    default="published",
    show_default=True,
    help="The order of its claims.",
)
@click.option("--by", metavar="NAME", required=True, help="Who saves it.")
@json_option
def save_search_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case", *, name: str, wanted: ClaimFilter, sort: ClaimSort, by: str, as_json: bool
) -> Exit:
    """Give the claims that options ask for a name.

    The desk lists saved searches beside the claims. What had the name before is replaced, and stays on
    record. What no claim can ever be is refused.
    """
    saved = case.save_search(name, wanted, by=by, sort=sort)
    if as_json:
        jsonlines.write([saved])
    else:
        screen.say(f"Saved: {saved.name} ({_asked(saved.wanted)}), says {saved.by}.")
        if not saved.finds:
            screen.say("It finds no claim today.", style=WEAK)
        screen.say("`sayso searches` lists it, `sayso drop-search` gives the name up.", style=FAINT)
    return Exit.DONE


@click.command("drop-search")
@case_argument
@click.argument("name", metavar="NAME")
@click.option("--by", metavar="NAME", required=True, help="Who gives it up.")
def drop_search_command(case: "Case", *, name: str, by: str) -> Exit:
    """Give the name of a saved search up.

    What it asked for stays on record.
    """
    case.drop_search(name, by=by)
    screen.say(f"Given up: {name}.")
    return Exit.DONE
