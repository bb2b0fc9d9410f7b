"""Each class of words that tells an act has sentences in which it does, and others in which it does not."""

import pytest

from sayso.claims.acts import signs_by_claim
from sayso.claims.choice import reasons, told_by
from sayso.core.records import Claim
from sayso.core.settings import Extraction, Settings
from sayso.core.spans import words
from sayso.flow.pipeline import extract
from sayso.language.lexicon.weights import ActWeights

# What a claim does is told from its words: the plain finder keeps the network's readings out of it.
RULES = Settings(extraction=Extraction(finder="rules"))


def claims_in(text: str) -> list[Claim]:
    return [claim for claim in extract(text, settings=RULES).claims if claim.embedded is None]


def said(text: str) -> list[str]:
    return [words(claim.content, text) for claim in claims_in(text)]


def hedges(text: str) -> list[str]:
    return [hedge.span.of(text) for claim in claims_in(text) for hedge in claim.hedges]


PLEDGES = [
    ("The governor said Ordania is committed to a truce.", True),
    ("The governor said Ordania's commitment, with its partners, to rebuild was firm.", True),
    ("The governor said Ordania committed war crimes.", False),
    ("The governor said the commitment of the nurses was great.", False),
]
DEMANDS = [
    ("The mayor said boats are needed to clear the lake.", True),
    ("The mayor stressed the importance of clean wells.", True),
    ("The mayor said Ordania must leave.", True),
    ("The mayor said the wounded needed blood.", False),
    ("The mayor said the importance of rain grew.", False),
    ("The mayor stressed the importance of rain had grown.", False),
]
BLAMES = [
    ("The mayor said Ordania committed war crimes.", True),
    ("The mayor said Ordania destroyed the church and seized the town.", True),
    ("The mayor said Ordania fired on the harbour.", True),
    ("The mayor said Ordania broke the truce.", True),
    ("The mayor said Ordania spread false stories.", True),
    ("The mayor said Ordania poisoned the envoy.", True),
    ("The mayor said Ordania desecrated the graves.", True),
    ("The mayor said Ordania mined the road.", True),
    ("The mayor said Ordania fired a manager.", False),
    ("The mayor said Ordania broke a record.", False),
    ("The mayor said Ordania spread butter on bread.", False),
    ("The mayor said Ordania launched a library.", False),
    ("The mayor said Ordania mined coal.", False),
    ("The mayor said Ordania drove north.", False),
    ("The mayor said Ordania destroyed old files.", False),
    ("The mayor said Ordania involved the parents.", False),
]
PROHIBITED = [
    ("The mayor said Ordania used cluster munitions.", True),
    ("The mayor said Ordania used banned weapons.", True),
    ("The mayor said Ordania used white phosphorus.", True),
    ("The mayor said Ordania used chemical shells.", True),
    ("The mayor said Ordania has a chemical factory.", False),
    ("The mayor said Ordania has a cluster of islands.", False),
    ("The mayor said Ordania banned smoking.", False),
    ("The mayor said Ordania sells phosphorus to farmers.", False),
]


@pytest.mark.parametrize(
    ("act", "text", "told"),
    [
        *(("pledge", *row) for row in PLEDGES),
        *(("demand", *row) for row in DEMANDS),
        *(("accuse", *row) for row in BLAMES),
        *(("accuse", *row) for row in PROHIBITED),
    ],
)
def test_a_word_tells_an_act_only_in_its_frame(act: str, text: str, *, told: bool) -> None:
    (claim,) = claims_in(text)
    assert (claim.act == act) == told


@pytest.mark.parametrize(
    "more",
    [
        ", and Ordania demands an answer",
        ", and the Army of Ordania was gone",
        ", and we demand an answer",
        "; the bridge was open",
    ],
)
def test_a_clause_with_a_verb_of_its_own_is_a_claim(more: str) -> None:
    assert "the road was closed" in said(f"The mayor said the road was closed{more}.")


@pytest.mark.parametrize("more", [", and Ordania too", ", Vesland, and Ordania for bread that was baked"])
def test_a_name_without_a_verb_begins_no_claim(more: str) -> None:
    assert said(f"The road was closed by Keldovia{more}.") == [f"The road was closed by Keldovia{more}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Perhaps the road was closed.", ["Perhaps"]),
        ("The road may have been closed in May.", ["may"]),
        ("May was a cold month.", []),
        ("The mayor called the ferry “grey gull” a wreck.", []),
        ("The crowd watched “The Long Road” in the hall.", []),
        ("The newspaper “Morning Bell” was closed.", []),
        ("Their “rescue” of the village was short.", ["“rescue”"]),
    ],
)
def test_a_hedge_is_a_doubt_and_no_name(text: str, found: list[str]) -> None:
    assert hedges(text) == found


@pytest.mark.parametrize(
    ("text", "polarity", "act"),
    [
        ("The army denied the claim.", "-", "deny"),
        ("The army rejected the report as groundless.", "-", "deny"),
        ("The mayor said Ordania did not shell the bridge.", "+", None),
        ("One of these “reports” is that Ordania shelled the bridge.", "+", "deny"),
    ],
)
def test_polarity_tells_whether_the_source_rejects_the_content(
    text: str, polarity: str, act: str | None
) -> None:
    (claim,) = claims_in(text)
    assert claim.polarity == polarity
    assert act in {None, claim.act}


def test_a_rejection_inside_the_content_is_not_the_speakers_own() -> None:
    (claim,) = [
        one for one in extract("The mayor said Ordania is rejecting the plan.").claims if not one.embedded
    ]
    assert (claim.act == "deny", claim.polarity) == (False, "+")


@pytest.mark.parametrize(
    ("text", "negation"),
    [
        ("The army said we possess no mines.", "no"),
        ("The mayor said Ordania did not stop the guns from firing.", None),
        ("The mayor said the figures were not confirmed.", "not"),
    ],
)
def test_a_negated_main_clause_shows_its_negation_whatever_the_polarity(
    text: str, negation: str | None
) -> None:
    (claim,) = claims_in(text)
    assert (None if claim.negation is None else claim.negation.of(text)) == negation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The army had earlier reported that three men died.", ["earlier"]),
        ("It is believed that three men died.", ["believed"]),
    ],
)
def test_a_doubt_in_the_cue_is_a_hedge_too(text: str, found: list[str]) -> None:
    assert hedges(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "{0} said {1} shelled the bridge. {1} denied the claim.",
        "{0} accused {1} of looting. {1} said {0} must leave.",
        "{0} said its guns had fired in self-defence. {1} said it would answer.",
    ],
)
def test_acts_are_the_same_when_the_two_sides_are_exchanged(text: str) -> None:
    one = [(claim.act, claim.polarity) for claim in claims_in(text.format("Ordania", "Vesland"))]
    other = [(claim.act, claim.polarity) for claim in claims_in(text.format("Vesland", "Ordania"))]
    assert one == other


def test_a_sign_never_holds_a_name() -> None:
    reading = extract("Ordania said Vesland attacked Keldovia at dawn.", settings=RULES)
    shown = {sign for _, signs in signs_by_claim(reading) for sign in signs}
    assert not [sign for sign in shown if any(name in sign for name in ("ordan", "vesland", "keldov"))]


def test_the_weights_hold_what_decided() -> None:
    weights = ActWeights(acts=("assert", "accuse"), signs={"always": (5, 0), "wrong verb": (0, 20)})
    assert told_by(["always"], weights) == "assert"
    assert told_by(["always", "wrong verb"], weights) == "accuse"
    assert reasons(["always", "wrong verb"], weights, "accuse") == [("wrong verb", 20)]


def test_thanks_deny_nothing_and_a_bare_no_does() -> None:
    text = "MS. DOVAN: Thank you all.\n\nQUESTION: Did you fire?\n\nMS. DOVAN: Not us."
    acts = {words(claim.content, text): claim.act for claim in extract(text).claims}
    assert acts["Thank you all"] != "deny"
    assert acts["Not us"] == "deny"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ministry brushed aside the accusation that its guns had fired.", "deny"),
        ("The council singled out Ordania for the delay.", "accuse"),
        ("The colonel said we did not shell the town.", "deny"),
    ],
)
def test_a_cue_of_several_words_and_a_plain_sign_tell_the_act(text: str, act: str) -> None:
    assert act in {claim.act for claim in extract(text).claims}


def test_no_sign_names_a_source() -> None:
    reading = extract("The mayor of Ordania said the road was closed.")
    signs = {sign for _, some in signs_by_claim(reading) for sign in some}
    assert "source mayor" in signs
    assert not any("ordania" in sign for sign in signs)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Its forces shelled no villages, Ordania said.", "deny"),
        ("Ordania said its forces shelled none of the villages.", "deny"),
        ("Ordania said its forces fired on no villages.", "deny"),
        ("Ordania said its forces shelled no villages but two towns.", "accuse"),
        ("The mayor said Ordania shelled no fewer than four villages.", "accuse"),
        ("The mayor said Ordania took no prisoners and burned the mill.", "accuse"),
        ("The mayor said Ordania signed no agreement.", "assert"),
    ],
)
def test_a_deed_done_to_nobody_is_denied(text: str, act: str) -> None:
    assert [claim.act for claim in claims_in(text)] == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The mayor praised Vesland for refusing to fire on the town.", "evaluate"),
        ("The mayor praised Vesland for promising to withdraw.", "evaluate"),
        ("The mayor praised Vesland for denying the rumours.", "evaluate"),
        ("The mayor praised Vesland for helping the refugees.", "evaluate"),
        ("The mayor condemned Vesland for firing on the town.", "accuse"),
        ("The mayor criticised Vesland for refusing to help.", "accuse"),
    ],
)
def test_what_somebody_is_praised_for_is_no_charge_pledge_or_denial(text: str, act: str) -> None:
    acts = [claim.act for claim in extract(text).claims]
    assert acts[0] == act
    assert act == "accuse" or set(acts[1:]) <= {"assert"}
