"""Who does what to whom: events of conflict by PLOVER's categories, active, passive and as nouns."""

import pytest

from sayso.core.records import Claim
from sayso.core.settings import Extraction, Settings
from sayso.flow.pipeline import extract

RULES = Settings(extraction=Extraction(finder="rules"))


def claim_of(text: str) -> Claim:
    (claim,) = [claim for claim in extract(text, settings=RULES).claims if claim.embedded is None]
    return claim


def told(text: str) -> tuple[str | None, str | None, str | None]:
    claim = claim_of(text)
    actor, target = (None if part is None else part.name for part in (claim.actor, claim.target))
    return actor, None if claim.event is None else claim.event.category, target


@pytest.mark.parametrize(
    ("text", "category", "mode"),
    [
        ("The mayor said Ordania shelled the bridge.", "assault", "heavy-weapons"),
        ("The mayor said Ordania bombed the bridge.", "assault", "aerial"),
        ("The mayor said Ordania abducted two nurses.", "assault", "abduct"),
        ("The mayor said Ordania detained two nurses.", "coerce", "arrest"),
        ("The mayor said Ordania occupied the bridge.", "coerce", None),
        ("The mayor said Ordania imposed new sanctions.", "sanction", None),
        ("The mayor said Ordania deployed its guards.", "mobilize", None),
        ("The mayor said Ordania withdrew its guards.", "yield", None),
    ],
)
def test_a_verb_tells_the_category_and_mode_of_its_event(text: str, category: str, mode: str | None) -> None:
    event = claim_of(text).event
    assert event is not None
    assert (event.category, event.mode) == (category, mode)


@pytest.mark.parametrize(
    "text", ["The mayor said Ordania baked bread.", "The mayor said Ordania fired a cook."]
)
def test_what_is_no_event_of_conflict_has_no_category_of_assault_by_weapons(text: str) -> None:
    event = claim_of(text).event
    assert event is None or event.mode is None


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said Ordania attacked Vesland at dawn.",
        "The mayor said Vesland was attacked by Ordania at dawn.",
        "The mayor said the attack on Vesland by Ordania went on.",
    ],
)
def test_the_same_event_has_the_same_actor_and_target_in_every_voice(text: str) -> None:
    actor, category, _ = told(text)
    assert (actor, category) == ("Ordania", "assault")


def test_a_passive_without_an_agent_names_a_target_and_nobody_who_did_it() -> None:
    assert told("The mayor said Vesland was attacked at dawn.") == (None, "assault", "Vesland")


def test_exchanging_the_parties_exchanges_actor_and_target() -> None:
    one = told("The mayor said Ordania attacked Vesland.")
    other = told("The mayor said Vesland attacked Ordania.")
    assert one == other[::-1]
