"""Every operation of the product: typed in, records out. The only door for the command line and the web."""

import os
import re
import secrets
import shutil
import stat
import tomllib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, get_args

import msgspec

from sayso.core import plugins, settings
from sayso.core.errors import BadInput, NotFound
from sayso.core.ids import DocumentId, sha256_hex
from sayso.core.ports import Linker
from sayso.core.records import (
    Annotation,
    Evidence,
    Judged,
    Judgement,
    Link,
    LinkJudgement,
    LinkKind,
    Problem,
    Review,
    Run,
    Sameness,
    SavedSearch,
    Verdict,
)
from sayso.core.version import __version__
from sayso.core.views import (
    About,
    Added,
    Annotated,
    CaseReport,
    ClaimCells,
    ClaimFilter,
    ClaimPage,
    ClaimRows,
    ClaimSort,
    ClaimView,
    DocumentPage,
    DocumentRows,
    Edits,
    Facets,
    FamilyRows,
    FigureCells,
    FigureFilter,
    FigureRows,
    FigureView,
    Hit,
    Imported,
    LinkCells,
    LinkFilter,
    LinkRows,
    LinkView,
    LogEntry,
    OutletPage,
    OutletRows,
    PartyRows,
    PartyView,
    Proposition,
    Quoted,
    RankedReview,
    ReadingPage,
    RelationFilter,
    Relations,
    ReprintPage,
    ReviewRows,
    SearchView,
    Trace,
    VerdictView,
    Verified,
)
from sayso.flow import files
from sayso.flow.pipeline import extract
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.readers.problems import FETCHING

if TYPE_CHECKING:
    from sayso.exchange.lines import Line, RefusedLine
    from sayso.flow.doctor import checkups
    from sayso.flow.extraction import extract_files, extract_stream
    from sayso.flow.local import FileRead
    from sayso.flow.sourcing import Sourcing
    from sayso.ledger.log import acting
    from sayso.ledger.lots import LinkerIndex
    from sayso.ledger.nearest import Model
    from sayso.ledger.places import Place
    from sayso.linking.ranking import Match, match
    from sayso.readers.fetch import Network

__all__ = [
    "Case",
    "Line",
    "Match",
    "RefusedLine",
    "acting",
    "checkups",
    "extract",
    "extract_files",
    "extract_stream",
    "match",
]

# Loaded when first asked for: `extract` needs no database, and `Case` no ranking.
_ELSEWHERE = {
    "Line": "sayso.exchange.lines",
    "Match": "sayso.linking.ranking",
    "RefusedLine": "sayso.exchange.lines",
    "acting": "sayso.ledger.log",
    "checkups": "sayso.flow.doctor",
    "extract_files": "sayso.flow.extraction",
    "extract_stream": "sayso.flow.extraction",
    "match": "sayso.linking.ranking",
}

_Row_co = TypeVar("_Row_co", covariant=True)

_LEDGER = "ledger.sqlite"
_NEAREST = "nearest"
_CAPTURES = "captures"
_SETTINGS = "case.toml"
_REPORT = "report.html"
# The table that says where the records are, with its keys, up to the next table.
_LEDGER_TABLE = re.compile(r"^\[ledger\][^\n]*(?:\n(?![ \t]*\[)[^\n]*)*\n?", re.MULTILINE)
_NEVER_THERE = frozenset({files.STAGE, FETCHING})  # stages of problems with what was asked for
_EDITED = 400  # copies whose edits the report shows
_LONGEST_NAME = 120  # code points of a search's name
_LINES = 1_000  # rows of a table that are read at once
_TRACES = 30  # claims whose life the report tells
_FIRST_SETTINGS = (
    "# The settings of this case, as in docs/reference/settings.md; SAYSO_* variables go before them.\n"
)


def __getattr__(name: str) -> object:
    if name not in _ELSEWHERE:
        message = f"module 'sayso.case' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_ELSEWHERE[name]), name)


class Case:
    """A ledger in a folder: `ledger.sqlite`, `captures/` with the files as they came, `case.toml`.

    Where `case.toml` names a PostgreSQL database, the ledger is kept there and the rest in the folder.
    A context manager. Raises NotACase for a folder without a case, or with one of a newer sayso, and BadInput
    for a database that is out of reach.
    """

    def __init__(self, path: Path | str) -> None:
        from sayso.ledger.store import Store  # noqa: PLC0415 - the database library is slow to load

        self.path = Path(path)
        self.settings = _settings(self.path / _SETTINGS)
        self._store: Store = Store(_place(self.path, self.settings.ledger))
        self._captures = Captures(self.path / _CAPTURES)

    @classmethod
    def init(cls, path: Path | str, *, title: str | None = None, database: str | None = None) -> Self:
        """Make an empty case in a folder; raises BadInput when there is one or none can be made.

        `title` stands over the report; None: the folder's name. `database` is the address of a PostgreSQL
        database, without a password, that keeps the records in a namespace of the case's own; None: the
        setting `ledger.database`, or where that is empty a file in the folder.
        """
        from sayso.ledger.store import Store  # noqa: PLC0415 - the database library is slow to load

        folder = Path(path)
        _make_folder(folder)
        ledger = _new_ledger(folder, database)
        Store.create(_place(folder, ledger), title=title or folder.resolve().name).close()
        if ledger.namespace:
            _write_ledger(folder / _SETTINGS, ledger)
        return cls(folder)

    def copy(self, path: Path | str, *, database: str | None = None) -> Self:
        """Copy the case as a whole into another folder, and return the copy, opened.

        All is there as it is here: files, records, what people did, the log to its last hash. `database` is
        the address of the PostgreSQL database that keeps the copy's records; None: a file in its folder.
        Raises BadInput where a case is, where a file of this one would take another's place and where none
        can be made, and Tampered or NotFound where this one is broken; there is no case then.
        """
        folder = Path(path)
        self._check_free(folder)
        ledger = _new_ledger(folder, database or "")
        said = _without_ledger(self.path / _SETTINGS)
        _make_captures(folder)
        captures = Captures(folder / _CAPTURES)
        copied = frozenset(self._copy_captures(captures, frozenset()))
        try:
            self._store.copy(_place(folder, ledger)).close()
        except BaseException:
            (folder / _LEDGER).unlink(missing_ok=True)
            raise
        # What came while the records were copied.
        self._copy_captures(captures, copied)
        for kept in (_NEAREST, _REPORT):
            _copy_beside(self.path / kept, folder / kept)
        _write(folder / _SETTINGS, said.encode())
        if ledger.namespace:
            _write_ledger(folder / _SETTINGS, ledger)
        return type(self)(folder)

    def _check_free(self, folder: Path) -> None:
        """Raise BadInput for a folder in which a copy would take the place of something."""
        if holds_case(folder):
            raise BadInput("case-exists", f"{folder} holds a case already", hint="name another folder")
        if folder.resolve().is_relative_to(self.path.resolve()):
            raise BadInput(
                "inside-case", f"{folder} is inside of the case {self.path}", hint="name a folder beside it"
            )
        for name in (_SETTINGS, _REPORT, _NEAREST):
            if (folder / name).exists():
                raise BadInput(
                    "file-in-the-way",
                    f"{folder / name} is there already, and a copy would bring its own",
                    hint="name another folder, or take it away",
                )

    def _copy_captures(self, to: Captures, done: Collection[str]) -> tuple[str, ...]:
        """Copy the files that the ledger names, each checked; return their digests."""
        found = self._store.captured()
        for sha256 in found:
            if sha256 not in done:
                to.keep([self._captures.read(sha256)])
        return found

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, paths: Iterable[Path | str]) -> Generator[Added]:
        """Add files, folders with all that is in them, and patterns; yield what became of each file.

        What is yielded is stored for good. A file whose documents are stored already is only hashed, so an
        interrupted `add` goes on where it stopped when it is called again. One whose claims took longer to
        find than the limit of that time is read again where there is more time now.
        """
        from sayso.flow import local  # noqa: PLC0415 - only this starts readers

        known = partial(self._store.holds, seconds=self.settings.limits.seconds)
        under_way = local.read_files(paths, self.settings, known=known, apart_from=self.path)
        # Whatever ends it, even Ctrl-C: the child processes end before it does.
        with closing(under_way):
            for done in under_way:
                yield from self._keep(done)

    def add_urls(self, urls: Iterable[str], *, network: "Network | None" = None) -> Generator[Added]:
        """Fetch the pages at http or https addresses and add them, each with the answers that brought it.

        Nothing else of sayso asks the network, and this asks for these pages alone. A page that is in the
        case as it is now is unchanged, and its answers are not kept again; they are kept as a WARC file. What
        cannot be fetched is a problem of what is yielded. `network` says how names become addresses and which
        may be reached; None: public ones only.
        """
        from sayso.flow import addresses  # noqa: PLC0415 - only this fetches

        under_way = addresses.read_addresses(urls, self.settings, network=network or addresses.PUBLIC)
        with closing(under_way):
            for read in under_way:
                is_new = read.capture is None or self._store.missing({read.capture.id})
                yield from self._keep([read if is_new else msgspec.structs.replace(read, archived=None)])

    def count(self, paths: Iterable[Path | str]) -> int:
        """Return how many files and patterns `add` would go through, for a progress bar."""
        return sum(1 for _ in files.expand(paths, apart_from=self.path))

    def _keep(self, done: "Sequence[FileRead]") -> Iterator[Added]:
        """Store files that were read together, then say what became of each."""
        # A ledger that names a capture must never be without its bytes.
        kept = [file for file in done if file.readings]
        self._captures.keep(file.content for file in kept)
        self._captures.keep(file.archived.content for file in kept if file.archived)
        arrivals = [_arrival(file) for file in done]
        news = self._store.put([arrival for arrival in arrivals if arrival is not None])
        is_new = iter(news)
        for file, arrival in zip(done, arrivals, strict=True):
            yield _added(file, self._ids(file), new=arrival is not None and next(is_new))

    def _ids(self, file: "FileRead") -> tuple[DocumentId, ...]:
        """Return the documents of a file, also of one that was not read because they are stored."""
        if file.sha256 is not None:
            return self._store.read_from(file.sha256, file.name)
        return tuple(sorted(reading.document.id for reading in file.readings))

    def link(self) -> int:
        """Run the linkers over the documents that they have not linked yet; return how many links are new.

        A link that exists stays as it is, judged or not. A linker that fails is a Problem; the others go on.
        A linker of another version, and every linker with another model, links all of the case again.
        """
        from sayso.language import pairing  # noqa: PLC0415 - only this needs the model
        from sayso.language.pairing.network import WIDTH  # noqa: PLC0415 - as above
        from sayso.ledger.nearest import Model  # noqa: PLC0415 - the database library is slow to load
        from sayso.linking.reviews import ReviewedClaims  # noqa: PLC0415 - it brings the ranking

        model = Model(pairing.digest(), WIDTH, pairing.vectors)
        with self._store.reviews() as reviews:
            of: dict[str, Linker] = {
                f"{linker.name}@{linker.version} {model.digest[:16]}": linker for linker in plugins.linkers()
            }
            if reviews.size:
                # With other reviews it is another linker: it looks at every document again.
                of[f"{ReviewedClaims.name}@{ReviewedClaims.version} {reviews.size}"] = ReviewedClaims(reviews)
            return self._link_with(of, model)

    def _link_with(self, of: Mapping[str, Linker], model: "Model") -> int:
        """Run linkers, each by the key under which its work is stored, over what is news to them."""
        run = Run(
            tool="sayso link",
            version=__version__,
            model=model.digest,
            settings={f"linker.{linker.name}": linker.version for linker in of.values()},
        )
        links = 0
        with closing(self._store.to_link(of, model)) as lots:
            for lot in lots:
                found = [
                    one for key, linker in of.items() for one in _found_by(linker, lot.seen_by(key), run)
                ]
                ends = {end for one in found if isinstance(one, Link) for end in (one.left, one.right)}
                missing = self._store.missing(ends)
                links += self._store.put_links(run, (_with_ends(one, missing) for one in found), lot)
        return links

    def import_reviews(self, paths: Iterable[Path | str]) -> Generator[Imported]:
        """Import published fact-checks from files, folders and patterns; yield what became of each file.

        Files are feeds of ClaimReview, answers of Google's Fact Check Tools, pages and plain JSON-LD. What is
        yielded is stored for good; what is there already is not stored again. `link` suggests it for claims.
        """
        from sayso.flow import feeds  # noqa: PLC0415 - only this reads feeds
        from sayso.ledger.arrival import FeedArrival  # noqa: PLC0415 - as above
        from sayso.linking.reviews import words_to_file  # noqa: PLC0415 - as above

        with closing(feeds.read_feeds(paths, self.settings.limits, apart_from=self.path)) as under_way:
            for read in under_way:
                new = 0
                if not any(problem.stage == files.STAGE for problem in read.problems):
                    unknown = self._store.missing(review.id for review in read.reviews)
                    reviews = tuple(
                        (review, words_to_file(review)) for review in read.reviews if review.id in unknown
                    )
                    name = Path(read.origin).name
                    new = self._store.put_reviews(
                        FeedArrival(origin=name, sha256=read.sha256, reviews=reviews, problems=read.problems)
                    )
                yield Imported(origin=read.origin, reviews=len(read.reviews), new=new, problems=read.problems)

    def reviews(self) -> Iterator[Review]:
        """Yield the published fact-checks of the case in the order in which they were imported."""
        with self._store.reviews() as reviews:
            yield from reviews.every()

    def review_rows(self, *, after: str | None = None, limit: int = 100) -> ReviewRows:
        """Return at most `limit` fact-checks in the order of `reviews`.

        `after` is what the page before gave. Raises BadInput for one that no page gave.
        """
        with self._store.reviews() as reviews:
            return reviews.page(after, limit)

    def reviews_of(self, claim: str, *, top: int = 10) -> tuple[RankedReview, ...]:
        """Return at most `top` fact-checks that may be of a claim, given by its id or the beginning of it.

        They are ranked by words and meaning, the nearest first, for a person to look at: unlike links, they
        may be of something else. Raises NotFound when no claim or more than one begins so.
        """
        from sayso.linking.reviews import ranked  # noqa: PLC0415 - it brings the ranking

        with self._store.pages() as pages:
            words = pages.view(pages.claim_id(claim)).words
        with self._store.reviews() as reviews:
            found = ranked(words, reviews, top)
        return tuple(RankedReview(review=one.review, score=one.score) for one in found)

    def about(self) -> About:
        """Return what the case is called and how much is in it."""
        with self._store.pages() as pages:
            return pages.about(self.settings.verdicts.ratings)

    def documents(self) -> Iterator[DocumentPage]:
        """Yield every document with its claims: by publication date, then origin; undated ones last."""
        with self._store.pages() as pages:
            yield from pages.documents()

    def document(self, document: str) -> DocumentPage:
        """Return one document with its claims, by its id or the beginning of it, with or without `doc_`.

        Raises NotFound when no document or more than one begins so.
        """
        with self._store.pages() as pages:
            return pages.document(document)

    def reading(self, document: str, *, start: int = 0, claim: str | None = None) -> ReadingPage:
        """Return one document to be read: a part of it, with its claims and how they are linked.

        The part begins at a code point of the text, or a little before a claim; the next one begins where it
        ends. Only a text that is far longer than news has more than one. Raises NotFound as `document` does.
        """
        with self._store.pages() as pages:
            return pages.reading(document, start, claim)

    def document_rows(self, *, after: str | None = None, limit: int = 100) -> DocumentRows:
        """Return at most `limit` documents in the order of `documents`, without their texts.

        `after` is what the page before gave. Raises BadInput for one that no page gave.
        """
        with self._store.pages() as pages:
            return pages.rows(after, limit)

    def claims(self, wanted: ClaimFilter = ClaimFilter()) -> Iterator[ClaimView]:  # noqa: B008 - it is frozen
        """Yield the claims that a filter wants, document by document, in text order.

        Raises BadInput for a date that is none.
        """
        with self._store.pages() as pages:
            yield from pages.claims(wanted)

    def claim_rows(
        self,
        wanted: ClaimFilter = ClaimFilter(),  # noqa: B008 - it is frozen
        *,
        sort: ClaimSort = "published",
        after: str | None = None,
        limit: int = 50,
    ) -> ClaimRows:
        """Return at most `limit` claims that a filter wants: by day of publication, or worth checking first.

        Undated ones come last, and so do those without a score. `after` is what the page before gave for the
        same filter and sort. Raises BadInput for a date that is none or an `after` that no page gave.
        """
        with self._store.pages() as pages:
            return pages.claim_rows(wanted, sort, after, limit)

    def claim_table(
        self,
        wanted: ClaimFilter = ClaimFilter(),  # noqa: B008 - it is frozen
        *,
        sort: ClaimSort = "published",
    ) -> Iterator[ClaimCells]:
        """Yield every claim that a filter wants as a row of a table, in the order of `claim_rows`.

        It is read page by page, so that a claim that comes or goes meanwhile may be among them or not. Raises
        BadInput as `claim_rows` does.
        """
        from sayso.exchange.spreadsheet import claim_cells  # noqa: PLC0415 - only tables need it

        pages = partial(self.claim_rows, wanted, sort=sort, limit=_LINES)
        return map(claim_cells, _every_row(pages))

    def facets(self, wanted: ClaimFilter = ClaimFilter()) -> Facets:  # noqa: B008 - it is frozen
        """Return the commonest acts, voices, speakers, targets, places and outlets of what a filter wants.

        Counted over the first thousands only, however large the case is. Raises BadInput for a date that is
        none.
        """
        with self._store.pages() as pages:
            return pages.facets(wanted)

    def show(self, claim: str, *, most: int | None = None) -> ClaimPage:
        """Return all about one claim, by its id or the beginning of it, with or without `clm_`.

        With at most `most` links of each kind and direction, the surest; None: with all. Raises NotFound when
        no claim or more than one begins so.
        """
        with self._store.pages() as pages:
            return pages.claim(claim, most)

    def quoted(self, claims: Iterable[str], *, around: int = 0) -> tuple[Quoted, ...]:
        """Return claims where they stand, with `around` sentences before and after theirs, in their order.

        They are given by their ids or the beginnings of these. Raises NotFound for none or several.
        """
        from sayso.flow.quoting import quoted  # noqa: PLC0415 - it brings the database

        with self._store.pages() as pages:
            found = [pages.claim_id(claim) for claim in claims]
            pages.read(found)
            return tuple(quoted(pages, claim, around) for claim in found)

    def links(self, wanted: LinkFilter = LinkFilter()) -> Iterator[LinkView]:  # noqa: B008 - it is frozen
        """Yield the links that a filter wants, rejected ones only when it asks: by kind, the surest first.

        Raises NotFound when its claim is none, or the beginning of several.
        """
        with self._store.pages() as pages:
            yield from pages.links(wanted)

    def link_rows(
        self,
        wanted: LinkFilter = LinkFilter(),  # noqa: B008 - it is frozen
        *,
        after: str | None = None,
        limit: int = 100,
    ) -> LinkRows:
        """Return at most `limit` links in the order of `links`.

        `after` is what the page before gave. Raises BadInput for one that no page gave, NotFound as they do.
        """
        with self._store.pages() as pages:
            return pages.link_rows(wanted, after, limit)

    def link_table(self, wanted: LinkFilter = LinkFilter()) -> Iterator[LinkCells]:  # noqa: B008 - it is frozen
        """Yield every link that a filter wants as a row of a table, in the order of `links`.

        It is read page by page, as `claim_table` is.
        """
        from sayso.exchange.spreadsheet import link_cells  # noqa: PLC0415 - only tables need it

        return map(link_cells, _every_row(partial(self.link_rows, wanted, limit=_LINES)))

    def edits(self, link: str) -> Edits:
        """Return what a copy changed of the other text, by the id of their link or the beginning of it.

        Raises NotFound when no link or more than one begins so, and BadInput for one that ties no two texts.
        """
        from sayso.flow.copying import edits  # noqa: PLC0415 - it brings the database and the linkers

        with self._store.pages() as pages:
            return edits(pages, _need_texts(pages.link(link)))

    def reprint(self, link: str) -> ReprintPage:
        """Return two texts that share passages, with the edits between them, as `edits` does.

        Raises NotFound when no link or more than one begins so, and BadInput for one that ties no two texts.
        """
        from sayso.flow.copying import reprint_page  # noqa: PLC0415 - it brings the database and the linkers

        with self._store.pages() as pages:
            return reprint_page(pages, _need_texts(pages.link(link)))

    def reprints(self, *, after: str | None = None, limit: int = 10) -> FamilyRows:
        """Return at most `limit` families of documents that hold the same passages, the largest first.

        Links that somebody rejected tie nothing. `after` is what the page before gave. Raises BadInput for
        one that no page gave.
        """
        with self._sourcing() as sourcing:
            return sourcing.family_rows(after, limit)

    def outlets(self, *, after: str | None = None, limit: int = 30) -> OutletRows:
        """Return at most `limit` outlets: the one with most documents first, then by name.

        `after` is what the page before gave. Raises BadInput for one that no page gave.
        """
        with self._sourcing() as sourcing:
            return sourcing.outlet_rows(after, limit)

    def outlet(self, name: str, *, after: str | None = None, limit: int = 50) -> OutletPage:
        """Return an outlet with at most `limit` of its documents, by publication; undated ones last.

        Its name matches without regard to case and as a whole; "" stands for documents that name nobody.
        Raises NotFound when no document is of it, and BadInput for an `after` that no page gave.
        """
        with self._sourcing() as sourcing:
            return sourcing.outlet(name, after, limit)

    @contextmanager
    def _sourcing(self) -> "Iterator[Sourcing]":
        from sayso.flow.sourcing import Sourcing  # noqa: PLC0415 - it brings the database and the linkers
        from sayso.ledger import database  # noqa: PLC0415 - the database library is slow to load

        with database.reading(self._store.engine) as connection:
            yield Sourcing(connection)

    def relations(self, wanted: RelationFilter = RelationFilter()) -> Relations:  # noqa: B008 - it is frozen
        """Return who says what of whom: claims counted by speaker, act and target.

        Raises BadInput for a date that is none, or for a number of parties that no table holds.
        """
        from sayso.ledger import database  # noqa: PLC0415 - the database library is slow to load
        from sayso.ledger.relations import relations  # noqa: PLC0415 - as above

        with database.reading(self._store.engine) as connection:
            return relations(connection, wanted)

    def proposition(self, claim: str) -> Proposition:
        """Return the claims that say the same as one, given by its id or the beginning of it.

        They are tied by links that nobody rejected; none of them denies another or gives another figure.
        Raises NotFound when no claim or more than one begins so.
        """
        from sayso.flow.propositions import proposition  # noqa: PLC0415 - it brings the database

        with self._store.pages() as pages:
            return proposition(pages, pages.claim_id(claim))

    def propositions(self, most: int = 50) -> Iterator[Proposition]:
        """Yield what most documents say, at most so many, the widest spread first.

        What stands in one document alone is left out.
        """
        from sayso.flow.propositions import proposition, widespread  # noqa: PLC0415 - it brings the database

        with self._store.pages() as pages:
            for claim in widespread(pages, most):
                yield proposition(pages, claim)

    def trace(self, claim: str, *, most: int | None = None) -> Trace:
        """Return the life of a claim: first seen, repeated, denied, countered, updated, reviewed.

        With how many sources it has once copies are folded together. At most `most` claims that say the same
        are gone through, and as many answers of each kind, the surest of them; None: as many as `proposition`
        goes through. Raises NotFound as that does.
        """
        from sayso.flow.propositions import MOST_CLAIMS  # noqa: PLC0415 - it brings the database
        from sayso.flow.tracing import trace  # noqa: PLC0415 - it brings the database and the linkers

        with self._store.pages() as pages:
            return trace(pages, pages.claim_id(claim), MOST_CLAIMS if most is None else most)

    def compare(self, wanted: FigureFilter = FigureFilter()) -> tuple[FigureView, ...]:  # noqa: B008 - it is frozen
        """Return who states which figure, when and where: by publication, undated ones last.

        Each comes with the figures that exclude it or take its place, as far as links tell. Raises BadInput
        for a date that is none.
        """
        return tuple(_every_row(partial(self.figure_rows, wanted, limit=_LINES)))

    def figure_rows(
        self,
        wanted: FigureFilter = FigureFilter(),  # noqa: B008 - it is frozen
        *,
        after: str | None = None,
        limit: int = 100,
    ) -> FigureRows:
        """Return at most `limit` figures in the order of `compare`.

        `after` is what the page before gave for the same filter. Raises BadInput for a date that is none or
        an `after` that no page gave.
        """
        from sayso.flow.comparison import figure_rows  # noqa: PLC0415 - it brings the database

        with self._store.pages() as pages:
            return figure_rows(pages, wanted, after, limit)

    def figure_table(self, wanted: FigureFilter = FigureFilter()) -> Iterator[FigureCells]:  # noqa: B008 - it is frozen
        """Yield every figure that a filter wants as a row of a table, in the order of `compare`.

        It is read page by page, as `claim_table` is. Raises BadInput as `compare` does.
        """
        from sayso.exchange.spreadsheet import figure_cells  # noqa: PLC0415 - only tables need it

        return map(figure_cells, _every_row(partial(self.figure_rows, wanted, limit=_LINES)))

    def parties(self) -> Iterator[PartyView]:
        """Yield every party, folded as people judged: the one that speaks most first, then by name and id."""
        with self._store.pages() as pages:
            yield from pages.parties()

    def party_rows(self, *, after: str | None = None, limit: int = 100) -> PartyRows:
        """Return at most `limit` parties in the order of `parties`.

        `after` is what the page before gave. Raises BadInput for one that no page gave.
        """
        with self._store.pages() as pages:
            return pages.party_rows(after, limit)

    def judge(
        self, left: str, right: str, judgement: Sameness, *, by: str, reason: str | None = None
    ) -> Judgement:
        """Record what a person says about two parties: one (positive), two (negative), or unsure.

        `left` and `right` are ids or their beginnings, in either order. It supersedes what was said about the
        same two before, so "unsure" takes a judgement back. Raises NotFound when no party or more than one
        begins so, and BadInput for a judgement that contradicts others that stand: it names one of them.
        """
        said_by, why = _said(by, reason)
        return self._store.judge((left, right), judgement, by=said_by, reason=why)

    def judge_link(
        self, link: str, judgement: Judged, *, by: str, reason: str | None = None
    ) -> LinkJudgement:
        """Record what a person says about a link: it holds, it does not, or what was said is taken back.

        `link` is an id or its beginning. It supersedes what was said about the same link before. A rejected
        link leaves groups, traces, comparisons and counts, and no later run brings it back. Raises NotFound
        when no link or more than one begins so, and BadInput without a name or where nothing is to be taken
        back.
        """
        said_by, why = _said(by, reason)
        return self._store.judge_link(link, judgement, by=said_by, reason=why)

    def judge_suggestions(
        self,
        claims: Sequence[str],
        kind: LinkKind,
        judgement: Judged,
        *,
        by: str,
        reason: str | None = None,
    ) -> int:
        """Judge all links of a kind at some claims that nobody has judged yet; return how many there were.

        Claims are ids or their beginnings. Each judgement stands by itself in the log, as `judge_link` makes
        it. Raises NotFound when no claim or several begin so, and BadInput without a name or for "unjudged",
        which they are.
        """
        said_by, why = _said(by, reason)
        if judgement == "unjudged":
            raise BadInput(
                "not-judged", "suggestions are links that nobody judged", hint="confirm or reject them"
            )
        return len(self._store.judge_suggestions(claims, kind, judgement, by=said_by, reason=why))

    def save_search(
        self, name: str, wanted: ClaimFilter, *, by: str, sort: ClaimSort = "published"
    ) -> SearchView:
        """Give a list of claims a name; what had the name before is replaced, and stays on record.

        What is returned tells whether it finds anything today. Raises BadInput without a name for the list or
        for who saves it, and for what no claim can ever be.
        """
        from sayso.ledger.searches import asked  # noqa: PLC0415 - the database library is slow to load

        said_by, _ = _said(by, None)
        found = SavedSearch(
            name=_search_name(name), wanted=asked(wanted), sort=sort, by=said_by, at=datetime.now(UTC)
        )
        finds = bool(self.claim_rows(wanted, sort=sort, limit=1).rows)
        self._store.keep_search(found)
        return SearchView(name=found.name, wanted=wanted, sort=sort, by=said_by, at=found.at, finds=finds)

    def drop_search(self, name: str, *, by: str) -> None:
        """Give the name of a search up. Raises NotFound for a name that none has, BadInput without `by`."""
        said_by, _ = _said(by, None)
        dropped = _search_name(name)
        if all(one.name != dropped for one in self.searches()):
            message = f"no search is called {dropped!r}"
            raise NotFound("no-search", message, hint="`sayso searches` lists them")
        self._store.keep_search(SavedSearch(name=dropped, wanted=None, by=said_by, at=datetime.now(UTC)))

    def searches(self) -> tuple[SearchView, ...]:
        """Return the searches that people gave a name, by name."""
        return self._store.searches()

    def link_judgements(self, *, after: str | None = None) -> Iterator[LinkJudgement]:
        """Yield every judgement on links, the superseded ones too, in the order in which they were made.

        Behind the one whose id is `after`; raises BadInput where there is none such.
        """
        return self._store.link_judgements(after)

    def judgements(self, *, after: str | None = None) -> Iterator[Judgement]:
        """Yield every judgement on parties, the superseded ones too, in the order in which they were made.

        Behind the one whose id is `after`; raises BadInput where there is none such.
        """
        return self._store.judgements(after)

    def conclude(
        self, claim: str, rating: str, *, reason: str, by: str, evidence: Sequence[Evidence] = ()
    ) -> Verdict:
        """Record what a person concluded about a claim, given by its id or the beginning of it.

        `rating` is one of the case's own scale (setting `verdicts.ratings`). It supersedes the verdict that
        stands on the claim; both stay on record. Raises NotFound for no or several claims, BadInput for a
        rating that the scale lacks, no reason, no name, or evidence that is not in the case.
        """
        said_by, why = _said(by, reason)
        if why is None:
            raise BadInput("no-reason", "a verdict needs its reason", hint="say what it rests on")
        scale = self.settings.verdicts.ratings
        if rating not in scale:
            raise BadInput(
                "no-such-rating",
                f"{rating!r} is no rating of this case",
                hint=f"choose one of: {', '.join(scale)}; the setting verdicts.ratings is the scale",
            )
        with self._store.pages() as pages:
            found = pages.claim_id(claim)
        return self._store.conclude(found, rating, why, evidence=evidence, by=said_by)

    def verdicts(self, claim: str | None = None, *, after: str | None = None) -> Iterator[Verdict]:
        """Yield every verdict, or those on one claim, in the order in which they were made.

        The last one on a claim is the one that stands. Behind the one whose id is `after`. Raises NotFound
        when no claim or several begin so, and BadInput where there is no verdict `after`.
        """
        found = None
        if claim is not None:
            with self._store.pages() as pages:
                found = pages.claim_id(claim)
        yield from self._store.verdicts(found, after)

    def concluded(self, claim: str | None = None) -> tuple[VerdictView, ...]:
        """Return every verdict, or those on one claim, as they were made, with their evidence's words.

        The claim is given by its id or the beginning of it. Raises NotFound when none or several begin so.
        """
        from sayso.flow.quoting import concluded  # noqa: PLC0415 - it brings the database

        with self._store.pages() as pages:
            found = None if claim is None else pages.claim_id(claim)
            return concluded(pages, tuple(pages.verdicts(found)))

    def annotate(
        self,
        document: str,
        said: Annotated | None = None,
        *,
        by: str,
        replaces: str | None = None,
        reason: str | None = None,
    ) -> Annotation:
        """Record what a person reads in a document, given by its id or the beginning of it.

        `said` is added to its claims, or stands in the place of the claim that it `replaces`; None: that one
        is no claim. Nothing is erased: a replaced claim leaves lists, groups and counts, `show` still finds
        it. The next `link` links what was added. Raises NotFound for no or several documents or claims,
        BadInput where other words stand than were sent, for a voice that nobody could have, for a claim that
        stands already, for one that stands no longer, and without a name.
        """
        from sayso.ledger.annotations import Signed  # noqa: PLC0415 - the database library is slow to load

        said_by, why = _said(by, reason)
        if said is not None and said.speaker is not None:
            _stored_words(said.speaker)
        with self._store.pages() as pages:
            found = pages.document_id(document)
            replaced = None if replaces is None else pages.claim_id(replaces)
        return self._store.annotate(found, said, replaces=replaced, signed=Signed(said_by, why))

    def take_back(self, annotation: str, *, by: str, reason: str | None = None) -> Annotation:
        """Undo what a person annotated, given by its id or the beginning of it.

        What it replaced stands again, what it added no longer does; both annotations stay on record. Raises
        NotFound for no or several annotations, BadInput for one whose claims somebody annotated again, and
        without a name.
        """
        from sayso.ledger.annotations import Signed  # noqa: PLC0415 - the database library is slow to load

        said_by, why = _said(by, reason)
        return self._store.take_back(annotation, Signed(said_by, why))

    def annotations(self, document: str | None = None, *, after: str | None = None) -> Iterator[Annotation]:
        """Yield what people annotated in one document or in all, in the order in which they did.

        Behind the annotation whose id is `after`. Raises NotFound when no document or several begin so, and
        BadInput where there is no annotation `after`.
        """
        found = None
        if document is not None:
            with self._store.pages() as pages:
                found = pages.document_id(document)
        yield from self._store.annotations(found, after)

    def search(self, query: str, *, limit: int = 50) -> Iterator[Hit]:
        """Yield at most `limit` places where all words and "quoted phrases" of a query stand, the best first.

        Case, accents and marks above and below letters make no difference. No query is an error.
        """
        with self._store.pages() as pages:
            yield from pages.hits(query, limit)

    def report(self, path: Path | str | None = None) -> Path:
        """Write the whole case as one HTML file and return where; None: `report.html` in the case's folder.

        Raises BadInput when it cannot be written there.
        """
        from sayso.exchange.report import render  # noqa: PLC0415 - only this needs the templates
        from sayso.flow.copying import surest_edits  # noqa: PLC0415 - as above
        from sayso.flow.propositions import widespread  # noqa: PLC0415 - it brings the database
        from sayso.flow.tracing import trace  # noqa: PLC0415 - it brings the database and the linkers

        with self._store.pages() as pages:
            links = tuple(pages.links(LinkFilter(judged=get_args(Judged))))
            report = CaseReport(
                title=pages.title(),
                version=__version__,
                documents=tuple(pages.documents()),
                links=links,
                edits=surest_edits(pages, iter(links), _EDITED),
                traces=tuple(trace(pages, claim) for claim in widespread(pages, _TRACES)),
                log_head=pages.log_head(),
            )
        target = self.path / _REPORT if path is None else Path(path)
        content = render(report).encode()
        _write(target, content)
        self._store.note_report(target.name, sha256_hex(content))
        return target

    def verify(self) -> Verified:
        """Compare every stored byte with what it was made from, and read every capture again."""
        from sayso.flow import again  # noqa: PLC0415 - only this and `add` start readers
        from sayso.ledger import verify  # noqa: PLC0415 - the database library is slow to load

        checked = self._store.check(self._captures)
        compared = again.compare(self._store.held(), self._captures, self.settings)
        return Verified(
            records=checked.records,
            captures=checked.captures,
            log_entries=checked.log_entries,
            rederived=compared.documents,
            findings=(
                *checked.findings,
                *verify.report(self._store.engine, self.path / _REPORT),
                *compared.findings,
            ),
        )

    def problems(self, *, after: str | None = None) -> Iterator[Problem]:
        """Yield what went wrong with the files that were added, and with linking them: by ids, behind one."""
        return self._store.problems(after)

    def log_rows(self, *, before: int | None = None, limit: int = 100) -> tuple[LogEntry, ...]:
        """Return the newest `limit` entries of the log, or those before a number; the newest first."""
        return self._store.log_rows(before, limit)

    def log(self) -> Iterator[LogEntry]:
        """Yield what people did with the case, in order."""
        return self._store.log()


class _Page(Protocol[_Row_co]):
    """A page of a list. `after` asks for the next one; None: this is the last."""

    @property
    def rows(self) -> Sequence[_Row_co]: ...

    @property
    def after(self) -> str | None: ...


def _every_row(page: Callable[..., _Page[_Row_co]]) -> Iterator[_Row_co]:
    """Yield the rows of all pages, each read when the one before it is done."""
    found = page()
    yield from found.rows
    while found.after is not None:
        found = page(after=found.after)
        yield from found.rows


def holds_case(folder: Path) -> bool:
    """Tell whether a case was made in a folder, wherever its records are kept."""
    return (folder / _LEDGER).exists() or bool(_own_ledger(folder / _SETTINGS).get("namespace"))


def _own_ledger(path: Path) -> Mapping[str, object]:
    """Return what a case's own settings say of where its records are kept."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("ledger")
    except (OSError, ValueError):  # no file, or none that can be read: loading the settings tells
        return {}
    return found if isinstance(found, dict) else {}


def _settings(path: Path) -> settings.Settings:
    """Return the settings of a case that is there; where its records are, no variable has a say in."""
    return msgspec.structs.replace(settings.load(path), ledger=settings.load(path, {}).ledger)


def _place(folder: Path, ledger: settings.Ledger) -> "Place":
    """Return where the records of a case are kept."""
    from sayso.ledger.places import Namespace  # noqa: PLC0415 - the database library is slow to load

    if not ledger.namespace:
        return folder / _LEDGER
    return Namespace(ledger.database, ledger.namespace, folder)


def _new_ledger(folder: Path, database: str | None) -> settings.Ledger:
    """Return where the records of a new case are to be kept; raises BadInput where that is settled."""
    from sayso.ledger.places import new_name  # noqa: PLC0415 - the database library is slow to load

    chosen = settings.load(folder / _SETTINGS).ledger.database if database is None else database
    own = _own_ledger(folder / _SETTINGS)
    if own.get("namespace") or (chosen and (folder / _LEDGER).exists()):
        raise BadInput("case-exists", f"{folder} holds a case already", hint="`sayso add` adds files to it")
    if own:
        raise BadInput(
            "ledger-settled",
            f"{folder / _SETTINGS} has a table [ledger] of no case",
            hint="take it out, and name the database when the case is made",
        )
    return settings.Ledger(database=chosen, namespace=new_name(folder)) if chosen else settings.Ledger()


def _make_folder(folder: Path) -> None:
    """Make the folder of a case, with settings that say nothing yet; raises BadInput when it cannot be."""
    _make_captures(folder)
    if not (folder / _SETTINGS).exists():
        _write(folder / _SETTINGS, _FIRST_SETTINGS.encode())


def _make_captures(folder: Path) -> None:
    """Make the folder of a case with the one for its captures; raises BadInput when it cannot be."""
    try:
        (folder / _CAPTURES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            "no-folder", f"{folder} cannot be made a case: {error.strerror}", hint="name another folder"
        ) from error


def _copy_beside(source: Path, target: Path) -> None:
    """Copy a file or folder that a case can do without; raises BadInput when it cannot be written."""
    try:
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.is_file():
            shutil.copyfile(source, target)
    except OSError as error:
        raise BadInput(
            "cannot-write",
            f"{target} cannot be written: {error.strerror or error}",
            hint="name another folder",
        ) from error


def _without_ledger(path: Path) -> str:
    """Return a case's settings but for where its records are; raises BadInput where nothing tells that."""
    said = path.read_text(encoding="utf-8") if path.exists() else _FIRST_SETTINGS
    left = _LEDGER_TABLE.sub("", said).rstrip() + "\n"
    others = {name: value for name, value in tomllib.loads(said).items() if name != "ledger"}
    # A line of words may look like the table's first.
    if _read_as_toml(left) != others:
        raise BadInput(
            "ledger-settled",
            f"{path} says where its records are in a way that cannot be taken out",
            hint="write [ledger] on a line of its own, its keys on the lines below",
        )
    return left


def _read_as_toml(text: str) -> Mapping[str, object] | None:
    """Return what a text of TOML says; None where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _write_ledger(path: Path, ledger: settings.Ledger) -> None:
    """Write into a case's settings where its records are kept; what else stands there stays."""
    others = path.read_text(encoding="utf-8")
    # JSON's strings are strings of TOML.
    database, namespace = (msgspec.json.encode(one).decode() for one in (ledger.database, ledger.namespace))
    _write(path, f"{others}\n[ledger]\ndatabase = {database}\nnamespace = {namespace}\n".encode())


def _need_texts(view: LinkView) -> LinkView:
    """Return a link that ties two texts, or raise BadInput."""
    if view.link.kind not in {"copies", "quotes"}:
        raise BadInput(
            "no-copy",
            f"{view.link.id} is a link of kind {view.link.kind}",
            hint="`sayso links CASE --kind copies` lists those that have edits",
        )
    return view


def _said(by: str, reason: str | None) -> tuple[str, str | None]:
    """Return who judges and why, as they are stored; raises BadInput when nobody does."""
    said_by = _stored_words(by).strip()
    if not said_by:
        raise BadInput("no-judge", "a judgement needs the name of who makes it", hint="give it as --by")
    return said_by, None if reason is None else _stored_words(reason).strip() or None


def _search_name(typed: str) -> str:
    """Return a search's name as it is kept, one blank between two words; raises BadInput for none."""
    name = " ".join(_stored_words(typed).split())[:_LONGEST_NAME]
    if not name:
        raise BadInput("no-name", "a search needs a name", hint="call it what it is about")
    return name


def _stored_words(typed: str) -> str:
    """Return words that a person typed, or raise BadInput for half a character, which UTF-8 cannot store."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BadInput("half-character", f"{typed!r} holds half a character", hint="type it anew") from error
    return typed


def _arrival(file: "FileRead") -> Arrival | None:
    """Return what to store of a file, or None for one that is stored or was never there."""
    if file.known or any(problem.stage in _NEVER_THERE for problem in file.problems):
        return None
    return Arrival(
        origin=file.name,
        capture=file.capture if file.readings else None,
        readings=file.readings,
        problems=file.problems,
        archive=file.archived.capture if file.archived and file.readings else None,
    )


def _added(file: "FileRead", ids: tuple[DocumentId, ...], *, new: bool) -> Added:
    refused = not (file.readings or file.known)
    own = (problem for reading in file.readings for problem in reading.problems)
    return Added(
        origin=file.origin,
        outcome="refused" if refused else "added" if new else "unchanged",
        documents=len(file.readings),
        claims=sum(len(reading.claims) for reading in file.readings),
        problems=(*file.problems, *own),
        ids=ids,
    )


def _found_by(linker: Linker, index: "LinkerIndex", run: Run) -> Iterator[Link | Problem]:
    """Yield what a linker finds, with its run; its failure is a Problem after what it found before."""
    try:
        for document in index.news():
            for filing in linker.keys(index.document(document), index):
                index.file(filing)
        for found in linker(index):
            yield msgspec.structs.replace(found, run=run.id)
    except Exception as error:  # noqa: BLE001 - a linker may raise anything; the others must go on
        yield Problem(
            code="linker-failed",
            message=f"{linker.name} failed: {type(error).__name__}: {error}",
            stage=linker.name,
            hint="what it found before and what other linkers found is stored; please report it",
            run=run.id,
        )


def _with_ends(found: Link | Problem, missing: set[str]) -> Link | Problem:
    """Return a link whose two sides are in the case, or a Problem in its place."""
    if not isinstance(found, Link) or not {found.left, found.right} & missing:
        return found
    return Problem(
        code="loose-link",
        message=f"{found.rule} links {found.left} and {found.right}, which are not both in the case",
        stage="link",
        hint="please report it to whoever made the linker",
        run=found.run,
    )


def _write(target: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; what a symbolic link leads to, and into a device or a pipe."""
    try:
        if _is_file_or_new(target):
            # Replacing the link itself would leave the file that it names as it was.
            _replace(Path(os.path.realpath(target)), content)
        else:
            target.write_bytes(content)
    except OSError as error:
        raise BadInput(
            "cannot-write", f"{target} cannot be written: {error.strerror}", hint="name another file"
        ) from error


def _is_file_or_new(target: Path) -> bool:
    try:
        return stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return True


def _replace(target: Path, content: bytes) -> None:
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
