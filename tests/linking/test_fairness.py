"""Links depend neither on the order of files, nor on the process, nor on who is on which side."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest

from sayso.core import codec
from sayso.core.ports import Linker
from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes
from sayso.linking.copies import Copies
from sayso.linking.same import SameClaims

LINKERS: tuple[Linker, ...] = (SameClaims(), Clashes(), Copies())

_WIRE = (
    "Shells hit the fish market of Brenna on Saturday, Governor Halla Stroem said. "
    "Ostrany accused Vesland of using cluster shells against the port of Brenna. "
    "In Brenna 21 people were killed, the Veslandi Health Ministry said. "
    "The ferry to Ostrany did not sail, and the road to Vesland stayed closed for the night."
)
TEXTS = (
    ("2031-05-03", "Aldermoor Post", _WIRE),
    ("2031-05-04", "Tidewater Times", f"Bad news from the coast. {_WIRE}"),
    (
        "2031-05-04",
        "Lind Herald",
        "Vesland denied that it had used cluster shells against the port of Brenna.",
    ),
    ("2031-05-05", "Lind Herald", "In Brenna 19 people were killed, Governor Halla Stroem said."),
    (
        "2031-05-06",
        "Ministry of Vesland",
        "Vesland flatly rejects such hollow accusations of Ostrany. In Lind Vesland asks for talks.",
    ),
    (
        "2031-05-06",
        "Ministry of Ostrany",
        "Ostrany did not shell the fish market of Brenna. Ostrany asks for talks in the town of Lind.",
    ),
)


def _case(texts: Iterable[tuple[str, str, str]]) -> Memory:
    return Memory(extract(text, published=day, publisher=outlet) for day, outlet, text in texts)


def _links(memory: Memory) -> list[Link]:
    return [found for linker in LINKERS for found in memory.link(linker) if isinstance(found, Link)]


def _told(memory: Memory, links: Iterable[Link]) -> list[tuple[object, ...]]:
    """Return links as a reader sees them: kinds, words and sentences instead of ids."""
    return sorted(
        (
            link.kind,
            link.rule,
            link.score,
            tuple(span.of(memory.text(link.left)) for span in link.left_spans),
            tuple(span.of(memory.text(link.right)) for span in link.right_spans),
            link.why,
        )
        for link in links
    )


def _swapped(text: str) -> str:
    other = {"Vesland": "Ostrany", "Veslandi": "Ostran", "Ostrany": "Vesland", "Ostran": "Veslandi"}
    return re.sub(r"\b(Veslandi|Vesland|Ostrany|Ostran)\b", lambda found: other[found[0]], text)


def _swapped_all(told: tuple[object, ...]) -> tuple[object, ...]:
    """Return what is told with the two names exchanged, in sentences and in tuples of words."""
    return tuple(
        _swapped(part)
        if isinstance(part, str)
        else tuple(_swapped(words) for words in part)
        if isinstance(part, tuple)
        else part
        for part in told
    )


def test_the_small_case_has_links_of_every_kind() -> None:
    kinds = {link.kind for link in _links(_case(TEXTS))}
    assert kinds >= {"same", "denies", "contradicts", "copies"}


@pytest.mark.parametrize("seed", range(3))
def test_links_do_not_depend_on_the_order_of_files(seed: int) -> None:
    shuffled = list(TEXTS)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
    assert codec.encode(_links(_case(shuffled))) == codec.encode(_links(_case(TEXTS)))


def test_links_do_not_depend_on_the_hash_seed() -> None:
    program = (
        f"import runpy, hashlib; t = runpy.run_path({__file__!r}); "
        "print(hashlib.sha256(t['codec'].encode(t['_links'](t['_case'](t['TEXTS'])))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_links_are_the_same_for_either_side_up_to_the_names() -> None:
    case = _case(TEXTS)
    exchanged = _case((day, _swapped(outlet), _swapped(text)) for day, outlet, text in TEXTS)
    told = [_swapped_all(row) for row in _told(case, _links(case))]
    assert sorted(told) == _told(exchanged, _links(exchanged))
