"""Readers that do what a parser must not do; the child process of a test loads them by name."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import ClassVar, NoReturn

from sayso.core.ids import text_sha256
from sayso.core.ports import Example
from sayso.core.records import Capture, Document, Problem


def die() -> NoReturn:
    os._exit(3)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    while True:
        pass


def eat_memory() -> None:
    eaten = []
    while True:
        eaten.append(b"x" * 10_000_000)


def raise_an_error() -> NoReturn:
    message = "no such tag"
    raise LookupError(message)


def recurse() -> None:
    recurse()


def chatter() -> None:
    print("noise on standard output")  # noqa: T201 - the noise under test
    os.write(1, b"\0\0\0\1x")
    sys.stderr.write("noise on standard error")
    sys.stdin.read()


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9))


def run_a_program() -> None:
    subprocess.run(["true"], check=True)


def fill_the_disk() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 10_000_000)


DEEDS: dict[bytes, Callable[[], None]] = {
    b"die": die,
    b"be killed": be_killed,
    b"hang": hang,
    b"eat memory": eat_memory,
    b"raise": raise_an_error,
    b"recurse": recurse,
    b"chatter": chatter,
    b"connect": connect,
    b"run": run_a_program,
    b"fill": fill_the_disk,
}


class Misbehaving:
    """Does what the file says, else gives its text."""

    name: ClassVar[str] = "misbehaving"
    version: ClassVar[str] = "1"
    suffixes: ClassVar[tuple[str, ...]] = (".deed",)
    media_types: ClassVar[tuple[str, ...]] = ("text/plain",)
    examples: ClassVar[tuple[Example, ...]] = ()

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        if content in DEEDS:
            DEEDS[content]()
        text = content.decode()
        yield Document(
            capture=capture.id, text=text, text_sha256=text_sha256(text), reader=f"{self.name} {self.version}"
        )


class WearsOut(Misbehaving):
    """Reads one file and dies of the second."""

    used: ClassVar[bool] = False

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        if WearsOut.used:
            die()
        WearsOut.used = True
        return super().read(capture, content)


class Endless(Misbehaving):
    """Gives far more than there is in the file."""

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        text = content.decode() * 1_000_000
        yield Document(capture=capture.id, text=text, text_sha256=text_sha256(text), reader="endless 1")
