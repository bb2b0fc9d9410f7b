"""`sayso judge`: what a person says about links and about parties."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

import click

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.core.records import Judged, Judgement, LinkJudgement, LinkKind, Sameness
from sayso.core.views import SuggestionsJudged

if TYPE_CHECKING:
    from sayso.case import Case

_SAID: dict[Sameness, str] = {
    "positive": "one party",
    "negative": "different",
    "unsure": "perhaps one, perhaps not",
}
_MADE_OF: dict[Judged, str] = {
    "confirmed": "it holds",
    "rejected": "it does not hold",
    "unjudged": "a suggestion again",
}
_PAIR = 2


@click.command("judge")
@case_argument
@click.argument("ids", metavar="LINK… | LEFT RIGHT | CLAIM…", nargs=-1, required=True)
@click.option("--confirm", "said", flag_value="confirmed", multiple=True, help="The links hold.")
@click.option(
    "--reject", "said", flag_value="rejected", multiple=True, help="They do not hold; they never come back."
)
@click.option("--take-back", "said", flag_value="unjudged", multiple=True, help="They are suggestions again.")
@click.option("--same", "said", flag_value="positive", multiple=True, help="Two parties are one.")
@click.option("--different", "said", flag_value="negative", multiple=True, help="They are two.")
@click.option(
    "--unsure", "said", flag_value="unsure", multiple=True, help="Nobody can tell; takes a judgement back."
)
@click.option(
    "--suggested",
    "kind",
    type=click.Choice(get_args(LinkKind)),
    help="The ids are claims: judges all their links of this kind that nobody judged yet.",
)
@click.option("--by", metavar="NAME", required=True, help="Who judges.")
@click.option("--reason", metavar="TEXT", help="Why.")
@json_option
def judge_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    ids: tuple[str, ...],
    said: tuple[str, ...],
    kind: LinkKind | None,
    by: str,
    reason: str | None,
    as_json: bool,
) -> Exit:
    """Say whether links hold, or whether two parties are one.

    For links, give the id of each and say --confirm, --reject or --take-back. For parties, give two ids and
    say --same, --different or --unsure. For all that is suggested of some claims, give their ids, and the
    links' kind as --suggested.

    Ids may be cut short while they are unambiguous, as `sayso links`, `sayso parties` and `sayso claims` list
    them. The latest judgement on the same link or pair stands, and all of them stay on record.
    """
    if len(set(said)) != 1:
        asked = (
            "--confirm, --reject or --take-back for links; --same, --different or --unsure for two parties"
        )
        given = f"{len(set(said))} judgements at once: say {asked}"
        raise click.UsageError(given)
    if kind is not None:
        return _judge_suggestions(case, ids, kind, said[0], by=by, reason=reason, as_json=as_json)
    made: list[Judgement | LinkJudgement] = []
    for judgement in _judged(case, ids, said[0], by=by, reason=reason):
        made.append(judgement)
        if not as_json:
            screen.say(f"Recorded: {told(judgement)}.")
    if as_json:
        jsonlines.write(made)
    else:
        back = "--take-back" if isinstance(made[-1], LinkJudgement) else "--unsure"
        screen.say(f"`sayso log` lists it, {back} takes it back.", style=screen.FAINT)
    return Exit.DONE


def _judge_suggestions(  # noqa: PLR0913 - what the command was given
    case: "Case",
    claims: tuple[str, ...],
    kind: LinkKind,
    said: str,
    *,
    by: str,
    reason: str | None,
    as_json: bool,
) -> Exit:
    judgement = next((one for one in get_args(Judged) if one == said), None)
    if judgement is None:
        asked = "--suggested is of links: say --confirm or --reject"
        raise click.UsageError(asked)
    judged = SuggestionsJudged(judged=case.judge_suggestions(claims, kind, judgement, by=by, reason=reason))
    if as_json:
        jsonlines.write([judged])
    elif judged.judged:
        links = tables.counted(judged.judged, f"link of kind {kind}", f"links of kind {kind}")
        screen.say(f"Recorded: {links} {judgement}, says {by}.")
        screen.say(
            "`sayso judgements` lists each, `sayso judge --take-back` takes it back.", style=screen.FAINT
        )
    else:
        screen.say(f"These claims have no link of kind {kind} that nobody judged.")
    return Exit.DONE


def _judged(
    case: "Case", ids: tuple[str, ...], said: str, *, by: str, reason: str | None
) -> Iterator[Judgement | LinkJudgement]:
    for link_said in get_args(Judged):
        if link_said == said:
            for link in dict.fromkeys(ids):
                yield case.judge_link(link, link_said, by=by, reason=reason)
            return
    if len(ids) != _PAIR:
        given = f"a judgement on parties needs two ids, LEFT and RIGHT, not {len(ids)}"
        raise click.UsageError(given)
    left, right = ids
    for pair_said in get_args(Sameness):
        if pair_said == said:
            yield case.judge(left, right, pair_said, by=by, reason=reason)


def told(made: Judgement | LinkJudgement) -> str:
    """Return a judgement as a phrase: of what, what, by whom, when and why."""
    why = f" ({made.reason})" if made.reason else ""
    said = f"says {made.by}, {made.at:%Y-%m-%d}{why}"
    if isinstance(made, LinkJudgement):
        return f"link {tables.short(made.link)}: {_MADE_OF[made.judgement]}, {said}"
    return f"{tables.short(made.left)} and {tables.short(made.right)}: {_SAID[made.judgement]}, {said}"
