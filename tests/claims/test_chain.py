"""The source chain of bare spans: whatever the finder, each attribution stands in the one that holds it."""

from itertools import pairwise

import pytest

from sayso.claims.attribution import Draft, discourse, nesting
from sayso.core.ports import Found
from sayso.core.spans import Span, hull
from sayso.language.segments import Segments


def found(text: str, *, content: str = "", cue: str = "", source: str = "") -> Found:
    """Return an attribution by its words; each stands once in the text."""

    def at(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    return Found(content=at(content), cue=at(cue), source=at(source))


def chains(text: str, *some: Found) -> dict[str, list[str]]:
    """Return, for each cited source, the sources from the innermost out."""
    drafts = discourse(some, Segments(text))
    holders = nesting(drafts)

    def name(draft: Draft) -> str:
        return hull(draft.source).of(text) if draft.source else "?"

    made: dict[str, list[str]] = {}
    for index, draft in enumerate(drafts):
        walk: list[str] = []
        at: int | None = index
        while at is not None:
            walk.append(name(drafts[at]))
            at = holders[at]
        if not draft.own:
            made[walk[0]] = walk
    return made


def test_three_speakers_stand_in_each_other() -> None:
    text = "Northwire reports that the mayor said that Ordania denies that it fired."
    assert chains(
        text,
        found(
            text,
            source="Northwire",
            cue="reports",
            content="the mayor said that Ordania denies that it fired",
        ),
        found(text, source="the mayor", cue="said", content="Ordania denies that it fired"),
        found(text, source="Ordania", cue="denies", content="it fired"),
    ) == {
        "Northwire": ["Northwire"],
        "the mayor": ["the mayor", "Northwire"],
        "Ordania": ["Ordania", "the mayor", "Northwire"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Northwire, citing the mayor, reported that rain fell.",
        "Northwire reported that rain fell, citing the mayor.",
        "On Monday, citing the mayor, Northwire reported that rain fell.",
    ],
)
def test_whom_somebody_cites_stands_inside_who_cites(text: str) -> None:
    both = (
        found(text, source="Northwire", cue="reported", content="rain fell"),
        found(text, source="the mayor", cue="citing", content="rain fell"),
    )
    for some in (both, both[::-1]):
        assert chains(text, *some)["the mayor"] == ["the mayor", "Northwire"]


def test_of_two_credits_behind_the_same_words_the_farther_one_is_outside() -> None:
    text = "Rain fell, the mayor said, Northwire reports."
    assert chains(
        text,
        found(text, source="Northwire", cue="reports", content="Rain fell"),
        found(text, source="the mayor", cue="said", content="Rain fell"),
    )["the mayor"] == ["the mayor", "Northwire"]


def test_two_who_say_the_same_on_both_sides_of_it_stand_beside_each_other() -> None:
    text = "The mayor said that rain fell, and the guild agreed."
    made = chains(
        text,
        found(text, source="The mayor", cue="said", content="rain fell"),
        found(text, source="the guild", cue="agreed", content="rain fell"),
    )
    assert made == {"The mayor": ["The mayor"], "the guild": ["the guild"]}


STATEMENT = """Attack on the Halm bridge

{introduction}

We condemn the attack on the bridge.

Ordania must answer for it. The engineers reported two charges.

{ending}

The bridge was built in 1981.
"""


@pytest.mark.parametrize("ending", ["Notes to editors", "End text.", "ENDS"])
def test_an_announced_statement_holds_its_performatives_and_ends_where_the_page_says(ending: str) -> None:
    text = STATEMENT.format(introduction="The foreign secretary Ada Brenn said:", ending=ending)
    drafts = discourse(
        [
            found(
                text,
                source="The foreign secretary Ada Brenn",
                cue="said",
                content="We condemn the attack on the bridge",
            ),
            found(text, source="We", cue="condemn", content="the attack on the bridge"),
            found(text, source="The engineers", cue="reported", content="two charges"),
        ],
        Segments(text),
    )
    holders = nesting(drafts)
    outer = next(i for i, draft in enumerate(drafts) if draft.block)
    assert hull(drafts[outer].content).of(text).endswith("The engineers reported two charges.")
    assert [holders[i] for i, draft in enumerate(drafts) if not draft.own and i != outer] == [outer, outer]
    assert any(draft.own and hull(draft.content).of(text).startswith("The bridge was") for draft in drafts)


def test_performatives_of_a_statement_nobody_introduces_stand_in_nothing() -> None:
    text = "We condemn the attack on the bridge.\n\nOrdania must answer for it.\n"
    made = chains(text, found(text, source="We", cue="condemn", content="the attack on the bridge"))
    assert made == {"We": ["We"]}


def test_a_line_that_only_opens_the_text_is_stepped_over() -> None:
    text = (
        "The text of the following statement was released by the Council.\n\nBegin text:\n\n"
        "The Council calls for calm.\n\nEnd text.\n"
    )
    drafts = discourse([found(text, source="the Council", cue="was released by")], Segments(text))
    [block] = [draft for draft in drafts if draft.block]
    assert hull(block.content).of(text) == "The Council calls for calm."


def test_the_narrator_takes_over_again_behind_a_statement_in_the_middle_of_an_article() -> None:
    body = "The road was closed.\n\nIt stayed so.\n\nPeople waited.\n\nThe mayor Ada Brenn wrote:\n\n"
    text = body + "We did all we could, and I am sorry.\n\nShops were open on the next day.\n"
    drafts = discourse([found(text, source="The mayor Ada Brenn", cue="wrote")], Segments(text))
    [block] = [draft for draft in drafts if draft.block]
    assert hull(block.content).of(text) == "We did all we could, and I am sorry."


INTERVIEW = """QUESTION: Did your troops fire?

MS. DOVAN: They did not. Ordania says they did.

We have asked for an inquiry.

QUESTION: When will it begin?

MS. DOVAN: Next week. Nobody will be left out.
"""


def test_each_turn_of_a_transcript_is_its_speakers_and_holds_what_is_cited_in_it() -> None:
    drafts = discourse(
        [found(INTERVIEW, source="Ordania", cue="says", content="they did")], Segments(INTERVIEW)
    )
    turns = [draft for draft in drafts if draft.block]
    assert [hull(turn.source).of(INTERVIEW) for turn in turns] == ["MS. DOVAN", "MS. DOVAN"]
    assert hull(turns[0].content).of(INTERVIEW).endswith("We have asked for an inquiry")
    inner = next(i for i, draft in enumerate(drafts) if draft.cue)
    assert drafts[nesting(drafts)[inner] or 0] == turns[0]


def test_a_finder_that_reads_the_label_itself_does_not_double_the_turn() -> None:
    words = "Next week. Nobody will be left out"
    start = INTERVIEW.rindex("MS. DOVAN")
    label = Span(start, start + len("MS. DOVAN"))
    content = Span(INTERVIEW.index(words), INTERVIEW.index(words) + len(words))
    drafts = discourse([Found(content=(content,), source=(label,))], Segments(INTERVIEW))
    assert sum(draft.content == (content,) for draft in drafts) == 1


def test_a_chain_does_not_depend_on_who_is_who() -> None:
    text = "Ordania said that Meridia denies that it fired."
    other = "Meridia said that Ordania denies that it fired."
    made = [
        chains(
            words,
            found(words, source=one, cue="said", content=f"{two} denies that it fired"),
            found(words, source=two, cue="denies", content="it fired"),
        )
        for words, one, two in ((text, "Ordania", "Meridia"), (other, "Meridia", "Ordania"))
    ]
    assert [list(map(len, one.values())) for one in made] == [[1, 2], [1, 2]]


def test_outer_attributions_come_before_those_they_hold() -> None:
    text = "Rain fell, the mayor said, Northwire reports, citing the guild."
    drafts = discourse(
        [
            found(text, source="the guild", cue="citing", content="Rain fell"),
            found(text, source="the mayor", cue="said", content="Rain fell"),
            found(text, source="Northwire", cue="reports", content="Rain fell"),
        ],
        Segments(text),
    )
    holders = nesting(drafts)
    assert all(holder is None or holder < index for index, holder in enumerate(holders))
    assert all(one.content == other.content for one, other in pairwise(drafts))
