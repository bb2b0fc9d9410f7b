"""What narrows a list of claims can be asked for on the command line, all of it."""

from typing import Any

import click
from click.testing import CliRunner

from sayso.cli.narrowing import claim_options
from sayso.core.views import ClaimFilter

ASKED = {
    "words": ("--words", "the bridge"),
    "speaker": ("--speaker", "Ada"),
    "act": ("--act", "deny"),
    "target": ("--target", "Tavria"),
    "place": ("--place", "Brenna"),
    "outlet": ("--outlet", "Aldermoor Post"),
    "since": ("--since", "2031-05-03"),
    "until": ("--until", "2031-05-04"),
    "voice": ("--voice", "direct"),
    "links": ("--has", "denies"),
    "concluded": ("--concluded",),
    "checkworthy": ("--checkworthy", "0.5"),
    "said_by": ("--said-by", "pty_1"),
    "said_of": ("--said-of", "pty_2"),
}


def narrowed(*given: str) -> ClaimFilter:
    told: list[ClaimFilter] = []

    @click.command()
    @claim_options
    def command(*, wanted: ClaimFilter, **others: Any) -> None:  # noqa: ANN401 - none may be left over
        assert not others
        told.append(wanted)

    ended = CliRunner().invoke(command, given, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return told[0]


def test_every_field_of_a_filter_has_its_option() -> None:
    assert ASKED.keys() == set(ClaimFilter.__struct_fields__)
    plain = narrowed()
    assert plain == ClaimFilter()
    for field, given in ASKED.items():
        asked = narrowed(*given)
        changed = {name for name in ASKED if getattr(asked, name) != getattr(plain, name)}
        assert changed == {field}
