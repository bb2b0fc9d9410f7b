"""JSON lines: a bad line is named, and the other lines go on."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Document, Problem
from sayso.readers.table import JsonLinesReader


def read(content: bytes, media_type: str = "application/jsonl") -> list[Document | Problem]:
    capture = Capture(
        sha256=sha256_hex(content), size=len(content), origin="wire.jsonl", media_type=media_type
    )
    return list(JsonLinesReader().read(capture, content))


def documents(found: list[Document | Problem]) -> list[Document]:
    return [one for one in found if isinstance(one, Document)]


def problems(found: list[Document | Problem]) -> list[Problem]:
    return [one for one in found if isinstance(one, Problem)]


def test_every_field_of_a_line_reaches_the_document() -> None:
    row = {
        "id": "k1",
        "text": "The bridge is closed.",
        "published": "2031-03-04",
        "publisher": "Kestrel Wire",
        "url": "https://kestrel.example/1",
        "title": "Bridge closed",
        "byline": "Ana Duarte",
        "section": "passed over",
    }
    (found,) = documents(read(json.dumps(row).encode()))
    assert (found.part, found.text, found.published_at) == ("k1", "The bridge is closed.", "2031-03-04")
    assert (found.publisher, found.url) == ("Kestrel Wire", "https://kestrel.example/1")
    assert (found.title, found.byline) == ("Bridge closed", "Ana Duarte")


def test_a_line_without_an_id_is_called_by_its_number() -> None:
    found = documents(read(b'{"text": "One."}\n\n{"text": "Two.", "id": 7}\r\n{"text": "Three."}'))
    assert [document.part for document in found] == ["1", "7", "4"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"no json", "no JSON"),
        (b'{"text": "cut', "no JSON"),
        (b'{"id": "k2"}', "missing required field `text`"),
        (b'{"text": 3}', "`$.text`"),
        (b'{"text": "  "}', "empty"),
        (b"[1]", "Expected `object`"),
        (b"[" * 50_000, "nested too deeply"),
        (b'{"text": "Two.", "id": ' + b"9" * 5000 + b"}", "integer"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(line: bytes, why: str) -> None:
    found = read(b'{"text": "One."}\n' + line + b'\n{"text": "Three."}\n')
    (problem,) = problems(found)
    assert (problem.code, problem.origin) == ("bad-line", "wire.jsonl:2")
    assert why in problem.message
    assert [document.text for document in documents(found)] == ["One.", "Three."]


def test_two_lines_with_one_id_are_both_read_and_named() -> None:
    found = read(b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n{"id": "a", "text": "Three."}')
    assert [document.text for document in documents(found)] == ["One.", "Two.", "Three."]
    (problem,) = problems(found)
    assert (problem.origin, problem.message) == ("wire.jsonl:3", "line 1 has the same id, 'a'")


def test_a_line_that_says_a_name_twice_is_refused() -> None:
    found = read(b'{"text": "One."}\n{"text": "Two.", "text": "Three."}')
    assert [document.text for document in documents(found)] == ["One."]
    assert problems(found)[0].message == "it has 'text' twice"


def test_a_date_that_is_none_costs_the_date_alone() -> None:
    found = read(b'{"text": "One.", "published": "4 March"}')
    assert documents(found)[0].published_at is None
    assert problems(found)[0].document == documents(found)[0].id


def test_the_text_is_stored_as_given_but_for_what_no_ledger_can_store() -> None:
    (found,) = documents(read(b'{"text": "One.\\r\\n\\ud83d Two\\u0000 \\ud83d\\ude00"}'))
    assert found.text == "One.\r\n\ufffd Two\ufffd 😀"


def test_first_lines_of_the_text_say_what_the_line_does_not() -> None:
    text = "date 2031-03-04 By Kestrel\n\nThe bridge is closed."
    (plain,) = documents(read(json.dumps({"text": text}).encode()))
    (dated,) = documents(read(json.dumps({"text": text, "published": "2031-04-01"}).encode()))
    assert (plain.published_at, plain.byline) == ("2031-03-04", "Kestrel")
    assert dated.published_at == "2031-04-01"


def test_a_json_file_holds_one_object_or_a_list_of_them() -> None:
    one = read(b'{\n  "text": "One."\n}', "application/json")
    many = read(b'[{"text": "One."}, 2, {"text": "Three."}]', "application/json")
    assert [document.text for document in documents(one)] == ["One."]
    assert [document.part for document in documents(many)] == ["1", "3"]
    assert problems(many)[0].origin == "wire.jsonl:2"


def test_a_json_file_with_json_lines_is_read_line_by_line() -> None:
    found = read(b'{"text": "One."}\n{"text": "Two."}', "application/json")
    assert [document.text for document in documents(found)] == ["One.", "Two."]


@pytest.mark.parametrize(("content", "code"), [(b"\n \n", "empty-file"), (b"\0" * 40, "broken-encoding")])
def test_a_file_without_lines_is_a_problem(content: bytes, code: str) -> None:
    assert [problem.code for problem in problems(read(content))] == [code]


@settings(deadline=None)
@given(st.lists(st.text().filter(str.strip), max_size=5))
def test_any_text_survives_but_for_its_nuls_and_half_characters(texts: list[str]) -> None:
    content = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    stored = [document.text for document in documents(read(content))]
    assert stored == [text.replace("\0", "\ufffd") for text in texts]
