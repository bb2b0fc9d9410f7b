"""What is shown of words too long to be read at once: one rule for the command line and the pages."""

from typing import Final

from sayso.core.spans import Span

MOST: Final = 1_200  # code points that are shown whole; news rarely says more in one claim
_AROUND: Final = 600  # shown on either side of words within what is longer


def shortened(words: str, most: int = MOST) -> str:
    """Return words, or of more than `most` code points the two ends and how many stand between them."""
    if len(words) <= most:
        return words
    end = most // 3
    return f"{words[:end]} [… {len(words) - 2 * end:,} characters …] {words[-end:]}"


def window(whole: Span, words: Span) -> Span:
    """Return what to show of a stretch in which words stand: all of it, or of a very long one what is near.

    Words that are very long themselves are shown from their beginning.
    """
    if len(whole) <= MOST:
        return whole
    return Span(
        max(whole.start, words.start - _AROUND), min(whole.end, words.end + _AROUND, words.start + MOST)
    )


def left_out(whole: Span, shown: Span) -> str:
    """Say how much of a stretch is shown; nothing where that is all."""
    return "" if shown == whole else f" [… {len(shown):,} of {len(whole):,} characters]"
