"""The exit codes: what a program that calls sayso can rely on."""

from enum import IntEnum

from sayso.core.errors import BadInput, BadPlugin, BadRecord, NotACase, NotFound, SaysoError, Tampered


class Exit(IntEnum):
    """How a command ended. The numbers are stable across releases."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    NOT_FOUND = 3
    TAMPERED = 4
    PLUGIN = 5
    SYSTEM = 6
    BUG = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANINGS: dict[Exit, str] = {
    Exit.DONE: "Done. Nothing to report is also done: an empty list is not an error.",
    Exit.PROBLEMS: "Done, but some inputs could not be read, or a check failed; each is named.",
    Exit.USAGE: "Nothing was done: an option, an argument or a setting is wrong.",
    Exit.NOT_FOUND: "Nothing was done: the folder holds no case, or nothing has this id or name.",
    Exit.TAMPERED: "The case is not as it was written: `sayso verify` names each difference.",
    Exit.PLUGIN: "A plugin cannot be loaded or breaks the contract.",
    Exit.SYSTEM: "The system refused: no permission, no space, a folder that does not exist.",
    Exit.BUG: "sayso itself failed. The traceback is on standard error; please report it.",
    Exit.INTERRUPTED: "Interrupted (Ctrl-C). What was reported as stored is stored.",
    Exit.PIPE_CLOSED: "The program that read the output closed it, as `head` does.",
}

# The first class that fits decides, so a subclass stands before its base.
_OF_ERRORS: tuple[tuple[type[SaysoError], Exit], ...] = (
    (BadInput, Exit.USAGE),
    (NotFound, Exit.NOT_FOUND),
    (NotACase, Exit.NOT_FOUND),
    (BadRecord, Exit.TAMPERED),
    (BadPlugin, Exit.PLUGIN),
    (Tampered, Exit.TAMPERED),
)


def of_error(error: SaysoError) -> Exit:
    """Return the exit code that stands for an error."""
    return next((code for kind, code in _OF_ERRORS if isinstance(error, kind)), Exit.USAGE)
