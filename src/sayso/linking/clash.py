"""Claims that cannot stand together: denials, other figures, opposite words. A link, never a truth value."""

from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

from sayso.core.ids import ClaimId
from sayso.core.ports import Example, Filing, Index
from sayso.core.records import Document, Link, LinkKind, Problem
from sayso.linking.answers import answers, filed_by_day
from sayso.linking.denials import denials, filed_by_words
from sayso.linking.entries import Entries
from sayso.linking.figures import Clashing, filed_by_figures
from sayso.linking.lookup import Lookup
from sayso.linking.recounts import Recounts
from sayso.linking.retorts import Retorts
from sayso.linking.rivals import rivals
from sayso.linking.stories import Stories, filed_by_story
from sayso.linking.wider import filed_by_weapons


class Clashes:
    """Links denials to what they deny, and figures to the other figure for the same outcome."""

    name: ClassVar[str] = "clash"
    version: ClassVar[str] = "10"
    kinds: ClassVar[tuple[LinkKind, ...]] = ("denies", "contradicts", "updates")
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b'{"id":"1","published":"2031-05-03","publisher":"Aldermoor Post","text":'
                b'"Ostrany accused Vesland of using cluster shells against the port of Brenna."}\n'
                b'{"id":"2","published":"2031-05-04","publisher":"Tidewater Times","text":'
                b'"Vesland denied that it had used cluster shells against the port of Brenna."}\n'
            ),
            origin="denial.jsonl",
            yields=("denies",),
        ),
        Example(
            content=(
                b'{"id":"1","published":"2031-05-03","publisher":"Aldermoor Post","text":'
                b'"In Brenna 21 civilians were killed, the Veslandi Health Ministry said."}\n'
                b'{"id":"2","published":"2031-05-04","publisher":"Tidewater Times","text":'
                b'"In Brenna 19 civilians were killed, Governor Halla Stroem said."}\n'
            ),
            origin="figures.jsonl",
            yields=("contradicts", "19"),
        ),
    )

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        """Yield where the claims of a document are filed: by words, by whom they accuse, by figures."""
        held = Entries(index).of(document.id)
        for entry in held:
            yield from filed_by_words(entry, index)
            yield from filed_by_weapons(entry)
        yield from filed_by_day(held)
        yield from filed_by_story(held, document.text)
        yield from filed_by_figures(held, index)

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links, each once."""
        lookup = Lookup(index)
        stories = Stories(index, lookup.entries)
        retorts = Retorts(stories)
        figures = Clashing(lookup, stories)
        recounts = Recounts(lookup, stories)
        given: set[tuple[LinkKind, str, str]] = set()
        for document in index.news():
            held = lookup.entries.of(document)
            found = (
                denials(held, lookup),
                answers(held, lookup),
                rivals(held, lookup),
                figures.links(held),
            )
            links = list(chain.from_iterable(found))
            answered = {ClaimId(link.left) for link in links if _looks_back(link, lookup)}
            links += retorts.links(held, answered)
            joined = {frozenset((link.left, link.right)) for link in links}
            counted = (one for one in recounts.links(held) if frozenset((one.left, one.right)) not in joined)
            for link in (*links, *counted):
                ends = (link.kind, link.left, link.right)
                if ends not in given:
                    given.add(ends)
                    yield link


def _looks_back(link: Link, lookup: Lookup) -> bool:
    """Tell whether a link is from a denial to what was told before it."""
    if link.kind != "denies":
        return False
    denial, claim = (lookup.entries.one(ClaimId(end)) for end in (link.left, link.right))
    return claim.key < denial.key
