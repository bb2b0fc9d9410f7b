"""Reprints among a hundred thousand other documents: which are found, and what a document costs."""

from collections.abc import Iterator

from quality import reprints, shared

from bench.timing import Figure

STORIES, OTHERS = 2_000, 100_000


def figures() -> Iterator[Figure]:
    """Yield the measures of `quality.reprints` at full size; nothing without the reference data."""
    if not shared.is_here():
        return
    made = reprints.printed(STORIES, OTHERS)
    score = reprints.scored(made)
    how = f"{STORIES:,} stories, each printed again in seven ways, among {OTHERS:,} other documents"
    for measure in reprints.measures_of(score):
        yield Figure(measure.name, f"{measure.value:.1f} %", how)
    yield Figure("reprints, a document", f"{1000 * score.seconds / len(made):.2f} ms", how)
