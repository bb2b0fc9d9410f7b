"""The bundled case as sayso finds it, beside the case as a reader finds it."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from quality.demo_gold import Expected, Key, Letters, Row, expected, key_of, letters, spans_of
from quality.demo_links import Links
from quality.shared import ROOT
from sayso import Case
from sayso.core.records import Attribution
from sayso.core.views import ClaimView, DocumentPage, LinkView

_FOLDER = ROOT / "src" / "sayso" / "demo"
_SUFFIXES = frozenset({".html", ".jsonl", ".txt"})
# Of the letters of two contents, the share that is common (intersection over union).
_OVERLAP = 0.5
_ARTICLE = re.compile(r"^(?:the|an?) ")


class Matched(msgspec.Struct, frozen=True):
    """A row with what was found for it: an attribution, and of its claims the one nearest to the row."""

    row: Row
    attribution: Attribution
    claim: ClaimView | None
    text: str  # of the document

    @property
    def speaker(self) -> str | None:
        """Who speaks, as found."""
        return None if self.attribution.speaker is None else self.attribution.speaker.name

    @property
    def speaker_is_right(self) -> bool:
        """Whether the row's speaker was found, by the same name or, like there, by none."""
        return _bare(self.row.speaker) == _bare(self.speaker)

    @property
    def source_is_right(self) -> bool:
        """Whether the two sources overlap, or neither has one."""
        wanted = letters(spans_of(self.row.source, self.text), self.text)
        given = letters(self.attribution.source, self.text)
        return bool(wanted & given) or not (wanted or given)

    @property
    def act_is_right(self) -> bool:
        """Whether the claim does what the row does."""
        return self.claim is not None and self.claim.claim.act == self.row.act

    @property
    def polarity_is_right(self) -> bool:
        """Whether the claim affirms or denies as the row does."""
        return self.claim is not None and self.claim.claim.polarity == self.row.polarity


class Score(msgspec.Struct, frozen=True):
    """The case as found beside the case as expected."""

    gold: Expected
    pages: Mapping[Key, DocumentPage]
    linked: tuple[LinkView, ...]
    cited: tuple[Matched, ...]  # rows of cited voices that were found
    own: tuple[Matched, ...]  # rows of the outlet's own voice that were found as such
    links: Links

    @property
    def found(self) -> list[Matched]:
        """The rows that were found, each once: an outlet that cites itself is in both groups."""
        return [*self.cited, *(one for one in self.own if not one.row.cited)]

    @property
    def telling(self) -> list[LinkView]:
        """The links found that say more than that two claims are the same."""
        return [link for link in self.linked if link.link.kind != "same"]

    def nestings(self) -> Iterator[tuple[Matched, bool]]:
        """Yield each nesting, expected or found, and whether it is in the voice that it is expected in."""
        rows = {one.attribution.id: one.row.id for one in self.cited}
        for one in self.cited:
            outer = one.attribution.within
            if one.row.within is not None or outer is not None:
                yield one, outer is not None and rows.get(outer) == one.row.within


def scored() -> Score:
    """Build the case from its files, link it, and match it with the expectations."""
    gold = expected()
    files = sorted(path for path in _FOLDER.iterdir() if path.suffix in _SUFFIXES)
    with tempfile.TemporaryDirectory() as folder, Case.init(folder) as case:
        for _ in case.add(files):
            pass
        case.link()
        pages = {key_of(page.head): page for page in case.documents()}
        linked = tuple(case.links())
    beside = [(page, [row for row in gold.rows if row.key == key]) for key, page in pages.items()]
    return Score(
        gold=gold,
        pages=pages,
        linked=linked,
        cited=tuple(one for page, rows in beside for one in _cited(page, rows)),
        own=tuple(one for page, rows in beside for one in _own(page, rows)),
        links=Links(gold.pairs, pages, linked),
    )


def is_cited(one: Attribution) -> bool:
    """Tell whether anybody is cited, were it the outlet by its own name."""
    return bool(one.cue or one.source or one.voice != "outlet")


def nearest(row: Row, claims: Iterable[ClaimView], text: str) -> ClaimView | None:
    """Return the claim whose words overlap a row's the most, or None when none do."""
    content = _content(row, text)
    rated = [(_common(content, letters(claim.claim.content, text)), claim) for claim in claims]
    overlap, claim = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return claim if overlap else None


def _cited(page: DocumentPage, rows: Sequence[Row]) -> Iterator[Matched]:
    """Match cited rows and cited attributions one to one, the fullest overlap first, as the scorer does."""
    text = page.document.text
    wanted = [(row, _content(row, text)) for row in rows if row.cited]
    given = [(one, letters(one.content, text)) for one in page.attributions if is_cited(one)]
    ranked = sorted(
        (
            (_common(ours, theirs), -abs(len(ours) - len(theirs)), i, j)
            for i, (_, ours) in enumerate(wanted)
            for j, (_, theirs) in enumerate(given)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    matched: set[int] = set()
    for overlap, _, i, j in ranked:
        if overlap < _OVERLAP or i in matched or j in taken:
            continue
        matched.add(i)
        taken.add(j)
        row, attribution = wanted[i][0], given[j][0]
        claims = [claim for claim in page.claims if claim.claim.attribution == attribution.id]
        yield Matched(row, attribution, nearest(row, claims, text), text)


def _own(page: DocumentPage, rows: Sequence[Row]) -> Iterator[Matched]:
    """Match the outlet's own rows whose nearest claim is the outlet's own, too."""
    text = page.document.text
    by_id = {one.id: one for one in page.attributions}
    for row in rows:
        claim = nearest(row, page.claims, text)
        if row.voice != "outlet" or claim is None or claim.voice != "outlet":
            continue
        if _common(_content(row, text), letters(claim.claim.content, text)) >= _OVERLAP:
            yield Matched(row, by_id[claim.claim.attribution], claim, text)


def _content(row: Row, text: str) -> Letters:
    return letters(spans_of(row.content, text), text)


def _common(one: Letters, other: Letters) -> float:
    return len(one & other) / max(1, len(one | other))


def _bare(name: str | None) -> str | None:
    return None if name is None else _ARTICLE.sub("", name.casefold(), count=1)
