"""Who a source phrase means: names, roles, pronouns, definite descriptions, and the speaker who goes on.

Resolution walks the text once from its start. It answers only when one candidate is left; otherwise the
words themselves are the name, or nobody is.
"""

from bisect import bisect_left

from sayso.claims.parties import is_person, is_role
from sayso.core.ids import PartyId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Basis, Mention, Party, Speaker
from sayso.core.spans import Span, Spans, hull
from sayso.language.lexicon import names
from sayso.language.segments import Segments, segments_of

_PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers"})
_GROUP_PRONOUNS = frozenset({"they", "them", "their", "it", "its"})
_FIRST_PERSON = frozenset({"i", "we", "our", "us", "my"})
_BODIES = frozenset({"organisation", "armed_force", "outlet", "group"})
_TITLE_REACH = 40  # characters before a name that its title may take
_TITLE_WORDS = 3
_SIDE = frozenset({"side", "party", "authorities", "officials", "government", "delegation"})


class Speakers:
    """The speakers of one document, asked in text order."""

    def __init__(self, reading: Reading) -> None:
        document = reading.document
        self.outlet = document.outlet
        # A ministry that publishes its own statement is cited like anybody; an outlet only reports.
        self._issuer = _issuer(self.outlet)
        self.reporting = None if self._issuer else self.outlet
        self._text = document.text
        self._segments = segments_of(document.text)
        self._mentions = sorted(reading.mentions, key=lambda mention: mention.span)
        self._mention_starts = [mention.span.start for mention in self._mentions]
        self._parties = {party.id: party for party in reading.parties}
        self._bodies = _by_head(self._mentions, self._parties)
        self._offices = _by_office(self._mentions, self._parties, self._segments)
        self._last: Speaker | None = None
        self._last_at = 0
        self._last_person: tuple[int, Speaker] | None = None
        self._last_body = self._issuer
        self._subjects = _people_as_subjects(self._mentions, self._parties, self._segments)

    def own(self) -> Speaker | None:
        """Return the outlet, for its own voice."""
        return None if self.outlet is None else Speaker(name=self.outlet, basis="inferred")

    def cited(self, source: Spans, start: int, *, speaks_on: bool) -> Speaker | None:
        """Return who an outermost attribution cites; without a source the last one cited speaks on.

        `start` is where the attribution begins. To be asked in text order: later phrases refer back, but
        not to one that does not speak on, such as a credit to an agency.
        """
        if not source:
            return _again(self._going_on(start), basis="carried over")
        speaker = self._named(source, start)
        if speaker is not None and speaks_on:
            self._remember(speaker, start)
        return speaker

    def _going_on(self, start: int) -> Speaker | None:
        """Return who speaks on: whoever spoke in this paragraph, then the issuer, then the last one cited."""
        here = self._segments.paragraph_at(start) == self._segments.paragraph_at(self._last_at)
        return self._last if self._issuer is None or (here and self._last is not None) else self._issuer

    def nested(self, source: Spans, start: int, outer: Attribution) -> Speaker | None:
        """Return who is cited inside somebody's words; "we" is who says it, nobody is left open."""
        if not source:
            return None
        if hull(source).of(self._text).lower() in _FIRST_PERSON:
            return _again(outer.speaker, basis="inferred")
        return self._named(source, start)

    def _named(self, source: Spans, start: int) -> Speaker | None:
        span = hull(source)
        words = [token.lower for token in self._segments.tokens_in(span)]
        while len(words) > 1 and words[-1].endswith("ly"):
            # "We strongly": a finder may take the adverb along.
            words.pop()
        if len(words) == 1 and words[0] in _PERSON_PRONOUNS:
            return _again(self._person_before(span.start), basis="inferred")
        if len(words) == 1 and words[0] in _GROUP_PRONOUNS:
            return _again(self._last_body, basis="inferred")
        if len(words) == 1 and words[0] in _FIRST_PERSON:
            return _again(self._issuer, basis="inferred")
        low, high = (bisect_left(self._mention_starts, point) for point in (span.start, span.end))
        inside = [mention for mention in self._mentions[low:high] if mention.span.within(span)]
        if not inside:
            return self._described(words, span.of(self._text), start)
        return self._best(inside, words, span)

    def _best(self, inside: list[Mention], words: list[str], span: Span) -> Speaker:
        parties = [self._parties[m.party] for m in inside if m.party is not None]
        person = self._person_named(inside, span)
        if person is not None and not _SIDE & set(words):
            return Speaker(party=person.id, name=person.name, basis="stated")
        paper = bool(names().papers & set(words[:3]))
        if self._only_mentions(span, inside[0]) and not paper:
            return Speaker(name=_without_article(span.of(self._text), named=False), basis="stated")
        # "the report of the Truce Mission" speaks for the mission.
        bodies = [party for party in parties if paper or party.kind in _BODIES]
        if bodies:
            return Speaker(party=bodies[0].id, name=bodies[0].name, basis="stated")
        plain = [word for word in words if word not in {"the", "a", "an"}]
        if len(parties) == 1 and plain[1:] in ([], ["side"], ["party"]):
            # "Ordania", "the Ordanian side": the party itself.
            return Speaker(party=parties[0].id, name=parties[0].name, basis="stated")
        return Speaker(name=_without_article(span.of(self._text), named=True), basis="stated")

    def _person_named(self, inside: list[Mention], span: Span) -> Party | None:
        """Return the person a phrase names: the first, but one at its end before one named by the way.

        "Ada Brenn of the Guard" is Brenn, "the head of the office of Halm Ada Brenn" is Brenn too.
        """
        people = [
            (mention, party)
            for mention in inside
            if mention.party is not None and is_person(party := self._parties[mention.party])
        ]
        if not people:
            return None
        outright = [party for mention, party in people if not self._only_mentions(span, mention)]
        return outright[0] if outright else people[-1][1]

    def _only_mentions(self, span: Span, first: Mention) -> bool:
        """Whether a phrase names somebody else by the way: "a sergeant of the Lantern Guard"."""
        words = self._text[span.start : first.span.start].lower().split()
        return bool({"of", "in", "from", "at", "for", "to"} & set(words))

    def _described(self, words: list[str], text: str, start: int) -> Speaker | None:
        """Resolve "the ministry" to the last body so named, and "the statement" to whoever issued it."""
        plain = [word for word in words if word.isalnum() and word not in {"the", "a", "an", "this", "that"}]
        if not plain:
            return None
        head = plain[-1]
        if head in names().papers:
            return _again(self._last_body or self._last, basis="inferred")
        named = self._bodies.get(head) or self._offices.get(head, []) if words[0] == "the" else []
        before = bisect_left(named, start, key=lambda one: one[0])
        if before:
            party = named[before - 1][1]
            return Speaker(party=party.id, name=party.name, basis="inferred")
        return Speaker(name=_without_article(text, named=False), basis="stated")

    def _person_before(self, start: int) -> Speaker | None:
        """Return the last person who was cited or who began a sentence as its subject."""
        at = bisect_left(self._subjects, start, key=lambda one: one[0])
        known = [
            one for one in (self._last_person, self._subjects[at - 1] if at else None) if one is not None
        ]
        return max(known, key=lambda one: one[0])[1] if known else None

    def _remember(self, speaker: Speaker, start: int) -> None:
        self._last, self._last_at = speaker, start
        party = self._parties.get(speaker.party) if speaker.party is not None else None
        if party is not None and is_person(party):
            self._last_person = (start, speaker)
        else:
            self._last_body = speaker


def _by_office(
    mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> dict[str, list[tuple[int, Party]]]:
    """Return, for "secretary" and the like, where people with that title before their name stand."""
    found: dict[str, list[tuple[int, Party]]] = {}
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is None or not is_person(party):
            continue
        before = segments.tokens_in(
            Span(max(0, mention.span.start - _TITLE_REACH), max(1, mention.span.start))
        )
        for token in before[-_TITLE_WORDS:]:
            if is_role(token.lower):
                found.setdefault(token.lower, []).append((mention.span.start, party))
    return found


def _issuer(outlet: str | None) -> Speaker | None:
    """Return a body that publishes in its own name: a ministry, an assembly, not a newspaper."""
    if outlet is None:
        return None
    words = set(outlet.lower().split())
    body = words & (names().organisation | names().armed_force) and not words & names().outlet
    return Speaker(name=outlet, basis="inferred") if body else None


def _people_as_subjects(
    mentions: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> list[tuple[int, Speaker]]:
    """Return the people whom a sentence begins with, and where."""
    found: list[tuple[int, Speaker]] = []
    seen = -1
    for mention in mentions:
        sentence = segments.sentence_at(mention.span.start)
        party = parties.get(mention.party) if mention.party is not None else None
        if sentence != seen and party is not None and is_person(party):
            found.append((mention.span.start, Speaker(party=party.id, name=party.name, basis="inferred")))
        seen = sentence
    return found


def _by_head(mentions: list[Mention], parties: dict[PartyId, Party]) -> dict[str, list[tuple[int, Party]]]:
    """Return, for "ministry" and the like, where bodies so named stand in the text."""
    found: dict[str, list[tuple[int, Party]]] = {}
    for mention in mentions:
        party = parties.get(mention.party) if mention.party is not None else None
        if party is not None:
            for word in set(party.name.lower().split()) & names().organisation:
                found.setdefault(word, []).append((mention.span.start, party))
    return found


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
