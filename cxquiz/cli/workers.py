"""Work for several processors, its results in the order of the jobs.

A register of a hundred thousand relationships is cut into jobs. Where there are but a few of
them, or one processor, all is done in this process, which needs no time to start.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

    from cxquiz.model.types import Model

Job = TypeVar("Job")
Result = TypeVar("Result")
One = TypeVar("One")

JOB: Final = 250
"""How many records make a job."""

_FEW: Final = 8
_AHEAD: Final = 3


def jobs(records: Iterable[One], size: int = JOB) -> Iterator[list[One]]:
    """Cut records into jobs."""
    records = iter(records)
    while job := list(islice(records, size)):
        yield job


class Workers:
    """Processes that work with one model; none is started before there is much to do."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def in_order(
        self,
        work: Callable[[Model, Job], Result],
        given: Iterable[Job],
        *,
        alone: bool = False,
    ) -> Iterator[Result]:
        """Do all jobs and yield their results in the same order.

        No more than a few jobs are read ahead, so memory stays bounded.

        Args:
            work: What to do with the model and a job; a function of a module, or a partial
                one, for it has to be sent to another process.
            given: The jobs.
            alone: Whether to do them one by one in this process, each as soon as it is there.
        """
        given = iter(given)
        first = [] if alone else list(islice(given, _FEW))
        if alone or len(first) < _FEW or _processors() == 1:
            for job in chain(first, given):
                yield work(self.model, job)
            return
        pool = self._started()
        waiting: deque[Future[Result]] = deque()
        for job in chain(first, given):
            waiting.append(pool.submit(_do, work, job))
            if len(waiting) > _AHEAD * _processors():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not by forking: beside a progress bar's thread that is not safe.
            methods = multiprocessing.get_all_start_methods()
            method = "forkserver" if "forkserver" in methods else "spawn"
            self._pool = ProcessPoolExecutor(
                max_workers=_processors(),
                mp_context=multiprocessing.get_context(method),
                initializer=_begin,
                initargs=(self.model,),
            )
        return self._pool


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_models: list[Model] = []


def _begin(model: Model) -> None:
    """Prepare a worker process; Ctrl-C is for the one that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _models.append(model)


def _do(work: Callable[[Model, Job], Result], job: Job) -> Result:
    return work(_models[0], job)
