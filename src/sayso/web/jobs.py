"""Work that takes longer than a page may: one job at a time, watched while it goes on."""

import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from sayso.core.errors import BadInput, NotFound, SaysoError

_T = TypeVar("_T")
State = Literal["waiting", "running", "done", "failed"]
_KEPT: Final = 50  # jobs that can still be looked at
_MOST_WAITING: Final = 20


class Job:
    """One piece of work. `said` grows while it runs: what a watcher is shown."""

    def __init__(self, name: str, *, total: int) -> None:
        self.id = secrets.token_hex(8)
        self.name = name
        self.total = total  # steps; 0: not known
        self.done = 0
        self.state: State = "waiting"
        self.doing = ""  # what is under way, in words
        self.said: list[object] = []
        self.failure: SaysoError | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in {"done", "failed"}

    def step(self, said: object) -> None:
        """Count one step as done, and keep what there is to say of it."""
        self.said.append(said)
        self.done += 1


_Work: TypeAlias = Callable[[Job], None]


class _Asked(NamedTuple):
    """Work that waits for its turn."""

    job: Job
    work: _Work
    let_go: Callable[[], object]
    context: Context


class Jobs:
    """The jobs of one desk, one after another: a case has one writer."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: deque[_Asked] = deque()
        self._changed = threading.Condition()  # held while anything above is looked at or changed
        self._at_work: _Asked | None = None
        self._worker: threading.Thread | None = None

    def start(
        self, name: str, work: _Work, *, total: int = 0, let_go: Callable[[], object] = lambda: None
    ) -> Job:
        """Have work done when its turn comes; raises BadInput when too much is waiting.

        `let_go` is called when it is over, or will never be done.
        """
        job = Job(name, total=total)
        with self._changed:
            if sum(other.state == "waiting" for other in self._left()) >= _MOST_WAITING:
                raise _busy()
            self._admit(job)
            # Whoever asked for it is whom the log names, also from another thread.
            self._queue.append(_Asked(job, work, let_go, copy_context()))
            if self._worker is None:
                # A daemon: who closes the desk does not wait for what can be begun again.
                self._worker = threading.Thread(target=self._work, name="sayso-jobs", daemon=True)
                self._worker.start()
            self._changed.notify_all()
        return job

    def finish(self, name: str, work: Callable[[], _T]) -> _T:
        """Return what work returns, done while the caller waits; raises BadInput while another job runs."""
        job = Job(name, total=0)
        with self._changed:
            if self._left():
                raise _busy()
            job.state = "running"
            self._admit(job)
        try:
            return work()
        finally:
            with self._changed:
                job.state = "done"
                self._changed.notify_all()

    def close(self) -> None:
        """Let go of what is under way or waits: the desk closes, and whoever asked for it begins it again."""
        with self._changed:
            for asked in (self._at_work, *self._queue):
                if asked is not None:
                    asked.let_go()
            self._queue.clear()

    def under_way(self) -> tuple[Job, ...]:
        """Return the jobs that are not over, in their order."""
        with self._changed:
            return self._left()

    def need(self, job: str) -> Job:
        """Return a job, or raise NotFound."""
        found = self._jobs.get(job)
        if found is None:
            raise NotFound(
                "no-job",
                "this desk knows no such job",
                hint="what a desk did before it was closed is in the case",
            )
        return found

    def _left(self) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if not job.is_over)

    def _admit(self, job: Job) -> None:
        self._jobs[job.id] = job
        for old in [one for one in self._jobs.values() if one.is_over][: max(0, len(self._jobs) - _KEPT)]:
            del self._jobs[old.id]

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._is_next)
                self._at_work = asked = self._queue.popleft()
                asked.job.state = "running"
            asked.context.run(_run, asked.job, asked.work)
            asked.let_go()
            with self._changed:
                self._at_work = None
                self._changed.notify_all()

    def _is_next(self) -> bool:
        return bool(self._queue) and all(job.state != "running" for job in self._jobs.values())


def _busy() -> BadInput:
    return BadInput("desk-busy", "the desk is at work on this case", hint="wait until that is done")


def _run(job: Job, work: _Work) -> None:
    try:
        work(job)
    except SaysoError as error:
        job.failure = error
        job.state = "failed"
    # A job has no caller: whatever ends it must be seen by whoever watches.
    except Exception as error:  # noqa: BLE001 - see above
        job.failure = SaysoError("job-failed", f"{type(error).__name__}: {error}", hint="please report it")
        job.state = "failed"
    else:
        job.state = "done"
