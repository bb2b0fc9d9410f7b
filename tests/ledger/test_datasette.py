"""The SQLite file opens as it is in Datasette, where anybody can look it through and nobody change it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import httpx
import msgspec
import pytest
from datasette.app import Datasette
from tests.web.desks import furnished

from sayso.case import Case
from sayso.core.records import Claim

pytestmark = pytest.mark.sqlite
Ask = Callable[..., httpx.Response]
_ASKED = "select claims.claim, records.body from claims join records on records.id = claims.claim"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(tmp_path_factory.mktemp("looked_through"))


@pytest.fixture
def ask(case: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Ask Datasette for addresses, in this process and with no way to any network."""

    def no_network(*_: object) -> NoReturn:
        pytest.fail("Datasette asked the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    # Immutable: it is opened for reading, and no file of a journal is made beside it.
    opened = Datasette(immutables=[str(case / "ledger.sqlite")])
    with asyncio.Runner() as runner:
        runner.run(opened.invoke_startup())

        def asked(address: str, **query: str) -> httpx.Response:
            answer: httpx.Response = runner.run(opened.client.get(address, params=query))
            return answer

        yield asked
        for database in opened.databases.values():
            database.close()


def test_the_tables_of_a_case_are_listed_and_answer(case: Path, ask: Ask) -> None:
    tables = {one["name"]: one["count"] for one in ask("/ledger.json").json()["tables"]}
    with Case(case) as opened:
        about = opened.about()
    assert {name: tables[name] for name in ("documents", "claims", "links", "log")} == {
        "documents": about.documents,
        "claims": about.claims,
        "links": about.links,
        "log": about.log_entries,
    }
    for name in tables:
        assert ask(f"/ledger/{name}.json").status_code == 200, name
    assert ask("/ledger/claims").text.startswith("<!DOCTYPE html>")


def test_a_query_over_the_records_says_what_the_case_says(case: Path, ask: Ask) -> None:
    rows = ask("/ledger.json", sql=_ASKED, _shape="arrays").json()["rows"]
    found = {claim: msgspec.json.decode(body, type=Claim) for claim, body in rows}
    with Case(case) as opened:
        expected = {view.claim.id: view.claim.content for view in opened.claims()}
    assert expected
    assert {claim: found[claim].content for claim in expected} == expected


def test_nothing_can_be_changed_and_the_file_stays_as_it_was(case: Path, ask: Ask) -> None:
    def state() -> dict[str, str]:
        return {one.name: sha256(one.read_bytes()).hexdigest() for one in case.iterdir() if one.is_file()}

    before = state()
    for sql in ("delete from claims", "insert into log default values", "pragma journal_mode = delete"):
        assert ask("/ledger.json", sql=sql).status_code == 400, sql
    ask("/ledger.json", sql="select count(*) from search where search match 'brenna'")
    assert state() == before
    with Case(case) as opened:
        assert opened.verify().findings == ()
