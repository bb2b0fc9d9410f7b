"""A ledger of an older schema is brought forward, one of a newer schema is left alone."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from tests.cases import changed

from sayso.case import Case
from sayso.core.errors import NotACase
from sayso.core.views import ClaimFilter, LinkFilter, RelationFilter
from sayso.ledger import database, schema, upgrade
from sayso.ledger.captures import Captures
from sayso.ledger.relations import relations
from sayso.ledger.store import Store

MIGRATIONS = Path(upgrade.__file__).parent / "migrations"
# A case of two invented texts, written by the code of version 0.1.0 before its records got more fields.
FIRST_RELEASE = Path(__file__).parent / "fixtures" / "first_release"
_LATER = (
    "claim_search",
    "listed",
    "terms",
    "judged_links",
    "concluded",
    "seen",
    "counts",
    "shelves",
    "linkers",
    "meanings",
    "review_words",
    "review_counts",
    "reviews",
    "tallied_days",
    "tallied_parties",
    "tallied_pairs",
    "party_forms",
    "stands",
    "tallied_outlets",
    "listed_parties",
    "party_names",
)
_SEVENTH_UNDONE = (
    "DROP INDEX ix_links_kind_score_link",
    "CREATE INDEX ix_links_kind_score ON links (kind, score)",
    "DROP INDEX ix_claims_document_voice",
    "CREATE INDEX ix_claims_document ON claims (document)",
)
_LATER_COLUMNS = (
    "DROP INDEX ix_documents_outlet_published",
    "ALTER TABLE documents DROP COLUMN outlet",
    *_SEVENTH_UNDONE,
)
# Their columns do not all go the same way, which Alembic does not see.
_BOTH_WAYS = ("ix_links_kind_score_link", "ix_listed_parties_claims_name_party")
_ONE_DATABASES_OWN = (
    "ix_documents_published",
    "ix_documents_outlet",
    "ix_tallied_outlets_outlet",
    "ix_terms_folded",
    "ix_terms_kind_folded",
)
NEXT_STEP = '''
"""One column more."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
def upgrade():
    op.add_column("claims", sa.Column("topic", sa.Text))
'''


def unlike_the_schema(store: Store) -> list[object]:
    """Return how the tables of a ledger differ from what the schema says."""
    with database.reading(store.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, schema.metadata)
        assert upgrade.version(connection) == upgrade.HEAD
    # The full-text index keeps its words in tables of its own, and some indexes are one database's alone.
    others = ("search", *_ONE_DATABASES_OWN, *_BOTH_WAYS)
    return [found for found in differences if not any(other in str(found) for other in others)]


def test_the_steps_make_the_tables_that_the_schema_says(store: Store) -> None:
    assert unlike_the_schema(store) == []


def listed_in(store: Store) -> list[object]:
    with store.pages() as pages:
        found: list[object] = [pages.link_rows(LinkFilter(), None, 9), pages.party_rows(None, 9)]
    with database.reading(store.engine) as connection:
        return [*found, relations(connection, RelationFilter(since="2031-05-01"))]


def test_a_ledger_of_the_sixth_schema_is_brought_forward_in_any_database(
    filled: Store, captures: Captures
) -> None:
    before = listed_in(filled)
    filled.close()
    changed(
        filled.place,
        "DROP TABLE listed_parties",
        "DROP TABLE party_names",
        "DROP TABLE tallied_pairs",
        "CREATE TABLE tallied_pairs (speaker TEXT PRIMARY KEY, claims INTEGER)",  # the step makes it anew
        *_SEVENTH_UNDONE,
        "UPDATE alembic_version SET version_num = '0006'",
    )
    with closing(Store(filled.place)) as store:
        assert unlike_the_schema(store) == []
        assert store.check(captures).findings == ()
        assert listed_in(store) == before


def test_an_older_ledger_is_brought_forward_with_all_it_holds(filled: Store, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(NEXT_STEP.format(head=upgrade.HEAD))
    before = list(filled.log())
    with database.writing(filled.engine) as connection:
        upgrade.to_head(connection, scripts)
    with database.reading(filled.engine) as connection:
        assert upgrade.version(connection) == "9999"
        assert "topic" in {column["name"] for column in inspect(connection).get_columns("claims")}
    assert list(filled.log()) == before


@pytest.mark.sqlite  # no older release knew another database
def test_a_ledger_of_the_first_schema_learns_which_party_speaks(filled: Store) -> None:
    path = Path(str(filled.engine.url.database))
    with filled.pages() as pages:
        claims, views = list(pages.parties()), list(pages.claims(ClaimFilter()))
    filled.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        roles = set(database.execute("SELECT claim, role, party FROM roles"))
        for undone in (
            "DELETE FROM records WHERE kind = 'judgement'",
            *(f"DROP TABLE {table}" for table in _LATER),
            *_LATER_COLUMNS,
            "DROP TABLE judgements",
            "DROP TABLE roles",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            database.execute(undone)
    with closing(Store(path)) as store, store.pages() as pages:
        assert [msgspec.structs.replace(one, judgements=()) for one in claims] == list(pages.parties())
        assert list(pages.claims(ClaimFilter())) == views
    with closing(sqlite3.connect(path)) as database:
        assert set(database.execute("SELECT claim, role, party FROM roles")) == roles
    assert {role for _, role, _ in roles} == {"speaker"}


@pytest.mark.sqlite  # no older release knew another database
def test_a_ledger_of_the_first_release_reads_back_whole(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(FIRST_RELEASE, folder)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as database:
        stored = [body for (body,) in database.execute("SELECT body FROM records WHERE kind = 'claim'")]
    with closing(Store(folder / "ledger.sqlite")) as store:
        checked = store.check(Captures(folder / "captures"))
        with store.pages() as pages:
            claims = {view.claim.id: view.claim for view in pages.claims(ClaimFilter())}
    assert checked.findings == ()
    assert (checked.records, checked.captures) == (45, 2)
    assert set(claims) == {msgspec.json.decode(body)["id"] for body in stored}
    # Every kind of part that the first release wrote is among them.
    for part in ("quantities", "times", "places", "law", "hedges", "actor", "action", "target"):
        assert any(getattr(claim, part) for claim in claims.values()), part
    assert {place.gazetteer for claim in claims.values() for place in claim.places} == {None}


@pytest.mark.sqlite  # no older release knew another database
def test_a_damaged_ledger_of_the_first_schema_is_brought_forward_for_verify_to_judge(filled: Store) -> None:
    path = Path(str(filled.engine.url.database))
    filled.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for undone in (
            "UPDATE records SET body = '[1' WHERE kind = 'claim'",
            "UPDATE records SET body = replace(body, 'pty_', CAST(X'ff' AS TEXT)) WHERE kind = 'attribution'",
            *(f"DROP TABLE {table}" for table in _LATER),
            *_LATER_COLUMNS,
            "DROP TABLE judgements",
            "DROP TABLE roles",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            database.execute(undone)
    with closing(Store(path)) as store:
        found = {finding.code for finding in store.check(Captures(path.parent / "captures")).findings}
    assert "changed-record" in found


@pytest.mark.sqlite  # no older release knew another database
def test_a_damaged_annotation_keeps_no_older_case_from_being_opened(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("The Orvale ministry said that the bridge fell.\n", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        list(case.add([tmp_path / "post.txt"]))
        view = next(iter(case.claims()))
        case.annotate(view.document.id, None, by="Ada", replaces=view.claim.id)
    path = tmp_path / "case" / "ledger.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for undone in (
            "UPDATE records SET body = '[1' WHERE kind = 'annotation'",
            *(f"DROP TABLE {table}" for table in _LATER if table.startswith("tallied")),
            *(f"DROP TABLE {table}" for table in ("party_forms", "stands", "listed_parties", "party_names")),
            *_LATER_COLUMNS,
            "UPDATE alembic_version SET version_num = '0005'",
        ):
            database.execute(undone)
    with Case(tmp_path / "case") as case:
        found = {finding.code for finding in case.verify().findings}
    assert "changed-record" in found


def test_a_newer_ledger_is_not_opened(store: Store) -> None:
    changed(store.place, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotACase, match="newer-case") as caught:
        Store(store.place)
    assert "newer sayso" in caught.value.hint
