#!/usr/bin/env python3
"""Writes docs/reference/ from the code; `--check` only tells whether it is up to date."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import click
import msgspec

from sayso.cli.exits import MEANINGS
from sayso.cli.main import COMMANDS, sayso
from sayso.core import errors, ports, records, settings, spans, views
from sayso.exchange import lines

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SOURCES = ROOT / "src" / "sayso"
MADE = "<!-- Made by `make docs` from the code. -->\n\n"

# A record's own line, and the comment behind a field: `name: type = default  # what it says`.
_FIELD = re.compile(r"^    (?P<name>\w+): (?P<kind>[^#]+?)(?:\s+#\s*(?P<told>.*))?$")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")

ABOUT_RECORDS = """\
Every record is frozen. `id` is made from the content, so equal content has an equal id on every machine;
`run` and what people decide later stand outside it. Offsets count code points of `Document.text`, half open;
in JSON a span is `[start, end]`.
"""
ABOUT_SETTINGS = """\
Defaults, then the case's `case.toml`, then variables: the later one wins. An unknown table, key or `SAYSO_`
variable is an error that names the nearest valid one.

Where the records of a case are kept is settled when it is made: `sayso init` alone reads
`SAYSO_LEDGER_DATABASE`, and for a case that is there only its own `case.toml` counts.
"""
ABOUT_CODES = """\
What a *document* does wrong is a **problem**: it is printed, kept with the case, and the next document is
read. What the *caller* does wrong is an **error**: it ends the command. A **finding** is what `sayso verify`
says of a case that is not as it was written. Codes are stable across releases; `…` stands for what differs.
"""


class Said(msgspec.Struct, frozen=True, order=True):
    """One stable code: what kind of thing carries it, and its words with … for what differs."""

    code: str
    kind: str
    message: str
    hint: str


def cli() -> str:
    """Return the page of every command, as its `--help` prints it."""
    pages = [f"{MADE}# Commands\n", _help(sayso, "sayso")]
    context = click.Context(sayso, info_name="sayso")
    for name in COMMANDS:
        command = sayso.get_command(context, name)
        if command is not None:
            pages.append(f"## sayso {name}\n\n{_help(command, f'sayso {name}')}")
        if isinstance(command, click.Group):
            parent = f"sayso {name} {' '.join(one.make_metavar(context) for one in command.params[:1])}"
            pages += [
                f"### {parent} {part}\n\n{_help(found, f'{parent} {part}')}"
                for part, found in command.commands.items()
            ]
    return "\n".join(pages)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80)
    return f"```text\n{command.get_help(context).rstrip()}\n```\n"


def record_fields() -> str:
    """Return the page of every record and view with its fields."""
    parts = [f"{MADE}# Records\n", ABOUT_RECORDS]
    parts += [_struct(kind) for kind in records.RECORD_KINDS]
    parts.append(_vocabulary())
    parts.append("# Parts of records\n")
    parts += [_struct(kind) for kind in _structs_of(records, but=(records.Record, *records.RECORD_KINDS))]
    parts.append(_struct(spans.Span))
    parts.append("# What a case answers\n")
    parts += [_struct(kind) for kind in _structs_of(views, but=(views.View,))]
    parts.append("# The machine interface\n")
    parts += [_struct(kind) for kind in _structs_of(lines, but=())]
    parts.append("# What plugins give and take\n")
    parts += [_struct(kind) for kind in _structs_of(ports, but=())]
    return "\n".join(parts)


def _structs_of(module: object, *, but: tuple[type, ...]) -> Iterator[type[msgspec.Struct]]:
    for kind in vars(module).values():
        if not isinstance(kind, type) or not issubclass(kind, msgspec.Struct) or kind in but:
            continue
        if kind.__module__ == getattr(module, "__name__", ""):
            yield kind


def _vocabulary() -> str:
    rows = ["# Words with a fixed meaning\n", "| type | values |", "|---|---|"]
    for name, kind in vars(records).items():
        if get_origin(kind) is Literal:
            rows.append(f"| `{name}` | {', '.join(f'`{value}`' for value in get_args(kind))} |")
    return "\n".join(rows) + "\n"


def _struct(kind: type[msgspec.Struct]) -> str:
    told = inspect.cleandoc(kind.__doc__ or "")
    rows = [f"## {kind.__name__}\n", f"{told}\n", "| field | type | |", "|---|---|---|"]
    rows += [f"| `{name}` | `{_cell(shape)}` | {_cell(comment)} |" for name, shape, comment in _fields(kind)]
    return "\n".join(rows) + "\n"


def _fields(kind: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    for line in inspect.getsource(kind).splitlines():
        found = _FIELD.match(line)
        if found and found["name"] in kind.__struct_fields__:
            shape = found["kind"].replace('Id("")', "").replace("msgspec.field(default_factory=", "(")
            yield found["name"], re.sub(r"(\w+Id) = \w*$", r"\1", shape), found["told"] or ""


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def every_setting() -> str:
    """Return the page of every setting, its variable and its default."""
    rows = [
        f"{MADE}# Settings\n",
        ABOUT_SETTINGS,
        "| table | key | variable | default | what it sets |",
        "|---|---|---|---|---|",
    ]
    for table in msgspec.structs.fields(settings.Settings):
        told = {name: comment for name, _, comment in _fields(table.type)}
        for field in msgspec.structs.fields(table.type):
            variable = f"{settings.PREFIX}{table.name}_{field.name}".upper()
            default = msgspec.json.encode(field.default).decode()
            comment = told.get(field.name, "")
            rows.append(f"| `{table.name}` | `{field.name}` | `{variable}` | `{default}` | {comment} |")
    return "\n".join(rows) + "\n"


def every_code() -> str:
    """Return the page of every error, problem and finding, by its stable code."""
    said = sorted(set(_said()))
    tree = inspect.cleandoc(errors.__doc__ or "")
    parts = [f"{MADE}# Problems and errors\n", ABOUT_CODES, f"```text\n{tree}\n```\n"]
    for title, kinds in (
        ("Problems", {"Problem"}),
        ("Findings of `sayso verify`", {"Finding"}),
        ("Errors", None),
    ):
        rows = [f"## {title}\n", "| code | | what it says | what to do |", "|---|---|---|---|"]
        rows += [
            f"| `{one.code}` | {one.kind} | {_cell(one.message)} | {_cell(one.hint)} |"
            for one in said
            if (one.kind in kinds if kinds else one.kind not in {"Problem", "Finding"})
        ]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _said() -> Iterator[Said]:
    error_names = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func).rpartition(".")[2]
            if name in error_names:
                yield from _of_call(call, name)
            elif "problem" in name.lower():
                yield from _of_call(call, "Problem")
            elif "finding" in name.lower():
                yield from _of_call(call, "Finding")


def _of_call(call: ast.Call, kind: str) -> Iterator[Said]:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    given = list(call.args)
    at = next((i for i, value in enumerate(given) if _CODE.fullmatch(_words(value))), None)
    if at is None and "code" not in named:
        return
    code = _words(named["code"]) if at is None else _words(given[at])
    if not re.fullmatch(r"[a-z0-9-]+", code):
        return
    rest = given if at is None else given[at + 1 :]
    message = named.get("message", rest[0] if rest else None)
    hint = named.get("hint", rest[1] if len(rest) > 1 else None)
    yield Said(code, kind, _words(message), _words(hint))


def _words(value: ast.expr | None) -> str:
    """Return a string literal, with … for each part that is only known at run time."""
    match value:
        case None:
            return ""
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(_words(part) for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{_words(body)} / {_words(orelse)}"
        case _:
            return "…"


def exit_codes() -> str:
    """Return the page of the exit codes."""
    rows = [
        f"{MADE}# Exit codes\n",
        "The same for every command, stable across releases.\n",
        "| code | name | meaning |",
        "|---|---|---|",
    ]
    rows += [f"| {code:d} | `{code.name}` | {told} |" for code, told in MEANINGS.items()]
    return "\n".join(rows) + "\n"


PAGES = {
    "cli.md": cli,
    "records.md": record_fields,
    "settings.md": every_setting,
    "problems-and-errors.md": every_code,
    "exit-codes.md": exit_codes,
}


def main() -> int:
    """Write the pages, or with `--check` name those that differ."""
    stale = [name for name, page in PAGES.items() if _on_disk(name) != page()]
    if "--check" in sys.argv[1:]:
        for name in stale:
            sys.stdout.write(f"docs/reference/{name} is not up to date; run: make docs\n")
        return int(bool(stale))
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (REFERENCE / name).write_text(PAGES[name](), encoding="utf-8")
        sys.stdout.write(f"wrote docs/reference/{name}\n")
    return 0


def _on_disk(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    raise SystemExit(main())
