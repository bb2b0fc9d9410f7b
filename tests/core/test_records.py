"""Records check themselves, and their ids follow from their content."""

import string
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core import codec, ids
from sayso.core.errors import BadRecord, BadSpan
from sayso.core.ids import AttributionId, CaptureId, ClaimId, DocumentId, RunId
from sayso.core.records import RECORD_KINDS, Attribution, Claim, Document, Link, Quantity, Record
from sayso.core.spans import Span, Utf16, covers, hull, trimmed, words

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
