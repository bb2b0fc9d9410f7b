"""What somebody says was not done at all: "did not open fire at any time", "no trucks entered Merle"."""

from collections.abc import Iterator

import msgspec

from sayso.linking.conduct import sides, stems_of
from sayso.linking.counts import Count, agent_in, clauses_of, common_in, count_words, deeds_in
from sayso.linking.entries import Entry
from sayso.linking.identity import words_of
from sayso.linking.lexicon import OF_DEGREE, OWN_CONDUCT, REJECTIONS, SUPPOSING, stem

_DEEDS_NOT_STATED = frozenset({"demand", "pledge", "predict"})
# They say that nothing at all was done, and narrow nothing.
_WHOLLY = frozenset(
    map(
        stem,
        [
            "time",
            "single",
            "whatsoever",
            "moment",
            "point",
            "stage",
            "all",
            "open",
            "occasion",
            "anybody",
            "anyone",
            "anything",
        ],
    )
)
_OBJECTLESS = frozenset({stem("fire")})  # whoever did not open fire fired nothing
_NEAR = 4  # words behind a negation among which is what it denies


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What a clause denies to have been done, by whom, and what narrows that."""

    entry: Entry
    deeds: frozenset[str]
    agent: frozenset[str]  # roots of names; empty where nobody is named
    own: bool  # the speaker's side did not do it
    subject: frozenset[str]  # stems: "the patrol boat"
    narrowed_by: frozenset[str]  # stems: "on civilians"
    nouns: frozenset[str]  # all that is named: "no trucks"

    def excludes(self, count: Count) -> bool:
        """Tell whether a count is of something that was not done, as far as deed, doer and object show it."""
        told = frozenset(count.entry.face.stems)
        if self.deeds.isdisjoint(count.deeds) or not self.narrowed_by <= told or count.bounds[0] <= 0:
            return False
        if count.noun.head not in self.nouns and self.deeds.isdisjoint(_OBJECTLESS):
            return False
        if self.agent:
            return not self.agent.isdisjoint(count.agent)
        return not self.own and self.subject <= told


def undone_in(entry: Entry) -> Iterator[Undone]:
    """Yield what the clauses of a claim negate; not what the claim as a whole is denied to say."""
    rejected = not stems_of(entry.cue).isdisjoint(REJECTIONS)
    if rejected or entry.retold or entry.claim.act in _DEEDS_NOT_STATED:
        return
    for clause in clauses_of(entry.words):
        words = list(words_of(clause))
        at = next((at for at, word in enumerate(words) if word.kind == "negation"), None)
        if at is None or not {word.key for word in words}.isdisjoint(SUPPOSING):
            continue
        before, behind = clause[: words[at].start], clause[words[at].end :]
        near = words[at + _NEAR + 1 : at + _NEAR + 2]
        deeds = frozenset(deeds_in(clause[words[at].end : near[0].start if near else len(clause)]))
        if not deeds or (at + 1 < len(words) and words[at + 1].key in OF_DEGREE):
            continue
        own_voice = not {word.key for word in words[:at]}.isdisjoint(OWN_CONDUCT)
        agent = frozenset(agent_in(entry, before, behind)) or (sides(entry) if own_voice else frozenset())
        yield Undone(
            entry=entry,
            deeds=deeds,
            agent=agent,
            own=own_voice or not agent.isdisjoint(sides(entry) | entry.names),
            subject=frozenset(common_in(before)),
            narrowed_by=frozenset(common_in(behind)) - _WHOLLY,
            nouns=frozenset(count_words().nouns.get(one, one) for one in common_in(f"{before} {behind}")),
        )
