from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.linking.clash import Clashes

if TYPE_CHECKING:
    from tests.linking.conftest import CaseBuilder, DocumentBuilder

    from sayso.core.records import Claim

BLAME = "Ostrany blamed Veslandi gunners for the fire."
CROSSING = (
    "Ostrany accused Veslandi gunners of firing at the port. Vesland accused Ostran pilots of sinking boats."
)


def story(case: CaseBuilder, text: str, *, published: str = "2031-05-03") -> DocumentBuilder:
    return case.document(text, publisher="Post", published=published)


def blame(document: DocumentBuilder) -> Claim:
    return document.claim("Veslandi gunners for the fire", by="Ostrany", cue="blamed", act="accuse")


def crossing(document: DocumentBuilder) -> list[Claim]:
    return [
        document.claim("Veslandi gunners of firing at the port", by="Ostrany", cue="accused", act="accuse"),
        document.claim("Ostran pilots of sinking boats", by="Vesland", cue="accused", act="accuse"),
    ]


def denied(case: CaseBuilder) -> list[str]:
    return [link.right for link in case.links(Clashes()) if link.kind == "denies"]


@pytest.mark.parametrize("words", ["shelling the town", "it had shelled the town", "any part in it"])
def test_whoever_is_accused_answers_in_the_same_text(case: CaseBuilder, words: str) -> None:
    document = story(case, f"{BLAME} The Veslandi staff denied {words}.")
    accusation = blame(document)
    denial = document.claim(words, by="The Veslandi staff", cue="denied", act="deny")
    [link] = case.links(Clashes())
    assert (link.kind, link.rule, link.left, link.right) == ("denies", "answer", denial.id, accusation.id)
    assert link.why == "The Veslandi staff denied what Ostrany is reported to have said shortly before it."


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("Korvia", "shelling the town"),  # accused of nothing
        ("The Veslandi staff", "the mission a visa"),  # refuses, and denies nothing
        ("The Veslandi staff", "burning hay in Lind"),  # elsewhere
    ],
)
def test_a_denial_of_something_else_answers_nothing(case: CaseBuilder, by: str, words: str) -> None:
    document = story(case, f"Ostrany blamed Veslandi gunners for the fire of Brenna. {by} denied {words}.")
    document.claim("Veslandi gunners for the fire of Brenna", by="Ostrany", cue="blamed", act="accuse")
    document.claim(words, by=by, cue="denied", act="deny")
    assert denied(case) == []


@pytest.mark.parametrize(
    ("by", "cue", "words"),
    [
        ("Each ministry", "denied", "that its own forces had fired"),
        ("Both ministers", "rejected", "the charge as baseless"),
        ("Neither side", "admitted", "the accusation is baseless"),
    ],
)
def test_each_of_two_answers_the_accusation_of_the_other(
    case: CaseBuilder, by: str, cue: str, words: str
) -> None:
    document = story(case, f"{CROSSING} {by} {cue} {words}.")
    accusations = crossing(document)
    document.claim(words, by=by, cue=cue, act="deny")
    assert sorted(denied(case)) == sorted(claim.id for claim in accusations)


def test_where_both_deny_no_reason_says_that_one_denies_its_own_word(case: CaseBuilder) -> None:
    document = story(case, f"{CROSSING} Both ministers rejected the charge.")
    crossing(document)
    document.claim("the charge", by="Both ministers", cue="rejected", act="deny")
    reasons = sorted(link.why for link in case.links(Clashes()))
    assert reasons == [
        f"Both ministers denied, each on its own part, what is said against them; this, by {accuser}, is "
        "reported shortly before."
        for accuser in ("Ostrany", "Vesland")
    ]


def test_whoever_accuses_the_other_of_the_same_tells_nothing_to_deny(case: CaseBuilder) -> None:
    text = "Each had accused the other of doing so. Vesland denied that its forces had shelled the town."
    document = story(case, text)
    document.claim("the other of doing so", by="Each", cue="accused", act="accuse")
    document.claim("that its forces had shelled the town", by="Vesland", cue="denied", act="deny")
    assert denied(case) == []


def test_who_accuses_is_not_what_is_denied(case: CaseBuilder) -> None:
    document = story(case, "Vesland rejects the groundless accusations of the Ostran side.")
    words = "the groundless accusations of the Ostran side"
    outer = document.claim(words, by="Vesland", cue="rejects", act="deny")
    document.claim("of the Ostran side", cue="accusations", within=document.attribution(outer))
    assert denied(case) == []


@pytest.mark.parametrize("party", ["pty_staff", "pty_other"])
def test_the_accused_answers_under_another_name(case: CaseBuilder, party: str) -> None:
    document = story(case, "Ostrany blamed the Blue Brigade for the fire. The NVK denied the charge.")
    accusation = document.claim(
        "the Blue Brigade for the fire",
        by="Ostrany",
        cue="blamed",
        act="accuse",
        actor=("the Blue Brigade", "pty_staff"),
    )
    document.claim("the charge", by="The NVK", party=party, cue="denied", act="deny")
    assert denied(case) == ([accusation.id] if party == "pty_staff" else [])


def test_the_charge_is_the_last_one_and_the_charges_are_all(case: CaseBuilder) -> None:
    text = "Ostrany accused Vesland of arson. Ostrany accused Vesland of theft. Vesland denied the charge"
    first, second = "Vesland of arson", "Vesland of theft"
    for ending, expected in ((".", {second}), ("s.", {first, second})):
        document = story(case, text + ending)
        told = {w: document.claim(w, by="Ostrany", cue="accused", act="accuse").id for w in (first, second)}
        denial = document.claim("the charge" + ending[:-1], by="Vesland", cue="denied", act="deny")
        found = {link.right for link in case.links(Clashes()) if link.left == denial.id}
        assert found == {told[words] for words in expected}


def test_what_everybody_is_accused_of_is_answered_by_one_of_them(case: CaseBuilder) -> None:
    text = (
        "Blue Lintel accused both armies of stopping lorries. Vesland denied the accusation; so did Ostrany."
    )
    document = story(case, text)
    words = "both armies of stopping lorries"
    accusation = document.claim(words, by="Blue Lintel", cue="accused", act="accuse")
    document.claim("the accusation; so did Ostrany", by="Vesland", cue="denied", act="deny")
    assert denied(case) == [accusation.id]


def test_the_charge_is_not_looked_for_in_other_texts(case: CaseBuilder) -> None:
    blame(story(case, BLAME))
    document = story(case, "Vesland denied the charge.", published="2031-05-04")
    document.claim("the charge", by="Vesland", cue="denied", act="deny")
    assert denied(case) == []


def test_the_accusations_are_those_of_the_last_day_before(case: CaseBuilder) -> None:
    blame(story(case, BLAME, published="2031-05-01"))
    near = story(case, "Ostrany accused Vesland of theft.", published="2031-05-03")
    accusation = near.claim("Vesland of theft", by="Ostrany", cue="accused", act="accuse")
    document = story(case, "Vesland rejects the accusations of the Ostran side.", published="2031-05-04")
    document.claim("the accusations of the Ostran side", by="Vesland", cue="rejects", act="deny")
    assert denied(case) == [accusation.id]


def test_no_such_thing_denies_what_was_denied_just_before(case: CaseBuilder) -> None:
    text = "Vesland denied the allegation that it had used smoke shells. No such shell was made, Thul said."
    document = story(case, text)
    outer = document.claim(
        "the allegation that it had used smoke shells", by="Vesland", cue="denied", act="deny"
    )
    inner = document.claim("it had used smoke shells", within=document.attribution(outer))
    such = document.claim("No such shell was made", by="Thul", polarity="-")
    links = {link.left: link.right for link in case.links(Clashes())}
    assert links == {outer.id: inner.id, such.id: inner.id}


def test_an_issuer_that_denies_what_another_says_of_it_denies(case: CaseBuilder) -> None:
    accused = case.document(
        "Vesland mined the gate of the dam.", publisher="Ministry of Ostrany", published="2031-05-03"
    ).claim("Vesland mined the gate of the dam", act="accuse")
    text = "Vesland has not mined the gate of the dam."
    denial = case.document(text, publisher="Ministry of Vesland", published="2031-05-04").claim(
        text[:-1], polarity="-"
    )
    [link] = case.links(Clashes())
    assert (link.kind, link.left, link.right) == ("denies", denial.id, accused.id)


def test_what_is_said_aside_of_the_charges_is_not_denied(case: CaseBuilder) -> None:
    document = story(case, "Vesland denied all the charges, which Ostrany says were long known.")
    words = "all the charges, which Ostrany says were long known"
    outer = document.claim(words, by="Vesland", cue="denied", act="deny")
    document.claim("were long known", by="Ostrany", cue="says", within=document.attribution(outer))
    assert denied(case) == []
