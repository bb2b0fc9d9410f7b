"""Outlets, reprint families, and what a copy changed, as their pages show them."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from sayso.core.excerpts import shortened
from sayso.core.records import order_is_stated
from sayso.core.views import EditKind, OutletDocument, OutletRow, Reprint, ReprintFamily, ReprintPage
from sayso.web.who import address


class OutletLine(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet in the list, or at the head of its own page."""

    row: OutletRow

    @property
    def name(self) -> str:
        """What it is called; empty: nobody is named."""
        return self.row.name or ""

    @property
    def share(self) -> int:
        """Per cent of its claims that are in its own voice."""
        return per_cent(self.row.own, self.row.claims)

    @property
    def address(self) -> str:
        """Of its documents."""
        return address("/sources/outlet", name=self.name)

    @property
    def claims_address(self) -> str:
        """Of its claims; empty where no list holds exactly them."""
        return address("/claims", outlet=self.name) if self.name else ""

    @property
    def own_address(self) -> str:
        """Of those in its own voice; empty where no list holds exactly them."""
        return address("/claims", outlet=self.name, voice="outlet") if self.name else ""


class FamilyCard(msgspec.Struct, frozen=True, kw_only=True):
    """Documents with the same passages."""

    family: ReprintFamily

    @property
    def more(self) -> int:
        """Members that are not named."""
        return self.family.documents - len(self.family.members)

    @property
    def more_pairs(self) -> int:
        """Pairs that are not named."""
        return self.family.pairs - len(self.family.reprints)

    @property
    def pairs(self) -> tuple["Pair", ...]:
        """The surest pairs."""
        return tuple(Pair(reprint=one) for one in self.family.reprints)


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two documents that share passages."""

    reprint: Reprint

    @property
    def share(self) -> int:
        """Per cent of the copy that stands in the other."""
        return round(100 * self.reprint.share)

    @property
    def is_ordered(self) -> bool:
        """Whether the dates say which of the two came first."""
        return order_is_stated(self.reprint.source.published_at, self.reprint.copy.published_at)

    @property
    def address(self) -> str:
        """Of the page with the edits."""
        return f"/copies/{self.reprint.link}"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a copy with what stood in their place."""

    kind: EditKind
    words: str  # of the copy; empty where it cut some
    former: str  # of the other text; empty where nothing was changed


class Compared:
    """A copy from its first word to its last, with what was cut, put in, moved or replaced."""

    def __init__(self, page: ReprintPage) -> None:
        self.page = page
        self.pair = Pair(reprint=page.reprint)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The whole copy; long unchanged stretches are shortened."""
        return tuple(self._changes())

    @property
    def changed(self) -> int:
        """How many of them change something."""
        return sum(one.kind not in {"kept", "moved"} for one in self.changes)

    def _changes(self) -> Iterator[Change]:
        copy, source = self.page.copy_text, self.page.source_text
        at = 0
        for edit in self.page.edits:
            unchanged = edit.kind in {"kept", "moved"}
            former = "" if edit.source is None or unchanged else edit.source.of(source)
            if edit.copy is None:
                yield Change(kind=edit.kind, words="", former=former)
                continue
            yield from _between(copy[at : edit.copy.start])
            at = edit.copy.end
            words = edit.copy.of(copy)
            yield Change(kind=edit.kind, words=shortened(words) if unchanged else words, former=former)
        yield from _between(copy[at:])


def _between(words: str) -> Iterator[Change]:
    """Yield what stands between two edits: blanks."""
    if words:
        yield Change(kind="kept", words=shortened(words), former="")


def per_cent(part: int, whole: int) -> int:
    """Return a share in per cent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


class DocumentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A document of an outlet."""

    document: OutletDocument

    @property
    def share(self) -> int:
        """Per cent of its claims that are in the outlet's own voice."""
        return per_cent(self.document.own, self.document.claims)

    @property
    def copied(self) -> tuple[Pair, ...]:
        """Documents of which some stands in it."""
        return tuple(pair for pair in self._pairs if pair.reprint.copy.id != self.document.head.id)

    @property
    def copies(self) -> tuple[Pair, ...]:
        """Documents in which some of it stands."""
        return tuple(pair for pair in self._pairs if pair.reprint.copy.id == self.document.head.id)

    @property
    def _pairs(self) -> tuple[Pair, ...]:
        return tuple(Pair(reprint=one) for one in self.document.shares)
