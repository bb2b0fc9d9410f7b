"""The commands about what people read in documents: annotate, take-back, annotations."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import click
from rich.text import Text

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.look import answer
from sayso.cli.screen import FAINT
from sayso.core.errors import BadInput, BadSpan
from sayso.core.records import Act, Annotation, Voice
from sayso.core.spans import Span
from sayso.core.views import Annotated, Passage

if TYPE_CHECKING:
    from sayso.case import Case

_DAY = 10  # columns
_SHOWN = 60  # code points of words that stand nowhere
# Python refuses to read numbers of thousands of digits, and no text is longer.
_PLACE = re.compile(r"(?P<sign>@?)(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})")


@click.command("annotate")
@case_argument
@click.argument("document", metavar="DOCUMENT")
@click.argument("content", metavar="[WORDS…]", nargs=-1)
@click.option(
    "--act",
    type=click.Choice(get_args(Act)),
    default="assert",
    show_default=True,
    help="What the speaker does.",
)
@click.option(
    "--voice",
    type=click.Choice(get_args(Voice)),
    default="indirect",
    show_default=True,
    help="How the words are conveyed; outlet: nobody is cited.",
)
@click.option("--speaker", metavar="NAME", help="Whose words they are. Default: whom --source names.")
@click.option("--source", metavar="WORDS", multiple=True, help="The words that say whose; may be repeated.")
@click.option(
    "--cue", metavar="WORDS", multiple=True, help='The word that cites, as "said"; may be repeated.'
)
@click.option("--replaces", metavar="CLAIM", help="The claim in whose place it stands.")
@click.option("--no-claim", metavar="CLAIM", help="This one is no claim: takes it out, and no WORDS.")
@click.option("--by", metavar="NAME", required=True, help="Who reads it so.")
@click.option("--reason", metavar="TEXT", help="Why.")
@json_option
def annotate_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    document: str,
    content: tuple[str, ...],
    act: Act,
    voice: Voice,
    speaker: str | None,
    source: tuple[str, ...],
    cue: tuple[str, ...],
    replaces: str | None,
    no_claim: str | None,
    by: str,
    reason: str | None,
    as_json: bool,
) -> Exit:
    """Add a claim to a document, correct one, or take one out.

    WORDS are the claim's own: words that stand once in the document, in quotation marks, or their place as
    @START-END in code points of its text, half open, as `sayso document --json` has it. The @ may be left out
    where the document holds no such words. Give several where they stand apart.

    Nothing is erased: the claim that another replaces leaves lists and counts, and `sayso take-back` brings
    it back. Ids may be cut short while they are unambiguous.
    """
    if (no_claim is None) is not bool(content):
        told = "give the WORDS of a claim, or name with --no-claim one that is none"
        raise click.UsageError(told)
    if no_claim is not None and (speaker or source or cue or replaces):
        told = "--no-claim takes a claim out: leave out whose words it is, and --replaces"
        raise click.UsageError(told)
    said = None
    if content:
        text = case.document(document).document.text
        said = Annotated(
            content=tuple(_passage(text, words) for words in content),
            act=act,
            voice=voice,
            speaker=speaker,
            source=tuple(_passage(text, words) for words in source),
            cue=tuple(_passage(text, words) for words in cue),
        )
    made = case.annotate(document, said, by=by, replaces=replaces or no_claim, reason=reason)
    return _recorded(made, as_json=as_json)


def _passage(text: str, given: str) -> Passage:
    """Return words of a text, given by their place or as they stand there; raises BadInput."""
    start = text.find(given) if given else -1
    place = _PLACE.fullmatch(given)
    if place is not None and not place["sign"] and start >= 0:
        raise BadInput(
            "words-or-place",
            f"{given!r} stands in the document, and is the form of a place as well",
            hint=f"write @{given} for the place; for the words, theirs: @{start}-{start + len(given)}",
        )
    if place is not None:
        return _at(text, int(place["start"]), int(place["end"]))
    if start < 0:
        raise BadInput(
            "not-in-text",
            f"{given[:_SHOWN]!r} does not stand in the document",
            hint="copy the words as `sayso document` shows them, or give their place as @START-END",
        )
    if text.find(given, start + 1) >= 0:
        raise BadInput(
            "several-places",
            f"{given[:_SHOWN]!r} stands in the document more than once",
            hint="give their place as @START-END, in code points of its text",
        )
    return Passage(span=Span(start, start + len(given)), words=given)


def _at(text: str, start: int, end: int) -> Passage:
    """Return the words of a text between two code points; raises BadInput."""
    try:
        span = Span(start, end)
        return Passage(span=span, words=span.of(text))
    except BadSpan as error:
        hint = "offsets are code points of the document's text, as @START-END, half open"
        raise BadInput("bad-place", error.message, hint=hint) from error


def _recorded(made: Annotation, *, as_json: bool) -> Exit:
    if as_json:
        jsonlines.write([made])
        return Exit.DONE
    screen.say(f"Recorded: {_done(made)}, says {made.by}.")
    screen.say(f"`sayso take-back CASE {tables.short(made.id)}` undoes it.", style=FAINT)
    return Exit.DONE


@click.command("take-back")
@case_argument
@click.argument("annotation", metavar="ANNOTATION")
@click.option("--by", metavar="NAME", required=True, help="Who takes it back.")
@click.option("--reason", metavar="TEXT", help="Why.")
@json_option
def take_back_command(case: "Case", *, annotation: str, by: str, reason: str | None, as_json: bool) -> Exit:
    """Undo what somebody annotated.

    What it replaced stands again, what it added no longer does; both annotations stay on record. The id may
    be cut short while it is unambiguous, as `sayso annotations` lists it.
    """
    return _recorded(case.take_back(annotation, by=by, reason=reason), as_json=as_json)


@click.command("annotations")
@case_argument
@click.option("--of", "document", metavar="DOCUMENT", help="Only those in the document with this id.")
@json_option
def annotations_command(case: "Case", *, document: str | None, as_json: bool) -> Exit:
    """List the claims that people added or took out."""
    return answer(case.annotations(document), _annotations, as_json=as_json)


def _annotations(found: Iterable[Annotation]) -> None:
    table = tables.plain(
        ("id", tables.SHORT), ("document", tables.SHORT), ("day", _DAY), "what, by whom and why"
    )
    tables.listed(table, map(_row, found), "annotation", "annotations")


def _row(one: Annotation) -> tuple[Text, ...]:
    ids = (Text(tables.short(named), style=FAINT) for named in (one.id, one.document))
    why = f": {one.reason}" if one.reason else ""
    told = screen.line(f"{_done(one)}, says {one.by}{why}", most=tables.CELL)
    return *ids, Text(f"{one.at:%Y-%m-%d}"), told


def _done(one: Annotation) -> str:
    if one.claim is None:
        return f"{tables.short(one.replaces or '')} is no claim"
    if one.replaces is None:
        return f"{tables.short(one.claim)} is added"
    return f"{tables.short(one.claim)} stands in the place of {tables.short(one.replaces)}"
