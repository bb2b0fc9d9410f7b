"""Signing in: one answer for all that is wrong, a growing wait, codes that work once, no fixed session."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from tests.web.teams import (
    PASSWORD,
    CountedPasswords,
    TeamDesk,
    invited,
    joined,
    person_of,
    team_with,
)

from sayso.core.errors import BadInput
from sayso.web.door import Person
from sayso.web.people import codes, limits
from sayso.web.people.account import offer_codes, offered_address, own, take_codes
from sayso.web.people.file import PeopleFile
from sayso.web.people.passwords import Passwords, checked
from sayso.web.people.sessions import Origin
from sayso.web.people.sign_in import join
from sayso.web.people.team import Team
from sayso.web.routes.team import inside


def with_codes(desk: TeamDesk, name: str) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Set up somebody's second factor, and return it with their codes for paper."""
    person = Person(name=name, account=person_of(desk.team, name))
    offer_codes(desk.team, person, PASSWORD, origin=Origin())
    secret, _ = offered_address(desk.team, person)
    app = pyotp.TOTP(secret)
    return app, take_codes(desk.team, person, app.at(int(desk.clock())), origin=Origin())


def test_a_name_and_its_password_let_in_and_lead_to_where_somebody_was_going(team: TeamDesk) -> None:
    with team.nobody() as browser:
        closed = browser.get("/claims?act=deny")
        assert (closed.status_code, 'value="/claims?act=deny"' in closed.text) == (401, True)
        sent = {"name": " ADA  tester", "password": PASSWORD, "next": "/claims?act=deny"}
        answer = browser.post("/sign-in", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/claims?act=deny")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert browser.get("/claims?act=deny").status_code == 200


def test_an_unknown_name_a_wrong_password_and_somebody_shut_out_get_the_same_answer(team: TeamDesk) -> None:
    invited(team.team, "Not Yet")
    with team.nobody() as browser:
        answers = []
        for name, password in (("Nobody", PASSWORD), ("Bo Second", "wrong"), ("Not Yet", PASSWORD)):
            before = team.passwords.compared
            answer = browser.post("/sign-in", data={"name": name, "password": password})
            answers.append((answer.status_code, answer.text.replace(name, "")))
            # The time tells nothing: the same work is done whoever is meant.
            assert team.passwords.compared == before + 1
            assert "set-cookie" not in answer.headers
    assert len(set(answers)) == 1
    assert answers[0][0] == 401


def test_strangers_send_no_large_forms(team: TeamDesk) -> None:
    with team.nobody() as browser:
        assert team.sign_in(browser, "Ada Tester", "x" * 50_000) == 413
        assert browser.post("/join", data={"token": "x" * 50_000}).status_code == 413
        assert browser.post("/add/text", data={"text": "x" * 50_000}).status_code == 401


def test_no_password_is_right_for_whoever_has_none() -> None:
    passwords = CountedPasswords()
    for said in ("", "a password that nobody has", PASSWORD):
        assert not passwords.is_right(None, said)


def test_whoever_guesses_waits_ever_longer_even_with_the_right_password(team: TeamDesk) -> None:
    waits = []
    with team.nobody() as browser:
        for _ in range(4):
            assert team.sign_in(browser, "Bo Second", "wrong") == 401
        for _ in range(12):
            assert team.sign_in(browser, "Bo Second", "wrong") == 401
            refused = browser.post("/sign-in", data={"name": "Bo Second", "password": PASSWORD})
            assert refused.status_code == 429
            waits.append(int(refused.headers["retry-after"]))
            team.clock.now += waits[-1]
        assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
        # Nobody else waits for it, and the right one counts when its time has come.
        assert team.sign_in(browser, "Ada Tester") == 303
        assert team.sign_in(browser, "Bo Second") == 303


def test_a_wait_is_kept_by_a_desk_that_is_started_again(team: TeamDesk) -> None:
    with team.nobody() as browser:
        for _ in range(6):
            team.sign_in(browser, "Bo Second", "wrong")
    with PeopleFile(team.team.file.path) as file:
        again = team_with(team.case, file, team.clock)
        keys = limits.keys_of("bo second", "192.0.2.1")
        with file.writing() as connection:
            assert limits.wait(connection, keys, now=again.clock()) > 0


def test_guessing_all_at_once_is_no_way_around_the_wait(team: TeamDesk) -> None:
    def guess(number: int) -> int:
        with team.nobody() as browser:
            return team.sign_in(browser, "Bo Second", f"wrong {number}")

    before = team.passwords.compared
    with ThreadPoolExecutor(8) as many:
        statuses = list(many.map(guess, range(24)))
    assert statuses.count(401) == team.passwords.compared - before == 5
    assert statuses.count(429) == 19


def test_one_address_cannot_try_many_names(team: TeamDesk) -> None:
    with team.nobody() as browser:
        statuses = [team.sign_in(browser, f"Nobody {number}", "wrong") for number in range(22)]
        assert statuses == [401] * 20 + [429] * 2
        # A proxy of ours says who asks; each has their own count.
        elsewhere = {"x-forwarded-for": "192.0.2.9"}
        sent = {"name": "Ada Tester", "password": PASSWORD}
        assert browser.post("/sign-in", data=sent, headers=elsewhere).status_code == 303


@given(failed=st.integers(0, 10**9), free=st.integers(1, 30))
def test_a_wait_never_shrinks_and_has_an_end(failed: int, free: int) -> None:
    assert 0 <= limits.delay(failed, free=free) <= limits.delay(failed + 1, free=free) <= 900


def test_addresses_of_one_network_are_counted_as_one() -> None:
    def key(address: str) -> str:
        return limits.keys_of("ada", address)[1].key

    assert key("2001:db8::1") == key("2001:db8::ffff") != key("2001:db8:0:1::1")
    assert key("::ffff:192.0.2.1") == key("192.0.2.1") != key("192.0.2.2")
    # Some proxies append the port, and each connection has another.
    assert key("192.0.2.1:40001") == key("192.0.2.1:40002") == key("192.0.2.1")
    assert key("[2001:db8::1]:443") == key("[2001:db8::1]") == key("2001:db8::1")
    assert key("") == key("") != key("elsewhere:x")
    assert "ada" not in limits.keys_of("ada", "")[0].key


def test_a_code_is_asked_for_counts_once_and_a_step_to_either_side(team: TeamDesk) -> None:
    app, _ = with_codes(team, "Bo Second")
    team.clock.now += 300
    with team.nobody() as browser:
        right = app.at(int(team.clock.now))
        wrong = f"{(int(right) + 1) % 10**6:06d}"
        assert team.sign_in(browser, "Bo Second") == 401
        assert team.sign_in(browser, "Bo Second", code=wrong) == 401
        assert team.sign_in(browser, "Bo Second", code=f" {right[:3]} {right[3:]} ") == 303
        assert team.sign_in(browser, "Bo Second", code=right) == 401
        # An earlier one is no better: whoever looked over a shoulder is late.
        assert team.sign_in(browser, "Bo Second", code=app.at(int(team.clock.now) - 30)) == 401
        assert team.sign_in(browser, "Bo Second", code=app.at(int(team.clock.now) + 30)) == 303
        assert team.sign_in(browser, "Bo Second", code=app.at(int(team.clock.now) + 60)) == 401


def test_the_code_that_switched_it_on_lets_nobody_in(team: TeamDesk) -> None:
    app, _ = with_codes(team, "Bo Second")
    with team.nobody() as browser:
        assert team.sign_in(browser, "Bo Second", code=app.at(int(team.clock.now))) == 401


def test_a_code_from_paper_lets_in_once_where_the_app_is_lost(team: TeamDesk) -> None:
    _, paper = with_codes(team, "Bo Second")
    assert len(set(paper)) == codes.RECOVERY_CODES
    with team.nobody() as browser:
        assert team.sign_in(browser, "Bo Second", code=paper[3].upper().replace("-", " ")) == 303
        assert team.sign_in(browser, "Bo Second", code=paper[3]) == 401
        assert team.sign_in(browser, "Ada Tester", code=paper[4]) == 303
        assert team.sign_in(browser, "Bo Second", code=paper[4]) == 303
    bo = Person(name="Bo Second", account=person_of(team.team, "Bo Second"))
    assert own(team.team, bo).recovery_left == codes.RECOVERY_CODES - 2
    assert ("code-spent", "Bo Second", "") in team.events()


@given(typed=st.text())
def test_no_text_but_the_code_is_taken(typed: str) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody
    now = 1_930_000_000.0
    right = {pyotp.TOTP(secret).at(int(now) + around) for around in (-30, 0, 30)}
    taken = codes.taken_step(secret, typed, now=now, last=None)
    assert (taken is not None) == (codes.plain(typed) in right)


def test_a_session_that_somebody_planted_is_not_the_one_that_signing_in_opens(team: TeamDesk) -> None:
    with team.nobody() as browser:
        planted = "x" * 43
        browser.cookies.set(team.cookie, planted, domain="127.0.0.1")
        assert team.sign_in(browser, "Bo Second") == 303
        assert browser.cookies[team.cookie] != planted
        with team.nobody() as attacker:
            attacker.cookies.set(team.cookie, planted, domain="127.0.0.1")
            assert attacker.get("/").status_code == 401


def test_signing_in_ends_the_session_that_the_browser_had(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        before = browser.cookies[team.cookie]
        assert team.sign_in(browser, "Ada Tester") == 303
        with team.nobody() as old:
            old.cookies.set(team.cookie, before, domain="127.0.0.1")
            assert old.get("/").status_code == 401


def test_another_site_can_sign_nobody_in(team: TeamDesk) -> None:
    with team.nobody() as browser:
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            sent = {"name": "Ada Tester", "password": PASSWORD}
            answer = browser.post("/sign-in", data=sent, headers=headers)
            assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_signing_out_ends_the_session_and_takes_the_cookie(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        secret = browser.cookies[team.cookie]
        answer = browser.post("/sign-out")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert "Max-Age=0" in answer.headers["set-cookie"]
        browser.cookies.set(team.cookie, secret, domain="127.0.0.1")
        assert browser.get("/").status_code == 401


def test_an_invitation_is_spent_once_and_void_after_a_week_or_another(team: TeamDesk) -> None:
    first = invited(team.team, "Cy Third")
    second = invited(team.team, "Cy Third")
    with team.nobody() as browser:
        assert browser.get("/join", params={"token": first}).status_code == 404
        page = browser.get("/join", params={"token": second})
        assert (page.status_code, "Cy Third" in page.text) == (200, True)
        sent = {"token": second, "password": PASSWORD, "repeated": PASSWORD}
        assert browser.post("/join", data=sent).status_code == 200
        assert browser.post("/join", data=sent).status_code == 404
        assert team.sign_in(browser, "Cy Third") == 303
        late = invited(team.team, "Cy Third")
        team.clock.now += 7 * 24 * 3600 + 1
        assert browser.get("/join", params={"token": late}).status_code == 404


def test_a_new_password_by_a_link_ends_all_that_the_old_one_opened(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        link = invited(team.team, "Bo Second")
        assert browser.get("/").status_code == 200
        join(team.team, link, "quiet blue lamps hum", "quiet blue lamps hum", origin=Origin())
        assert browser.get("/").status_code == 401
        assert team.sign_in(browser, "Bo Second") == 401
        assert team.sign_in(browser, "Bo Second", "quiet blue lamps hum") == 303


@pytest.mark.parametrize(
    ("password", "repeated"),
    [
        ("short", "short"),
        (PASSWORD, PASSWORD + "x"),
        ("a" * 20, "a" * 20),
        ("ababababababababab", "ababababababababab"),
        ("I am CY third, hello", "I am CY third, hello"),
        ("x1y2z3w4" * 200, "x1y2z3w4" * 200),
        *[
            (easy, easy)
            for easy in (
                "123456789012345",
                "0987654321098765",
                "passwordpassword",
                "Password123456789",
                "qwertyuiopasdfgh",
                "kettle77kettle77",
                "1q2w3e4r5t6y7u8i",
                "qazwsxedcrfvtgby",
                "LetMeIn!LetMeIn?1234",
                "aaaabbbbccccddddeeeeffffgggg",
                "\ud800" * 15 + "\u202e1234",
                "ab" * 499 + "a",
            )
        ],
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, repeated: str) -> None:
    with pytest.raises(BadInput):
        checked(password, repeated, name="Cy Third")


@pytest.mark.parametrize("name", ["A", "Bat", "Staplers"])
def test_a_name_that_is_in_a_password_by_chance_is_no_hindrance(name: str) -> None:
    said = "correct horse battery staple"
    assert checked(said, said, name=name) == said


def test_the_same_characters_are_the_same_password_however_they_are_typed() -> None:
    passwords = CountedPasswords()
    kept = passwords.kept("caf\u00e9 ﬁve green lamps")
    assert passwords.is_right(kept, "cafe\u0301 five green lamps")
    assert not passwords.is_right(kept, "cafe five green lamps")
    assert not passwords.is_right(kept, "\ud800")


def test_passwords_are_kept_with_the_parameters_that_owasp_names() -> None:
    kept = Passwords().kept(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Passwords().kept(PASSWORD) != kept


def test_a_password_is_kept_anew_when_the_parameters_are_others(team: TeamDesk) -> None:
    dearer = Team(
        file=team.team.file,
        case=team.team.case,
        title="",
        passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)),
        clock=team.clock,
    )
    join(dearer, invited(team.team, "Cy Third"), PASSWORD, PASSWORD, origin=Origin())

    def kept() -> str:
        with team.team.file.reading() as connection:
            found: str = connection.exec_driver_sql(
                "SELECT password FROM people WHERE name = 'Cy Third'"
            ).scalar_one()
        return found

    assert "m=16," in kept()
    with team.nobody() as browser:
        assert team.sign_in(browser, "Cy Third") == 303
        assert "m=8," in kept()
        assert team.sign_in(browser, "Cy Third") == 303


@given(st.text(alphabet="/\\.:@a\t\n\r?#% \u2028", max_size=12))
def test_signing_in_leads_to_no_other_site(path: str) -> None:
    there = httpx.URL("https://desk.example/sign-in").join(
        # What a browser leaves out of an address.
        "".join(one for one in inside(path) if one not in "\t\n\r").replace("\\", "/")
    )
    assert (there.scheme, there.host) == ("https", "desk.example")


def test_somebody_who_joined_twice_is_one_person(team: TeamDesk) -> None:
    first = joined(team.team, "Cy  Third")
    assert joined(team.team, "ｃｙ third") == first
