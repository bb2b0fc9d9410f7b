"""Places against two sets of news with coordinates: GeoVirus and TR-News (Gritta et al. 2018, 2020)."""

import gzip
import math
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from quality.measure import Measure
from quality.shared import SHARED
from sayso.claims.places import resolved
from sayso.claims.toponyms import Named, demonym, mentioned, named_at
from sayso.core.records import Place, PlaceCandidate
from sayso.core.spans import Span
from sayso.language.gazetteer import Entry, gazetteer
from sayso.language.segments import Segments, segments_of

_NEAR = 161.0  # kilometres, a hundred miles: the customary limit
_EARTH = 6371.0
_SHIFTED = 12  # code points by which an annotation may stand too far right


class Toponym(NamedTuple):
    """A place as annotated. Without coordinates it counts as a mention alone."""

    span: Span
    at: tuple[float, float] | None


class Text(NamedTuple):
    """An article with its toponyms."""

    text: str
    toponyms: tuple[Toponym, ...]


def measures() -> Iterator[Measure]:
    """Yield accuracy at 161 km given the mentions, and F1 of the mentions by exact spans, in per cent.

    Beside the accuracy stands that of the most populous record of each name: what the text adds to it.
    GeoVirus marks names of places alone; TR-News marks what peoples are called too ("Turkish" is Turkey).
    """
    for name, texts, peoples in (
        ("geovirus", geovirus(), False),
        ("tr_news", tr_news(), True),
    ):
        yield Measure(name=f"{name} acc@161km of gold mentions", value=_share(_right(texts)))
        yield Measure(name=f"{name} acc@161km of the most populous", value=_share(_most_populous(texts)))
        yield Measure(name=f"{name} mention F1", value=_f1(texts, peoples=peoples))


def geovirus() -> list[Text]:
    """Read GeoVirus."""
    return [
        Text(
            _text(one),
            tuple(Toponym(_span(one, place, "name"), _point(place)) for place in one.iter("location")),
        )
        for one in _articles("GeoVirus")
    ]


def tr_news() -> list[Text]:
    """Read TR-News."""
    return [
        Text(
            _text(one),
            tuple(
                Toponym(_span(one, place, "phrase"), _point(place.find("gaztag")))
                for place in one.iter("toponym")
            ),
        )
        for one in _articles("TR-News")
    ]


def _articles(name: str) -> Iterator[Element]:
    content = gzip.decompress((SHARED / "data" / "places" / f"{name}.xml.gz").read_bytes())
    yield from fromstring(content).iter("article")  # noqa: S314 - our own reference data, pinned with it


def _text(article: Element) -> str:
    return article.findtext("text") or ""


def _span(article: Element, place: Element, phrase: str) -> Span:
    """Return where the words stand: GeoVirus counts from one, TR-News lost a character here and there."""
    text, words, told = _text(article), place.findtext(phrase) or "", int(place.findtext("start") or 0)
    found = text.rfind(words, max(0, told - _SHIFTED), told + len(words))
    begin = found if found >= 0 else told
    return Span(begin, begin + len(words))


def _point(place: Element | None) -> tuple[float, float] | None:
    if place is None or not (place.findtext("lat") or "").strip():
        return None
    return float(place.findtext("lat") or 0), float(place.findtext("lon") or 0)


def _right(texts: list[Text]) -> Iterator[bool]:
    for text in texts:
        segments = segments_of(text.text)
        toponyms = sorted(text.toponyms)
        for toponym, place in zip(toponyms, _places(segments, toponyms), strict=True):
            if toponym.at is not None:
                yield any(_kilometres(toponym.at, first) <= _NEAR for first in place.candidates[:1])


def _most_populous(texts: list[Text]) -> Iterator[bool]:
    """Tell of each gold mention whether the most populous record of its name is the right place."""
    for text in texts:
        names = [one.span.of(text.text) for one in text.toponyms]
        for one, entries in zip(text.toponyms, gazetteer().find(names), strict=True):
            if one.at is not None:
                yield any(_kilometres(one.at, first) <= _NEAR for first in entries[:1])


def _places(segments: Segments, toponyms: list[Toponym]) -> list[Place]:
    """Resolve the gold mentions; what else the text names is context."""
    gold = named_at(segments, [one.span for one in toponyms])
    spans = [one.span for one in toponyms]
    others = [one for one in mentioned(segments) if not any(one.span.overlaps(span) for span in spans)]
    every: list[Named] = sorted([*gold, *others], key=lambda one: one.span)
    wanted = set(spans)
    return [place for place in resolved(segments, every) if place.span in wanted]


def _kilometres(at: tuple[float, float], found: PlaceCandidate | Entry) -> float:
    a, b = math.radians(at[0]), math.radians(found.latitude)
    across = math.radians(found.longitude - at[1])
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


def _f1(texts: list[Text], *, peoples: bool) -> float:
    right = found = wanted = 0
    for text in texts:
        guessed = {one.span for one in mentioned(segments_of(text.text)) if peoples or not demonym(one)}
        gold = {one.span for one in text.toponyms}
        right, found, wanted = right + len(gold & guessed), found + len(guessed), wanted + len(gold)
    return round(200 * right / max(1, found + wanted), 1)


def _share(answers: Iterator[bool]) -> float:
    every = list(answers)
    return round(100 * sum(every) / max(1, len(every)), 1)
