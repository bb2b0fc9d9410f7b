"""A denial of a whole class, or of an event in other words, possibly denies what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.core.records import Attribution
from sayso.linking.clash import Clashes

if TYPE_CHECKING:
    from tests.linking.conftest import CaseBuilder

    from sayso.core.records import Link

USE = "Vesland had used phosphorus shells near Brenna"


def denied(case: CaseBuilder, said: str, words: str, *, by: str = "Veslandi army") -> list[Link]:
    accusing = case.document(f"Ostrany said that {said}.", publisher="Post", published="2031-05-03")
    accusing.claim(said, by="Ostrany", cue="said", act="accuse")
    cue = "said" if " not " in words else "denied"
    text = f"The {by} {cue} that {words}."
    answering = case.document(text, publisher="Times", published="2031-05-04")
    answering.claim(words, by=by, cue=cue, act="deny", polarity="-" if cue == "denied" else "+")
    return case.links(Clashes())


def test_who_owns_no_banned_weapons_possibly_denies_having_used_one(case: CaseBuilder) -> None:
    [link] = denied(case, USE, "its units do not possess any prohibited munition")
    assert (link.kind, link.rule) == ("denies", "wider-class")
    assert link.why.startswith("Possibly: ")


@pytest.mark.parametrize(
    ("said", "words", "by"),
    [
        (USE, "its units do not possess any prohibited munition", "Korvian army"),
        (
            "Vesland had fired shells near Brenna",
            "its units do not possess any prohibited munition",
            "Veslandi army",
        ),
        (USE, "its units do not possess munitions enough for the winter", "Veslandi army"),
    ],
)
def test_nobody_else_and_no_other_weapon_is_meant(case: CaseBuilder, said: str, words: str, by: str) -> None:
    assert denied(case, said, words, by=by) == []


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("access to the camp of Brenna", "Vesland"),
        ("the proposal of talks on the camp of Brenna", "Vesland"),
    ],
)
def test_what_is_refused_is_not_denied(case: CaseBuilder, words: str, by: str) -> None:
    said = "The mission proposed talks on access to the camp of Brenna"
    case.said(said, by="Halla Stroem")
    document = case.document(f"{by} rejected {words}.", publisher="Times", published="2031-05-04")
    document.claim(words, by=by, cue="rejected", act="deny", polarity="-")
    assert case.links(Clashes()) == []


def test_not_enough_is_no_denial(case: CaseBuilder) -> None:
    case.said("The mission brought flour to the camp of Brenna", by="Halla Stroem")
    words = "The flour brought to the camp of Brenna was not enough"
    case.said(words, by="Oskar Thul", published="2031-05-04", publisher="Times")
    assert case.links(Clashes()) == []


def test_another_army_does_not_answer_for_the_accused(case: CaseBuilder) -> None:
    assert (
        denied(
            case, "Vesland had mined the road to Brenna", "it had mined the road to Brenna", by="Korvian army"
        )
        == []
    )
    assert (
        len(denied(type(case)(), "Vesland had mined the road to Brenna", "it had mined the road to Brenna"))
        == 1
    )


def test_whoever_accused_is_denied_before_whoever_retells_it_to_deny_it(case: CaseBuilder) -> None:
    accusing = case.document(f"Ostrany said that {USE}.", publisher="Post", published="2031-05-03")
    accusation = accusing.claim(USE, by="Ostrany", cue="said", act="accuse")
    text = f"Mira Dovan rejected the claim that {USE}."
    retelling = case.document(text, publisher="Herald", published="2031-05-04")
    outer = retelling.claim(
        f"the claim that {USE}", by="Mira Dovan", cue="rejected", act="deny", polarity="-"
    )
    told = (one for one in retelling.records if isinstance(one, Attribution))
    around = next(one for one in told if one.id == outer.attribution)
    retelling.claim(USE, act="accuse", within=around)
    words = "its units do not possess any prohibited munition"
    denying = case.document(
        f"The Veslandi army said that {words}.", publisher="Times", published="2031-05-05"
    )
    denial = denying.claim(words, by="Veslandi army", cue="said", act="deny")
    ends = [(link.left, link.right) for link in case.links(Clashes()) if link.left == denial.id]
    assert ends == [(denial.id, accusation.id)]
