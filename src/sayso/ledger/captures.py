"""The bytes as they came, each once, in files named by their own digest."""

import os
import re
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sayso.core.errors import BadInput, BadRecord, NotFound, Tampered
from sayso.core.ids import sha256_hex

_SYNCED_AT_ONCE = 4
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Captures:
    """A folder of captures: `ab/cdef…` holds the bytes whose SHA-256 is `abcdef…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes of a digest are kept; raises BadRecord for what is no digest."""
        if not _DIGEST.fullmatch(sha256):
            raise BadRecord("bad-digest", f"{sha256!r} is not 64 hex digits")
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, contents: Iterable[bytes]) -> None:
        """Store bytes durably: when this returns, they outlive a crash of the machine.

        Raises BadInput when the folder cannot be written.
        """
        try:
            self._keep(contents)
        except OSError as error:
            raise BadInput(
                "case-out-of-reach",
                f"{self.folder}: {error.strerror}",
                hint="is the disk full, or the folder not yours to write?",
            ) from error

    def _keep(self, contents: Iterable[bytes]) -> None:
        written = [written for content in contents if (written := self._write(content))]
        if not written:
            return
        # Synced side by side, many files cost a disk hardly more than one.
        with ThreadPoolExecutor(_SYNCED_AT_ONCE, "sayso-sync") as syncing:
            list(syncing.map(_sync, [unfinished for unfinished, _ in written]))
            for unfinished, path in written:
                unfinished.replace(path)
            # A file's own sync does not make its name durable: the folders need one too.
            list(syncing.map(_sync, {self.folder, *(path.parent for _, path in written)}))

    def _write(self, content: bytes) -> tuple[Path, Path] | None:
        path = self.path(sha256_hex(content))
        if path.exists():
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        unfinished.write_bytes(content)
        return unfinished, path

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a digest; raises NotFound without them, Tampered when they are others."""
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise NotFound(
                "no-capture",
                f"the captured file {path} cannot be read: {error.strerror}",
                hint="bring the file back from a copy of the case",
            ) from error
        if sha256_hex(content) != sha256:
            raise Tampered(
                "changed-capture",
                f"{path} is not what was captured",
                hint="bring the file back from a copy of the case",
            )
        return content


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
