"""Credit lines: where a text itself names the agency or outlet it was taken from, or that helped."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from sayso.core.records import Document
from sayso.core.spans import Span
from sayso.language import lexicon
from sayso.linking.entries import Origin
from sayso.linking.identity import SENTENCE_END

# Credits stand in the first and the last lines of a text; further in, only with words that make them one.
_EDGE_LINES = 3
_LONGEST_LINE = 400  # code points of a line that are read from its near end
_LONGEST_SENTENCE = 400  # code points on each side of a cue
_NEAR = 3 * _LONGEST_SENTENCE  # code points: no sentence reaches further from the credit in it
_SHORTEST_INITIALS = 2

# A name: capitalised words, joined by at most one small word each. Bounded, so that no text is read twice.
_WORD_OF_NAME = r"[^\W\d_a-z][\w&’'-]{0,40}"
_NAME = rf"(?-i:{_WORD_OF_NAME}(?:\.\w{{1,10}})?(?: (?:(?:of|the|de|for) )?{_WORD_OF_NAME}){{0,4}})"
_AGENCY = r"(?:news ?agency|press agency|newswire|news wire|wire service|news service)"
_REPORTING = r"(?:reported|reports|wrote|writes|said|says|quoted|cited|carried)"

_DATELINE = re.compile(
    rf"^[^()/\n]{{0,80}}(?:\((?P<inside>{_NAME})\)|/(?P<slashed>{_NAME})/)\s{{0,3}}[—–:-]",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(rf"(?:^|\s)(?:[—–]|--)\s*(?P<name>{_NAME})\.?\s*$", re.MULTILINE)
# After a whole sentence or on a line of its own; behind a word it is that word's abbreviation.
_BRACKETED = re.compile(
    rf"(?:^|[.!?…”\"]\s{{0,3}})[(\[](?:with |from |by )?"
    rf"(?P<name>{_NAME})(?:\s?[/,]\s?(?P<other>{_NAME}))?[)\]]\.?\s*$",
    re.MULTILINE,
)
_VIA = re.compile(rf"\b[Vv]ia (?:the )?(?P<name>{_NAME})\W*$")
_SOURCE = re.compile(rf"^\W{{0,3}}sources?\s?[:–—-]\s?(?P<name>{_NAME})\W*$", re.IGNORECASE | re.MULTILINE)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:article|story|report|piece|post|text|version|column|essay)\b[^.\n]{0,40}"
    r"\b(?:(?:first|originally) (?:published|appeared)|republished|reprinted)"
    rf"(?: with (?:the )?permission)?(?: (?:in|on|by|from|of))? (?:the )?(?P<name>{_NAME})",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(rf"(?P<name>{_NAME})(?: {_AGENCY})? (?:also )?contributed\b", re.IGNORECASE)
_REPORTING_FROM = re.compile(
    r"\b(?:reporting|files|material|information|inputs?) (?:by|from) (?:the )?"
    rf"(?P<name>{_NAME})(?:,? and (?:the )?(?P<other>{_NAME}))?",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"\b(?:with|and|from) (?P<name>(?:news|wire) agencies\b|agencies(?=\W*$))", re.IGNORECASE
)
_NAMED_AGENCY = re.compile(
    rf"(?P<name>{_NAME})(?:’s|'s)?,? (?:(?:state|official|semi-official) )?{_AGENCY}\b(?! (?-i:[^\W\d_a-z]))"
    rf"|\b{_AGENCY} (?P<other>{_NAME})",
    re.IGNORECASE,
)
_CITED = re.compile(
    rf"\b(?:according to|citing|reported by|quoted by|carried by|told) (?:the )?(?P<name>{_NAME})"
    rf"|\b(?P<other>{_NAME}) (?:has |had )?(?:reported|reports|wrote|writes)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(rf"\b(?:according to|citing|told|{_REPORTING})\b", re.IGNORECASE)
_WORD = re.compile(r"\w{1,64}")
_BYLINE = Span(0, 1)  # bylines stand before the text
_BYLINE_PARTS = re.compile(r",|/|;|\band\b|\bfor\b|\bof\b|\bwith\b")


Covers = Literal["text", "sentence", "part"]
AGENCIES = "agencies"


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """An agency or outlet that a text credits."""

    name: str  # as written; "agencies" where the text names none
    span: Span | None  # where the name stands, in code points; None: in the byline
    covers: Covers  # part: some of the text, nobody says which
    sentence: Span | None = None  # the one that is credited to it, where it covers no more
    sure: bool  # its own form says that it is a credit; else only a name that publishes says it


class Publishers:
    """The outlets of a case, as far as somebody asks for them by name."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        listed = tuple(names)
        self._keys = frozenset(map(outlet_key, listed))
        self._initials = frozenset(initials for name in listed for initials in initials_of(name))

    def __contains__(self, name: str) -> bool:
        """Tell whether a name is that of an outlet, or in capitals its initials."""
        return outlet_key(name) in self._keys or (name.isupper() and name.casefold() in self._initials)


def outlet_key(name: str) -> str:
    """Return an outlet's name as names are compared: its folded words, without an article before them."""
    words = _WORD.findall(name.casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def initials_of(outlet: str) -> tuple[str, ...]:
    """Return the folded initials of an outlet's name; none of a name of one word."""
    words = outlet_key(outlet).split()
    return ("".join(word[0] for word in words),) if len(words) > 1 else ()


def one_name(credited: str, outlet: str) -> bool:
    """Tell whether a credit names an outlet: by its name, or in capitals by its initials."""
    return credited in Publishers((outlet,))


def credit_told(origin: Origin, credit: Credit) -> str:
    """Return in one sentence whom a document credits, and for what."""
    named = "news agencies" if credit.name.casefold().endswith(AGENCIES) else credit.name
    what = {"text": "its text", "sentence": "the sentence", "part": "some of its text"}[credit.covers]
    return f"{origin.name[:1].upper()}{origin.name[1:]} credits {what} to {named}."


def credits_of(document: Document, publishers: Publishers, *, near: Span | None = None) -> tuple[Credit, ...]:
    """Return whom a document credits, in text order and each once; its own outlet is not among them.

    `publishers` are the outlets of the case: "via the Courier" is a credit where the Courier publishes. No
    table says which agencies there are. With `near`, of what is credited for a sentence alone only what
    stands in one that reaches into that span is sure to be there: a very long text is not read for one claim.
    The time grows with the length of what is read.
    """
    known: dict[tuple[str, Covers], Credit] = {}
    own = document.outlet
    for credit in sorted(possible_credits(document, near), key=lambda one: one.span or _BYLINE):
        if (own is not None and one_name(credit.name, own)) or not (credit.sure or credit.name in publishers):
            continue
        at = "" if credit.sentence is None else f" {credit.sentence.start}"
        known.setdefault((outlet_key(credit.name) + at, credit.covers), credit)
    return tuple(known.values())


def possible_credits(document: Document, near: Span | None = None) -> Iterator[Credit]:
    """Yield every name that stands where credits stand; which are publishers only the case can tell.

    `near` is as in `credits_of`.
    """
    text = document.text
    first, last = _edges(text)
    yield from _of_byline(document)
    for line in first:
        yield from _credits(_DATELINE.finditer(text, line.start, line.end), "text", _is_credit)
    for line in last:
        for pattern, sure in ((_SIGNED, _is_short_credit), (_BRACKETED, _is_credit), (_VIA, _is_agency)):
            yield from _credits(pattern.finditer(text, line.start, line.end), "text", sure)
    for line in dict.fromkeys((*first, *last)):
        yield from _credits(_SOURCE.finditer(text, line.start, line.end), "text", _is_agency)
        yield from _credits(_FIRST_PUBLISHED.finditer(text, line.start, line.end), "text", _is_credit)
        for pattern in (_CONTRIBUTED, _REPORTING_FROM):
            yield from _credits(pattern.finditer(text, line.start, line.end), "part", _is_agency)
        yield from _credits(_AGENCIES.finditer(text, line.start, line.end), "part", _always)
    start, end = (0, len(text)) if near is None else (max(0, near.start - _NEAR), near.end + _NEAR)
    yield from _in_sentences(text, start, end)


def _edges(text: str) -> tuple[list[Span], list[Span]]:
    """Return the first and the last lines that have words, the long ones without their far ends."""
    first: list[Span] = []
    at = 0
    while at < len(text) and len(first) < _EDGE_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            first.append(Span(at, min(end, at + _LONGEST_LINE)))
        at = end + 1
    last: list[Span] = []
    at = len(text)
    while at > 0 and len(last) < _EDGE_LINES:
        start = text.rfind("\n", 0, at) + 1
        if text[start:at].strip():
            last.append(Span(max(start, at - _LONGEST_LINE), at))
        at = start - 1
    return first, last[::-1]


def _credits(
    matches: Iterable[re.Match[str]],
    covers: Covers,
    sure: Callable[[str, str], bool],
    sentence: Span | None = None,
) -> Iterator[Credit]:
    for match in matches:
        for group, name in match.groupdict().items():
            if name is not None:
                yield Credit(
                    name=name,
                    span=Span(*match.span(group)),
                    covers=covers,
                    sentence=sentence,
                    sure=sure(name, match.string),
                )


def _of_byline(document: Document) -> Iterator[Credit]:
    if document.byline is None or document.publisher is None:
        return
    for part in _BYLINE_PARTS.split(document.byline[:_LONGEST_LINE]):
        name = part.strip().removeprefix("By ").removeprefix("by ")
        if name:
            yield Credit(name=name, span=None, covers="text", sure=_is_agency(name, ""))


def _in_sentences(text: str, start: int, end: int) -> Iterator[Credit]:
    """Yield the agencies and outlets that a sentence of a part of a text has its news from."""
    for match in _NAMED_AGENCY.finditer(text, start, end):
        sentence = _sentence(text, match)
        if _SPEAKS.search(text, sentence.start, sentence.end):
            yield from _credits((match,), "sentence", _always, sentence)
    for match in _CITED.finditer(text, start, end):
        yield from _credits((match,), "sentence", _never, _sentence(text, match))


def _sentence(text: str, match: re.Match[str]) -> Span:
    start = max(0, match.start() - _LONGEST_SENTENCE)
    for found in SENTENCE_END.finditer(text, start, match.start()):
        start = found.end()
    stop = min(len(text), match.end() + _LONGEST_SENTENCE)
    ended = SENTENCE_END.search(text, match.end(), stop)
    return Span(start, stop if ended is None else ended.start() + 1)


def _is_credit(name: str, text: str) -> bool:
    """Tell whether a name in a credit's place is one: that of a place or a person is named again."""
    if name.isupper() and " " in name:
        return False  # an instruction: agencies are shortened to one word in capitals
    return _is_agency(name, text) or text.count(name) == 1


def _is_short_credit(name: str, text: str) -> bool:
    """Tell the same of a name after a dash, where authors sign too: with a first and a last name."""
    return _is_agency(name, text) or (" " not in name and text.count(name) == 1)


def _is_agency(name: str, _text: str) -> bool:
    """Tell whether a name says of itself that it is an outlet's."""
    words = _WORD.findall(name.casefold())
    outlets = lexicon.names()
    return not outlets.outlet.isdisjoint(words) or not outlets.outlet_nouns.isdisjoint(words)


def _always(_name: str, _text: str) -> bool:
    return True


def _never(_name: str, _text: str) -> bool:
    return False
