"""Many files through any executor: lazily read, a few in flight, each finished one written and entered at once."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from zhengti_zip.base.errors import EnvironmentProblem, InputError, OutputError
from zhengti_zip.batch.digests import digest, settings_digest
from zhengti_zip.batch.intake import Item
from zhengti_zip.batch.journal import Journal, JournalEntry
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.settings import BatchSettings, Limits
from zhengti_zip.batch.task import Answer, Task, failed, process
from zhengti_zip.work.pool import guarded
from zhengti_zip.work.worker import Failure

ATTEMPTS = 3
"""How often a task is given to an executor that loses it; a cluster may lose a machine."""

SECONDS_TO_WAIT = 0.5

NOT_OF_ONE_FILE = (errno.ENOSPC, errno.EROFS, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What keeps one output from being written and would keep every other."""

AGAIN = "其他文件不受影响；再次运行同一命令会重做这个文件"


class Fate(StrEnum):
    """What became of an input in this run."""

    KEPT = "kept"
    WORKED = "worked"


class Watcher(Protocol):
    """Who is told of every finished input: a progress bar, a log."""

    def __call__(self, fate: Fate, result: Result, digest: str) -> None:
        """Told once an input is finished, its files written and entered in the journal.

        Args:
            fate: whether work was done for it.
            result: what it came to.
            digest: SHA-256 of the input; "" when it could not be read.
        """


@dataclass(frozen=True)
class Work:
    """What a run needs to know.

    Attributes:
        settings: what to make of every file.
        limits: what one file may cost.
        function: what is done with one file, in a worker process.
        again: work on every input, finished or not.
        is_here: all of it is done by worker processes of this one, which use the same program; others have
            to make sure of that.
    """

    settings: BatchSettings
    limits: Limits = field(default_factory=Limits)
    function: Callable[[Task], Answer] = process
    again: bool = False
    is_here: bool = False


@dataclass
class _Job:
    """An input on its way."""

    number: int
    task: Task
    entry: JournalEntry
    digest: str
    attempts: int = 1


def run(
    items: Sequence[Item],
    work: Work,
    journal: Journal,
    executor: Executor,
    in_flight: Callable[[], int],
    watch: Watcher,
    given_out: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Work on every input that is not finished yet.

    Args:
        items: the inputs.
        work: what to do.
        journal: of the output folder.
        executor: any; what it is given is picklable, what it gives back are values.
        in_flight: most tasks given to it at a time, which bounds the memory of a run; asked every
            time, because a cluster may grow and shrink.
        watch: told of every finished input.
        given_out: called once the last input is on its way, which leaves some time to get ready for what
            comes after it.

    Returns:
        A result per input, in their order.

    Raises:
        OutputError: no output can be written, e.g. on a full disk; nothing that is finished is lost.
        EnvironmentProblem: the first file failed for something this machine lacks.
    """
    return _Run(work, journal, executor, watch).all(items, in_flight, given_out)


class _Run:
    """One run, from the first input to the last."""

    def __init__(self, work: Work, journal: Journal, executor: Executor, watch: Watcher) -> None:
        self.work, self.journal, self.executor, self.watch = work, journal, executor, watch
        self.settings_digest = settings_digest(work.settings)
        self.sent = replace(work.settings, program="") if work.is_here else work.settings
        # As text, which takes a fifth of the memory while thousands more are on their way.
        self.results: dict[int, str] = {}
        self.pending: dict[Future[Answer | Failure], _Job] = {}
        self.has_worked = False

    def all(
        self, items: Sequence[Item], in_flight: Callable[[], int], given_out: Callable[[], None]
    ) -> list[Result]:
        try:
            for job in self._jobs(items):
                self._submit(job)
                while len(self.pending) >= max(in_flight(), 1):
                    self._collect()
            given_out()
            while self.pending:
                self._collect()
        except BaseException:
            for future in self.pending:
                future.cancel()
            raise
        return [Result.from_json(self.results.pop(number)) for number in range(len(items))]

    def _jobs(self, items: Sequence[Item]) -> Iterator[_Job]:
        """The inputs that need work; the others are done with at once."""
        for number, item in enumerate(items):
            try:
                content = item.read()
            except InputError as error:
                answer = failed(item.name, "unreadable", error.message, error.remedy)
                unread = self._committed(JournalEntry(item.name, item.stem, ""), answer)
                self._finished(number, Fate.WORKED, unread, "")
                continue
            known = digest(content)
            entry = JournalEntry(item.name, item.stem, digest(f"{known} {self.settings_digest}".encode()))
            result = None if self.work.again else self.journal.finished(entry)
            if result:
                self._finished(number, Fate.KEPT, result, known)
            else:
                yield _Job(number, Task(item.name, content, self.sent), entry, known)

    def _submit(self, job: _Job) -> None:
        limits = self.work.limits
        try:
            future = self.executor.submit(
                guarded, self.work.function, job.task, limits.seconds, limits.megabytes
            )
        except Exception as error:
            raise EnvironmentProblem(
                f"不能再分派任务：{type(error).__name__}：{error}", "请检查集群是否仍在运行，再运行同一命令"
            ) from error
        self.pending[future] = job

    def _collect(self) -> None:
        done: set[Future[Answer | Failure]] = set()
        while not done:  # with a time limit, because a wait without one cannot be interrupted everywhere
            done, _ = wait(self.pending, SECONDS_TO_WAIT, FIRST_COMPLETED)
        # In the order they were given, so that what is written does not depend on a set's order.
        for future in sorted(done, key=lambda future: self.pending[future].number):
            job = self.pending.pop(future)
            answer = self._answer(future, job)
            if answer is None:
                job.attempts += 1
                self._submit(job)
                continue
            self._refuse_unfit_machine(answer)
            self._finished(job.number, Fate.WORKED, self._committed(job.entry, answer), job.digest)

    def _committed(self, entry: JournalEntry, answer: Answer) -> Result:
        """Write what came back; a file that is open elsewhere fails by itself, a full disk ends the run."""
        again = replace(entry, key="")
        try:
            return self.journal.commit(entry if answer.is_final else again, answer.result, answer.files)
        except OutputError as error:
            cause = error.__cause__
            if not isinstance(cause, OSError) or cause.errno in NOT_OF_ONE_FILE:
                raise
            problem = ListedProblem("error", "not_written", error.message, error.remedy)
            problems = (problem, *answer.result.problems)
            return self.journal.commit(
                again, replace(answer.result, status=Status.FAILED, problems=problems), {}
            )

    def _answer(self, future: Future[Answer | Failure], job: _Job) -> Answer | None:
        """What came back; None when the executor lost the task and it is worth another try."""
        try:
            answer = future.result()
        except Exception as error:  # the executor's own trouble: a lost machine, a broken connection
            if job.attempts < ATTEMPTS:
                return None
            answer = Failure("worker_killed", f"{type(error).__name__}: {error}")
        return _as_answer(answer, job.task.name, self.work.limits) if isinstance(answer, Failure) else answer

    def _refuse_unfit_machine(self, answer: Answer) -> None:
        """Where the very first file fails for what the machine lacks, all the others would too."""
        first = not self.has_worked
        self.has_worked = True
        for problem in answer.result.problems:
            if first and problem.code == "environment":
                raise EnvironmentProblem(problem.message, problem.remedy)

    def _finished(self, number: int, fate: Fate, result: Result, known: str) -> None:
        self.results[number] = result.to_json()
        with suppress(BrokenPipeError):
            self.watch(fate, result, known)


def _as_answer(failure: Failure, name: str, limits: Limits) -> Answer:
    """A failed worker in words."""
    messages = {
        "timed_out": (
            f"处理超过 {limits.seconds:g} 秒，已停止",
            "请检查文件内容是否异常；确需更长时间，请加大 --timeout",
        ),
        "out_of_memory": (
            f"处理所需内存超过 {limits.megabytes} MB，已停止",
            "请检查文件内容是否异常；确需更多内存，请加大 --memory",
        ),
        "crashed": (f"处理时程序出错：{failure.detail}", "请把本信息和该文件交给维护人员；其他文件不受影响"),
        "worker_killed": (f"处理它的进程意外结束（{failure.detail}）", AGAIN),
    }
    return failed(name, failure.code, *messages[failure.code], is_final=False)
