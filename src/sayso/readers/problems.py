"""What can be wrong with a file: every code, and what it says.

| code | what it says |
|---|---|
| `unreadable` | the file cannot be opened: it is gone, forbidden, a folder, a device, a pipe |
| `too-large` | the file is larger than `limits.megabytes` and was not read |
| `empty-file` | the file holds nothing but white space |
| `unknown-type` | no reader reads files of this kind |
| `broken-encoding` | the bytes are no text, or some characters of it are unreadable |
| `guessed-encoding` | nothing says which encoding the bytes have, and they are no UTF-8 |
| `no-text` | a page has no main text that stands in its mark-up |
| `bad-line` | a line of JSON lines cannot be read, or only without one of its fields |
| `reader-crashed` | the reader raised an error, or its process died |
| `reader-timeout` | the reader took longer than `limits.seconds` |
| `reader-memory` | the reader needed more than `limits.memory_megabytes` |
"""

from collections.abc import Iterable, Iterator

from sayso.core.ids import DocumentId
from sayso.core.records import Capture, Problem
from sayso.core.settings import Limits
from sayso.readers.encoding import Decoded
from sayso.readers.kinds import in_words

STAGE = "readers"
FETCHING = "fetch"  # the stage of what could not be had from its address


def unreadable(origin: str, why: str) -> Problem:
    """Return the Problem of a file that cannot be opened."""
    return Problem(
        code="unreadable",
        message=f"it cannot be read: {why}",
        stage=STAGE,
        origin=origin,
        hint="only ordinary files that you may read are added",
    )


def too_large(origin: str, limits: Limits) -> Problem:
    """Return the Problem of a file that is refused unread."""
    return Problem(
        code="too-large",
        message=f"it is larger than {limits.megabytes} MB, so it was not read",
        stage=STAGE,
        origin=origin,
        hint="split it, or raise megabytes under [limits] (SAYSO_LIMITS_MEGABYTES)",
    )


def unknown_type(capture: Capture, readable: Iterable[str]) -> Problem:
    """Return the Problem of a file that no reader reads; `readable` are the suffixes that are read."""
    return _problem(
        capture,
        "unknown-type",
        f"no reader reads it: it is {in_words(capture.media_type)}",
        f"read are {', '.join(sorted(readable))}",
    )


def empty_file(capture: Capture) -> Problem:
    """Return the Problem of a file without a single character."""
    return _problem(capture, "empty-file", "it is empty", "was it copied or downloaded completely?")


def not_text(capture: Capture) -> Problem:
    """Return the Problem of bytes that are no text."""
    return _problem(
        capture,
        "broken-encoding",
        "its bytes are no text in any encoding that can be told",
        "save it as text in UTF-8 and add it again",
    )


def of_encoding(capture: Capture, found: Decoded, *, document: DocumentId | None = None) -> Iterator[Problem]:
    """Yield the Problems of a text whose encoding was guessed, or that has U+FFFD for some characters."""
    if found.replaced:
        yield Problem(
            code="broken-encoding",
            message=f"{found.replaced} unreadable characters stand as U+FFFD (read as {found.encoding})",
            stage=STAGE,
            origin=capture.origin,
            document=document,
            hint="compare with the file itself before you quote from there",
        )
    if found.guessed:
        yield Problem(
            code="guessed-encoding",
            message=f"nothing says which encoding it has; it was read as {found.encoding}",
            stage=STAGE,
            origin=capture.origin,
            document=document,
            hint="if letters or quotation marks are wrong, save it as UTF-8 and add that",
        )


def no_main_text(capture: Capture) -> Problem:
    """Return the Problem of a page that trafilatura finds no main text in."""
    return _problem(
        capture,
        "no-text",
        "the page has no main text in its mark-up",
        "a page that a script fills must be saved as the browser shows it, or as text",
    )


def bad_line(capture: Capture, where: str, why: str, *, document: DocumentId | None = None) -> Problem:
    """Return the Problem of one line of a table; `where` is the number of the line or of the item.

    `document` is what was read from the line all the same.
    """
    return Problem(
        code="bad-line",
        message=why,
        stage=STAGE,
        origin=f"{capture.origin}:{where}",
        document=document,
        hint='a line is {"id", "text", "published"?, "publisher"?, "url"?, "title"?, "byline"?}',
    )


def crashed(capture: Capture, how: str) -> Problem:
    """Return the Problem of a file whose reader failed; `how` is a clause about its reader."""
    return _problem(capture, "reader-crashed", how, "the file may be damaged; save it as text and add that")


def too_slow(capture: Capture, limits: Limits) -> Problem:
    """Return the Problem of a file whose reader was stopped because of the time it took."""
    return _problem(
        capture,
        "reader-timeout",
        f"its reader took longer than {limits.seconds:g} s",
        "raise seconds under [limits] (SAYSO_LIMITS_SECONDS), or save it as text",
    )


def out_of_memory(capture: Capture) -> Problem:
    """Return the Problem of a file whose reader needed too much memory."""
    return _problem(
        capture,
        "reader-memory",
        "its reader needed more memory than it may have",
        "raise memory_megabytes under [limits] (SAYSO_LIMITS_MEMORY_MEGABYTES), or split it",
    )


def _problem(capture: Capture, code: str, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, stage=STAGE, origin=capture.origin, hint=hint)
