"""A whole case as one HTML file that asks for nothing from outside and runs nothing that a text brings."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup, escape

from sayso.core.views import CaseReport
from sayso.exchange.sections import ACTS, VOICES, Sections, day_words

if TYPE_CHECKING:
    from jinja2 import Environment

_T = TypeVar("_T")
# An override turns the letters after it around, so that a reader sees other words than the stored ones.
_OVERRIDES = {"\u202d": "LRO", "\u202e": "RLO"}
_OVERRIDE = re.compile("[\u202d\u202e]")


def render(report: CaseReport) -> str:
    """Return the report as one HTML page; the same case gives the same page.

    Whatever a document holds is text in the page: it stands in no attribute, style, script or address,
    and the page's policy lets only its own style and script through.
    """
    style, script = _own("report.css"), _own("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            page=Sections(report),
            acts=ACTS,
            voices=VOICES,
            style=style,
            script=script,
            policy=(
                f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
                " base-uri 'none'; form-action 'none'"
            ),
        )
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    environment = Environment(
        loader=PackageLoader("sayso.exchange", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_stored,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(plain=_plain, day=day_words)
    return environment


def _own(name: str) -> Markup:
    content = files("sayso.exchange").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(content)  # noqa: S704 - our own style and script, not a text of a case


def _digest(content: str) -> str:
    """Return what a content security policy calls this style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


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


def _plain(value: str) -> Markup:
    """Escape a text for a place that can hold no elements, such as `title`; overrides are taken out."""
    return _markup(_OVERRIDE.sub("\ufffd", _escaped(value)))


def _escaped(value: str) -> str:
    return str(escape(value)).replace("\r", "&#13;").replace("\0", "\u2400")


def _markup(escaped: str) -> Markup:
    return Markup(escaped)  # noqa: S704 - the callers have just escaped it
