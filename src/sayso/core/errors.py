"""The whole error tree.

SaysoError                 what the caller did wrong; has a stable code and a hint
├── BadInput               an argument or a file cannot be used as it is
│   └── BadSettings        a setting is unknown or has a wrong value
├── NotFound               nothing has this id or name
├── NotAllowed             whoever asks has no right to this
├── NotACase               the folder holds no case, or one of a newer schema
├── BadRecord              a record breaks its own rules
│   └── BadSpan            a span is empty, reversed or outside its text
├── BadPlugin              a plugin cannot be loaded or breaks the contract
└── Tampered               the ledger does not match what was written

What a document does wrong is no exception but a value: `records.Problem`.
"""


class SaysoError(Exception):
    """Base of everything sayso raises on purpose.

    `code` is stable across releases, `hint` says what to do next.
    """

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.code})" + (f"\n  {self.hint}" if self.hint else "")


class BadInput(SaysoError):
    """An argument or a file cannot be used as it is."""


class BadSettings(BadInput):
    """A setting is unknown or has a wrong value."""


class NotFound(SaysoError):
    """Nothing has this id or name."""


class NotAllowed(SaysoError):
    """Whoever asks has no right to this."""


class NotACase(SaysoError):
    """The folder holds no case, or one written by a newer sayso."""


class BadRecord(SaysoError, ValueError):
    """A record breaks its own rules.

    Also a `ValueError`, so that a decoder reports it with the path to the field.
    """


class BadSpan(BadRecord):
    """A span is empty, reversed or outside its text."""


class BadPlugin(SaysoError):
    """A plugin cannot be loaded or breaks the contract."""


class Tampered(SaysoError):
    """The ledger does not match what was written."""
