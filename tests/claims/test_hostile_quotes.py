"""Quotation marks that nobody closed cost no claims."""

from sayso.flow.pipeline import extract

TEXT = """\
The mayor said "shells fell on the bridge. Nobody was hurt, O'Brien-d'Arcy said. He added: "It was‘ over.
“He said ‘she said “they lied.
"""


def test_a_source_without_a_word_breaks_nothing() -> None:
    reading = extract(TEXT)
    assert not reading.problems
    assert reading.claims
