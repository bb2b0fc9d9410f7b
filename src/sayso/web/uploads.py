"""Uploaded files on their way into a case: under their own names, whatever a browser called them."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from litestar.datastructures import UploadFile

_MOST_NAME = 120  # code points of an upload's name that are kept


def keep(uploads: Iterable[UploadFile], folder: Path) -> None:
    """Write uploads into a folder, each in one of its own: two may bear one name."""
    for number, upload in enumerate(uploads):
        with opened(folder / str(number), upload.filename) as kept:
            shutil.copyfileobj(upload.file, kept)


def opened(folder: Path, filename: str) -> BinaryIO:
    """Make a folder and open a file in it that has an upload's name, without any folder that this names."""
    folder.mkdir()
    name = Path(filename.replace("\\", "/")).name.replace("\0", "")[-_MOST_NAME:]
    return (folder / (name or "unnamed")).open("xb")
