"""What the desk needs beyond the command line, and says plainly where it is missing."""

from importlib.util import find_spec
from typing import Final

from sayso.core.errors import BadInput

_PACKAGES: Final = ("litestar", "uvicorn", "argon2", "pyotp", "segno")


def need_packages() -> None:
    """Raise BadInput where a package or a front-end file is missing."""
    missing = _missing()
    if missing:
        raise BadInput(
            "no-desk",
            f"the desk needs {missing}",
            hint="pip install 'sayso[desk]'; from source also Node.js and npm, then install again",
        )


def _missing() -> str:
    """Name what the desk needs and this installation lacks, or return ""."""
    lacking = [name for name in _PACKAGES if find_spec(name) is None]
    if lacking:
        return f"the packages {' and '.join(lacking)}"
    from sayso.web.frontend import lacking as lacking_files  # noqa: PLC0415 - what npm brings comes second

    files = lacking_files()
    return (
        f"the front-end files {', '.join(files)}, which npm brings when sayso is installed" if files else ""
    )
