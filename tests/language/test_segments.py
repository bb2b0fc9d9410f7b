"""Paragraphs, sentences and quotations cover a text without overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.segments import Segments

prose = st.text(alphabet='ab AB.!?"“”«»„\n-\u00a0é1,\U0001f54a', max_size=200)


@given(prose)
def test_sentences_cover_every_letter_once_and_in_order(text: str) -> None:
    segments = Segments(text)
    covered = [i for sentence in segments.sentences for i in range(sentence.span.start, sentence.span.end)]
    assert covered == sorted(set(covered))
    assert all(i in set(covered) for i, character in enumerate(text) if character.isalpha())


@given(prose)
def test_quotations_do_not_overlap_and_lie_in_one_paragraph(text: str) -> None:
    segments = Segments(text)
    end = 0
    for quotation in segments.quotations:
        assert quotation.outer.start >= end
        assert quotation.inner.within(quotation.outer)
        assert any(quotation.outer.within(paragraph) for paragraph in segments.paragraphs)
        end = quotation.outer.end


@given(prose)
def test_tokens_are_the_words_at_their_offsets(text: str) -> None:
    for token in Segments(text).tokens:
        assert token.span.of(text).lower().replace("’", "'") == token.lower.replace("’", "'")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It began on Sept. 27 in Halm. It ended.", 2),
        ("Mr. Brenn met Gen. Ada Orr. They spoke.", 2),
        ("“Why?” he asked. Nobody answered.", 2),
        ("The U.S. envoy left. He said nothing", 2),
        ("It rose 2.5 percent. Then it fell.", 2),
        ("He left.” “We stay,” she said.", 2),
    ],
)
def test_an_abbreviation_or_a_figure_ends_no_sentence(text: str, count: int) -> None:
    assert len(Segments(text).sentences) == count


def test_a_line_broken_for_width_stays_in_its_paragraph() -> None:
    text = "The ministry said on Monday that the road to the northern valley\nhad been closed.\n\nRain fell."
    assert len(Segments(text).paragraphs) == 2


def test_items_of_a_list_lose_their_sign() -> None:
    text = "The ministry restated:\n\n- the first point;\n\n- the second point."
    segments = Segments(text)
    assert [s.span.of(text) for s in segments.sentences if s.bullet] == [
        "the first point;",
        "the second point.",
    ]


def test_a_quotation_opened_again_in_the_next_paragraph_continues() -> None:
    first, second = Segments("“We left.\n\n“We came back,” she said.").quotations
    assert (first.closed, second.closed, second.continued) == (False, True, True)


def test_a_mark_too_many_loses_nothing() -> None:
    text = 'He said "we go. Then it rained.\n\nIt stopped.'
    segments = Segments(text)
    assert segments.quotations[0].outer.of(text) == '"we go. Then it rained.'
    assert len(segments.sentences) == 3
