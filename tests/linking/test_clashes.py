from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from sayso.core.ids import ClaimId
from sayso.linking.clash import Clashes

if TYPE_CHECKING:
    from tests.linking.conftest import CaseBuilder

    from sayso.core.records import Claim, Link, Standing

ACCUSATION = "Vesland of using cluster shells against the port of Brenna"


def accusation(case: CaseBuilder, *, published: str = "2031-05-03") -> Claim:
    text = f"Ostrany accused {ACCUSATION}."
    document = case.document(text, publisher="Post", published=published)
    return document.claim(ACCUSATION, by="Ostrany", cue="accused", act="accuse")


def only(links: list[Link]) -> Link:
    assert len(links) == 1, links
    return links[0]


def test_a_denial_is_linked_to_what_it_denies(case: CaseBuilder) -> None:
    accused = accusation(case)
    text = "Vesland denied that it had used cluster shells against the port of Brenna."
    document = case.document(text, publisher="Times", published="2031-05-04")
    words = "it had used cluster shells against the port of Brenna"
    denial = document.claim(words, by="Vesland", cue="denied", act="deny", polarity="-")
    link = only(case.links(Clashes()))
    assert (link.kind, link.rule, link.left, link.right) == ("denies", "denial", denial.id, accused.id)
    assert link.left_spans == (document.span("denied"), document.span(words))
    assert link.why == "Vesland denied what Ostrany said about “used”, “cluster”, “shells” and “port”."


def test_a_denial_finds_what_was_said_the_day_before_in_words_that_many_used_long_ago(
    case: CaseBuilder,
) -> None:
    for number in range(60):
        case.said(
            f"A ship of {number} guns at the port of Brenna used cluster after cluster of shells as ballast",
            publisher=f"Annals {number}",
            published="2030-01-02",
        )
    accused = accusation(case)
    document = case.document(
        "Vesland denied that it had used cluster shells against the port of Brenna.",
        publisher="Times",
        published="2031-05-04",
    )
    words = "it had used cluster shells against the port of Brenna"
    denial = document.claim(words, by="Vesland", cue="denied", act="deny", polarity="-")
    link = only([link for link in case.links(Clashes()) if link.kind == "denies"])
    assert (link.rule, link.left, link.right) == ("denial", denial.id, accused.id)


def test_negated_words_deny_without_the_word_deny(case: CaseBuilder) -> None:
    accused = accusation(case)
    text = "Vesland used no cluster shells against the port of Brenna, General Oskar Thul said."
    document = case.document(text, publisher="Times", published="2031-05-04")
    document.claim("Vesland used no cluster shells against the port of Brenna", by="General Oskar Thul")
    link = only(case.links(Clashes()))
    assert (link.kind, link.rule, link.right) == ("denies", "negation", accused.id)


def test_a_label_denies(case: CaseBuilder) -> None:
    accused = accusation(case)
    text = "The story of cluster shells used against the port of Brenna is fake news, Vesland said."
    document = case.document(text, publisher="Times", published="2031-05-04")
    document.claim("The story of cluster shells used against the port of Brenna is fake news", by="Vesland")
    link = only(case.links(Clashes()))
    assert (link.rule, link.right) == ("denial-by-label", accused.id)


def test_nobody_denies_another_place_or_another_side(case: CaseBuilder) -> None:
    accusation(case)
    text = "Korvia denied that it had used cluster shells against the port of Ostrel."
    document = case.document(text, publisher="Times", published="2031-05-04")
    words = "it had used cluster shells against the port of Ostrel"
    document.claim(words, by="Korvia", cue="denied", act="deny", polarity="-")
    assert case.links(Clashes()) == []


def test_nobody_denies_what_its_own_side_cites(case: CaseBuilder) -> None:
    words = "Vesland is allegedly using cluster shells against the port of Brenna"
    cited = case.document(f"{words}, Vesland mocked.", publisher="Post", published="2031-05-03")
    cited.claim(words, by="Vesland")
    text = "The Veslandi staff denied that it had used cluster shells against the port of Brenna."
    denying = case.document(text, publisher="Times", published="2031-05-04")
    words = "it had used cluster shells against the port of Brenna"
    denying.claim(words, by="The Veslandi staff", cue="denied", act="deny", polarity="-")
    assert case.links(Clashes()) == []


def test_the_denied_claim_may_stand_in_the_same_sentence(case: CaseBuilder) -> None:
    text = "Vesland denied the allegation that it had mined the dam."
    document = case.document(text, publisher="Post", published="2031-05-03")
    outer = document.claim(
        "the allegation that it had mined the dam", by="Vesland", cue="denied", act="deny", polarity="-"
    )
    inner = document.claim("it had mined the dam", by="Ostrany", within=document.attribution(outer))
    link = only(case.links(Clashes()))
    assert (link.rule, link.left, link.right) == ("nested-denial", outer.id, inner.id)
    assert link.why == "Vesland rejected what the same sentence reports: “it had mined the dam”."


def test_a_blanket_denial_answers_the_accusations_before_it_and_says_so(case: CaseBuilder) -> None:
    accused = accusation(case, published="2031-05-03")
    accusation(case, published="2031-05-09")
    text = "Vesland flatly rejects such hollow accusations of the Ostran side."
    document = case.document(text, publisher="Times", published="2031-05-05")
    denial = document.claim(
        "such hollow accusations of the Ostran side",
        by="Vesland",
        cue="rejects",
        act="deny",
        polarity="-",
    )
    link = only(case.links(Clashes()))
    assert (link.rule, link.left, link.right) == ("blanket-denial", denial.id, accused.id)
    assert link.why.startswith("A blanket denial: ")


@pytest.mark.parametrize(
    "text",
    [
        "Korvia flatly rejects such hollow accusations of the Ostran side.",  # accused of nothing
        "Vesland flatly rejects such hollow accusations of the Korvian side.",  # not by these
        "Vesland flatly rejects the accusations of burning hay.",  # says which
    ],
)
def test_a_blanket_denial_answers_nobody_else(case: CaseBuilder, text: str) -> None:
    accusation(case)
    document = case.document(text, publisher="Times", published="2031-05-05")
    denier, _, words = text.rstrip(".").partition(" flatly rejects ")
    document.claim(words, by=denier, cue="rejects", act="deny", polarity="-")
    assert case.links(Clashes()) == []


def test_two_outlets_that_say_the_opposite_contradict_each_other(case: CaseBuilder) -> None:
    case.said("The bridge of Brenna was open on market day")
    later = case.said(
        "The bridge of Brenna was not open on market day", publisher="Times", published="2031-05-04"
    )
    link = only(case.links(Clashes()))
    assert (link.kind, link.left) == ("contradicts", later.id)
    assert link.why.startswith("Times denied in its own words what Post stated about ")


def killed(  # noqa: PLR0913 - a figure has many parts
    case: CaseBuilder,
    figure: str,
    *,
    low: int,
    high: int | None,
    by: str,
    published: str | None = "2031-05-03",
    publisher: str = "Post",
    place: str = "Brenna",
    of: str | None = "civilian",
    part: bool = False,
) -> Claim:
    text = f"In {place} {figure} civilians were killed, {by} said. Of them 3 were named."
    document = case.document(text, publisher=publisher, published=published)
    quantity = document.killed(figure, low, high, of=of, part_of="3" if part else None)
    return document.claim(
        f"In {place} {figure} civilians were killed", by=by, places=[place], quantities=[quantity]
    )


def test_another_source_with_another_figure_contradicts(case: CaseBuilder) -> None:
    first = killed(case, "21", low=21, high=21, by="the ministry")
    second = killed(case, "19", low=19, high=19, by="the governor", publisher="Times", published="2031-05-04")
    link = only(case.links(Clashes()))
    assert (link.kind, link.left, link.right) == ("contradicts", second.id, first.id)
    assert link.why == "The ministry gave 21 killed civilians in Brenna, the governor 19."
    memory = case.memory()
    assert [s.of(memory.text(link.left)) for s in link.left_spans] == ["19"]
    assert [s.of(memory.text(link.right)) for s in link.right_spans] == ["21"]


@pytest.mark.parametrize("stated", ["denied", "retracted"])
def test_a_figure_that_is_denied_or_taken_back_contradicts_nobody(
    case: CaseBuilder, stated: Standing
) -> None:
    killed(case, "21", low=21, high=21, by="the ministry")
    document = case.document("In Brenna 19 civilians were killed, it was wrongly said.", publisher="Times")
    figure = msgspec.structs.replace(document.killed("19", 19, 19, of="civilian"), stated=stated)
    words = "In Brenna 19 civilians were killed"
    document.claim(words, by="the governor", places=["Brenna"], quantities=[figure])
    assert case.links(Clashes()) == []


def test_the_same_source_later_updates(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=21, by="Halla Stroem")
    killed(case, "25", low=25, high=25, by="Halla Stroem", publisher="Times", published="2031-05-06")
    link = only(case.links(Clashes()))
    assert link.kind == "updates"
    assert link.why == "Halla Stroem first gave 21 killed civilians in Brenna, and 25 on 2031-05-06."


def test_one_party_under_two_names_updates_itself(case: CaseBuilder) -> None:
    for by, figure, published in (("the MOD", 21, "2031-05-03"), ("Ministry of Defence", 25, "2031-05-06")):
        text = f"In Brenna {figure} civilians were killed, {by} of Vesland said."
        document = case.document(text, publisher=f"Post {figure}", published=published)
        quantity = document.killed(str(figure), figure, figure, of="civilian")
        words = text.split(",", maxsplit=1)[0]
        document.claim(words, by=by, party="pty_defence", places=["Brenna"], quantities=[quantity])
    assert only(case.links(Clashes())).kind == "updates"


def test_the_wounded_of_a_ward_are_not_those_of_the_town(case: CaseBuilder) -> None:
    text = "63 civilians died in Brenna, Thul said. In her own wards 58 civilians died, Halla Stroem said."
    document = case.document(text, publisher="Post", published="2031-05-03")
    whole, part = (document.killed(f, int(f), int(f), of="civilian") for f in ("63", "58"))
    document.claim("63 civilians died in Brenna", by="Thul", places=["Brenna"], quantities=[whole])
    document.claim("In her own wards 58 civilians died", by="Halla Stroem", quantities=[part])
    assert case.links(Clashes()) == []


@pytest.mark.parametrize(
    ("value", "clashes"), [("2031-05-03", 1), ("2031-05", 1), ("PAST_REF", 1), ("2031-04-30", 0)]
)
def test_figures_of_other_days_are_of_other_events(case: CaseBuilder, value: str, clashes: int) -> None:
    for figure, stated, by in ((21, "2031-05-03", "Thul"), (19, value, "Halla Stroem")):
        text = f"That day {figure} civilians were killed in Brenna, {by} said."
        document = case.document(text, publisher=f"Post {figure}", published="2031-05-06")
        quantity = document.killed(str(figure), figure, figure, of="civilian")
        words = text.split(",", maxsplit=1)[0]
        document.claim(words, by=by, places=["Brenna"], quantities=[quantity], dates=[("That day", stated)])
    assert len(case.links(Clashes())) == clashes


def test_an_update_without_dates_says_that_the_order_is_not_known(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=21, by="Halla Stroem")
    killed(case, "25", low=25, high=25, by="Halla Stroem", publisher="Times", published=None)
    link = only(case.links(Clashes()))
    assert link.kind == "contradicts"
    assert "which came first is not known" in link.why


def test_at_least_21_does_not_clash_with_25(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=None, by="the ministry")
    killed(case, "25", low=25, high=25, by="the governor", publisher="Times", published="2031-05-04")
    assert case.links(Clashes()) == []


def test_at_least_21_clashes_with_19(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=None, by="the ministry")
    killed(case, "19", low=19, high=19, by="the governor", publisher="Times", published="2031-05-04")
    assert "at least 21 killed civilians" in only(case.links(Clashes())).why


@pytest.mark.parametrize("place", ["Brenna", "Ostrel"])
@pytest.mark.parametrize("of", ["civilian", "soldier", None])
@pytest.mark.parametrize("part", [False, True])
def test_only_the_same_place_population_and_whole_are_compared(
    case: CaseBuilder, *, place: str, of: str | None, part: bool
) -> None:
    killed(case, "21", low=21, high=21, by="the ministry")
    killed(
        case, "19", low=19, high=19, by="the governor", published="2031-05-04", place=place, of=of, part=part
    )
    comparable = place == "Brenna" and of == "civilian" and not part
    assert len(case.links(Clashes())) == comparable


def test_each_figure_of_a_sentence_belongs_to_its_own_place(case: CaseBuilder) -> None:
    text = "21 were killed in Brenna and 17 in Ostrel, the ministry said."
    document = case.document(text, publisher="Post", published="2031-05-03")
    quantities = [document.killed("21", 21, 21), document.killed("17", 17, 17)]
    document.claim(text[:-1], by="the ministry", places=["Brenna", "Ostrel"], quantities=quantities)
    other = "17 were killed in Ostrel and 21 in Brenna, the governor said."
    document = case.document(other, publisher="Times", published="2031-05-04")
    quantities = [document.killed("17", 17, 17), document.killed("21", 21, 21)]
    document.claim(other[:-1], by="the governor", places=["Ostrel", "Brenna"], quantities=quantities)
    assert case.links(Clashes()) == []


def test_copies_of_a_figure_add_no_links(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=21, by="Halla Stroem")
    for copy in range(30):
        killed(
            case, "19", low=19, high=19, by="Oskar Thul", publisher=f"Times {copy}", published="2031-05-04"
        )
    assert len(case.links(Clashes())) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("In Brenna 21 Veslandi soldiers were killed", "In Brenna 9 Ostran soldiers were killed"),
        ("Since the war began 2100 people were killed in Brenna", "On Friday 4 people were killed in Brenna"),
        ("In the past year 41 people were killed in Brenna", "On Friday 4 people were killed in Brenna"),
        ("A crash in Brenna killed 4 people", "A strike on Brenna killed 9 people"),
    ],
)
def test_figures_of_other_sides_times_and_events_are_not_compared(
    case: CaseBuilder, first: str, second: str
) -> None:
    for publisher, words, by in (("Post", first, "Thul"), ("Times", second, "Halla Stroem")):
        document = case.document(f"{words}, {by} said.", publisher=publisher, published="2031-05-03")
        figure = next(word for word in words.split() if word.isdigit())
        quantity = document.killed(figure, int(figure), int(figure))
        document.claim(words, by=by, places=["Brenna"], quantities=[quantity])
    assert case.links(Clashes()) == []


def test_who_says_that_a_toll_has_risen_updates_whoever_gave_the_lower_one(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=21, by="the ministry")
    text = "The number of civilians killed in Brenna has risen to 25, the governor said."
    document = case.document(text, publisher="Times", published="2031-05-04")
    quantity = document.killed("25", 25, 25, of="civilian")
    document.claim(
        text.split(",", maxsplit=1)[0], by="the governor", places=["Brenna"], quantities=[quantity]
    )
    assert only(case.links(Clashes())).kind == "updates"


def test_no_more_than_five_is_a_bound_and_no_denial(case: CaseBuilder) -> None:
    words = "No more than 5 civilians were killed in Brenna"
    document = case.document(f"{words}, Thul said.", publisher="Times", published="2031-05-03")
    quantity = msgspec.structs.replace(
        document.killed("No more than 5", 5, 5, of="civilian"), low=None, best=None, bound="at_most"
    )
    document.claim(words, by="Thul", places=["Brenna"], quantities=[quantity])
    killed(case, "18", low=18, high=18, by="the governor", published="2031-05-04")
    assert only(case.links(Clashes())).kind == "contradicts"


def test_a_town_has_another_toll_some_weeks_later(case: CaseBuilder) -> None:
    killed(case, "21", low=21, high=21, by="the ministry")
    killed(case, "9", low=9, high=9, by="the governor", publisher="Times", published="2031-06-20")
    assert case.links(Clashes()) == []


def test_a_toll_meets_those_of_the_last_days_however_many_the_month_had_before(case: CaseBuilder) -> None:
    figures = [(day, 10 * day + at) for day in range(1, 21) for at in range(4)]
    told = {
        killed(
            case, str(n), low=n, high=n, by=f"the governor of ward {n}", published=f"2031-05-{day:02}"
        ).id: n
        for day, n in figures
    }
    last = killed(case, "999", low=999, high=999, by="the ministry", published="2031-05-21")
    met = [told[ClaimId(link.right)] for link in case.links(Clashes()) if link.left == last.id]
    assert min(met) >= 10 * 17
    assert max(met) == 10 * 20 + 3


def test_of_two_figures_in_one_text_the_place_of_each_must_be_stated(case: CaseBuilder) -> None:
    text = "In Brenna 21 people were killed, Thul said. Nine people were killed, Halla Stroem said."
    document = case.document(text, publisher="Post", published="2031-05-03")
    first, second = document.killed("21", 21, 21), document.killed("Nine", 9, 9)
    document.claim("In Brenna 21 people were killed", by="Thul", places=["Brenna"], quantities=[first])
    document.claim("Nine people were killed", by="Halla Stroem", quantities=[second])
    assert case.links(Clashes()) == []
