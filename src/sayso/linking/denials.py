"""Who denies what: by negation, by the word, by a label, within one sentence, or all accusations at once."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.core.ids import AttributionId
from sayso.core.records import Link, LinkKind
from sayso.linking.entries import Entry, order_is_known, overlap, same_mouth
from sayso.linking.identity import (
    Face,
    Weighed,
    Weights,
    Word,
    names_in,
    same_day,
    words_of,
)
from sayso.linking.lexicon import ACCUSATIONS, LABELS, REJECTIONS
from sayso.linking.likeness import RareWords, names_agree, same_roles
from sayso.linking.same import Group, listed, shared_words

# Thresholds chosen on annotated denials in news texts. A denial is often shorter than what it denies, so
# that most of its own words must be found there, and a fair part of the other's.
_OWN_SHARE = 0.6
_LIKENESS = 0.42
# Words that were negated without an act of denial can be about anything: they must say nearly the same.
_LIKENESS_WITHOUT_DENIAL = 0.55
# Whoever is accused speaks of that accusation, and often denies one part of many.
_LIKENESS_ACCUSED = 0.3
_FEWEST_SHARED = 3
_MOST_DENIED = 3  # claims one denial is linked to
_EARLIEST = 8  # members of a group among whom the one that is denied is looked for
_LOOK_BACK = 64  # earlier accusations that a blanket denial looks at
_REACH = 6  # words between "rejects" and "accusations"
_MOST_SPECIFIC = 3  # content words that "the accusations" may have beside it


def denials(entries: Sequence[Entry], groups: Sequence[Group], weights: Weights) -> Iterator[Link]:
    """Yield a link for each denial and each claim it denies; opposite words of two outlets contradict."""
    yield from _nested(entries)
    yield from _across(groups, weights)
    yield from _blanket(entries, groups)


def _nested(entries: Sequence[Entry]) -> Iterator[Link]:
    """Link "denied the allegation that X" to X in the same sentence."""
    rejecting: defaultdict[AttributionId, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.claim.act == "deny" or not _stems(entry.cue).isdisjoint(REJECTIONS):
            rejecting[entry.attribution.id].append(entry)
    for inner in entries:
        around = inner.attribution.within
        # To turn down a proposal is not to deny that something is so.
        if around is None or inner.denies or inner.claim.act in {"demand", "pledge"}:
            continue
        for outer in rejecting.get(around, ()):
            if overlap(outer, inner):
                why = f"{outer.speaker} rejected what the same sentence reports: “{_short(inner.words)}”."
                yield _link(outer, inner, _Found(rule="nested-denial", score=0.95, why=why))


def _rejects(entry: Entry) -> bool:
    return (
        entry.claim.act == "deny"
        or entry.claim.polarity == "-"
        or not _stems(entry.cue).isdisjoint(REJECTIONS)
    )


def _stems(text: str) -> set[str]:
    return {word.key for word in words_of(text)}


def _across(groups: Sequence[Group], weights: Weights) -> Iterator[Link]:
    """Link each denial to the claims elsewhere that say what it denies."""
    shelves = RareWords(weights)
    cores = [weights.weigh(_core(group.head.face)) for group in groups]
    for number, group in enumerate(groups):
        if not group.head.denies:
            shelves.put(number, cores[number].face)
    for denied, group in zip(cores, groups, strict=True):
        if not group.head.denies:
            continue
        rated = [(_rated(denied, cores[n], weights), n) for n in shelves.near(denied.face)]
        close = (pair for pair in rated if pair[0] >= _likest(group.head, groups[pair[1]].head))
        best = sorted(close, key=lambda pair: (-pair[0], pair[1]))
        for denial in group.members:
            for score, number in best[:_MOST_DENIED]:
                yield from _pair(denial, groups[number], score)


def _likest(denial: Entry, claim: Entry) -> float:
    """Return how alike a denial and a claim must be."""
    if claim.claim.act == "accuse" and not denial.names.isdisjoint(claim.face.names):
        return _LIKENESS_ACCUSED
    return _LIKENESS if _rejects(denial) else _LIKENESS_WITHOUT_DENIAL


def _core(face: Face) -> Face:
    """Return what is denied or accused, without the words of denial and accusation."""
    left_out = REJECTIONS | ACCUSATIONS | LABELS
    return msgspec.structs.replace(face, stems=tuple(stem for stem in face.stems if stem not in left_out))


def _rated(denied: Weighed, claimed: Weighed, weights: Weights) -> float:
    """Return how much of a claim stands in a denial, 0 to 1; 0 when something else is denied."""
    ours, theirs = denied.face, claimed.face
    if ours.figures and theirs.figures and ours.figures.isdisjoint(theirs.figures):
        return 0.0
    if not (same_day(ours.dates, theirs.dates) and names_agree(ours, theirs) and same_roles(ours, theirs)):
        return 0.0
    common = denied.stems & claimed.stems
    shared = weights.total(common)
    if len(common) < _FEWEST_SHARED or shared < _OWN_SHARE * denied.total:
        return 0.0
    return 2 * shared / (denied.total + claimed.total)


def _pair(denial: Entry, group: Group, score: float) -> Iterator[Link]:
    others = [m for m in group.members[:_EARLIEST] if _other_mouth(denial, m)]
    if not others:
        return
    # Somebody's words before an outlet's own: a denial answers a voice.
    claim = next((m for m in others if not m.own_voice), others[0])
    shared = listed(shared_words(denial.words, claim.face.stems))
    if denial.own_voice and claim.own_voice:
        if denial.origin.document == claim.origin.document:
            return
        later, earlier = sorted((denial, claim), key=lambda entry: entry.key, reverse=True)
        why = f"{denial.origin.name} denied in its own words what {claim.origin.name} stated about {shared}."
        found = _Found(kind="contradicts", rule="opposite-words", score=score, why=why)
        yield _link(later, earlier, found)
        return
    rule, how = _manner(denial)
    why = f"{denial.speaker} {how} what {claim.speaker} said about {shared}."
    yield _link(denial, claim, _Found(rule=rule, score=score, why=why))


def _other_mouth(denial: Entry, claim: Entry) -> bool:
    if same_mouth(claim, denial) or overlap(denial, claim):
        return False
    # Whoever speaks for the side that is spoken of does not accuse it: "Vesland is allegedly using …", said
    # its own ministry, is how the ministry cites others.
    spoken_of = {*denial.face.names, *claim.face.names}
    return spoken_of.isdisjoint(denial.names & claim.names)


def _manner(denial: Entry) -> tuple[str, str]:
    if denial.face.labelled:
        return "denial-by-label", "branded as false"
    if denial.face.negated and not _rejects(denial):
        return "negation", "said the opposite of"
    return "denial", "denied"


class _Blanket(msgspec.Struct, frozen=True, kw_only=True):
    """A rejection of accusations that are not repeated."""

    entry: Entry
    denier: frozenset[str]  # roots of names
    accuser: frozenset[str]


def _blanket(entries: Sequence[Entry], groups: Sequence[Group]) -> Iterator[Link]:
    """Link "rejects these groundless accusations" to the accusations reported nearest before."""
    against: defaultdict[str, list[Entry]] = defaultdict(list)
    for group in groups:
        if group.head.claim.act == "accuse" and not group.head.denies:
            for name in sorted(set(_accused(group.head))):
                against[name].append(group.head)
    surrounding = {entry.attribution.within for entry in entries}
    for entry in entries:
        found = _as_blanket(entry)
        # Where somebody reports another's denial, the denial is the other's.
        if found is None or entry.attribution.id in surrounding:
            continue
        earlier = {
            a.claim.id: a for name in sorted(found.denier) for a in _before(against.get(name, []), found)
        }
        nearest = sorted(earlier.values(), key=lambda accusation: accusation.key, reverse=True)
        for accusation in nearest[:_MOST_DENIED]:
            why = (
                f"A blanket denial: {entry.speaker} rejected the accusations as a whole; this one, "
                f"by {accusation.speaker}, was reported before it."
            )
            yield _link(entry, accusation, _Found(rule="blanket-denial", score=0.5, why=why))


def _accused(accusation: Entry) -> tuple[str, ...]:
    actor = accusation.claim.actor
    return tuple(sorted(names_in(actor.name))) if actor is not None else accusation.face.names


def _before(accusations: Sequence[Entry], blanket: _Blanket) -> list[Entry]:
    end = bisect_left(accusations, blanket.entry.key, key=lambda accusation: accusation.key)
    return [a for a in accusations[max(0, end - _LOOK_BACK) : end] if _may_be_meant(a, blanket)]


def _may_be_meant(accusation: Entry, blanket: _Blanket) -> bool:
    entry = blanket.entry
    accused_by_accuser = bool(accusation.names & blanket.accuser)
    if overlap(accusation, entry) or same_mouth(accusation, entry):
        return False
    if accusation.names & blanket.denier and not accused_by_accuser:
        return False
    if accusation.origin.document != entry.origin.document and not order_is_known(
        accusation.origin, entry.origin
    ):
        return False
    return not blanket.accuser or accused_by_accuser


def _as_blanket(entry: Entry) -> _Blanket | None:
    """Return the blanket denial that a claim makes, or None when it makes none."""
    words = list(words_of(entry.words))
    nouns = [i for i, w in enumerate(words) if w.key in ACCUSATIONS]
    for at in nouns:
        before = words[max(0, at - _REACH) : at]
        verb = next((w for w in reversed(before) if w.key in REJECTIONS), None)
        branded = any(w.key in LABELS for w in words[at + 1 : at + 4]) and _only_that(words, at)
        cued = not _stems(entry.cue).isdisjoint(REJECTIONS) and _only_that(words, at)
        if (verb is None and not branded and not cued) or _goes_on(words, at):
            continue
        head = entry.words[: words[at].start if verb is None else verb.start]
        tail = entry.words[words[at].end : words[min(at + _REACH, len(words) - 1)].end]
        return _Blanket(
            entry=entry,
            denier=entry.names | (names_in(head) if verb is not None else frozenset()),
            accuser=names_in(tail),
        )
    return None


def _only_that(words: Sequence[Word], at: int) -> bool:
    told = [
        w
        for i, w in enumerate(words)
        if i != at and w.kind == "word" and not w.capital and w.key not in LABELS
    ]
    return len(told) <= _MOST_SPECIFIC


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether the accusations are told: "accusations that …", "accusations of using …"."""
    after = words[at + 1 : at + 3]
    if after and after[0].key == "that":
        return True
    return (
        len(after) > 1
        and after[0].key in {"of", "about"}
        and after[1].kind == "word"
        and not after[1].capital
    )


def _short(words: str, most: int = 100) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """How two claims were found to stand against each other."""

    kind: LinkKind = "denies"
    rule: str
    score: float
    why: str


def _link(left: Entry, right: Entry, found: _Found) -> Link:
    cue = left.attribution.cue if found.kind == "denies" else ()
    return Link(
        kind=found.kind,
        left=left.claim.id,
        right=right.claim.id,
        score=round(min(1.0, found.score), 4),
        left_spans=tuple(sorted({*cue, *left.claim.content})),
        right_spans=right.claim.content,
        rule=found.rule,
        why=found.why[:1].upper() + found.why[1:],
    )
