"""Whatever a request asks, says or sends, the desk answers in words and never as if it had failed itself."""

import socket
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from tests.web.desks import Desk, furnished, running

from sayso.case import Case
from sayso.ledger import cursors

_VALUES = (
    "",
    "-1",
    "9" * 10_000,
    "٣",
    "nan",
    "1e400",
    "\0",
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    '"' * 5_000,
    "NEAR((",
    "2031-02-30",
    "clm_",
    "a" * 20_000,
    cursors.written("\0"),
    cursors.written("9" * 40, "x"),
    cursors.written("nan", "b", "c"),
    urlsafe_b64encode(b"[" * 2000).decode(),
)
_ASKED = {
    "/": ("after",),
    "/documents/{document}": ("start", "claim", "part"),
    "/claims": ("q", "act", "speaker", "since", "links", "least", "said_by", "sort", "after", "judged"),
    "/claims.csv": ("q", "speaker", "since", "said_by"),
    "/who": ("act", "voice", "since", "most"),
    "/sources": ("after",),
    "/sources/outlet": ("name", "after"),
    "/copies": ("after",),
    "/log": ("before",),
}  # fmt: skip
_PATHS = ("/documents/{}", "/claims/{}", "/copies/{}", "/add/{}", "/log/verify/{}", "/static/{}", "/{}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Case(furnished(tmp_path_factory.mktemp("hostile"))) as case:
        yield from running(case)


@pytest.fixture(scope="module")
def program(desk: Desk) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk.address, trust_env=False, timeout=30) as client:
        client.get(desk.link.removeprefix(desk.address))
        yield client


@pytest.mark.parametrize("path", _ASKED)
def test_no_question_breaks_a_page(path: str, desk: Desk, program: httpx.Client) -> None:
    document = desk.case.document_rows().rows[0].head.id
    for name in _ASKED[path]:
        for value in _VALUES:
            answer = program.get(f"{path.format(document=document)}?{name}={quote(value, safe='')}")
            assert answer.status_code in {200, 400, 404}, (name, value[:60])
            assert "set-cookie" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", _PATHS)
def test_no_address_breaks_the_desk(path: str, program: httpx.Client) -> None:
    for value in _VALUES[1:]:
        answer = program.get(path.format(quote(value, safe="")))
        assert answer.status_code in {400, 404}, value[:60]
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/..%2fapp.py", "/static/"],
)
def test_only_what_pages_need_is_served_as_files(path: str, desk: Desk) -> None:
    with httpx.Client(trust_env=False) as stranger:
        # As it stands: a client of ours would resolve the dots.
        asked = httpx.URL(desk.address).copy_with(raw_path=path.encode())
        answer = stranger.get(asked)
    assert answer.status_code in {400, 401, 404}
    assert "import" not in answer.text


def test_where_somebody_is_led_back_to_is_always_a_page_of_the_desk(
    desk: Desk, program: httpx.Client
) -> None:
    claim = next(desk.case.claims()).claim.id
    for back in (
        "//elsewhere.example",
        "https://elsewhere.example/?q=x",
        "q=\r\nSet-Cookie: a=b",
        "\0",
        "/\\x",
    ):
        for path, data in (
            ("/claims/searches", {"name": "Kept", "back": back}),
            (
                "/claims/judgements",
                {"claims": claim, "kind": "quotes", "judgement": "rejected", "back": back},
            ),
        ):
            answer = program.post(path, data=data)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/claims")
            assert "set-cookie" not in answer.headers


def test_a_form_is_no_way_to_bring_megabytes(desk: Desk, program: httpx.Client) -> None:
    claim = next(desk.case.claims()).claim.id
    large = "x" * 1_100_000
    for path, data in (
        (f"/claims/{claim}/verdicts", {"rating": "supported", "reason": large}),
        ("/claims/searches", {"name": large}),
        ("/api/v1/searches", {"name": large}),
    ):
        sent = program.post(path, json=data) if path.startswith("/api") else program.post(path, data=data)
        assert sent.status_code == 413, path
    too_many = program.post(
        "/claims/judgements", data={"kind": "same", "judgement": "rejected", "claims": [claim] * 1001}
    )
    assert too_many.status_code == 400
    refused = program.post(f"/claims/{claim}/verdicts", data={"rating": "supported", "evidence": ["x"] * 201})
    assert refused.status_code == 400
    # A text may be as long as that.
    assert program.post("/add/text", data={"text": large}).status_code == 303


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(desk: Desk, program: httpx.Client) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in program.cookies.items())
    host = desk.address.removeprefix("http://")
    head = (
        f"POST /add/files HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nContent-Length: 70000000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    )
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_every_answer_keeps_the_policy_whatever_it_is(program: httpx.Client) -> None:
    for path in (
        "/",
        "/nowhere",
        "/claims?act=steal",
        "/log/export",
        "/claims.csv",
        "/api/v1/case",
        "/static/ink.css",
    ):
        answer = program.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'"), path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].count("charset") <= 1
