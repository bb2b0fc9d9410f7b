"""Templates whose every expression is escaped so that a browser holds the stored characters and runs none."""

import re
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup, escape

from sayso.core.excerpts import shortened
from sayso.exchange.papers import day_words

if TYPE_CHECKING:
    from jinja2 import Environment

_T = TypeVar("_T")
# An override turns the letters after it around, so that a reader sees other words than the stored ones.
_OVERRIDES = {"\u202d": "LRO", "\u202e": "RLO"}
_OVERRIDE = re.compile("[\u202d\u202e]")


def environment(package: str) -> "Environment":
    """Return the templates of a package's folder `templates`, and beside them those that pages share.

    The filter `plain` is for attributes, `day` says an ISO 8601 day in words, `shortened` cuts what is far
    longer than a claim.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    own, shared = PackageLoader(package, "templates"), PackageLoader("sayso.exchange", "templates")
    made = Environment(
        loader=ChoiceLoader([own, shared]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_stored,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(plain=plain, day=day_words, shortened=shortened)
    return made


def _as_stored(value: _T) -> _T | Markup:
    """Escape a text so that a browser holds the stored characters again, and disarm its overrides.

    A browser reads a bare carriage return as a line feed and cannot hold U+0000 at all: that one is shown
    by its picture. The template applies this to every expression.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    escaped = _escaped(value)
    if not _OVERRIDE.search(escaped):
        return _markup(escaped)
    return _markup(
        _OVERRIDE.sub(
            lambda found: f'<span class="ctl" data-is="{_OVERRIDES[found[0]]}">{found[0]}</span>', escaped
        )
    )


def plain(value: str) -> Markup:
    """Escape a text for a place that can hold no elements, such as `title`; overrides are taken out."""
    return _markup(_OVERRIDE.sub("\ufffd", _escaped(value)))


def _escaped(value: str) -> str:
    return str(escape(value)).replace("\r", "&#13;").replace("\0", "\u2400")


def _markup(escaped: str) -> Markup:
    return Markup(escaped)  # noqa: S704 - the callers have just escaped it
