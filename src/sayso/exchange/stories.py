"""The life of a claim as a report shows it: what came when, on one line of time, with copies folded away."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from sayso.core.views import LinkEnd, Trace, TraceEvent, TraceKind
from sayso.exchange.papers import Said, Shown, basis

MOST_MOMENTS = 40  # of one story
_MOST_COPIES = 12  # that a moment names
_WORDS = 400  # code points
_VERBS: Mapping[TraceKind, str] = {
    "first seen": "first seen",
    "repeated": "repeated",
    "denied": "denied",
    "denies": "it denies",
    "conflict": "conflicts",
    "updated": "updated",
    "updates": "it updates",
    "reviewed": "reviewed",
}
# Where a moment stands on its story's line: what says it, what stands against it, what follows it.
_ROWS: Mapping[TraceKind, int] = {
    "first seen": 0,
    "repeated": 0,
    "denied": 1,
    "denies": 1,
    "conflict": 1,
    "updated": 2,
    "updates": 2,
    "reviewed": 2,
}


class Numbered(Protocol):
    """Where claims stand in a page: `Papers` in a report, the address of each in a desk."""

    def of(self, end: str) -> Said | None:
        """Return a claim that the page numbers; None for another record."""
        ...

    def anchored(self, end: str) -> tuple[str, str]:
        """Return what a claim is called and where it stands; both empty for another record."""
        ...


class Moment(Shown, frozen=True, kw_only=True):
    """One moment of a story."""

    kind: TraceKind
    verb: str
    day: str  # ISO 8601, or empty
    said: Said | None  # None: a review, or a record that is not in this report
    end: LinkEnd
    words: str
    why: str  # empty: it is the claim itself
    basis: str
    copies: tuple[tuple[str, str, str], ...]  # number, anchor and outlet of whoever carries the same
    more_copies: int


class Dot(Shown, frozen=True, kw_only=True):
    """A moment on the line of time. Positions are per cent of the width."""

    at: float
    row: int
    kind: TraceKind
    title: str


class Story(Shown, frozen=True, kw_only=True):
    """A claim, who said it, and what became of it."""

    words: str
    first_day: str
    claims: int
    documents: int
    outlets: tuple[str, ...]
    sources: tuple[tuple[str, int, tuple[str, ...]], ...]  # name, documents, and why they are one
    moments: tuple[Moment, ...]
    left_out: int
    dots: tuple[Dot, ...]  # empty where fewer than two days are known
    last_day: str


def stories(numbered: Numbered, traces: Iterable[Trace]) -> tuple[Story, ...]:
    """Return the stories in the order of the traces."""
    return tuple(story(numbered, trace) for trace in traces)


def story(numbered: Numbered, trace: Trace) -> Story:
    """Return one claim, who said it, and what became of it."""
    group = trace.proposition
    moments = tuple(_moment(numbered, event) for event in trace.events[:MOST_MOMENTS])
    days = sorted({moment.day for moment in moments if moment.day})
    return Story(
        words=_short(group.words),
        first_day=group.first_seen[:10] if group.first_seen else "",
        claims=len(group.claims),
        documents=len({view.document.id for view in group.claims}),
        outlets=group.outlets,
        sources=tuple((source.name, len(source.documents), source.why) for source in trace.sources),
        moments=moments,
        left_out=len(trace.events) - len(moments),
        dots=tuple(_dots(moments, days)) if len(days) > 1 else (),
        last_day=days[-1] if days else "",
    )


def _moment(numbered: Numbered, event: TraceEvent) -> Moment:
    said = numbered.of(event.end.id)
    copies = tuple((*numbered.anchored(copy.id), copy.document.whose) for copy in event.copies)
    return Moment(
        kind=event.kind,
        verb=_VERBS[event.kind],
        day=_day(event.published_at),
        said=said,
        end=event.end,
        words=_short(event.end.words),
        why="" if event.link is None else event.link.link.why,
        basis="" if event.link is None else basis(event.link),
        copies=copies[:_MOST_COPIES],
        more_copies=max(0, len(copies) - _MOST_COPIES),
    )


def _day(published_at: str | None) -> str:
    try:
        return date.fromisoformat((published_at or "")[:10]).isoformat()
    except ValueError:  # a review's date is as its publisher wrote it
        return ""


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()} …"


def _dots(moments: Iterable[Moment], days: list[str]) -> Iterable[Dot]:
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    length = (last - first).days
    for moment in moments:
        if moment.day:
            at = (date.fromisoformat(moment.day) - first).days / length
            who = moment.end.who
            title = f"{moment.day}: {moment.verb}, {who}"
            yield Dot(at=round(2 + 96 * at, 2), row=_ROWS[moment.kind], kind=moment.kind, title=title)
