"""The things that a sentence calls by a name, and whether two sentences name two of one kind."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from sayso.language.encoder.words import is_name as is_named
from sayso.language.encoder.words import ordinary
from sayso.language.lexicon import names
from sayso.linking.apartwords import apart_words
from sayso.linking.entries import Entry
from sayso.linking.identity import Word, root, words_of
from sayso.linking.lexicon import calendar_stems

_LONGEST_NAME = 4  # words of the name of a thing, the small ones aside
_FEWEST_OF_A_SPELLING = 5  # letters: a shorter name that differs in one is another
_MODIFIED = " \"“”‘’'«»-"  # what may stand between the words of a name
_READ = 1024  # sentences whose things stay at hand


class Named(NamedTuple):
    """One word of a name, with the small words before it."""

    root: str
    small: frozenset[str]  # "van" and "der"; no articles: "al-Shifa" and "ash-Shifa" are one name


Name = frozenset[Named]


class Things(msgspec.Struct, frozen=True):
    """The named things of a sentence."""

    called: Mapping[tuple[str, bool], Sequence[Name]]  # by kind, and whether the name stands behind
    names: Name  # the words of all names in it


def unlike_things(left: Entry, right: Entry) -> bool:
    """Tell whether the sentences of two claims name two things of one kind: the ferry Astra, the ferry Olm.

    A name left out, in another spelling, or beside the other one in one of the sentences sets nothing apart;
    the small words of a name do only where both have some.
    """
    ours, theirs = things_in(left.around), things_in(right.around)
    return any(
        not any(_covered(name, theirs.names) for name in ours.called[kind])
        and not any(_covered(name, ours.names) for name in theirs.called[kind])
        for kind in ours.called.keys() & theirs.called.keys()
    )


@lru_cache(_READ)
def things_in(sentence: str) -> Things:
    """Return the named things of a sentence: "the Kestrel hospital", "the village of Lunde"."""
    words = list(words_of(sentence))
    table = apart_words()
    called: dict[tuple[str, bool], list[Name]] = {}
    for at, word in enumerate(words):
        kind = table.things.get(word.key) if word.kind == "word" else None
        if kind is None:
            continue
        behind, before = _names_behind(sentence, words, at), _names_before(sentence, words, at)
        # "The Kestrel hospital of Brenna" is Kestrel; "the Veslandi village of Lunde" is Lunde.
        located = before and behind and words[at + 1].key == "of" and word.key not in table.settlements
        if name := before if located or not behind else behind:
            called.setdefault((kind, name is behind), []).append(name)
    named = (at for at, word in enumerate(words) if _is_name(sentence, word))
    return Things(called=called, names=frozenset(_named(sentence, words, at) for at in named))


def _is_name(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return (
        word.kind == "word"
        and word.capital
        and word.key not in calendar_stems()
        and word.key not in apart_words().things
        and is_named(written, ordinary())
    )


def _is_small(text: str, word: Word) -> bool:
    """Tell whether a word is a small one inside a name, as `words_of` counts them."""
    return word.kind == "stop" and _folded(text, word) in names().particles | names().articles


def _folded(text: str, word: Word) -> str:
    return text[word.start : word.end].casefold()


def _named(text: str, words: Sequence[Word], at: int) -> Named:
    small: set[str] = set()
    before = at - 1
    while before >= 0 and _is_small(text, words[before]):
        written = _folded(text, words[before])
        small.add(apart_words().one_particle.get(written, written))
        before -= 1
    named = words[at]
    return Named(root(text[named.start : named.end]), frozenset(small - names().articles))


def _names_behind(text: str, words: Sequence[Word], at: int) -> Name:
    first = at + 1
    if first < len(words) and words[first].key in apart_words().naming:
        first += 1
    return frozenset(_run(text, words, range(first, len(words)), words[first - 1]))


def _names_before(text: str, words: Sequence[Word], at: int) -> Name:
    return frozenset(_run(text, words, range(at - 1, -1, -1), words[at]))


def _run(text: str, words: Sequence[Word], steps: range, beside: Word) -> Iterator[Named]:
    """Yield the words of the names in a row from a word on."""
    found = 0
    for at in steps:
        first, second = sorted((words[at], beside))
        if found == _LONGEST_NAME or text[first.end : second.start].strip(_MODIFIED):
            return
        if _is_name(text, words[at]):
            yield _named(text, words, at)
            found += 1
        elif not _is_small(text, words[at]):
            return
        beside = words[at]


def _covered(name: Name, names: Name) -> bool:
    return all(any(_one_name(one, other) for other in names) for one in name)


def _one_name(left: Named, right: Named) -> bool:
    small = not left.small or not right.small or not left.small.isdisjoint(right.small)
    return small and _one_spelling(left.root, right.root)


def _one_spelling(left: str, right: str) -> bool:
    """Tell whether two names differ by no more than one letter put in, left out or changed."""
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < _FEWEST_OF_A_SPELLING or len(longer) - len(shorter) > 1:
        return False
    same = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return shorter[same + (len(shorter) == len(longer)) :] == longer[same + 1 :]
