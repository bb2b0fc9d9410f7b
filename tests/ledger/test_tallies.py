"""The counts that are kept as claims come are those of the claims, whatever is added, corrected or asked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from tests.ledger.conftest import MakeArrival

from sayso.case import Case
from sayso.core.records import Party
from sayso.core.spans import Span
from sayso.core.views import NOBODY, Annotated, ClaimView, Passage, RelationFilter, Relations
from sayso.ledger import database, schema, tallies
from sayso.ledger.store import Store

DAYS = ("2029-11-30", "2030-01-01", "2030-06-17", "2030-12-31", "2031-02-02", "2031-02-28", "2031-04-01", "")
SAID = (
    "Tavria denied that it had shelled Brenna. Ostrany accused Tavria of lies.\n",
    "Ostrany accused Tavria of firing on the harbour. The army of Tavria said that the road was open.\n",
    "The mayor of Brenna accused Ostrany of shelling the school. Tavria said that the bridge was closed.\n",
)
LIMITS = (None, "2029-11-30", "2030-01-01", "2030-01-02", "2030-12-31", "2031-02-15", "2031-12-31")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case whose papers lie years, months and days apart; of one the day is not known."""
    folder = tmp_path_factory.mktemp("tallies")
    for number, day in enumerate(DAYS):
        dated = f"date: {day}\n" if day else ""
        text = f"{dated}By {'Aldermoor Post' if number % 3 else 'Tidewater Times'}\n\n{SAID[number % 3]}"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with Case.init(folder / "case") as made:
        list(made.add([folder / f"{number}.txt" for number in range(len(DAYS))]))
        yield made


def found(case: Case) -> list[str]:
    """What `verify` says of the counts."""
    with database.reading(case._store.engine) as connection:  # noqa: SLF001 - no reader of a case sees its tables
        return [one.message for one in tallies.findings(connection)]


def sides(case: Case, wanted: RelationFilter) -> Counter[tuple[str, str, str]]:
    """Who says what of whom, by going through all claims."""

    def fits(view: ClaimView) -> bool:
        day = view.document.published_at or ""
        return (
            wanted.act in {None, view.claim.act}
            and wanted.voice in {None, view.voice}
            and (wanted.since is None or (bool(day) and day >= wanted.since))
            and (wanted.until is None or (bool(day) and day <= wanted.until))
        )

    counted: Counter[tuple[str, str, str]] = Counter()
    for view in filter(fits, case.claims()):
        target = None if view.claim.target is None else view.claim.target.party
        counted[view.chain[0].party or NOBODY, target or NOBODY, view.claim.act] += 1
    return counted


def told(relations: Relations) -> Counter[tuple[str, str, str]]:
    """The same as the counts have it."""
    return Counter({(one.speaker, one.target, one.act): one.claims for one in relations.relations})


@pytest.mark.parametrize("since", LIMITS)
def test_counts_are_those_of_the_claims_from_any_day_to_any_other(case: Case, since: str | None) -> None:
    for until in LIMITS:
        for act in (None, "accuse"):
            wanted = RelationFilter(since=since, until=until, act=act, most=100)
            relations = case.relations(wanted)
            assert told(relations) == sides(case, wanted), wanted
            assert relations.claims == sum(sides(case, wanted).values())


def test_what_is_not_named_is_summed_up(case: Case) -> None:
    for most in (1, 2):
        relations = case.relations(RelationFilter(most=most))
        every = sides(case, RelationFilter())
        assert sum(told(relations).values()) == sum(every.values()) == relations.claims
        for act in {act for *_, act in every}:
            assert sum(n for (*_, of), n in told(relations).items() if of == act) == sum(
                n for (*_, of), n in every.items() if of == act
            )


def test_a_correction_and_its_undoing_are_counted(case: Case) -> None:
    assert found(case) == []
    view = next(iter(case.claims()))
    before = told(case.relations(RelationFilter(most=100)))
    words = Passage(span=Span(*(min(view.claim.content).start, max(view.claim.content).end)), words="")
    text = case.document(view.document.id).document.text
    words = Passage(span=words.span, words=words.span.of(text))
    said = Annotated(content=(words,), source=(), cue=(), voice="outlet", act="demand", speaker=None)
    made = case.annotate(view.document.id, said, by="Ada", replaces=view.claim.id)
    wanted = RelationFilter(most=100)
    assert found(case) == []
    assert told(case.relations(wanted)) == sides(case, wanted) != before
    case.take_back(made.id, by="Ada")
    assert found(case) == []
    assert told(case.relations(wanted)) == sides(case, wanted) == before


def test_the_counts_of_an_older_ledger_are_made_from_its_records(case: Case) -> None:
    engine = case._store.engine  # noqa: SLF001 - as above
    names = (
        "tallied_days",
        "tallied_parties",
        "tallied_pairs",
        "tallied_outlets",
        "party_forms",
        "listed_parties",
        "party_names",
    )
    tables = [schema.metadata.tables[name] for name in names]
    with database.writing(engine) as connection:
        kept = [set(map(tuple, connection.execute(select(table)))) for table in tables]
        for table in tables:
            connection.execute(delete(table))
        tallies.fill(connection)
        again = [set(map(tuple, connection.execute(select(table)))) for table in tables]
    assert again == kept
    assert all(kept)


@pytest.mark.parametrize(
    "table",
    [
        "tallied_days",
        "tallied_parties",
        "tallied_pairs",
        "tallied_outlets",
        "party_forms",
        "listed_parties",
        "party_names",
    ],
)
def test_a_count_that_somebody_changed_is_found(store: Store, arrival: MakeArrival, table: str) -> None:
    store.put([arrival("The mayor said the bridge was shut.", published="2031-05-03")])
    of = schema.metadata.tables[table]
    number = next(name for name in ("claims", "documents", "key") if name in of.c)
    with database.writing(store.engine) as connection:
        if table == "tallied_pairs":
            connection.execute(
                of.insert().values(speaker="a", target="b", period="", act="deny", voice="direct", claims=1)
            )
        else:
            connection.execute(update(of).values({number: of.c[number] + 1}))
    with database.reading(store.engine) as connection:
        # The list of parties has its counts from those of the parties.
        also = ["listed_parties"] if table == "tallied_parties" else []
        assert [one.where for one in tallies.findings(connection)] == [table, *also]


def test_documents_say_of_a_party_the_same_thing_once(case: Case) -> None:
    kind = Party.__name__.lower()
    with database.reading(case._store.engine) as connection:  # noqa: SLF001 - as above
        records = connection.execute(select(schema.records).where(schema.records.c.kind == kind)).all()
        forms = connection.execute(select(schema.party_forms)).all()
    assert len({(one.id, one.digest) for one in records}) == len(forms)
    assert sum(one.documents for one in forms) == len(records)


def test_a_year_is_counted_as_twelve_months(tmp_path: Path) -> None:
    first = date(2030, 1, 1)
    papers = []
    for month in range(14):
        day = (first + timedelta(days=31 * month)).isoformat()
        papers.append(tmp_path / f"{month}.txt")
        papers[-1].write_text(f"date: {day}\nBy Aldermoor Post\n\nTavria denied that it had fired.\n")
    with Case.init(tmp_path / "case") as made:
        list(made.add(papers))
        wanted = RelationFilter(since="2030-01-01", until="2030-12-31")
        assert told(made.relations(wanted)) == sides(made, wanted)
