"""Who is let in, what every answer carries, and what is refused before it reaches a page."""

from typing import Any

import httpx
import pytest
from litestar.datastructures import Headers
from litestar.response import Response
from tests.web.desks import Desk
from tests.web.teams import awaited

from sayso.web.door import Door, Person, cookie_at, cookie_of
from sayso.web.guard import Guard, Place, session_cookie

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
    assert "No document" in answer.text


def test_whoever_asks_for_json_is_refused_in_json(open_desk: Desk) -> None:
    for accepted, kind in (
        ("application/json", "application/problem+json"),
        ("text/html,application/json", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ):
        answer = httpx.get(f"{open_desk.address}/who/graph", headers={"accept": accepted}, trust_env=False)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == kind


def guarded(place: Place) -> tuple[Guard, list[str]]:
    """Return a guard before an application that only notes what reaches it."""
    reached: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        reached.append(scope["type"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        del receive

    door = Door(Person(name="Ada"))
    guard = Guard(app, door=door, closed=lambda _: Response("", status_code=401), place=place, is_open=bool)
    return guard, reached


@pytest.mark.parametrize("kind", ["websocket", "http.invented"])
def test_nothing_but_http_reaches_the_application(kind: str) -> None:
    guard, reached = guarded(Place(hosts=("desk",)))
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:  # noqa: ANN401 - as ASGI has it
        sent.append(message)

    async def connect() -> None:
        scope: Any = {"type": kind, "path": "/", "headers": [(b"host", b"desk")]}
        await guard(scope, receive, send)  # type: ignore[arg-type]  # typed by hand above

    awaited(connect)
    assert reached == []
    assert [one["type"] for one in sent] == (["websocket.close"] if kind == "websocket" else [])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://desk.example"}, 204),
        ({"sec-fetch-site": "same-origin", "origin": "https://desk.example"}, 204),
        ({"origin": "http://desk.example"}, 403),
        ({"origin": "https://desk.example.evil"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "https://desk.example"}, 403),
    ],
)
def test_behind_https_a_change_comes_from_the_https_pages_alone(headers: dict[str, str], status: int) -> None:
    guard, _ = guarded(Place(hosts=("desk.example",), secure=True))

    async def ask() -> int:
        transport = httpx.ASGITransport(app=guard)  # type: ignore[arg-type]  # both speak ASGI
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
            return (await client.post("/sign-in", headers=headers)).status_code

    assert awaited(ask) == status


def test_a_session_behind_https_is_kept_for_this_host_alone() -> None:
    kept = session_cookie("desk.example", "secret", secure=True).to_header(header="")
    assert kept.startswith("__Host-sayso-session-443=secret;")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
        assert part in kept
    assert "Domain" not in kept


@pytest.mark.parametrize(
    ("host", "secure", "name"),
    [
        ("127.0.0.1:8000", False, "sayso-session-8000"),
        ("desk.example", True, "__Host-sayso-session-443"),
        ("desk.example:8443", True, "__Host-sayso-session-8443"),
        ("[::1]:8000", False, "sayso-session-8000"),
        ("[::1]", False, "sayso-session-80"),
        ("", False, "sayso-session-80"),
    ],
)
def test_a_cookie_is_named_after_the_port(host: str, secure: bool, name: str) -> None:  # noqa: FBT001 - a column
    assert cookie_at(host, secure=secure) == name


def test_a_cookie_is_found_among_those_of_other_programs() -> None:
    said = Headers({"cookie": 'other="a=b; c"; sayso-session-80=x=y ;sayso-session-8000=z; broken'})
    assert cookie_of(said, "sayso-session-80") == "x=y"
    assert cookie_of(said, "sayso-session-8000") == "z"
    assert cookie_of(said, "sayso-session-1") is None
