"""The swap test: exchange the two parties in a text, and what is found is the same up to the exchange."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from training.swap import figures

from quality.measure import Measure
from quality.shared import ROOT, SHARED
from sayso.case import Case
from sayso.core.reading import Reading
from sayso.core.records import Claim
from sayso.core.spans import Spans, words
from sayso.flow.pipeline import extract

# Names of one kind with the same number of words. Third parties stay.
SEED_PAIRS = (
    ("Armenia", "Azerbaijan"),
    ("Armenian", "Azerbaijani"),
    ("Armenians", "Azerbaijanis"),
    ("Yerevan", "Baku"),
    ("Gyumri", "Ganja"),
    ("Tavush", "Tovuz"),
    ("Goris", "Tartar"),
    ("Kapan", "Barda"),
    ("Leyla", "Anahit"),
    ("Abdullayeva", "Petrosyan"),
)


class Pair(msgspec.Struct, frozen=True):
    """Two names that change places."""

    left: str
    right: str


class _Exchange(msgspec.Struct, frozen=True):
    pairs: list[Pair]


class Exchange:
    """Exchanges names in a text, whole words only, the longest first; twice gives the text back."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._to = {a: b for left, right in pairs for a, b in ((left, right), (right, left))}
        longest_first = sorted(self._to, key=len, reverse=True)
        self._names = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def __call__(self, text: str) -> str:
        """Return the text with the names exchanged."""
        return self._names.sub(lambda match: self._to[match.group()], text)


def demo_pairs() -> list[tuple[str, str]]:
    """Return the pairs of the bundled case."""
    path = ROOT / "src" / "sayso" / "demo" / "exchange.json"
    return [(pair.left, pair.right) for pair in msgspec.json.decode(path.read_bytes(), type=_Exchange).pairs]


def as_words(reading: Reading) -> list[str]:
    """Write a reading down in words, without offsets and ids: one line a claim or attribution."""
    return [*_attributions(reading), *(_claim(claim, reading) for claim in reading.claims)]


def _attributions(reading: Reading) -> Iterator[str]:
    text = reading.document.text
    for one in reading.attributions:
        chain = [link.speaker.name if link.speaker else None for link in reading.chain(one.id)]
        basis = one.speaker.basis if one.speaker else None
        roles = [_w(role, text) for role in (one.source, one.cue, one.content)]
        yield f"{one.voice} {chain} {basis} {roles}"


def _claim(claim: Claim, reading: Reading) -> str:
    text = reading.document.text
    parts = [part and (part.name, part.span.of(text)) for part in (claim.actor, claim.action, claim.target)]
    quantities = [
        (q.span.of(text), q.low, q.best, q.high, q.unit, q.outcome, q.population, q.stated, q.part_of is None)
        for q in claim.quantities
    ]
    values = [(t.span.of(text), t.value) for t in claim.times] + [
        (p.span.of(text), p.name) for p in claim.places
    ]
    law = [(one.span.of(text), one.identifier) for one in claim.law]
    hedges = [(h.span.of(text), h.kind) for h in claim.hedges]
    told = [
        claim.act,
        claim.polarity,
        claim.embedded,
        claim.event and (claim.event.category, claim.event.mode),
    ]
    return f"{told} {_w(claim.content, text)} {parts} {quantities} {values} {law} {hedges}"


def _w(spans: Spans, text: str) -> str:
    return words(spans, text)


def differences(texts: Sequence[str], exchange: Exchange) -> list[tuple[str, str]]:
    """Return the lines that differ, as expected and as found."""
    wrong: list[tuple[str, str]] = []
    for text in texts:
        expected = [exchange(line) for line in as_words(extract(text))]
        found = as_words(extract(exchange(text)))
        wrong += [(e, f) for e, f in zip(expected, found, strict=False) if e != f]
        wrong += [(str(len(expected)), str(len(found)))] if len(expected) != len(found) else []
    return wrong


def seed_texts() -> list[str]:
    """Return the two seed articles."""
    return [path.read_text(encoding="utf-8") for path in seed_files()]


def demo_texts() -> list[str]:
    """Return the plain texts of the bundled case."""
    folder = ROOT / "src" / "sayso" / "demo"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def ledger_in_words(case: Case) -> list[str]:
    """Write a whole case down in words, links and their reasons included; sorted, as ids depend on names."""
    lines = []
    for view in case.claims():
        chain = [link.speaker for link in view.chain]
        lines.append(
            f"{view.document.origin} {view.claim.act} {view.claim.polarity} {view.voice} {chain} {view.words}"
        )
    for link in case.links():
        ends = [f"{end.document.origin} {end.speaker} {end.words}" for end in (link.left, link.right)]
        lines.append(f"{link.link.kind} {link.link.rule} {ends} {link.link.why}")
    return sorted(lines)


def demo_files() -> list[Path]:
    """Return the documents of the bundled case."""
    folder = ROOT / "src" / "sayso" / "demo"
    return sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".html", ".jsonl"})


def seed_files() -> list[Path]:
    """Return the two seed articles."""
    return sorted((SHARED / "seeds").glob("*.txt"))


def ledger_of(files: Iterable[Path], folder: Path, exchange: Callable[[str], str]) -> list[str]:
    """Build a case in a new folder from files put through `exchange`, and write it down."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    for path in files:
        (texts / path.name).write_text(exchange(path.read_text(encoding="utf-8")), encoding="utf-8")
    with Case.init(folder / "case") as case:
        list(case.add([texts]))
        case.link()
        return ledger_in_words(case)


def measures() -> Iterator[Measure]:
    """Yield the share of lines, in per cent, that are the same up to the exchange."""
    for name, texts, pairs in (("demo", demo_texts(), demo_pairs()), ("seeds", seed_texts(), SEED_PAIRS)):
        lines = sum(len(as_words(extract(text))) for text in texts)
        wrong = len(differences(texts, Exchange(pairs)))
        yield Measure(name=f"swap {name}", value=round(100 * (1 - wrong / lines), 2))
    # The two commonest names of each article change places; what the network marks must stay.
    yield Measure(name="swap 200 articles, spans alone", value=figures(SHARED).share)
