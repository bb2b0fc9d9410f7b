"""What one database keeps and finds, the other keeps and finds too."""

import json
import os
import random
import string
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from tests.cases import changed, new_place, place_of

from sayso.case import Case
from sayso.cli.main import main
from sayso.core.errors import BadInput, NotACase
from sayso.core.views import ClaimFilter
from sayso.ledger import database, fulltext, schema, search
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.ledger.places import Namespace, Place, checked_name, new_name
from sayso.ledger.search import Asked, Listed
from sayso.ledger.store import Store
from sayso.ledger.values import escaped, one_of, unescaped

MakeArrival = Callable[..., Arrival]
ANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.lists(
    st.sampled_from(("shells", "hit", "the", "bridge", "قصف", "ٱلْجِسْر", "пост", "1,200")), max_size=9
)
ON_POSTGRESQL = "SAYSO_LEDGER_DATABASE" in os.environ


@given(st.text(st.sampled_from("\0\x01\x02ab\N{BRIDGE AT NIGHT}")))
def test_any_text_comes_back_from_postgresql_as_it_was(words: str) -> None:
    written = escaped(words)
    assert written is not None
    assert "\0" not in written
    assert unescaped(written) == words


@given(st.lists(st.text(st.sampled_from("\0\x01\x02ab"))))
def test_text_is_sorted_on_postgresql_as_on_sqlite(texts: list[str]) -> None:
    assert sorted(texts, key=lambda words: str(escaped(words))) == sorted(texts)


@ANY
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=8, unique=True
    )
)
def test_names_of_any_characters_are_kept_sorted_and_found(store: Store, names: list[str]) -> None:
    terms = schema.terms
    with database.writing(store.engine) as connection:
        connection.execute(terms.delete())
        rows = [
            {"number": number, "kind": "k", "folded": name, "name": name} for number, name in enumerate(names)
        ]
        connection.execute(insert(terms), rows)
    with database.reading(store.engine) as connection:
        found = connection.scalars(select(terms.c.name).order_by(terms.c.folded)).all()
        assert found == sorted(names, key=lambda name: name.encode())
        for name in names:
            wanted = select(terms.c.name).where(terms.c.folded == name)
            assert connection.scalars(wanted).all() == [name]


def test_what_no_database_likes_is_kept_all_the_same(
    store: Store, captures: Captures, arrival: MakeArrival
) -> None:
    long = "x" * 100_000
    files = [
        arrival(f"The {long} said {long}.\0 \x01 Nobody was hurt.", origin=f"{long}\0\x01.txt"),
        arrival(" ".join(f"w{number}" for number in range(40_000)) + ". End.", origin="many.txt"),
        arrival(("the bridge " * 20_000) + "fell. End.", origin="same.txt"),
    ]
    captures.keep(reading.document.text.encode() for file in files for reading in file.readings)
    assert store.put(files) == (True, True, True)
    with store.pages() as pages:
        texts = {page.document.text for page in pages.documents()}
        assert texts == {reading.document.text for file in files for reading in file.readings}
        for query in (long, "w39999", '"w20000 w20001"', '"bridge fell"', '"the bridge the bridge"'):
            assert [hit.document.origin for hit in pages.hits(query, 9)], query
        assert not list(pages.hits('"fell bridge"', 9))
    assert store.check(captures).findings == ()


def test_more_values_than_a_statement_has_parameters_are_asked_for_at_once(store: Store) -> None:
    with database.reading(store.engine) as connection:
        wanted = select(schema.records.c.id).where(one_of(schema.records.c.id, map(str, range(100_000))))
        assert connection.scalars(wanted).all() == []
        numbers = select(schema.log.c.number).where(one_of(schema.log.c.number, range(100_000)))
        assert connection.scalars(numbers).all() == [1]
        without = select(schema.log.c.number).where(~one_of(schema.log.c.number, range(2, 100_000)))
        assert connection.scalars(without).all() == [1]


@pytest.fixture
def texts(store: Store, arrival: MakeArrival) -> list[str]:
    """Passages that are alike, stored and indexed."""
    found = [
        "shells hit the bridge",
        "the bridge the bridge hit",
        "hit the shells",
        "bridge",
        "ٱلْجِسْر قصف the bridge",
        "1,200 shells hit. Hit the bridge!",
        "the the the the bridge hit the",
        "cafe\u0301 bridge café",
    ]
    store.put([arrival(f"{text}. End.", origin=f"{number}.txt") for number, text in enumerate(found)])
    return found


@ANY
@given(phrases=st.lists(WORDS.filter(bool), min_size=1, max_size=3))
def test_search_finds_exactly_what_has_all_phrases(
    store: Store, texts: list[str], phrases: list[list[str]]
) -> None:
    query = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    wanted = search.phrases(query)
    with store.pages() as pages:
        found = {hit.document.origin for hit in pages.hits(query, 50)}
    expected = {
        f"{number}.txt"
        for number, text in enumerate(texts)
        if wanted and all(_holds(f"{text}. End.", phrase) for phrase in wanted)
    }
    assert found == expected


def _holds(text: str, phrase: tuple[str, ...]) -> bool:
    words = tuple(folded for _, folded in search.words(text))
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words)))


def test_the_best_passages_come_first_in_one_order(store: Store, texts: list[str]) -> None:
    assert texts
    with store.pages() as pages:
        order = [int(hit.document.origin.partition(".")[0]) for hit in pages.hits("the bridge hit", 50)]
        phrase = [int(hit.document.origin.partition(".")[0]) for hit in pages.hits('"the bridge"', 50)]
    assert order == [1, 6, 0, 5]
    assert phrase == [1, 0, 4, 5, 6]


def test_claims_are_found_by_words_and_marks_together(store: Store, texts: list[str]) -> None:
    assert texts
    with database.reading(store.engine) as connection:
        listed = schema.listed.c
        rows = connection.execute(select(listed.number, listed.words, listed.marks)).all()
        of = fulltext.of(connection)
        for asked in (
            Asked((("the", "bridge"),)),
            Asked((("hit",), ("bridge",)), (("aaccuse", "areport"),)),
            Asked((), (("aaccuse",), ("voutlet", "vindirect"))),
            Asked((("bridge",),), (("nosuchmark",),)),
        ):
            expected = sorted(row.number for row in rows if _fits(Listed(*row), asked))
            assert connection.scalars(of.claim_numbers(asked)).all() == expected
            if expected:
                between = of.claim_numbers(asked, above=expected[0], below=expected[-1])
                assert connection.scalars(between).all() == expected[1:-1]


def _fits(listed: Listed, asked: Asked) -> bool:
    words, marks = tuple(listed.words.split()), set(listed.marks.split())
    phrases = all(
        any(words[at : at + len(phrase)] == phrase for at in range(len(words))) for phrase in asked.phrases
    )
    return phrases and not any(marks.isdisjoint(group) for group in asked.marks)


WRITER = """
import sys
from sayso.case import Case
from sayso.cli.main import main
with Case(sys.argv[1]) as case:
    claim = next(iter(case.claims())).claim.id
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        reason = f"{sys.argv[2]} {number}"
        case.conclude(claim, "unproven", reason=reason, by=sys.argv[2])
        print(reason, flush=True)
"""


def _writer(case: Path, name: str, times: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(case), name, str(times)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)


def _go(writer: "subprocess.Popen[str]") -> None:
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A case with one text."""
    (tmp_path / "post.txt").write_text("The Orvale ministry said that the bridge fell.\n", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        list(case.add([tmp_path / "post.txt"]))
    return tmp_path / "case"


def test_two_writers_at_once_lose_nothing(written: Path) -> None:
    writers = [_writer(written, name, 20) for name in ("Ada", "Bo")]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        _go(writer)
    said = [reason for writer in writers for reason in writer.communicate()[0].split("\n") if reason]
    assert [writer.returncode for writer in writers] == [0, 0]
    with Case(written) as case:
        kept = list(case.verdicts())
        assert sorted(one.reason for one in kept) == sorted(said)
        # Each saw the other's last word: one chain, no verdict superseded twice.
        assert [one.supersedes for one in kept] == [None, *(one.id for one in kept[:-1])]
        assert case.verify().findings == ()


def test_a_writer_that_is_killed_leaves_all_that_it_said_was_kept(written: Path) -> None:
    said: list[str] = []
    for lines in (1, 4, 9):
        with _writer(written, f"Ada {lines}", 1000) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            _go(writer)
            said += [writer.stdout.readline().strip() for _ in range(lines)]
            writer.kill()
            said += [line.strip() for line in writer.stdout if line.endswith("\n")]
    with Case(written) as case:
        kept = {one.reason for one in case.verdicts()}
        assert set(said) <= kept
        assert case.verify().findings == ()


def test_a_reader_sees_one_state_while_others_write(filled: Store, arrival: MakeArrival) -> None:
    with filled.pages() as pages:
        before = pages.about(()).claims
        with closing(Store(filled.place)) as other:
            other.put([arrival("The Orvale ministry said more.", origin="more.txt")])
        assert pages.about(()).claims == before
    with filled.pages() as pages:
        assert pages.about(()).claims > before


def test_an_order_of_a_place_in_the_list_beyond_all_bounds_is_no_error(filled: Store) -> None:
    assert filled.log_rows(10**30, 5) == filled.log_rows(None, 5)


def test_a_search_that_cannot_be_read_any_more_keeps_no_other_from_being_listed(written: Path) -> None:
    with Case(written) as case:
        for name in ("One", "Two"):
            case.save_search(name, ClaimFilter(act="deny"), by="Ada")
        found = "kind = 'savedsearch' AND body LIKE '%One%'"
        changed(place_of(written), f"UPDATE records SET body = replace(body, 'deny', 'sing') WHERE {found}")  # noqa: S608 - as it stands here
        assert [one.name for one in case.searches()] == ["Two"]


def test_an_outlet_may_have_a_name_longer_than_any_index_takes(tmp_path: Path) -> None:
    name = "".join(random.Random(7).choices(string.ascii_lowercase, k=6_000))  # noqa: S311 - no secret
    line = {"text": "The Orvale ministry said that the bridge fell.", "publisher": name}
    (tmp_path / "posts.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        assert [one.outcome for one in case.add([tmp_path / "posts.jsonl"])] == ["added"]
        assert [one.name for one in case.outlets().rows] == [name]
        assert case.verify().findings == ()


def test_no_variable_says_where_the_records_of_a_case_are_that_is_there(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_LEDGER_DATABASE", "postgresql:///elsewhere?host=/nowhere")
    monkeypatch.setenv("SAYSO_LEDGER_NAMESPACE", "sayso_elsewhere")
    with Case(written) as case:
        assert case.about().documents == 1
        assert bool(case.settings.ledger.namespace) == ON_POSTGRESQL
        assert case.settings.ledger.namespace != "sayso_elsewhere"


@pytest.mark.parametrize("name", ["default", "public", "user", "sayso", "sayso_", "sayso_A", "sayso_a; b"])
def test_a_namespace_is_none_but_those_that_are_made_for_cases(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="bad-database"):
        checked_name(name)
    assert checked_name(new_name(tmp_path / ("long" * 60)))


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about a server")
class TestAServer:
    """What only a case in a server's database can run into."""

    def test_a_case_names_its_database_and_holds_no_ledger(self, written: Path) -> None:
        assert {path.name for path in written.iterdir()} >= {"captures", "case.toml"}
        assert not (written / "ledger.sqlite").exists()
        said = (written / "case.toml").read_text(encoding="utf-8")
        assert "[ledger]" in said
        with pytest.raises(BadInput, match="case-exists"):
            Case.init(written)

    def test_many_cases_share_a_database_and_nothing_else(self, tmp_path: Path, written: Path) -> None:
        with Case.init(tmp_path / "other") as other, Case(written) as case:
            assert other.about().documents == 0
            assert case.about().documents == 1

    def test_a_case_whose_namespace_is_gone_says_so(self, store: Store) -> None:
        assert isinstance(store.place, Namespace)
        store.close()
        changed(store.place, f"DROP SCHEMA {store.place.name} CASCADE")
        with pytest.raises(NotACase, match="no-case"):
            Store(store.place)

    @pytest.mark.parametrize(
        ("address", "code"),
        [
            ("postgresql://ada:secret@localhost/sayso", "password-in-address"),
            ("postgresql://localhost/sayso?password=secret", "password-in-address"),
            ("mysql://localhost/sayso", "bad-database"),
            ("somewhere", "bad-database"),
            ("postgresql:///sayso?host=/nowhere", "case-out-of-reach"),
        ],
    )
    def test_an_address_that_leads_nowhere_is_refused_with_a_hint(
        self, tmp_path: Path, address: str, code: str
    ) -> None:
        with pytest.raises(BadInput, match=code) as caught:
            Case.init(tmp_path / "case", database=address)
        assert caught.value.hint
        assert "secret" not in str(caught.value)

    def test_a_server_that_went_away_is_told_as_such(self, store: Store) -> None:
        with pytest.raises(BadInput, match="case-out-of-reach"):
            self._read_while_it_goes(store)
        with store.pages() as pages:
            assert pages.title() == "Bridges"

    def _read_while_it_goes(self, store: Store) -> None:
        with store.pages() as pages:
            pages.title()
            with database.reading(store.engine) as other:
                other.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE pid <> pg_backend_pid() "
                    "AND relation = 'log'::regclass"
                ).all()
            pages.title()

    def test_a_case_is_made_in_a_database_by_the_command(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = os.environ["SAYSO_LEDGER_DATABASE"]
        monkeypatch.delenv("SAYSO_LEDGER_DATABASE")
        assert main(["init", str(tmp_path / "Our case"), "--database", address]) == 0
        with Case(tmp_path / "Our case") as case:
            assert case.settings.ledger.database == address
            assert case.settings.ledger.namespace.startswith("sayso_our_case_")
            assert case.verify().findings == ()
        assert main(["init", str(tmp_path / "file")]) == 0
        assert (tmp_path / "file" / "ledger.sqlite").exists()

    def test_a_connection_that_looked_at_another_case_stores_nothing_there(
        self, store: Store, tmp_path: Path, arrival: MakeArrival
    ) -> None:
        with closing(Store.create(new_place(tmp_path / "other"), title="Other")) as other:
            for session in (other.place, None):  # another case's connection, and one of no case
                self._leave_looking_at(store, session)
                store.put([arrival(f"The mayor said it fell {session}.", origin=f"{session}.txt")])
            with other.pages() as pages:
                assert pages.about(()).documents == 0
            with store.pages() as pages:
                assert pages.about(()).documents == 2
                assert pages.title() == "Bridges"

    def _leave_looking_at(self, store: Store, place: Place | None) -> None:
        name = place.name if isinstance(place, Namespace) else "public"
        with closing(store.engine.raw_connection()) as connection:
            connection.cursor().execute(f"SET search_path TO {name}")
            connection.commit()

    def test_a_value_that_the_server_finds_too_large_is_no_broken_ledger(self, store: Store) -> None:
        with (
            pytest.raises(BadInput, match="beyond-database"),
            database.reading(store.engine) as connection,
        ):
            connection.exec_driver_sql(
                "SELECT to_tsvector('simple', string_agg(n::text, ' ')) FROM generate_series(1, 300000) AS n"
            )

    def test_two_ledgers_cannot_have_one_namespace(self, store: Store) -> None:
        with pytest.raises(BadInput, match="case-exists"):
            Store.create(store.place, title="again")
