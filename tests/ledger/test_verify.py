"""Whatever is changed in a ledger is found, and finding it never fails."""

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.core.errors import SaysoError
from sayso.ledger.captures import Captures
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
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(MANY, max_examples=15)


@pytest.fixture
def at_rest(filled: Store, tmp_path: Path) -> Path:
    """A folder with a closed ledger and its captures; `changed` is a copy to be changed."""
    filled.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    return tmp_path


def fresh_copy(folder: Path) -> Path:
    copy = folder / "changed"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    shutil.copytree(folder / "captures", copy / "captures")
    shutil.copy(folder / "ledger.sqlite", copy)
    return copy


def check(folder: Path) -> Checked:
    with closing(Store(folder / "ledger.sqlite")) as store:
        return store.check(Captures(folder / "captures"))


def told(folder: Path) -> list[str]:
    """Return the codes of what is found, or of why the ledger cannot even be opened."""
    try:
        return [finding.code for finding in check(folder).findings]
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
    at_rest: Path, *, table: str, cell: tuple[int, int], place: int, bit: int
) -> None:
    at, column = cell
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        name = names[column % len(names)]
        rows = database.execute(f'SELECT rowid, "{name}" FROM {table} ORDER BY rowid').fetchall()  # noqa: S608 - our own tables
        rowid, value = rows[at % len(rows)]
        changed = flipped(value, place, bit)
        cast = "CAST(? AS TEXT)" if isinstance(changed, bytes) else "?"
        try:
            database.execute(f'UPDATE {table} SET "{name}" = {cast} WHERE rowid = ?', (changed, rowid))  # noqa: S608 - our own tables
        except sqlite3.IntegrityError:
            return  # the database itself refuses it
    assert check(folder).findings


@FEW
@given(table=st.sampled_from(TABLES), at=st.integers(0, 1000))
def test_any_deleted_row_is_found(at_rest: Path, *, table: str, at: int) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        rowids = [row[0] for row in database.execute(f"SELECT rowid FROM {table}")]  # noqa: S608 - our own tables
        database.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowids[at % len(rowids)],))  # noqa: S608 - our own tables
    assert check(folder).findings


@pytest.mark.parametrize("table", TABLES)
def test_an_emptied_table_is_found(at_rest: Path, table: str) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
    assert check(folder).findings


@pytest.mark.parametrize("table", [*TABLES, "search"])
def test_a_dropped_table_is_found(at_rest: Path, table: str) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute(f"DROP TABLE {table}")
    assert check(folder).findings


def test_a_cut_off_end_of_the_log_is_found(at_rest: Path) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute("DELETE FROM log WHERE number = (SELECT max(number) FROM log)")
    assert {finding.code for finding in check(folder).findings} == {"log-end"}


def test_a_record_put_in_by_another_way_is_found(at_rest: Path) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute(
            "INSERT INTO records SELECT id, 'doc_other', kind, body, digest, run, entry FROM records "
            "WHERE kind = 'party' LIMIT 1"
        )
    assert "changed-record" in {finding.code for finding in check(folder).findings}


def test_a_search_index_without_a_word_is_found(at_rest: Path) -> None:
    folder = fresh_copy(at_rest)
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as database:
        database.execute(
            "INSERT INTO search(search, rowid, words) SELECT 'delete', number, words FROM passages LIMIT 1"
        )
    assert {finding.code for finding in check(folder).findings} == {"changed-index"}


@FEW
@given(at=st.integers(0, 2), place=st.integers(0, 5000), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_captured_file_is_found(at_rest: Path, *, at: int, place: int, bit: int) -> None:
    folder = fresh_copy(at_rest)
    path = sorted(path for path in (folder / "captures").rglob("*") if path.is_file())[at]
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert {finding.code for finding in check(folder).findings} == {"changed-capture"}


def test_a_missing_captured_file_is_found(at_rest: Path) -> None:
    folder = fresh_copy(at_rest)
    next(path for path in (folder / "captures").rglob("*") if path.is_file()).unlink()
    assert {finding.code for finding in check(folder).findings} == {"no-capture"}


@FEW
@given(start=st.integers(0, 2**20), rubbish=st.binary(min_size=1, max_size=6000))
def test_a_damaged_database_file_is_told_and_never_an_exception(
    at_rest: Path, *, start: int, rubbish: bytes
) -> None:
    folder = fresh_copy(at_rest)
    path = folder / "ledger.sqlite"
    content = bytearray(path.read_bytes())
    at = start % len(content)
    content[at : at + len(rubbish)] = rubbish[: len(content) - at]
    path.write_bytes(content)
    told(folder)


def test_half_a_database_file_is_told(at_rest: Path) -> None:
    folder = fresh_copy(at_rest)
    path = folder / "ledger.sqlite"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert told(folder)
