"""The chain on our own conflict texts: nested attributions, resolved speakers, acts, of those matched."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from quality.measure import Measure
from quality.shared import SHARED
from sayso.core.reading import Reading
from sayso.core.records import Attribution
from sayso.core.spans import Span
from sayso.flow.pipeline import extract

_OVERLAP = 0.5  # of the letters of both contents, as in the reference scorer
# The gold's codes for what a text calls by other names.
_ALSO = {
    "ARM": "armenia armenian yerevan",
    "AZE": "azerbaijan azerbaijani baku",
    "DEU": "germany german berlin",
    "EGY": "egypt egyptian cairo",
    "GBR": "britain british uk",
    "IRN": "iran iranian tehran",
    "PAK": "pakistan pakistani islamabad",
    "PHL": "philippines philippine manila",
    "POL": "poland polish both",
    "ROU": "romania romanian both",
    "RUS": "russia russian moscow",
    "SAU": "saudi riyadh",
    "SYR": "syria syrian damascus",
    "TUR": "turkey turkish ankara",
    "UKR": "ukraine ukrainian kiev",
    "USA": "united states us u.s american washington",
    "YEM": "yemen yemeni",
    "MOD": "defense defence",
    "MFA": "foreign",
    "dod": "defense pentagon",
}  # fmt: skip
# The gold's act for counts, and what it leaves open between evaluation and blame ("condemns the attack").
_ACTS = {"report-figure": {"report"}, "other": {"evaluate", "accuse", "assert"}}


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
    attributions: list[Gold]


class Matched(msgspec.Struct, frozen=True):
    """A gold attribution and the one found for it."""

    gold: Gold
    found: Attribution
    reading: Reading


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
    yield Measure(name="gold_shared act right of matched", value=_share(sum(map(_act, pairs)), len(pairs)))


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
            made.append(Matched(text.attributions[-i], cited[-j], reading))
    return made


def _overlap(gold: list[tuple[int, int]], found: tuple[Span, ...], text: str) -> float:
    left = {i for start, end in gold for i in range(start, end) if text[i].isalnum()}
    right = {i for span in found for i in range(span.start, span.end) if text[i].isalnum()}
    return len(left & right) / max(1, len(left | right))


def _is_nested(pair: Matched) -> bool:
    return pair.found.within is not None


def _speaker(pair: Matched) -> bool:
    """Whether the speaker is the gold's: a word of its name in common; an unnamed one has no party."""
    gold, speaker = pair.gold.speaker or "", pair.found.speaker
    if gold == "unknown":
        return speaker is None
    if speaker is None:
        return False
    if gold.startswith("unnamed:"):
        return speaker.party is None
    codes = [word for part in gold.split("+") for word in part.partition(":")[2].split("-")]
    wanted = {also for word in codes for also in _ALSO.get(word, word).split()} - {"of", "and", "the"}
    initials = "".join(word[0] for word in re.findall(r"\w+", speaker.name) if word[0].isupper()).lower()
    return bool(wanted & set(re.findall(r"[\w.]+", _plain(speaker.name)))) or initials in wanted


def _plain(name: str) -> str:
    """Return a name in lower case without accents, as the gold's codes are written."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))


def _act(pair: Matched) -> bool:
    own = [
        claim for claim in pair.reading.claims if claim.attribution == pair.found.id and not claim.embedded
    ]
    # A content of several sentences does what its longest one does.
    longest = max(own, key=lambda claim: sum(map(len, claim.content)), default=None)
    return longest is not None and longest.act in _ACTS.get(pair.gold.act, {pair.gold.act})


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
