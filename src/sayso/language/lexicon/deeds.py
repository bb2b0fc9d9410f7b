"""What words tell of a deed: a cue's own act, wrongdoing, harm, opinion, and the rest of `deeds.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from sayso.language.lexicon import forms_of, read_table


class Deeds(msgspec.Struct, frozen=True, kw_only=True):
    """Classes of words, by lower-case form."""

    cues: Mapping[str, tuple[str, ...]]  # what a cue does by itself: deny, demand, warn, count …
    wrong_verbs: frozenset[str]
    wrong_nouns: frozenset[str]
    wrong_marks: frozenset[str]
    harm_verbs: frozenset[str]
    harm_nouns: frozenset[str]
    opinion: frozenset[str]
    asking: frozenset[str]
    openers: frozenset[str]  # a verb that opens a bare request
    committing: frozenset[str]
    foretelling: frozenset[str]
    denying: frozenset[str]
    reasoning: frozenset[str]
    victims: frozenset[str]
    doubting: frozenset[str]  # a cue of one of these with a negation rejects its content
    hedging_cues: frozenset[str]
    superseded: frozenset[str]  # "had earlier reported"
    cue_phrases: Mapping[str, str]  # the kind of a cue of several words, by its words with single spaces
    wrongdoers: frozenset[str]
    ranks: frozenset[str]
    sides: frozenset[str]
    aiding: frozenset[str]
    misdeeds: frozenset[str]
    routine: frozenset[str]
    feeling: frozenset[str]
    degree: frozenset[str]
    plans: frozenset[str]


class _Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: str
    nouns: str
    marks: str = ""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    openers: str = ""
    superseded: str = ""
    degree: str = ""


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cues: dict[str, str]
    cue_nouns: dict[str, str]
    wrong: _Marked
    harm: _Marked
    opinion: _Words
    asking: _Words
    committing: _Words
    foretelling: _Words
    denying: _Words
    reasoning: _Words
    victims: _Words
    doubting: _Words
    hedging: _Words
    cue_phrases: dict[str, list[str]]
    wrongdoers: _Words
    ranks: _Words
    sides: _Words
    aiding: _Words
    misdeeds: _Words
    routine: _Words
    feeling: _Words
    plans: _Words


@cache
def deeds() -> Deeds:
    """Return the classes of words."""
    tables = msgspec.convert(read_table("deeds"), _Tables)
    cues: dict[str, list[str]] = {}
    for kind, words in [*_by_form(tables.cues), *_by_noun(tables.cue_nouns)]:
        known = cues.setdefault(words, [])
        if kind not in known:
            known.append(kind)
    return Deeds(
        cues={word: tuple(kinds) for word, kinds in cues.items()},
        wrong_verbs=_forms(tables.wrong.verbs),
        wrong_nouns=frozenset(tables.wrong.nouns.split()),
        wrong_marks=frozenset(tables.wrong.marks.split()),
        harm_verbs=_forms(tables.harm.verbs),
        harm_nouns=frozenset(tables.harm.nouns.split()),
        opinion=frozenset(tables.opinion.words.split()),
        asking=frozenset(tables.asking.words.split()),
        openers=frozenset(tables.asking.openers.split()),
        committing=frozenset(tables.committing.words.split()),
        foretelling=frozenset(tables.foretelling.words.split()),
        denying=frozenset(tables.denying.words.split()),
        reasoning=frozenset(tables.reasoning.words.split()),
        victims=frozenset(tables.victims.words.split()),
        doubting=frozenset(tables.doubting.words.split()),
        hedging_cues=frozenset(tables.hedging.words.split()),
        superseded=frozenset(tables.hedging.superseded.split()),
        cue_phrases={words: kind for kind, some in tables.cue_phrases.items() for words in some},
        wrongdoers=frozenset(tables.wrongdoers.words.split()),
        ranks=frozenset(tables.ranks.words.split()),
        sides=frozenset(tables.sides.words.split()),
        aiding=frozenset(tables.aiding.words.split()),
        misdeeds=frozenset(tables.misdeeds.words.split()),
        routine=frozenset(tables.routine.words.split()),
        feeling=frozenset(tables.feeling.words.split()),
        degree=frozenset(tables.feeling.degree.split()),
        plans=frozenset(tables.plans.words.split()),
    )


def _forms(lemmas: str) -> frozenset[str]:
    return frozenset(word for entry in lemmas.split() for _, word in forms_of(entry))


def _by_form(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, lemmas in table.items():
        yield from ((kind, word) for word in sorted(_forms(lemmas)))


def _by_noun(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, nouns in table.items():
        yield from ((kind, word) for word in nouns.split())
