"""Reading: the documents of a case, one document as stored, and what people add to its claims or correct."""

from collections.abc import Iterator, Sequence
from typing import Final, get_args

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from sayso.core import views
from sayso.core.errors import BadInput, BadSpan
from sayso.core.records import Act, Voice
from sayso.core.spans import Span
from sayso.exchange.papers import ACTS, VOICES
from sayso.web import answers
from sayso.web.given import TheCase, ThePerson
from sayso.web.reading import Sheet

_OFFSETS: Final = "offsets are code points, `start-end`; select the words in the text"
_GAP: Final = " … "  # between words that stand apart, as static/places.js writes it
_SHOWN: Final = 40  # code points of what is no place


class Annotating(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as somebody reads it: words with the place where they stand, as `start-end` in code points.

    Words that stand apart have a place each, with a blank between, and " … " between the words.
    """

    content: str = ""
    content_words: str = ""
    source: str = ""
    source_words: str = ""
    cue: str = ""
    cue_words: str = ""
    voice: Voice = "indirect"
    act: Act = "assert"
    speaker: str = ""
    replaces: str = ""
    reason: str = ""
    no_claim: str = ""  # anything: what it replaces is none


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """Why an annotation is taken back."""

    reason: str = ""


@get("/", needs="read", sync_to_thread=True)
def documents(case: TheCase, after: FromQuery[str | None] = None) -> Response[str]:
    """Show the documents by date of publication."""
    return answers.page("documents.html", here="documents", listed=case.document_rows(after=after))


@get("/documents/{document:str}", needs="read", sync_to_thread=True)
def document(
    case: TheCase,
    document: FromPath[str],
    start: FromQuery[int] = 0,
    claim: FromQuery[str | None] = None,
    part: FromQuery[bool] = False,  # noqa: FBT002 - how a query parameter is declared
) -> Response[str]:
    """Show one document, or of a very long one the part that begins somewhere; `part`: its text alone."""
    sheet = Sheet(case.reading(document, start=start, claim=claim))
    if part:
        return answers.page("stretch.html", sheet=sheet)
    return answers.page(
        "reading.html",
        here="documents",
        sheet=sheet,
        acts={act: ACTS[act] for act in get_args(Act)},
        voices={voice: VOICES[voice] for voice in get_args(Voice)},
    )


@post("/documents/{document:str}/annotations", needs="work", sync_to_thread=True)
def annotate(
    case: TheCase,
    person: ThePerson,
    document: FromPath[str],
    data: URLEncodedBody[Annotating],
) -> Redirect:
    """Record a claim that somebody read in a document, or that one is none; lead back to its words."""
    done = case.annotate(
        document,
        None if data.no_claim else _said(data),
        by=person.name,
        replaces=data.replaces or None,
        reason=data.reason or None,
    )
    where = "" if done.claim is None else f"?claim={done.claim}"
    return Redirect(f"/documents/{done.document}{where}", status_code=303)


@post("/annotations/{annotation:str}/undo", needs="work", sync_to_thread=True)
def take_back(
    case: TheCase,
    person: ThePerson,
    annotation: FromPath[str],
    data: URLEncodedBody[Undoing],
) -> Redirect:
    """Take an annotation back, and lead back to the document."""
    done = case.take_back(annotation, by=person.name, reason=data.reason or None)
    return Redirect(f"/documents/{done.document}", status_code=303)


def _said(data: Annotating) -> views.Annotated:
    return views.Annotated(
        content=_passages(data.content, data.content_words),
        source=_passages(data.source, data.source_words),
        cue=_passages(data.cue, data.cue_words),
        voice=data.voice,
        act=data.act,
        speaker=data.speaker.strip() or None,
    )


def _passages(places: str, words: str) -> tuple[views.Passage, ...]:
    """Return words with their places; nothing where none was selected."""
    spans = tuple(_span(place) for place in places.split())
    if not spans and words.strip():
        raise BadInput("bad-place", f"{words.strip()!r} was sent without its place", hint=_OFFSETS)
    return tuple(_cut(spans, words))


def _cut(spans: Sequence[Span], words: str) -> Iterator[views.Passage]:
    """Yield the words of each span; the last one has all that is left."""
    at = 0
    for number, span in enumerate(spans, start=1):
        end = at + len(span) if number < len(spans) else len(words)
        yield views.Passage(span=span, words=words[at:end])
        if number < len(spans) and not words.startswith(_GAP, end):
            raise BadInput("bad-place", f"no{_GAP}stands between words that stand apart", hint=_OFFSETS)
        at = end + len(_GAP)


def _span(place: str) -> Span:
    start, _, end = place.partition("-")
    if not (_is_offset(start) and _is_offset(end)):
        raise BadInput("bad-place", f"{place[:_SHOWN]!r} is no place in a text", hint=_OFFSETS)
    try:
        return Span(int(start), int(end))
    except BadSpan as error:
        raise BadInput("bad-place", error.message, hint=_OFFSETS) from error


def _is_offset(typed: str) -> bool:
    longest = 12  # digits: no text is longer, and Python refuses to read numbers of thousands of digits
    return typed.isascii() and typed.isdigit() and len(typed) <= longest


ROUTES = (documents, document, annotate, take_back)
