"""The same conduct laid to one side by several voices, whatever their words: found by what tells of it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from sayso.core.ports import Filing
from sayso.language.lexicon import read_table
from sayso.linking.conduct import agent_of
from sayso.linking.dates import Days, can_be, days_between, days_of
from sayso.linking.entries import Entry, overlap
from sayso.linking.identity import Word, root, words_of
from sayso.linking.lexicon import ABOUT, BODIES, OFFICES, SUPPOSING, TURNING, stem
from sayso.linking.lookup import WHENEVER, month_of

_BEFORE = 4  # words before a telling one among which it is negated, or turned about
_SUPPOSED = SUPPOSING | {"may"}
_RIGHT_BEFORE = 2  # words before it among which stands what it is about
_NOT_MORE_THAN = frozenset({"more", "les", "other", "but", "only", "just"})  # "nothing more than" affirms
_DAYS_APART = {"day": 366, "days": 10, "weeks": 30, "place": 10}
_SINCE = frozenset({"on_or_after", "start"})
_ACTS = frozenset({"accuse", "assert", "evaluate", "report", "deny"})
_SIDES = 4  # of a claim, under which it is filed

On = Literal["day", "days", "weeks", "place"]


class Charge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of conduct, and the words that tell of it."""

    conduct: str  # as a sentence names it
    on: On
    within: int  # words between two of a pattern
    patterns: tuple[str, ...]
    deeds: str = ""
    needs: str = ""

    @property
    def steps(self) -> tuple[tuple[frozenset[str], ...], ...]:
        """The patterns as stems: any of a set, then any of the next."""
        return tuple(tuple(_stems(step.split("/")) for step in one.split()) for one in self.patterns)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    charges: tuple[Charge, ...]


class _Ready(msgspec.Struct, frozen=True):
    charge: Charge
    steps: tuple[tuple[frozenset[str], ...], ...]
    deeds: frozenset[str]
    needs: frozenset[str]


@cache
def _charges() -> tuple[_Ready, ...]:
    table = msgspec.convert(read_table("charges"), _Table)
    return tuple(
        _Ready(one, one.steps, _stems(one.deeds.split()), frozenset(map(stem, one.needs.split())))
        for one in table.charges
    )


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, stem(word)))


class Charged(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that lays some conduct to a side."""

    entry: Entry
    charge: Charge
    sides: frozenset[str]  # roots of the names of whoever acts
    told: tuple[str, ...]  # the words that tell of it, in text order


def charged_by(entry: Entry) -> Iterator[Charged]:
    """Yield what conduct a claim lays to whom; nothing for what is denied, demanded or foretold.

    Nothing either for what is only told to be denied: "reports that it refuses talks are false".
    """
    if entry.claim.polarity == "-" or entry.claim.act not in _ACTS | {"pledge"} or entry.retold:
        return
    sides = _sides(entry)
    # "It will never negotiate" is a charge from another's mouth only.
    if not sides or (entry.claim.act == "pledge" and not sides.isdisjoint(entry.names)):
        return
    words = list(words_of(entry.main))
    keys = [word.key for word in words]
    for ready in _charges():
        if (ready.deeds and ready.deeds.isdisjoint(keys)) or not ready.needs.issubset(keys):
            continue
        found = next((at for steps in ready.steps if (at := _found(words, steps, ready.charge.within))), None)
        if found is None or not _of_its_side(words[: found[0]], entry, sides):
            continue
        # "Has no interest in talks" is told of somebody, whatever it answers; "does not spread lies" is not.
        if entry.claim.act not in {"deny", "pledge"} or words[found[0]].kind == "negation":
            told = tuple(entry.main[words[at].start : words[at].end] for at in found)
            yield Charged(entry=entry, charge=ready.charge, sides=sides, told=told)


def _of_its_side(before: Sequence[Word], entry: Entry, sides: frozenset[str]) -> bool:
    """Tell whether the name nearest before the telling words, if one stands there, is that of the side."""
    named = (root(entry.main[w.start : w.end]) for w in reversed(before) if w.kind == "word" and w.capital)
    nearest = next((name for name in named if name in entry.face.names), None)
    return nearest is None or nearest in sides


def _sides(entry: Entry) -> frozenset[str]:
    """Return the roots of the names of whoever acts, without words that many bodies have in their names."""
    actor = entry.claim.actor
    named = "" if actor is None else actor.name
    roots = {
        root(named[word.start : word.end])
        for word in words_of(named)
        if word.kind == "word" and word.capital and word.key not in BODIES | OFFICES
    }
    if not roots and (agent := agent_of(entry) or _subject(entry)) is not None:
        roots = {agent}
    return frozenset(roots & {*entry.face.names})


def _subject(entry: Entry) -> str | None:
    """Return the name that a claim begins with, where it holds no other."""
    first = next(words_of(entry.words), None)
    if first is None or len({*entry.face.names}) != 1:
        return None
    return root(entry.words[first.start : first.end])


def _found(words: Sequence[Word], steps: Sequence[frozenset[str]], within: int) -> tuple[int, ...] | None:
    """Return where the words of a pattern stand, or None where they do not, are negated or only supposed."""
    for at, word in enumerate(words):
        if word.key in _SUPPOSED and not _is_of_the_past(words, at):
            return None
        if word.key in steps[0] and not _is_negated(words, at):
            rest = _following(words, at, steps[1:], within)
            if rest is not None and not any(word.key in TURNING for word in words[at + 1 : max((at, *rest))]):
                return (at, *rest)
    return None


def _is_of_the_past(words: Sequence[Word], at: int) -> bool:
    """Tell "said that it would never negotiate", where "would" is a "will", from "it would be a mistake"."""
    return words[at].key == "would" and at + 1 < len(words) and words[at + 1].kind == "negation"


def _following(
    words: Sequence[Word], at: int, steps: Sequence[frozenset[str]], within: int
) -> tuple[int, ...] | None:
    if not steps:
        return ()
    for after in range(at + 1, min(at + 2 + within, len(words))):
        if words[after].key in steps[0]:
            rest = _following(words, after, steps[1:], within)
            if rest is not None:
                return (after, *rest)
    return None


def _is_negated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a telling word is negated, or something is done against it."""
    for before in range(max(0, at - _BEFORE), at):
        negates = words[before].kind == "negation" and words[before + 1].key not in _NOT_MORE_THAN
        about = at - before <= _RIGHT_BEFORE and words[before].key in ABOUT
        if negates or about or words[before].key in TURNING:
            return True
    return False


def filed_by_charge(entry: Entry) -> Iterator[Filing]:
    """Yield where a claim is filed by the conduct that it tells of, by whose it is, and by month."""
    for charged in charged_by(entry):
        for key in keys_of(charged, (month_of(entry), WHENEVER)):
            yield Filing(key=key, record=entry.claim.id)


def keys_of(charged: Charged, months: Sequence[str]) -> list[str]:
    """Return the keys of a charge in some months."""
    sides = sorted(charged.sides)[:_SIDES]
    return [f"charge {charged.charge.conduct} {side} {month}" for month in months for side in sides]


def one_charge(left: Charged, right: Charged) -> bool:
    """Tell whether two claims lay the same conduct to the same side, on the same day where one is needed."""
    if left.charge.conduct != right.charge.conduct or left.sides.isdisjoint(right.sides):
        return False
    if overlap(left.entry, right.entry) or not _figures_agree(left.entry, right.entry):
        return False
    if not _names_agree(left, right):
        return False
    apart = days_between(left.entry.origin.published_at, right.entry.origin.published_at)
    if apart != float("inf") and apart > _DAYS_APART[left.charge.on]:
        return False
    days = [_days(one.entry) for one in (left, right)]
    if left.charge.on == "day":
        return any(can_be(one, other) for one in days[0] for other in days[1])
    return not all(days) or any(can_be(one, other) for one in days[0] for other in days[1])


def _names_agree(left: Charged, right: Charged) -> bool:
    """Tell whether two claims may be of one place and one victim: a name in common, if both have more.

    Of what is done in one place, a name must be in common.
    """
    ours, theirs = ({*one.entry.face.names} - one.sides for one in (left, right))
    either_lacks = left.charge.on != "place" and not (ours and theirs)
    return either_lacks or not ours.isdisjoint(theirs)


def _days(entry: Entry) -> list[Days]:
    """Return the days that a claim names; "since 27 September" names the day on which it began."""
    begun = (
        msgspec.structs.replace(time, modifiers=())
        for time in entry.claim.times
        if _SINCE.issuperset(time.modifiers)
    )
    return [day for time in begun for day in days_of(time) if day.is_one]


def _figures_agree(left: Entry, right: Entry) -> bool:
    ours, theirs = left.face.figures, right.face.figures
    return ours <= theirs or theirs <= ours
