from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from sayso.linking.copies import Copies
from sayso.linking.credits import Publishers
from sayso.linking.independence import Independence, independent_sources, telling_of

if TYPE_CHECKING:
    from tests.linking.conftest import CaseBuilder, DocumentBuilder

    from sayso.core.records import Claim, Link

CLAIM = "Three people died at the fish market of Brenna at dawn on Saturday."


def report(number: int, *, before: str = "", after: str = "") -> str:
    """Return a report in words of its own around the claim."""
    own = " ".join(f"own{number}x{n}" for n in range(30))
    return f"{before}{own}. {CLAIM} {own[::-1]}.{after}"


def judged(
    case: CaseBuilder, claims: list[tuple[DocumentBuilder, Claim]], links: list[Link] | None = None
) -> Independence:
    publishers = Publishers(d.document.publisher for d in case.documents if d.document.publisher)
    tellings = [
        telling_of(claim, d.attribution(claim), d.document, publishers, file=str) for d, claim in claims
    ]
    return independent_sources(tellings, case.links(Copies()) if links is None else links)


def told(case: CaseBuilder, text: str, publisher: str, day: int | None) -> tuple[DocumentBuilder, Claim]:
    published = None if day is None else f"2031-05-{day:02}"
    document = case.document(text, publisher=publisher, published=published)
    return document, document.claim(CLAIM)


def test_reports_in_their_own_words_are_as_many_sources(case: CaseBuilder) -> None:
    claims = [told(case, report(n), f"Outlet {n}", n + 3) for n in range(3)]
    found = judged(case, claims)
    assert [source.name for source in found.sources] == ["Outlet 0", "Outlet 1", "Outlet 2"]
    assert not any(source.folds for source in found.sources)
    assert (found.documents, len(found.voices)) == (3, 3)


def test_copies_are_folded_into_the_text_they_copy(case: CaseBuilder) -> None:
    claims = [told(case, report(1), "Post", 3), told(case, f"New lead. {report(1)}", "Times", 4)]
    claims.append(told(case, report(2), "Herald", 5))
    found = judged(case, claims)
    assert [source.name for source in found.sources] == ["Post", "Herald"]
    (fold,) = found.sources[0].folds
    assert (fold.document, fold.into, fold.ground) == (
        claims[1][0].document.id,
        claims[0][0].document.id,
        "copy",
    )
    assert "Times shares" in fold.why
    assert fold.link is not None


def test_a_claim_outside_the_copied_passage_is_the_copys_own(case: CaseBuilder) -> None:
    story = " ".join(f"story{n}" for n in range(60))
    case.document(story, publisher="Post", published="2031-05-03")
    own = told(case, f"{story} {report(1)}", "Times", 4)
    other = told(case, f"{report(2)} {story}", "Herald", 5)
    assert len(judged(case, [own, other]).sources) == 2


def test_two_copies_of_a_text_that_is_not_among_them_are_one_source(case: CaseBuilder) -> None:
    case.document(report(1), publisher="Post", published="2031-05-03")
    claims = [
        told(case, f"New lead. {report(1)}", "Times", 4),
        told(case, f"{report(1)} The end.", "Herald", 5),
    ]
    (source,) = judged(case, claims).sources
    assert [fold.ground for fold in source.folds] == ["copy", "copy"]


def test_a_rejected_link_folds_nothing(case: CaseBuilder) -> None:
    claims = [told(case, report(1), "Post", 3), told(case, f"New lead. {report(1)}", "Times", 4)]
    links = [_rejected(link) for link in case.links(Copies())]
    assert links
    assert len(judged(case, claims, links).sources) == 2


def _rejected(link: Link) -> Link:
    return msgspec.structs.replace(link, judgement="rejected")


@pytest.mark.parametrize("in_case", [True, False])
def test_reports_that_credit_one_agency_are_one_source(case: CaseBuilder, *, in_case: bool) -> None:
    claims = [
        told(case, report(1, before="BRENNA (Quillon Wire) — "), "Post", 3),
        told(case, report(2, after="\n(Quillon Wire)"), "Times", 4),
    ]
    if in_case:
        claims.append(told(case, report(3), "Quillon Wire", 5))
    (source,) = judged(case, claims).sources
    assert source.name == "Quillon Wire"
    assert [fold.ground for fold in source.folds] == ["credit", "credit"]
    assert source.folds[0].why == "Post credits its text to Quillon Wire."
    assert source.documents[0] == claims[2 if in_case else 0][0].document.id


def test_a_contribution_folds_nothing_as_nobody_knows_to_what(case: CaseBuilder) -> None:
    contributed = "\nQuillon Wire contributed to this report."
    claims = [told(case, report(1, after=contributed), "Post", 3), told(case, report(2), "Quillon Wire", 3)]
    assert len(judged(case, claims).sources) == 2


def test_a_credit_in_another_sentence_is_not_the_claims(case: CaseBuilder) -> None:
    cited = "\nThe ferry sank, the Quillon Wire news agency reported."
    claims = [told(case, report(1, after=cited), "Post", 3), told(case, report(2), "Quillon Wire", 3)]
    assert len(judged(case, claims).sources) == 2


def test_an_outlet_that_repeats_itself_is_one_source(case: CaseBuilder) -> None:
    claims = [told(case, report(1), "Post", 3), told(case, report(2), "Post", 4)]
    (source,) = judged(case, claims).sources
    (fold,) = source.folds
    assert (fold.ground, fold.document) == ("outlet", claims[1][0].document.id)
    assert fold.why == "Both are of Post; Post was first (2031-05-03, then 2031-05-04)."


def test_two_reports_of_one_speakers_words_stay_two_with_one_voice(case: CaseBuilder) -> None:
    words = " ".join(f"said{n}" for n in range(45))
    claims = []
    for number, outlet in enumerate(("Post", "Times")):
        text = f"{report(number).replace(CLAIM, '')} Marek Dol: “{words}”"
        document = case.document(text, publisher=outlet, published="2031-05-03")
        claims.append((document, document.claim(words, by="Marek Dol")))
    found = judged(case, claims)
    assert len(found.sources) == 2
    assert found.voices == ("marek dol",)


def test_nothing_told_has_no_source() -> None:
    assert independent_sources([], []) == Independence(sources=(), voices=())
