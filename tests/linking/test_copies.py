from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.conftest import RUN

from sayso.core.reading import Reading
from sayso.core.records import Link
from sayso.core.spans import Span
from sayso.flow.contract import Memory
from sayso.linking.copies import Copies
from sayso.linking.minhash import tokens_of
from sayso.linking.passages import SEED, Places, covered, passages, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.linking.conftest import CaseBuilder


def prose(seed: int, words: int) -> str:
    """Return words that share no 3-gram with those of another seed."""
    return " ".join(f"w{seed}x{n}" for n in range(words))


STORY = "\n\n".join(prose(paragraph, 50) for paragraph in range(6))


def only(links: list[Link]) -> Link:
    assert len(links) == 1, links
    return links[0]


def test_the_same_text_is_a_copy_of_the_first(case: CaseBuilder) -> None:
    later = case.document(f" {STORY}", publisher="Times", published="2031-05-04")
    later_still = case.document(f" {STORY}", publisher="Herald", published="2031-05-05")
    link = only(case.links(Copies()))
    assert (link.kind, link.rule, link.score) == ("copies", "identical", 1.0)
    assert (link.left, link.right) == (later_still.document.id, later.document.id)
    assert [span.of(f" {STORY}") for span in link.left_spans] == [STORY]
    assert link.why == (
        "Herald has the same text as Times, word for word; Times was first (2031-05-04, then 2031-05-05)."
    )


@pytest.mark.parametrize(("words", "copies"), [(3, 0), (11, 0), (12, 1)])
def test_a_few_words_that_two_texts_have_are_no_copy(case: CaseBuilder, words: int, copies: int) -> None:
    case.document(prose(1, words), publisher="Times", published="2031-05-04")
    case.document(prose(1, words), publisher="Herald", published="2031-05-05")
    assert len(case.links(Copies())) == copies
    case.document(f"{prose(1, words)} {prose(2, 5)}", publisher="Post", published="2031-05-06")
    assert {link.kind for link in case.links(Copies())} == ({"copies"} if copies else set())


def test_edits_leave_exact_passages_on_both_sides(case: CaseBuilder) -> None:
    first = case.document(STORY, publisher="Post", published="2031-05-03")
    edited = "A new lead. " + STORY.replace("w2x20 ", "another ").replace("w4x30 w4x31 ", "") + " 🕊️ The end."
    later = case.document(edited, publisher="Times", published="2031-05-04")
    link = only(case.links(Copies()))
    assert (link.kind, link.left, link.right) == ("copies", later.document.id, first.document.id)
    assert len(link.left_spans) == len(link.right_spans) == 3
    for left, right in zip(link.left_spans, link.right_spans, strict=True):
        assert left.of(edited) == right.of(STORY)
    assert "shares 297 words with Post" in link.why


def test_a_story_cut_to_three_paragraphs_is_a_copy(case: CaseBuilder) -> None:
    case.document(STORY, publisher="Post", published="2031-05-03")
    cut = "\n\n".join(STORY.split("\n\n")[3:]) + "\n\n" + prose(99, 120)
    case.document(cut, publisher="Times", published="2031-05-04")
    assert only(case.links(Copies())).kind == "copies"


def test_a_small_block_of_forty_words_in_two_long_texts_is_a_quotation(case: CaseBuilder) -> None:
    block = prose(50, 40)
    first = f"{prose(1, 150)} {block} {prose(2, 150)}"
    later = f"{prose(3, 150)} {block} {prose(4, 150)}"
    case.document(first, publisher="Post", published="2031-05-03")
    case.document(later, publisher="Times", published="2031-05-04")
    link = only(case.links(Copies()))
    assert link.kind == "quotes"
    assert [span.of(later) for span in link.left_spans] == [block]
    assert link.why.startswith("Times repeats a passage of 40 words that stands in Post; ")


def test_a_block_within_quotation_marks_is_a_quotation_however_large(case: CaseBuilder) -> None:
    block = prose(50, 60)
    case.document(f"{block} {prose(1, 60)}", publisher="Ministry", published="2031-05-03")
    case.document(f"The minister: “{block}” {prose(2, 30)}", publisher="Times", published="2031-05-04")
    assert only(case.links(Copies())).kind == "quotes"


def test_two_texts_that_quote_the_same_words_say_so(case: CaseBuilder) -> None:
    block = prose(50, 60)
    for number, outlet in enumerate(("Post", "Times")):
        text = f"{prose(number, 90)} “{block}” {prose(number + 2, 90)}"
        case.document(text, publisher=outlet, published=f"2031-05-0{number + 3}")
    link = only(case.links(Copies()))
    assert link.kind == "quotes"
    assert link.why.startswith("Times and Post give the same 60 quoted words; ")


def test_a_shared_phrase_is_no_copy(case: CaseBuilder) -> None:
    phrase = prose(50, 20)
    case.document(f"{prose(1, 100)} {phrase}", published="2031-05-03")
    case.document(f"{phrase} {prose(2, 100)}", published="2031-05-04")
    assert case.links(Copies()) == []


def test_undated_texts_come_last_and_the_sentence_says_it(case: CaseBuilder) -> None:
    case.document(STORY, publisher="Times")
    dated = case.document(STORY, publisher="Post", published="2031-05-09")
    link = only(case.links(Copies()))
    assert link.right == dated.document.id
    assert link.why.endswith("which of the two was first is not known.")


def test_a_family_is_a_star_around_its_first(case: CaseBuilder) -> None:
    first = case.document(STORY, publisher="Post", published="2031-05-03")
    for number in range(12):
        edited = STORY.replace(f"w1x{number} ", "") if number % 3 else STORY
        case.document(f"{edited} edition {number}", publisher="Times", published=f"2031-05-{number + 10}")
        case.document(edited, publisher="Herald", published=f"2031-05-{number + 10}")
    links = case.links(Copies())
    assert len(links) == 24
    assert {link.right for link in links} == {first.document.id}


def test_texts_without_words_are_nobodys_copies(case: CaseBuilder) -> None:
    for text in ("", "", "…", "…", " \n"):
        case.document(text)
    assert case.links(Copies()) == []


def test_one_word_repeated_without_end_is_compared_in_bounded_time(case: CaseBuilder) -> None:
    case.document("ha " * 20_000, published="2031-05-03")
    case.document("ha " * 19_000, published="2031-05-04")
    assert only(case.links(Copies())).kind == "copies"


def test_many_identical_documents_give_a_link_each(case: CaseBuilder) -> None:
    for number in range(500):
        case.document(STORY, publisher=f"Outlet {number}", published="2031-05-03")
    assert len(case.links(Copies())) == 499


def test_a_quotation_that_names_its_outlet_needs_few_words(case: CaseBuilder) -> None:
    words = prose(50, 12)
    first = f"{prose(1, 150)} {words} {prose(2, 150)}"
    later = f"{prose(3, 90)}. The Aldermoor Post wrote: “{words}.” {prose(4, 90)}"
    source = case.document(first, publisher="Aldermoor Post", published="2031-05-03")
    case.document(f"{first} {prose(5, 9)}", publisher="Times", published="2031-05-02")
    quoting = case.document(later, publisher="Herald", published="2031-05-04")
    link = only([link for link in case.links(Copies()) if link.kind == "quotes"])
    assert (link.rule, link.left, link.right) == (
        "named-quotation",
        quoting.document.id,
        source.document.id,
    )
    assert [span.of(first) for span in link.right_spans] == [words]
    assert [span.of(later) for span in link.left_spans] == [f"{words}."]
    assert link.why.startswith("Herald names Aldermoor Post and quotes it word for word; Aldermoor Post was ")


@pytest.mark.parametrize(
    "lead",
    [
        "Somebody wrote: “{}.”",  # names nobody
        "The Aldermoor Post is a paper. Somebody wrote: “{}.”",  # names it elsewhere
        "The Aldermoor Post wrote: {}.",  # quotes nothing
        "The Aldermoor Post wrote: “{} too.”",  # not its words
    ],
)
def test_few_words_without_outlet_or_marks_are_no_quotation(case: CaseBuilder, lead: str) -> None:
    words = prose(50, 12)
    case.document(f"{prose(1, 90)} {words}", publisher="Aldermoor Post", published="2031-05-03")
    case.document(f"{prose(2, 90)}. {lead.format(words)}", publisher="Herald", published="2031-05-04")
    assert case.links(Copies()) == []


def test_a_text_without_a_time_is_not_called_first_on_its_day(case: CaseBuilder) -> None:
    case.document(STORY, publisher="Times", published="2031-05-03")
    timed = case.document(STORY, publisher="Post", published="2031-05-03T11:20:00Z")
    link = only(case.links(Copies()))
    assert link.right == timed.document.id
    assert link.why.endswith("both are of 2031-05-03, and which of the two was first is not known.")


@given(st.lists(st.sampled_from("abc"), max_size=60), st.lists(st.sampled_from("abc"), max_size=60))
def test_blocks_hold_equal_words_in_order_and_do_not_overlap(left: list[str], right: list[str]) -> None:
    blocks = Places(tokens_of(" ".join(right)).hashes).shared(Places(tokens_of(" ".join(left)).hashes))
    end = 0
    for block in blocks:
        assert block.length >= SEED
        assert block.left >= end
        end = block.left + block.length
        assert left[block.left : end] == right[block.right : block.right + block.length]
    assert covered((b.left, b.length) for b in blocks) == sum(b.length for b in blocks)
    gathered = [block for passage in passages(blocks) for block in passage]
    assert sorted(gathered, key=lambda block: block.left) == blocks


def test_quotation_marks_are_seen_within_their_paragraph() -> None:
    text = 'He said: "One two" and three.\n“Four five” six.'
    wanted = {"One": True, "two": True, "three": False, "Four": True, "six": False}
    for word, expected in wanted.items():
        start = text.index(word)
        assert quoted(Span(start, start + len(word)), text) is expected


def in_steps(case: CaseBuilder, *steps: Sequence[int]) -> list[Link]:
    """Return the links of a case to which its documents come in several lots, by their numbers."""
    readings = [Reading(document=d.document, run=RUN, records=()) for d in case.documents]
    memory, linker = Memory(), Copies()
    found = []
    for step in steps:
        memory.add(readings[number] for number in step)
        found += [link for link in memory.link(linker) if isinstance(link, Link)]
    return found


def test_documents_that_come_in_the_order_of_their_dates_give_the_same_links(case: CaseBuilder) -> None:
    block = prose(50, 60)
    for number in range(12):
        text = STORY if number % 3 else f"{prose(number + 10, 100)} {block} {prose(number + 40, 90)}"
        case.document(
            f"{text} edition {number % 4}", publisher=f"Outlet {number}", published=f"2031-05-{number + 10}"
        )
    at_once = in_steps(case, range(12))
    assert len(at_once) == 10
    assert sorted(at_once, key=lambda link: link.id) == sorted(
        in_steps(case, range(5), range(5, 6), range(6, 12)), key=lambda link: link.id
    )


def test_a_linked_document_is_not_linked_again(case: CaseBuilder) -> None:
    case.document(STORY, publisher="Post", published="2031-05-03")
    case.document(f"{STORY} The end.", publisher="Times", published="2031-05-04")
    assert len(in_steps(case, [0, 1], [])) == 1


@pytest.mark.parametrize("ending", ["", " The end."])
def test_an_earlier_document_that_comes_late_is_linked_from_the_old_first(
    case: CaseBuilder, ending: str
) -> None:
    old = [
        case.document(STORY, publisher=outlet, published=f"2031-05-0{day}").document.id
        for outlet, day in (("Times", 5), ("Herald", 6))
    ]
    late = case.document(f"{STORY}{ending}", publisher="Post", published="2031-05-03").document.id
    first, second = in_steps(case, [0, 1], [2])
    assert (first.left, first.right) == (old[1], old[0])
    assert (second.left, second.right) == (old[0], late)
    assert "Post was first" in second.why


def test_a_source_that_comes_late_is_linked_from_who_named_and_quoted_it(case: CaseBuilder) -> None:
    words = prose(50, 30)
    text = f"{prose(3, 90)}. The Aldermoor Post wrote: “{words}.” {prose(4, 90)}"
    case.document(text, publisher="Herald", published="2031-05-04")
    case.document(f"{prose(1, 150)} {words}", publisher="Aldermoor Post", published="2031-05-03")
    link = only(in_steps(case, [0], [1]))
    assert (link.rule, link.left) == ("named-quotation", case.documents[0].document.id)


@pytest.mark.parametrize(
    ("published", "why"),
    [
        (None, "Quillon Wire credits"),
        ("2031-05-02", "Herald credits Quillon Wire, though it is dated 2031-05-02, and that 2031-05-03"),
        ("2031-05-04", "Herald credits Quillon Wire; Quillon Wire was first (2031-05-03, then 2031-05-04)"),
    ],
)
def test_a_credit_tells_which_of_two_texts_is_the_source(
    case: CaseBuilder, published: str | None, why: str
) -> None:
    wire = case.document(
        STORY, publisher="Quillon Wire", published=None if published is None else "2031-05-03"
    )
    reprint = case.document(f"BRENNA (Quillon Wire) — {STORY}", publisher="Herald", published=published)
    link = only(case.links(Copies()))
    assert (link.left, link.right) == (reprint.document.id, wire.document.id)
    assert why.replace("Quillon Wire credits", "Herald credits Quillon Wire") in link.why


def test_a_common_credit_is_told(case: CaseBuilder) -> None:
    case.document(f"BRENNA (NVK) — {STORY}", publisher="Post", published="2031-05-03")
    case.document(f"{STORY}\n\n(NVK)", publisher="Times", published="2031-05-04")
    assert only(case.links(Copies())).why.endswith("; both credit NVK.")


def reworded(text: str) -> str:
    """Return a text that keeps four words and changes five, in turn."""
    return " ".join(f"other{n}" if n % 9 > 3 else word for n, word in enumerate(text.split()))


def test_a_story_of_which_more_words_are_changed_than_kept_is_a_copy(case: CaseBuilder) -> None:
    case.document(STORY, publisher="Post", published="2031-05-03")
    case.document(f"{prose(70, 200)} {reworded(STORY)}", publisher="Times", published="2031-05-04")
    link = only(case.links(Copies()))
    assert (link.kind, link.rule) == ("copies", "reworded")
    assert link.why.startswith("Times has 135 words in the order of Post, with others between: ")


def test_two_texts_of_one_pattern_are_no_copies(case: CaseBuilder) -> None:
    """Their common phrases stand in one order, but with other words between, and another number of them."""
    phrases = [prose(number, 4) for number in range(12)]
    for seed, published in ((1, "2031-05-03"), (2, "2031-05-04")):
        between = (prose(100 * seed + number, 3 + (5 * seed * number) % 7) for number in range(12))
        text = " ".join(f"{phrase} {other}" for phrase, other in zip(phrases, between, strict=True))
        case.document(text, publisher=f"Outlet {seed}", published=published)
    assert case.links(Copies()) == []


def test_exchanged_names_exchange_the_links(case: CaseBuilder) -> None:
    other = type(case)()
    for number, text in enumerate((STORY, f"Lead. {STORY}", f"{prose(9, 90)} {prose(3, 50)} {prose(8, 90)}")):
        for held, (one, two) in ((case, ("Northland", "Southland")), (other, ("Southland", "Northland"))):
            named = text.replace("w2x20", one).replace("w3x30", two)
            held.document(named, publisher="Post", published=f"2031-05-0{number + 3}")
    told = [
        [
            (link.rule, link.score, link.left_spans, link.right_spans, link.why)
            for link in held.links(Copies())
        ]
        for held in (case, other)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 2


def test_thousands_of_identical_documents_cost_the_same_each(case: CaseBuilder) -> None:
    took = []
    for number in (250, 1000):
        held = type(case)()
        for at in range(number):
            held.document(STORY, publisher=f"Outlet {at}", published="2031-05-03")
        began = time.process_time()
        assert len(held.links(Copies())) == number - 1
        took.append((time.process_time() - began) / number)
    assert took[1] < 3 * took[0]
