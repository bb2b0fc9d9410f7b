"""A whole case as one HTML file that asks for nothing from outside and runs nothing that a text brings."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from sayso.core.views import CaseReport
from sayso.exchange.html import environment
from sayso.exchange.papers import ACTS, VOICES, by_words
from sayso.exchange.sections import Sections

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: CaseReport) -> str:
    """Return the report as one HTML page; the same case gives the same page.

    Whatever a document holds is text in the page: it stands in no attribute, style, script or address,
    and the page's policy lets only its own style and script through.
    """
    style = _own("ink/ink.css") + _own("ink/drawn.css") + _own("templates/report.css")
    script = _own("templates/report.js")
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
    made = environment("sayso.exchange")
    made.filters.update(alike=by_words)
    return made


def _own(name: str) -> Markup:
    content = files("sayso.exchange").joinpath(name).read_text(encoding="utf-8")
    return Markup(content)  # noqa: S704 - our own style and script, not a text of a case


def _digest(content: str) -> str:
    """Return what a content security policy calls this style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
