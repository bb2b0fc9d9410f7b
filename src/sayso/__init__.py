"""sayso: a ledger of attributed claims.

`extract` reads one text, `match` ranks texts against a query, `Case` is the ledger.
"""

from typing import TYPE_CHECKING

from sayso.core.version import __version__

if TYPE_CHECKING:
    from sayso.case import Case, Match, extract, match

__all__ = ["Case", "Match", "__version__", "extract", "match"]


def __getattr__(name: str) -> object:
    # Loaded when first used: `import sayso` alone opens no database and loads no model.
    if name not in __all__:
        message = f"module 'sayso' has no attribute {name!r}"
        raise AttributeError(message)
    from sayso import case  # noqa: PLC0415 - only when first used

    return getattr(case, name)


def __dir__() -> list[str]:
    return __all__
