"""Tables of words, read once when first used."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from sayso.core.records import Act


class Verb(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one form of an attributing verb."""

    lemma: str
    form: Literal["base", "third", "past", "participle", "ing"]
    act: Act
    takes: Literal["clause", "phrase", "quotation"]
    mind: bool  # a state of mind or a finding, not speech: needs "that" or a clause after it


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """The attributing words, by lower-case form."""

    verbs: dict[str, Verb]
    impersonal: frozenset[str]
    content_nouns: frozenset[str]
    remark_verbs: frozenset[str]
    remark_nouns: frozenset[str]


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Words that tell what kind of thing a name names, in lower case."""

    organisation: frozenset[str]
    armed_force: frozenset[str]
    outlet: frozenset[str]
    place: frozenset[str]
    role: frozenset[str]
    papers: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    outskirts: frozenset[str]
    calendar: frozenset[str]
    locative: frozenset[str]
    demonym: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Closed classes of English, in lower case; the table says what each is for."""

    auxiliaries: frozenset[str]
    be: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    breaks: frozenset[str]
    when_where: frozenset[str]
    time_words: frozenset[str]
    not_a_subject: frozenset[str]
    also_nouns: frozenset[str]
    abbreviations: frozenset[str]
    ends_noun_phrase: frozenset[str]
    finite_auxiliaries: frozenset[str]
    addressing: frozenset[str]


class Blind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which capitalised words are part of a name, in lower case; the table says why."""

    capitalised: frozenset[str]
    capitals: frozenset[str]
    never: frozenset[str]


class ValueWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of figures and times, in lower case."""

    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    bounds: dict[str, Literal["about", "at_least", "at_most", "more_than", "less_than"]]
    outcomes: dict[str, str]
    outcomes_by_counted: dict[str, dict[Literal["people", "objects", "others"], str]]
    populations: dict[str, str]
    people: frozenset[str]
    objects: frozenset[str]
    units: dict[str, str]
    months: dict[str, int]
    weekdays: dict[str, int]
    references: dict[str, str]
    periods: dict[str, str]


class ActWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that tell what a claim does, in lower case."""

    blame: frozenset[str]  # every form
    blame_nouns: frozenset[str]
    framed_blame: dict[str, frozenset[str]]  # every form, with the words one of which must follow
    prohibited: frozenset[str]
    arms: frozenset[str]
    deny_words: frozenset[str]
    demand_words: frozenset[str]
    demand_phrases: tuple[str, ...]
    stresses: frozenset[str]  # lemmas of cues
    pledge_words: frozenset[str]
    pledge_phrases: tuple[str, ...]
    pledge_nouns: frozenset[str]  # with "to" behind them
    justify: frozenset[str]
    justify_phrases: tuple[str, ...]
    evaluate_words: frozenset[str]
    first_person: frozenset[str]
    modal_future: frozenset[str]
    be: frozenset[str]
    negations: frozenset[str]
    hedges: frozenset[str]
    distancing: frozenset[str]
    titled: frozenset[str]


class _VerbTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: Act
    takes: Literal["clause", "phrase", "quotation"]
    lemmas: str
    mind: bool = False


class _Impersonal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    participles: str


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: str


class _Remarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: str
    nouns: str


class _CueTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: list[_VerbTable]
    impersonal: _Impersonal
    nouns: _Nouns
    remarks: _Remarks


@cache
def cues() -> Cues:
    """Return the attributing words."""
    tables = msgspec.convert(read_table("cues"), _CueTables)
    verbs: dict[str, Verb] = {}
    for table in tables.verbs:
        for entry in table.lemmas.split():
            for form, word in _forms(entry):
                known = verbs.get(word)
                # "said" is first of all the past tense; its participle looks the same.
                if known is not None and known.lemma == entry.partition(":")[0]:
                    continue
                verbs[word] = Verb(
                    lemma=entry.partition(":")[0],
                    form=form,
                    act=table.act,
                    takes=table.takes,
                    mind=table.mind,
                )
    return Cues(
        verbs=verbs,
        impersonal=frozenset(tables.impersonal.participles.split()),
        content_nouns=frozenset(tables.nouns.content.split()),
        remark_verbs=frozenset(tables.remarks.verbs.split()),
        remark_nouns=frozenset(tables.remarks.nouns.split()),
    )


@cache
def names() -> Names:
    """Return the words around and in names."""
    tables = msgspec.convert(read_table("names"), dict[str, str])
    return Names(
        demonym=tuple(tables.pop("demonym").split()),
        **{kind: frozenset(words.split()) for kind, words in tables.items()},
    )


@cache
def grammar() -> Grammar:
    """Return the closed classes of words."""
    return msgspec.convert(_split("grammar"), Grammar)


@cache
def blind() -> Blind:
    """Return the words that decide what the encoder may see."""
    return msgspec.convert(_split("blind"), Blind)


def _split(name: str) -> dict[str, list[str]]:
    lists = msgspec.convert(read_table(name), dict[str, str])
    return {key: words.split() for key, words in lists.items()}


@cache
def values() -> ValueWords:
    """Return the words of figures and times."""
    return msgspec.convert(read_table("values"), ValueWords)


@cache
def acts() -> ActWords:
    """Return the words that tell what a claim does."""
    tables = read_table("acts")
    words = {name: table.split() if isinstance(table, str) else table for name, table in tables.items()}
    blame = [word for entry in msgspec.convert(words["blame"], list[str]) for _, word in _forms(entry)]
    frames = msgspec.convert(words["framed_blame"], dict[str, str])
    framed = {word: after.split() for entry, after in frames.items() for _, word in _forms(entry)}
    return msgspec.convert({**words, "blame": blame, "framed_blame": framed}, ActWords)


def read_table(name: str) -> dict[str, object]:
    """Read one TOML table of this package."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def _forms(entry: str) -> list[tuple[Literal["base", "third", "past", "participle", "ing"], str]]:
    parts = entry.split(":")
    base = parts[0]
    if len(parts) > 1:
        third, past, participle, ing = parts[1:]
    else:
        third, past, ing = _regular(base)
        participle = past
    return [("past", past), ("participle", participle), ("third", third), ("ing", ing), ("base", base)]


def _regular(base: str) -> tuple[str, str, str]:
    if base.endswith("e"):
        return f"{base}s", f"{base}d", f"{base[:-1]}ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    plural = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return f"{base}{plural}", f"{base}ed", f"{base}ing"
