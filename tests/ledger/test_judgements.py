"""People say which parties are one; nothing is merged without them, and all they said can be taken back."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import by_hand, new_place

from sayso.core import codec
from sayso.core.errors import BadInput, BadRecord, NotFound
from sayso.core.ids import PartyId
from sayso.core.records import Judgement, Party, Sameness
from sayso.core.views import MOST_ALIKE, ClaimFilter, ClaimView, PartyView
from sayso.ledger import log
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.ledger.judgements import Folds, need_agreement
from sayso.ledger.store import Store

MakeArrival = Callable[..., Arrival]

NAMES = ("Orvale", "Mereth", "Quillo", "Tansar")
LETTERS = [PartyId(f"pty_{letter}") for letter in "abcdef"]
DAY = datetime(2031, 5, 4, tzinfo=UTC)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Said = tuple[PartyId, PartyId, Sameness]
said = st.tuples(
    st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.sampled_from(("positive", "negative", "unsure"))
).filter(lambda one: one[0] != one[1])


def judgement(left: PartyId, right: PartyId, judged: Sameness, number: int = 0) -> Judgement:
    left, right = sorted((left, right))
    at = DAY + timedelta(minutes=number)
    return Judgement(left=left, right=right, judgement=judged, by="Ilsa Brandt", at=at)


def accepted(wishes: list[Said]) -> list[Judgement]:
    """Return what stands after these were said in this order, those refused that contradict what stands."""
    standing: dict[tuple[PartyId, PartyId], Judgement] = {}
    for number, (left, right, judged) in enumerate(wishes):
        bare = judgement(left, right, judged, number)
        former = standing.get((bare.left, bare.right))
        new = msgspec.structs.replace(bare, id="", supersedes=former and former.id)
        try:
            need_agreement(new, standing.values())
        except BadInput:
            continue
        standing[new.left, new.right] = new
    return list(standing.values())


def state(folds: Folds) -> list[tuple[PartyId, tuple[PartyId, ...]]]:
    return [(folds.canonical(party), folds.members(party)) for party in LETTERS]


@given(st.lists(said, max_size=20), st.randoms())
def test_any_order_of_judgements_gives_the_same_parties(wishes: list[Said], random: Random) -> None:
    standing = accepted(wishes)
    mixed = list(standing)
    random.shuffle(mixed)
    assert state(Folds(standing)) == state(Folds(mixed))
    # Said anew in the other order, none of them is refused.
    again = accepted([(one.left, one.right, one.judgement) for one in mixed])
    assert state(Folds(again)) == state(Folds(standing))
    assert len(again) == len(standing)


@given(st.lists(said, max_size=20))
def test_a_party_is_called_by_the_smallest_id_and_never_holds_two_judged_different(
    wishes: list[Said],
) -> None:
    standing = accepted(wishes)
    folds = Folds(standing)
    for party in LETTERS:
        assert folds.canonical(party) == min(folds.members(party))
        assert all(folds.members(member) == folds.members(party) for member in folds.members(party))
    for one in standing:
        together = folds.canonical(one.left) == folds.canonical(one.right)
        assert together or one.judgement != "positive"
        assert not together or one.judgement != "negative"


@given(st.lists(said, max_size=20), said)
def test_a_merge_taken_back_leaves_the_parties_as_they_were(wishes: list[Said], last: Said) -> None:
    left, right, _ = last
    before = [one for one in accepted(wishes) if {one.left, one.right} != {left, right}]
    merged = [*before, judgement(left, right, "positive")]
    taken_back = [*before, judgement(left, right, "unsure", 1)]
    assert state(Folds(taken_back)) == state(Folds(before))
    assert Folds(merged).canonical(left) == Folds(merged).canonical(right)


@given(st.lists(said, max_size=20))
def test_the_way_between_two_parties_is_made_of_positives_that_touch(wishes: list[Said]) -> None:
    folds = Folds(accepted(wishes))
    for left in LETTERS:
        for right in LETTERS:
            at = left
            for step in folds.way(left, right):
                assert step.judgement == "positive"
                assert at in {step.left, step.right}
                at = step.right if at == step.left else step.left
            together = folds.canonical(left) == folds.canonical(right)
            assert (at == right) == together


def test_a_long_chain_of_positives_is_one_party() -> None:
    parties = [PartyId(f"pty_{number:06}") for number in range(5000)]
    folds = Folds(judgement(a, b, "positive") for a, b in pairwise(parties))
    assert folds.canonical(parties[-1]) == parties[0]
    assert len(folds.way(parties[0], parties[-1])) == len(parties) - 1


def test_a_judgement_is_of_two_ordered_parties_by_somebody_at_a_time() -> None:
    good = judgement(LETTERS[0], LETTERS[1], "positive")
    for changed, code in (
        ({"left": LETTERS[1], "right": LETTERS[0]}, "bad-pair"),
        ({"right": LETTERS[0]}, "bad-pair"),
        ({"by": " "}, "no-judge"),
        ({"at": DAY.replace(tzinfo=None)}, "no-time-zone"),
    ):
        with pytest.raises(BadRecord, match=code):
            msgspec.structs.replace(good, id="", **changed)


@pytest.fixture
def named(store: Store, arrival: MakeArrival) -> Store:
    """A ledger with four documents, and in each a voice of its own."""
    store.put([arrival(f"The {name} said that shells hit the bridge.", origin=name) for name in NAMES])
    return store


def voices(store: Store) -> dict[str, PartyView]:
    with store.pages() as pages:
        return {view.name: view for view in pages.parties()}


def voice(store: Store, name: str) -> PartyId:
    """Return the machine's id of a voice, whatever was judged."""
    with store.pages() as pages:
        for view in pages.claims(ClaimFilter()):
            if view.document.origin == name and view.voice == "indirect":
                (attribution,) = (
                    one
                    for page in pages.documents()
                    for one in page.attributions
                    if one.id == view.claim.attribution
                )
                assert attribution.speaker is not None
                assert attribution.speaker.party is not None
                return attribution.speaker.party
    raise AssertionError(name)


def judge(store: Store, one: str, other: str, judged: Sameness) -> Judgement:
    ends = (voice(store, one), voice(store, other))
    return store.judge(ends, judged, by="Ilsa Brandt", reason=None)


def said_by(store: Store, name: str) -> set[str]:
    with store.pages() as pages:
        return {view.document.origin for view in pages.claims(ClaimFilter(speaker=name))}


def shown(store: Store) -> list[ClaimView]:
    with store.pages() as pages:
        return list(pages.claims(ClaimFilter()))


def stored_claims(store: Store) -> Iterator[tuple[str, ...]]:
    wanted = "SELECT id, body, digest FROM records WHERE kind <> 'judgement' ORDER BY id, document"
    with by_hand(store.place) as connection:
        yield from (tuple(row) for row in connection.exec_driver_sql(wanted))


def test_two_parties_judged_one_are_listed_found_and_shown_as_one(named: Store) -> None:
    before = list(stored_claims(named))
    made = judge(named, "Mereth", "Orvale", "positive")
    (both,) = (view for view in voices(named).values() if view.folded)
    assert (both.id, both.folded) == (made.left, (made.right,))
    assert both.names == ("Mereth", "Mereth staff", "Orvale", "Orvale staff")
    assert both.claims == 2
    assert both.judgements == (made,)
    assert said_by(named, "mereth") == said_by(named, "ORVALE") == {"Mereth", "Orvale"}
    assert said_by(named, "Quillo") == {"Quillo"}
    speakers = {
        view.chain[0].speaker for view in shown(named) if view.document.origin in {"Mereth", "Orvale"}
    }
    assert both.name in speakers
    assert speakers <= {both.name, "The Valley Post"}
    parties = {view.chain[0].party for view in shown(named) if view.chain[0].speaker == both.name}
    assert parties == {both.id}
    # The machine's records stay as they are.
    assert list(stored_claims(named)) == before


def test_a_merge_taken_back_leaves_what_is_shown_as_it_was(named: Store) -> None:
    before = shown(named), {view.name: (view.id, view.names, view.claims) for view in voices(named).values()}
    judge(named, "Orvale", "Mereth", "positive")
    assert shown(named) != before[0]
    judge(named, "Orvale", "Mereth", "unsure")
    after = shown(named), {view.name: (view.id, view.names, view.claims) for view in voices(named).values()}
    assert after == before


def test_a_merge_against_a_negative_is_refused_and_says_how_to_take_it_back(named: Store) -> None:
    negative = judge(named, "Orvale", "Quillo", "negative")
    judge(named, "Orvale", "Mereth", "positive")
    with pytest.raises(BadInput, match="judged-different") as caught:
        judge(named, "Mereth", "Quillo", "positive")
    assert negative.id in caught.value.message
    assert f"sayso judge CASE {negative.left} {negative.right} --unsure" in caught.value.hint
    with pytest.raises(BadInput, match="judged-different"):
        judge(named, "Orvale", "Quillo", "positive")
    judge(named, "Orvale", "Quillo", "unsure")
    judge(named, "Mereth", "Quillo", "positive")
    assert said_by(named, "Orvale") == {"Orvale", "Mereth", "Quillo"}


def test_a_negative_within_one_party_is_refused_and_says_what_joins_them(named: Store) -> None:
    judge(named, "Orvale", "Mereth", "positive")
    last = judge(named, "Mereth", "Quillo", "positive")
    direct = judge(named, "Orvale", "Quillo", "positive")
    ends = voice(named, "Orvale"), voice(named, "Quillo")
    with pytest.raises(BadInput, match="judged-same") as caught:
        named.judge(ends, "negative", by="Tomas Ferrol", reason=None)
    assert "--unsure" in caught.value.hint
    judge(named, "Mereth", "Quillo", "unsure")
    split = named.judge(ends, "negative", by="Tomas Ferrol", reason="Two rooms.")
    assert (split.supersedes, split.by, split.reason) == (direct.id, "Tomas Ferrol", "Two rooms.")
    assert said_by(named, "Orvale") == {"Orvale", "Mereth"}
    assert last.id in {one.id for one in named.judgements()}


def test_what_was_judged_before_stays_on_record(named: Store) -> None:
    made = [
        judge(named, "Orvale", "Mereth", judged) for judged in ("negative", "unsure", "positive", "negative")
    ]
    assert list(named.judgements()) == made
    assert [one.supersedes for one in made] == [None, *(one.id for one in made[:-1])]
    negative = {view.judgements for view in voices(named).values() if view.judgements}
    assert negative == {(made[-1],)}


def test_every_judgement_is_an_entry_of_the_log(named: Store) -> None:
    made = judge(named, "Orvale", "Mereth", "positive")
    entry = list(named.log())[-1]
    told = codec.decode(entry.details, log.Judged)
    assert entry.act == "judge"
    assert (told.judgement, told.left, told.right) == (made.id, made.left, made.right)
    assert (told.judged, told.by, told.supersedes) == ("positive", "Ilsa Brandt", None)


def test_a_refused_judgement_leaves_no_trace(named: Store) -> None:
    judge(named, "Orvale", "Mereth", "negative")
    before = list(named.log()), list(named.judgements())
    with pytest.raises(BadInput):
        judge(named, "Orvale", "Mereth", "positive")
    with pytest.raises(BadInput, match="one-party"):
        judge(named, "Orvale", "Orvale", "positive")
    for beginning, code in (("pty_nobody", "no-party"), ("0" * 40, "no-party"), ("", "no-party")):
        with pytest.raises(NotFound, match=code):
            named.judge((voice(named, "Orvale"), beginning), "positive", by="Ilsa Brandt", reason=None)
    assert (list(named.log()), list(named.judgements())) == before


def test_a_party_is_named_by_the_beginning_of_its_id(named: Store) -> None:
    one, other = voice(named, "Orvale"), voice(named, "Mereth")
    made = named.judge((one[:20].upper(), other.removeprefix("pty_")), "unsure", by="Ilsa", reason=None)
    assert {made.left, made.right} == {one, other}


@SLOW
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from(NAMES),
            st.sampled_from(("positive", "negative", "unsure")),
        ).filter(lambda one: one[0] != one[1]),
        max_size=8,
    )
)
def test_a_ledger_shows_what_the_judgements_that_stand_give(
    tmp_path: Path, arrival: MakeArrival, wishes: list[tuple[str, str, Sameness]]
) -> None:
    with closing(Store.create(new_place(tmp_path / secrets.token_hex(8)), title="any")) as store:
        store.put([arrival(f"The {name} said so.", origin=name) for name in NAMES])
        ids = {name: voice(store, name) for name in NAMES}
        negatives = set()
        for one, other, judged in wishes:
            try:
                made = store.judge((ids[one], ids[other]), judged, by="Ilsa Brandt", reason=None)
            except BadInput:
                continue
            negatives |= {made} if judged == "negative" else set()
        superseded = {one.supersedes for one in store.judgements()}
        folds = Folds(one for one in store.judgements() if one.id not in superseded)
        parts = {view.id: {view.id, *view.folded} for view in voices(store).values()}
        assert all(parts[folds.canonical(party)] == {*folds.members(party)} for party in ids.values())
        assert negatives <= set(store.judgements())
        assert not [one for one in store.check(Captures(tmp_path)).findings if one.code != "no-capture"]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM judgements",
        "DELETE FROM records WHERE kind = 'judgement'",
        "UPDATE judgements SET judged = 'positive'",
        "UPDATE records SET body = replace(body, 'negative', 'positive') WHERE kind = 'judgement'",
        "UPDATE records SET body = replace(body, 'Ilsa', 'Olga') WHERE kind = 'judgement'",
        "UPDATE log SET details = replace(details, 'negative', 'positive') WHERE act = 'judge'",
        "UPDATE judgements SET supersedes = judgement",
        'INSERT INTO judgements SELECT \'jdg_0\', "left", "right", judged, supersedes FROM judgements',
        "INSERT INTO roles SELECT claim, 'target', party FROM roles LIMIT 1",
    ],
)
def test_a_changed_or_deleted_judgement_is_found(filled: Store, captures: Captures, change: str) -> None:
    with by_hand(filled.place) as connection:
        connection.exec_driver_sql(change)
    assert filled.check(captures).findings


def test_parties_of_one_name_that_nobody_judged_are_pointed_out(store: Store, arrival: MakeArrival) -> None:
    store.put([arrival(f"The {name} said so.", origin=name) for name in ("Orvale", "ORVALE", "Mereth")])
    alike = {name: view.alike for name, view in voices(store).items()}
    one, other = voice(store, "Orvale"), voice(store, "ORVALE")
    assert alike["Orvale staff"] == (other,)
    assert alike["ORVALE staff"] == (one,)
    assert alike["Mereth staff"] == ()
    judge(store, "Orvale", "ORVALE", "unsure")
    assert not any(view.alike for view in voices(store).values())


def test_a_party_called_in_full_what_another_is_called_in_short_is_pointed_out(
    store: Store, arrival: MakeArrival
) -> None:
    # Each voice is called in short by its name alone: what two are called in short says nothing.
    store.put([arrival(f"The {name} said so.", origin=name) for name in ("Orvale", "Tansar")])
    short = Party(name="Tansar", kind="unknown", names=("Tansar",))
    other = Party(name="Tansar", kind="person", identity="tansar|orvale")
    file = arrival("The Mereth said so.", origin="more")
    (reading,) = file.readings
    store.put([msgspec.structs.replace(file, readings=(reading.plus([short, other]),))])
    with store.pages() as pages:
        alike = {view.id: set(view.alike) for view in pages.parties()}
    staff = voice(store, "Tansar")
    assert alike[staff] == {short.id}  # a person is no organisation
    assert alike[short.id] == {staff, other.id}
    assert alike[other.id] == {short.id}
    assert alike[voice(store, "Orvale")] == set()


def test_of_very_many_namesakes_a_party_is_pointed_at_some(store: Store, arrival: MakeArrival) -> None:
    file = arrival("The Orvale said so.")
    (reading,) = file.readings
    many = [Party(name="Tansar", kind="group", identity=f"tansar|{n}") for n in range(2 * MOST_ALIKE)]
    store.put([msgspec.structs.replace(file, readings=(reading.plus(many),))])
    with store.pages() as pages:
        alike = {view.id: view.alike for view in pages.parties() if view.name == "Tansar"}
    assert len(alike) == len(many)
    assert {len(found) for found in alike.values()} == {MOST_ALIKE}
    assert not any(party in found for party, found in alike.items())
