"""Records check themselves, and their ids follow from their content."""

import string
from typing import ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core import codec, ids
from sayso.core.errors import BadRecord, BadSpan
from sayso.core.ids import AttributionId, CaptureId, ClaimId, DocumentId, PartyId, RunId
from sayso.core.records import (
    LIMIT_THAT_ENDED_IT,
    RECORD_KINDS,
    Attribution,
    Claim,
    Document,
    Hedge,
    Law,
    Link,
    Part,
    Place,
    PlaceCandidate,
    Quantity,
    Record,
    Run,
    Time,
    published_moment,
)
from sayso.core.spans import Span, Spans, Utf16, covers, hull, trimmed, words

AT = Span(0, 2)

spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 5000), st.integers(1, 500)
)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (-1, 3)])
def test_a_span_is_never_empty_reversed_or_negative(start: int, end: int) -> None:
    with pytest.raises(BadSpan):
        Span(start, end)


def test_a_span_that_ends_after_its_text_is_an_error() -> None:
    with pytest.raises(BadSpan, match="ends after the text"):
        Span(0, 4).of("abc")


@given(st.text(max_size=80), st.data())
def test_utf16_offsets_come_back_as_the_same_code_points(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))
    converter = Utf16(text)
    units = converter.units(point)
    assert units == len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
    assert converter.point(units) == point


@given(st.lists(spans, min_size=1, max_size=6))
def test_the_hull_covers_every_span(some: list[Span]) -> None:
    assert covers((hull(some),), tuple(some))


@given(st.text(alphabet=" ab\n", min_size=1, max_size=20))
def test_trimming_leaves_no_white_space_at_the_ends(text: str) -> None:
    left = trimmed(Span(0, len(text)), text)
    assert (left is None) == (not text.strip())
    if left is not None:
        assert left.of(text) == text.strip()


def test_the_words_of_split_spans_are_joined_by_an_ellipsis() -> None:
    assert words((Span(0, 1), Span(2, 3)), "a b") == "a … b"


claims = st.builds(
    lambda attribution, content, act, polarity: Claim(
        attribution=AttributionId(attribution), content=tuple(content), act=act, polarity=polarity
    ),
    st.text(string.hexdigits, min_size=1),
    st.lists(spans, min_size=1, max_size=3),
    st.sampled_from(["assert", "deny", "accuse"]),
    st.sampled_from(["+", "-"]),
)


@given(claims)
def test_a_record_read_back_is_the_same_record_with_the_same_bytes(claim: Claim) -> None:
    stored = codec.encode(claim)
    assert codec.decode(stored, Claim) == claim
    assert codec.encode(codec.decode(stored, Claim)) == stored


@given(claims, claims)
def test_two_records_share_an_id_only_when_their_content_is_the_same(one: Claim, other: Claim) -> None:
    assert (one.id == other.id) == (one == other)


def test_the_run_stands_outside_the_id() -> None:
    content = (Span(0, 3),)
    one = Claim(attribution=AttributionId("a"), content=content, act="deny", run=RunId("one"))
    other = Claim(attribution=AttributionId("a"), content=content, act="deny", run=RunId("other"))
    assert one.id == other.id


class _Before(Record, frozen=True, kw_only=True):
    prefix: ClassVar[str] = "tst"
    id: str = ""
    name: str


class _After(Record, frozen=True, kw_only=True):
    prefix: ClassVar[str] = "tst"
    id: str = ""
    name: str
    added: str | None = None


@given(st.text(max_size=20))
def test_a_field_added_later_changes_no_id_that_exists(name: str) -> None:
    before = _Before(name=name)
    assert codec.decode(codec.encode(before), _After).id == before.id
    assert _After(name=name, added="told").id != before.id


def test_a_quantity_that_is_held_keeps_the_id_of_its_claim_and_another_changes_it() -> None:
    def claim_of(quantity: Quantity) -> Claim:
        return Claim(
            attribution=AttributionId("att_1"), content=(Span(0, 9),), act="assert", quantities=(quantity,)
        )

    held = Quantity(span=Span(0, 2), kind="count", low=12, best=12, high=12, bound="exact", unit="person")
    retracted = Quantity(
        span=Span(0, 2),
        kind="count",
        low=12,
        best=12,
        high=12,
        bound="exact",
        unit="person",
        stated="retracted",
    )
    assert claim_of(held).id == "clm_8b1e067fc610efb758269134b0a5ee3b"
    assert claim_of(retracted).id != claim_of(held).id


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        (
            {"times": (Time(span=AT, value="XXXX-05", kind="date", anchor="2031-05-04"),)},
            "clm_57655a9b196b67bf85a3e3b7c82d79f8",
        ),
        ({"places": (Place(span=AT, name="Lunde"),)}, "clm_0de4b97bac07be12020e628298eaede8"),
        (
            {"places": (Place(span=AT, name="Lunde", kind="city", gazetteer="geonames:1"),)},
            "clm_f83e74d8a8766ec94ad0605efd961a82",
        ),
        (
            {
                "law": (
                    Law(span=AT, kind="article"),
                    Law(span=AT, kind="resolution", identifier="S/RES/822 (1993)"),
                )
            },
            "clm_f76c0a4f7bd8e4e7aaf92e638ecfe470",
        ),
        ({"hedges": (Hedge(span=AT, kind="distancing"),)}, "clm_2af7731213b0f7f60d136cf84149124d"),
        (
            {
                "actor": Part(span=AT, name="Orvale", party=PartyId("pty_1")),
                "action": Part(span=AT, name="fired"),
            },
            "clm_3cd53038f4780866322e8e26b0e741fd",
        ),
    ],
)
def test_a_claim_keeps_the_id_that_the_first_release_gave_it(parts: dict[str, object], known: str) -> None:
    claim = Claim(attribution=AttributionId("att_1"), content=(Span(0, 9),), act="assert")
    assert msgspec.structs.replace(claim, id=ClaimId(""), **parts).id == known


def test_what_else_a_place_may_mean_stands_outside_the_id_and_the_record_it_means_does_not() -> None:
    def claim_of(place: Place) -> Claim:
        return Claim(attribution=AttributionId("att_1"), content=(Span(0, 9),), act="assert", places=(place,))

    meant = PlaceCandidate(
        gazetteer="geonames:1",
        name="Lunde",
        kind="city",
        countries=("OV",),
        latitude=41.0,
        longitude=45.0,
        score=0.9,
    )
    left_open = Place(span=AT, name="Lunde")
    assert claim_of(msgspec.structs.replace(left_open, candidates=(meant,))).id == claim_of(left_open).id
    assert claim_of(msgspec.structs.replace(left_open, gazetteer="geonames:1")).id != claim_of(left_open).id


def test_a_time_with_a_modifier_is_another_time() -> None:
    late = Time(span=AT, value="2031-05", kind="date", modifiers=("end",))
    claim = Claim(attribution=AttributionId("att_1"), content=(Span(0, 9),), act="assert", times=(late,))
    plain = msgspec.structs.replace(late, modifiers=())
    assert msgspec.structs.replace(claim, id=ClaimId(""), times=(plain,)).id != claim.id


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2031-05-03", ("2031-05-03", "")),
        ("2031-05-03T23:30", ("2031-05-03", "23:30:00")),
        ("2031-05-03T23:30-05:00", ("2031-05-04", "04:30:00")),
        ("0001-01-01T00:00+05:00", ("0001-01-01", "00:00:00")),
        ("9999-12-31T23:00-05:00", ("9999-12-31", "23:59:59.999999")),
    ],
)
def test_a_moment_is_that_of_utc_as_far_as_there_are_days(stated: str, moment: tuple[str, str]) -> None:
    assert published_moment(stated) == moment


@pytest.mark.parametrize(
    ("cue", "stated"),
    [
        ((Span(0, 6),), (Span(0, 6), Span(12, 20))),
        ((Span(30, 36),), (Span(12, 20), Span(30, 36))),
        ((Span(14, 16),), (Span(12, 20),)),
        ((), (Span(12, 20),)),
    ],
)
def test_a_rejected_claim_is_stated_with_the_words_that_reject_it(cue: Spans, stated: Spans) -> None:
    content = (Span(12, 20),)
    denied = Claim(attribution=AttributionId("a"), content=content, act="deny", polarity="-")
    held = Claim(attribution=AttributionId("a"), content=content, act="assert")
    assert denied.stated(cue) == stated
    assert held.stated(cue) == content


def test_a_changed_field_is_found_when_a_record_is_read_back() -> None:
    stored = codec.encode(Claim(attribution=AttributionId("a"), content=(Span(0, 3),), act="deny"))
    with pytest.raises(BadRecord, match="wrong-id"):
        codec.decode(stored.replace(b'"deny"', b'"accuse"'), Claim)


def test_the_length_before_each_part_keeps_parts_apart() -> None:
    assert ids.content_id("x", [b"ab", b"c"]) != ids.content_id("x", [b"a", b"bc"])


def test_every_kind_of_record_has_its_own_prefix() -> None:
    assert len({kind.prefix for kind in RECORD_KINDS}) == len(RECORD_KINDS)


def test_a_document_refuses_a_text_that_is_not_the_hashed_one() -> None:
    with pytest.raises(BadRecord, match="not the digest"):
        Document(capture=CaptureId("c"), text="one", text_sha256=ids.text_sha256("other"), reader="r")


def test_a_document_refuses_a_date_that_is_none() -> None:
    with pytest.raises(BadRecord, match="no ISO 8601 date"):
        Document(
            capture=CaptureId("c"),
            text="one",
            text_sha256=ids.text_sha256("one"),
            reader="r",
            published_at="31 February",
        )


def test_a_link_to_itself_and_a_score_over_one_are_refused() -> None:
    with pytest.raises(BadRecord, match="itself"):
        Link(kind="same", left="a", right="a", score=1, rule="r", why="w")
    with pytest.raises(BadRecord, match="0 to 1"):
        Link(kind="same", left="a", right="b", score=1.5, rule="r", why="w")


def test_a_link_found_again_with_another_score_is_the_same_link() -> None:
    one = Link(kind="same", left="a", right="b", score=0.5, rule="r", why="w")
    other = Link(kind="same", left="a", right="b", score=0.9, rule="s", why="v", judgement="rejected")
    assert one.id == other.id


def test_the_low_end_of_a_quantity_is_never_above_its_high_end() -> None:
    with pytest.raises(BadRecord, match="low <= high"):
        Quantity(span=Span(0, 1), kind="count", low=3, best=None, high=2, bound="range")


def test_an_attribution_without_content_is_refused() -> None:
    with pytest.raises(BadRecord, match="needs content"):
        Attribution(document=DocumentId("d"), content=(), voice="direct")


def test_a_wrong_id_is_refused() -> None:
    with pytest.raises(BadRecord, match="leave the id out"):
        Claim(id=ClaimId("clm_0"), attribution=AttributionId("a"), content=(Span(0, 1),), act="assert")


def test_a_run_that_was_given_up_after_no_number_of_seconds_is_refused() -> None:
    for seconds, read in ((repr(100.00004), 100.00004), ("1e-06", 1e-6), ("100", 100.0)):
        assert Run(tool="t", version="1", settings={LIMIT_THAT_ENDED_IT: seconds}).given_up_after == read
    for wrong in ("soon", "", "nan", "inf", "-1", "\u0663", "9" * 10_000):
        with pytest.raises(BadRecord, match="no number of seconds"):
            Run(tool="t", version="1", settings={LIMIT_THAT_ENDED_IT: wrong})
