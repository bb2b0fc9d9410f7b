"""How a page is made: one set of templates, everything in them escaped as the report escapes it."""

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.exchange.html import environment
from sayso.web.door import asking, may
from sayso.web.roles import Permission

if TYPE_CHECKING:
    from jinja2 import Environment


# Address, label, the name by which a page says that it stands there, and what it needs.
MENU: Final[tuple[tuple[str, str, str, Permission], ...]] = (
    ("/", "Documents", "documents", "read"),
    ("/claims", "Claims", "claims", "read"),
    ("/who", "Who says what of whom", "who", "read"),
    ("/sources", "Sources and copies", "sources", "read"),
    ("/add", "Add", "add", "work"),
    ("/log", "Log", "log", "read"),
    ("/people", "People", "people", "people"),
)


def rendered(template: str, **context: object) -> str:
    """Return a template filled in; whatever a case holds is text in it and never markup."""
    return _templates().get_template(template).render(**context)


@cache
def _templates() -> "Environment":
    made = environment("sayso.web")
    made.globals.update(menu=MENU, may=may, asking=asking)
    return made
