"""Who a source phrase means: names, roles, pronouns, definite descriptions, and the speaker who goes on.

Resolution walks the text once from its start. It answers only when one candidate is left; otherwise the
words themselves are the name, or nobody is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.claims.antecedents import (
    ALIKE,
    BODIES,
    Candidate,
    Gender,
    bodies_by_noun,
    described_subjects,
    first_state,
    holders,
    last_two,
    one_governed,
    press,
    seats,
    subjects,
    turns,
)
from sayso.claims.identities import body_of, owner_key, state_of
from sayso.claims.issuers import issuer_of
from sayso.claims.parties import is_person, is_role
from sayso.claims.phrases import Phrase, phrase_in
from sayso.core.ids import PartyId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Basis, Mention, Party, Speaker
from sayso.core.spans import Span, Spans, hull
from sayso.language.lexicon import grammar, names, states
from sayso.language.segments import Token, segments_of

_HE = frozenset({"he", "him", "his"})
_SHE = frozenset({"she", "her", "hers"})
_ONE_BODY = frozenset({"it", "its"})
_MANY = frozenset({"they", "them", "their", "theirs"})
_I = frozenset({"i", "my", "me", "mine"})
_WE = frozenset({"we", "our", "us", "ours"})
# Words that name nobody by themselves.
_NOBODY = frozenset({"what", "you", "your", "there", "this", "these", "those", "whose", "whom"})
_EACH = frozenset({"each", "both", "either", "neither"})  # of whom, only the reader knows
_DISTRIBUTIVE = frozenset({"each", "every"})  # "each ministry": several, each by itself, and none by name
_RELATIVES = frozenset({"who", "which", "that"})
_BEFORE_RELATIVE = frozenset({",", "–", "—", "'s", "yesterday", "today"})
_SIDE = frozenset({"side", "party", "authorities", "government", "delegation", "leadership"})
_PRONOUN_REACH = 3  # paragraphs
_HOLDERS = 8  # people with one office among whom the right one is looked for
_RELATIVE_REACH = 6  # words before "who" that it may stand for
_OUTLETS_PAPERS = frozenset({"article", "story", "dispatch"})
_MADE = frozenset({"signed", "issued", "released", "published", "posted", "prepared"})
_EXAMPLES = frozenset({"including", "like", "such", "among", "notably"})
_SIDES = frozenset({"state", "unknown", "group", "armed_force"})
_SIDES_REACH = 64  # mentions back
_MOST_NAMED = 64  # outlets among which the right one is looked for
_TWO = 2
_SIGN = re.compile(r"\(?(?:[a-z]{1,4}|\d{1,3})\)|[-–—•*]")


class Speakers:
    """The speakers of one document, asked in text order."""

    def __init__(self, reading: Reading) -> None:
        document = reading.document
        self.outlet = document.outlet
        self._text = document.text
        self._segments = segments_of(document.text)
        # A ministry that publishes its own statement is cited like anybody; an outlet only reports.
        issuer = issuer_of(reading, self._segments)
        self._issuer, self._signer = issuer.body, issuer.person
        self.reporting = None if self._issuer else self.outlet
        self._mentions = sorted(reading.mentions, key=lambda mention: mention.span)
        self._mention_starts = [mention.span.start for mention in self._mentions]
        self._parties = {party.id: party for party in reading.parties}
        self._by_name = {party.name: party for party in reading.parties}
        self._owners = {
            owner_key(party.name): party for party in reading.parties if party.kind in {"state", "unknown"}
        }
        self._bodies = bodies_by_noun(self._mentions, self._parties)
        self._offices, self._genders = holders(self._mentions, self._parties, self._segments)
        self._people, self._groups = subjects(self._mentions, self._parties, self._segments, self._genders)
        self._outlets = [
            (one.span.start, party)
            for one in self._mentions
            if (party := self._party(one)) is not None
            and party.kind == "outlet"
            and party.name != self.outlet
        ]
        self._own = _outlet(self.outlet, reading.parties)
        self._state_at, self._states_until = first_state(self._mentions, self._parties)
        self._governed = one_governed(self._mentions, self._parties, self._segments)
        self._seats = seats(self._mentions, self._parties, self._segments)
        self._turns = turns(self._segments, self._mentions, self._parties)
        self._press = press(self._mentions, self._parties, self._segments)
        self._last: Speaker | None = None
        self._last_at = 0
        self._last_person: Candidate | None = None
        self._last_body = None if self._issuer is None else Candidate(0, self._issuer)
        self._last_outlet: Speaker | None = None
        self._cited_bodies: dict[PartyId, Speaker] = {}
        self._spoken_for = self._state_spoken_for()
        self._people = sorted((*self._people, *self._described_subjects()), key=lambda one: one.at)

    def _described_subjects(self) -> Iterator[Candidate]:
        """Yield people whom a sentence begins with and only describes: "The driver was hurt. He …"."""
        for span in described_subjects(self._segments):
            phrase = phrase_in(span, self._segments)
            speaker = None if phrase is None else self._described(phrase, self._mentions_in(span), span.start)
            if phrase is None or speaker is None:
                continue
            he, she = (phrase.noun in table for table in (names().he, names().she))
            gender = self._genders.get(speaker.party) if speaker.party is not None else None
            yield Candidate(span.start, speaker, gender or ("he" if he else "she" if she else None))

    def own(self) -> Speaker | None:
        """Return the outlet, for its own voice."""
        return self._own

    def cited(self, source: Spans, start: int, *, speaks_on: bool) -> Speaker | None:
        """Return who an outermost attribution cites; without a source the last one cited speaks on.

        `start` is where the attribution begins. To be asked in text order: later phrases refer back, but
        not to one that does not speak on, such as a credit to an agency.
        """
        if not source or self._is_sign(hull(source)):
            return None if self._is_hearsay(start) else _again(self._going_on(start), basis="carried over")
        speaker = self._named(source, start, None)
        if speaker is not None and speaks_on:
            self._remember(speaker, source, start)
        return speaker

    def _going_on(self, start: int) -> Speaker | None:
        """Return who speaks on: whoever spoke in this paragraph, then the issuer, then the last one cited."""
        here = self._segments.paragraph_at(start) == self._segments.paragraph_at(self._last_at)
        return self._last if self._issuer is None or (here and self._last is not None) else self._issuer

    def _is_sign(self, span: Span) -> bool:
        """Whether a source is the sign of a list, "(a)", whose header names who speaks."""
        return _SIGN.fullmatch(span.of(self._text)) is not None

    def _is_hearsay(self, start: int) -> bool:
        """Whether words begin like "It is reported", which leaves them to nobody."""
        words = [token.lower for token in self._segments.tokens_in(Span(start, start + 40))[:5]]
        return words[:1] == ["it"] and not names().hearsay.isdisjoint(words[2:4]) and words[1] in grammar().be

    def nested(self, source: Spans, start: int, outer: Attribution) -> Speaker | None:
        """Return who is cited inside somebody's words; "we" is who says it, nobody is left open."""
        return self._named(source, start, outer) if source else None

    def _named(self, source: Spans, start: int, outer: Attribution | None) -> Speaker | None:
        phrase = phrase_in(hull(source), self._segments)
        if phrase is None:
            return None
        if len(phrase.tokens) == 1:
            word = phrase.tokens[0].lower
            if word in _I | _WE:
                return self._first_person(word, phrase.span.start, outer)
            if word in _HE | _SHE | _ONE_BODY | _MANY:
                return self._pronoun(word, phrase.span.start, outer)
            if word in _RELATIVES:
                return self._relative(phrase.span.start, outer)
        if phrase.noun in _NOBODY or phrase.is_nobody or phrase.words.lower() in _EACH:
            return None
        if phrase.tokens[0].lower in _DISTRIBUTIVE:
            return None
        if (
            "version" in {phrase.noun, *(token.lower for token in phrase.core)}
            and "this" in phrase.words.lower()
        ):
            # "An earlier version of this article"
            return self.own() or self._issuer
        return self._noun_phrase(phrase, start, outer)

    def _first_person(self, word: str, at: int, outer: Attribution | None) -> Speaker | None:
        """Return whoever is speaking: the outer voice, else whose turn it is, else who issues it."""
        if outer is not None and outer.voice != "outlet":
            return _again(outer.speaker, basis="inferred")
        turn = bisect_left(self._turns, at, key=lambda one: one[0])
        if turn:
            return _again(self._turns[turn - 1][1], basis="inferred")
        if self._segments.quotation_at(at) is not None and self._last is not None:
            here = self._segments.paragraph_at(at) == self._segments.paragraph_at(self._last_at)
            return _again(self._last, basis="inferred") if here else None
        if word in _I:
            return self._signer or self._issuer
        return self._issuer or self._spoken_for or self._signer or self._only_body()

    def _state_spoken_for(self) -> Speaker | None:
        """Return the one state that a spokesperson's own statement begins its sentences with."""
        signer = None if self._signer is None else self._signer.party
        spokespeople = self._offices.get("spokesperson", [])
        if signer is None or all(one.party.id != signer for one in spokespeople):
            return None
        states_ = {one.speaker.name: one.speaker for one in self._groups if self._is_state_party(one.speaker)}
        return next(iter(states_.values())) if len(states_) == 1 else None

    def _only_body(self) -> Speaker | None:
        """Return the one body that a document without an outlet has cited: it goes on as "we"."""
        if self.outlet is not None or len(self._cited_bodies) != 1:
            return None
        return _again(next(iter(self._cited_bodies.values())), basis="inferred")

    def _pronoun(self, word: str, at: int, outer: Attribution | None) -> Speaker | None:
        """Return who was last named that the pronoun fits in number and gender.

        Whoever is quoted directly calls himself "I": "he" in his words is somebody else.
        """
        holder = None if outer is None or outer.voice == "outlet" else outer.speaker
        quoted = outer is not None and outer.voice == "direct"
        known: list[Candidate] = []
        if word in _HE | _SHE:
            gender: Gender = "he" if word in _HE else "she"
            other = "she" if gender == "he" else "he"
            near = [one for one in (self._last_person, *last_two(self._people, at)) if one is not None]
            known = [one for one in near if one.gender != other and self._is_near(one.at, at)]
        else:
            near = [one for one in (self._last_body, *last_two(self._groups, at)) if one is not None]
            known = [one for one in near if (word in _MANY or not one.many) and self._is_near(one.at, at)]
            if holder is not None and not quoted and word in _ONE_BODY and not self._is_person(holder):
                # "The council said its road": its own.
                return _again(holder, basis="inferred")
            if holder is not None and not quoted and word in _MANY and holder.party is None:
                # "Officials said they knew."
                return _again(holder, basis="inferred")
            if word in _MANY:
                known = [one for one in known if not self._is_state_party(one.speaker)]
        if holder is not None and (quoted or word in _MANY):
            known = [one for one in known if one.speaker.name != holder.name]
        found = max(known, key=lambda one: one.at, default=None)
        if found is None:
            return None
        if word in _HE | _SHE and found.speaker.party is not None:
            self._genders.setdefault(found.speaker.party, "he" if word in _HE else "she")
        return _again(found.speaker, basis="inferred")

    def _is_near(self, there: int, here: int) -> bool:
        """Whether a pronoun reaches so far back: over a few paragraphs, as news has one for each sentence."""
        return self._segments.paragraph_at(here) - self._segments.paragraph_at(there) <= _PRONOUN_REACH

    def _is_state_party(self, speaker: Speaker) -> bool:
        party = None if speaker.party is None else self._parties.get(speaker.party)
        return party is not None and party.kind == "state"

    def _is_person(self, speaker: Speaker) -> bool:
        party = None if speaker.party is None else self._parties.get(speaker.party)
        return party is not None and party.kind == "person"

    def _relative(self, at: int, outer: Attribution | None) -> Speaker | None:
        """Return whom "who" stands for: the noun phrase right before it."""
        tokens = self._segments.tokens_in(Span(max(0, at - 120), max(1, at)))
        before = [token for token in tokens[-_RELATIVE_REACH - 1 :] if token.start < at]
        while before and (before[-1].lower in _BEFORE_RELATIVE or before[-1].lower.isdigit()):
            before.pop()
        if not before:
            return None
        end = before[-1].end
        low = bisect_left(self._mention_starts, end) - 1
        if low >= 0 and self._mentions[low].span.end == end:
            if before[0].start < self._mentions[low].span.start and _is_complement(
                before, self._mentions[low]
            ):
                # "a sergeant of the Lantern Guard, who": not the Guard.
                return None
            phrase = phrase_in(self._mentions[low].span, self._segments)
            return None if phrase is None else _again(self._noun_phrase(phrase, at, outer), basis="inferred")
        first = next(
            (i for i in reversed(range(len(before))) if before[i].lower in {"the", "a", "an", "its"}), None
        )
        noun = before[first:] if first is not None else before[-1:]
        phrase = phrase_in(Span(noun[0].start, end), self._segments)
        if (
            phrase is None
            or phrase.is_nobody
            or not phrase.noun.isalpha()
            or self._text[noun[0].start].isupper()
        ):
            return None
        return _again(self._noun_phrase(phrase, at, outer), basis="inferred")

    def _noun_phrase(self, phrase: Phrase, start: int, outer: Attribution | None) -> Speaker | None:
        inside = self._mentions_in(phrase.span)
        head = phrase.tokens[phrase.head]
        named = next((one for one in inside if one.span.start <= head.start < one.span.end), None)
        noun = phrase.noun
        if named is not None and not self._is_generic(named):
            by_the_way = self._apposed(phrase, inside) if named.kind == "place" else None
            if by_the_way is not None and is_person(by_the_way):
                # A finder took the place along: "Halm, her colleague Ada Brenn".
                return Speaker(party=by_the_way.id, name=by_the_way.name, basis="stated")
            person = self._titled_at_end(phrase, inside)
            if person is not None:
                return Speaker(party=person.id, name=person.name, basis="stated")
            return self._of_mention(named, phrase)
        if noun in names().papers | names().findings:
            return self._paper(phrase, inside, start, outer)
        if noun in _SIDE and (side := self._side(phrase, inside, outer)) is not None:
            return side
        apposed = self._apposed(phrase, inside)
        if apposed is not None and not phrase.plural:
            return Speaker(party=apposed.id, name=apposed.name, basis="stated")
        return self._described(phrase, inside, start)

    def _mentions_in(self, span: Span) -> list[Mention]:
        low, high = (bisect_left(self._mention_starts, point) for point in (span.start, span.end))
        return [one for one in self._mentions[low:high] if one.span.within(span)]

    def _party(self, mention: Mention | None) -> Party | None:
        return None if mention is None or mention.party is None else self._parties.get(mention.party)

    def _is_generic(self, mention: Mention) -> bool:
        """Whether a mention is one noun with a capital: "the Ministry", "The Government"."""
        word = mention.span.of(self._text).lower()
        table = names()
        party = self._party(mention)
        noun = word in table.organisation | table.armed_force | table.body_nouns | table.papers | _SIDE
        return noun and (party is None or " " not in party.name)

    def _of_mention(self, mention: Mention, phrase: Phrase) -> Speaker | None:
        """Return the party of a phrase whose head is a name; two that are joined keep their own words."""
        party = self._party(mention)
        written = mention.span.of(self._text)
        if party is None:
            return Speaker(name=_without_article(phrase.words, named=True), basis="stated")
        if is_person(party):
            return Speaker(party=party.id, name=party.name, basis="stated")
        last = written.lower().split()[-1].removesuffix("s")
        if self._is_people(written, party) or (
            " " in written and last in names().individuals and party.kind != "outlet"
        ):
            return Speaker(name=_without_article(phrase.words, named=True), basis="stated")
        seated = self._by_name.get(states().capitals.get(written) or states().unions.get(written) or "")
        seated = seated or self._seats.get(party.id)
        if seated is not None:
            return Speaker(party=seated.id, name=seated.name, basis="inferred")
        body = body_of(written)
        if body is not None and body.what == "government" and body.whose in self._owners:
            state = self._owners[body.whose]
            return Speaker(party=state.id, name=state.name, basis="stated")
        joined = [token for token in phrase.tokens if token.lower in {"and", "or"}]
        outside = [token for token in joined if not mention.span.start <= token.start < mention.span.end]
        before = [token for token in phrase.core if token.start < mention.span.start]
        if (outside and outside[0].start > phrase.tokens[0].start) or any(
            token.lower in {"each", "both", "other"} for token in before
        ):
            return Speaker(name=_without_article(phrase.words, named=True), basis="stated")
        return Speaker(party=party.id, name=party.name, basis="stated")

    def _is_people(self, written: str, party: Party) -> bool:
        """Whether a name is that of inhabitants: "Ordanians", "the Ordanian"."""
        if party.kind != "state" or written == party.name:
            return False
        table = states()
        return (
            written in table.adjectives
            or written.removesuffix("s") in table.adjectives
            or (written.endswith("s") and written not in table.names and written.startswith(party.name[:3]))
        )

    def _side(self, phrase: Phrase, inside: list[Mention], outer: Attribution | None) -> Speaker | None:
        """Return the state of "the Ordanian side", "the Government of Ordania", "my delegation"."""
        first = phrase.tokens[0].lower
        if first in _I | _WE and phrase.head == 1:
            return self._first_person(first, phrase.span.start, outer)
        near = [self._party(one) for one in inside if not self._is_generic(one)]
        if [token.lower for token in phrase.core] == ["other"] and phrase.noun in {"side", "party"}:
            return self._other_side(phrase.span.start)
        if not near and phrase.definite and phrase.head == 1 and phrase.noun == "government":
            return self._only_state(phrase.span.start)
        if len(near) != 1 or near[0] is None or is_person(near[0]) or near[0].kind in BODIES - {"group"}:
            return None
        owned = any(token.lower in {"'s", "’s"} for token in phrase.tokens[: phrase.head])
        if owned and phrase.noun == "party" and near[0].kind != "state":
            # "Orlo's party": a party that somebody leads.
            return None
        between = self._text[phrase.tokens[0].start : phrase.span.end].lower().split()
        if {"former", "officials"} & set(between):
            return None
        return Speaker(party=near[0].id, name=near[0].name, basis="stated")

    def _other_side(self, start: int) -> Speaker | None:
        """Return the other of the only two states or armed groups that a text has named before a point."""
        end = bisect_left(self._mention_starts, start)
        before = self._mentions[max(0, end - _SIDES_REACH) : end]
        parties = {one.party: self._party(one) for one in before if one.kind != "place"}
        sides = [one for one in parties.values() if one is not None and one.kind in _SIDES]
        other = [one for one in sides if self._last is not None and one.id != self._last.party]
        if len(sides) != _TWO or len(other) != 1:
            return None
        return Speaker(party=other[0].id, name=other[0].name, basis="inferred")

    def _only_state(self, start: int) -> Speaker | None:
        """Return the one state that a text has named before a point, else the one with a government."""
        party = self._governed
        if self._state_at is not None and self._state_at[0] < start <= self._states_until:
            party = self._state_at[1]
        return None if party is None else Speaker(party=party.id, name=party.name, basis="inferred")

    def _paper(
        self, phrase: Phrase, inside: list[Mention], start: int, outer: Attribution | None
    ) -> Speaker | None:
        """Return who speaks through a paper: who is named with it, else the last who spoke."""
        first = phrase.tokens[0].lower
        if first in _I | _WE:
            return self._first_person(first, phrase.span.start, outer)
        if first in _HE | _SHE | _ONE_BODY:
            return self._pronoun(first, phrase.span.start, outer)
        named = self._authors(phrase, inside)
        people = [party for party in named if is_person(party)]
        bodies = [party for party in named if party.kind in BODIES | {"state"}]
        for party in (*people[-1:], *bodies[:1], *named[:1]):
            return Speaker(party=party.id, name=party.name, basis="stated")
        if phrase.indefinite or phrase.plural or len(phrase.core) > 1:
            return self._described(phrase, inside, start)
        if phrase.noun in _OUTLETS_PAPERS and self._last_outlet is not None:
            return _again(self._last_outlet, basis="inferred")
        last = None if self._last_body is None or self._last_body.many else self._last_body.speaker
        if (
            last is None
            or phrase.noun in names().findings
            or (last is self._issuer and not self._is_own(phrase))
        ):
            return self._described(phrase, inside, start)
        return _again(last, basis="inferred")

    def _is_own(self, phrase: Phrase) -> bool:
        """Whether a paper can be the one that the issuer is writing: "this report", "the statement"."""
        return phrase.tokens[0].lower == "this" or (phrase.noun != "report" and not phrase.core)

    def _authors(self, phrase: Phrase, inside: list[Mention]) -> list[Party]:
        """Return who is named as a paper's author: before it, or behind "of", "by" or "from"."""
        head = phrase.tokens[phrase.head]
        before = [one for one in inside if one.span.end <= head.start and not self._tells_which(one, head)]
        behind = [
            one
            for one in inside
            if one.span.start > head.end and self._is_author(self._text[head.end : one.span.start])
        ]
        return [party for one in before or behind if (party := self._party(one)) is not None]

    def _tells_which(self, mention: Mention, head: Token) -> bool:
        """Whether a name only tells which press it is: "an Ordanian media report" is not Ordania's."""
        between = set(self._text[mention.span.end : head.start].lower().split())
        return not between.isdisjoint(names().outlet_nouns | {"media", "press"})

    def _is_author(self, between: str) -> bool:
        """Whether words between a paper and a name say whose it is: "of the", "issued by", not "seen by"."""
        words = between.lower().split()
        if "," in between or not words:
            return False
        at = max((i for i, word in enumerate(words) if word in {"of", "by", "from"}), default=None)
        made = at is None or at == 0 or not words[at - 1].endswith(("ed", "seen")) or words[at - 1] in _MADE
        return at is not None and made

    def _apposed(self, phrase: Phrase, inside: list[Mention]) -> Party | None:
        """Return who is named behind an office: "the mayor's brother, Ada Brenn", "head of … Ada Brenn"."""
        after = phrase.tokens[phrase.head].end
        for one in inside:
            party = self._party(one)
            if party is None or one.span.start < after:
                continue
            before = self._text[after : one.span.start].strip()
            if not _EXAMPLES.isdisjoint(re.findall(r"\w+", before.lower())):
                # "the neighbours, including Ordania"
                return None
            comma = before.endswith((",", ", the")) or (before.startswith(",") and is_person(party))
            if comma:
                named = [known for each in inside if (known := self._party(each)) is not None]
                at_end = inside[-1].span.end >= phrase.span.end and is_person(named[-1])
                return named[-1] if at_end else party if party.kind != "state" else None
        people = [one for one in inside if (party := self._party(one)) is not None and is_person(party)]
        if not people or not is_role(phrase.noun):
            return None
        last = people[-1]
        behind = last.span.end >= phrase.span.end
        words = self._text[phrase.span.start : last.span.start].split()
        directly = bool(words) and words[-1].lower() in {"of", "to", "for", "by", "with", "the"}
        return self._party(last) if behind and not directly and last.span.start > after else None

    def _titled_at_end(self, phrase: Phrase, inside: list[Mention]) -> Party | None:
        """Return the person of "Council of Halm Speaker Ada Brenn" and of "a Unionist, Ada Brenn"."""
        party = self._party(inside[-1])
        head = phrase.tokens[phrase.head]
        if party is None or not is_person(party) or inside[-1].span.start <= head.end:
            return None
        before = [token for token in phrase.tokens if token.start < inside[-1].span.start]
        titled = is_role(before[-1].lower) and self._text[before[-1].start].isupper()
        titled = titled and not any(token.lower in {",", "who", "which", "that", "and"} for token in before)
        office = list(before)
        while office and (is_role(office[-1].lower) or office[-1].lower == "."):
            office.pop()  # "Lt. Gen. Ada Brenn"
        apposed = bool(office) and office[-1].lower == ","
        apposed = apposed and (phrase.indefinite or (len(office) > 1 and is_role(office[-2].lower)))
        behind = inside[-1].span.end >= phrase.span.end
        return party if behind and (titled or apposed) and not is_role(head.lower) else None

    def _described(self, phrase: Phrase, inside: list[Mention], start: int) -> Speaker | None:
        """Resolve "the ministry" to the last body so named, "the minister" to the last one so called."""
        noun, first = phrase.noun, phrase.tokens[0].lower
        named = any(one for one in inside if not self._is_generic(one))
        known = phrase.definite or (self._text[phrase.tokens[0].start].isupper() and not phrase.indefinite)
        if known and not phrase.plural:
            core = frozenset(ALIKE.get(token.lower, token.lower) for token in phrase.core) - {
                "the",
                "same",
                "'s",
            }
            core -= {token.lower for token in phrase.core if token.lower in {"their", "his", "her", "its"}}
            which = {
                ALIKE.get(word, word) for one in inside for word in one.span.of(self._text).lower().split()
            }
            asked = (core & (names().portfolios | names().role)) | (core & which)
            if is_role(noun) and (holder := self._holder(ALIKE.get(noun, noun), asked, start)) is not None:
                return Speaker(party=holder.id, name=holder.name, basis="inferred")
            alone = phrase.head == len(phrase.tokens) - 1
            if not named and alone and (body := self._body(noun, core, start)) is not None:
                return body
        later = self._named_later(phrase, start)
        if later is not None:
            return Speaker(party=later.id, name=later.name, basis="inferred")
        description = Speaker(name=_without_article(phrase.words, named=named), basis="stated")
        if first in _I | _WE and noun in _SIDE:
            return self._issuer or description
        return description

    def _holder(self, office: str, asked: frozenset[str], start: int) -> Party | None:
        """Return the last person whom the text called by an office, with all the words that tell which."""
        known = self._offices.get(office, [])
        before = bisect_left(known, start, key=lambda one: one.at)
        for one in reversed(known[max(0, before - _HOLDERS) : before]):
            if asked <= one.words:
                return one.party
        # "The president" before his name is the only one whom the text calls so.
        later = {one.party.id: one.party for one in known[before : before + _HOLDERS] if asked <= one.words}
        return next(iter(later.values())) if len(later) == 1 and not before else None

    def _named_later(self, phrase: Phrase, start: int) -> Party | None:
        """Return whom a text brings in without a name and then names: "a judge ruled … The judge, Ada Brenn".

        Only the first sentence leaves names for later, but for an outlet whose country tells which it is.
        """
        if phrase.plural or (not phrase.indefinite and not self._is_brought_in(phrase)):
            return None
        lead = self._segments.sentence_at(start) == 0
        which = next((state for one in phrase.core if (state := state_of(one.lower)) is not None), None)
        outlets = {
            one.party.id: one.party
            for one in self._press.get(phrase.noun, [])[:_MOST_NAMED]
            if which is not None and (one.state == which or (lead and one.state is None))
        }
        alone = lead and phrase.head == len(phrase.tokens) - 1
        known = self._offices.get(phrase.noun, []) if alone else []
        asked = frozenset(token.lower for token in phrase.core)
        people = {one.party.id: one.party for one in known if asked <= one.words}
        found = [*outlets.values(), *people.values()]
        return found[0] if len(found) == 1 else None

    def _is_brought_in(self, phrase: Phrase) -> bool:
        """Whether a cut has left "an" out before a phrase."""
        before = self._text[max(0, phrase.span.start - len(" an ")) : phrase.span.start].split()
        return bool(before) and before[-1].lower() in {"a", "an"}

    def _body(self, noun: str, core: frozenset[str], start: int) -> Speaker | None:
        """Return the last body so called: "the ministry" by a word of its name, "the paper" by its kind."""
        asked = {word for word in core if word in names().portfolios}
        if core - asked:
            return None
        places = self._bodies.get(noun, [])
        before = bisect_left(places, start, key=lambda one: one[0])
        for _, party in reversed(places[max(0, before - _HOLDERS) : before]):
            if asked <= set(party.name.lower().split()):
                return Speaker(party=party.id, name=party.name, basis="inferred")
        if asked:
            return None
        issuer = None if self._issuer is None else self._issuer.name.lower().split()
        if issuer is not None and (noun in issuer or (noun == "government" and "ministry" in issuer)):
            return self._issuer
        table = names()
        if noun in table.outlet_nouns:
            return self._outlet_before(start)
        # Whoever is cited in a clause behind the words is not meant by them: "the firm, which V accuses".
        known = self._last_body
        last = None if known is None or known.at > start else known.speaker
        party_id = None if last is None or last is self._issuer else last.party
        if (
            noun in table.body_nouns
            and party_id is not None
            and self._parties[party_id].kind in {"organisation", "unknown"}
            and (noun not in table.kinds_of_body or self._parties[party_id].name.isupper())
        ):
            return _again(last, basis="inferred")
        return None

    def _outlet_before(self, start: int) -> Speaker | None:
        """Return the last outlet that was named before a point."""
        before = bisect_left(self._outlets, start, key=lambda one: one[0])
        party = self._outlets[before - 1][1] if before else None
        named = None if party is None else Speaker(party=party.id, name=party.name, basis="inferred")
        return named or _again(self._last_outlet, basis="inferred")

    def _remember(self, speaker: Speaker, source: Spans, start: int) -> None:
        self._last, self._last_at = speaker, start
        party = self._parties.get(speaker.party) if speaker.party is not None else None
        if party is not None and is_person(party):
            self._last_person = Candidate(start, speaker, self._genders.get(party.id))
            return
        phrase = phrase_in(hull(source), self._segments) if party is None else None
        if party is None and phrase is not None:
            noun = phrase.noun
            table = names()
            one = noun in table.individuals | table.he | table.she or is_role(noun)
            if one and not phrase.plural:
                gender: Gender | None = "he" if noun in table.he else "she" if noun in table.she else None
                self._last_person = Candidate(start, speaker, gender)
                return
            self._last_body = Candidate(start, speaker, many=phrase.plural or noun in table.somebody)
            return
        self._last_body = Candidate(start, speaker)
        if party is not None and party.kind in {"organisation", "armed_force", "state", "group"}:
            self._cited_bodies.setdefault(party.id, speaker)
        if party is not None and party.kind in {"outlet", "unknown"}:
            self._last_outlet = speaker


def _is_complement(before: Sequence[Token], mention: Mention) -> bool:
    """Whether a name only tells of which or where: "of the Guard", "in Halm"."""
    left = [token.lower for token in before if token.start < mention.span.start and token.lower != "the"]
    return bool(left) and left[-1] in {"of", "in", "from", "at", "'s"}


def _outlet(outlet: str | None, parties: Sequence[Party]) -> Speaker | None:
    """Return the outlet with its party."""
    if outlet is None:
        return None
    known = next((one for one in parties if outlet in {one.name, *one.names}), None)
    return Speaker(party=None if known is None else known.id, name=outlet, basis="inferred")


def _again(speaker: Speaker | None, *, basis: Basis) -> Speaker | None:
    if speaker is None:
        return None
    return Speaker(party=speaker.party, name=speaker.name, basis=basis)


def _without_article(text: str, *, named: bool) -> str:
    """Return a description without its article, and without the capital that only begins a sentence."""
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        text = text.removeprefix(article)
    text = " ".join(text.split())
    # One word that is no plural may be a name that the text has nowhere else.
    description = " " in text or text.endswith("s")
    return text[:1].lower() + text[1:] if description and not named else text
