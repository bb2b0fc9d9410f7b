"""What lists of claims are filtered, sorted and searched by: a row a claim, kept beside the records.

A claim's number begins with the day on which its document was published, so that every index yields claims in
the order of publication and a page of a list is read without sorting. Its marks are words of the full-text
index: act, voice, check-worthiness in hundredths, a word for each name, for each kind of link that nobody
rejected, and for a verdict. So the database intersects filters and words in one go.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from sayso.core.errors import BadRecord
from sayso.core.ids import AttributionId, ClaimId
from sayso.core.records import (
    Annotation,
    Attribution,
    Claim,
    Document,
    Link,
    LinkJudgement,
    LinkKind,
    Record,
    Verdict,
    first_appearance,
)
from sayso.core.spans import hull, words
from sayso.core.views import Finding
from sayso.ledger import annotations, fulltext, index, linkjudgements, rows, schema, search
from sayso.ledger.findings import finding
from sayso.ledger.shelves import in_lots
from sayso.ledger.values import one_of

# Names; what figures count; then parties' ids, by the part they have in the claim (`ledger.rows`).
TermKind = Literal[
    "speaker",
    "target",
    "place",
    "outlet",
    "outcome",
    "party speaker",
    "party teller",
    "party outlet",
    "party target",
]

NOT_SCORED: Final = -1.0
CONCLUDED: Final = "w"  # the mark of a claim with a verdict
# How the other marks begin; what follows is the act, the voice, the kind of link or a number.
ACT: Final = "a"
VOICE: Final = "v"
LINK: Final = "l"
_WORTH: Final = "c"
TERMS: Final[Mapping[TermKind, str]] = {
    "speaker": "s",
    "target": "g",
    "place": "p",
    "outlet": "o",
    "outcome": "q",
    "party speaker": "i",
    "party teller": "j",
    "party outlet": "k",
    "party target": "m",
}
# The parties on a claim's two sides; each mark stands there once.
_SPEAKER: Final = TERMS["party speaker"]
_OUTLET: Final = TERMS["party outlet"]
_TARGET: Final = TERMS["party target"]
_SIDES: Final = re.compile(rf"(?:^| )([{ACT}{VOICE}{_SPEAKER}{_OUTLET}{_TARGET}])(\S*)")
_HUNDREDTHS = 100

_DAY_BITS = 40  # of a number below the day: claims of one day, in the order in which they came
_UNDATED = 4_000_000  # after the last day there is, 9999-12-31, which is number 3,652,059
_FILLED_AT_ONCE = 200  # documents whose claims are at hand while an older ledger is brought forward

_R = TypeVar("_R", bound=Record)


class Told(NamedTuple):
    """A claim with what its row is made from."""

    claim: Claim
    document: Document
    attributions: Mapping[AttributionId, Attribution]


class _Term(NamedTuple):
    kind: TermKind
    folded: str


class _Entry(NamedTuple):
    """A row on its way: its names have no numbers yet."""

    claim: str
    day: int
    worth: float
    words: str
    plain: tuple[str, ...]
    names: Mapping[_Term, str]


def first_number(day: int | None) -> int:
    """Return the number at which the claims of a day begin (`date.toordinal`); None: of the undated ones."""
    return (_UNDATED if day is None else day) << _DAY_BITS


def worth_mark(hundredth: int | None) -> str:
    """Return the mark of the claims whose check-worthiness lies in one hundredth; None: of those without."""
    return f"{_WORTH}x" if hundredth is None else f"{_WORTH}{hundredth}"


def hundredth(worth: float) -> int:
    """Return in which hundredth a check-worthiness lies: 0 to 99."""
    return min(int(worth * _HUNDREDTHS), _HUNDREDTHS - 1)


def link_mark(kind: LinkKind) -> str:
    """Return the mark of the claims that have a link of a kind."""
    return LINK + kind.replace("_", "")


def put(connection: Connection, told: Sequence[Told]) -> None:
    """List claims that are new to the case; the caller's transaction must hold the write lock."""
    place: dict[str, tuple[int, str, str, int, int]] = {}
    for number, one in enumerate(told):
        if one.document.id not in place:
            # Of one day those that say when first, then as they came: ids depend on every name in a text.
            place[one.document.id] = (_day(one.document), *first_appearance(one.document)[:3], number)
    ordered = sorted(told, key=lambda one: (place[one.document.id], hull(one.claim.content)))
    entries = [_entry(one) for one in ordered]
    terms = _term_numbers(connection, entries)
    states = _states(connection, [entry.claim for entry in entries], replaced(connection))
    found: list[rows.Row] = []
    for day, group in groupby(entries, key=lambda entry: entry.day):
        first = _next_number(connection, day)
        found += [
            {
                "number": number,
                "claim": entry.claim,
                "worth": entry.worth,
                "words": entry.words,
                "marks": _marks(entry, terms, states[entry.claim]),
            }
            for number, entry in enumerate(group, first)
        ]
    if found:
        connection.execute(insert(schema.listed), found)
        indexed = (search.Listed(row["number"], row["words"], row["marks"]) for row in found)
        fulltext.of(connection).index_claims(connection, indexed)


def judge(connection: Connection, judgement: LinkJudgement) -> tuple[str, ...]:
    """Keep what stands on a link from now on; returns the two ends."""
    link = _link(connection, judgement)
    if link is None:
        return ()
    for one in linkjudgements.alike(link):
        connection.execute(delete(schema.judged_links).where(schema.judged_links.c.link == one))
        connection.execute(insert(schema.judged_links), {"link": one, "judged": judgement.judgement})
    return link.left, link.right


def conclude(connection: Connection, verdict: Verdict) -> None:
    """Keep the verdict that stands on a claim from now on."""
    connection.execute(delete(schema.concluded).where(schema.concluded.c.claim == verdict.claim))
    connection.execute(insert(schema.concluded), _concluded(verdict))


def replace(connection: Connection, annotation: Annotation) -> Iterator[str]:
    """Yield the claims whose links an annotation takes away or brings back."""
    links = schema.links.c
    for claim in (annotation.claim, annotation.replaces):
        if claim is not None:
            for end, other in ((links.left, links.right), (links.right, links.left)):
                yield from connection.execute(select(other).where(end == claim)).scalars()


def renew(connection: Connection, ends: Iterable[str]) -> None:
    """Mark claims anew whose links, judgements or verdicts have changed; other ends are passed over."""
    columns = schema.listed.c
    of_claims = {end for end in ends if end.startswith(f"{Claim.prefix}_")}
    gone = replaced(connection) if of_claims else ()
    for lot in in_lots(sorted(of_claims)):
        states = _states(connection, lot, gone)
        marks: dict[str, str] = {}
        listed = select(columns.claim, columns.marks).where(columns.claim.in_(lot))
        for row in connection.execute(listed):
            kept = (mark for mark in row.marks.split() if mark != CONCLUDED and mark[0] != LINK)
            marks[row.claim] = " ".join((*kept, *states[row.claim]))
        _mark(connection, marks)


def fill(connection: Connection) -> None:
    """List whatever is stored and not listed: all of a ledger that an older sayso wrote.

    What cannot be read is passed over: `sayso verify` tells of it.
    """
    for judgement in _readable(connection, LinkJudgement):
        judge(connection, judgement)
    for verdict in _standing_verdicts(connection).values():
        conclude(connection, verdict)
    claims, listed = schema.claims.c, schema.listed.c
    unlisted = (
        select(claims.document)
        .join(schema.listed, listed.claim == claims.claim, isouter=True)
        .where(listed.claim.is_(None))
        .distinct()
    )
    # A damaged id is no text that a database takes in a question.
    documents = [one for one in connection.execute(unlisted).scalars() if one.isascii()]
    for at in range(0, len(documents), _FILLED_AT_ONCE):
        lot = documents[at : at + _FILLED_AT_ONCE]
        put(connection, [one for document in lot for one in _unlisted(connection, document)])
    _mark_figures(connection)


def _mark_figures(connection: Connection) -> None:
    """Mark the listed claims that state figures: those of a ledger whose lists did not tell."""
    records, claims = schema.records.c, schema.claims.c
    counted = select(schema.terms.c.number).where(schema.terms.c.kind == "outcome").limit(1)
    if connection.execute(counted).scalar() is not None:
        return
    stating = (
        select(claims.document)
        .join(schema.records, records.id == claims.claim)
        .where(records.kind == Claim.__name__.lower(), records.body.contains('"outcome":"', autoescape=True))
        .distinct()
    )
    gone = replaced(connection)
    for document in connection.execute(stating).scalars().all():
        if document.isascii():
            entries = [_entry(one) for one in told_of(connection, document)]
            terms = _term_numbers(connection, entries)
            states = _states(connection, [entry.claim for entry in entries], gone)
            _mark(connection, {one.claim: _marks(one, terms, states[one.claim]) for one in entries})


def _mark(connection: Connection, marks: Mapping[str, str]) -> None:
    """Give listed claims other marks, in the table and in the index; those that have them stay."""
    listed = schema.listed
    for lot in in_lots(sorted(marks)):
        wanted = select(listed.c.number, listed.c.claim, listed.c.words, listed.c.marks)
        changed = [
            (search.Listed(row.number, row.words, row.marks), marks[row.claim])
            for row in connection.execute(wanted.where(listed.c.claim.in_(lot))).all()
            if row.marks != marks[row.claim]
        ]
        if not changed:
            continue
        fulltext.of(connection).forget_claims(connection, (former for former, _ in changed))
        marked = update(listed).where(listed.c.number == bindparam("of"))
        connection.execute(
            marked.values(marks=bindparam("anew")),
            [{"of": former.number, "anew": anew} for former, anew in changed],
        )
        indexed = (former._replace(marks=anew) for former, anew in changed)
        fulltext.of(connection).index_claims(connection, indexed)


class Sides(NamedTuple):
    """Who says what of whom, by the marks of a claim: two parties' terms, empty where there is none."""

    act: str
    voice: str
    speaker: str  # the innermost voice, an outlet's own too
    target: str


def sides(marks: str) -> Sides:
    """Return the two sides of a claim from its marks."""
    of = dict(_SIDES.findall(marks))
    return Sides(
        of.get(ACT, ""),
        of.get(VOICE, ""),
        of.get(_SPEAKER) or of.get(_OUTLET) or "",
        of.get(_TARGET, ""),
    )


def marks_of_days(connection: Connection, first: date, last: date, gone: Collection[str]) -> Sequence[str]:
    """Return the marks of the claims that were published from one day to another, but for those gone."""
    columns = schema.listed.c
    since, until = first_number(first.toordinal()), first_number(last.toordinal() + 1)
    wanted = select(columns.marks).where(columns.number >= since, columns.number < until)
    if gone:
        wanted = wanted.where(~one_of(columns.claim, gone))
    return connection.scalars(wanted).all()


def term_names(connection: Connection, terms: Iterable[str]) -> Mapping[str, str]:
    """Return the folded names of terms, by their numbers as marks have them."""
    columns = schema.terms.c
    wanted = select(columns.number, columns.folded).where(one_of(columns.number, map(int, terms)))
    return {str(number): folded for number, folded in connection.execute(wanted).all()}


def _link(connection: Connection, judgement: LinkJudgement) -> Link | None:
    """Return the link that somebody judged; None where it cannot be read."""
    wanted = select(schema.records.c.body).where(schema.records.c.id == judgement.link)
    return next(_read(connection, wanted, Link), None)


def _unlisted(connection: Connection, document: str) -> Iterator[Told]:
    claims, listed = schema.claims.c, schema.listed.c
    done = (
        select(claims.claim)
        .join(schema.listed, listed.claim == claims.claim, isouter=True)
        .where(claims.document == document, listed.claim.is_(None))
    )
    missing = set(connection.execute(done).scalars())
    return (one for one in told_of(connection, document) if one.claim.id in missing)


def told_of(connection: Connection, document: str) -> Iterator[Told]:
    """Yield the readable claims of a stored document; none where the document itself cannot be read."""
    held = next(_readable(connection, Document, document), None)
    if held is None:
        return
    attributions = {one.id: one for one in _readable(connection, Attribution, document)}
    for claim in _readable(connection, Claim, document):
        if max(span.end for span in claim.content) <= len(held.text):
            yield Told(claim, held, attributions)


def _readable(connection: Connection, kind: type[_R], document: str | None = None) -> Iterator[_R]:
    """Yield records of a kind, all or a document's, in the order in which they were stored."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.kind == kind.__name__.lower())
    if document is not None:
        wanted = wanted.where(columns.document == document)
    return _read(connection, wanted.order_by(columns.entry), kind)


def _read(connection: Connection, wanted: Select[str], kind: type[_R]) -> Iterator[_R]:
    for body in connection.scalars(wanted).all():
        try:
            yield index.record(body, kind)
        except (BadRecord, AttributeError):  # a body that is no text at all has no bytes
            continue


def _entry(one: Told) -> _Entry:
    claim, document = one.claim, one.document
    chain = rows.source_chain(claim.attribution, one.attributions)
    names: dict[_Term, str] = {}
    for kind, name in _names(claim, document, chain):
        folded = rows.folded_name(name)
        if folded:
            names.setdefault(_Term(kind, folded), " ".join(name.split()))
    for row in rows.role_rows(claim, one.attributions):
        names.setdefault(_Term(_PARTY_ROLES[row["role"]], row["party"]), row["party"])
    scored = claim.checkworthy is not None
    worth = NOT_SCORED if claim.checkworthy is None else claim.checkworthy
    voice = chain[0].voice if chain else ""
    return _Entry(
        claim=claim.id,
        day=_day(document),
        worth=worth,
        words=search.folded_words(words(claim.content, document.text)),
        plain=(ACT + claim.act, VOICE + voice, worth_mark(hundredth(worth) if scored else None)),
        names=names,
    )


_PARTY_ROLES: Final[Mapping[str, TermKind]] = {
    rows.SPEAKER: "party speaker",
    rows.TELLER: "party teller",
    rows.OUTLET: "party outlet",
    rows.TARGET: "party target",
}


def _names(claim: Claim, document: Document, chain: Iterable[Attribution]) -> Iterator[tuple[TermKind, str]]:
    for attribution in chain:
        if attribution.voice != "outlet" and attribution.speaker:
            yield "speaker", attribution.speaker.name
    if claim.target is not None:
        yield "target", claim.target.name
    for place in claim.places:
        yield "place", place.name
    if document.outlet is not None:
        yield "outlet", document.outlet
    for quantity in claim.quantities:
        if quantity.outcome is not None:
            yield "outcome", quantity.outcome


def _day(document: Document) -> int:
    published = document.published
    return _UNDATED if published is None else published.toordinal()


def _next_number(connection: Connection, day: int) -> int:
    number = schema.listed.c.number
    last = select(func.max(number)).where(number >= first_number(day), number < first_number(day + 1))
    found = connection.execute(last).scalar()
    return first_number(day) if found is None else int(found) + 1


def _marks(entry: _Entry, terms: Mapping[_Term, int], state: Sequence[str]) -> str:
    return " ".join((*entry.plain, *(f"{TERMS[term.kind]}{terms[term]}" for term in entry.names), *state))


def _term_numbers(connection: Connection, entries: Iterable[_Entry]) -> Mapping[_Term, int]:
    """Return the numbers of all names of some rows; names that are new get theirs."""
    columns = schema.terms.c
    wanted = {term: name for entry in reversed(list(entries)) for term, name in entry.names.items()}
    by_kind: dict[TermKind, list[str]] = defaultdict(list)
    for term in wanted:
        by_kind[term.kind].append(term.folded)
    found: dict[_Term, int] = {}
    for kind, names in by_kind.items():
        for lot in in_lots(names):
            asked = select(columns.number, columns.folded).where(
                columns.kind == kind, columns.folded.in_(lot)
            )
            found |= {_Term(kind, row.folded): row.number for row in connection.execute(asked)}
    new = [term for term in wanted if term not in found]
    if new:
        last = connection.execute(select(func.max(columns.number))).scalar() or 0
        found |= {term: number for number, term in enumerate(new, last + 1)}
        connection.execute(
            insert(schema.terms),
            [
                {"number": found[term], "kind": term.kind, "folded": term.folded, "name": wanted[term]}
                for term in new
            ],
        )
    return found


def _states(
    connection: Connection, claims: Sequence[str], gone: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return for each claim the marks of its verdict and of its links but for those to replaced claims."""
    found: dict[str, set[str]] = defaultdict(set)
    links, judged, concluded = schema.links.c, schema.judged_links.c, schema.concluded.c
    for lot in in_lots(claims):
        for end, other in ((links.left, links.right), (links.right, links.left)):
            wanted = (
                select(end, other, links.kind)
                .join(schema.judged_links, judged.link == links.link, isouter=True)
                .where(end.in_(lot), or_(judged.judged.is_(None), judged.judged != "rejected"))
            )
            for claim, other_end, kind in connection.execute(wanted):
                if other_end not in gone:
                    found[claim].add(link_mark(kind))
        verdicts = select(concluded.claim).where(concluded.claim.in_(lot))
        for claim in connection.execute(verdicts).scalars():
            found[claim].add(CONCLUDED)
    return {claim: tuple(sorted(found.get(claim, ()))) for claim in claims}


def replaced(connection: Connection) -> AbstractSet[ClaimId]:
    """Return the claims that people put others in the place of; unreadable annotations are passed over."""
    return annotations.Standing(_readable(connection, Annotation)).replaced


def _concluded(verdict: Verdict) -> rows.Row:
    return {"claim": verdict.claim, "verdict": verdict.id, "rating": verdict.rating}


def _standing_verdicts(connection: Connection) -> Mapping[str, Verdict]:
    """Return the last verdict on each claim that is there."""
    found = {verdict.claim: verdict for verdict in _readable(connection, Verdict)}
    known: set[str] = set()
    for lot in in_lots(sorted(found)):
        claim = schema.claims.c.claim
        known |= set(connection.scalars(select(claim).where(claim.in_(lot))))
    return {claim: verdict for claim, verdict in found.items() if claim in known}


def findings(connection: Connection) -> Iterator[Finding]:
    """Compare the lists with the records, document by document."""
    stored = connection.execute(select(schema.terms)).all()
    terms = {_Term(row.kind, row.folded): row.number for row in stored}
    unproven = {_Term(row.kind, row.folded): row.name for row in stored}
    gone = replaced(connection)
    documents = select(schema.claims.c.document).distinct()
    for document in connection.execute(documents).scalars().all():
        if document.isascii():  # `verify` tells of a damaged id by itself
            yield from _differences(connection, document, terms, gone, unproven)
    for term in unproven:
        yield finding("changed-column", "its row in terms is not what any claim says", term.folded)
    listed, claims = schema.listed.c, schema.claims.c
    stray = select(listed.claim).where(listed.claim.not_in(select(claims.claim)))
    for claim in connection.execute(stray).scalars():
        yield finding("stray-row", "a row of listed belongs to no claim", claim)
    yield from _judged_differences(connection)
    yield from _concluded_differences(connection)


def _differences(
    connection: Connection,
    document: str,
    terms: Mapping[_Term, int],
    gone: Container[str],
    unproven: dict[_Term, str],
) -> Iterator[Finding]:
    """Compare the rows of a document, and take out of `unproven` the names that its claims give."""
    listed, claims = schema.listed, schema.claims.c
    of_document = (
        select(listed).join(schema.claims, claims.claim == listed.c.claim).where(claims.document == document)
    )
    actual = {row.claim: row for row in connection.execute(of_document)}
    entries = [_entry(one) for one in told_of(connection, document)]
    states = _states(connection, [entry.claim for entry in entries], gone)
    for entry in entries:
        for term, name in entry.names.items():
            if unproven.get(term) == name:
                del unproven[term]
        row = actual.get(entry.claim)
        as_listed = (
            row is not None
            and terms.keys() >= entry.names.keys()
            and isinstance(row.number, int)
            and row.number >> _DAY_BITS == entry.day
            and (row.worth, row.words) == (entry.worth, entry.words)
            and row.marks == _marks(entry, terms, states[entry.claim])
        )
        if not as_listed:
            yield finding("changed-column", "its row in listed is not what the records give", entry.claim)


def _judged_differences(connection: Connection) -> Iterator[Finding]:
    expected: dict[str, str] = {}
    for judgement in _readable(connection, LinkJudgement):
        link = _link(connection, judgement)
        if link is not None:
            expected |= dict.fromkeys(linkjudgements.alike(link), judgement.judgement)
    columns = schema.judged_links.c
    actual = {row.link: row.judged for row in connection.execute(select(columns.link, columns.judged))}
    for changed in sorted({str(link) for link, _ in expected.items() ^ actual.items()}):
        yield finding("changed-column", "its row in judged_links is not what people said", changed)


def _concluded_differences(connection: Connection) -> Iterator[Finding]:
    columns = schema.concluded.c
    wanted = select(columns.claim, columns.verdict, columns.rating)
    actual = {tuple(row) for row in connection.execute(wanted)}
    expected = {tuple(_concluded(one).values()) for one in _standing_verdicts(connection).values()}
    for claim in sorted({str(claim) for claim, *_ in actual ^ expected}):
        yield finding("changed-column", "its row in concluded is not the verdict that stands", claim)
