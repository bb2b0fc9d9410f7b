"""Where a case has its texts from: its outlets, whom their documents credit, and who reprints whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Connection

from sayso.core.errors import NotFound
from sayso.core.ids import DocumentId
from sayso.core.records import published_moment
from sayso.core.views import (
    CreditView,
    DocumentHead,
    FamilyRows,
    LinkView,
    OutletDocument,
    OutletPage,
    OutletRow,
    OutletRows,
    Reprint,
    ReprintFamily,
)
from sayso.ledger import cursors, outlets, rows
from sayso.ledger.outlets import Claims, Copy, Held, Tally
from sayso.ledger.pages import Pages
from sayso.linking.credits import Credit, Publishers, credits_of, outlet_key

MOST_MEMBERS: Final = 40  # of one family that are named
MOST_REPRINTS: Final = 12  # of one family that are named
_MOST_SHARES: Final = 3  # of one document
_MOST_CREDITED: Final = 5  # by one outlet
_CREDITS_READ: Final = 3  # documents of each outlet in a list: texts are long
_AROUND: Final = 60  # code points on either side of a credit that are shown with it
_OPEN_AT_ONCE: Final = 64  # documents kept at hand
_LONGEST_NUMBER: Final = 12  # digits of a cursor's
_NO_CLAIMS: Final = Claims(0, 0)


class Sourcing:
    """Answers on one connection; what all of them need is gone through once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pages = Pages(connection)
        self._opened = lru_cache(_OPEN_AT_ONCE)(lambda document: outlets.opened(connection, document))

    def outlet_rows(self, after: str | None, limit: int) -> OutletRows:
        """Return `limit` outlets: the one with most documents first, then by name; raises BadInput."""
        place = None if after is None else _place(after)
        found = outlets.tallies(self._connection, place, limit + 1)
        shown = found[:limit]
        return OutletRows(
            rows=tuple(map(self._row, shown)),
            after=cursors.written(str(shown[-1].documents), shown[-1].outlet) if len(found) > limit else None,
        )

    def outlet(self, name: str, after: str | None, limit: int) -> OutletPage:
        """Return an outlet with `limit` of its documents; raises NotFound, or BadInput for a wrong cursor."""
        tally = outlets.tally(self._connection, rows.folded_name(name))
        if tally is None:
            raise NotFound("no-outlet", f"no document is of {name!r}", hint="the list of outlets names all")
        last = None if after is None else cursors.read(after, 1)[0]
        found = outlets.published(self._connection, tally.outlet, limit + 1, last)
        shown = found[:limit]
        counted = outlets.claims(self._connection, [one.document for one in shown])
        return OutletPage(
            row=self._row(tally),
            documents=tuple(self._document(one, counted.get(one.document, _NO_CLAIMS)) for one in shown),
            after=cursors.written(shown[-1].document) if len(found) > limit else None,
        )

    def family_rows(self, after: str | None, limit: int) -> FamilyRows:
        """Return `limit` reprint families, the largest first; raises BadInput for a wrong cursor."""
        ordered = sorted(self._families, key=_family_order)
        if after is not None:
            documents, first = _place(after)
            ordered = [one for one in ordered if _family_order(one) > (-documents, first)]
        shown = ordered[:limit]
        return FamilyRows(
            rows=tuple(map(self._family, shown)),
            after=cursors.written(str(len(shown[-1].members)), shown[-1].members[0].document)
            if len(ordered) > limit
            else None,
        )

    @cached_property
    def _held(self) -> Mapping[DocumentId, Held]:
        """The documents that share passages with others, in the order of publication."""
        copied = {end for one in self._copies for end in (one.copy, one.source)}
        return {one.document: one for one in outlets.held(self._connection, copied)}

    @cached_property
    def _publishers(self) -> Publishers:
        return Publishers(outlets.folded_names(self._connection))

    @cached_property
    def _copies(self) -> Sequence[Copy]:
        return tuple(one for one in outlets.copies(self._connection) if one.copy != one.source)

    @cached_property
    def _copies_of(self) -> Mapping[DocumentId, Sequence[Copy]]:
        found: defaultdict[DocumentId, list[Copy]] = defaultdict(list)
        for one in self._copies:
            found[one.copy].append(one)
            found[one.source].append(one)
        return found

    @cached_property
    def _families(self) -> Sequence["_Family"]:
        """Documents that share passages, grouped until no group touches another."""
        group: dict[DocumentId, set[DocumentId]] = {}
        for one in self._copies:
            few, many = sorted((group.setdefault(end, {end}) for end in (one.copy, one.source)), key=len)
            if few is not many:
                many |= few
                group.update(dict.fromkeys(few, many))
        in_order = {document: n for n, document in enumerate(self._held)}
        pairs: defaultdict[int, list[Copy]] = defaultdict(list)
        for one in self._copies:
            pairs[id(group[one.copy])].append(one)
        distinct = {id(members): members for members in group.values()}
        return tuple(
            _Family(
                tuple(self._held[document] for document in sorted(members, key=in_order.__getitem__)),
                tuple(pairs[key]),
            )
            for key, members in distinct.items()
        )

    @cached_property
    def _part_in(self) -> Mapping[str, Counter[str]]:
        """In how many families each outlet takes part, and in how many it alone may be first."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for family in self._families:
            for key in {one.key for one in family.members}:
                found[key]["families"] += 1
            first = {one.key for one in (*family.first, *family.undated)}
            if len(first) == 1 and family.first:
                found[first.pop()]["first"] += 1
        return found

    def _row(self, tally: Tally) -> OutletRow:
        read = outlets.published(self._connection, tally.outlet, _CREDITS_READ)
        part = self._part_in.get(tally.outlet, Counter())
        return OutletRow(
            name=read[0].outlet,
            documents=tally.documents,
            claims=tally.claims,
            own=tally.own,
            first=self._head(read[0].document),
            families=part["families"],
            first_in=part["first"],
            credits=_commonest(self._credits(one.document) for one in read),
            credits_read=len(read),
        )

    def _document(self, one: Held, claims: Claims) -> OutletDocument:
        text = self._opened(one.document)[0].text
        return OutletDocument(
            head=self._head(one.document),
            claims=claims.every,
            own=claims.own,
            credits=tuple(
                CreditView(name=credit.name, covers=credit.covers, words=_in_its_line(credit, text))
                for credit in self._credits(one.document)
            ),
            shares=tuple(map(self._reprint, self._copies_of.get(one.document, ())[:_MOST_SHARES])),
        )

    def _credits(self, document: DocumentId) -> Sequence[Credit]:
        return credits_of(self._opened(document)[0], self._publishers)

    def _head(self, document: DocumentId) -> DocumentHead:
        return self._opened(document)[1]

    def _family(self, family: "_Family") -> ReprintFamily:
        return ReprintFamily(
            documents=len(family.members),
            members=tuple(self._head(one.document) for one in family.members[:MOST_MEMBERS]),
            first=tuple(self._head(one.document) for one in family.first[:MOST_MEMBERS]),
            undated=len(family.undated),
            pairs=len(family.pairs),
            reprints=tuple(map(self._reprint, family.pairs[:MOST_REPRINTS])),
        )

    def _reprint(self, pair: Copy) -> Reprint:
        return reprint(self._pages.link(pair.link), self._opened(pair.copy)[0].text)


def reprint(view: LinkView, copy_text: str) -> Reprint:
    """Return two documents with how much of the copy stands in the other."""
    shared, whole = sum(map(len, view.link.left_spans)), len(copy_text)
    return Reprint(
        link=view.link.id,
        copy=view.left.document,
        source=view.right.document,
        share=min(1.0, shared / whole) if shared and whole else view.link.score,
        why=view.link.why,
    )


class _Family(NamedTuple):
    """Documents that hold the same passages, in the order of publication, and the links between them."""

    members: Sequence[Held]
    pairs: Sequence[Copy]  # the surest first

    @property
    def undated(self) -> Sequence[Held]:
        return [one for one in self.members if one.published_at is None]

    @property
    def first(self) -> Sequence[Held]:
        """Those of the earliest day; where all of them state a time, those of the earliest time."""
        dated = [(published_moment(one.published_at), one) for one in self.members if one.published_at]
        if not dated:
            return ()
        day = min(moment[0] for moment, _ in dated)
        on_it = [(moment[1], one) for moment, one in dated if moment[0] == day]
        if not all(time for time, _ in on_it):
            return [one for _, one in on_it]
        earliest = min(time for time, _ in on_it)
        return [one for time, one in on_it if time == earliest]


def _family_order(family: _Family) -> tuple[int, str]:
    return -len(family.members), family.members[0].document


def _place(after: str) -> tuple[int, str]:
    """Return where a list by number of documents ended; raises BadInput for what is no such place."""
    documents, name = cursors.read(after, 2)
    if not (documents.isascii() and documents.isdecimal() and len(documents) < _LONGEST_NUMBER):
        raise cursors.no_cursor()
    return int(documents), name


def _commonest(of_documents: Iterable[Sequence[Credit]]) -> tuple[tuple[str, int], ...]:
    """Count the documents that credit each outlet; the name as it is written first stands for all."""
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for found in of_documents:
        for key, credit in {outlet_key(credit.name): credit for credit in found}.items():
            counted[key] += 1
            written.setdefault(key, credit.name)
    ranked = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple((written[key], counted[key]) for key in ranked[:_MOST_CREDITED])


def _in_its_line(credit: Credit, text: str) -> str:
    """Return the words around a credit, within its line and from a whole word to another."""
    if credit.span is None:
        return ""
    line = text.rfind("\n", 0, credit.span.start) + 1
    end_of_line = text.find("\n", credit.span.end)
    line_end = len(text) if end_of_line < 0 else end_of_line
    start, end = max(line, credit.span.start - _AROUND), min(line_end, credit.span.end + _AROUND)
    before, after = text[start : credit.span.start], text[credit.span.end : end]
    if start > line:
        before = "… " + before.partition(" ")[2]
    if end < line_end:
        after = after.rpartition(" ")[0] + " …"
    return f"{before}{credit.span.of(text)}{after}"
