"""The list of claims as its page shows it: what was asked for, what it leads on to, and each row's signs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, Self, get_args
from urllib.parse import parse_qsl, urlencode

import msgspec

from sayso.core.errors import BadInput
from sayso.core.records import Act, LinkKind, Voice
from sayso.core.views import ClaimFilter, ClaimRow, ClaimRows, ClaimSort, Facets, FacetValue, SearchView
from sayso.exchange.papers import VOICES

ACTS: Final[tuple[Act, ...]] = get_args(Act)
SORTS: Final[Mapping[ClaimSort, str]] = {
    "published": "by day of publication",
    "checkworthy": "most worth checking first",
}
# What a claim has, as the form asks for it, and what the links are called where many are judged at once.
LINKS: Final[Mapping[LinkKind, str]] = {
    "denies": "a denial",
    "contradicts": "a conflict",
    "updates": "an update",
    "same": "the same elsewhere",
    "reviewed_by": "a published review",
}
_SIGNS: Final[Mapping[tuple[LinkKind, bool], str]] = {
    ("denies", True): "denies",
    ("denies", False): "denied by",
    ("contradicts", True): "conflicts with",
    ("contradicts", False): "conflicts with",
    ("updates", True): "updates",
    ("updates", False): "updated by",
    ("same", True): "also said in",
    ("same", False): "also said in",
    ("quotes", True): "quotes",
    ("quotes", False): "quoted by",
    ("reviewed_by", True): "reviewed by",
    ("reviewed_by", False): "reviews",
}
_LEAST: Final = ("0.2", "0.4", "0.6", "0.8")
_CONCLUDED: Final = {"yes": True, "no": False}


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What the page's address asks for: the filter and the order, as a form sends them."""

    q: str = ""
    act: Act | None = None
    voice: Voice | None = None
    speaker: str = ""
    target: str = ""
    place: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    links: tuple[LinkKind, ...] = ()
    concluded: str = ""  # yes or no
    least: str = ""  # of check-worthiness
    said_by: str = ""  # a party's id, as the matrix of who says what of whom has it
    said_of: str = ""  # the same
    sort: ClaimSort = "published"

    @classmethod
    def read(cls, sent: Iterable[tuple[str, str]]) -> Self:
        """Read what a form or an address holds; raises BadInput. Empty and unknown fields are passed over."""
        found: dict[str, str | tuple[str, ...]] = {}
        links: list[str] = []
        for name, value in sent:
            if name == "links":
                links.append(value)
            elif value.strip():
                found[name] = value.strip()
        found["links"] = tuple(link for link in dict.fromkeys(links) if link)
        try:
            return msgspec.convert(found, cls)
        except msgspec.ValidationError as error:
            raise BadInput(
                "bad-search", f"this cannot be searched for: {error}", hint="choose it on the page of claims"
            ) from error

    @classmethod
    def from_address(cls, query: str) -> Self:
        """Read the part of an address behind its question mark; raises BadInput."""
        try:
            return cls.read(parse_qsl(query, max_num_fields=50))
        except ValueError as error:
            raise BadInput("bad-search", "this address asks for too much", hint="search anew") from error

    @classmethod
    def of(cls, view: SearchView) -> Self:
        """Return the query that asks for what a saved search does."""
        wanted = view.wanted
        concluded = {True: "yes", False: "no", None: ""}[wanted.concluded]
        return cls(
            q=wanted.words or "",
            act=wanted.act,
            voice=wanted.voice,
            speaker=wanted.speaker or "",
            target=wanted.target or "",
            place=wanted.place or "",
            outlet=wanted.outlet or "",
            since=wanted.since or "",
            until=wanted.until or "",
            links=wanted.links,
            concluded=concluded,
            least=f"{wanted.checkworthy:g}" if wanted.checkworthy else "",
            said_by=wanted.said_by or "",
            said_of=wanted.said_of or "",
            sort=view.sort,
        )

    @property
    def wanted(self) -> ClaimFilter:
        """The filter; raises BadInput for a figure that is none."""
        return ClaimFilter(
            words=self.q or None,
            act=self.act,
            voice=self.voice,
            speaker=self.speaker or None,
            target=self.target or None,
            place=self.place or None,
            outlet=self.outlet or None,
            since=self.since or None,
            until=self.until or None,
            links=self.links,
            concluded=_CONCLUDED.get(self.concluded),
            checkworthy=_share(self.least),
            said_by=self.said_by or None,
            said_of=self.said_of or None,
        )

    @property
    def address(self) -> str:
        """The page's address."""
        return f"/claims?{self.query}" if self.pairs else "/claims"

    @property
    def table_address(self) -> str:
        """Where all of these claims are to be had as a table."""
        return f"/claims.csv?{self.query}" if self.pairs else "/claims.csv"

    @property
    def query(self) -> str:
        """What stands behind the question mark of the page's address."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The fields that say something, as an address holds them."""
        found: list[tuple[str, str]] = []
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                found += [(name, one) for one in value]
            elif value and (name, value) != ("sort", "published"):
                found.append((name, value))
        return found

    def with_(self, **changed: object) -> "Query":
        """Return the query with other fields."""
        return msgspec.structs.replace(self, **changed)

    @property
    def chosen(self) -> Iterator[tuple[str, "Query"]]:
        """What narrows the list, in words, and the query without it."""
        words = {
            "q": f"“{self.q}”",
            "act": f"act: {self.act}",
            "voice": f"voice: {VOICES[self.voice]}" if self.voice else "",
            "speaker": f"speaker: {self.speaker}",
            "target": f"target: {self.target}",
            "place": f"place: {self.place}",
            "outlet": f"outlet: {self.outlet}",
            "since": f"since {self.since}",
            "until": f"until {self.until}",
            "concluded": "without a verdict" if self.concluded == "no" else "with a verdict",
            "least": f"worth checking: at least {self.least}",
            "said_by": f"exactly this speaker: {self.said_by}",
            "said_of": f"exactly this target: {self.said_of}",
        }
        for name, said in words.items():
            if getattr(self, name):
                without = self.with_(**{name: None if name in {"act", "voice"} else ""})
                yield said, without
        for kind in self.links:
            rest = tuple(one for one in self.links if one != kind)
            yield f"has {LINKS.get(kind, kind)}", self.with_(links=rest)


def _share(typed: str) -> float:
    try:
        found = float(typed or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise BadInput("bad-share", f"{typed!r} is no share", hint="write it as 0.6") from None
    return found


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of its links of one kind: "denied by 2"."""

    kind: LinkKind
    words: str
    count: int


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """The commonest values of one field, each with the query that asks for it."""

    name: str  # of the field
    label: str
    values: tuple[tuple[FacetValue, str, str], ...]  # the value, what it is called, where it leads
    typed: str | None  # what stands in its field; None: it has a list to choose from instead


class Results:
    """All that the page of claims shows."""

    def __init__(
        self, query: Query, found: ClaimRows, facets: Facets, searches: tuple[SearchView, ...]
    ) -> None:
        self.query = query
        self.found = found
        self.counted = facets
        self.searches = tuple((view, Query.of(view).address) for view in searches)

    acts = ACTS
    voices = VOICES
    sorts = SORTS
    kinds = LINKS

    @property
    def chosen(self) -> Iterator[tuple[str, Query]]:
        """What narrows the list, in words, and the query without it; parties by the name they have here."""
        view = self.found.rows[0].view if self.found.rows else None
        speaker = view.speaker if view else None
        target = view.claim.target.name if view and view.claim.target else None
        for words, without in self.query.chosen:
            told = words
            for party, named in ((self.query.said_by, speaker), (self.query.said_of, target)):
                told = told.replace(party, named) if party and named else told
            yield told, without

    @property
    def shares(self) -> tuple[str, ...]:
        """The least check-worthiness that the form offers, and what the address asks for."""
        return tuple(sorted({*_LEAST, *filter(None, [self.query.least])}))

    @property
    def following(self) -> str | None:
        """The address of the next page."""
        if self.found.after is None:
            return None
        return f"/claims?{urlencode([*self.query.pairs, ('after', self.found.after)])}"

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """Every facet that has a value to choose."""
        counted = self.counted
        voices = {str(voice): words for voice, words in VOICES.items()}
        return tuple(
            Facet(
                name=name,
                label=label,
                values=tuple(
                    (value, called.get(value.value, value.value), self._narrowed(name, value.value))
                    for value in values
                ),
                typed=None if name in {"act", "voice"} else getattr(self.query, name),
            )
            for name, label, values, called in (
                ("act", "Act", counted.acts, {}),
                ("voice", "Voice", counted.voices, voices),
                ("speaker", "Speaker", counted.speakers, {}),
                ("target", "Target", counted.targets, {}),
                ("place", "Place", counted.places, {}),
                ("outlet", "Outlet", counted.outlets, {}),
            )
        )

    def _narrowed(self, name: str, value: str) -> str:
        return self.query.with_(**{name: value}).address

    def link_count(self, kind: LinkKind) -> int:
        """Return how many of the counted claims have a link of a kind."""
        return next((one.count for one in self.counted.links if one.value == kind), 0)


def signs(row: ClaimRow) -> tuple[Sign, ...]:
    """Return what a row says of its links, both directions of a kind that has none as one."""
    found: dict[tuple[LinkKind, str], int] = {}
    for one in row.links:
        words = _SIGNS.get((one.kind, one.acts))
        if words is not None:
            found[one.kind, words] = found.get((one.kind, words), 0) + one.count
    return tuple(Sign(kind=kind, words=words, count=count) for (kind, words), count in found.items())
