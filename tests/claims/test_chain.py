"""The source chain of bare spans: whatever the finder, each attribution stands in the one that holds it."""

from itertools import pairwise

import pytest

from sayso.claims.attribution import Draft, discourse, nesting
from sayso.core.ports import Found
from sayso.core.settings import Extraction, Settings
from sayso.core.spans import Span, hull
from sayso.flow.pipeline import extract
from sayso.language.segments import Segments

RULES = Settings(extraction=Extraction(finder="rules"))


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
        ["Ada Brenn"],
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


NEWS_PAGE = """Market burns in Halm

{introduction}

“Nobody was warned of it,” she added.

The fire began on Monday, and the harbour was closed.

Shops stayed shut on Tuesday.
"""


@pytest.mark.parametrize("issuers", [[], ["Ada Dovan"], ["Ministry of Trade of Ordania"]])
def test_an_official_who_speaks_near_the_head_of_a_news_page_does_not_fill_it(issuers: list[str]) -> None:
    text = NEWS_PAGE.format(introduction="The mayor told reporters:").replace(
        "“Nobody", "It is late. “Nobody"
    )
    drafts = discourse([found(text, source="The mayor", cue="told")], Segments(text), issuers)
    own = [hull(draft.content).of(text) for draft in drafts if draft.own]
    assert own == [
        "Market burns in Halm",
        "The fire began on Monday, and the harbour was closed",
        "Shops stayed shut on Tuesday",
    ]


@pytest.mark.parametrize("ministry", ["The ministry", "The spokesman of the Ministry of Trade of Ordania"])
def test_who_issues_a_page_fills_it(ministry: str) -> None:
    text = f"On the market\n\n{ministry} said on Monday:\n\nThe market burned.\n\nIt was full.\n"
    some = [found(text, source=ministry, cue="said")]
    drafts = discourse(some, Segments(text), ["Ministry of Trade of Ordania"])
    [block] = [draft for draft in drafts if draft.block]
    assert hull(block.content).of(text) == "The market burned.\n\nIt was full."


@pytest.mark.parametrize(
    ("publisher", "fills"), [("Ministry of Trade of Ordania", True), ("Trade Times", False), (None, False)]
)
def test_only_a_body_that_publishes_in_its_own_name_fills_its_page(
    publisher: str | None, *, fills: bool
) -> None:
    text = (
        "Market burns in Halm\n\nThe Ministry of Trade told reporters:\n\n"
        "Nobody was warned of it. We are sad.\n\n"
        "The fire began on Monday at the old gate, and the harbour was closed, the guild said.\n\n"
        "Shops stayed shut on Tuesday. Firefighters came from two towns.\n"
    )
    own = [
        hull(one.content).of(text)
        for one in extract(text, publisher=publisher, settings=RULES).attributions
        if one.voice == "outlet"
    ]
    assert ("Shops stayed shut on Tuesday" in own) is not fills


def test_two_who_announce_the_same_words_stand_in_each_other() -> None:
    text = "Northwire reports that the mayor said:\n\nWe condemn the fire.\n"
    both = [
        found(text, source="Northwire", cue="reports"),
        found(text, source="the mayor", cue="said"),
    ]
    for some in (both, both[::-1]):
        assert chains(text, *some) == {"the mayor": ["the mayor", "Northwire"], "Northwire": ["Northwire"]}


def test_one_who_announces_with_two_cues_announces_once() -> None:
    text = "In a statement the ministry released, the mayor said:\n\nWe condemn the fire.\n"
    some = [found(text, cue="released"), found(text, source="the mayor", cue="said")]
    assert chains(text, *some) == {"the mayor": ["the mayor"]}


def test_lines_that_begin_and_end_a_text_are_nobodys_claims() -> None:
    text = "It rained.\n\nBegin text:\n\nThe market burned.\n\nEnd of statement.\n\nBegin early.\n\nENDS\n"
    drafts = discourse([], Segments(text))
    assert [hull(draft.content).of(text) for draft in drafts] == [
        "It rained",
        "The market burned",
        "Begin early",
    ]


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


TALK = """Talk in Halm

QUESTION: Your army shelled the market. Ten people are dead. Why?

MS. DOVAN: No.

QUESTION: You deny it.

It was filmed.

MR. BRENN: We have seen it. Who filmed it?

MS. DOVAN: Who indeed?

QUESTION: Thank you.

The talk was held on Monday.
"""


def test_what_a_questioner_says_is_never_the_outlets() -> None:
    drafts = discourse([], Segments(TALK))
    own = [hull(draft.content).of(TALK) for draft in drafts if draft.own]
    assert own == ["Talk in Halm", "The talk was held on Monday"]
    spoken = [
        (hull(draft.source).of(TALK), hull(draft.content).of(TALK)) for draft in drafts if not draft.own
    ]
    assert spoken == [("MS. DOVAN", "No"), ("MR. BRENN", "We have seen it. Who filmed it?")]


def test_no_label_stays_inside_what_somebody_says() -> None:
    content = Span(TALK.index("Ten people"), TALK.index("Who filmed it?"))
    source = Span(TALK.index("Talk"), TALK.index(" in Halm"))
    drafts = discourse([Found(content=(content,), cue=(source,), source=(source,))], Segments(TALK))
    [read] = [draft for draft in drafts if draft.cue]
    assert [span.of(TALK) for span in read.content] == [
        "Ten people are dead. Why?",
        "No.",
        "You deny it.\n\nIt was filmed.",
        "We have seen it.",
    ]


def test_one_question_in_an_article_leaves_the_article_its_own_voice() -> None:
    text = "HALM — The market burned.\n\nQ: Your army did it. Why?\n\nNobody knows.\n"
    drafts = discourse([], Segments(text))
    assert [(hull(draft.content).of(text), draft.own) for draft in drafts] == [
        ("The market burned", True),
        ("Nobody knows", True),
    ]


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
