"""Who denies what by saying it again: by negation, by the word, by a label, or within one sentence."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.core.ids import AttributionId
from sayso.core.records import Link, LinkKind
from sayso.linking.entries import Entry, accuses, overlap, same_mouth
from sayso.linking.identity import Face, Weighed, Weights, same_day, words_of
from sayso.linking.lexicon import ACCUSATIONS, DISTANCING, HAVING_AND_USING, LABELS, REJECTIONS
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
_FEWEST_TOLD = 2  # words beside names
_MOST_DENIED = 3  # claims one denial is linked to
_ASIDE = re.compile(r", (?:which|who|whose)\b")
_EARLIEST = 8  # members of a group among whom the one that is denied is looked for


def denials(entries: Sequence[Entry], groups: Sequence[Group], weights: Weights) -> Iterator[Link]:
    """Yield a link for each denial and each claim it denies; opposite words of two outlets contradict."""
    yield from _nested(entries)
    yield from _across(groups, weights)


def _nested(entries: Sequence[Entry]) -> Iterator[Link]:
    """Link "denied the allegation that X" to X in the same sentence."""
    rejecting: defaultdict[AttributionId, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.claim.act == "deny" or not stems_of(entry.cue).isdisjoint(REJECTIONS):
            rejecting[entry.attribution.id].append(entry)
    for inner in entries:
        around = inner.attribution.within
        # To turn down a proposal is not to deny that something is so.
        if around is None or inner.denies or inner.claim.act in {"demand", "pledge"}:
            continue
        for outer in rejecting.get(around, ()):
            if overlap(outer, inner) and _tells(inner.face) and not _told_aside(outer, inner):
                why = f"{outer.speaker} rejected what the same sentence reports: “{_short(inner.words)}”."
                yield link_of(outer, inner, Found(rule="nested-denial", score=0.95, why=why))


def _tells(face: Face) -> bool:
    """Tell whether words say what is alleged and not only by whom: "accusations of the Ostran side"."""
    return len({*face.stems} - {*face.names}) >= _FEWEST_TOLD


def _told_aside(outer: Entry, inner: Entry) -> bool:
    """Tell whether the inner words say something of what is denied: "the charges, which some call false"."""
    return _ASIDE.search(outer.words.partition(inner.words)[0]) is not None


def rejects(entry: Entry) -> bool:
    """Tell whether a claim is put forward as a denial, or its words are negated."""
    return (
        entry.claim.act == "deny"
        or entry.claim.polarity == "-"
        or not stems_of(entry.cue).isdisjoint(REJECTIONS)
    )


def stems_of(text: str) -> set[str]:
    """Return the stems of a text, whatever its words count as."""
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
    if claim.claim.act == "accuse" and accuses(claim, denial):
        return _LIKENESS_ACCUSED
    return _LIKENESS if rejects(denial) else _LIKENESS_WITHOUT_DENIAL


def _core(face: Face) -> Face:
    """Return what is denied or accused, without the words of denial and accusation, distance and use.

    To own nothing of a kind denies to have used it, whatever the verbs.
    """
    left_out = REJECTIONS | ACCUSATIONS | LABELS | DISTANCING | HAVING_AND_USING
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
    if denial.own_voice and claim.own_voice and not _answers_for_itself(denial, claim):
        if denial.origin.document == claim.origin.document:
            return
        later, earlier = sorted((denial, claim), key=lambda entry: entry.key, reverse=True)
        why = f"{denial.origin.name} denied in its own words what {claim.origin.name} stated about {shared}."
        found = Found(kind="contradicts", rule="opposite-words", score=score, why=why)
        yield link_of(later, earlier, found)
        return
    rule, how = _manner(denial)
    why = f"{denial.speaker} {how} what {claim.speaker} said about {shared}."
    yield link_of(denial, claim, Found(rule=rule, score=score, why=why))


def _answers_for_itself(denial: Entry, claim: Entry) -> bool:
    """Tell whether an issuer denies what another issuer accuses it of: no two outlets that differ."""
    return rejects(denial) and claim.claim.act == "accuse" and accuses(claim, denial)


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
    if denial.face.negated and not rejects(denial):
        return "negation", "said the opposite of"
    return "denial", "denied"


def _short(words: str, most: int = 100) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """How two claims were found to stand against each other."""

    kind: LinkKind = "denies"
    rule: str
    score: float
    why: str


def link_of(left: Entry, right: Entry, found: Found) -> Link:
    """Return the link from the claim that acts to the one that it is held against."""
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
