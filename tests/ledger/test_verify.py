"""Whatever is changed in a ledger is found, and finding it never fails."""

import os
import shutil
import struct
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError
from tests.cases import by_hand, changed, copied_ledger

from sayso.core.errors import SaysoError
from sayso.ledger.captures import Captures
from sayso.ledger.places import Place, folder_of
from sayso.ledger.store import Store
from sayso.ledger.verify import Checked

TABLES = (
    "records",
    "log",
    "log_head",
    "captures",
    "documents",
    "claims",
    "roles",
    "links",
    "judgements",
    "passages",
)
# To copy a file takes no time, to copy a namespace does.
EXAMPLES = 15 if "SAYSO_LEDGER_DATABASE" in os.environ else 60
MANY = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(MANY, max_examples=EXAMPLES // 4)


@pytest.fixture
def at_rest(filled: Store) -> Place:
    """Where a closed ledger is kept, with its captures beside it."""
    filled.close()
    if isinstance(filled.place, Path):
        changed(filled.place, "PRAGMA wal_checkpoint(TRUNCATE)")
    return filled.place


def fresh_copy(place: Place) -> Place:
    """Return a copy of a ledger and its captures, to be changed."""
    folder = folder_of(place) / "changed"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(folder_of(place) / "captures", folder / "captures")
    if isinstance(place, Path):
        return Path(shutil.copy(place, folder))
    return copied_ledger(place, folder)


def check(place: Place) -> Checked:
    with closing(Store(place)) as store:
        return store.check(Captures(folder_of(place) / "captures"))


def told(place: Place) -> list[str]:
    """Return the codes of what is found, or of why the ledger cannot even be opened."""
    try:
        return [finding.code for finding in check(place).findings]
    except SaysoError as error:
        return [error.code]


def flipped(value: object, place: int, bit: int) -> object:
    """Return a stored value with one bit turned over."""
    if isinstance(value, int):
        return value ^ (1 << (place * 8 + bit) % 31)
    if isinstance(value, float):
        content = bytearray(struct.pack(">d", value))
        content[place % 8] ^= 1 << bit
        return struct.unpack(">d", content)[0]
    if not value:
        return b"\0"
    content = bytearray(str(value).encode())
    content[place % len(content)] ^= 1 << bit
    return bytes(content)


def row_of(connection: Connection) -> str:
    """Return what tells the rows of any table apart."""
    return "rowid" if connection.dialect.name == "sqlite" else "ctid::text"


def flip(connection: Connection, table: str, cell: tuple[int, int], place: int, bit: int) -> None:
    at, column = cell
    names = [found["name"] for found in inspect(connection).get_columns(table)]
    name, row = names[column % len(names)], row_of(connection)
    wanted = f'SELECT {row}, "{name}" FROM {table} ORDER BY 1'  # noqa: S608 - our own tables
    found = connection.exec_driver_sql(wanted).all()
    key, value = found[at % len(found)]
    after = flipped(value, place, bit)
    as_text = "CAST(:after AS TEXT)" if row == "rowid" else "convert_from(:after, 'UTF8')"
    new = as_text if isinstance(after, bytes) else ":after"
    change = f'UPDATE {table} SET "{name}" = {new} WHERE {row} = :key'  # noqa: S608 - our own tables
    connection.execute(text(change), {"after": after, "key": key})


def test_an_untouched_ledger_has_no_findings(filled: Store, captures: Captures) -> None:
    checked = filled.check(captures)
    assert checked.findings == ()
    assert (checked.captures, checked.log_entries) == (3, 8)
    assert checked.records == 3 * 10 + 1 + 2 + 1


@MANY
@given(
    table=st.sampled_from(TABLES),
    cell=st.tuples(st.integers(0, 1000), st.integers(0, 20)),
    place=st.integers(0, 5000),
    bit=st.integers(0, 7),
)
def test_any_flipped_bit_of_any_row_is_found(
    at_rest: Place, *, table: str, cell: tuple[int, int], place: int, bit: int
) -> None:
    copy = fresh_copy(at_rest)
    try:
        with by_hand(copy) as connection:
            flip(connection, table, cell, place, bit)
    except DatabaseError:
        return  # the database itself refuses it
    assert check(copy).findings


@FEW
@given(table=st.sampled_from(TABLES), at=st.integers(0, 1000))
def test_any_deleted_row_is_found(at_rest: Place, *, table: str, at: int) -> None:
    copy = fresh_copy(at_rest)
    with by_hand(copy) as connection:
        row = row_of(connection)
        keys = connection.exec_driver_sql(f"SELECT {row} FROM {table} ORDER BY 1").scalars().all()  # noqa: S608 - our own tables
        delete = f"DELETE FROM {table} WHERE {row} = :key"  # noqa: S608 - as above
        connection.execute(text(delete), {"key": keys[at % len(keys)]})
    assert check(copy).findings


@pytest.mark.parametrize("table", TABLES)
def test_an_emptied_table_is_found(at_rest: Place, table: str) -> None:
    copy = fresh_copy(at_rest)
    changed(copy, f"DELETE FROM {table}")  # noqa: S608 - our own tables
    assert check(copy).findings


@pytest.mark.parametrize("table", [*TABLES, "search"])
def test_a_dropped_table_is_found(at_rest: Place, table: str) -> None:
    copy = fresh_copy(at_rest)
    cascading = "" if isinstance(copy, Path) else " CASCADE"
    changed(copy, f"DROP TABLE {table}{cascading}")
    assert check(copy).findings


def test_a_cut_off_end_of_the_log_is_found(at_rest: Place) -> None:
    copy = fresh_copy(at_rest)
    changed(copy, "DELETE FROM log WHERE number = (SELECT max(number) FROM log)")
    assert {finding.code for finding in check(copy).findings} == {"log-end"}


def test_a_record_put_in_by_another_way_is_found(at_rest: Place) -> None:
    copy = fresh_copy(at_rest)
    changed(
        copy,
        "INSERT INTO records SELECT id, 'doc_other', kind, body, digest, run, entry FROM records "
        "WHERE kind = 'party' LIMIT 1",
    )
    assert "changed-record" in {finding.code for finding in check(copy).findings}


def test_a_search_index_without_a_word_is_found(at_rest: Place) -> None:
    copy = fresh_copy(at_rest)
    if isinstance(copy, Path):
        without = (
            "INSERT INTO search(search, rowid, words) SELECT 'delete', number, words FROM passages LIMIT 1"
        )
    else:
        without = "UPDATE search SET words = words[2:] WHERE number = 1"
    changed(copy, without)
    assert {finding.code for finding in check(copy).findings} == {"changed-index"}


@pytest.mark.parametrize("change", ["DELETE FROM claim_search", "UPDATE search_size SET words = 0"])
def test_a_changed_index_of_another_database_is_found(at_rest: Place, change: str) -> None:
    if isinstance(at_rest, Path):
        pytest.skip("SQLite keeps its index in tables of its own")
    copy = fresh_copy(at_rest)
    changed(copy, change)
    assert {finding.code for finding in check(copy).findings} == {"changed-index"}


@FEW
@given(at=st.integers(0, 2), place=st.integers(0, 5000), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_captured_file_is_found(
    at_rest: Place, *, at: int, place: int, bit: int
) -> None:
    copy = fresh_copy(at_rest)
    path = sorted(path for path in (folder_of(copy) / "captures").rglob("*") if path.is_file())[at]
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert {finding.code for finding in check(copy).findings} == {"changed-capture"}


def test_a_missing_captured_file_is_found(at_rest: Place) -> None:
    copy = fresh_copy(at_rest)
    next(path for path in (folder_of(copy) / "captures").rglob("*") if path.is_file()).unlink()
    assert {finding.code for finding in check(copy).findings} == {"no-capture"}


@pytest.mark.sqlite  # a file of its own
@FEW
@given(start=st.integers(0, 2**20), rubbish=st.binary(min_size=1, max_size=6000))
def test_a_damaged_database_file_is_told_and_never_an_exception(
    at_rest: Place, *, start: int, rubbish: bytes
) -> None:
    path = fresh_copy(at_rest)
    assert isinstance(path, Path)
    content = bytearray(path.read_bytes())
    at = start % len(content)
    content[at : at + len(rubbish)] = rubbish[: len(content) - at]
    path.write_bytes(content)
    told(path)


@pytest.mark.sqlite  # as above
def test_a_damaged_name_of_a_table_is_told(at_rest: Place) -> None:
    path = fresh_copy(at_rest)
    assert isinstance(path, Path)
    content = path.read_bytes()
    damaged = content.replace(b"claimsclaims", b"\x80laimsclaims").replace(
        b"CREATE TABLE claims", b"CREATE TXBLE claims"
    )
    assert damaged != content
    path.write_bytes(damaged)
    assert told(path) == ["broken-ledger"]


@pytest.mark.sqlite  # as above
def test_half_a_database_file_is_told(at_rest: Place) -> None:
    path = fresh_copy(at_rest)
    assert isinstance(path, Path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert told(path)
