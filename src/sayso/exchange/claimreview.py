"""Published fact-checks in other people's files: feeds of ClaimReview, answers of a search, pages' JSON-LD.

| what | how it is told |
|---|---|
| feed of the Data Commons | a `DataFeed` whose `dataFeedElement` holds items of `ClaimReview` |
| answer of Google's Fact Check Tools | `claims`, each with its `claimReview` |
| JSON-LD | `ClaimReview` objects, in lists, under `@graph` or inside others; on pages in `script` elements |

The vocabulary is schema.org/ClaimReview. What is broken in a file is passed over and named with its place,
and reading goes on with the next object that is whole.
"""

import html
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from sayso.core.errors import BadRecord
from sayso.core.records import Capture, Problem, Review, checked_date

STAGE = "reviews"

# What parsing again after faults may cost, in times the length of a text. A file that is broken off, or
# broken in some places, stays far below; one that is broken everywhere is given up.
_PARSED_AGAIN = 8
_WINDOW = 2048  # code points parsed at first: most reviews are shorter
_GROWTH = 4
_EDGE = 16  # code points before the end of a window in which an error may come of the cut
# Figures stay as they are written: nothing is counted with them, and they may have any length.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
_DEEPEST = 64  # lists and objects inside each other
_MOST_NAMED = 100  # faults of a file that are named one by one
_LONGEST = 10_000  # code points of a field; a claim that somebody checked is a sentence or a few

_LISTED = re.compile(r'"(?:dataFeedElement|claims)"\s{0,99}:\s{0,99}\[')
_OPENS = re.compile(r"[\[{]")
_SCRIPT = re.compile(r"<script\b([^>]{0,300})>|</script\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"application/ld\+json", re.IGNORECASE)
# The encodings of text that pages state; Python knows others, which are none of text.
_CHARSET = re.compile(
    rb"charset\s{0,9}=\s{0,9}[\"']?"
    rb"(iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[ru]|gb(?:2312|k|18030)|big5|shift_jis|euc-(?:jp|kr))\b",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes of a page in which it says its encoding
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAGES = ("text/html", "application/xhtml+xml")

_Object = Mapping[str, Any]


class ReviewFeeds:
    """Reads the reviews of a file; stands where readers stand, in the child process with limits."""

    name: ClassVar[str] = "reviews"
    version: ClassVar[str] = "1"
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".jsonl", ".jsonld", ".ndjson", ".html", ".htm", ".xhtml")
    media_types: ClassVar[tuple[str, ...]] = ("application/json", "application/jsonl", *_PAGES)

    def read(self, capture: Capture, content: bytes) -> Iterator[Review | Problem]:
        """Yield every review of a file, and a Problem for what is broken or says too little."""
        text = _decoded(content)
        places = _Places(capture.origin, text)
        reviews = faults = 0
        for one in _found(text, is_page=capture.media_type in _PAGES):
            if isinstance(one, Review):
                reviews += 1
                yield one
                continue
            faults += 1
            if faults <= _MOST_NAMED:
                yield _problem(one.code, one.message, one.hint, origin=places.of(one.at))
        if faults > _MOST_NAMED:
            yield _problem(
                "more-faults",
                f"{faults - _MOST_NAMED:,} more of its objects are broken or say too little",
                f"the first {_MOST_NAMED} are named",
                origin=capture.origin,
            )
        if not reviews:
            yield _problem(
                "no-reviews",
                "no ClaimReview of it can be read",
                "read are ClaimReview feeds, pages with ClaimReview in JSON-LD, and plain JSON-LD",
                origin=capture.origin,
            )


class _Piece(NamedTuple):
    """Text that is all JSON, and where it begins in the file's."""

    text: str
    at: int


class _Value(NamedTuple):
    """A value that was parsed, and where it begins in the file's text."""

    value: object
    at: int


class _Parsed(NamedTuple):
    """A list or an object, and where it ends."""

    value: object
    end: int


class _Broken(NamedTuple):
    """What ended parsing and where, and how many code points that took."""

    message: str
    at: int
    cost: int


class _PlacedProblem(NamedTuple):
    """What is wrong, what to do, and where in the file's text."""

    code: str
    message: str
    hint: str
    at: int


class _Places:
    """Says where in a file something is, by line and column from 1."""

    def __init__(self, origin: str, text: str) -> None:
        self._origin = origin
        self._text = text

    def of(self, at: int) -> str:
        """Return the place of a code point."""
        line = bisect_left(self._ends, at)
        column = at - (self._ends[line - 1] if line else -1)
        return f"{self._origin}:{line + 1}:{column}"

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]


class _Stated(NamedTuple):
    """What a file says of one review, brought together from the object and those around it."""

    claim: str | None
    author: str | None
    rating: str | None
    url: str | None
    published: str | None
    title: str | None = None
    claimed_by: str | None = None
    claimed: str | None = None
    value: str | None = None
    best: str | None = None
    worst: str | None = None
    language: str | None = None


def _decoded(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        return content.decode()
    except UnicodeDecodeError:
        stated = _CHARSET.search(content[:_HEAD])
    try:
        return content.decode(stated[1].decode() if stated else "utf-8", errors="replace")
    except LookupError:
        return content.decode(errors="replace")


def _found(text: str, *, is_page: bool) -> Iterator[Review | _PlacedProblem]:
    for piece in _pieces(text, is_page=is_page):
        for one in _parsed(piece):
            if isinstance(one, _PlacedProblem):
                yield one
            else:
                yield from (_review(stated, one.at) for stated in _stated(one.value))


def _pieces(text: str, *, is_page: bool) -> Iterator[_Piece]:
    """Yield the parts of a file that are JSON: all of it, or a page's scripts of linked data."""
    if not is_page:
        yield _Piece(text, 0)
        return
    start: int | None = None
    for found in _SCRIPT.finditer(text):
        if found[1] is None:
            if start is not None:
                yield _Piece(text[start : found.start()], start)
            start = None
        elif start is None and _LINKED_DATA.search(found[1]):
            start = found.end()


def _parsed(piece: _Piece) -> Iterator[_Value | _PlacedProblem]:
    """Yield the values of a piece one by one, those of a feed's list each for itself, and each fault.

    Between two values that are whole one fault is named, the first.
    """
    text = piece.text
    left = _PARSED_AGAIN * len(text)
    listed = _LISTED.search(text)
    # The items of a feed are parsed one by one: one that is broken costs no other, and memory stays small.
    at = 0 if listed is None or "ClaimReview" in text[: listed.start()] else listed.end()
    lost = False
    while opened := _OPENS.search(text, at):
        found = _parsed_at(text, opened.start())
        if not isinstance(found, _Broken):
            lost, at = False, found.end
            yield _Value(found.value, piece.at + opened.start())
            continue
        if not lost:
            yield _broken(found.message, piece.at + found.at)
        lost, at = True, opened.end()
        left -= found.cost
        if left < 0:
            yield _broken("there are too many faults to read on", piece.at + opened.start())
            return


def _parsed_at(text: str, start: int) -> _Parsed | _Broken:
    """Parse the list or object that begins at `start`.

    It is parsed in windows that grow as long as it may only be cut off: what an error costs grows with the
    text before it, and a short window has little of that.
    """
    size, cost = _WINDOW, 0
    while True:
        window = text[start : start + size]
        is_last = start + size >= len(text)
        try:
            value, end = _DECODER.raw_decode(window)
        except RecursionError:
            return _Broken("it is nested too deeply", start, cost + len(window))
        except json.JSONDecodeError as error:
            is_cut = error.msg.startswith("Unterminated") or error.pos > len(window) - _EDGE
            if is_last or not is_cut:
                message = f"{error.msg[:1].lower()}{error.msg[1:]}"
                return _Broken(message, start + error.pos, cost + max(1, error.pos))
        else:
            return _Parsed(value, start + end)
        cost += len(window)
        size *= _GROWTH


def _broken(message: str, at: int) -> _PlacedProblem:
    return _PlacedProblem(
        "broken-json", f"its JSON is broken: {message}", "what is whole around it was read", at
    )


def _stated(value: object) -> Iterator[_Stated]:
    """Yield what a parsed value says of reviews, in the order of the file."""
    waiting: list[tuple[object, _Object, int]] = [(value, {}, 0)]
    while waiting:
        one, around, depth = waiting.pop()
        inner: Sequence[object] = ()
        if isinstance(one, list):
            inner = one
        elif isinstance(one, dict):
            if _is(one, "ClaimReview"):
                yield _of_schema(one, around)
                continue
            if isinstance(one.get("claimReview"), list):
                yield from _of_search(one)
                continue
            inner, around = tuple(one.values()), one
        if depth < _DEEPEST:
            waiting += [
                (each, around, depth + 1) for each in reversed(inner) if isinstance(each, list | dict)
            ]


def _is(one: _Object, kind: str) -> bool:
    kinds = one.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.rpartition("/")[2].rpartition(":")[2] == kind for name in named)


def _of_schema(one: _Object, around: _Object) -> _Stated:
    """Read schema.org's ClaimReview; `around` is the item of a feed that holds it."""
    rating, claim = _first(one.get("reviewRating")), _first(one.get("itemReviewed"))
    return _Stated(
        claim=_text(one.get("claimReviewed")) or _text(claim.get("name")),
        author=_name(one.get("author")) or _name(one.get("publisher")) or _name(around.get("author")),
        rating=_text(rating.get("alternateName")) or _text(rating.get("name")),
        url=_text(one.get("url")) or _text(around.get("url")) or _text(one.get("@id")),
        published=_day(one.get("datePublished")),
        title=_text(one.get("headline")) or _text(one.get("name")),
        claimed_by=_name(claim.get("author")),
        claimed=_day(claim.get("datePublished")) or _day(claim.get("dateCreated")),
        value=_text(rating.get("ratingValue")),
        best=_text(rating.get("bestRating")),
        worst=_text(rating.get("worstRating")),
        language=_text(one.get("inLanguage")),
    )


def _of_search(one: _Object) -> Iterator[_Stated]:
    """Read a claim of the Fact Check Tools API with the reviews of it."""
    for review in one["claimReview"]:
        if isinstance(review, dict):
            publisher = _first(review.get("publisher"))
            yield _Stated(
                claim=_text(one.get("text")),
                author=_text(publisher.get("name")) or _text(publisher.get("site")),
                rating=_text(review.get("textualRating")),
                url=_text(review.get("url")),
                published=_day(review.get("reviewDate")),
                title=_text(review.get("title")),
                claimed_by=_text(one.get("claimant")),
                claimed=_day(one.get("claimDate")),
                language=_text(review.get("languageCode")),
            )


def _review(stated: _Stated, at: int) -> Review | _PlacedProblem:
    if stated.claim is None or stated.author is None or stated.url is None:
        parts = (("claim", stated.claim), ("author", stated.author), ("url", stated.url))
        lacking = " and no ".join(name for name, found in parts if found is None)
        return _PlacedProblem(
            "incomplete-review",
            f"a ClaimReview has no {lacking}",
            "it needs what it reviews (claimReviewed), who reviews it (author) and its url",
            at,
        )
    return Review(
        claim_reviewed=stated.claim,
        author=stated.author,
        rating=stated.rating or stated.value or "",
        url=stated.url,
        published_at=stated.published,
        title=stated.title,
        claimed_by=stated.claimed_by,
        claimed_at=stated.claimed,
        rating_value=stated.value,
        best_rating=stated.best,
        worst_rating=stated.worst,
        language=stated.language,
    )


def _problem(code: str, message: str, hint: str, *, origin: str) -> Problem:
    return Problem(code=code, message=message, stage=STAGE, origin=origin, hint=hint)


def _first(value: object) -> _Object:
    """Return an object, or the first one of a list; feeds give either."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, dict)), None)
    return value if isinstance(value, dict) else {}


def _name(value: object) -> str | None:
    """Return who somebody is: a name as it stands, or that of an object or of the first of a list."""
    if isinstance(value, list):
        return next(filter(None, map(_name, value[:_DEEPEST])), None)
    if isinstance(value, dict):
        return _text(value.get("name")) or _text(value.get("url"))
    return _text(value)


def _text(value: object) -> str | None:
    """Return words without mark-up's entities and with single blanks; None where there are none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    words = " ".join(html.unescape(_SURROGATE.sub("\ufffd", value[:_LONGEST])).split())
    return words.replace("\0", "\ufffd") or None


def _day(value: object) -> str | None:
    """Return an ISO 8601 date as it stands; None where another calendar or notation is used."""
    stated = _text(value)
    if stated is None:
        return None
    try:
        checked_date(stated)
    except BadRecord:
        return None
    return stated
