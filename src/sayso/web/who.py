"""Who says what of whom, as its page shows it: a matrix, a graph of it, and a timeline beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import quote_plus

import msgspec

from sayso.core.records import Act, Voice
from sayso.core.views import NOBODY, OTHERS, Actor, OwnVoice, Period, RelationFilter, Relations
from sayso.exchange.papers import ACTS

# Parties that the page names on each side, by choice: no screen holds a larger table.
NAMED: Final = (6, 12, 18, 24)
# Of the drawing of accusations and denials, in its own units.
WIDTH: Final = 720
HEIGHT: Final = 200
_MARGIN: Final = 18  # above and below for the numbers
_WIDEST: Final = 26
_NARROWEST: Final = 3
# A graph asks for the same few hundred parties in thousands of addresses.
_quoted: Final = lru_cache(1024)(quote_plus)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How often an act is performed."""

    act: Act
    claims: int
    address: str  # of these claims; empty where no list holds exactly them

    @property
    def verb(self) -> str:
        """The act as a verb."""
        return ACTS[self.act]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What one says of another."""

    counts: tuple[Count, ...]  # the most frequent act first

    @property
    def claims(self) -> int:
        """All of it."""
        return sum(count.claims for count in self.counts)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker says of everybody."""

    key: str  # a party's id, OTHERS or NOBODY
    name: str
    claims: int
    address: str
    cells: tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A target."""

    key: str
    name: str
    address: str


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """Accusations or denials of one period, as drawn."""

    act: Act
    label: str
    address: str
    x: float
    y: float
    width: float
    height: float
    claims: int


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """One period of the timeline, as listed."""

    label: str  # a day, a month or a year; empty: not dated
    accusations: Count
    denials: Count


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A party of the graph."""

    id: str
    name: str
    claims: int  # that it makes or is the target of


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """What one party says of another."""

    speaker: str
    target: str
    claims: int
    words: str  # "accuses 3, denies 1"
    address: str


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """The matrix as nodes and edges; claims of others and of nobody are in the table alone."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """How much of an outlet's claims it makes in its own voice."""

    row: OwnVoice

    @property
    def share(self) -> int:
        """Per cent."""
        return round(100 * self.row.own / self.row.claims) if self.row.claims else 0

    @property
    def address(self) -> str:
        """Of these claims; empty where the outlet is not known."""
        return address("/claims", outlet=self.row.name, voice="outlet") if self.row.name else ""


def address(path: str, **parts: str | int | None) -> str:
    """Return a page's address with what is asked of it; what is None is left out."""
    asked = [f"{name}={_quoted(str(value))}" for name, value in parts.items() if value is not None]
    return f"{path}?{'&'.join(asked)}" if asked else path


class Who:
    """All that the page shows."""

    def __init__(self, wanted: RelationFilter, found: Relations) -> None:
        self.wanted = wanted
        self.found = found
        self.own = tuple(Own(row=row) for row in found.outlets if row.claims)

    def _claims(
        self,
        act: Act | None,
        *,
        speaker: str | None = None,
        target: str | None = None,
        days: Period | None = None,
    ) -> str:
        """Return the address of claims; empty where a side stands for many or for nobody."""
        if {speaker, target} & {OTHERS, NOBODY}:
            return ""
        voice: Voice | None = self.wanted.voice
        return address(
            "/claims",
            said_by=speaker,
            said_of=target,
            act=act,
            voice=voice,
            since=days.since if days else self.wanted.since,
            until=days.until if days else self.wanted.until,
        )

    @property
    def graph_address(self) -> str:
        """Where the graph's data is."""
        wanted = self.wanted
        return address(
            "/who/graph",
            act=wanted.act,
            voice=wanted.voice,
            since=wanted.since,
            until=wanted.until,
            most=wanted.most,
        )

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The targets; then all others as one, and claims of nobody."""
        named = [
            Column(key=one.id, name=one.name, address=self._claims(self.wanted.act, target=one.id))
            for one in self.found.targets
        ]
        return (*named, *self._rest("target"))

    def _rest(self, side: str) -> Iterator[Column]:
        more = self.found.more_targets if side == "target" else self.found.more_speakers
        if more:
            yield Column(key=OTHERS, name=f"{more} others", address="")
        if any(getattr(one, side) == NOBODY for one in self.found.relations):
            yield Column(key=NOBODY, name="nobody named", address="")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The speakers; then all others as one, and claims whose speaker nobody names."""
        named = [(one.id, one.name) for one in self.found.speakers]
        rest = [(column.key, column.name) for column in self._rest("speaker")]
        return tuple(self._line(key, name) for key, name in (*named, *rest))

    def _line(self, key: str, name: str) -> Line:
        cells = tuple(self._cell(key, column.key) for column in self.columns)
        return Line(
            key=key,
            name=name,
            claims=sum(cell.claims for cell in cells),
            address=self._claims(self.wanted.act, speaker=key),
            cells=cells,
        )

    def _cell(self, speaker: str, target: str) -> Cell:
        return Cell(
            counts=tuple(
                Count(act=act, claims=claims, address=self._claims(act, speaker=speaker, target=target))
                for act, claims in _ranked(self._acts.get((speaker, target), {}))
            )
        )

    @cached_property
    def _acts(self) -> Mapping[tuple[str, str], Mapping[Act, int]]:
        found: defaultdict[tuple[str, str], dict[Act, int]] = defaultdict(dict)
        for one in self.found.relations:
            found[one.speaker, one.target][one.act] = one.claims
        return found

    @cached_property
    def graph(self) -> Graph:
        """What the table says of parties that are named."""
        named: dict[str, Actor] = {}
        said: defaultdict[str, int] = defaultdict(int)
        edges = []
        for one in (*self.found.speakers, *self.found.targets):
            named[one.id] = one
        for (speaker, target), counted in self._acts.items():
            if speaker not in named or target not in named:
                continue
            every = sum(counted.values())
            said[speaker] += every
            said[target] += every
            edges.append(
                Edge(
                    speaker=speaker,
                    target=target,
                    claims=every,
                    words=", ".join(f"{ACTS[act]} {claims}" for act, claims in _ranked(counted)),
                    address=self._claims(self.wanted.act, speaker=speaker, target=target),
                )
            )
        ordered = sorted(said, key=lambda party: (-said[party], named[party].name, party))
        return Graph(
            nodes=tuple(Node(id=one, name=named[one].name, claims=said[one]) for one in ordered),
            edges=tuple(edges),
        )

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The timeline as a list."""
        undated = () if self.found.undated is None else (self.found.undated,)
        return tuple(self._span(one) for one in (*self.found.periods, *undated))

    def _span(self, days: Period) -> Span:
        return Span(
            label=_label(days),
            accusations=self._of(days, "accuse"),
            denials=self._of(days, "deny"),
        )

    def _of(self, days: Period, act: Act) -> Count:
        claims = days.accusations if act == "accuse" else days.denials
        # No list of claims is asked for those without a day.
        return Count(act=act, claims=claims, address=self._claims(act, days=days) if days.since else "")

    @cached_property
    def middle(self) -> float:
        """Where the line is on which accusations stand and from which denials hang."""
        return round(_MARGIN + self._scale * self._most_accusations, 2)

    @cached_property
    def _most_accusations(self) -> int:
        return max((one.accusations for one in self.found.periods), default=0)

    @cached_property
    def _scale(self) -> float:
        """How high one claim is, the same on either side of the line; 0 where there is none."""
        most = self._most_accusations + max((one.denials for one in self.found.periods), default=0)
        return (HEIGHT - 2 * _MARGIN) / most if most else 0.0

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The timeline as a drawing: accusations stand on the line, denials hang from it."""
        return tuple(self._bars())

    def _bars(self) -> Iterator[Bar]:
        periods = self.found.periods
        if not self._scale:
            return
        first, last = date.fromisoformat(periods[0].since), date.fromisoformat(periods[-1].until)
        slot = WIDTH / ((last - first).days + 1)
        for days in periods:
            since, until = date.fromisoformat(days.since), date.fromisoformat(days.until)
            middle = ((since - first).days + ((until - since).days + 1) / 2) * slot
            width = min(_WIDEST, max(_NARROWEST, 0.7 * slot * ((until - since).days + 1)))
            for count in (self._of(days, "accuse"), self._of(days, "deny")):
                height = count.claims * self._scale
                if count.claims:
                    yield Bar(
                        act=count.act,
                        label=f"{_label(days)}: {_counted(count)}",
                        address=count.address,
                        x=round(min(max(middle - width / 2, 0), WIDTH - width), 2),
                        y=round(self.middle - height if count.act == "accuse" else self.middle, 2),
                        width=round(width, 2),
                        height=round(height, 2),
                        claims=count.claims,
                    )


def _ranked(counted: Mapping[Act, int]) -> Sequence[tuple[Act, int]]:
    """Return acts with their counts, the most frequent first."""
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _label(days: Period) -> str:
    """Return a period as ISO 8601 writes it: a day, a month or a year."""
    if days.since == days.until:
        return days.since
    return days.since[:7] if days.since[:7] == days.until[:7] else days.since[:4]


def _counted(count: Count) -> str:
    one, many = ("accusation", "accusations") if count.act == "accuse" else ("denial", "denials")
    return f"{count.claims} {one if count.claims == 1 else many}"
