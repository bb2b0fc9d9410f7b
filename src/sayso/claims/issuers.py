"""Who issues a document in its own name: a publisher that is a body, or the one its head or foot names."""

import re

import msgspec

from sayso.claims.parties import is_person, is_role
from sayso.core.ids import PartyId
from sayso.core.reading import Reading
from sayso.core.records import Mention, Party, Speaker
from sayso.core.spans import Span, Spans
from sayso.language.furniture import are_names
from sayso.language.lexicon import names
from sayso.language.segments import Segments

_HEAD = 3  # paragraphs in which a document says whose statement it is
_LONGEST_HEADING = 200  # characters
_STATEMENT = re.compile(
    r"(?:statement|communiqu[eé]|declaration|press[ -]release|comment|remarks?|address|message|appeal"
    r"|bulletin|note|letter|briefing|announcement|commentary|answers?|reply|release)\b"
    r"[^.]{0,40}?\b(?:of|by|from)\b"
    r"|,\s+from\b",
    re.IGNORECASE,
)
# "To the council, from forty teachers of the valley"
_SENT = re.compile(r"To [^\n]{1,100}, from (?:the )?(?P<who>[^,.;:\n]+)")
_SIGNED = re.compile(r"\(?signed\)?:?\s+", re.IGNORECASE)


class Issuer(msgspec.Struct, frozen=True, kw_only=True):
    """Who says what a document says: the body that puts it out, and the person who signs it."""

    body: Speaker | None = None
    person: Speaker | None = None
    lines: Spans = ()  # those at the head that are no more than the name of either


def issuer_of(reading: Reading, segments: Segments) -> Issuer:
    """Return who issues a document; nobody for a newspaper's report."""
    outlet = reading.document.outlet
    if outlet is not None and names().outlet & set(outlet.lower().split()):
        return Issuer()
    parties = {party.id: party for party in reading.parties}
    body = None if outlet is None else _publisher(outlet, parties)
    headings = [span for span in segments.paragraphs[:_HEAD] if len(span) <= _LONGEST_HEADING]
    signed = None
    signature = segments.paragraphs[-1] if segments.paragraphs else None
    if signature is not None and (mark := _SIGNED.match(segments.text, signature.start, signature.end)):
        named = (one for one in reading.mentions if one.span.start == mark.end() and one.party is not None)
        signed = next((_inferred(parties[one.party]) for one in named if one.party is not None), None)
    lines: list[Span] = []
    for span in headings:
        if segments.text[span.end - 1] in '.!?”"':
            continue
        here = [one for one in reading.mentions if one.span.within(span)]
        signer = _signer(span, here, parties, segments)
        signed = signed or signer
        if body is None and outlet is None:
            body = _heading(span, here, parties, segments)
        if signer is not None and _is_name_alone(span.of(segments.text)):
            lines.append(span)
    return Issuer(body=body, person=signed, lines=tuple(lines))


def _is_name_alone(line: str) -> bool:
    """Whether a line is a name and an office, "Ada Brenn, Minister of Trade", and no headline."""
    return line.count(",") == 1 and are_names(line)


def _publisher(outlet: str, parties: dict[PartyId, Party]) -> Speaker | None:
    """Return a body that publishes in its own name: a ministry, an assembly, not a newspaper."""
    words = set(outlet.lower().split())
    if not words & (names().organisation | names().armed_force):
        return None
    known = next((party for party in parties.values() if outlet in {party.name, *party.names}), None)
    return Speaker(party=None if known is None else known.id, name=outlet, basis="inferred")


def _heading(
    span: Span, here: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> Speaker | None:
    """Return the body of "Statement of the Ministry of Trade of Ordania", or of a line that is its name."""
    bodies = [
        (one, party) for one in here if one.party is not None and _can_issue(party := parties[one.party])
    ]
    if not bodies:
        sent = _SENT.fullmatch(segments.text, span.start, span.end)
        return None if sent is None else Speaker(name=sent["who"], basis="inferred")
    mention, party = bodies[0]
    statement = _STATEMENT.search(segments.text, span.start, span.end)
    stated = statement is not None and 0 <= mention.span.start - statement.end() <= len(" the ")
    before = segments.text[span.start : mention.span.start].strip().lower()
    alone = before in {"", "the"} and segments.text[mention.span.end : mention.span.end + 1] in {
        "",
        "\n",
        ".",
        ":",
    }
    alone = alone and party.kind in {"organisation", "armed_force"}
    if not (stated or alone):
        return None
    return _inferred(party)


def _can_issue(party: Party) -> bool:
    return party.kind in {"organisation", "armed_force", "group"} or " " in party.name


def _inferred(party: Party) -> Speaker:
    return Speaker(party=party.id, name=party.name, basis="inferred")


def _signer(
    span: Span, here: list[Mention], parties: dict[PartyId, Party], segments: Segments
) -> Speaker | None:
    """Return the person of a line "Ada Brenn, Minister of Trade"."""
    for one in here:
        party = None if one.party is None else parties[one.party]
        if party is None or not is_person(party) or one.span.start != span.start:
            continue
        behind = segments.text[one.span.end : span.end]
        if behind.startswith(",") and any(is_role(token.lower) for token in segments.tokens_in(span)):
            return _inferred(party)
    return None
