"""One frozen tree of settings: defaults, then a TOML file, then `SAYSO_*` variables.

A variable names its table and key: `SAYSO_LIMITS_SECONDS=10` is `[limits] seconds = 10`.
`SAYSO_TEST_…` belongs to the test suite and is passed over.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from sayso.core.errors import BadSettings

PREFIX = "SAYSO_"
RESERVED = "SAYSO_TEST_"


_AtLeastOne = Annotated[int, msgspec.Meta(ge=1)]
_NotNegative = Annotated[int, msgspec.Meta(ge=0)]
_Memory = Annotated[int, msgspec.Meta(ge=64)]  # less leaves no room for a reader's own work
_Seconds = Annotated[
    float, msgspec.Meta(gt=0, le=604_800)
]  # a week: a timer can count no longer than some years


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file may cost before its reader is stopped, and one text before its claims are given up."""

    megabytes: _AtLeastOne = 50  # a larger file is refused unread
    seconds: _Seconds = 30.0  # wall time of reading one file, and of finding the claims of one text
    memory_megabytes: _Memory = 1024  # address space a child process may take beyond what it starts with


class Work(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the work is spread."""

    processes: _NotNegative = 0  # 0: as many as there are cores


class Extraction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which parts find attributions."""

    finder: str = "encoder"  # an entry point of sayso.finders


class Verdicts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people rate claims. The scale is the desk's own; sayso rates nothing."""

    ratings: tuple[str, ...] = ("supported", "partly supported", "unproven", "not supported", "withdrawn")


class Ledger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the records of a case are kept."""

    database: str = ""  # PostgreSQL's address, without a password; empty: a file in the case's folder
    namespace: str = ""  # the case's own in that database; `sayso init` writes it


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting there is."""

    limits: Limits = msgspec.field(default_factory=Limits)
    work: Work = msgspec.field(default_factory=Work)
    extraction: Extraction = msgspec.field(default_factory=Extraction)
    verdicts: Verdicts = msgspec.field(default_factory=Verdicts)
    ledger: Ledger = msgspec.field(default_factory=Ledger)


def _tables() -> dict[str, type[msgspec.Struct]]:
    return {field.name: field.type for field in msgspec.structs.fields(Settings)}


def _known() -> list[str]:
    return [f"{table}.{key}" for table, kind in _tables().items() for key in kind.__struct_fields__]


def _refuse_unknown(found: Mapping[str, Any], where: str) -> None:
    known = _known()
    for table, keys in found.items():
        if table in _tables() and not isinstance(keys, Mapping):
            raise BadSettings(
                "bad-setting", f"{where}: {table} is a table", hint=f"write [{table}] above its keys"
            )
        names = [f"{table}.{key}" for key in keys] if isinstance(keys, Mapping) and keys else [table]
        for name in names:
            if name in known or name in _tables():
                continue
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            raise BadSettings(
                "unknown-setting", f"{where}: no setting {name}", hint=f"did you mean {near[0]}?"
            )


def _from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or variable.startswith(RESERVED):
            continue
        table, _, key = variable.removeprefix(PREFIX).lower().partition("_")
        found.setdefault(table, {})[key] = environment[variable]
    return found


def load(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises BadSettings that names the file or variable and the nearest valid key."""
    chosen: dict[str, dict[str, Any]] = {}
    if path is not None and path.exists():
        try:
            from_file = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSettings("bad-toml", f"{path}: {error}", hint="it must be TOML in UTF-8") from error
        _refuse_unknown(from_file, str(path))
        chosen = {table: dict(keys) for table, keys in from_file.items()}
    from_variables = _from_environment(environment)
    _refuse_unknown(from_variables, "environment")
    for table, keys in from_variables.items():
        chosen.setdefault(table, {}).update(keys)
    try:
        return msgspec.convert(chosen, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings(
            "bad-setting", str(error), hint="docs/reference/settings.md lists them all"
        ) from error
