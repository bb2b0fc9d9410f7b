"""Plugins are found by entry point, only when asked for."""

from functools import cache
from importlib.metadata import entry_points
from typing import cast

from sayso.core.errors import BadPlugin, NotFound
from sayso.core.ports import Finder, Linker, Plugin, Reader, Stage


@cache
def load(group: str) -> tuple[Plugin, ...]:
    """Load every plugin of a group, by name; raises BadPlugin for one that cannot be used."""
    found: list[Plugin] = []
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        try:
            plugin = point.load()()
        except Exception as error:
            raise BadPlugin(
                "plugin-broken",
                f"{group}: {point.name} ({point.value}) cannot be loaded: {error}",
                hint="uninstall the package that brings it, or mend it",
            ) from error
        for needed in ("name", "version", "examples"):
            if not getattr(plugin, needed, None):
                raise BadPlugin(
                    "plugin-incomplete",
                    f"{group}: {point.name} ({point.value}) has no {needed}",
                    hint="docs/how-to/write-a-plugin.md shows what a plugin needs",
                )
        found.append(plugin)
    return tuple(found)


def readers() -> tuple[Reader, ...]:
    """Return the installed readers."""
    return cast("tuple[Reader, ...]", load("sayso.readers"))


def stages() -> tuple[Stage, ...]:
    """Return the installed stages."""
    return cast("tuple[Stage, ...]", load("sayso.stages"))


def linkers() -> tuple[Linker, ...]:
    """Return the installed linkers."""
    return cast("tuple[Linker, ...]", load("sayso.linkers"))


def finder(name: str) -> Finder:
    """Return one finder by name, or raise NotFound."""
    finders = {plugin.name: plugin for plugin in load("sayso.finders")}
    if name not in finders:
        raise NotFound(
            "no-finder", f"no finder {name}", hint=f"installed: {', '.join(sorted(finders)) or 'none'}"
        )
    return cast("Finder", finders[name])
