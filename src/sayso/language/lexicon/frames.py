"""Which words tell of which event of conflict or diplomacy, by PLOVER's categories and modes."""

from functools import cache

import msgspec

from sayso.core.records import EventCategory
from sayso.language.lexicon import forms_of, read_table

# Forms of the verbs that mean an event only with what stands behind them, beside the regular ones.
_IRREGULAR = {
    "lay": "lay:lays:laid:laid:laying",
    "drop": "drop:drops:dropped:dropped:dropping",
    "break": "break:breaks:broke:broken:breaking",
    "cut": "cut:cuts:cut:cut:cutting",
    "send": "send:sends:sent:sent:sending",
}


class Class(msgspec.Struct, frozen=True):
    """A category with the mode that the word tells, or none."""

    category: EventCategory
    mode: str | None


class Frames(msgspec.Struct, frozen=True, kw_only=True):
    """Classes by lower-case word form."""

    verbs: dict[str, Class]
    nouns: dict[str, Class]
    with_object: dict[str, dict[str, Class]]  # by verb form, then by the word behind it


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: dict[str, str]
    nouns: dict[str, str]
    objects: dict[str, str] = msgspec.field(name="with")


@cache
def frames() -> Frames:
    """Return the classes."""
    tables = msgspec.convert(read_table("frames"), _Tables)
    verbs = {
        word: _class(key)
        for key, lemmas in tables.verbs.items()
        for entry in lemmas.split()
        for _, word in forms_of(entry)
    }
    with_object: dict[str, dict[str, Class]] = {}
    for key, pairs in tables.objects.items():
        for pair in pairs.split():
            verb, _, behind = pair.partition(":")
            for _, word in forms_of(_IRREGULAR.get(verb, verb)):
                with_object.setdefault(word, {})[behind] = _class(key)
    nouns = {word: _class(key) for key, words in tables.nouns.items() for word in words.split()}
    return Frames(verbs=verbs, nouns=nouns, with_object=with_object)


def _class(key: str) -> Class:
    category, _, mode = key.partition(".")
    return Class(msgspec.convert(category, EventCategory), mode or None)
