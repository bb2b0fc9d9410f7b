"""Tables of words, read once when first used."""

import tomllib
from collections.abc import Iterable
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
    told_nouns: frozenset[str]
    remark_verbs: frozenset[str]
    remark_nouns: frozenset[str]


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Words that tell what kind of thing a name names, in lower case."""

    organisation: frozenset[str]
    armed_force: frozenset[str]
    outlet: frozenset[str]
    place: frozenset[str]
    role: frozenset[str]
    hearsay: frozenset[str]
    somebody: frozenset[str]
    papers: frozenset[str]
    findings: frozenset[str]
    public_bodies: frozenset[str]
    state_bodies: frozenset[str]
    portfolios: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    individuals: frozenset[str]
    collectives: frozenset[str]
    body_nouns: frozenset[str]
    kinds_of_body: frozenset[str]
    outlet_nouns: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    outskirts: frozenset[str]
    calendar: frozenset[str]  # months and weekdays: they begin with a capital and name nobody
    locative: frozenset[str]
    demonym: tuple[str, ...]


class States(msgspec.Struct, frozen=True, kw_only=True):
    """What names a state as written, each with the state's first name."""

    names: dict[str, str]
    adjectives: dict[str, str]  # "Turkish" and the like
    capitals: dict[str, str]  # and the buildings that name a government
    unions: dict[str, str]  # by the seat that speaks for them
    codes: dict[str, str]  # the first name, by ISO 3166-1 alpha-3 code


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


class ActWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that tell what a claim does, in lower case."""

    blame: frozenset[str]  # every form
    blame_nouns: frozenset[str]
    framed_blame: dict[str, frozenset[str]]  # every form, with the words one of which must follow
    prohibited: frozenset[str]
    arms: frozenset[str]
    demand_words: frozenset[str]
    demand_phrases: tuple[str, ...]
    stresses: frozenset[str]  # lemmas of cues
    pledge_words: frozenset[str]
    pledge_phrases: tuple[str, ...]
    pledge_nouns: frozenset[str]  # with "to" behind them
    justify: frozenset[str]
    self_defence: frozenset[str]
    answering: frozenset[str]
    merely: frozenset[str]  # right before one of them it excuses
    aims: frozenset[str]  # what a side is after
    justify_phrases: tuple[str, ...]
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


class _StateTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    states: dict[str, str]
    seats: dict[str, str]
    unions: dict[str, str]


class _DayNames(msgspec.Struct, frozen=True):
    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]

    @property
    def words(self) -> dict[str, int]:
        return self.months | self.month_abbreviations | self.weekdays


class _Impersonal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    participles: str


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: str
    told: str


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
            for form, word in forms_of(entry):
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
        told_nouns=frozenset(tables.nouns.told.split()),
        remark_verbs=frozenset(tables.remarks.verbs.split()),
        remark_nouns=frozenset(tables.remarks.nouns.split()),
    )


@cache
def names() -> Names:
    """Return the words around and in names."""
    tables = msgspec.convert(read_table("names"), dict[str, str])
    return Names(
        calendar=frozenset(msgspec.convert(read_table("times"), _DayNames).words),
        demonym=tuple(tables.pop("demonym").split()),
        **{kind: frozenset(words.split()) for kind, words in tables.items()},
    )


@cache
def states() -> States:
    """Return what names a state."""
    tables = msgspec.convert(read_table("states"), _StateTables)
    listed = {
        code: [_listed(part) for part in row.split(";")] + [[], []] for code, row in tables.states.items()
    }
    seats = {seat: listed[code][0][0] for code, row in tables.seats.items() for seat in _listed(row)}
    return States(
        names=_of_one(listed.values(), 0),
        adjectives=_of_one(listed.values(), 1),
        capitals=_of_one(listed.values(), 2) | seats,
        unions={seat: _listed(names)[0] for seat, names in tables.unions.items()},
        codes={code: row[0][0] for code, row in listed.items()},
    )


def _of_one(rows: Iterable[list[list[str]]], column: int) -> dict[str, str]:
    """Return the first name of the state that each word of a column is of; words of several are left out."""
    owners: dict[str, list[str]] = {}
    for row in rows:
        for word in row[column]:
            owners.setdefault(word, []).append(row[0][0])
    return {word: named[0] for word, named in owners.items() if len(named) == 1}


def _listed(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",") if name.strip()]


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
def acts() -> ActWords:
    """Return the words that tell what a claim does."""
    tables = read_table("acts")
    words = {name: table.split() if isinstance(table, str) else table for name, table in tables.items()}
    blame = [word for entry in msgspec.convert(words["blame"], list[str]) for _, word in forms_of(entry)]
    frames = msgspec.convert(words["framed_blame"], dict[str, str])
    framed = {word: after.split() for entry, after in frames.items() for _, word in forms_of(entry)}
    return msgspec.convert({**words, "blame": blame, "framed_blame": framed}, ActWords)


def read_table(name: str) -> dict[str, object]:
    """Read one TOML table of this package."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def forms_of(entry: str) -> list[tuple[Literal["base", "third", "past", "participle", "ing"], str]]:
    """Return every form of a verb in a table: its base form, or base:third:past:participle:ing."""
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
