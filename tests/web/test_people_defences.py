"""What somebody with a role, an old password or a copied session might try against the people of a desk."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyotp
import pytest
from click.testing import CliRunner
from tests.web.teams import PASSWORD, CountedPasswords, TeamDesk, joined, person_of, team_with, token_of

from sayso.case import Case
from sayso.core.errors import BadInput, NotAllowed
from sayso.web.door import Person
from sayso.web.people import account, admin, file, members, sessions, sign_in
from sayso.web.people.account import NewPassword
from sayso.web.people.command import people_command
from sayso.web.people.file import PeopleFile
from sayso.web.people.keeper import Keeper
from sayso.web.people.sessions import Origin
from sayso.web.people.sign_in import Attempt
from sayso.web.people.team import Team

NEW = "quiet blue lamps hum"


@pytest.fixture
def other(team: TeamDesk, tmp_path: Path) -> Iterator[Team]:
    """The people of another case, in the same file; Di is its admin."""
    with Case.init(tmp_path / "other", title="Other") as case, PeopleFile(team.team.file.path) as people:
        found = team_with(case, people, team.clock)
        joined(found, "Di Fourth", "admin")
        yield found


def person(team: Team, name: str, session: str = "") -> Person:
    return Person(name=name, account=person_of(team, name), session=session)


def in_session(team: Team, name: str) -> tuple[Person, str]:
    """Sign somebody in at a case; return them in that session, and its secret."""
    with team.file.writing() as connection:
        now, whose = team.clock(), person_of(team, name)
        secret = sessions.opened(connection, whose, team.case, now=now, origin=Origin())
        row = sessions.row_of(connection, secret, team.case, now=now)
    assert row is not None
    return person(team, name, row.session), secret


def test_an_account_that_another_admin_made_up_is_not_taken_into_a_case(team: TeamDesk, other: Team) -> None:
    ada, di = person(team.team, "Ada Tester"), person(other, "Di Fourth")
    name, link = admin.add(team.team, ada, "Jane Doe", "reader")
    assert link is not None
    sign_in.join(team.team, link, PASSWORD, PASSWORD, origin=Origin())
    for is_member in (True, False):
        if not is_member:
            admin.remove(team.team, ada, person_of(team.team, name))
        with pytest.raises(NotAllowed, match="has an account already"):
            admin.add(other, di, "jane  doe", "editor")
    attempt = Attempt(name=name, password=PASSWORD)
    assert sign_in.sign_in(other, attempt, origin=Origin()) is None


def test_an_admin_keeps_their_say_about_members_that_another_would_like_too(
    team: TeamDesk, other: Team
) -> None:
    ada, di, bo = person(team.team, "Ada Tester"), person(other, "Di Fourth"), person(team.team, "Bo Second")
    with pytest.raises(NotAllowed):
        admin.add(other, di, "Bo Second", "reader")
    admin.disable(team.team, ada, bo.account)


def test_a_member_who_has_not_joined_yet_gets_another_link(team: TeamDesk) -> None:
    ada = person(team.team, "Ada Tester")
    links = [admin.add(team.team, ada, "Cy Third", role)[1] for role in ("reader", "editor")]
    assert None not in links
    assert [sign_in.invited_name(team.team, link or "") for link in links] == [None, "Cy Third"]
    with team.team.file.reading() as connection:
        assert members.role_of(connection, person_of(team.team, "Cy Third"), team.team.case) == "reader"


def test_whoever_keeps_the_file_adds_an_account_to_another_case_and_is_told_that_it_is_one(
    team: TeamDesk, tmp_path: Path
) -> None:
    with Case.init(tmp_path / "third", title="Third"):
        pass
    added = Keeper(team.team.file.path).add("bo second", tmp_path / "third", "reader")
    assert (added.name, added.link, added.has_password) == ("Bo Second", None, True)
    arguments = [str(team.team.file.path), "add", "Bo Second", "--case", str(tmp_path / "third")]
    ended = CliRunner().invoke(people_command, [*arguments, "--role", "editor"])
    assert "They have a password already" in ended.output


def test_a_path_that_somebody_is_refused_is_kept_escaped_and_once_a_minute(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        for _ in range(3):
            assert browser.get("/people").status_code == 403
        team.clock.now += 61
        assert browser.post("/people/%0A2030-01-01%1B[2Jforged/invitation").status_code == 403
    refused = [one for one in admin.happened(team.team, before=None, limit=100) if one.act == "not-allowed"]
    assert [one.details for one in refused] == [
        "/people/\\n2030-01-01\\x1b[2Jforged/invitation",
        "/people",
    ]


def test_what_was_kept_before_paths_were_escaped_forges_no_line(team: TeamDesk) -> None:
    with team.team.file.writing() as connection:
        connection.exec_driver_sql(
            'INSERT INTO events (at, "case", act, who, whom, details, address)'
            " VALUES (0, 'x', 'not-allowed', 'Bo', '', ?, '')",
            ("/a\n\x1b[2J2030 forged\u2028\u202e",),
        )
    ended = CliRunner().invoke(people_command, [str(team.team.file.path), "events", "--most", "1"])
    assert ended.output.count("\n") == 1
    assert not {"\x1b", "\u2028", "\u202e"} & set(ended.output)


def test_a_people_file_that_cannot_be_used_is_an_answer_with_our_headers_and_without_its_path(
    team: TeamDesk,
) -> None:
    with team.browser("Bo Second") as browser, team.nobody() as stranger:
        with team.team.file.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE sessions RENAME TO gone")
            connection.exec_driver_sql("ALTER TABLE tries RENAME TO gone_too")
        sent = {"name": "Bo Second", "password": PASSWORD}
        for answer in (browser.get("/"), stranger.post("/sign-in", data=sent)):
            assert (answer.status_code, "people-out-of-reach" in answer.text) == (500, True)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "people.sqlite" not in answer.text
        told = browser.get("/log", headers={"accept": "application/json"})
        assert told.json()["code"] == "people-out-of-reach"


def test_a_people_file_that_is_being_written_is_one_to_try_again(
    team: TeamDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_PATIENCE_SECONDS", 0)
    with (
        PeopleFile(team.team.file.path) as people,
        team.team.file.writing(),
        pytest.raises(BadInput) as refused,
        people.writing(),
    ):
        pass
    assert refused.value.code == "people-busy"
    assert "people.sqlite" not in refused.value.message


def test_a_people_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "ä ?x=1#%20.sqlite"
    with PeopleFile.create(path) as people:
        people.close()
        path.unlink()
        with pytest.raises(BadInput) as refused, people.reading():
            pass
    assert (refused.value.code, list(tmp_path.iterdir())) == ("people-out-of-reach", [])


def test_changing_the_password_ends_tokens_too(team: TeamDesk) -> None:
    told = {"authorization": f"Bearer {token_of(team.team, 'Bo Second', 'read')}"}
    with team.browser("Bo Second") as browser:
        assert "every token for programs ends" in browser.get("/account").text
        sent = {"password": PASSWORD, "chosen": NEW, "repeated": NEW}
        assert browser.post("/account/password", data=sent).status_code == 303
    assert httpx.get(f"{team.address}/api/v1/case", headers=told, trust_env=False).status_code == 401


def test_a_second_factor_ends_all_sessions_that_came_in_without_it_also_elsewhere(
    team: TeamDesk, other: Team, tmp_path: Path
) -> None:
    Keeper(team.team.file.path).add("Bo Second", tmp_path / "other", "reader")
    here, _ = in_session(team.team, "Bo Second")
    in_session(team.team, "Bo Second")
    in_session(other, "Bo Second")
    app = begun(team, here)
    account.take_codes(team.team, here, app.at(int(team.clock())), origin=Origin())
    with team.team.file.reading() as connection:
        left = connection.exec_driver_sql(
            "SELECT session FROM sessions WHERE person = ?", (here.account,)
        ).scalars()
        assert list(left) == [here.session]


def begun(team: TeamDesk, who: Person) -> pyotp.TOTP:
    """Begin to set up a second factor."""
    account.offer_codes(team.team, who, PASSWORD, origin=Origin())
    return pyotp.TOTP(account.offered_address(team.team, who)[0])


def test_a_second_factor_is_offered_to_one_session_for_ten_minutes(team: TeamDesk) -> None:
    here, _ = in_session(team.team, "Bo Second")
    there, _ = in_session(team.team, "Bo Second")
    app = begun(team, here)
    with pytest.raises(BadInput, match="no second factor is being set up"):
        account.offered_address(team.team, there)
    with pytest.raises(BadInput, match="no second factor is being set up"):
        account.take_codes(team.team, there, app.at(int(team.clock())), origin=Origin())
    team.clock.now += 601
    with pytest.raises(BadInput, match="no second factor is being set up"):
        account.take_codes(team.team, here, app.at(int(team.clock())), origin=Origin())


class Overtaken(CountedPasswords):
    """Compares a password, and before anything else happens its owner chose another."""

    def __init__(self, people: PeopleFile, who: str) -> None:
        super().__init__()
        self.people = people
        self.who = who

    def is_right(self, kept: str | None, password: str) -> bool:
        """Compare as always; by then another one is kept."""
        right = super().is_right(kept, password)
        with self.people.writing() as connection:
            connection.exec_driver_sql(
                "UPDATE people SET password = ? WHERE person = ?", (self.kept(NEW), self.who)
            )
        return right


def test_a_password_that_was_changed_while_it_was_compared_opens_and_confirms_nothing(
    team: TeamDesk,
) -> None:
    bo, _ = in_session(team.team, "Bo Second")
    overtaken = Team(
        file=team.team.file,
        case=team.team.case,
        title="",
        passwords=Overtaken(team.team.file, bo.account),
        clock=team.clock,
    )
    attempt = Attempt(name="Bo Second", password=PASSWORD)
    assert sign_in.sign_in(overtaken, attempt, origin=Origin()) is None
    with team.team.file.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE people SET password = ? WHERE person = ?", (team.passwords.kept(PASSWORD), bo.account)
        )
    typed = NewPassword(password=PASSWORD, chosen="slow red boats turn", repeated="slow red boats turn")
    with pytest.raises(BadInput, match="not your password"):
        account.change_password(overtaken, bo, typed, origin=Origin())


def test_new_codes_for_paper_are_told_as_such_with_where_they_were_asked_for(team: TeamDesk) -> None:
    here, _ = in_session(team.team, "Bo Second")
    app = begun(team, here)
    account.take_codes(team.team, here, app.at(int(team.clock())), origin=Origin())
    account.renew_recovery(team.team, here, PASSWORD, origin=Origin(address="192.0.2.5"))
    newest = admin.happened(team.team, before=None, limit=1)[0]
    assert (newest.act, newest.address) == ("codes-renewed", "192.0.2.5")
