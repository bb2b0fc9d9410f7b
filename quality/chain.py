"""The chain on our own conflict texts: nested attributions, resolved speakers, acts, of those matched."""

from collections.abc import Iterator

import msgspec
from training.acts import fold_of, folds

from quality.measure import Measure
from quality.same_speaker import is_same
from quality.shared import SHARED
from sayso.claims.acts import signs_by_claim
from sayso.claims.choice import told_by
from sayso.core.reading import Reading
from sayso.core.records import Attribution
from sayso.core.spans import Span
from sayso.flow.pipeline import extract
from sayso.language.lexicon.weights import ActWeights

_OVERLAP = 0.5  # of the letters of both contents, as in the reference scorer
# The gold's act for counts, and what it leaves open between evaluation and blame ("condemns the attack"); a
# reason for one's own conduct is a plain assertion there.
_ACTS = {
    "report-figure": {"report"},
    "other": {"evaluate", "accuse", "assert", "justify"},
    "assert": {"assert", "justify"},
}


class Gold(msgspec.Struct):
    """One attribution as annotated."""

    id: str
    content: list[tuple[int, int]]
    nested_in: str | None
    speaker: str | None
    act: str


class Text(msgspec.Struct):
    """A text with its attributions."""

    text: str
    doc_id: str
    group: str | None  # texts about one event
    attributions: list[Gold]


class Matched(msgspec.Struct, frozen=True):
    """A gold attribution and the one found for it."""

    gold: Gold
    found: Attribution
    reading: Reading
    group: str


def measures() -> Iterator[Measure]:
    """Yield shares in per cent."""
    path = SHARED / "data" / "attribution" / "gold_shared.jsonl"
    texts = msgspec.json.Decoder(Text).decode_lines(path.read_bytes())
    nested = sum(one.nested_in is not None for text in texts for one in text.attributions)
    pairs = [pair for text in texts for pair in matched(text)]
    inner = [pair for pair in pairs if pair.gold.nested_in is not None]
    named = [pair for pair in pairs if pair.gold.speaker is not None]
    yield Measure(name="gold_shared nested found", value=_share(sum(map(_is_nested, inner)), nested))
    yield Measure(
        name="gold_shared speaker right of matched", value=_share(sum(map(_speaker, named)), len(named))
    )
    # The shipped weights have seen these texts: each is judged by weights that have not.
    unseen = folds(SHARED)
    right = sum(_act(pair, unseen[fold_of(pair.group)]) for pair in pairs)
    yield Measure(name="gold_shared act right of matched", value=_share(right, len(pairs)))


def matched(text: Text) -> list[Matched]:
    """Match gold and found attributions one to one by their contents, best overlap first."""
    reading = extract(text.text)
    cited = [one for one in reading.attributions if one.cue or one.source or one.voice != "outlet"]
    pairs = sorted(
        (
            (_overlap(gold.content, found.content, text.text), -i, -j)
            for i, gold in enumerate(text.attributions)
            for j, found in enumerate(cited)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    made: list[Matched] = []
    for overlap, i, j in pairs:
        if overlap >= _OVERLAP and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            made.append(Matched(text.attributions[-i], cited[-j], reading, text.group or text.doc_id))
    return made


def _overlap(gold: list[tuple[int, int]], found: tuple[Span, ...], text: str) -> float:
    left = {i for start, end in gold for i in range(start, end) if text[i].isalnum()}
    right = {i for span in found for i in range(span.start, span.end) if text[i].isalnum()}
    return len(left & right) / max(1, len(left | right))


def _is_nested(pair: Matched) -> bool:
    return pair.found.within is not None


def _speaker(pair: Matched) -> bool:
    """Whether the speaker is the gold's; `quality.same_speaker` says when."""
    return pair.gold.speaker is not None and is_same(pair.gold.speaker, pair.found.speaker)


def _act(pair: Matched, weights: ActWeights) -> bool:
    own = [
        claim for claim in pair.reading.claims if claim.attribution == pair.found.id and not claim.embedded
    ]
    # A content of several sentences does what its longest one does.
    longest = max(own, key=lambda claim: sum(map(len, claim.content)), default=None)
    if longest is None:
        return False
    # A rejection is told by its cue alone.
    signs = dict(signs_by_claim(pair.reading))[longest.id]
    act = longest.act if longest.polarity == "-" else told_by(signs, weights)
    return act in _ACTS.get(pair.gold.act, {pair.gold.act})


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
