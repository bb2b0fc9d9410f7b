"""What narrows a list of claims: the options of every command that asks for some of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, get_args

import click
import msgspec

from sayso.cli.arguments import days_options
from sayso.core.records import Act, LinkKind, Voice
from sayso.core.views import ClaimFilter

_R = TypeVar("_R")

_FIELDS = frozenset(ClaimFilter.__struct_fields__)
_OPTIONS = (
    click.option("--words", metavar="WORDS", help='Only claims in whose words these and "phrases" stand.'),
    click.option("--speaker", metavar="NAME", help="Only what this voice says; part of a name is enough."),
    click.option("--act", type=click.Choice(get_args(Act)), help="Only this kind of claim."),
    click.option("--target", metavar="NAME", help="Only what is aimed at this party."),
    click.option("--place", metavar="NAME", help="Only what names this place; part of a name is enough."),
    click.option(
        "--outlet", metavar="NAME", help="Only what this outlet published; part of a name is enough."
    ),
    days_options,
    click.option("--voice", type=click.Choice(get_args(Voice)), help="Only words conveyed in this way."),
    click.option(
        "--outlet-voice", is_flag=True, help="Only what nobody is cited for; the same as --voice outlet."
    ),
    click.option(
        "--has",
        "links",
        type=click.Choice(get_args(LinkKind)),
        multiple=True,
        help="Only claims with a link of this kind that nobody rejected; of several kinds one is enough.",
    ),
    click.option(
        "--concluded/--not-concluded", default=None, help="Only claims with a verdict, or only those without."
    ),
    click.option(
        "--checkworthy",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="NUMBER",
        help="Only claims this much worth checking: 0 to 1.",
    ),
    click.option(
        "--said-by", metavar="PARTY", help="Only what exactly the party with this id says, its whole id."
    ),
    click.option("--said-of", metavar="PARTY", help="Only what is aimed at exactly the party with this id."),
)


def claim_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Give a command what narrows the claims, as `wanted`: a `ClaimFilter`."""

    @wraps(command)
    def narrowed(*, outlet_voice: bool, **given: Any) -> _R:  # noqa: ANN401 - click gives each by its name
        asked = {name: given.pop(name) for name in _FIELDS & given.keys()}
        if outlet_voice and asked["voice"] not in {None, "outlet"}:
            told = f"--outlet-voice and --voice {asked['voice']} exclude each other"
            raise click.BadOptionUsage("outlet_voice", told)
        if outlet_voice:
            asked["voice"] = "outlet"
        return command(wanted=msgspec.convert(asked, ClaimFilter), **given)

    for option in reversed(_OPTIONS):
        narrowed = option(narrowed)
    return narrowed
