"""One canonical JSON form: sorted keys, no spaces, UTF-8, so that equal records are equal bytes."""

from typing import Any, TypeVar

import msgspec

from sayso.core.errors import BadRecord

_T = TypeVar("_T")
_ENCODER = msgspec.json.Encoder(order="sorted")


def encode(value: Any) -> bytes:  # noqa: ANN401 - any record, or a container of them
    """Return the canonical bytes of a record or a container of records."""
    return _ENCODER.encode(value)


def decode(content: bytes | str, kind: type[_T]) -> _T:
    """Read a record back and check every field; raises BadRecord with the path to what is wrong."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRecord(
            "bad-record", f"not a {kind.__name__}: {error}", hint="was it written by another version?"
        ) from error
