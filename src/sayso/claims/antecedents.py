"""Whom later words of a text can mean: people by their office, bodies by their noun, subjects, states, turns.

Each table is made once for a document, in time linear in its mentions, and is asked by where words stand.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.claims.identities import body_of, state_of
from sayso.claims.parties import is_person, is_role
from sayso.core.ids import PartyId
from sayso.core.records import Mention, Party, Speaker
from sayso.core.spans import Span
from sayso.language.lexicon import cues, grammar, names
from sayso.language.segments import Segments, Token

Gender = Literal["he", "she"]
BODIES = frozenset({"organisation", "armed_force", "outlet", "group", "office"})
_TITLE_REACH = 6  # words before a name that its title may take
_APPOSITION = 9  # words behind a name and a comma that its office may take
_DESCRIPTION = 5  # words of "the former head", or before the name of an outlet
_PRESS_REACH = 16  # characters behind the name of an outlet in which its kind stands
_SEAT_REACH = 40  # characters between a capital and its state
_SEAT_OF = re.compile(r",? (?:is |was )?(?:the )?capital (?:city )?of (?:the )?")
_OWN_SEAT = re.compile(r"(?:['’]s?)? capital(?: city)?(?:,| of| is)? ")
_ITS_CAPITAL = re.compile(r"['’]s? capital\b")
_GOVERNMENT_REACH = 16  # characters behind "Ordania" or "Ordanian" in which "'s government" stands
_SUBJECT_REACH = 60  # characters from a sentence's start to its subject
# "MR BRENN:", "PRESIDENT DOVAN: (Via interpreter)", "QUESTION:" at the start of a paragraph.
_TURN = re.compile(r"[A-Z][A-Z.’'\- ]{1,60}(?:\([^)\n]{1,40}\)\s*)?:(?=\s)")
ALIKE = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "defense": "defence",
}


class Holder(msgspec.Struct, frozen=True):
    """A person where the text says what office she has."""

    at: int
    party: Party
    words: frozenset[str]


class Press(msgspec.Struct, frozen=True):
    """An outlet where the text says what it is: "the Ordanian newspaper Northwire"."""

    at: int
    party: Party
    state: str | None  # whose the words say it is


class Candidate(msgspec.Struct, frozen=True):
    """Somebody whom a pronoun can mean, from where on."""

    at: int
    speaker: Speaker
    gender: Gender | None = None
    many: bool = False


def last_two(known: Sequence[Candidate], at: int) -> Sequence[Candidate]:
    """Return the last two candidates before a point: the second for where the first does not fit."""
    low = bisect_left(known, at, key=lambda one: one.at)
    return known[max(0, low - 2) : low]


def holders(
    mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> tuple[dict[str, list[Holder]], dict[PartyId, Gender]]:
    """Return who holds each office by the text, and the pronouns that people's titles give them."""
    found: dict[str, list[Holder]] = {}
    genders: dict[PartyId, Gender] = {}
    table = names()
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is None or not is_person(party) or mention.kind == "place":
            continue
        words = frozenset(ALIKE.get(word, word) for word in _told(mention, segments))
        for word in words:
            if is_role(word) or word in ALIKE.values():
                found.setdefault(word, []).append(Holder(mention.span.start, party, words))
        title = {word.rstrip(".") for word in _told(mention, segments)}
        he, she = title & table.he, title & table.she
        if bool(he) != bool(she):
            genders.setdefault(party.id, "he" if he else "she")
    return found, genders


def _told(mention: Mention, segments: Segments) -> list[str]:
    """Return the words of a title before a name and of the office between commas behind it, in lower case."""
    start = mention.span.start
    before = [
        token for token in segments.tokens_in(Span(max(0, start - 80), max(1, start))) if token.start < start
    ][-_TITLE_REACH:]
    title: list[str] = []
    if len(before) > 1 and before[-1].lower == "," and is_role(before[-2].lower):
        before.pop()  # "a High Court judge, Ada Brenn, said"
    for token in reversed(before):
        if token.lower in {"and", ",", ";", ":", "”", '"', "said"} or (token.lower == "." and not title):
            if token.lower == "." and not title:
                continue
            break
        if not (
            _is_titular(token)
            or segments.text[token.start].isupper()
            or token.lower in {"of", "the", "'s", "."}
        ):
            break
        title.append(token.lower)
    behind = segments.tokens_in(Span(mention.span.end, mention.span.end + 90))[: _APPOSITION + 1]
    if not behind or behind[0].lower != ",":
        return title
    apposed: list[str] = []
    for token in behind[1:]:
        if token.lower in {",", ".", ";", "who", ":", "and"}:
            break
        verb = cues().verbs.get(token.lower)
        if verb is not None and verb.form in {"past", "third"} and token.lower not in grammar().also_nouns:
            # "… met Ada Brenn, Halm's own envoy admitted": who admits it is somebody else.
            return title
        apposed.append(token.lower)
    return [*title, *apposed]


def _tells_of(mention: Mention, following: Sequence[Mention], segments: Segments) -> bool:
    """Whether a name only tells of which country or body the titled person right behind it is."""
    if not following or not mention.span.end < following[0].span.start <= mention.span.end + _SUBJECT_REACH:
        return False
    between = segments.tokens_in(Span(mention.span.end, following[0].span.start))
    return any(is_role(token.lower) for token in between) and all(map(_is_titular, between))


def _is_titular(token: Token) -> bool:
    return is_role(token.lower) or token.lower in names().portfolios


def subjects(
    mentions: list[Mention],
    parties: dict[PartyId, Party],
    segments: Segments,
    genders: dict[PartyId, Gender],
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the people and the bodies whom a sentence begins with, and where."""
    people: list[Candidate] = []
    bodies: list[Candidate] = []
    seen = -1
    for number, mention in enumerate(mentions):
        if _tells_of(mention, mentions[number + 1 : number + 2], segments):
            # "Ordanian foreign minister Ada Brenn": she is the subject.
            continue
        sentence = segments.sentence_at(mention.span.start)
        party = parties.get(mention.party) if mention.party is not None else None
        start = segments.sentences[sentence].span.start if segments.sentences else 0
        first, seen = sentence != seen, sentence
        if (
            not first
            or party is None
            or mention.span.start - start > _SUBJECT_REACH
            or mention.kind == "place"
        ):
            continue
        speaker = Speaker(party=party.id, name=party.name, basis="inferred")
        if is_person(party):
            people.append(Candidate(mention.span.start, speaker, genders.get(party.id)))
        elif party.kind in BODIES | {"state"} and mention.span.start - start <= len("The "):
            bodies.append(Candidate(mention.span.start, speaker))
    return people, bodies


def described_subjects(segments: Segments) -> list[Span]:
    """Return the descriptions of one person that sentences begin with: "The head of the group was …"."""
    found: list[Span] = []
    for sentence in segments.sentences:
        tokens = segments.tokens_in(Span(sentence.span.start, sentence.span.start + _SUBJECT_REACH))
        if not tokens or tokens[0].lower not in {"the", "a", "an"}:
            continue
        noun = next((at for at in range(1, min(_DESCRIPTION, len(tokens))) if _is_one(tokens[at])), None)
        if noun is None or any(not segments.text[one.start].islower() for one in tokens[1 : noun + 1]):
            continue
        rest = tokens[noun + 1 :]
        verb = next((one for one in rest if one.lower in grammar().finite_auxiliaries), None)
        of = bool(rest) and rest[0].lower == "of" and verb is not None
        end = verb.start - 1 if of and verb is not None else tokens[noun].end
        if rest and rest[0].lower != "," and segments.text[rest[0].start].islower():
            found.append(Span(tokens[0].start, end))
    return found


def _is_one(token: Token) -> bool:
    table = names()
    return is_role(token.lower) or token.lower in table.individuals | table.he | table.she


def press(
    mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> dict[str, list[Press]]:
    """Return the outlets whose kind a text tells beside their name, by the noun that tells it."""
    found: dict[str, list[Press]] = {}
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is None or party.kind == "state" or mention.kind == "place":
            continue
        start, end = mention.span.start, mention.span.end
        behind = [one.lower for one in segments.tokens_in(Span(end, end + _PRESS_REACH))[:1]]
        reach = Span(max(0, start - _SUBJECT_REACH), max(1, start))
        before = [one.lower for one in segments.tokens_in(reach) if one.end <= start][-_DESCRIPTION:]
        apposed = before[:-1] if before[-1:] == [","] else before
        noun = next((word for word in (*apposed[-1:], *behind) if word in names().outlet_nouns), None)
        if noun is None:
            continue
        words = [*apposed, *mention.span.of(segments.text).lower().split()]
        state = next((known for word in words if (known := state_of(word)) is not None), None)
        found.setdefault(noun, []).append(Press(start, party, state))
    return found


def first_state(
    mentions: list[Mention], parties: dict[PartyId, Party]
) -> tuple[tuple[int, Party] | None, int]:
    """Return where a text first names a state, and up to where it names no other."""
    first: tuple[int, Party] | None = None
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is None or party.kind != "state":
            continue
        if first is None:
            first = mention.span.start, party
        elif party.id != first[1].id:
            return first, mention.span.start
    return first, sys.maxsize


def one_governed(mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments) -> Party | None:
    """Return the state of "the Ordanian government" where a text names no other state's government."""
    found: dict[PartyId, Party] = {}
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is None or party.kind != "state":
            continue
        behind = segments.tokens_in(Span(mention.span.end, mention.span.end + _GOVERNMENT_REACH))
        if any(token.lower == "government" for token in behind[:2]):
            found[party.id] = party
    return next(iter(found.values())) if len(found) == 1 else None


def seats(mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments) -> dict[PartyId, Party]:
    """Return whose capital a place is where the text says so: "Halm, the capital of Ordania"."""
    found: dict[PartyId, Party] = {}
    for one, other in pairwise(mentions):
        left, right = (None if each.party is None else parties.get(each.party) for each in (one, other))
        if left is None or right is None or other.span.start - one.span.end > _SEAT_REACH:
            continue
        between = segments.text[one.span.end : other.span.start]
        behind = segments.text[other.span.end : other.span.end + _SEAT_REACH]
        if _SEAT_OF.fullmatch(between) or (between == ", " and _ITS_CAPITAL.match(behind)):
            found.setdefault(left.id, right)
        elif _OWN_SEAT.fullmatch(between):
            found.setdefault(right.id, left)
    return found


def turns(
    segments: Segments, mentions: list[Mention], parties: dict[PartyId, Party]
) -> list[tuple[int, Speaker | None]]:
    """Return where a transcript's turns begin and whose they are; None where nobody is named."""
    found: list[tuple[int, Speaker | None]] = []
    starts = [mention.span.start for mention in mentions]
    for paragraph in segments.paragraphs:
        turn = _TURN.match(segments.text, paragraph.start, paragraph.end)
        if turn is None:
            continue
        at = bisect_left(starts, turn.start())
        mention = mentions[at] if at < len(mentions) and mentions[at].span.end <= turn.end() else None
        party = parties.get(mention.party) if mention is not None and mention.party is not None else None
        speaker = None if party is None else Speaker(party=party.id, name=party.name, basis="inferred")
        found.append((paragraph.start, speaker))
    return found


def bodies_by_noun(
    mentions: list[Mention], parties: dict[PartyId, Party]
) -> dict[str, list[tuple[int, Party]]]:
    """Return, for "ministry" and the like, where bodies so named stand in the text."""
    found: dict[str, list[tuple[int, Party]]] = {}
    heads = names().organisation | names().armed_force | names().public_bodies
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is not None and (" " in party.name or body_of(party.name) is None):
            for word in set(party.name.lower().split()) & heads:
                found.setdefault(word, []).append((mention.span.start, party))
    return found
