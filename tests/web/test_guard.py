"""Who is let in, what every answer carries, and what is refused before it reaches a page."""

import httpx
from tests.web.desks import Desk

POLICY_MUST = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


def test_the_printed_link_works_once(open_desk: Desk) -> None:
    first = httpx.get(open_desk.link, trust_env=False)
    second = httpx.get(open_desk.link, trust_env=False)
    assert first.status_code == 302
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=strict" in first.headers["set-cookie"]
    assert second.status_code == 401


def test_two_desks_on_one_machine_do_not_end_each_others_session(open_desk: Desk) -> None:
    with httpx.Client(trust_env=False) as browser:
        browser.cookies.set("sayso-session-1", "another desk's", domain="127.0.0.1")
        browser.get(open_desk.link)
        assert browser.get(open_desk.address).status_code == 200
        assert browser.cookies["sayso-session-1"] == "another desk's"


def test_without_a_session_every_page_is_closed_and_says_how_it_is_opened(open_desk: Desk) -> None:
    for path in ("/", "/documents/doc_0", "/claims", "/log", "/no-such-page"):
        answer = httpx.get(f"{open_desk.address}{path}", trust_env=False)
        assert answer.status_code == 401
        assert "sayso serve" in answer.text


def test_a_wrong_token_opens_nothing_and_spends_nothing(open_desk: Desk) -> None:
    for token in ("", "x" * 43, "ü" * 40, "a" * 500):
        assert httpx.get(f"{open_desk.address}/enter", params={"token": token}, trust_env=False).is_error
    assert httpx.get(open_desk.link, trust_env=False).status_code == 302


def test_every_answer_carries_the_policy_even_one_for_a_page_that_is_not_there(client: httpx.Client) -> None:
    for path in ("/", "/static/desk.css", "/no-such-page", "/documents/doc_ffffffff"):
        answer = client.get(path)
        assert all(part in answer.headers["content-security-policy"] for part in POLICY_MUST)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_name_of_somebody_elses_for_this_machine_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421


def test_a_change_asked_for_by_another_site_is_refused(client: httpx.Client) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://evil.example"},
    ):
        assert client.post("/add", headers=headers).status_code == 403


def test_a_page_that_is_not_there_says_so_in_words(client: httpx.Client) -> None:
    answer = client.get("/documents/doc_ffffffff")
    assert answer.status_code == 404
    assert "no document" in answer.text
