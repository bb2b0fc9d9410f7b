from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from sayso.core.ports import MOST_FILED
from sayso.core.records import Link, Quantity
from sayso.flow.contract import Memory
from sayso.linking.same import SameClaims

if TYPE_CHECKING:
    from tests.linking.conftest import CaseBuilder

MARKET = "Shells from the hills hit the fish market of Brenna at dawn"


def test_the_same_words_elsewhere_are_linked_to_the_first_text(case: CaseBuilder) -> None:
    later = case.said(MARKET, publisher="Times", published="2031-05-04")
    first = case.said(MARKET, publisher="Post", published="2031-05-03")
    (link,) = case.links(SameClaims())
    assert (link.kind, link.left, link.right, link.score) == ("same", later.id, first.id, 1.0)
    assert link.why == "Both say it in the same words."


def test_a_paraphrase_in_another_tense_by_another_voice_is_linked(case: CaseBuilder) -> None:
    case.said(MARKET, by="Halla Stroem")
    case.said(
        "The fish market of Brenna had been hit at dawn by shells from the hills", published="2031-05-04"
    )
    (link,) = case.links(SameClaims())
    assert 0.5 < link.score < 1
    assert "“fish”" in link.why


@pytest.mark.parametrize(
    "other",
    [
        "Shells from the hills did not hit the fish market of Brenna at dawn",
        "Shells from the hills hit the fish market of Ostrel at dawn",
        "None of the shells from the hills hit the fish market of Brenna at dawn",
        "That shells from the hills hit the fish market of Brenna at dawn is fake news",
        "Seven shells from the hills hit the fish market of Brenna at dawn",
        "The ferry from Brenna sails at dawn with fish for the market in the hills",
    ],
)
def test_a_denial_another_name_or_another_figure_is_not_the_same(case: CaseBuilder, other: str) -> None:
    case.said(MARKET)
    case.said(other, published="2031-05-04")
    assert case.links(SameClaims()) == []


def test_south_is_not_north(case: CaseBuilder) -> None:
    case.said("South Korvia fired two missiles towards the Amber coast")
    case.said("North Korvia fired two missiles towards the Amber coast", published="2031-05-04")
    assert case.links(SameClaims()) == []


def test_who_shelled_whom_matters(case: CaseBuilder) -> None:
    case.said("Vesland shelled Ostrany from the river bank")
    case.said("Ostrany shelled Vesland from the river bank", published="2031-05-04")
    passive = case.said("Ostrany was shelled from the river bank by Vesland", published="2031-05-05")
    (link,) = case.links(SameClaims())
    assert link.left == passive.id


def test_a_demand_is_not_a_report_of_the_deed(case: CaseBuilder) -> None:
    words = "both governments to withdraw their guns from the river"
    case.document(words, publisher="Post", published="2031-05-03").claim(words, act="demand")
    case.document(f"{words} at last", publisher="Times", published="2031-05-04").claim(words)
    assert case.links(SameClaims()) == []


def test_another_day_is_another_event(case: CaseBuilder) -> None:
    for number, (day, value) in enumerate((("4 May", "2031-05-04"), ("9 May", "2031-05-09"))):
        text = f"On {day} shells hit the fish market of Brenna"
        document = case.document(text, publisher="Post", published=f"2031-05-1{number}")
        document.claim(text, dates=[(day, value)])
    assert case.links(SameClaims()) == []


def test_a_claim_inside_another_is_not_its_double(case: CaseBuilder) -> None:
    text = "Stroem said Vesland shelled the fish market of Brenna, the Post reported."
    document = case.document(text, publisher="Times")
    outer = document.claim("Stroem said Vesland shelled the fish market of Brenna", by="the Post")
    document.claim(
        "Vesland shelled the fish market of Brenna", by="Stroem", within=document.attribution(outer)
    )
    assert case.links(SameClaims()) == []


def test_words_too_general_to_mean_one_thing_are_left_alone(case: CaseBuilder) -> None:
    case.said("all the charges")
    case.said("all the charges", publisher="Times", published="2031-05-04")
    assert case.links(SameClaims()) == []


def test_the_same_figure_for_the_same_outcome_and_place_is_the_same_claim(case: CaseBuilder) -> None:
    for text, day in (
        ("At least 21 people were killed in Brenna", "2031-05-03"),
        ("In the ruins of Brenna 21 lost their lives, counted from above", "2031-05-04"),
        ("At a funeral in Brenna the dead were said to number at least 21", "2031-05-05"),
    ):
        document = case.document(text, publisher="Post", published=day)
        high = None if "at least" in text.casefold() else 21
        document.claim(text, quantities=[document.killed("21", 21, high)], places=["Brenna"])
    (link,) = case.links(SameClaims())
    assert link.rule == "same-figure"
    assert link.why == "Both give at least 21 killed in Brenna."


def test_copies_give_a_star_and_not_all_pairs(case: CaseBuilder) -> None:
    firsts = []
    for story in range(5):
        words = f"Shells number {story + 30} from hill {story + 70} hit market {story + 50} of Brenna"
        firsts.append(case.said(words, published="2031-05-01"))
        for copy in range(40):
            case.said(words, publisher=f"Times {copy}", published="2031-05-02")
    links = case.links(SameClaims())
    assert len(links) == 5 * 40
    assert {link.right for link in links} == {claim.id for claim in firsts}


def test_an_empty_case_has_no_links(case: CaseBuilder) -> None:
    assert case.links(SameClaims()) == []


def test_the_same_claim_on_one_day_says_that_the_order_is_not_known(case: CaseBuilder) -> None:
    words = "Shells from the hills hit the fish market of Brenna"
    case.said(words, by="Halla Stroem")
    timed = case.said(words, by="Halla Stroem", publisher="Times", published="2031-05-03T22:40:00Z")
    [link] = case.links(SameClaims())
    assert link.right == timed.id
    assert link.why == (
        "Both say it in the same words; both are of 2031-05-03, and which of the two was first is not known."
    )


def test_a_long_sentence_that_holds_a_short_one_of_its_day_says_the_same(case: CaseBuilder) -> None:
    short = "The Veslandi army launched a large river attack on Ostran bridges at dawn on May 2"
    long = (
        "Vesland, having left the talks and buried the truce with a chain of threats, resorted on May 2 to a "
        "large river attack at dawn against Ostrany and the fishermen who mend their nets there"
    )
    for publisher, text in (("Post", short), ("Times", long)):
        document = case.document(f"{text}.", publisher=publisher, published="2031-05-03")
        document.claim(text, act="accuse", dates=[("May 2", "2031-05-02")])
    [link] = case.links(SameClaims())
    assert link.rule == "rare-words"


@pytest.mark.parametrize(
    "other", ["Korvia occupies 20 percent of Ostrany", "Vesland mapped 20 percent of Ostrany"]
)
def test_a_share_is_the_same_when_the_same_side_does_the_same_with_it(case: CaseBuilder, other: str) -> None:
    texts = {
        "Post": "In the war the Veslandi army occupied 20 percent of Ostrany",
        "Times": "Against all law Vesland still occupies 20 percent of the fields of Ostrany and farms them",
        "Herald": other,
    }
    claims = {}
    for number, (publisher, text) in enumerate(texts.items()):
        document = case.document(f"{text}.", publisher=publisher, published=f"203{number}-05-03")
        span = document.span("20 percent")
        share = Quantity(span=span, kind="percent", low=20, best=20, high=20, bound="exact", unit="percent")
        claims[publisher] = document.claim(text, quantities=[share]).id
    links = [(link.left, link.right, link.rule) for link in case.links(SameClaims())]
    assert links == [(claims["Times"], claims["Post"], "same-figure")]


@pytest.mark.parametrize(("figure", "alike"), [(21, True), (2, False)])
def test_a_toll_is_the_same_where_only_the_sentence_before_names_the_place(
    case: CaseBuilder, figure: int, *, alike: bool
) -> None:
    first = case.document(f"{figure} people were killed in Brenna.", publisher="Post", published="2031-05-03")
    toll = [first.killed(str(figure), figure, figure)]
    earlier = first.claim(f"{figure} people were killed in Brenna", places=["Brenna"], quantities=toll)
    text = f"Guns fired on Brenna. {figure} civilians lost their lives."
    later = case.document(text, publisher="Times", published="2031-05-04")
    later.claim("Guns fired on Brenna", places=["Brenna"])
    toll = [later.killed(str(figure), figure, figure, of="civilian")]
    repeated = later.claim(f"{figure} civilians lost their lives", quantities=toll)
    expected = [(repeated.id, earlier.id)] if alike else []
    assert [(link.left, link.right) for link in case.links(SameClaims())] == expected


def test_the_words_of_two_denials_have_their_verb(case: CaseBuilder) -> None:
    words = "its gunners had shelled the fish market of Brenna"
    for publisher, day in (("Post", "2031-05-03"), ("Times", "2031-05-04")):
        document = case.document(f"Vesland denied that {words}.", publisher=publisher, published=day)
        document.claim(words, by="Vesland", cue="denied", act="deny", polarity="-")
    (link,) = case.links(SameClaims())
    memory = case.memory()
    assert [span.of(memory.text(link.left)) for span in link.left_spans] == ["denied", words]
    assert [span.of(memory.text(link.right)) for span in link.right_spans] == ["denied", words]


STORIES = (
    ("2031-05-03", "Post", "Shells from the hills hit the fish market of Brenna at dawn"),
    ("2031-05-04", "Times", "The fish market of Brenna had been hit at dawn by shells from the hills"),
    ("2031-05-05", "Herald", "Shells from the hills hit the fish market of Brenna at dawn"),
    ("2031-05-06", "Post", "The ferry to Ostrel does not sail while the long pier is under repair"),
    ("2031-05-07", "Times", "While the long pier is under repair the ferry to Ostrel does not sail"),
)


def linked_in(case: CaseBuilder, *steps: Sequence[int]) -> set[str]:
    """Link the stories after each step, and return the ids of all links."""
    readings = [case.reading(number) for number in range(len(STORIES))]
    memory = Memory()
    found: set[str] = set()
    for step in steps:
        memory.add(readings[number] for number in step)
        found |= {link.id for link in memory.link(SameClaims()) if isinstance(link, Link)}
    return found


def test_documents_that_come_one_by_one_give_the_links_of_all_at_once(case: CaseBuilder) -> None:
    for day, outlet, text in STORIES:
        case.said(text, publisher=outlet, published=day)
    whole = linked_in(case, range(5))
    assert len(whole) == 3
    assert linked_in(case, [0], [1], [2], [3], [4]) == whole
    assert linked_in(case, [0, 3], [1, 2, 4]) == whole


def test_a_document_found_late_is_linked_as_the_first(case: CaseBuilder) -> None:
    for day, outlet, text in STORIES[:2]:
        case.said(text, publisher=outlet, published=day)
    readings = [case.reading(number) for number in range(2)]
    memory = Memory(readings[1:])
    assert memory.link(SameClaims()) == []
    memory.add(readings[:1])
    [link] = memory.link(SameClaims())
    assert isinstance(link, Link)
    assert (link.left, link.right) == (readings[1].claims[0].id, readings[0].claims[0].id)


def test_what_very_many_documents_say_is_found_by_the_first_of_them(case: CaseBuilder) -> None:
    for number in range(3 * MOST_FILED):
        case.said(MARKET, publisher=f"Times {number}", published=f"2031-05-{number % 27 + 1:02}")
    case.said("Fishermen of Lind say that shells from the hills missed the pier", published="2031-04-01")
    links = case.links(SameClaims())
    assert len(links) == 3 * MOST_FILED - 1
    assert len({link.right for link in links}) == 1


def test_claims_without_words_are_passed_over(case: CaseBuilder) -> None:
    for text in ("!!!", "“…”", "  –  ", "7"):
        case.document(text, publisher="Post", published="2031-05-03").claim(text)
    assert case.links(SameClaims()) == []


def test_a_document_of_very_many_claims_takes_its_time_once(case: CaseBuilder) -> None:
    lines = [f"Hall {number} of Brenna lost {number} windows to shells" for number in range(400)]
    document = case.document("\n".join(lines), publisher="Post", published="2031-05-03")
    for number, line in enumerate(lines):
        document.claim(
            line, quantities=[document.killed(f"lost {number}", number, number)], places=["Brenna"]
        )
    assert [link for link in case.links(SameClaims()) if link.rule == "same-words"] == []
