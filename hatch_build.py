"""Brings the desk's front-end libraries when the package is built or installed from source."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves it bare in its own hooks
    """Runs before the wheel is put together. Without npm the command line still works, so it only warns."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the files unless those of the manifest are there."""
        del version, build_data
        frontend = _frontend(Path(self.root))
        if frontend.is_current():
            return
        try:
            frontend.bring()
        except frontend.NoFrontend as error:
            self.app.display_warning(
                f"the desk's front-end libraries are missing ({error}): `sayso serve` will not run"
            )


def _frontend(root: Path) -> Any:  # noqa: ANN401 - a module
    spec = spec_from_file_location("frontend", root / "src/sayso/web/frontend.py")
    assert spec is not None  # noqa: S101 - the file is part of the source
    assert spec.loader is not None  # noqa: S101 - as above
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
