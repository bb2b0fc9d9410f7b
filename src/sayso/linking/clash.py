"""Claims that cannot stand together: denials, other figures, opposite words. A link, never a truth value."""

from collections.abc import Iterator
from typing import ClassVar

from sayso.core.ports import Example, Index
from sayso.core.records import Link, LinkKind, Problem
from sayso.linking.answers import answers
from sayso.linking.denials import denials
from sayso.linking.entries import entries_of
from sayso.linking.figures import clashes
from sayso.linking.identity import Weights
from sayso.linking.same import grouped


class Clashes:
    """Links denials to what they deny, and figures to the other figure for the same outcome."""

    name: ClassVar[str] = "clash"
    version: ClassVar[str] = "3"
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

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links, each once."""
        entries = entries_of(index)
        weights = Weights(entry.face for entry in entries)
        groups = grouped(entries, weights)
        given: set[str] = set()
        for found in (
            denials(entries, groups, weights),
            answers(entries, groups),
            clashes(entries, weights),
        ):
            for link in found:
                if link.id not in given:
                    given.add(link.id)
                    yield link
