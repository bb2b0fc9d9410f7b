"""`sayso extract`: the machine interface, one JSON line a document."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sayso.cli import jsonlines
from sayso.cli.exits import Exit

if TYPE_CHECKING:
    from sayso.case import Line, RefusedLine


@click.command("extract")
@click.argument("files", metavar="[FILES…|-]", nargs=-1)
@click.option(
    "--text",
    "with_text",
    is_flag=True,
    help="Print each document's text too; a page's is read from its HTML.",
)
def extract_command(*, files: tuple[str, ...], with_text: bool) -> Exit:
    """Print who says what as JSON lines, without a case.

    One line a document: {"id", "text_sha256", "attributions", "claims", "mentions", "problems"}.

    Reads text, HTML, and JSON lines {"id", "text", "published"?, "publisher"?, "url"?}. Without FILES, or
    with -, standard input is read. Offsets count code points of the text as given. An input that cannot be
    read gives a line {"id", "problems"}, and the next one is read.
    """
    troubled = False

    def noted(lines: "Iterator[Line | RefusedLine]") -> "Iterator[Line | RefusedLine]":
        nonlocal troubled
        for line in lines:
            troubled = troubled or bool(line.problems)
            yield line

    jsonlines.write(noted(_lines(files, with_text=with_text)))
    return Exit.PROBLEMS if troubled else Exit.DONE


def _lines(files: tuple[str, ...], *, with_text: bool) -> "Iterator[Line | RefusedLine]":
    from sayso.case import extract_files, extract_stream  # noqa: PLC0415 - --help does not need the house

    if not files or files == ("-",):
        return extract_stream(sys.stdin.buffer, with_text=with_text)
    return extract_files(files, with_text=with_text)
