"""Weigh the signs of an act: multinomial logistic regression over named signs, written as whole numbers.

Three sets are learnt from: `gold_shared`, the open training set, and acts read off public news
(`read_acts`). Other readers gave the last, of other news: each sign has a weight that all sets share, and one
of its own for either side (Daumé III, "Frustratingly easy domain adaptation", ACL 2007). What is shipped is
what holds for the first two.

`python -m training.acts` writes the table that is shipped; with `--check` it prints how many acts are right
on texts left out. Deterministic: no seed, no chance; plain gradient descent (Adam) from zero.
"""

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.claims.acts import ClaimStage, signs_by_claim
from sayso.claims.choice import told_by
from sayso.core import ids, plugins
from sayso.core.ids import AttributionId, CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Act, Attribution, Document, Speaker, Voice
from sayso.core.settings import Settings
from sayso.core.spans import Span, Spans
from sayso.flow.pipeline import in_order, run_of, through
from sayso.language.lexicon.weights import ActWeights
from sayso.language.segments import Segments, segments_of
from training import open_set, read_acts
from training.data import read_records

TABLE = Path("src/sayso/language/lexicon/act_weights.json")
ACTS: tuple[Act, ...] = get_args(Act)
FOLDS = 5
_GOLD_ACTS = {"report-figure": "report", "other": "evaluate"}  # the guideline's names for ours
_FEWEST = 8  # groups of texts a sign must stand in, so that none is a topic of its texts
_GOLD_COUNTS = 3.0  # an example of the gold set, annotated once more than the open one
_READ_COUNTS = 0.5  # an example of the acts read off public news
_OWN = 0.7  # of a sign's weight for one side, against the shared one: how freely the sides may differ
_DECAY, _STEPS, _RATE = 6.0, 200, 0.06
_WHOLE = 100  # what a weight of one is written as
_LEAST = 4  # of these hundredths: what is smaller changes nothing
_DIRECT_SHARE = 0.95
Matrix = NDArray[np.float32]
Set = Literal["gold", "open", "read"]


class Example(msgspec.Struct, frozen=True):
    """One annotated attribution: the signs of its longest claim, and its act."""

    group: str  # texts about one event: they are left out together
    set: Set
    signs: tuple[str, ...]
    act: Act


def examples(shared: Path) -> list[Example]:
    """Return all annotated acts: the open training set, our gold, and the acts read off public news."""
    stages = [stage for stage in in_order(plugins.stages()) if not {Attribution} & set(stage.gives)]
    gold = read_records(shared / "data" / "attribution" / "gold_shared.jsonl")
    sets: tuple[tuple[Set, Iterable[dict[str, Any]]], ...] = (
        ("open", open_set.records(shared)),
        ("gold", gold),
        ("read", read_acts.records(shared)),
    )
    return [one for name, records in sets for record in records for one in _of_record(record, stages, name)]


def _of_record(record: dict[str, Any], stages: Sequence[Any], name: Set) -> Iterator[Example]:
    reading = _reading(record["text"], stages)
    told = sorted(record["attributions"], key=lambda one: _depth(one, record["attributions"]))
    made: dict[str, Attribution] = {}
    for one in told:
        outer = made.get(one["nested_in" if name == "gold" else "within"] or "")
        made[one["id"]] = _attribution(one, reading, None if outer is None else outer.id)
    reading = reading.plus(made.values())
    reading = reading.plus(ClaimStage()(reading))
    signs = dict(signs_by_claim(reading))
    for one in told:
        own = [c for c in reading.claims if c.attribution == made[one["id"]].id and c.embedded is None]
        longest = max(own, key=lambda claim: sum(map(len, claim.content)), default=None)
        if longest is None:
            continue
        act = _GOLD_ACTS.get(one["act"], one["act"])
        group = str(record.get("group") or record["doc_id"])
        yield Example(group, name, signs[longest.id], msgspec.convert(act, Act))


def _depth(one: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> int:
    outer = one.get("within") or one.get("nested_in")
    return 0 if outer is None else 1 + _depth(next(other for other in told if other["id"] == outer), told)


def _reading(text: str, stages: Sequence[Any]) -> Reading:
    document = Document(
        capture=CaptureId("cap_training"), text=text, text_sha256=ids.text_sha256(text), reader="training"
    )
    return through(
        [stage for stage in stages if stage.name != ClaimStage.name],
        Reading(document=document, run=run_of(Settings())),
    )


def _attribution(one: Mapping[str, Any], reading: Reading, within: AttributionId | None) -> Attribution:
    content, cue, source = (_spans(one[role]) for role in ("content", "cue", "source"))
    speaker = None if one["speaker"] is None else Speaker(name=one["speaker"], basis="stated")
    return Attribution(
        document=reading.document.id,
        content=content,
        cue=cue,
        source=source,
        voice=_voice(content, segments_of(reading.document.text)),
        within=within,
        speaker=speaker,
    )


def _spans(pairs: Iterable[Sequence[int]] | None) -> Spans:
    return tuple(sorted(Span(start, end) for start, end in pairs or ()))


def _voice(content: Spans, segments: Segments) -> Voice:
    letters = [at for span in content for at in range(span.start, span.end) if segments.text[at].isalnum()]
    quoted = sum(segments.quotation_at(at) is not None for at in letters)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= _DIRECT_SHARE * len(letters) else "mixed"


def weighed(told: Sequence[Example]) -> ActWeights:
    """Return the weights that fit the examples best, as they are for the gold and the open set."""
    groups: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for sign in one.signs:
            groups[sign].add(one.group)
    signs = sorted(sign for sign, texts in groups.items() if len(texts) >= _FEWEST)
    column = {sign: at for at, sign in enumerate(signs)}
    shown = np.zeros((len(told), len(signs)), np.float32)
    for row, one in enumerate(told):
        shown[row, [column[sign] for sign in one.signs if sign in column]] = 1
    wanted = np.eye(len(ACTS), dtype=np.float32)[[ACTS.index(one.act) for one in told]]
    counts: dict[Set, float] = {"gold": _GOLD_COUNTS, "open": 1, "read": _READ_COUNTS}
    counted = np.array([counts[one.set] for one in told], np.float32)[:, None]
    read = np.array([one.set == "read" for one in told], np.float32)[:, None]
    sides = np.concatenate((shown, _OWN * (1 - read) * shown, _OWN * read * shown), axis=1)
    shared, own, _ = np.split(_fitted(sides, wanted, counted), 3)
    whole = np.rint((shared + _OWN * own) * _WHOLE).astype(int)
    kept = {
        sign: tuple(map(int, row)) for sign, row in zip(signs, whole, strict=True) if abs(row).max() >= _LEAST
    }
    return ActWeights(acts=ACTS, signs=kept)


def _fitted(shown: Matrix, wanted: Matrix, counted: Matrix) -> Matrix:
    weights = np.zeros((shown.shape[1], wanted.shape[1]), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = shown @ weights
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        slope = shown.T @ ((likely - wanted) * counted) + _DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fold_of(group: str) -> int:
    """Return the fold a group of texts is left out in."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def folds(shared: Path) -> list[ActWeights]:
    """Return weights by fold, each fitted without the texts of its fold."""
    told = examples(shared)
    return [weighed([one for one in told if fold_of(one.group) != fold]) for fold in range(FOLDS)]


def checked(told: Sequence[Example]) -> Iterator[str]:
    """Yield how many acts are right on texts left out, and the commonest mistakes."""
    right: dict[Set, list[bool]] = defaultdict(list)
    wrong: dict[Set, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        weights = weighed([one for one in told if fold_of(one.group) != fold])
        for one in (one for one in told if fold_of(one.group) == fold):
            act = told_by(one.signs, weights)
            right[one.set].append(act == one.act)
            wrong[one.set][f"{one.act} as {act}"] += act != one.act
    for name, marks in sorted(right.items()):
        yield f"{name}: {100 * sum(marks) / len(marks):.1f} of {len(marks)}"
        yield "  " + ", ".join(f"{kind} {count}" for kind, count in wrong[name].most_common(10))


def main() -> None:
    """Write the table, or print what it is worth."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--check", action="store_true", help="print shares right on texts left out")
    arguments = parser.parse_args()
    told = examples(arguments.shared)
    if arguments.check:
        print("\n".join(checked(told)))
        return
    table = weighed(told)
    rows = ",\n".join(f"{json.dumps(sign)}: {list(row)}" for sign, row in table.signs.items())
    TABLE.write_text(
        f'{{"acts": {json.dumps(list(table.acts))},\n"signs": {{\n{rows}\n}}}}\n', encoding="utf-8"
    )
    print(f"{len(told)} examples, {len(table.signs)} signs")


if __name__ == "__main__":
    main()
