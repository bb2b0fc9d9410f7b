"""`sayso people`: whoever keeps the people file adds the first people, gives roles, and shuts people out."""

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import click

from sayso.web.packages import need_packages
from sayso.web.roles import OF_ROLE, Role

if TYPE_CHECKING:
    from sayso.web.people.keeper import Keeper
    from sayso.web.people.tokens import Scope

_ROLES: Final = click.Choice(list(OF_ROLE))
_name_argument = click.argument("name", metavar="NAME")
_case_option = click.option(
    "--case", "folder", metavar="CASE", type=click.Path(path_type=Path), required=True, help="Of which case."
)
_origin_option = click.option(
    "--origin", metavar="URL", default="", help="Where the desk is reached; the link is whole with it."
)


@click.group("people")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def people_command(context: click.Context, file: Path) -> None:
    """Keep who may work at which desk.

    FILE is the one that `sayso serve --people` reads. What is changed here counts from the next request on,
    also at desks that are open. A password is never an argument: whoever is added gets a link to choose one,
    or types it here.
    """
    need_packages()
    from sayso.web.people.keeper import Keeper  # noqa: PLC0415 - it brings the database and the hashes

    context.obj = Keeper(file)


@people_command.command("add")
@_name_argument
@_case_option
@click.option("--role", type=_ROLES, required=True, help="What they may do in it.")
@click.option("--password", "is_typed", is_flag=True, help="Ask for a password here, and print no link.")
@_origin_option
@click.pass_obj
def add_command(  # noqa: PLR0913 - one parameter for each option
    keeper: "Keeper", name: str, *, folder: Path, role: Role, is_typed: bool, origin: str
) -> int:
    """Add somebody to a case, as its log will name them; FILE is made when it is not there.

    A reader reads. An analyst also adds documents, annotates, judges links and writes verdicts. An editor
    also says which parties are one, imports fact-checks and forgets saved searches. An admin also decides who
    may come in.
    """
    typed = None
    if is_typed:
        typed = click.prompt("Password", hide_input=True), click.prompt("The same again", hide_input=True)
    added = keeper.add(name, folder, role, password=typed)
    click.echo(f"{added.name} is {role} of {added.title}.")
    if added.link is not None:
        _say_link(added.link, origin)
    elif added.has_password and not is_typed:
        click.echo(
            "They have a password already. Is it the same person? `invite` lets them choose a new one."
        )
    return 0


@people_command.command("list")
@click.pass_obj
def list_command(keeper: "Keeper") -> int:
    """List the people with their roles, by case."""
    for line in keeper.lines():
        click.echo(line)
    return 0


@people_command.command("role")
@_name_argument
@click.argument("role", type=_ROLES)
@_case_option
@click.pass_obj
def role_command(keeper: "Keeper", name: str, *, folder: Path, role: Role) -> int:
    """Give somebody another role in a case."""
    click.echo(f"{keeper.set_role(name, folder, role)} is {role} now.")
    return 0


@people_command.command("remove")
@_name_argument
@_case_option
@click.pass_obj
def remove_command(keeper: "Keeper", name: str, *, folder: Path) -> int:
    """Take somebody's role in a case, with their sessions and tokens for it."""
    click.echo(f"{keeper.remove(name, folder)} has no role in this case any more.")
    return 0


@people_command.command("disable")
@_name_argument
@click.pass_obj
def disable_command(keeper: "Keeper", name: str) -> int:
    """Shut somebody out of every case: their sessions and tokens end at once."""
    click.echo(f"{keeper.disable(name)} is shut out.")
    return 0


@people_command.command("enable")
@_name_argument
@click.pass_obj
def enable_command(keeper: "Keeper", name: str) -> int:
    """Let somebody in again."""
    click.echo(f"{keeper.enable(name)} may come in again.")
    return 0


@people_command.command("invite")
@_name_argument
@_origin_option
@click.pass_obj
def invite_command(keeper: "Keeper", name: str, *, origin: str) -> int:
    """Print a link by which somebody who forgot their password chooses a new one."""
    _say_link(keeper.invite(name), origin)
    return 0


@people_command.command("codes-off")
@_name_argument
@click.pass_obj
def codes_off_command(keeper: "Keeper", name: str) -> int:
    """Take the second factor of somebody who lost it."""
    click.echo(f"{keeper.without_codes(name)} signs in without a code now.")
    return 0


@people_command.command("token")
@_name_argument
@_case_option
@click.option("--label", required=True, help="What will use it, as the log will name it.")
@click.option("--scope", type=click.Choice(["read", "write"]), default="read", show_default=True)
@click.option("--days", type=click.IntRange(min=1), default=90, show_default=True, help="How long it works.")
@click.pass_obj
def token_command(  # noqa: PLR0913 - one parameter for each option
    keeper: "Keeper", name: str, *, folder: Path, label: str, scope: "Scope", days: int
) -> int:
    """Print a token for a program that works for somebody, this once."""
    click.echo(keeper.token(name, folder, label=label, scope=scope, days=days))
    return 0


@people_command.command("events")
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@click.pass_obj
def events_command(keeper: "Keeper", most: int) -> int:
    """Print what happened at the doors of all desks, the newest first."""
    for line in keeper.events(most):
        click.echo(line)
    return 0


def _say_link(link: str, origin: str) -> None:
    where = origin.rstrip("/") or "https://YOUR-DESK"
    address = f"{where}/join?{urlencode({'token': link})}"
    click.echo(f"Send them this link, by a way that you trust. It works once within a week:\n\n  {address}")
