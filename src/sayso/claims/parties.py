"""Names and who bears them: mentions in a text, grouped into parties, by the shape of words alone.

No table names a state, a person or an outlet. Two names are one party when one is a part of the other that
nobody else shares (a surname, a short form) or its adjective (Ordania, Ordanian).
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

import msgspec

from sayso.core.ports import Example
from sayso.core.reading import Reading, Values
from sayso.core.records import Mention, MentionKind, Party, PartyKind, Record
from sayso.core.spans import Span
from sayso.language.lexicon import acts, grammar, names
from sayso.language.segments import Segments, Token, segments_of

_JOINING = frozenset(
    {"of", "the", "for", "and", "de", "al", "el", "bin", "ibn", "van", "von", "der", "la", "-"}
)
_WORDS_OF_A_PERSON = (2, 3)
_NO_NAME = frozenset(
    {"i", "by", "the", "a", "an", "in", "on", "at", "and", "but", "for", "from", "to", "with"}
)
_SENTENCE_START = frozenset({".", "!", "?", ":", "“", '"', "«", "„", "”", "»", "(", "-", "–", "—", "•", "*"})


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name where it stands, and what kind of thing its words say it names."""

    span: Span
    words: tuple[str, ...]  # as written, without titles
    kind: MentionKind

    @property
    def text(self) -> str:
        """The name as written, with single spaces."""
        return " ".join(self.words).replace(" 's", "'s")


class PartyStage:
    """Yields the parties of a document and where they are mentioned."""

    name: ClassVar[str] = "parties"
    version: ClassVar[str] = "1"
    needs: ClassVar[tuple[type[Record | Values], ...]] = ()
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Mention, Party)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"The Ministry of Defence denied it. President Ada Brenn spoke in Halm. Brenn left.",
            yields=("Ministry of Defence", "Ada Brenn", "Halm", "Brenn"),
        ),
    )

    def __call__(self, reading: Reading) -> Iterator[Record]:
        """Yield one Party for each group of names, and a Mention for each name."""
        found = find_names(segments_of(reading.document.text))
        parties = group(found)
        yield from {party.id: party for party in parties}.values()
        placed = {party.id for one, party in zip(found, parties, strict=True) if one.kind == "place"}
        for one, party in zip(found, parties, strict=True):
            # "in Hulvane" makes "the attack on Hulvane" a place too; a state can be both.
            place = one.kind == "place" or (party.id in placed and party.kind == "unknown")
            yield Mention(
                document=reading.document.id,
                span=one.span,
                kind="place" if place else party.kind,
                party=party.id,
            )


def find_names(segments: Segments) -> list[Name]:
    """Return the names of a text in order; nested names ("Ministry of X") count once, as the longest."""
    text, tokens = segments.text, segments.tokens
    known = _capitalised_inside_sentences(text, tokens)
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        if not _can_start(text, tokens, at, known):
            at += 1
            continue
        end = _name_end(text, tokens, at)
        found.extend(_names_in(text, tokens, at, end))
        at = end
    return found


def is_capital(text: str, token: Token) -> bool:
    """Whether a token begins with an upper-case letter, an Arabic article not counted ("al-Eryani")."""
    if text[token.start].isupper():
        return True
    article, hyphen, rest = text[token.start : token.end].partition("-")
    return bool(hyphen) and article in names().articles and rest[:1].isupper()


def _capitalised_inside_sentences(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(
        token.lower
        for before, token in pairwise(tokens)
        if is_capital(text, token)
        and before.lower not in _SENTENCE_START
        and "\n" not in text[before.end : token.start]
    )


def _starts_sentence(text: str, tokens: Sequence[Token], at: int) -> bool:
    return (
        at == 0
        or tokens[at - 1].lower in _SENTENCE_START
        or "\n" in text[tokens[at - 1].end : tokens[at].start]
    )


def _can_start(text: str, tokens: Sequence[Token], at: int, known: frozenset[str]) -> bool:
    token = tokens[at]
    if not is_capital(text, token) or token.lower in names().calendar | _NO_NAME:
        return False
    if not _starts_sentence(text, tokens, at):
        return True
    # The first word of a sentence has a capital anyway: it is a name when it is one elsewhere, or when a
    # name follows and it is no function word ("Marek Dunsil", but not "Yesterday Dunsil").
    if token.lower in known:
        return token.lower not in _JOINING
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.lower == "'s" and not _is_function_word(token.lower):
        return True
    return (
        following is not None
        and is_capital(text, following)
        and text[token.end : following.start] == " "
        and following.lower not in names().calendar | _NO_NAME
        and not _is_function_word(token.lower)
    )


def _is_function_word(word: str) -> bool:
    table = grammar()
    closed = table.determiners | table.pronouns | table.breaks | table.when_where | table.time_words
    return word in closed | table.auxiliaries | acts().negations or word.endswith("ly")


def _name_end(text: str, tokens: Sequence[Token], at: int) -> int:
    end = at + 1
    while end < len(tokens) and text[tokens[end - 1].end : tokens[end].start] in {" ", "", "\u00a0", "\n"}:
        token = tokens[end]
        if is_capital(text, token) and token.lower not in names().calendar:
            end += 1
            continue
        if token.lower in names().particles and end + 1 < len(tokens) and is_capital(text, tokens[end + 1]):
            end += 2
            continue
        owned = _owned_body_end(text, tokens, end) if token.lower == "'s" else None
        if owned is not None:
            end = owned
            continue
        reach = end
        while reach < len(tokens) and tokens[reach].lower in {"of", "the", "for"} and reach - end < 2:  # noqa: PLR2004 - "of the"
            reach += 1
        heads = names().organisation | names().armed_force | {"republic"}
        organised = any(one.lower in heads for one in tokens[at:end])
        if reach > end and organised and reach < len(tokens) and is_capital(text, tokens[reach]):
            end = reach + 1
            continue
        break
    return end


def _owned_body_end(text: str, tokens: Sequence[Token], clitic: int) -> int | None:
    """Return where "'s Defence Ministry" ends: whose ministry it is belongs to its name."""
    end = clitic + 1
    while end < len(tokens) and is_capital(text, tokens[end]) and text[tokens[end].start - 1] == " ":
        end += 1
        if tokens[end - 1].lower in names().organisation | names().armed_force:
            return end
    return None


def _names_in(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """Split "Foreign Ministry Mira Dovan" after the word that ends an organisation."""
    heads = names().organisation | names().armed_force
    cut = start
    for at in range(start, end - 1):
        if (
            tokens[at].lower in heads
            and tokens[at + 1].lower not in heads | _JOINING
            and is_capital(text, tokens[at + 1])
        ):
            yield from _name(text, tokens, cut, at + 1)
            cut = at + 1
    yield from _name(text, tokens, cut, end)


def _name(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    titled = False
    heads = names().organisation | names().armed_force | names().place
    if tokens[end - 1].lower not in heads:
        # "Foreign Minister Radim Verodan": the name begins after the last title.
        titles = [at for at in range(start, end - 1) if is_role(tokens[at].lower)]
        titled = bool(titles)
        start = titles[-1] + 1 if titles else start
    if start >= end or (end - start == 1 and is_role(tokens[start].lower)):
        return
    span = Span(tokens[start].start, tokens[end - 1].end)
    words = tuple(text[token.start : token.end].replace("’s", "'s") for token in tokens[start:end])
    yield Name(span=span, words=words, kind=_kind(text, tokens, slice(start, end), titled=titled))


def _kind(text: str, tokens: Sequence[Token], at: slice, *, titled: bool) -> MentionKind:
    start, end = at.start, at.stop
    lower = [token.lower for token in tokens[at]]
    table = names()
    after = tokens[end].lower if end < len(tokens) else ""
    before = tokens[start - 1].lower if start else ""
    if titled:
        return "person"
    for kind, heads in (("armed_force", table.armed_force), ("organisation", table.organisation)):
        if lower[-1] in heads or ("of" in lower and lower[lower.index("of") - 1] in heads):
            return "armed_force" if kind == "armed_force" else "organisation"
    if lower[-1] in table.place or after in table.place:
        return "place"
    if is_role(before):
        return "person"
    # "the relief society Blue Lintel", but not what follows "the Foreign Ministry".
    noun = "" if not start or is_capital(text, tokens[start - 1]) else before
    if noun in table.organisation or noun in table.outlet:
        return "outlet" if noun in table.outlet else "organisation"
    earlier = tokens[start - 2].lower if start > 1 else ""
    if before in table.locative or (before == "of" and earlier in table.place | table.outskirts):
        return "place"
    if before == "the":
        # Nobody calls a person "the Ada Brenn": "in the Eastern Sea", "the Northern Alliance".
        return "place" if earlier in table.locative else "group"
    return "unknown"


def is_role(word: str) -> bool:
    """Whether a word is a title or an office: "Minister", "Lt.", "Secretary-General"."""
    return word.rstrip(".") in names().role or word.partition("-")[0] in names().role


def group(found: Sequence[Name]) -> list[Party]:
    """Return, for each name, the party it belongs to."""
    full = fullest({one.text: one.kind for one in reversed(found)})
    members: dict[str, list[Name]] = {}
    for one in found:
        members.setdefault(full[one.text], []).append(one)
    parties = {
        name: Party(name=name, kind=_party_kind(name, same), names=tuple(sorted({one.text for one in same})))
        for name, same in members.items()
    }
    return [parties[full[one.text]] for one in found]


def fullest(kinds: Mapping[str, MentionKind]) -> dict[str, str]:
    """Map each name to the fullest name of the same party; a short form that fits two stays itself."""
    by_part: dict[str, set[str]] = {}
    for name, kind in kinds.items():
        words = name.split()
        if len(words) > 1 and kind in {"person", "unknown"}:
            by_part.setdefault(words[-1], set()).add(name)
            # "al-Eryani" at the start of a sentence is "Al-Eryani", and elsewhere "Eryani".
            by_part.setdefault(words[-1][:1].upper() + words[-1][1:], set()).add(name)
        if kind in {"organisation", "armed_force"}:
            # "Ministry of Defence" where the text also has "Ministry of Defence of Ordania".
            for at in (i for i, word in enumerate(words) if word == "of" and i):
                by_part.setdefault(" ".join(words[:at]), set()).add(name)
    mapped: dict[str, str] = {}
    for name in kinds:
        longer = by_part.get(name, set())
        if len(longer) == 1:
            mapped[name] = next(iter(longer))
        else:
            mapped[name] = country_of(name, kinds) or name
    return mapped


def country_of(adjective: str, known: Container[str]) -> str | None:
    """Return the name that a word is the adjective or the inhabitant of, if the text has that name."""
    for ending in names().demonym:
        stem = adjective.removesuffix(ending)
        if stem != adjective and stem in known:
            return stem
    return None


def is_person(party: Party) -> bool:
    """Whether a party is a person: told so, or named by two or three words that tell of nothing else."""
    words = party.name.lower().split()
    table = names()
    return party.kind == "person" or (
        party.kind == "unknown"
        and len(words) in _WORDS_OF_A_PERSON
        and not set(words) & (table.organisation | table.place | table.outlet | table.armed_force)
    )


def _party_kind(name: str, members: Sequence[Name]) -> PartyKind:
    told = [one.kind for one in members if one.kind not in {"place", "unknown"}]
    for kind in sorted(set(told), key=lambda kind: (-told.count(kind), kind)):
        if kind != "place":
            return kind
    # Only what has inhabitants has an adjective: a state, or a region that acts like one.
    return "state" if any(country_of(one.text, {name}) for one in members) else "unknown"
