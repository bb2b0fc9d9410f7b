"""What a request may need, and which role may do it; whatever is not declared is refused."""

from typing import Final, Literal, get_args

Permission = Literal[
    "open",  # anybody: the way in, and what pages look like
    "read",  # whatever a case shows
    "work",  # adding documents, annotating, judging links, verdicts, saving searches
    "edit",  # what others rely on: who is one party, imported reviews, dropping a search
    "people",  # who may come in, and as what
    "self",  # one's own account
]
Role = Literal["reader", "analyst", "editor", "admin"]

PERMISSIONS: Final[frozenset[Permission]] = frozenset(get_args(Permission))
_READER: Final[frozenset[Permission]] = frozenset({"read"})
_ANALYST: Final[frozenset[Permission]] = frozenset({"read", "work"})
_EDITOR: Final[frozenset[Permission]] = frozenset({"read", "work", "edit"})
_ADMIN: Final[frozenset[Permission]] = frozenset({"read", "work", "edit", "people"})
OF_ROLE: Final[dict[Role, frozenset[Permission]]] = {
    "reader": _READER,
    "analyst": _ANALYST,
    "editor": _EDITOR,
    "admin": _ADMIN,
}
# On one's own machine there is nobody else, and no account.
ALONE: Final = _EDITOR

TOLD: Final[dict[Role, str]] = {
    "reader": "reads",
    "analyst": "also adds documents, annotates, judges links, and writes verdicts",
    "editor": "also says which parties are one, imports fact-checks, and forgets saved searches",
    "admin": "also decides who may come in",
}
