"""Work that takes longer than a page may: one job at a time, watched while it goes on."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final, Literal, TypeAlias, TypeVar

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


class Jobs:
    """The jobs of one desk, one after another: a case has one writer."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # held by the job that runs
        self._queue: SimpleQueue[tuple[Job, _Work]] = SimpleQueue()
        self._worker: threading.Thread | None = None

    def start(self, name: str, work: _Work, *, total: int = 0) -> Job:
        """Have work done when its turn comes; raises BadInput when too much is waiting."""
        job = Job(name, total=total)
        with self._lock:
            if sum(other.state == "waiting" for other in self._left()) >= _MOST_WAITING:
                raise _busy()
            self._admit(job)
            if self._worker is None:
                # A daemon: who closes the desk does not wait for what can be begun again.
                self._worker = threading.Thread(target=self._work, name="sayso-jobs", daemon=True)
                self._worker.start()
        self._queue.put((job, work))
        return job

    def finish(self, name: str, work: Callable[[], _T]) -> _T:
        """Return what work returns, done while the caller waits; raises BadInput while another job runs."""
        job = Job(name, total=0)
        with self._lock:
            # The job before may be over and only about to give its turn back.
            if self._left() or not self._turn.acquire(timeout=1):
                raise _busy()
            job.state = "running"
            self._admit(job)
        try:
            return work()
        finally:
            job.state = "done"
            self._turn.release()

    def under_way(self) -> tuple[Job, ...]:
        """Return the jobs that are not over, in their order."""
        with self._lock:
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
            job, work = self._queue.get()
            with self._turn:
                _run(job, work)


def _busy() -> BadInput:
    return BadInput("desk-busy", "the desk is at work on this case", hint="wait until that is done")


def _run(job: Job, work: _Work) -> None:
    job.state = "running"
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
