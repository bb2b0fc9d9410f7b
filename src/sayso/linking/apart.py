"""What sets claims of like words apart: named things, done or ahead, whom, a condition, the hour."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product

import msgspec

from sayso.core.records import Quantity
from sayso.language.encoder.words import is_name as is_named
from sayso.language.encoder.words import ordinary
from sayso.language.lexicon import read_table
from sayso.linking.entries import Entry
from sayso.linking.identity import Word, figure_of, root, words_of
from sayso.linking.lexicon import ANTONYMS, COMPASS, HAPPENINGS, calendar_stems, is_past, stem

_PASSED_OVER = 4  # words between "will" and its verb
_LONGEST_NAME = 4  # words of the name of a thing
_PHRASE = 3  # words of "in worn wheelchairs" that are looked at
_FEWEST_OF_A_SPELLING = 5  # letters: a shorter name that differs in one is another
_MODIFIED = " \"“”‘’'«»"  # what may stand between the words of a name
_SIGHT = 120  # code points behind a figure in which a phrase narrows it down
_JOINED = len(" … ")  # what stands between discontinuous spans in a claim's words
_READ = 1024  # sentences whose things stay at hand
_MARK = re.compile(r"[,;:.()–—]")
_HEADLINE = re.compile(r"\A(?:[^\W\d_a-z][^\W\d_]{0,32}\s+){1,4}to\s+(?=[a-z])")

Hours = tuple[int, int]


class _Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bare: str
    any: str
    elsewhere: str
    some_of_all: str


class _Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    things: Sequence[str]
    settlements: str
    naming: str
    modals: str
    not_done_with_have: str
    leading: str
    short_of: str
    passed_over: str
    perceived: str
    past_as_base: str
    conditions: str
    no_condition_after: str
    hours: Mapping[str, Hours]
    limits: _Limits


class _Table(msgspec.Struct, frozen=True):
    """The listed words, as sets."""

    things: Mapping[str, str]  # the stem of a noun, and of the first noun of its line
    settlements: frozenset[str]
    naming: frozenset[str]
    modals: frozenset[str]
    with_have: frozenset[str]
    leading: frozenset[str]
    short_of: frozenset[str]
    passed_over: frozenset[str]
    perceived: frozenset[str]
    past_as_base: frozenset[str]
    conditions: frozenset[str]
    no_condition_after: frozenset[str]
    hours: Mapping[str, Hours]
    bare: frozenset[str]
    any: frozenset[str]
    elsewhere: frozenset[str]
    some_of_all: frozenset[str]


@cache
def _table() -> _Table:
    listed = msgspec.convert(read_table("apart"), _Listed)
    limits = listed.limits
    happenings = frozenset(one for some in HAPPENINGS for one in some)
    return _Table(
        things={stem(one): stem(line.split()[0]) for line in listed.things for one in line.split()},
        settlements=frozenset(map(stem, listed.settlements.split())),
        naming=frozenset(listed.naming.split()),
        modals=frozenset(listed.modals.split()),
        with_have=frozenset(listed.not_done_with_have.split()),
        leading=frozenset(listed.leading.split()),
        short_of=frozenset(listed.short_of.split()),
        passed_over=frozenset(listed.passed_over.split()),
        perceived=frozenset(map(stem, listed.perceived.split())),
        past_as_base=frozenset(listed.past_as_base.split()),
        conditions=frozenset(listed.conditions.split()),
        no_condition_after=frozenset(listed.no_condition_after.split()),
        hours=listed.hours,
        bare=frozenset(limits.bare.split()),
        any=frozenset(limits.any.split()),
        elsewhere=frozenset(map(stem, limits.elsewhere.split())) | happenings | COMPASS,
        some_of_all=frozenset(limits.some_of_all.split()),
    )


def apart(left: Entry, right: Entry) -> bool:
    """Tell whether two claims of like words cannot be the same."""
    if unlike_things(left, right) or _opposite(left, right) or _measured_otherwise(left, right):
        return True
    if _on_condition(left.words) != _on_condition(right.words):
        return True
    if _done_in_one(left.words, right.words) or _at_another_hour(left, right):
        return True
    return _narrower(left, right) or _narrower(right, left)


def manner(entry: Entry) -> tuple[object, ...]:
    """Return what claims in equal content words can differ by: done or ahead, the hour, the condition."""
    words = entry.words
    units = sorted(f"{figure_of(one)} {one.unit}" for one in entry.claim.quantities if one.kind == "measure")
    return sorted(ahead(words)), sorted(_hours_in(words)), _on_condition(words), units


# --- things by name


class Things(msgspec.Struct, frozen=True):
    """The named things of a sentence."""

    called: Mapping[tuple[str, bool], Sequence[frozenset[str]]]  # by kind, and whether the name stands behind
    names: frozenset[str]  # roots of all names in it


def unlike_things(left: Entry, right: Entry) -> bool:
    """Tell whether the sentences of two claims name two things of one kind: the ferry Astra, the ferry Olm.

    A name left out, in another spelling, or beside the other one in one of the sentences sets nothing apart.
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
    called: dict[tuple[str, bool], list[frozenset[str]]] = {}
    for at, word in enumerate(words):
        kind = _table().things.get(word.key) if word.kind == "word" else None
        if kind is None:
            continue
        behind, before = _names_behind(sentence, words, at), _names_before(sentence, words, at)
        # "The Kestrel hospital of Brenna" is Kestrel; "the Veslandi village of Lunde" is Lunde.
        located = before and behind and words[at + 1].key == "of" and word.key not in _table().settlements
        if name := before if located or not behind else behind:
            called.setdefault((kind, name is behind), []).append(name)
    named = (word for word in words if _is_name(sentence, word))
    return Things(called=called, names=frozenset(_root(sentence, word) for word in named))


def _is_name(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return (
        word.kind == "word"
        and word.capital
        and word.key not in calendar_stems()
        and word.key not in _table().things
        and is_named(written, ordinary())
    )


def _root(text: str, word: Word) -> str:
    return root(text[word.start : word.end])


def _names_behind(text: str, words: Sequence[Word], at: int) -> frozenset[str]:
    first = at + 1
    if first < len(words) and words[first].key in _table().naming:
        first += 1
    return frozenset(
        _run(text, words, range(first, min(len(words), first + _LONGEST_NAME)), words[first - 1])
    )


def _names_before(text: str, words: Sequence[Word], at: int) -> frozenset[str]:
    return frozenset(_run(text, words, range(at - 1, max(-1, at - 1 - _LONGEST_NAME), -1), words[at]))


def _run(text: str, words: Sequence[Word], steps: range, beside: Word) -> Iterator[str]:
    """Yield the roots of the names in a row from a word on."""
    for at in steps:
        first, second = sorted((words[at], beside))
        if text[first.end : second.start].strip(_MODIFIED) or not _is_name(text, words[at]):
            return
        yield _root(text, words[at])
        beside = words[at]


def _covered(name: frozenset[str], names: frozenset[str]) -> bool:
    return all(any(_one_spelling(one, other) for other in names) for one in name)


def _one_spelling(left: str, right: str) -> bool:
    """Tell whether two names differ by no more than one letter put in, left out or changed."""
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < _FEWEST_OF_A_SPELLING or len(longer) - len(shorter) > 1:
        return False
    same = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return shorter[same + (len(shorter) == len(longer)) :] == longer[same + 1 :]


# --- done or ahead


def ahead(words: str) -> frozenset[str]:
    """Return the stems of the verbs that are not told as done: "will be handed over", "tried to seize"."""
    return frozenset(key for _, key in _ahead(words))


def _ahead(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each verb stands that is not told as done, by words, and its stem."""
    table, words = _table(), list(words_of(text))
    written = [text[word.start : word.end].replace("’", "'") for word in words]
    headline = _HEADLINE.match(text)
    for at, word in enumerate(written):
        following = written[at + 1] if at + 1 < len(written) else ""
        opened = at == 0 or not word[:1].isupper()  # no month of May
        modal = opened and (word.casefold() in table.modals or word.endswith("'ll"))
        if modal and following == "have" and word.casefold() not in table.with_have:
            continue
        leads = following == "to" and word.casefold() in table.leading
        short = word.casefold() in table.short_of
        titled = headline is not None and words[at].end < headline.end() <= words[at].end + len(" to ") + 1
        if modal or leads or titled:
            yield from _verb_behind(words, written, at + 1)
        elif short and at + 1 < len(words) and words[at + 1].kind == "word":
            yield at + 1, words[at + 1].key


def _verb_behind(words: Sequence[Word], written: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    table = _table()
    for at in range(first, min(len(words), first + _PASSED_OVER + 1)):
        if written[at] in table.passed_over or (written[at].endswith("ly") and words[at].kind == "word"):
            continue
        noun = written[at].endswith("ing")  # "due to flooding"
        if words[at].kind == "word" and not noun and words[at].key not in table.perceived:
            yield at, words[at].key
        return


def _done_in_one(left: str, right: str) -> bool:
    """Tell whether a verb is told as done in one of two texts and as ahead in the other."""
    ours, theirs = ahead(left), ahead(right)
    return not (ours - theirs).isdisjoint(_done(right)) or not (theirs - ours).isdisjoint(_done(left))


def _done(text: str) -> frozenset[str]:
    """Return the stems of the words written as the past of a verb, or as a participle."""
    past = _table().past_as_base
    written = ((word.key, text[word.start : word.end]) for word in words_of(text) if word.kind == "word")
    return frozenset(key for key, word in written if is_past(word) or word in past)


# --- condition, hour, measure, opposite


def _on_condition(text: str) -> bool:
    """Tell whether something is said on a condition: "will withdraw if", and not "as if"."""
    table = _table()
    written = [text[word.start : word.end].casefold() for word in words_of(text)]
    return any(
        word in table.conditions and (at == 0 or written[at - 1] not in table.no_condition_after)
        for at, word in enumerate(written)
    )


def _hours_in(text: str) -> frozenset[Hours]:
    hours = _table().hours
    written = (text[word.start : word.end].casefold() for word in words_of(text) if word.kind != "number")
    return frozenset(hours[word] for word in written if word in hours)


def _at_another_hour(left: Entry, right: Entry) -> bool:
    """Tell whether two claims state parts of the day that have no hour in common: morning and evening."""
    ours, theirs = _hours_in(left.words), _hours_in(right.words)
    return bool(ours) and bool(theirs) and not any(_meet(one, other) for one, other in product(ours, theirs))


def _meet(left: Hours, right: Hours) -> bool:
    return any(left[0] < right[1] + by and right[0] + by < left[1] for by in (-24, 0, 24))


def _measured_otherwise(left: Entry, right: Entry) -> bool:
    """Tell whether two claims give one number in two units: 500 litres, 500 barrels."""
    return any(
        ours.unit != theirs.unit
        for ours, theirs in product(_with_unit(left), _with_unit(right))
        if figure_of(ours) == figure_of(theirs)
    )


def _with_unit(entry: Entry) -> list[Quantity]:
    return [one for one in entry.claim.quantities if one.unit and one.kind in {"measure", "money"}]


def _opposite(left: Entry, right: Entry) -> bool:
    """Tell whether one has a word where the other has its opposite: alive, dead."""
    ours, theirs = {*left.face.stems}, {*right.face.stems}
    return any(frozenset((one, other)) in ANTONYMS for one in ours - theirs for other in theirs - ours)


# --- whom


def _narrower(left: Entry, right: Entry) -> bool:
    """Tell whether a claim counts fewer of those that the other counts: "12 patients in wheelchairs"."""
    figures = {figure_of(one): one for one in right.claim.quantities if one.kind == "count"}
    return any(
        figure_of(one) in figures and _is_of_some(left, one, figures[figure_of(one)], right)
        for one in left.claim.quantities
        if one.kind == "count"
    )


def _is_of_some(entry: Entry, ours: Quantity, theirs: Quantity, other: Entry) -> bool:
    told = {word.key for word in words_of(other.words)}
    group = ours.population or ""
    if group in _table().some_of_all and theirs.population != group and stem(group) not in told:
        return True
    limits = limiting(_behind(entry, ours))
    return bool(limits) and told.isdisjoint(limits)


def limiting(text: str) -> frozenset[str]:
    """Return the stems of the words that narrow down a counted noun right before a text: "in wheelchairs"."""
    table = _table()
    words = list(islice(words_of(text), _PHRASE + 3))
    leads = table.bare | table.any
    if words and text[words[0].start : words[0].end] not in leads and not _is_verb(text, words[0]):
        words = words[1:]  # the noun itself
    if not words or _MARK.search(text[: words[0].start]):
        return frozenset()
    lead = text[words[0].start : words[0].end]
    if lead not in leads:
        return frozenset()
    behind = words[1:]
    if lead in table.any and behind and behind[0].kind == "stop":
        behind = behind[1:]
    if not behind or behind[0].kind not in {"word", "number"} or behind[0].capital:
        return frozenset()
    if lead in table.bare and (behind[0].key in table.elsewhere or _is_verb(text, behind[0])):
        return frozenset()
    told: list[str] = []
    for word in behind[:_PHRASE]:
        if word.kind not in {"word", "number"} or (told and _is_verb(text, word)):
            break
        told.append(word.key)
    return frozenset(told)


def _is_verb(text: str, word: Word) -> bool:
    return is_past(text[word.start : word.end])


def _behind(entry: Entry, quantity: Quantity) -> str:
    """Return the words of a claim right behind a quantity, as far as a phrase goes."""
    start = 0
    for span in entry.claim.content:
        if quantity.span.within(span):
            behind = start + quantity.span.end - span.start
            return entry.words[behind : start + span.end - span.start][:_SIGHT]
        start += span.end - span.start + _JOINED
    return ""
