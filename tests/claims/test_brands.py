"""What somebody calls untrue is denied: the claim is what is rejected, and not the words that reject it."""

import time

import pytest

from sayso.core.records import Claim
from sayso.flow.pipeline import extract


def claims_of(text: str) -> list[tuple[Claim, str]]:
    """Return each claim with its words."""
    return [(one, " … ".join(span.of(text) for span in one.content)) for one in extract(text).claims]


def denied_in(text: str) -> list[str]:
    return [words for one, words in claims_of(text) if one.act == "deny" and one.polarity == "-"]


# Names that look like verbs, or have capitals within.
HARD_NAMES = ("Ahmed", "United States", "McNair", "AlQasr", "VPF")
CALLED_UNTRUE = [
    "It is false that Vesland shelled Brenna.",
    "It is not true that Vesland shelled Brenna, the minister said.",
    "“It is simply untrue that Vesland shelled Brenna,” the minister said.",
    "The ministry said it was untrue that Vesland shelled Brenna.",
    "Mila Darn said that it is a lie that Vesland shelled Brenna.",
    "Mila Darn said it was a complete fabrication that Vesland shelled Brenna.",
    "It is by no means true that Vesland shelled Brenna, said the ministry.",
    "It is far from true that Vesland shelled Brenna, the minister said.",
    "It is simply not the case that Vesland shelled Brenna, the minister said.",
    "It is wrong to say that Vesland shelled Brenna, the minister said.",
    "It would be absurd to claim that Vesland shelled Brenna, the minister said.",
    "He called it a lie that Vesland shelled Brenna.",
    "The minister called it untrue that Vesland shelled Brenna.",
    "The minister described it as nonsense that Vesland shelled Brenna.",
    "“Vesland shelled Brenna” is a lie, the ministry said.",
    "The minister said Ostrany was wrong to claim that Vesland shelled Brenna.",
    "The minister said they lied when they said that Vesland shelled Brenna.",
    "Ostrany says that Vesland shelled Brenna: that is a lie, the minister said.",
    "They say that Vesland shelled Brenna: that is not true.",
    "The envoy said: “Ostrany claims that Vesland shelled Brenna, which is not true.”",
]


@pytest.mark.parametrize("text", CALLED_UNTRUE)
def test_what_is_called_untrue_is_denied_without_the_words_that_call_it_so(text: str) -> None:
    assert "Vesland shelled Brenna" in denied_in(text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "The claim that Vesland shelled Brenna is false, the minister said.",
            "The claim that Vesland shelled Brenna",
        ),
        (
            "The minister said reports that Vesland shelled Brenna were untrue.",
            "reports that Vesland shelled Brenna",
        ),
        (
            "The allegations that Vesland shelled Brenna are baseless and untrue, the ministry said.",
            "The allegations that Vesland shelled Brenna",
        ),
        (
            "Ostrany's claim that it shelled Brenna was a fabrication, Vesland said.",
            "Ostrany's claim that it shelled Brenna",
        ),
        (
            "The report that Vesland shelled Brenna does not correspond to reality, the ministry said.",
            "The report that Vesland shelled Brenna",
        ),
        (
            "The accusation of having shelled Brenna has no basis in fact, the ministry said.",
            "The accusation of having shelled Brenna",
        ),
        (
            "There is no truth in reports that Vesland shelled Brenna, the ministry said.",
            "reports that Vesland shelled Brenna",
        ),
        (
            "The ministry dismissed as false the report that Vesland shelled Brenna.",
            "the report that Vesland shelled Brenna",
        ),
        (
            "The mayor branded the shelling of the port a fabrication.",
            "the shelling of the port",
        ),
        ("Vesland's shelling of Brenna is an invention, the ministry said.", "Vesland's shelling of Brenna"),
    ],
)
def test_a_report_or_a_deed_that_is_called_untrue_is_denied(text: str, denied: str) -> None:
    assert denied in denied_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "“They say we shelled Brenna. That is a lie,” the minister said.",
        "This is simply not true, the envoy said.",
        "The report is a lie, the minister said.",
        "The spokesman said the Ostran reports were untrue.",
        "The ministry called the accusations baseless.",
    ],
)
def test_a_label_that_only_points_back_is_a_denial(text: str) -> None:
    claim, _ = [one for one in claims_of(text) if one[0].act == "deny"][-1]
    assert claim.polarity == "+"


@pytest.mark.parametrize(
    "text",
    [
        "The minister said Vesland had never refused to hold talks.",
        "Vesland never refused to negotiate, the minister said.",
        "The minister said that Vesland had not failed to honour the truce.",
        "The minister said that Vesland did not shell the convoy.",
        "The minister said that Vesland was not responsible for shelling the convoy.",
    ],
)
def test_a_negation_takes_blame_back(text: str) -> None:
    assert [one.act for one, _ in claims_of(text)] == ["deny"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that Vesland had not honoured the truce.",
        "The minister said Vesland does not hide its plan to occupy Brenna.",
    ],
)
def test_what_is_left_undone_or_done_openly_is_still_blamed(text: str) -> None:
    assert [one.act for one, _ in claims_of(text)] == ["accuse"]


@pytest.mark.parametrize(
    "text",
    [
        "There is no doubt that Vesland shelled Brenna, the minister said.",
        "It is no secret that Vesland shelled Brenna, the minister said.",
        "It is not untrue that Vesland shelled Brenna, the minister said.",
        "No one can call it untrue that Vesland shelled Brenna, the minister said.",
    ],
)
def test_who_leaves_no_doubt_denies_nothing(text: str) -> None:
    [(claim, words)] = claims_of(text)
    assert (claim.act, claim.polarity, claim.negation, words) == (
        "accuse",
        "+",
        None,
        "Vesland shelled Brenna",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The minister asked whether it was false that Vesland shelled Brenna.",
        "The minister said it may be untrue that Vesland shelled Brenna.",
        "The minister said that the claim that the video was false was heard in Brenna.",
        "The video that Vesland showed is a fabrication, the ministry said.",
        "Ostrany claims that the video it showed was false.",
        "The minister denied that it was false that Vesland shelled Brenna.",
        "It is wrong that Vesland shelled Brenna, the minister said.",
        "The report that Vesland shelled Brenna is not false, the minister said.",
        "Is it a lie that Vesland shelled Brenna?",
    ],
)
def test_what_is_asked_supposed_or_judged_is_not_called_untrue(text: str) -> None:
    assert not {"Vesland shelled Brenna", "the video it showed", "The video that Vesland showed"} & {
        *denied_in(text)
    }


def test_the_lie_that_somebody_calls_it_cites_nobody() -> None:
    text = "He called it a lie that Vesland shelled Brenna."
    assert [words for _, words in claims_of(text)] == ["Vesland shelled Brenna"]


@pytest.mark.parametrize(
    "text",
    ["Vesland denied allegations that it burnt the mill.", "Vesland rejected claims that it burnt the mill."],
)
def test_what_somebody_rejects_is_not_its_own_claim(text: str) -> None:
    reading = extract(text)
    inner = next(one for one in reading.attributions if one.within is not None)
    assert inner.speaker is None


def test_the_words_that_call_it_untrue_are_shown_with_it() -> None:
    text = "The ministry said it was untrue that Vesland had shelled Brenna."
    reading = extract(text)
    [claim] = reading.claims
    shown = [span.of(text) for span in claim.stated(reading.attributions[0].cue)]
    assert shown == ["said", "it was untrue that", "Vesland had shelled Brenna"]


def test_exchanging_the_sides_exchanges_the_denials() -> None:
    text = (
        "The claim that Vesland shelled Brenna is false, Ostrany said. It is a lie that Ostrany mined Orvik."
    )
    swapped = text.replace("Vesland", "\0").replace("Ostrany", "Vesland").replace("\0", "Ostrany")
    assert [words.replace("Vesland", "\0").replace("Ostrany", "Vesland").replace("\0", "Ostrany")
            for words in denied_in(swapped)] == denied_in(text)  # fmt: skip


@pytest.mark.parametrize("name", HARD_NAMES)
@pytest.mark.parametrize("text", CALLED_UNTRUE)
def test_no_name_decides_what_is_denied(text: str, name: str) -> None:
    for known in ("Vesland", "Ostrany"):
        assert denied_in(text.replace(known, name)) == [one.replace(known, name) for one in denied_in(text)]


def test_a_report_of_a_side_that_is_called_false_is_denied_and_not_made() -> None:
    text = "The ministry said the Ordanian report that the army shelled the dam is false."
    assert denied_in(text) == ["the Ordanian report that the army shelled the dam"]


def test_who_calls_a_claim_not_false_denies_nothing() -> None:
    text = "The claim by Ostrany that 12 people died in Brenna is not false, the minister said."
    assert {claim.act for claim, _ in claims_of(text)} == {"assert", "report"}


def test_what_is_not_only_false_is_false() -> None:
    text = "Munt's claim that Vesland shelled the Mira is not only false but absurd, Admiral Jon Seff said."
    assert denied_in(text) == ["Munt's claim that Vesland shelled the Mira"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister warned against calling it false that Vesland shelled Brenna.",
        "The minister warned against calling the report that Vesland shelled Brenna false.",
        "The minister would call it false that Vesland shelled Brenna.",
        "The minister said he would not call it false that Vesland shelled Brenna.",
        "The minister said nobody had said it was false that Vesland shelled Brenna.",
        "The minister said the army did not call it false that Vesland shelled Brenna.",
        "Nobody said it was false that Vesland shelled Brenna.",
        "Is it false that Vesland shelled Brenna?",
        "“Is it false that Vesland shelled Brenna?” the minister asked.",
        "It is not false that Vesland shelled Brenna, the minister said.",
        "The minister said it was no lie that Vesland shelled Brenna.",
    ],
)
def test_a_verdict_that_nobody_passes_neither_denies_nor_accuses(text: str) -> None:
    acts = {claim.act for claim, words in claims_of(text) if "report" not in words and "false" in words}
    assert acts <= {"assert", "demand"}
    assert not [words for claim, words in claims_of(text) if claim.act == "deny"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister would not say who fired, but he said it was false that Vesland shelled Brenna.",
        "The minister did not name the man and said it was false that Vesland shelled Brenna.",
        "The minister said it was not only false but absurd that Vesland shelled Brenna.",
        "An official who would not be named said it was a lie that Vesland shelled Brenna.",
        "A spokesman who could not give details said it was a lie that Vesland shelled Brenna.",
    ],
)
def test_another_verb_that_is_withheld_takes_no_verdict_back(text: str) -> None:
    assert denied_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister said it is a lie that it was a lie that Vesland shelled Brenna.",
        "It is untrue that it is false that Vesland shelled Brenna, the minister said.",
    ],
)
def test_who_calls_a_denial_untrue_holds_what_it_denied(text: str) -> None:
    told = [(claim.act, claim.polarity, claim.negation, words) for claim, words in claims_of(text)]
    assert told == [("accuse", "+", None, "Vesland shelled Brenna")]


@pytest.mark.parametrize("verb", ["sank", "fell", "burst", "leaked", "shrank", "qwarked"])
def test_a_report_is_called_untrue_whatever_verb_it_has(verb: str) -> None:
    for text in (
        f"The claim that the ferry {verb} was false, the mayor said.",
        f"The claim that the ferry {verb} was false.",
        f"The mayor said the claim that the ferry {verb} was false.",
    ):
        assert [words.lower() for words in denied_in(text)] == [f"the claim that the ferry {verb}"], text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor confirmed the claim that the video was false.",
        "The mayor repeated the claim that the video was false.",
        "Nobody heard the claim that the video was false.",
        "The claim that the video was false was heard in Brenna, the mayor said.",
        "The claim that the video was false spread, the mayor said.",
    ],
)
def test_what_a_report_itself_calls_false_is_not_called_so_by_who_tells_of_it(text: str) -> None:
    assert not denied_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry labelled as fake news reports that Vesland shelled Brenna.",
        "The ministry dismissed as fake news reports that Vesland shelled Brenna.",
        "The ministry labelled reports that Vesland shelled Brenna as fake news.",
        "Reports that Vesland shelled Brenna are fake news, the ministry said.",
        "The minister called the report that Vesland shelled Brenna a lie.",
    ],
)
def test_what_reports_tell_that_are_labelled_fake_news_is_denied(text: str) -> None:
    [denied] = denied_in(text)
    assert "Vesland shelled Brenna" in denied
    assert "fake" not in denied
    speakers = {one.speaker.name for one in extract(text).attributions if one.speaker is not None}
    assert len(speakers) == 1


def test_who_labels_the_deed_and_no_report_denies_nothing() -> None:
    assert not denied_in("The ministry labelled the video of the mill as old.")
    assert not denied_in("The channel shared fake news about Vesland, the ministry said.")


@pytest.mark.parametrize("verdict", ["A lie", "Lies", "Nonsense"])
def test_a_word_alone_rejects_what_was_reported_right_before(verdict: str) -> None:
    text = f"The ministry said: “They say that we shelled Brenna. {verdict}.”"
    assert [words for claim, words in claims_of(text) if claim.act == "deny"] == [verdict]
    own = f"The ministry said: “We rebuilt the mill. {verdict}.”"
    assert not [words for claim, words in claims_of(own) if claim.act == "deny"]


@pytest.mark.parametrize("how", ["half true", "partly true", "only partly true", "not entirely true"])
def test_who_endorses_a_report_in_part_neither_denies_it_nor_brings_its_charge(how: str) -> None:
    text = f"The report that Vesland shelled Brenna is {how}, the minister said."
    assert {claim.act for claim, words in claims_of(text) if "report" in words} == {"assert"}


@pytest.mark.parametrize(
    "piece",
    [
        "it is a lie that ",
        "the claim that it was false and ",
        "is not true, ",
        ": that is a lie ",
        "nobody said it was false ",
    ],
)
def test_long_texts_of_verdicts_take_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        started = time.process_time()
        extract(text)
        return time.process_time() - started

    seconds(20)
    assert seconds(1600) < 24 * max(seconds(200), 0.05)  # eight times the text; 64 if squared
