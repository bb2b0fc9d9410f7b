"""Who says what of whom: the counts are those of the claims, whoever the parties are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.core.records import Act
from sayso.core.views import NOBODY, OTHERS, ClaimView, RelationFilter, Relations
from sayso.ledger import relations

PAPERS = {
    "one.txt": (
        "date: 2031-05-03\nBy Aldermoor Post\n\n"
        "The Ministry of Defence of Ostrany accused Tavria of shelling Brenna. The army of Tavria said that "
        "Ostrany had fired first. Ostrany denied that it had fired first. At least 21 people were killed.\n"
    ),
    "two.txt": (
        "date: 2031-05-04\nBy Tidewater Times\n\n"
        "Tavria denied that it had shelled Brenna. The Ministry of Defence of Ostrany accused Tavria of lies."
        " Officials said the harbour was closed.\n"
    ),
    "three.txt": "By Hollow Gazette\n\nOstrany accused Tavria of firing on the harbour of Brenna.\n",
}
Key = tuple[str, str, Act]


def made(folder: Path, papers: Mapping[str, str]) -> Case:
    """A case of some papers, not linked."""
    folder.mkdir(parents=True)
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    case = Case.init(folder / "case")
    list(case.add([folder / name for name in papers]))
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Case]:
    """A case whose parties speak of each other."""
    with made(tmp_path_factory.mktemp("relations") / "papers", PAPERS) as found:
        yield found


def key(case: Case, view: ClaimView) -> Key:
    """Who says what of whom, as the claim itself tells."""
    folds = {member: party.id for party in case.parties() for member in (party.id, *party.folded)}
    speaker, target = view.chain[0].party, view.claim.target
    of = None if target is None or target.party is None else folds[target.party]
    return speaker or NOBODY, of or NOBODY, view.claim.act


def counted(found: Relations) -> Counter[Key]:
    """The relations as a counter."""
    return Counter({(one.speaker, one.target, one.act): one.claims for one in found.relations})


@pytest.mark.parametrize(
    "wanted",
    [
        RelationFilter(),
        RelationFilter(act="accuse"),
        RelationFilter(voice="indirect"),
        RelationFilter(since="2031-05-04"),
        RelationFilter(until="2031-05-03", act="deny"),
    ],
)
def test_every_count_is_that_of_the_claims_themselves(case: Case, wanted: RelationFilter) -> None:
    def fits(view: ClaimView) -> bool:
        day = view.document.published_at or ""
        return (
            wanted.act in {None, view.claim.act}
            and wanted.voice in {None, view.voice}
            and (wanted.since is None or (bool(day) and day >= wanted.since))
            and (wanted.until is None or (bool(day) and day <= wanted.until))
        )

    found = case.relations(wanted)
    by_hand = Counter(key(case, view) for view in case.claims() if fits(view))
    assert counted(found) == by_hand
    assert found.claims == by_hand.total() > 0
    assert found.aimed == sum(n for (_, target, _), n in by_hand.items() if target != NOBODY)


def test_parties_beyond_the_named_ones_are_summed_and_none_is_lost(case: Case) -> None:
    every, few = case.relations(), case.relations(RelationFilter(most=1))
    assert len(few.speakers) == len(few.targets) == 1
    assert few.more_speakers == len(every.speakers) - 1
    assert sum(one.claims for one in few.relations) == every.claims
    assert {one.speaker for one in few.relations} <= {few.speakers[0].id, OTHERS, NOBODY}
    first, last = every.speakers[0], every.speakers[-1]
    assert (first.aimed, first.claims) >= (last.aimed, last.claims)


def test_parties_that_people_judged_to_be_one_are_counted_as_one(tmp_path: Path) -> None:
    with made(tmp_path / "papers", PAPERS) as case:
        before = case.relations()
        left, right = before.targets[0], before.speakers[-1]
        case.judge(left.id, right.id, "positive", by="Ada Tester")
        after = case.relations()
        assert after.claims == before.claims
        assert {left.id, right.id} & {one.id for one in after.speakers} == {min(left.id, right.id)}
        assert len({one.name for one in after.speakers}) == len(after.speakers)


def test_exchanging_two_names_exchanges_their_counts(case: Case, tmp_path: Path) -> None:
    def swapped(words: str) -> str:
        return words.replace("Tavria", "\0").replace("Ostrany", "Tavria").replace("\0", "Ostrany")

    def named(found: Relations) -> Counter[Key]:
        names = {str(one.id): one.name for one in (*found.speakers, *found.targets)}
        return Counter(
            {(names.get(s, s), names.get(t, t), act): n for (s, t, act), n in counted(found).items()}
        )

    with made(tmp_path / "papers", {name: swapped(text) for name, text in PAPERS.items()}) as other:
        expected = {(swapped(s), swapped(t), act): n for (s, t, act), n in named(case.relations()).items()}
        assert named(other.relations()) == expected


def test_accusations_and_denials_are_counted_by_day_and_undated_ones_apart(case: Case) -> None:
    found = case.relations(RelationFilter(act="report"))
    assert found.periods == case.relations().periods
    assert [(one.since, one.until) for one in found.periods] == [("2031-05-03",) * 2, ("2031-05-04",) * 2]
    assert found.undated is not None
    by_hand = Counter((view.document.published_at or "", view.claim.act) for view in case.claims())
    for one in (*found.periods, found.undated):
        assert (one.accusations, one.denials) == (by_hand[one.since, "accuse"], by_hand[one.since, "deny"])


def test_days_become_months_and_years_where_they_are_too_many(tmp_path: Path) -> None:
    text = "date: {day}\nBy Aldermoor Post\n\nOstrany accused Tavria of lying.\n"
    days = [f"{2031 + n // 360}-{n // 30 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(0, 720, 5)]
    with made(tmp_path / "months", {f"{n}.txt": text.format(day=day) for n, day in enumerate(days)}) as case:
        periods = case.relations().periods
        assert len(periods) == 24
        assert (periods[1].since, periods[1].until) == ("2031-02-01", "2031-02-28")
        assert sum(one.accusations for one in periods) == len(days)


@pytest.mark.parametrize(
    "wanted",
    [
        RelationFilter(most=0),
        RelationFilter(most=1000),
        RelationFilter(since="soon"),
        RelationFilter(until=""),
    ],
)
def test_what_no_table_can_hold_is_refused(case: Case, wanted: RelationFilter) -> None:
    with pytest.raises(BadInput):
        case.relations(wanted)


def test_an_empty_case_has_no_relations(tmp_path: Path) -> None:
    with Case.init(tmp_path / "case") as case:
        found = case.relations()
        assert (found.claims, found.speakers, found.relations, found.periods) == (0, (), (), ())


@given(
    since=st.dates(date(2030, 1, 1), date(2032, 12, 31)),
    days=st.integers(0, 800),
    starts=st.booleans(),
    ends=st.booleans(),
)
def test_days_are_whole_periods_with_what_they_lack_and_without_what_they_have_too_many(
    *, since: date, days: int, starts: bool, ends: bool
) -> None:
    until = since + timedelta(days=days)
    whole = relations._Whole.between(since, until, starts=starts, ends=ends)  # noqa: SLF001 - no case of a test has claims on so many days
    counted: Counter[date] = Counter()
    # Where nothing is before the first day, or behind the last, no claim is there either.
    first = since if starts else since - timedelta(days=40)
    last = until if ends else until + timedelta(days=40)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        counted[day] += sum(day.isoformat().startswith(period) for period in whole.periods)
        counted[day] += sum(one.first <= day <= one.last for one in whole.lacking)
        counted[day] -= sum(one.first <= day <= one.last for one in whole.spare)
    assert set(counted.values()) <= {0, 1}
    assert {day for day, times in counted.items() if times} == {
        since + timedelta(days=n) for n in range(days + 1)
    }
    assert sum(one.number for one in (*whole.lacking, *whole.spare)) <= 10
