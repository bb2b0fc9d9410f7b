"""The pages about people: inviting, roles, shutting out, accounts; and a walk through them in a browser."""

import re
from collections.abc import Iterator

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.exc import DatabaseError
from tests.web.teams import PASSWORD, TeamDesk, invited, joined, person_of, team_with, token_of

from sayso.case import Case
from sayso.web.people import members
from sayso.web.people.file import PeopleFile
from sayso.web.people.shown import browser as browser_words

NAME = '<img src=x onerror="alert(1)">'


def members_of(desk: TeamDesk) -> dict[str, str]:
    """Return the roles of the case by name."""
    with desk.team.file.reading() as connection:
        found = members.listed(connection, now=desk.clock(), case=desk.team.case)
        return {one.account.name: one.role for one in found}


def test_an_admin_invites_gives_roles_and_removes(team: TeamDesk) -> None:
    with team.browser("Ada Tester") as boss, team.nobody() as guest:
        page = boss.post("/people", data={"name": "Cy Third", "role": "reader"})
        link = re.search(r"http://\S+/join\?token=[\w-]+", page.text)
        assert link is not None
        assert "Cy Third" in guest.get(link[0]).text
        assert "invited" in boss.get("/people").text
        cy = person_of(team.team, "Cy Third")
        assert boss.post(f"/people/{cy}/role", data={"role": "editor"}).status_code == 303
        assert members_of(team)["Cy Third"] == "editor"
        assert boss.post(f"/people/{cy}/role", data={"role": "owner"}).status_code == 400
        assert boss.post(f"/people/{cy}/done/removed").status_code == 303
        assert "Cy Third" not in members_of(team)
        assert boss.post(f"/people/{cy}/role", data={"role": "editor"}).status_code == 404
        assert boss.post(f"/people/{cy}/done/nonsense").status_code == 404
    acts = [act for act, who, whom in team.events() if (who, whom) == ("Ada Tester", "Cy Third")]
    assert acts == ["removed", "role", "invited"]


def test_a_case_is_never_left_without_an_admin(team: TeamDesk) -> None:
    ada = person_of(team.team, "Ada Tester")
    with team.browser("Ada Tester") as boss:
        refused = boss.post(f"/people/{ada}/role", data={"role": "reader"})
        assert (refused.status_code, "no admin left" in refused.text) == (400, True)
        assert boss.post(f"/people/{ada}/done/removed").status_code == 400
        assert boss.post(f"/people/{ada}/done/disabled").status_code == 400
        joined(team.team, "Cy Third", "admin")
        assert boss.post(f"/people/{ada}/role", data={"role": "reader"}).status_code == 303
        assert boss.get("/people").status_code == 403


def test_an_admin_of_one_case_has_no_way_into_another_through_somebody_else(
    team: TeamDesk, tmp_path: object
) -> None:
    with (
        Case.init(f"{tmp_path}/other", title="Other") as other,
        PeopleFile(team.team.file.path) as file,
    ):
        joined(team_with(other, file, team.clock), "Bo Second", "admin")
    bo = person_of(team.team, "Bo Second")
    with team.browser("Ada Tester") as boss:
        page = boss.get("/people").text
        assert "Also in another case" in page
        for path in ("invitation", "done/disabled", "done/codes", "done/enabled"):
            refused = boss.post(f"/people/{bo}/{path}")
            assert (refused.status_code, "elsewhere-too" in refused.text) == (403, True)
        # Whoever is known to the file and not to this case gets neither a role nor a link.
        assert boss.post(f"/people/{bo}/done/removed").status_code == 303
        again = boss.post("/people", data={"name": "bo second", "role": "reader"})
        assert (again.status_code, "known-elsewhere" in again.text) == (403, True)
        assert "Bo Second" not in members_of(team)


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\u202eb", "tab\tonly\x00"])
def test_a_name_that_the_log_could_not_show_is_refused(team: TeamDesk, name: str) -> None:
    with team.browser("Ada Tester") as boss:
        assert boss.post("/people", data={"name": name, "role": "reader"}).status_code == 400


def test_whatever_a_name_a_label_or_a_browser_says_stays_words(team: TeamDesk) -> None:
    joined(team.team, NAME, "admin")
    token_of(team.team, NAME, "read", label=NAME)
    with team.browser(NAME) as hers:
        hers.headers["user-agent"] = NAME
        team.sign_in(hers, NAME)
        for path in ("/people", "/account", "/"):
            page = hers.get(path)
            assert page.status_code == 200
            assert "<img src=x" not in page.text
            assert "&lt;img src=x" in page.text


def test_a_wrong_password_changes_nothing_on_ones_account_and_is_not_tried_at_will(team: TeamDesk) -> None:
    new = {"password": "wrong", "chosen": "quiet blue lamps hum", "repeated": "quiet blue lamps hum"}
    with team.browser("Bo Second") as browser:
        for path in ("codes", "codes/paper", "codes/dropped"):
            assert browser.post(f"/account/{path}", data={"password": "wrong"}).status_code == 400
        made = browser.post("/account/tokens", data={"label": "x", "password": "wrong"})
        assert (made.status_code, "sayso_" in made.text) == (400, False)
        assert "not your password" in browser.post("/account/password", data=new).text
        told = browser.post("/account/password", data=new | {"password": PASSWORD})
        assert (told.status_code, "too-many-tries" in told.text) == (400, True)
        team.clock.now += 60
        assert browser.post("/account/password", data=new | {"password": PASSWORD}).status_code == 303


def test_a_token_is_shown_once_and_a_label_is_had_once(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser:
        wanted = {"label": "nightly", "scope": "write", "days": "30", "password": PASSWORD}
        token = re.search(r"sayso_[0-9a-f]{72}", browser.post("/account/tokens", data=wanted).text)
        assert token is not None
        assert token[0] not in browser.get("/account").text
        assert "label-taken" in browser.post("/account/tokens", data=wanted).text
        for wrong in ({"days": "0"}, {"days": "1000"}, {"label": " "}, {"scope": "all"}):
            assert browser.post("/account/tokens", data=wanted | {"label": "b"} | wrong).status_code == 400
        told = {"authorization": f"Bearer {token[0]}"}
        assert httpx.get(f"{team.address}/api/v1/case", headers=told, trust_env=False).status_code == 200


def test_an_admin_takes_a_lost_second_factor_away(team: TeamDesk) -> None:
    with team.browser("Bo Second") as browser, team.browser("Ada Tester") as boss:
        browser.post("/account/codes", data={"password": PASSWORD})
        shown = browser.get("/account/codes").text.partition('class="secret">')[2].partition("<")[0]
        secret = shown.replace(" ", "")
        assert browser.get("/account/codes.svg").text.startswith("<?xml")
        code = pyotp.TOTP(secret).at(int(team.clock()))
        assert "wrong-code" in browser.post("/account/codes/confirmed", data={"code": "x"}).text
        assert browser.post("/account/codes/confirmed", data={"code": code}).status_code == 200
        with team.nobody() as guest:
            assert team.sign_in(guest, "Bo Second") == 401
            boss.post(f"/people/{person_of(team.team, 'Bo Second')}/done/codes")
            assert team.sign_in(guest, "Bo Second") == 303
    assert ("code-off", "Ada Tester", "Bo Second") in team.events()


def test_what_happened_can_be_added_to_and_not_changed(team: TeamDesk) -> None:
    with team.team.file.writing() as connection:
        for change in ("UPDATE events SET who = 'x'", "DELETE FROM events"):
            with pytest.raises(DatabaseError, match="events are only added"):
                connection.exec_driver_sql(change)


def test_browsers_are_told_in_two_words() -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
    assert browser_words(firefox) == "Firefox on Linux"
    assert browser_words(safari) == "Safari on iPhone"
    assert browser_words("") == "a program"


@pytest.fixture
def visitor(browser: Browser, team: TeamDesk) -> Iterator[Page]:
    """A browser that nobody is signed in with; at the end nothing may have been complained about."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda one: None if one.url.startswith(team.address) else complaints.append(one.url),
    )
    yield page
    context.close()
    assert complaints == []


def test_from_an_invitation_to_a_judgement_and_out_again(visitor: Page, team: TeamDesk) -> None:
    page, link = visitor, invited(team.team, "Cy Third")
    page.goto(f"{team.address}/join?token={link}")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is kept")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_have_count(0)

    page.get_by_role("link", name="Cy Third").click()
    page.locator("#codes-password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("document.querySelector('img.code').naturalWidth") > 0
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Type the six digits").fill(app.at(int(team.clock())))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".paper li")).to_have_count(10)
    page.get_by_role("button", name="Sign out").click()

    team.clock.now += 60
    page.get_by_label("Name").fill("cy third")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(app.at(int(team.clock())))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()

    found = next(team.case.links())
    page.goto(f"{team.address}/claims/{found.link.left}")
    card = page.locator(f"#{found.link.id}")
    card.get_by_role("button", name="Confirm").click()
    expect(page.locator(f"#{found.link.id} .state")).to_contain_text("by Cy Third")
    assert [one.by for one in team.case.link_judgements()] == ["Cy Third"]

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.context.cookies() == []
    acts = [act for act, who, _ in team.events() if who == "Cy Third"]
    assert acts == ["signed-out", "signed-in", "signed-out", "code-on", "signed-in", "joined"]
