"""Who does what to whom where the first name is not the one who acts."""

import pytest

from sayso.core.records import Claim
from sayso.core.settings import Extraction, Settings
from sayso.core.spans import words
from sayso.flow.pipeline import extract

RULES = Settings(extraction=Extraction(finder="rules"))


def claims(text: str) -> dict[str, Claim]:
    return {words(claim.content, text): claim for claim in extract(text, settings=RULES).claims}


def actor(claim: Claim) -> str | None:
    return None if claim.actor is None else claim.actor.name


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("As a result of Ordania's reply, the guns of the militia were silenced.", "Ordania"),
        ("In Ordania's attack, two villages of Keldovia were destroyed.", "Ordania"),
        ("Ordania lost ten soldiers in the attacks of Keldovia.", "Keldovia"),
    ],
)
def test_the_deed_tells_who_acts(text: str, who: str) -> None:
    both = "Ordania and Keldovia met. " + text
    assert actor(claims(both)[text.rstrip(".")]) == who


def test_an_embedded_clause_without_a_subject_has_the_actor_it_stands_by() -> None:
    text = "The governor said the aim of Ordania in spreading such false reports is clear."
    found = claims("Ordania fell silent. " + text)
    assert actor(found["spreading such false reports"]) == "Ordania"


def test_who_a_relative_clause_tells_of_acts_in_it() -> None:
    text = "The governor said the army of Ordania, which is unlawfully on our land, must leave."
    found = next(claim for claim in claims(text).values() if claim.embedded == "relative")
    assert found.actor is not None
    assert "Ordania" in found.actor.name


def test_an_outlet_that_tells_what_somebody_said_reports_that_speaker() -> None:
    text = "The dam is safe, Governor Ada Brenn said, Northwire reports."
    told = next(one for one in extract(text).claims if "said" in words(one.content, text))
    assert actor(told) == "Ada Brenn"
    assert told.action is not None
    assert told.action.name == "said"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The governor said plans by Ordania to move the border will fall through.", "predict"),
        ("The governor said attempts to split the valley will remain without success.", "predict"),
        ("The governor said we will remain at the border.", "pledge"),
    ],
)
def test_that_plans_come_to_nothing_is_foretold_and_not_pledged(text: str, act: str) -> None:
    assert next(one for one in extract(text, settings=RULES).claims if one.embedded is None).act == act
