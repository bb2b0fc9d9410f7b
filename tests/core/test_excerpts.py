"""Words that are too long to be read at once are shown in part, and it is said how long they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.excerpts import MOST, left_out, shortened, window
from sayso.core.spans import Span


@given(words=st.text(max_size=400), most=st.integers(3, 300))
def test_short_words_are_whole_and_long_ones_keep_both_ends(words: str, most: int) -> None:
    shown = shortened(words, most)
    if len(words) <= most:
        assert shown == words
        return
    end = most // 3
    assert shown.startswith(words[:end])
    assert shown.endswith(words[-end:])
    assert f"[… {len(words) - 2 * end:,} characters …]" in shown


def test_words_of_megabytes_are_bounded() -> None:
    assert len(shortened("ب" * 5_000_000)) < 2 * MOST


@given(whole=st.integers(1, 3 * MOST), before=st.integers(0, 3 * MOST), inside=st.data())
def test_what_is_shown_holds_the_words_or_their_beginning(
    whole: int, before: int, inside: st.DataObject
) -> None:
    stretch = Span(before, before + whole)
    start = inside.draw(st.integers(stretch.start, stretch.end - 1))
    words = Span(start, inside.draw(st.integers(start + 1, stretch.end)))
    shown = window(stretch, words)
    assert shown.within(stretch)
    assert shown.start <= words.start
    assert shown.end >= min(words.end, words.start + MOST)
    assert len(shown) < 2 * MOST + 1
    assert (left_out(stretch, shown) == "") is (shown == stretch)


@pytest.mark.parametrize(("start", "told"), [(0, "1,200 of 2,000,000"), (1_000_000, "1,800 of 2,000,000")])
def test_it_is_said_how_much_is_shown(start: int, told: str) -> None:
    stretch = Span(0, 2_000_000)
    assert told in left_out(stretch, window(stretch, Span(start, stretch.end)))
