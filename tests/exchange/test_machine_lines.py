"""A line keeps all that was read of a value."""

import msgspec

from sayso.core.ids import CaptureId, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Claim, Document, Event, Place, PlaceCandidate, Quantity, Run, Time
from sayso.core.spans import Span
from sayso.exchange.lines import line

TEXT = "It has rained in Brenna since late July."


def test_modifiers_and_candidates_of_values_are_in_the_line() -> None:
    document = Document(capture=CaptureId("cap_1"), text=TEXT, text_sha256=text_sha256(TEXT), reader="text 1")
    attribution = Attribution(document=document.id, content=(Span(0, len(TEXT)),), voice="outlet")
    candidate = PlaceCandidate(
        gazetteer="g:1", name="Brenna", kind="city", countries=("VL",), latitude=41, longitude=45, score=1
    )
    time = Time(span=Span(24, 39), value="2031-07", kind="date", modifiers=("on_or_after", "end"))
    place = Place(span=Span(17, 23), name="Brenna", gazetteer="g:1", candidates=(candidate,))
    claim = Claim(
        attribution=attribution.id,
        content=attribution.content,
        act="assert",
        times=(time,),
        places=(place,),
    )
    run = Run(tool="test", version="1")
    written = msgspec.json.encode(
        line(Reading(document=document, run=run, records=(attribution, claim)), name="a")
    )
    [row] = msgspec.json.decode(written)["claims"]
    assert row["times"] == [msgspec.json.decode(msgspec.json.encode(time))]
    assert row["places"] == [msgspec.json.decode(msgspec.json.encode(place))]
    assert row["times"][0]["modifiers"] == ["on_or_after", "end"]
    assert row["places"][0]["candidates"][0]["gazetteer"] == "g:1"


DENIED = "The army did not shell Brenna, it said, and denied that 9 died."


def test_a_claim_says_how_it_stands_and_its_figures_whether_they_are_held() -> None:
    document = Document(
        capture=CaptureId("cap_1"), text=DENIED, text_sha256=text_sha256(DENIED), reader="text 1"
    )
    attribution = Attribution(document=document.id, content=(Span(0, 30),), voice="indirect")
    negated = Claim(
        attribution=attribution.id,
        content=attribution.content,
        act="deny",
        negation=Span(13, 16),
        event=Event(span=Span(17, 22), category="assault"),
    )
    toll = Quantity(span=Span(56, 57), kind="count", low=9, best=9, high=9, bound="exact", stated="denied")
    taken_for_granted = Claim(
        attribution=attribution.id,
        content=(Span(56, 62),),
        act="assert",
        embedded="presupposed",
        quantities=(toll,),
    )
    run = Run(tool="test", version="1")
    reading = Reading(document=document, run=run, records=(attribution, negated, taken_for_granted))
    first, second = msgspec.json.decode(msgspec.json.encode(line(reading, name="a")))["claims"]
    assert (first["negation"], first["embedded"], first["polarity"]) == ([13, 16], None, "+")
    assert first["event"] == {"span": [17, 22], "category": "assault", "mode": None}
    assert (second["negation"], second["event"], second["embedded"]) == (None, None, "presupposed")
    assert second["quantities"][0]["stated"] == "denied"
