"""JSON lines for programs: canonical, one record a line, safe on a terminal."""

import re
import sys
from collections.abc import Iterable

import msgspec

from sayso.core import codec

# JSON allows these raw inside a string. A terminal obeys DELETE and the C1 controls, and many programs
# take NEXT LINE, LINE SEPARATOR and PARAGRAPH SEPARATOR for the end of a line.
_RAW = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


def line(struct: msgspec.Struct) -> bytes:
    """Return one record as one line of JSON, its newline included."""
    return _RAW.sub(_escaped, codec.encode(struct)) + b"\n"


def write(structs: Iterable[msgspec.Struct]) -> None:
    """Print each record as soon as it is there, so that the next program need not wait for the last."""
    for struct in structs:
        sys.stdout.buffer.write(line(struct))
        sys.stdout.buffer.flush()
