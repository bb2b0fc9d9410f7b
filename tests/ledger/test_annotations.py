"""People add claims to documents and put them in the place of the machine's; nothing is erased."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.cases import changed, place_of
from tests.ledger.conftest import make_arrival

from sayso.case import Case
from sayso.core.errors import BadInput, NotFound
from sayso.core.records import Act, Attribution, Claim, Quantity, Voice
from sayso.core.spans import Span, Spans
from sayso.core.views import Annotated, ClaimFilter, ClaimView, DocumentPage, Passage
from sayso.ledger.annotations import Signed
from sayso.ledger.store import Store

TEXT = (
    "date 2031-05-04 By Orvale Post\n\n"
    "Mereth shelled Lunde at dawn and 12 people were killed, the ministry of Orvale said.\n\n"
    "Rain fell. One heard in the market that the bridge of Tarn was gone.\n"
)
OTHER = "date 2031-05-05 By Sund Herald\n\nThe bridge of Tarn was gone, the mayor of Tarn said on Monday.\n"
GONE = "the bridge of Tarn was gone"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setenv("SAYSO_WORK_PROCESSES", "1")
    monkeypatch.setenv("SAYSO_EXTRACTION_FINDER", "rules")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "post.txt").write_text(TEXT, encoding="utf-8")
    with Case.init(tmp_path / "case") as made:
        list(made.add([tmp_path / "papers"]))
        yield made


def the_page(case: Case) -> DocumentPage:
    return next(case.documents())


def words(case: Case, said: str) -> tuple[Passage, ...]:
    """Point at the first place where words stand."""
    at = the_page(case).document.text.index(said)
    return (Passage(span=Span(at, at + len(said)), words=said),)


def heard(case: Case, *, act: Act = "assert", voice: Voice = "indirect") -> Annotated:
    return Annotated(content=words(case, GONE), act=act, voice=voice, cue=words(case, "heard"))


def of_ministry(case: Case) -> ClaimView:
    return next(view for view in case.claims(ClaimFilter(speaker="ministry")) if "shelled" in view.words)


def ids(case: Case) -> set[str]:
    return {view.claim.id for view in case.claims()}


def test_what_a_person_adds_is_a_claim_like_others_and_says_whose_it_is(case: Case) -> None:
    before = ids(case)
    said = Annotated(
        content=words(case, GONE),
        act="assert",
        voice="indirect",
        speaker="Market people",
        source=words(case, "One"),
        cue=words(case, "heard"),
    )
    done = case.annotate(the_page(case).document.id[:12], said, by=" Ada ", reason="not found")
    assert done.claim is not None
    view = case.show(done.claim).view
    assert (view.words, view.speaker, view.voice) == (GONE, "Market people", "indirect")
    assert view.annotation == done
    assert done.by == "Ada"
    assert ids(case) == before | {done.claim}
    assert [found.claim.id for found in case.claims(ClaimFilter(speaker="market"))] == [done.claim]
    assert "Market people" in {party.name for party in case.parties()}
    assert list(case.annotations()) == [done]


def test_figures_and_places_of_its_words_come_with_a_claim(case: Case) -> None:
    machine = of_ministry(case).claim
    said = Annotated(
        content=words(case, "12 people were killed"), act="assert", voice="indirect", speaker="A doctor"
    )
    done = case.annotate(the_page(case).document.id, said, by="Ada")
    made = case.show(done.claim or "").view.claim
    assert [quantity.best for quantity in made.quantities] == [12]
    assert set(made.quantities) <= {*machine.quantities, *made.quantities}


@pytest.mark.parametrize(
    ("unit", "other"), [("person", "house"), ("house", "person"), ("km", "kg"), ("kg", "km")]
)
def test_of_two_readings_of_one_figure_a_persons_claim_has_the_first_in_the_text(
    store: Store, unit: str, other: str
) -> None:
    text = "It is told that 12 of them burned, and somebody else told it otherwise."
    made = make_arrival(text)
    (reading,) = made.readings

    def read(start: int, unit: str) -> Claim:
        figure = Quantity(span=Span(16, 18), kind="count", low=12, best=12, high=12, bound="exact", unit=unit)
        of = reading.attributions[0].id
        return Claim(attribution=of, content=(Span(start, 33),), act="report", quantities=(figure,))

    readings = (reading.plus([read(3, unit), read(6, other)]),)
    store.put([msgspec.structs.replace(made, readings=readings)])
    words = (Passage(span=Span(16, 33), words=text[16:33]),)
    said = Annotated(content=words, act="assert", voice="indirect", speaker="Somebody")
    done = store.annotate(reading.document.id, said, replaces=None, signed=Signed("Ada", None))
    with store.pages() as pages:
        assert [one.unit for one in pages.claim(done.claim or "").view.claim.quantities] == [unit]


def test_a_correction_stands_in_the_place_of_the_machines_claim_and_erases_nothing(case: Case) -> None:
    old = of_ministry(case)
    said = Annotated(
        content=words(case, "Mereth shelled Lunde at dawn"),
        act="accuse",
        voice="indirect",
        source=words(case, "the ministry of Orvale"),
        cue=words(case, "said"),
    )
    done = case.annotate(old.document.id, said, by="Ada", replaces=old.claim.id)
    new = case.show(done.claim or "")
    assert new.view.claim.act == "accuse"
    assert new.view.speaker == "ministry of Orvale"
    assert old.claim.id not in ids(case)
    assert done.claim in ids(case)
    still = case.show(old.claim.id)
    assert still.view.claim == old.claim
    assert still.annotations == new.annotations == (done,)
    shown = {one.id for one in the_page(case).attributions}
    assert new.view.claim.attribution in shown


def test_what_is_no_claim_is_taken_out_and_can_be_put_back(case: Case) -> None:
    old = of_ministry(case)
    out = case.annotate(old.document.id, by="Ada", replaces=old.claim.id, reason="no claim")
    assert old.claim.id not in ids(case)
    assert old.claim.id not in {one.view.claim.id for one in case.reading(old.document.id).claims}
    assert next(iter(case.document_rows().rows)).claims == len(ids(case))
    back = case.take_back(out.id[:14], by="Ben")
    assert (back.claim, back.replaces) == (old.claim.id, None)
    assert old.claim.id in ids(case)
    assert case.reading(old.document.id).annotations == (out, back)
    with pytest.raises(BadInput, match=r"\(not-the-last\)"):
        case.take_back(out.id, by="Ada")


def test_taking_back_a_correction_brings_the_machines_claim_back(case: Case) -> None:
    old, before = of_ministry(case), ids(case)
    said = Annotated(content=words(case, "Mereth shelled Lunde"), act="assert", voice="outlet")
    done = case.annotate(old.document.id, said, by="Ada", replaces=old.claim.id)
    case.take_back(done.id, by="Ada")
    assert ids(case) == before
    with pytest.raises(NotFound):
        case.take_back("ann_ffffffff", by="Ada")
    again = case.annotate(old.document.id, said, by="Ben", replaces=old.claim.id)
    assert again.claim == done.claim
    assert ids(case) == before - {old.claim.id} | {again.claim}


def test_words_that_do_not_stand_where_they_are_said_to_are_refused(case: Case) -> None:
    document = the_page(case).document
    length = len(document.text)
    for span, sent in ((Span(0, 4), "Date"), (Span(1, 5), "date"), (Span(length - 1, length + 3), "\n")):
        said = Annotated(
            content=(Passage(span=span, words=sent),), act="assert", voice="indirect", speaker="X"
        )
        with pytest.raises(BadInput, match=r"\(words-differ\)"):
            case.annotate(document.id, said, by="Ada")
        cited = Annotated(
            content=words(case, GONE),
            act="assert",
            voice="indirect",
            cue=(Passage(span=span, words=sent),),
        )
        with pytest.raises(BadInput, match=r"\(words-differ\)"):
            case.annotate(document.id, cited, by="Ada")
    assert list(case.annotations()) == []


def test_what_nobody_could_mean_is_refused(case: Case) -> None:
    document = the_page(case).document.id
    old = of_ministry(case).claim.id
    own = Annotated(content=words(case, GONE), act="report", voice="outlet", speaker="Somebody")
    nobody = Annotated(content=words(case, GONE), act="assert", voice="direct")
    nothing = Annotated(content=(), act="assert", voice="indirect", speaker="X")
    twice = Annotated(content=words(case, GONE) * 2, act="assert", voice="indirect", speaker="X")
    for said, code in (
        (own, "own-voice"),
        (nobody, "nobody-cited"),
        (nothing, "no-content"),
        (twice, "words-overlap"),
        (None, "no-claim"),
    ):
        with pytest.raises(BadInput, match=rf"\({code}\)"):
            case.annotate(document, said, by="Ada")
    case.annotate(document, heard(case), by="Ada")
    with pytest.raises(BadInput, match=r"\(claim-stands\)"):
        case.annotate(document, heard(case), by="Ben")
    case.annotate(document, by="Ada", replaces=old)
    with pytest.raises(BadInput, match=r"\(not-standing\)"):
        case.annotate(document, by="Ben", replaces=old)
    with pytest.raises(BadInput, match=r"\(no-judge\)"):
        case.annotate(document, heard(case, act="deny"), by=" ")


def test_what_people_add_is_verified_and_is_neither_missing_nor_extra(case: Case) -> None:
    old = of_ministry(case)
    case.annotate(old.document.id, heard(case), by="Ada")
    case.annotate(old.document.id, by="Ada", replaces=old.claim.id)
    assert case.verify().findings == ()
    entry = list(case.log())[-1]
    assert entry.act == "annotate"
    assert '"by":"Ada"' in entry.details
    change = "UPDATE records SET body = replace(body, 'Ada', 'Bob') WHERE kind = 'annotation'"
    changed(place_of(case.path), change)
    assert "changed-record" in {finding.code for finding in case.verify().findings}


def test_the_next_link_run_links_what_was_added_and_not_what_was_replaced(case: Case, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    list(case.add([tmp_path / "other.txt"]))
    case.link()
    document = next(one.document.id for one in case.documents() if "Rain" in one.document.text)
    machine = [view for view in case.claims() if GONE in view.words and view.document.id == document]
    for view in machine:
        case.annotate(document, by="Ada", replaces=view.claim.id)
    done = case.annotate(document, heard(case), by="Ada")
    assert case.link() > 0
    ends = {end for view in case.links() for end in (view.link.left, view.link.right)}
    assert done.claim in ends
    assert ends.isdisjoint(view.claim.id for view in machine)
    assert case.link() == 0
    assert case.verify().findings == ()
    counted = {one.view.claim.id: one.links for one in case.reading(document).claims}
    assert done.claim is not None
    assert any(count.count for count in counted[done.claim])


def test_a_claim_inside_somebodys_words_is_within_them(case: Case) -> None:
    said = Annotated(
        content=words(case, "12 people were killed"), act="assert", voice="indirect", speaker="X"
    )
    done = case.annotate(the_page(case).document.id, said, by="Ada")
    chain = case.show(done.claim or "").view.chain
    assert chain[0].speaker == "X"
    outer = next(a for a in the_page(case).attributions if a.id == chain[1].attribution)
    assert isinstance(outer, Attribution)
    assert outer.voice == "indirect"


def test_another_act_for_the_same_source_keeps_whom_the_machine_found_to_speak(case: Case) -> None:
    old = of_ministry(case)
    found = next(a for a in the_page(case).attributions if a.id == old.claim.attribution)

    def passages(spans: Spans) -> tuple[Passage, ...]:
        return tuple(Passage(span=span, words=span.of(TEXT)) for span in spans)

    said = Annotated(
        act="evaluate",
        voice="indirect",
        content=passages(found.content),
        cue=passages(found.cue),
        source=passages(found.source),
    )
    done = case.annotate(the_page(case).document.id, said, by="Ada", replaces=old.claim.id)
    assert done.claim is not None
    assert case.show(done.claim).view.chain[0].party == old.chain[0].party


def test_a_correction_stands_where_the_claim_stood_that_it_replaces(case: Case, tmp_path: Path) -> None:
    text = "The mayor of Tarn said that the bridge was gone after Mereth had shelled it at dawn.\n"
    (tmp_path / "inside.txt").write_text(text, encoding="utf-8")
    list(case.add([tmp_path / "inside.txt"]))
    old = next(view for view in case.claims() if view.claim.embedded is not None)
    content = tuple(Passage(span=span, words=span.of(text)) for span in old.claim.content)
    said = Annotated(content=content, act="evaluate", voice="indirect", speaker="the mayor of Tarn")
    case.annotate(old.document.id, said, by="Ada", replaces=old.claim.id)
    new = next(view for view in case.claims() if view.annotation)
    assert new.claim.embedded == old.claim.embedded == "adverbial"
