"""Sessions and tokens: they change, end and die when they should, and count in one case alone."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.teams import (
    PASSWORD,
    Clock,
    TeamDesk,
    awaited,
    joined,
    person_of,
    team_running,
    team_with,
    token_of,
)

from sayso.case import Case
from sayso.web.door import Person, Visit
from sayso.web.people import admin, members, sessions, tokens
from sayso.web.people.door import TeamDoor
from sayso.web.people.file import PeopleFile
from sayso.web.people.sessions import Origin
from sayso.web.people.team import Team
from sayso.web.roles import Role

API = "/api/v1"
BOUNDED = settings(deadline=None, max_examples=30, derandomize=True, database=None)


@pytest.fixture(scope="module")
def lasting(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Team, Clock]]:
    """People without a desk, for many sessions."""
    clock = Clock()
    with Case(built) as case, PeopleFile.create(tmp_path_factory.mktemp("lasting") / "people") as file:
        team = team_with(case, file, clock)
        joined(team, "Bo Second")
        yield team, clock


def status(desk: TeamDesk, secret: str) -> int:
    """Ask once with a session's secret, and keep nothing of the answer."""
    with desk.nobody() as browser:
        return browser.get("/log", headers={"cookie": f"{desk.cookie}={secret}"}).status_code


def test_the_secret_changes_while_a_session_is_used(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        first = browser.cookies[team.cookie]
        team.clock.now += sessions.CHANGE - 1
        assert browser.get("/log").status_code == 200
        assert browser.cookies[team.cookie] == first
        team.clock.now += 1
        assert browser.get("/log").status_code == 200
        second = browser.cookies[team.cookie]
        assert second != first
        # What was under way with the old one is answered.
        assert status(team, first) == 200
        assert browser.get("/log").status_code == 200
        assert status(team, first) == 200
        assert browser.cookies[team.cookie] == second


def test_a_copy_of_an_old_secret_ends_the_session_for_both(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        copied = browser.cookies[team.cookie]
        team.clock.now += sessions.CHANGE
        browser.get("/log")
        browser.get("/log")
        team.clock.now += sessions.GRACE + 1
        assert status(team, copied) == 401
        assert browser.get("/log").status_code == 401
    assert team.events()[0] == ("session-stolen", "", "Bo Second")
    with team.browser("Ada Tester") as browser:
        assert "An old secret was said again" in browser.get("/people").text


def test_whoever_loses_the_answer_with_the_new_secret_goes_on_with_the_old_one(team: TeamDesk) -> None:
    secret = team.session("Bo Second")
    team.clock.now += sessions.CHANGE
    for _ in range(4):
        assert status(team, secret) == 200
        team.clock.now += sessions.GRACE + 1
    with team.nobody() as browser:
        browser.cookies.set(team.cookie, secret, domain="127.0.0.1")
        assert browser.get("/log").status_code == 200
        assert "set-cookie" not in browser.get("/log").headers
        assert browser.cookies[team.cookie] != secret


class Visitor:
    """A browser that says the last secret it was given, and loses some answers."""

    def __init__(self, team: Team) -> None:
        self.team = team
        with team.file.writing() as connection:
            person, now = person_of(team, "Bo Second"), team.clock()
            self.secret = sessions.opened(connection, person, team.case, now=now, origin=Origin())

    def ask(self, secret: str, method: str = "GET") -> Visit:
        """Ask once with a secret."""
        cookie = f"sayso-session-80={secret}".encode()
        headers = [(b"host", b"desk"), (b"cookie", cookie)]
        scope: Any = {"type": "http", "method": method, "path": "/", "headers": headers, "client": None}
        return awaited(TeamDoor(self.team, secure=False).visit, scope)


@BOUNDED
@given(
    steps=st.lists(
        st.tuples(st.floats(0, sessions.IDLE / 2), st.sampled_from(["GET", "GET", "POST"]), st.booleans()),
        max_size=25,
    )
)
def test_whoever_says_the_last_secret_they_got_stays_signed_in(
    lasting: tuple[Team, Clock], steps: list[tuple[float, str, bool]]
) -> None:
    team, clock = lasting
    visitor, opened = Visitor(team), clock.now
    earlier: list[str] = []
    for seconds, method, arrives in steps:
        clock.now += seconds
        if clock.now - opened > sessions.WHOLE:
            break
        visit = visitor.ask(visitor.secret, method)
        assert visit.person is not None
        if visit.session is not None and arrives:
            earlier.append(visitor.secret)
            visitor.secret = visit.session
    # Once a new secret has come back, no earlier one is worth anything.
    visitor.ask(visitor.secret, "POST")
    clock.now += sessions.GRACE + 1
    if earlier and clock.now - opened <= sessions.WHOLE:
        assert visitor.ask(earlier[-1]).person is None


def test_a_session_ends_when_nobody_uses_it_and_after_a_day_in_any_case(team: TeamDesk) -> None:
    with team.browser("Bo Second") as idle:
        team.clock.now += sessions.IDLE + 1
        assert idle.get("/log").status_code == 401
    with team.browser("Bo Second") as busy:
        opened = team.clock.now
        while team.clock.now - opened <= sessions.WHOLE:
            assert busy.get("/log").status_code == 200
            team.clock.now += sessions.IDLE / 2
        assert busy.get("/log").status_code == 401


def test_another_role_counts_with_the_next_request_and_brings_a_new_secret(team: TeamDesk) -> None:
    bo, ada = (Person(name=name, account=person_of(team.team, name)) for name in ("Bo Second", "Ada Tester"))
    with team.browser("Bo Second") as browser:
        before = browser.cookies[team.cookie]
        assert browser.get("/add").status_code == 200
        admin.set_role(team.team, ada, bo.account, "reader")
        assert browser.get("/add").status_code == 403
        assert browser.cookies[team.cookie] != before


def test_changing_the_password_ends_every_session_but_gives_this_one_a_new_secret(team: TeamDesk) -> None:
    new = "quiet blue lamps hum"
    with team.browser("Bo Second") as here, team.browser("Bo Second") as there:
        # Also when the secret was to change with this very request.
        team.clock.now += sessions.CHANGE
        before = here.cookies[team.cookie]
        sent = {"password": PASSWORD, "chosen": new, "repeated": new}
        assert here.post("/account/password", data=sent).status_code == 303
        assert here.cookies[team.cookie] != before
        assert here.get("/log").status_code == 200
        assert there.get("/log").status_code == 401
        assert team.sign_in(there, "Bo Second") == 401
        assert team.sign_in(there, "Bo Second", new) == 303


def test_whoever_is_shut_out_is_out_at_once_with_session_and_token(team: TeamDesk) -> None:
    token = {"authorization": f"Bearer {token_of(team.team, 'Bo Second', 'write')}"}
    with team.browser("Bo Second") as browser, team.nobody() as program, team.browser("Ada Tester") as boss:
        assert browser.get("/log").status_code == 200
        assert program.get(f"{API}/case", headers=token).status_code == 200
        bo = person_of(team.team, "Bo Second")
        assert boss.post(f"/people/{bo}/done/disabled").status_code == 303
        assert browser.get("/log").status_code == 401
        assert program.get(f"{API}/case", headers=token).status_code == 401
        assert team.sign_in(browser, "Bo Second") == 401
        # Let in again they sign in anew: nothing old comes back.
        assert boss.post(f"/people/{bo}/done/enabled").status_code == 303
        assert browser.get("/log").status_code == 401
        assert program.get(f"{API}/case", headers=token).status_code == 401
        assert team.sign_in(browser, "Bo Second") == 303


def test_even_a_session_that_was_left_opens_nothing_for_whoever_is_shut_out(team: TeamDesk) -> None:
    person = person_of(team.team, "Bo Second")
    token = token_of(team.team, "Bo Second", "read")
    with team.browser("Bo Second") as browser:
        with team.team.file.writing() as connection:
            members.disable(connection, person, now=team.clock())
        assert browser.get("/log").status_code == 401
        told = {"authorization": f"Bearer {token}"}
        assert browser.get(f"{API}/case", headers=told).status_code == 401


def test_a_role_a_session_and_a_token_count_in_their_own_case_alone(team: TeamDesk, tmp_path: Path) -> None:
    with (
        Case.init(tmp_path / "other", title="Other") as other,
        PeopleFile(team.team.file.path) as file,
        team_running(other, file.path) as desk,
    ):
        here = team_with(other, file, team.clock)
        assert here.case != team.team.case
        joined(desk.team, "Cy Third", "admin")
        # Bo is known to the file, and no member of the other case.
        with desk.nobody() as browser:
            assert desk.sign_in(browser, "Bo Second") == 401
            assert desk.sign_in(browser, "Cy Third") == 303
            secret = team.session("Ada Tester")
            browser.cookies.set(desk.cookie, secret, domain="127.0.0.1")
            assert browser.get("/").status_code == 401
            told = {"authorization": f"Bearer {token_of(team.team, 'Ada Tester', 'write')}"}
            assert browser.get(f"{API}/case", headers=told).status_code == 401
        with team.nobody() as browser:
            assert team.sign_in(browser, "Cy Third") == 401
        assert ("not-signed-in", "Cy Third", "") in team.events()


def test_a_case_that_is_moved_or_copied_keeps_its_people(team: TeamDesk, tmp_path: Path) -> None:
    with Case(shutil.copytree(team.case.path, tmp_path / "moved")) as moved:
        assert team_with(moved, team.team.file, team.clock).case == team.team.case


def test_a_token_does_what_its_scope_and_its_owners_role_both_allow(team: TeamDesk) -> None:
    joined(team.team, "Rea Der", "reader")
    made = (
        token_of(team.team, "Bo Second", "read"),
        token_of(team.team, "Bo Second", "write"),
        token_of(team.team, "Rea Der", "write"),
    )
    read, write, readers = ({"authorization": f"Bearer {token}"} for token in made)
    link = next(team.case.links()).link.id
    said = {"link": link, "judgement": "confirmed"}
    with team.nobody() as program:
        for token, expected in ((read, 403), (readers, 403), (write, 201)):
            assert program.get(f"{API}/case", headers=token).status_code == 200
            assert program.post(f"{API}/link-judgements", json=said, headers=token).status_code == expected
            assert program.get("/", headers=token).status_code == 401
        drop = program.request("DELETE", f"{API}/searches", json={"name": "x"}, headers=write)
        assert drop.status_code == 403


def test_the_log_names_the_person_and_the_token_that_a_program_used(team: TeamDesk) -> None:
    token = token_of(team.team, "Bo Second", "write", label="nightly import")
    link = next(team.case.links()).link.id
    with team.nobody() as program:
        told = {"authorization": f"Bearer {token}"}
        said = {"link": link, "judgement": "confirmed"}
        assert program.post(f"{API}/link-judgements", json=said, headers=told).json()["by"] == (
            "Bo Second by token nightly import"
        )
        text = {"text": "The mayor of Brenna denied it."}
        assert program.post(f"{API}/documents", json=text, headers=told, timeout=60).status_code == 200
    names = [entry.who for entry in team.case.log_rows(limit=3)]
    assert set(names) == {"Bo Second by token nightly import"}


def test_the_log_names_whoever_added_a_document_also_from_a_job(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        started = browser.post("/add/text", data={"text": "The ferry sailed, the harbour office said."})
        until = time.monotonic() + 60
        while "hx-get" in browser.get(started.headers["location"]).text and time.monotonic() < until:
            time.sleep(0.1)
        assert browser.get("/log").status_code == 200
    added = next(entry for entry in team.case.log_rows() if entry.act == "add")
    assert added.who == "Bo Second"


def test_a_token_ends_with_its_days_and_when_its_owner_says_so(team: TeamDesk) -> None:
    short, other = (token_of(team.team, "Bo Second", "read", label=label, days=1) for label in "ab")
    with team.nobody() as program, team.browser("Bo Second") as browser:

        def works(token: str) -> bool:
            told = {"authorization": f"Bearer {token}"}
            return program.get(f"{API}/case", headers=told).status_code == 200

        assert works(short)
        assert works(other)
        account = browser.get("/account").text
        ended = account.split("/account/tokens/")[2].partition("/")[0]
        assert browser.post(f"/account/tokens/{ended}/ended").status_code == 303
        assert [works(short), works(other)].count(True) == 1
        team.clock.now += 24 * 3600
        assert not works(short)
        assert not works(other)


def test_nobody_ends_the_tokens_or_sessions_of_another(team: TeamDesk) -> None:
    token = token_of(team.team, "Ada Tester", "read")
    ada = person_of(team.team, "Ada Tester")
    with team.browser("Ada Tester") as hers, team.browser("Bo Second") as browser:
        with team.team.file.reading() as connection:
            (session,) = sessions.listed(connection, ada, team.team.case, now=team.clock())
            (listed,) = tokens.listed(connection, ada, team.team.case)
        browser.post(f"/account/sessions/{session.id}/ended")
        browser.post(f"/account/tokens/{listed.id}/ended")
        assert hers.get("/log").status_code == 200
        told = {"authorization": f"Bearer {token}"}
        assert httpx.get(f"{team.address}{API}/case", headers=told, trust_env=False).status_code == 200


def test_signing_out_everywhere_ends_all_of_ones_own_and_nobody_elses(team: TeamDesk) -> None:
    with (
        team.browser("Bo Second") as one,
        team.browser("Bo Second") as two,
        team.browser("Ada Tester") as hers,
    ):
        assert one.post("/account/sessions/ended").status_code == 303
        assert (one.get("/log").status_code, two.get("/log").status_code) == (401, 401)
        assert hers.get("/log").status_code == 200


def test_a_token_that_is_cut_or_mistyped_is_refused_before_anything_is_looked_up() -> None:
    begun = "sayso_" + "ab" * 32
    token = begun + tokens._checksum(begun)  # noqa: SLF001 - how else would it be right
    assert tokens.looks_like_one(token)
    cut, loud, mistyped = token[:-1], token.upper(), token[:-8] + "0" * 8
    for other in ("", "sayso_", cut, loud, mistyped, token + "0", token + "\n", "٣" * 78):
        assert not tokens.looks_like_one(other)


def test_no_secret_stands_in_the_people_file(team: TeamDesk) -> None:
    token = token_of(team.team, "Bo Second", "write")
    with team.browser("Bo Second") as browser, team.browser("Ada Tester") as boss:
        secret = browser.cookies[team.cookie]
        invited = boss.post("/people", data={"name": "Cy Third", "role": "reader"}).text
        link = invited.partition("token=")[2].partition("<")[0]
        assert link
        browser.post("/sign-in", data={"name": "a password typed as a name", "password": "x"})
    file = team.team.file.path
    kept = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    for hidden in (token, secret, link, PASSWORD, "a password typed as a name"):
        assert hidden.encode() not in kept
    assert b"Bo Second" in kept


@pytest.mark.parametrize("role", ["reader", "analyst", "editor", "admin"])
def test_a_door_finds_what_a_role_may_do(team: TeamDesk, role: Role) -> None:
    joined(team.team, "Cy Third", role)
    door = TeamDoor(team.team, secure=False)
    name = "sayso-session-80"
    cookie = f"{name}={team.session('Cy Third')}".encode()
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [(b"host", b"desk"), (b"cookie", cookie)],
        "client": None,
    }
    person = awaited(door.visit, scope).person
    assert person is not None
    assert ("people" in person.may) == (role == "admin")
    assert "self" in person.may
