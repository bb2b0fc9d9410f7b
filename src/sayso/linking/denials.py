"""Who denies what by saying it again: by negation, by the word, by a label, or within one sentence."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.core.ids import AttributionId
from sayso.core.ports import Filing, Index
from sayso.core.records import Link
from sayso.linking.conduct import (
    Core,
    agent_of,
    agrees,
    charges_untruth,
    core_of,
    denies,
    full_name,
    is_deniable,
    outright,
    refuses,
    rejects,
    sides,
    stems_of,
)
from sayso.linking.dates import days_between
from sayso.linking.entries import Entry, accuses, overlap
from sayso.linking.identity import Face, names_in, same_day, words_of
from sayso.linking.lexicon import ACCUSATIONS, BODIES, ONE_ACT, REJECTIONS, SUPPOSING, THEIRS
from sayso.linking.likeness import compatible
from sayso.linking.lookup import Lookup, filed_by_stems
from sayso.linking.opposition import NOT_DENIABLE, Found, answered_by, link_of
from sayso.linking.same import listed, shared_words
from sayso.linking.wider import denied_as_a_kind, denied_as_an_event, denies_a_kind

# Thresholds chosen on annotated denials in news texts. A denial is often shorter than what it denies, so
# that most of its own words must be found there, and a fair part of the other's.
_OWN_SHARE = 0.6
_LIKENESS = 0.42
# Words that were negated without an act of denial can be about anything: they must say nearly the same.
_LIKENESS_WITHOUT_DENIAL = 0.55
# Whoever is accused speaks of that accusation, and often denies one part of many.
_LIKENESS_ACCUSED = 0.3
_FEWEST_SHARED = 3
_DEED_SHARE = 0.5  # of the weight of a denial's words beside names, what the claim must have: the deed is one
_DAYS_APART = 30  # an answer comes within weeks; one that comes later says nearly the same
_LIKENESS_LATER = 0.85
_RIGHT_BEFORE = 6  # words before what is rejected
_POSSESSIVE = len("their ")
_FEWEST_TOLD = 2  # words beside names
_FULL_NAME = 2  # names in a row
_MOST_DENIED = 3  # propositions one denial is linked to
_NEAR_THE_BEST = 0.75  # of the likeness of the best, what a further one must have
_ONE_PROPOSITION = 0.55  # of the weight of their words, what two claims that say the same have in common
_COMPARED = 16  # claims compared word by word with one denial
_DENIALS_AGAIN = 4  # earlier denials that look again when a claim comes in
_ASIDE = re.compile(r", (?:which|who|whose)\b")


class _Rated(NamedTuple):
    score: float
    claim: Entry


def filed_by_words(entry: Entry, index: Index) -> Iterator[Filing]:
    """Yield where a claim or a denial is filed to be found by its words; not again for equal words."""
    face = entry.face
    stand = denies(entry)
    words = (face.stems, sorted(face.figures), sorted(face.dates), face.agent, stand, entry.own_voice)
    equal = Filing(key=f"words {words!r}", record=entry.claim.id)
    if entry.claim.act in NOT_DENIABLE or index.filed([equal.key], 1):
        return
    yield equal
    core = core_of(entry)
    stems = [stem for stem in face.stems if stem in core.stems]
    acts = [ONE_ACT[stem] for stem in stems if stem in ONE_ACT]
    yield from filed_by_stems(entry, [*stems, *acts], denies=stand)
    if stand and charges_untruth(entry):
        yield from filed_by_stems(entry, [*stems, *acts], denies=False)


def denials(document: Sequence[Entry], lookup: Lookup) -> Iterator[Link]:
    """Yield a link for each denial of a new document and each claim it denies, and for claims denied before.

    Opposite words of two who answer nobody contradict each other.
    """
    yield from _nested(document)
    for entry in document:
        if denies(entry):
            yield from _across(entry, lookup)
        if entry.claim.act not in NOT_DENIABLE and (not denies(entry) or charges_untruth(entry)):
            yield from _again(entry, lookup)


def _nested(entries: Sequence[Entry]) -> Iterator[Link]:
    """Link "denied the allegation that X" to X in the same sentence."""
    rejecting: defaultdict[AttributionId, list[Entry]] = defaultdict(list)
    for entry in entries:
        if rejects(entry):
            rejecting[entry.attribution.id].append(entry)
    for inner in entries:
        around = inner.attribution.within
        # To turn down a proposal is not to deny that something is so.
        if around is None or not is_deniable(inner) or inner.claim.act in {"demand", "pledge"}:
            continue
        for outer in rejecting.get(around, ()):
            if overlap(outer, inner) and _tells(inner.face) and _governs(outer, inner):
                why = f"{outer.speaker} rejected what the same sentence reports: “{_short(inner.words)}”."
                yield link_of(outer, inner, Found(rule="nested-denial", why=why))


def _tells(face: Face) -> bool:
    """Tell whether words say what is alleged and not only by whom: "accusations of the Ostran side"."""
    return len({*face.stems} - {*face.names}) >= _FEWEST_TOLD


def _governs(outer: Entry, inner: Entry) -> bool:
    """Tell whether the inner words are what is rejected: "denied that X", "no truth in the report that X".

    What is said of it aside is not: "the charges, which some call false".
    """
    before = outer.words.partition(inner.words)[0]
    if _ASIDE.search(before) is not None:
        return False
    near = list(words_of(before))[-_RIGHT_BEFORE:]
    stems = {word.key for word in near}
    negated = any(word.kind == "negation" for word in near)
    of_a_report = negated and not stems.isdisjoint(ACCUSATIONS)
    return outright(outer) or not stems.isdisjoint(REJECTIONS) or of_a_report


def _again(claim: Entry, lookup: Lookup) -> Iterator[Link]:
    """Let earlier denials look again for what they deny, now that there is one more claim."""
    core = core_of(claim)
    for denial in lookup.denied([s for s in claim.face.stems if s in core.stems], claim, _DENIALS_AGAIN):
        if not lookup.is_new(denial.origin.document) and _may_mean(denial, claim, lookup):
            yield from _across(denial, lookup)


def _may_mean(denial: Entry, claim: Entry, lookup: Lookup) -> bool:
    """Tell whether a claim can change what an earlier denial is linked to, without looking at all others."""
    if not answered_by(denial, claim):
        return False
    if _rated(denial, core_of(denial), claim, lookup) >= _likest(denial, claim) or denies_a_kind(denial):
        return True
    return any(True for _ in denied_as_an_event(denial, [claim], lookup))


def _across(denial: Entry, lookup: Lookup) -> Iterator[Link]:
    """Link a denial to the claims elsewhere that say what it denies."""
    if refuses(denial):
        return
    core = core_of(denial)
    near = lookup.said(_asked(core, denial), denial, _COMPARED)
    rated = (
        _Rated(_rated(denial, core, claim, lookup), claim) for claim in near if answered_by(denial, claim)
    )
    close = (one for one in rated if one.score >= _likest(denial, one.claim))
    best = sorted(close, key=lambda one: (-one.score, one.claim.key))
    # Whoever made the accusation before whoever only retells it to deny it.
    best = [one for one in best if not one.claim.retold] or best
    for claim in _propositions(best, lookup):
        yield from _pair(denial, claim, lookup)
    if not best:
        possibly = list(denied_as_a_kind(denial, lookup)) or denied_as_an_event(denial, near, lookup)
        yield from possibly


def _asked(core: Core, denial: Entry) -> list[str]:
    """Return the stems to look for, in the order of the text, the side's own names last."""
    stems = [stem for stem in denial.face.stems if stem in core.stems]
    return [*stems, *sorted(sides(denial) or denial.names)] if core.own else stems


def _likest(denial: Entry, claim: Entry) -> float:
    """Return how alike a denial and a claim must be."""
    if _DAYS_APART < days_between(denial.origin.published_at, claim.origin.published_at) < math.inf:
        return _LIKENESS_LATER
    accused = claim.claim.act == "accuse" and accuses(claim, denial)
    if not rejects(denial) and not denial.face.labelled:
        return _LIKENESS if accused else _LIKENESS_WITHOUT_DENIAL
    return _LIKENESS_ACCUSED if accused else _LIKENESS


def _rated(denial: Entry, core: Core, claim: Entry, lookup: Lookup) -> float:
    """Return how much of a claim stands in a denial, 0 to 1; 0 when something else is denied."""
    ours, theirs = denial.face, claim.face
    told = core_of(claim).stems
    figures = ours.figures - {"1"}  # "not one shot"
    if figures and theirs.figures and figures.isdisjoint(theirs.figures):
        return 0.0
    if (
        not same_day(ours.dates, theirs.dates)
        or _only_supposed(denial, claim)
        or not _of_one_side(denial, core, claim)
        or _turned(denial, claim)
    ):
        return 0.0
    # "Not enough", said of what was delivered, does not deny that it was.
    if not rejects(denial) and core.focus and (_is_beside_it(core, theirs) or agrees(core, theirs)):
        return 0.0
    denied = core.stems | (_own_side(denial, claim) & {*theirs.names} if core.own else frozenset())
    common = denied & told
    # "They had beaten us, prisoners said" tells of prisoners.
    told_of = denied & stems_of(claim.source_words) if rejects(denial) else frozenset()
    if len(common | told_of) < _FEWEST_SHARED or not _one_deed(denied, common, claim, lookup):
        return 0.0
    shared = lookup.rarity.total(common)
    whole = lookup.rarity.total(denied)
    if shared < _OWN_SHARE * whole:
        return 0.0
    return 2 * shared / (whole + lookup.rarity.total(told))


def _is_beside_it(core: Core, claimed: Face) -> bool:
    """Tell whether a claim has none of the words of which one is negated."""
    return core.focus.isdisjoint({*claimed.stems, *claimed.roots})


def _only_supposed(denial: Entry, claim: Entry) -> bool:
    """Tell whether words negated without an act of denial cannot be held against a claim.

    Of nothing that has a name both may be right; "if it fires" and "it does not fire" too; and whoever bears
    one name is one, or of one side.
    """
    if outright(denial) or denial.face.labelled:
        return False
    if {*denial.face.names}.isdisjoint(claim.face.roots) or not denial.names.isdisjoint(claim.names):
        return True
    said = {word.key for entry in (denial, claim) for word in words_of(entry.words)}
    return not SUPPOSING.isdisjoint(said)


def _one_deed(denied: frozenset[str], common: frozenset[str], claim: Entry, lookup: Lookup) -> bool:
    """Tell whether what was done is the same, and not only who did it where."""
    names = {*claim.face.names}
    deed, shared = denied - names, common - names
    if len(shared) < min(_FEWEST_TOLD, len(deed)) or not shared:
        return False
    return lookup.rarity.total(shared) >= _DEED_SHARE * lookup.rarity.total(deed)


def _of_one_side(denial: Entry, core: Core, claim: Entry) -> bool:
    """Tell whether the names agree, those included that tell for whom the denial speaks."""
    ours, theirs = denial.face, claim.face
    speaks_for_itself = core.own or rejects(denial) or ours.labelled
    known = ours.roots | denial.names if speaks_for_itself else ours.roots
    others = {*theirs.names} - known
    if others and not theirs.roots.issuperset(ours.names):
        return False
    # Whoever speaks of its own conduct answers what is said of itself.
    unsaid = {*theirs.names} - ours.roots
    if not core.own or not unsaid:
        return True
    side = _own_side(denial, claim)
    if not side:
        person = full_name(claim, agent_of(claim))
        return len(person) < _FULL_NAME or not person.isdisjoint(denial.names | ours.roots)
    agent = agent_of(claim)
    if agent is not None:
        acts = agent in side and _is_named(full_name(claim, agent), denial)
        return acts or (agent in ours.roots and not side.isdisjoint(unsaid))
    actor = claim.claim.actor
    if claim.claim.act != "accuse" or actor is None:
        return False
    # "In the Veslandi town of Brenna": there the name says where, and not who.
    where = frozenset(name for place in claim.claim.places for name in names_in(place.name))
    return not (side & names_in(actor.name)) <= where


def _own_side(denial: Entry, claim: Entry) -> frozenset[str]:
    """Return for whom a denial speaks, or who denies, where the claim has all of that name."""
    named = denial.names if _is_bare(denial.source_words) and denial.names <= {*claim.face.names} else None
    return sides(denial) or named or frozenset()


def _is_bare(source: str) -> bool:
    """Tell whether a source is a name and nothing else: "the United States", "Halla Stroem"."""
    words = list(words_of(source))
    return bool(words) and all(
        word.capital or (word.kind == "stop" and at == 0) for at, word in enumerate(words)
    )


def _is_named(whole: frozenset[str], denial: Entry) -> bool:
    """Tell whether a full name can be that of who denies: the United States, and no United Kingdom."""
    return whole <= denial.names or denial.names <= whole or not _is_bare(denial.source_words)


def _turned(denial: Entry, claim: Entry) -> bool:
    """Tell whether whoever acts in one is acted upon in the other."""
    agents = {agent_of(denial), agent_of(claim)}
    return None not in agents and len(agents) > 1 and agents <= {*denial.face.names} & {*claim.face.names}


def _propositions(best: Sequence[_Rated], lookup: Lookup) -> Iterator[Entry]:
    """Yield one claim of each proposition: somebody's words before an outlet's own, else the earliest."""
    groups: list[list[_Rated]] = []
    for one in best:
        if one.score < _NEAR_THE_BEST * best[0].score:
            break
        group = next((g for g in groups if _one_proposition(g[0].claim, one.claim, lookup)), None)
        if group is not None:
            group.append(one)
        elif len(groups) < _MOST_DENIED:
            groups.append([one])
    for group in groups:
        first = min(group, key=lambda one: (one.claim.own_voice, one.claim.key))
        yield first.claim


def _one_proposition(left: Entry, right: Entry, lookup: Lookup) -> bool:
    shared = lookup.rarity.shared({*left.face.stems}, {*right.face.stems})
    return shared >= _ONE_PROPOSITION and compatible(left.face, right.face)


def _pair(denial: Entry, claim: Entry, lookup: Lookup) -> Iterator[Link]:
    shared = listed(shared_words(denial.words, claim.face.stems))
    if _is_denial(denial, claim) or _of_its_own(denial, lookup):
        rule, how = _manner(denial)
        why = f"{denial.speaker} {how} what {claim.speaker} said about {shared}."
        yield link_of(denial, claim, Found(rule=rule, why=why))
        return
    if denial.origin.document == claim.origin.document and denial.own_voice and claim.own_voice:
        return
    later, earlier = sorted((denial, claim), key=lambda entry: entry.key, reverse=True)
    how = "denied in its own words" if denial.own_voice else "said the opposite of"
    why = f"{denial.speaker} {how} what {claim.speaker} stated about {shared}."
    yield link_of(later, earlier, Found(kind="contradicts", rule="opposite-words", why=why))


def _is_denial(denial: Entry, claim: Entry) -> bool:
    """Tell whether a voice is answered; two who say the opposite and accuse nobody contradict."""
    if denial.own_voice and claim.own_voice:
        # An issuer denies what another issuer accuses it of: no two outlets that differ.
        return claim.claim.act == "accuse" and accuses(claim, denial)
    spoken_of = BODIES & stems_of(denial.source_words) & {*denial.face.stems}
    answered = bool(spoken_of) or claim.claim.act == "accuse" or accuses(claim, denial)
    return outright(denial) or denial.face.labelled or answered


def _of_its_own(denial: Entry, lookup: Lookup) -> bool:
    """Tell whether whoever acts in the words speaks them: "Vesland did not fire, its ministry said"."""
    source = denial.attribution.source
    if not source or agent_of(denial) is None:
        return False
    text = lookup.index.document(denial.origin.document).text
    before = list(words_of(text[max(0, source[0].start - _POSSESSIVE) : source[0].end]))
    return any(word.key in THEIRS for word in before[:2])


def _manner(denial: Entry) -> tuple[str, str]:
    if denial.face.labelled and not (outright(denial) or denial.face.negated):
        return "denial-by-label", "branded as false"
    if denial.face.negated and not rejects(denial):
        return "negation", "said the opposite of"
    return "denial", "denied"


def _short(words: str, most: int = 100) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
