"""Figures by length: reading four times the text takes four times as long, whatever is repeated in it."""

from collections.abc import Iterator

from bench.timing import Figure, growth
from sayso.claims.quantities import quantities_in
from sayso.language.segments import Segments

_TEXTS = {
    "prose": "The ministry said at least 21 civilians, among them 3 children, died in Halm on Monday. ",
    "digits": "9",
    "digits in groups": "1,234,",
    "digits in threes": "123 456 ",
    "list": "1,2,3,4,",
    "number words": "five thousand and six ",
    "scales": "million ",
    "fractions": "one and a half ",
    "ranges": "between 5 and 7 to ",
    "bounds": "more than less than at least ",
    "money": "$5 dollars 50 cents ",
    "parts": "12 people, among them 3 children, ",
    "toll": "the toll of the number of ",
    "spaces": "some   ",
    "outcomes": "killed wounded lost 5 ",
    "ages": "aged 9, ",
}


def figures() -> Iterator[Figure]:
    """Yield how the time to read figures grows."""
    yield from growth("figures", lambda segments: quantities_in(segments, ()), _TEXTS, prepared=Segments)
