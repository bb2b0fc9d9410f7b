"""A line keeps all that was read of a value."""

import msgspec

from sayso.core.ids import CaptureId, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Claim, Document, Place, PlaceCandidate, Run, Time
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
