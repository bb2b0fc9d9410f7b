"""The log as its page shows it: each entry in words, with what it leads to."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

import msgspec

from sayso.core.views import LogEntry

_MOST_SHOWN: Final = 5  # documents of one entry
_DIGEST: Final = 12  # hexadecimal digits that are shown of a digest
_ACTS: Final = {
    "init": "Case made",
    "add": "Added",
    "link": "Linked",
    "judge": "Judged",
    "verdict": "Verdict",
    "import": "Imported",
    "annotate": "Annotated",
    "report": "Report",
    "search": "Search",
}
_SAMENESS: Final = {"positive": "one", "negative": "two", "unsure": "not told apart"}


class Part(msgspec.Struct, frozen=True):
    """Some words of an entry; `href` is where they lead, "" nowhere."""

    words: str
    href: str = ""
    is_name: bool = False  # they come from a document or a person


class _Anchor(msgspec.Struct, frozen=True):
    records: int = 0


class _Details(msgspec.Struct, frozen=True):
    """What entries of any act may say; `ledger.log` has a type for each act."""

    stored: _Anchor | None = None
    title: str = ""
    sayso: str = ""
    origin: str = ""
    url: str | None = None
    sha256: str | None = None
    documents: tuple[str, ...] = ()
    links: int = 0
    reviews: int = 0
    link: str = ""
    left: str = ""
    right: str = ""
    judged: str = ""
    claim: str | None = None
    replaces: str | None = None
    document: str = ""
    rating: str = ""
    kept: bool = False
    name: str = ""
    by: str = ""
    supersedes: str | None = None


class Line:
    """One entry."""

    def __init__(self, entry: LogEntry) -> None:
        self.entry = entry

    @cached_property
    def _details(self) -> _Details:
        try:
            return msgspec.json.decode(self.entry.details, type=_Details, strict=False)
        except msgspec.DecodeError:
            return _Details()  # of another version, or changed: `verify` tells

    @property
    def act(self) -> str:
        """What was done, in a word."""
        return _ACTS.get(self.entry.act, self.entry.act)

    @property
    def who(self) -> str:
        """Who did it: the name given at the desk, or the user of the machine."""
        return self._details.by or self.entry.who

    @property
    def machine_user(self) -> str:
        """The user of the machine, where that is another name."""
        return "" if self.who == self.entry.who else self.entry.who

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What was done, in words."""
        told = _TOLD.get(self.entry.act)
        return tuple(told(self._details)) if told else ()


def _made(said: _Details) -> Iterator[Part]:
    yield Part(said.title, is_name=True)
    yield Part(f", with sayso {said.sayso}")


def _added(said: _Details) -> Iterator[Part]:
    only = said.documents[0] if len(said.documents) == 1 else ""
    yield Part(said.origin, f"/documents/{only}" if only else "", is_name=True)
    if not said.documents:
        yield Part(": nothing could be read")
    elif not only:
        yield Part(f": {len(said.documents)} documents")
        for number, document in enumerate(said.documents[:_MOST_SHOWN], 1):
            yield Part(" ")
            yield Part(str(number), f"/documents/{document}")
        if len(said.documents) > _MOST_SHOWN:
            yield Part(" …")
    if said.url:
        yield Part(", fetched from ")
        yield Part(said.url, is_name=True)


def _linked(said: _Details) -> Iterator[Part]:
    yield Part(_counted(said.links, "new link"))


def _judged(said: _Details) -> Iterator[Part]:
    if said.link:
        yield Part(f"link {_short(said.link)}: {said.judged}")
    else:
        same = _SAMENESS.get(said.judged, said.judged)
        yield Part(f"parties {_short(said.left)} and {_short(said.right)}: {same}")


def _concluded(said: _Details) -> Iterator[Part]:
    yield Part(said.rating, is_name=True)
    yield Part(", on ")
    yield Part(f"claim {_short(said.claim or '')}", f"/claims/{said.claim}")
    if said.supersedes:
        yield Part(", in the place of an earlier one")


def _imported(said: _Details) -> Iterator[Part]:
    yield Part(said.origin, is_name=True)
    yield Part(f": {_counted(said.reviews, 'new fact-check')}")


def _reported(said: _Details) -> Iterator[Part]:
    yield Part(said.name, is_name=True)
    yield Part(f", sha256 {(said.sha256 or '')[:_DIGEST]}…")


def _searched(said: _Details) -> Iterator[Part]:
    yield Part(said.name, is_name=True)
    yield Part(" saved" if said.kept else " given up")


def _annotated(said: _Details) -> Iterator[Part]:
    if said.claim and said.replaces:
        done, shown = "claim corrected", said.claim
    elif said.claim:
        done, shown = "claim added", said.claim
    elif said.replaces:
        done, shown = "claim taken out", said.replaces
    else:
        done, shown = "annotation taken back", ""
    yield Part(f"{done} {_short(shown)}" if shown else done, f"/claims/{shown}" if shown else "")
    if said.document:
        yield Part(", in ")
        yield Part("the document", f"/documents/{said.document}")


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _short(record: str) -> str:
    return record.partition("_")[2][:8] or record


_TOLD: Final[Mapping[str, Callable[[_Details], Iterator[Part]]]] = {
    "init": _made,
    "add": _added,
    "link": _linked,
    "judge": _judged,
    "verdict": _concluded,
    "import": _imported,
    "annotate": _annotated,
    "report": _reported,
    "search": _searched,
}
