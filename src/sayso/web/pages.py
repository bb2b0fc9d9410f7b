"""How a page is made: one set of templates, everything in them escaped as the report escapes it."""

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.exchange.html import environment

if TYPE_CHECKING:
    from jinja2 import Environment


# Address, label, and the name by which a page says that it stands there.
MENU: Final = (
    ("/", "Documents", "documents"),
    ("/claims", "Claims", "claims"),
    ("/who", "Who says what of whom", "who"),
    ("/sources", "Sources and copies", "sources"),
    ("/add", "Add", "add"),
    ("/log", "Log", "log"),
)


def rendered(template: str, **context: object) -> str:
    """Return a template filled in; whatever a case holds is text in it and never markup."""
    return _templates().get_template(template).render(**context)


@cache
def _templates() -> "Environment":
    made = environment("sayso.web")
    made.globals["menu"] = MENU
    return made
