"""Uploaded files on their way into a case: under their own names, whatever a browser called them."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from litestar.datastructures import UploadFile

from sayso.core import codec
from sayso.core.ids import text_sha256

MOST_BYTES: Final = 64_000_000  # of a request that brings files or a text
_MOST_NAME = 200  # bytes of an upload's name that are kept: a file system takes 255


def keep(uploads: Iterable[UploadFile], folder: Path) -> None:
    """Write uploads into a folder, each in one of its own: two may bear one name."""
    for number, upload in enumerate(uploads):
        with opened(folder / str(number), upload.filename) as kept:
            shutil.copyfileobj(upload.file, kept)


def opened(folder: Path, filename: str) -> BinaryIO:
    """Make a folder and open a file in it that has an upload's name, without any folder that this names."""
    folder.mkdir()
    return (folder / stored_name(filename)).open("xb")


def stored_name(filename: str) -> str:
    """Return an upload's name as a file may bear it: the end of a long one, and never a hidden file's."""
    last = filename.replace("\\", "/").rpartition("/")[2].replace("\0", "").lstrip(".")
    kept = last.encode("utf-8", "replace")[-_MOST_NAME:].decode("utf-8", "ignore").lstrip(".")
    return kept or "unnamed"


def pasted(folder: Path, row: Mapping[str, str]) -> None:
    """Write a text without a file as a JSON line; equal texts are equal bytes, whoever brings them.

    Without an `id` of its own it gets one of its words.
    """
    named = {"id": f"pasted-{text_sha256(row['text'])[:12]}", **row}
    (folder / "pasted.jsonl").write_bytes(codec.encode(named) + b"\n")
