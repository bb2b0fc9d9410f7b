"""The API beyond what it answers: who may ask, what is sent again, and how errors read."""

import base64
import stat
from pathlib import Path

import httpx
import msgspec
import pytest
from tests.web.desks import Desk

from sayso.core.errors import BadInput
from sayso.core.views import ClaimFilter, FigureFilter, LinkFilter, RelationFilter
from sayso.web.answers import status_of
from sayso.web.door import Door, Person
from sayso.web.jobs import Jobs
from sayso.web.roles import ALONE
from sayso.web.server import write_token

API = "/api/v1"
TEXT = "BRENNA, 6 May – The mayor of Brenna denied on Tuesday that 12 people were killed."


def problem(answer: httpx.Response) -> dict[str, object]:
    assert answer.headers["content-type"] == "application/problem+json"
    details: dict[str, object] = answer.json()
    assert details["status"] == answer.status_code
    return details


def test_without_a_session_every_operation_is_closed(open_desk: Desk) -> None:
    for method, path in (("GET", "/case"), ("GET", "/openapi.json"), ("POST", "/documents"), ("GET", "/no")):
        answer = httpx.request(method, f"{open_desk.address}{API}{path}", trust_env=False)
        assert answer.status_code == 401
        assert problem(answer)["code"] == "no-session"


def test_a_program_comes_in_by_a_token_and_only_to_the_api(open_desk: Desk) -> None:
    token = {"authorization": f"Bearer {open_desk.token}"}
    with httpx.Client(base_url=open_desk.address, trust_env=False) as program:
        assert program.get(f"{API}/case", headers=token).status_code == 200
        assert program.get("/", headers=token).status_code == 401
        for wrong in ("Bearer", "Bearer x", "Basic eDp4", "Bearer\tx"):
            assert program.get(f"{API}/case", headers={"authorization": wrong}).status_code == 401


def test_a_wrong_token_is_not_saved_by_a_session(client: httpx.Client) -> None:
    assert client.get(f"{API}/case").status_code == 200
    assert client.get(f"{API}/case", headers={"authorization": "Bearer x"}).status_code == 401


def test_a_token_is_no_session_and_a_session_no_token() -> None:
    door = Door(Person(name="Ada"))
    session, token = door.enter(door.token), door.issue()
    assert session is not None
    assert door.person(session) == Person(name="Ada", may=ALONE)
    assert door.bearer(token) == Person(name="Ada by token", may=ALONE)
    assert door.person(token) is None
    assert door.bearer(session) is None


def test_a_token_is_written_where_its_owner_alone_reads_it(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    write_token(kept, "secret")
    assert kept.read_text() == "secret\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_token_replaces_nothing_that_stands_there(tmp_path: Path) -> None:
    ledger, link = tmp_path / "ledger", tmp_path / "link"
    ledger.write_text("what was there")
    link.symlink_to(tmp_path / "elsewhere")
    for taken in (ledger, link, tmp_path / "no" / "folder"):
        with pytest.raises(BadInput, match="cannot be written"):
            write_token(taken, "secret")
    assert ledger.read_text() == "what was there"
    assert not (tmp_path / "elsewhere").exists()


def test_a_change_that_another_site_asks_for_is_refused(client: httpx.Client) -> None:
    answer = client.post(f"{API}/linking", headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert problem(answer)["code"] == "other-origin"


def test_what_did_not_change_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get(f"{API}/claims")
    etag = first.headers["etag"]
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(f"{API}/claims", headers={"if-none-match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["cache-control"] == "private, no-cache"
    assert client.get(f"{API}/claims", headers={"if-none-match": '"other"'}).status_code == 200
    client.post(f"{API}/documents", json={"text": TEXT})
    changed = client.get(f"{API}/claims", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_every_get_has_an_etag(client: httpx.Client) -> None:
    described = client.get(f"{API}/openapi.json")
    assert described.headers["etag"]
    claim = client.get(f"{API}/claims").json()["rows"][0]["view"]["claim"]["id"]
    needed = {"words": "hospital", "name": "Aldermoor Post", "claim": claim}
    for path, operations in described.json()["paths"].items():
        if "get" in operations and "{" not in path:
            parameters = operations["get"].get("parameters", ())
            asked = {one["name"]: needed[one["name"]] for one in parameters if one["required"]}
            answer = client.get(path, params=asked)
            assert answer.status_code == 200, answer.text
            # A table is sent while it is made: nobody knows its digest before.
            assert ("etag" in answer.headers) is not path.endswith(".csv"), path


def test_the_same_text_is_one_document_however_often_it_is_sent(client: httpx.Client) -> None:
    sent = {"text": TEXT, "publisher": "Brenna Courier", "published": "2031-05-06", "id": "b-17"}
    first, second = (client.post(f"{API}/documents", json=sent).json() for _ in range(2))
    (added,), (unchanged,) = first["rows"], second["rows"]
    assert (added["outcome"], unchanged["outcome"]) == ("added", "unchanged")
    assert added["ids"] == unchanged["ids"]
    page = client.get(f"{API}/documents/{added['ids'][0]}").json()
    assert page["document"]["text"] == TEXT
    assert page["document"]["part"] == "b-17"
    assert page["head"]["publisher"] == "Brenna Courier"
    assert client.get(f"{API}/case").json()["documents"] == 3


def test_a_text_that_cannot_be_one_is_refused(client: httpx.Client) -> None:
    for body, status, code in (
        (b'{"text": " \\n"}', 400, "no-text"),
        (b'{"text": "a", "published": "soon"}', 422, "bad-date"),
        (b'{"text": "a", "titel": "b"}', 400, "bad-request"),
        (b'{"text": 5}', 400, "bad-request"),
        (b'{"text": "\\ud800"}', 400, "bad-request"),
        (b'{"text": "a"', 400, "bad-request"),
        (b"[" * 100_000, 400, "bad-request"),
        (b"", 400, "bad-request"),
        (b"\xff\xfe", 400, "bad-request"),
    ):
        answer = client.post(f"{API}/documents", content=body)
        assert (answer.status_code, problem(answer)["code"]) == (status, code), body[:40]
    assert client.get(f"{API}/case").json()["documents"] == 2


def test_a_body_that_is_too_large_is_refused_unread(client: httpx.Client) -> None:
    answer = client.post(f"{API}/documents", content=b'{"text": "' + b"a" * 64_000_000 + b'"}')
    assert answer.status_code == 413
    assert problem(answer)["title"] == "Too large"


def test_uploads_keep_their_names_and_nothing_of_their_folders(client: httpx.Client) -> None:
    files = [
        ("files", (name, TEXT.encode())) for name in ("../../up.txt", "C:\\in\\down.txt", "a" * 300 + ".txt")
    ]
    rows = client.post(f"{API}/files", files=files).json()["rows"]
    assert [row["origin"] for row in rows] == ["up.txt", "down.txt", "a" * 196 + ".txt"]
    assert "/tmp" not in client.get(f"{API}/log").text  # noqa: S108 - it must not be there
    assert problem(client.post(f"{API}/files"))["status"] == 400
    assert problem(client.post(f"{API}/files", data={"files": "x"}))["status"] == 400
    assert problem(client.post(f"{API}/files", files=[("other", ("a.txt", b"x"))]))["status"] == 400


def test_errors_say_what_is_wrong_and_what_to_do(client: httpx.Client) -> None:
    for path, status, code in (
        ("/claims/clm_ffff", 404, "no-claim"),
        ("/claims/clm_", 404, "no-claim"),
        ("/claims?since=soon", 400, "bad-date"),
        ("/claims?after=nonsense", 400, "bad-cursor"),
        ("/nothing", 404, "no-page"),
        ("/nothing/at/all", 404, "no-page"),
    ):
        details = problem(client.get(f"{API}{path}"))
        assert (details["status"], details["code"]) == (status, code)
        assert details["hint"]
    wrong = problem(client.get(f"{API}/claims?limit=1001"))
    assert wrong["detail"] == "limit: Expected `int` <= 1000"
    asked = client.put(f"{API}/case")
    assert problem(asked)["status"] == 405
    assert "GET" in asked.headers["allow"]


def test_a_cursor_that_nobody_gave_is_refused_everywhere(client: httpx.Client) -> None:
    keys: tuple[object, ...] = (["9" * 5000], ["-1"], ["²"], ["same", "many", "x"], ["x"] * 9, [], "x")
    forged = [base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=") for key in keys]
    described = client.get(f"{API}/openapi.json").json()["paths"]
    paged = [
        path
        for path, operations in described.items()
        if any(one["name"] == "after" for one in operations.get("get", {}).get("parameters", ()))
    ]
    assert len(paged) > 10
    for path in paged:
        for after in (*forged, "é", "A" * 60_000):
            answer = client.get(path, params={"after": after, "name": "Aldermoor Post"})
            refused = problem(answer)["code"] == "bad-cursor" if answer.is_error else None
            # A key may have the right shape and lie behind the last row.
            found = answer.json()
            assert refused or found.get("rows", found.get("documents")) == [], (path, after[:50], found)


def test_work_that_is_under_way_is_not_begun_twice() -> None:
    jobs = Jobs()

    def again() -> None:
        with pytest.raises(BadInput, match="at work") as refused:
            jobs.finish("link", lambda: None)
        # Later the same request works, so it is not called wrong.
        assert status_of(refused.value) == 409

    jobs.finish("add", again)
    assert jobs.finish("add", lambda: 7) == 7


def test_a_filter_has_a_parameter_for_each_of_its_fields(client: httpx.Client) -> None:
    paths = client.get(f"{API}/openapi.json").json()["paths"]
    for path, kind in (
        ("claims", ClaimFilter),
        ("links", LinkFilter),
        ("figures", FigureFilter),
        ("relations", RelationFilter),
    ):
        named = {one["name"] for one in paths[f"{API}/{path}"]["get"]["parameters"]}
        assert set(kind.__struct_fields__) <= named


def test_the_description_names_every_operation_once_and_only_the_api(client: httpx.Client) -> None:
    described = client.get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith(f"{API}/") for path in described["paths"])
    operations = [one for path in described["paths"].values() for one in path.values()]
    ids = [one["operationId"] for one in operations]
    assert len(ids) == len(set(ids))
    for one in operations:
        assert one["description"]
        assert {"400", "401", "421"} <= set(one["responses"])
    span = described["components"]["schemas"]["Span"]
    assert (span["type"], span["minItems"], span.get("maxItems", 2)) == ("array", 2, 2)


def test_the_documentation_has_every_operation(client: httpx.Client) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-api.md"
    listed = [line for line in page.read_text(encoding="utf-8").splitlines() if "| `/" in line]
    described = client.get(f"{API}/openapi.json").json()["paths"]
    expected = {
        f"| {method.upper()} | `{path.removeprefix(API)}` | `{one['operationId']}` |"
        for path, operations in described.items()
        for method, one in operations.items()
    }
    assert set(listed) == expected
