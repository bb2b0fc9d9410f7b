import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.flow.extraction import extract_stream

Typed = Callable[..., Any]  # see conftest: gives code, out and err
TEXT = "“We left 🙂 at dawn,” Ada Brenn said.\r\n\r\nThe mayor denied it, Northwire reports."
PAGE = """<!doctype html><html><head><title>Bridge</title></head>
<body><article><p>The mayor said that the bridge was open.</p></article></body></html>"""
KEYS = {
    "attributions": {"id", "source", "cue", "content", "voice", "within", "speaker"},
    "claims": {
        *("id", "attribution", "content", "act", "polarity", "hedges", "actor", "action", "target"),
        *("quantities", "times", "places", "law", "checkworthy", "embedded", "negation", "event"),
    },
    "mentions": {"id", "span", "kind", "party"},
}


def rows(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture
def fed(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run `sayso extract` with these bytes on standard input."""

    def run(content: bytes, *arguments: str) -> Any:  # noqa: ANN401 - see conftest
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return typed("extract", *arguments)

    return run


def test_a_line_has_the_fields_of_the_machine_interface_and_no_others(fed: Typed) -> None:
    ended = fed(json.dumps({"id": "a1", "text": TEXT}).encode())
    assert ended.code == 0
    (line,) = rows(ended.out)
    assert set(line) == {"id", "text_sha256", "attributions", "claims", "mentions", "problems"}
    assert line["id"] == "a1"
    for name, keys in KEYS.items():
        assert line[name]
        assert all(set(item) == keys for item in line[name])


def test_offsets_count_code_points_of_the_text_as_given(fed: Typed) -> None:
    (line,) = rows(fed(json.dumps({"id": "a1", "text": TEXT}).encode()).out)
    assert line["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    contents = [TEXT[start:end] for a in line["attributions"] for start, end in a["content"]]
    assert any(words.startswith("“We left 🙂 at dawn") for words in contents)
    cues = {TEXT[start:end] for a in line["attributions"] for start, end in a["cue"]}
    assert "said" in cues


def test_files_of_each_kind_give_a_line_each(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor denied it.")
    (tmp_path / "b.jsonl").write_text(
        '{"id":"b1","text":"He said no."}\n\n{"id":"b2","text":"She said yes."}\n'
    )
    page = PAGE
    (tmp_path / "c.html").write_text(page)
    ended = typed("extract", tmp_path / "a.txt", tmp_path / "b.jsonl", tmp_path / "c.html")
    assert [line["id"] for line in rows(ended.out)] == [
        str(tmp_path / "a.txt"),
        "b1",
        "b2",
        str(tmp_path / "c.html"),
    ]


def test_the_text_can_be_asked_for(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor denied it.")
    assert rows(typed("extract", "--text", tmp_path / "a.txt").out)[0]["text"] == "The mayor denied it."


def test_a_bad_input_gives_its_problems_and_the_next_one_is_read(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("The mayor denied it.")
    ended = typed("extract", tmp_path / "empty.txt", tmp_path / "none.txt", tmp_path / "good.txt")
    empty, none, good = rows(ended.out)
    assert ended.code == 1
    assert set(empty) == set(none) == {"id", "problems"}
    assert [empty["problems"][0]["code"], none["problems"][0]["code"]] == ["empty-file", "no-such-file"]
    assert good["claims"]


def test_a_bad_line_among_json_lines_is_named_by_its_number(fed: Typed) -> None:
    ended = fed(b'{"id":"1","text":"He said no."}\n\n{"id":"2"}\nnot json\n{"text":"She said yes."}\n', "-")
    assert ended.code == 1
    assert [line["id"] for line in rows(ended.out)] == ["1", "-:3", "-:4", "5"]


def test_other_input_is_a_text_with_its_blank_lines(fed: Typed) -> None:
    text = "\n\n  The mayor denied it.\n"
    (line,) = rows(fed(text.encode()).out)
    assert line["id"] == "-"
    assert line["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_text_that_begins_like_json_is_still_a_text(fed: Typed) -> None:
    (line,) = rows(fed(b"{sic} The mayor denied it.").out)
    assert line["id"] == "-"
    assert line["claims"]


def test_a_page_on_standard_input_is_read_as_one(fed: Typed) -> None:
    page = PAGE.encode()
    (line,) = rows(fed(page, "--text").out)
    assert "<p>" not in line["text"]


def test_nothing_at_all_is_an_empty_file(fed: Typed) -> None:
    ended = fed(b"")
    assert ended.code == 1
    assert rows(ended.out)[0]["problems"][0]["code"] == "empty-file"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=3))
def test_every_row_gets_an_answer_whatever_its_text(texts: list[str]) -> None:
    stream = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))
    answers = list(extract_stream(io.BytesIO(stream.encode())))
    assert len(answers) == len(texts)


def test_a_row_is_answered_before_the_next_one_is_written() -> None:
    command = [str(Path(sys.executable).with_name("sayso")), "extract"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for name in ("a", "b"):
            running.stdin.write(json.dumps({"id": name, "text": "The mayor denied it."}) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == name
        running.stdin.close()
        assert running.wait() == 0


def test_a_line_that_is_too_large_is_named_and_the_next_one_is_read(
    fed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_LIMITS_MEGABYTES", "1")
    ended = fed(b'{"id":"1","text":"He left."}\n' + b"x" * 2_500_000 + b'\n{"id":"3","text":"She left."}\n')
    first, large, third = rows(ended.out)
    assert [line["id"] for line in (first, large, third)] == ["1", "-:2", "3"]
    assert large["problems"][0]["code"] == "too-large"
