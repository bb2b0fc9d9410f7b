"""How far a job is, and what came of it, as its page shows it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from sayso.core.errors import SaysoError
from sayso.core.views import Added, Verified
from sayso.web.jobs import Job, State

_HEADINGS: Final[dict[State, str]] = {
    "waiting": "Waiting",
    "running": "Reading",
    "done": "Done",
    "failed": "It stopped",
}
_NAMES: Final = {
    "add": "adding documents",
    "verify": "verifying the case",
    "link": "linking",
    "import": "importing fact-checks",
    "report": "writing the report",
}
_OUTCOMES: Final[tuple[tuple[Literal["added", "unchanged", "refused"], str], ...]] = (
    ("added", "added"),
    ("unchanged", "in the case already"),
    ("refused", "not added"),
)


class Progress:
    """One job at one moment: what it says does not change while the page is made."""

    def __init__(self, job: Job) -> None:
        self.id = job.id
        self.state = job.state
        self.doing = job.doing
        self.total = job.total
        self.done = min(job.done, job.total)
        self.failure: SaysoError | None = job.failure
        self._said = tuple(job.said)
        self._name = job.name

    @property
    def name(self) -> str:
        """What the job does, in words."""
        return _NAMES.get(self._name, self._name)

    @property
    def address(self) -> str:
        """Where it can be watched; "" where it cannot."""
        return {"add": f"/add/{self.id}", "verify": f"/log/verify/{self.id}"}.get(self._name, "")

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in {"done", "failed"}

    @property
    def heading(self) -> str:
        """The state in a word."""
        return _HEADINGS[self.state]

    @cached_property
    def files(self) -> tuple[Added, ...]:
        """What became of each file, in their order."""
        return tuple(one for one in self._said if isinstance(one, Added))

    @property
    def links(self) -> int | None:
        """How many links are new; None: it has not linked."""
        return next((one for one in self._said if isinstance(one, int)), None)

    @property
    def verified(self) -> Verified | None:
        """What a comparison found; None: there was none, or it goes on."""
        return next((one for one in self._said if isinstance(one, Verified)), None)

    @property
    def summary(self) -> str:
        """What became of the files, in a sentence."""
        return ", ".join(self._counts()) or "Nothing is added yet"

    def _counts(self) -> Iterator[str]:
        for outcome, words in _OUTCOMES:
            count = sum(added.outcome == outcome for added in self.files)
            if count:
                yield f"{count} {words}"
        if self.links is not None:
            yield f"{self.links} new {'link' if self.links == 1 else 'links'}"
