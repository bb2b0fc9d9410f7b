"""Every operation of the product: typed in, records out. The only door for the command line and the web."""

import os
import secrets
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from sayso.core import plugins, settings
from sayso.core.errors import BadInput
from sayso.core.ids import sha256_hex
from sayso.core.ports import Index, Linker
from sayso.core.records import Judgement, Link, LinkKind, Problem, Run, Sameness
from sayso.core.version import __version__
from sayso.core.views import (
    Added,
    CaseReport,
    ClaimFilter,
    ClaimPage,
    ClaimView,
    DocumentPage,
    Hit,
    LinkView,
    LogEntry,
    PartyView,
    Verified,
)
from sayso.flow import files
from sayso.flow.pipeline import extract
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures

if TYPE_CHECKING:
    from sayso.exchange.lines import Line, RefusedLine
    from sayso.flow.doctor import checkups
    from sayso.flow.extraction import extract_files, extract_stream
    from sayso.flow.local import FileRead
    from sayso.linking.ranking import Match, match

__all__ = [
    "Case",
    "Line",
    "Match",
    "RefusedLine",
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
    "checkups": "sayso.flow.doctor",
    "extract_files": "sayso.flow.extraction",
    "extract_stream": "sayso.flow.extraction",
    "match": "sayso.linking.ranking",
}

_LEDGER = "ledger.sqlite"
_CAPTURES = "captures"
_SETTINGS = "case.toml"
_REPORT = "report.html"
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

    A context manager. Raises NotACase for a folder without a case, or with one of a newer sayso.
    """

    def __init__(self, path: Path | str) -> None:
        from sayso.ledger.store import Store  # noqa: PLC0415 - the database library is slow to load

        self.path = Path(path)
        self._store: Store = Store(self.path / _LEDGER)
        self._captures = Captures(self.path / _CAPTURES)
        try:
            self.settings = settings.load(self.path / _SETTINGS)
        except BaseException:
            self.close()
            raise

    @classmethod
    def init(cls, path: Path | str, *, title: str | None = None) -> Self:
        """Make an empty case in a folder; raises BadInput when there is one or none can be made.

        `title` stands over the report; None: the folder's name.
        """
        from sayso.ledger.store import Store  # noqa: PLC0415 - the database library is slow to load

        folder = Path(path)
        try:
            (folder / _CAPTURES).mkdir(parents=True, exist_ok=True)
            if not (folder / _SETTINGS).exists():
                (folder / _SETTINGS).write_text(_FIRST_SETTINGS, encoding="utf-8")
        except OSError as error:
            raise BadInput(
                "no-folder", f"{folder} cannot be made a case: {error.strerror}", hint="name another folder"
            ) from error
        Store.create(folder / _LEDGER, title=title or folder.resolve().name)
        return cls(folder)

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
        interrupted `add` goes on where it stopped when it is called again.
        """
        from sayso.flow import local  # noqa: PLC0415 - only this starts readers

        under_way = local.read_files(paths, self.settings, known=self._store.holds, apart_from=self.path)
        # Whatever ends it, even Ctrl-C: the child processes end before it does.
        with closing(under_way):
            for done in under_way:
                yield from self._keep(done)

    def count(self, paths: Iterable[Path | str]) -> int:
        """Return how many files and patterns `add` would go through, for a progress bar."""
        return sum(1 for _ in files.expand(paths, apart_from=self.path))

    def _keep(self, done: "Sequence[FileRead]") -> Iterator[Added]:
        """Store files that were read together, then say what became of each."""
        # A ledger that names a capture must never be without its bytes.
        self._captures.keep(file.content for file in done if file.readings)
        arrivals = [_arrival(file) for file in done]
        news = self._store.put([arrival for arrival in arrivals if arrival is not None])
        is_new = iter(news)
        for file, arrival in zip(done, arrivals, strict=True):
            yield _added(file, new=arrival is not None and next(is_new))

    def link(self) -> int:
        """Run the linkers over the case; return how many links are new.

        A link that exists stays as it is, judged or not. A linker that fails is a Problem; the others go on.
        """
        linkers = plugins.linkers()
        run = Run(
            tool="sayso link",
            version=__version__,
            settings={f"linker.{linker.name}": linker.version for linker in linkers},
        )
        if self._store.is_linked(run.id):
            return 0
        with self._store.index() as index:
            found = [one for linker in linkers for one in _found_by(linker, index, run)]
        ends = {end for one in found if isinstance(one, Link) for end in (one.left, one.right)}
        missing = self._store.missing(ends)
        return self._store.put_links(run, (_with_ends(one, missing) for one in found))

    def documents(self) -> Iterator[DocumentPage]:
        """Yield every document with its claims: by publication date, then origin; undated ones last."""
        with self._store.pages() as pages:
            yield from pages.documents()

    def claims(self, wanted: ClaimFilter = ClaimFilter()) -> Iterator[ClaimView]:  # noqa: B008 - it is frozen
        """Yield the claims that a filter wants, document by document, in text order.

        Raises BadInput for a date that is none.
        """
        with self._store.pages() as pages:
            yield from pages.claims(wanted)

    def show(self, claim: str) -> ClaimPage:
        """Return all about one claim, by its id or the beginning of it, with or without `clm_`.

        Raises NotFound when no claim or more than one begins so.
        """
        with self._store.pages() as pages:
            return pages.claim(claim)

    def links(self, kind: LinkKind | None = None) -> Iterator[LinkView]:
        """Yield the links of one kind or all: kind by kind, the surest first."""
        with self._store.pages() as pages:
            yield from pages.links(kind)

    def parties(self) -> Iterator[PartyView]:
        """Yield every party, folded as people judged: the one that speaks most first, then by name and id."""
        with self._store.pages() as pages:
            yield from pages.parties()

    def judge(
        self, left: str, right: str, judgement: Sameness, *, by: str, reason: str | None = None
    ) -> Judgement:
        """Record what a person says about two parties: one (positive), two (negative), or unsure.

        `left` and `right` are ids or their beginnings, in either order. It supersedes what was said about the
        same two before, so "unsure" takes a judgement back. Raises NotFound when no party or more than one
        begins so, and BadInput for a judgement that contradicts others that stand: it names one of them.
        """
        said_by = _stored_words(by).strip()
        if not said_by:
            raise BadInput("no-judge", "a judgement needs the name of who makes it", hint="give it as --by")
        why = None if reason is None else _stored_words(reason).strip() or None
        return self._store.judge((left, right), judgement, by=said_by, reason=why)

    def judgements(self) -> Iterator[Judgement]:
        """Yield every judgement on parties, the superseded ones too, in the order in which they were made."""
        return self._store.judgements()

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

        with self._store.pages() as pages:
            report = CaseReport(
                title=pages.title(),
                version=__version__,
                documents=tuple(pages.documents()),
                links=tuple(pages.links()),
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

        checked = self._store.check(self._captures)
        compared = again.compare(self._store.held(), self._captures, self.settings)
        return Verified(
            records=checked.records,
            captures=checked.captures,
            log_entries=checked.log_entries,
            rederived=compared.documents,
            findings=(*checked.findings, *compared.findings),
        )

    def problems(self) -> Iterator[Problem]:
        """Yield what went wrong with the files that were added, and with linking them."""
        return self._store.problems()

    def log(self) -> Iterator[LogEntry]:
        """Yield what people did with the case, in order."""
        return self._store.log()


def _stored_words(typed: str) -> str:
    """Return words that a person typed, or raise BadInput for half a character, which UTF-8 cannot store."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BadInput("half-character", f"{typed!r} holds half a character", hint="type it anew") from error
    return typed


def _arrival(file: "FileRead") -> Arrival | None:
    """Return what to store of a file, or None for one that is stored or was never there."""
    if file.known or any(problem.stage == files.STAGE for problem in file.problems):
        return None
    return Arrival(
        origin=Path(file.origin).name,
        capture=file.capture if file.readings else None,
        readings=file.readings,
        problems=file.problems,
    )


def _added(file: "FileRead", *, new: bool) -> Added:
    refused = not (file.readings or file.known)
    own = (problem for reading in file.readings for problem in reading.problems)
    return Added(
        origin=file.origin,
        outcome="refused" if refused else "added" if new else "unchanged",
        documents=len(file.readings),
        claims=sum(len(reading.claims) for reading in file.readings),
        problems=(*file.problems, *own),
    )


def _found_by(linker: Linker, index: Index, run: Run) -> Iterator[Link | Problem]:
    """Yield what a linker finds, with its run; its failure is a Problem after what it found before."""
    try:
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
    """Write a file as a whole or not at all."""
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BadInput(
            "cannot-write", f"{target} cannot be written: {error.strerror}", hint="name another file"
        ) from error
