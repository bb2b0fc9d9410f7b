"""A second look inside what somebody says: the network, taught one layer, reads each content as a text."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sayso.language.encoder.decode import Found
from sayso.language.encoder.windows import Prepared
from sayso.language.encoder.words import CLOSING, OPENING, STRAIGHT, Words, inside_quotes
from sayso.language.lexicon import cues

_MARKS = frozenset(OPENING + CLOSING + STRAIGHT + "'`\u2018\u2019")
_FEWEST = 9  # words; fewer do not hold a source, a cue and a content
_MOST = 500  # words; a longer content is a statement of many paragraphs, and was read as a text already


class Passage(NamedTuple):
    """A content as a text of its own, and the number of its first word in the whole."""

    begin: int
    text: Prepared


def passages(text: Prepared, found: Sequence[Found]) -> Iterator[Passage]:
    """Yield the contents that no earlier one holds, with a word of speech that is nobody's cue yet.

    In text order. Two that overlap in part are both yielded: `with_missed` counts a cue they share once.
    """
    known = {word for one in found for word in range(*one.cue)}
    speech = speech_words()
    end = 0
    for run in sorted({run for one in found for run in one.content}, key=lambda run: (run[0], -run[1])):
        if run[1] <= end:
            continue
        end = run[1]
        begin, stop = unquoted(text.words.surface, run)
        likely = (at for at in range(begin, stop) if text.words.surface[at].lower() in speech)
        if _FEWEST <= stop - begin <= _MOST and any(at not in known for at in likely):
            yield Passage(begin, part(text, begin, stop))


@cache
def speech_words() -> frozenset[str]:
    """Return the words that may be a cue; without one nothing is attributed."""
    verbs = {word for word, verb in cues().verbs.items() if verb.takes != "quotation"}
    return frozenset(verbs | cues().content_nouns | {"according"})


def unquoted(surface: Sequence[str], run: tuple[int, int]) -> tuple[int, int]:
    """Return a run without the quotation marks at its ends, so that what it quotes is all that is quoted."""
    begin, end = run
    while begin < end and surface[begin] in _MARKS:
        begin += 1
    while begin < end and surface[end - 1] in _MARKS:
        end -= 1
    return begin, end


def part(text: Prepared, begin: int, end: int) -> Prepared:
    """Return some words of a text as a text; its offsets stay those of the whole."""
    words = text.words
    surface = words.surface[begin:end]
    first = text.first[begin : end + 1]
    return Prepared(
        words=Words(
            surface,
            words.start[begin:end],
            words.end[begin:end],
            words.case[begin:end],
            inside_quotes(surface),
        ),
        pieces=text.pieces[first[0] : first[-1]],
        first=first - first[0],
        paragraph=text.paragraph[begin:end] - text.paragraph[begin],
        sentence_end=text.sentence_end[begin:end],
    )


def moved(one: Found, by: int) -> Found:
    """Return an attribution of a passage in word numbers of the whole text."""

    def shifted(runs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((begin + by, end + by) for begin, end in runs)

    return Found(
        score=one.score, cue=shifted((one.cue,))[0], source=shifted(one.source), content=shifted(one.content)
    )


def speaks(one: Found, text: Prepared) -> bool:
    """Whether a cue has a word of speech in it: the second look is for "he says they deny", no more."""
    return not speech_words().isdisjoint(word.lower() for word in text.words.surface[slice(*one.cue)])


def with_missed(found: Sequence[Found], more: Sequence[Found]) -> list[Found]:
    """Add what the second look found to the first, the surest first; a cue counts once. In order of cues."""
    taken = {word for one in found for word in range(*one.cue)}
    kept = list(found)
    for one in sorted(more, key=lambda one: -one.score):
        cue = range(*one.cue)
        if taken.isdisjoint(cue):
            taken.update(cue)
            kept.append(one)
    return sorted(kept, key=lambda one: one.cue)
