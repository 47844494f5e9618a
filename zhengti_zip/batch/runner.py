"""The work on all inputs, through any executor: read one by one, a few in flight, each result written at once."""

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
from zhengti_zip.batch.result import FEW_LISTED, LISTED_IN_ALL, MAX_LISTED, ListedProblem, Result, Status
from zhengti_zip.batch.settings import BatchSettings, Limits
from zhengti_zip.batch.task import Answer, Task, failed, process
from zhengti_zip.work.pool import guarded
from zhengti_zip.work.worker import Failure

ATTEMPTS = 3
"""How often a task is submitted that the executor loses, e.g. with a machine of a cluster."""

SECONDS_TO_WAIT = 0.5

NOT_OF_ONE_FILE = (errno.ENOSPC, errno.EROFS, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Errors of one output that every other output would meet, too."""

AGAIN = "其他文件不受影响；再次运行同一命令会重做这个文件"


class Fate(StrEnum):
    """Whether an input was worked on in this run, or its earlier result kept."""

    KEPT = "kept"
    WORKED = "worked"


class Watcher(Protocol):
    """Called for every finished input, e.g. by a progress bar and a log."""

    def __call__(self, fate: Fate, result: Result, digest: str) -> None:
        """An input is finished: its files are written and entered in the journal.

        Args:
            fate: whether work was done for it.
            result: the result.
            digest: SHA-256 of the input; "" when it could not be read.
        """


@dataclass(frozen=True)
class Work:
    """What a run is to do.

    Attributes:
        settings: what to make of every file.
        limits: of time and memory for one file.
        function: what is done with one file, in a worker process.
        again: whether to work on finished inputs, too.
        is_here: whether all workers are processes of this machine, which use the same program. Other workers
            compare digests.
    """

    settings: BatchSettings
    limits: Limits = field(default_factory=Limits)
    function: Callable[[Task], Answer] = process
    again: bool = False
    is_here: bool = False


@dataclass
class _Job:
    """An input in flight."""

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
        work: what to do with them.
        journal: of the output folder.
        executor: any; functions and arguments are picklable, and no call raises.
        in_flight: returns the largest number of tasks in flight, which bounds the memory of a run. Called before
            every task, because a cluster may grow and shrink.
        watch: called for every finished input.
        given_out: called when the last task was submitted, to prepare what follows the run.

    Returns:
        One result per input, in the order of ``items``.

    Raises:
        OutputError: no output can be written, e.g. on a full disk. Finished inputs stay finished.
        EnvironmentProblem: the first input failed because this machine lacks something.
    """
    return _Run(work, journal, executor, watch).all(items, in_flight, given_out)


class _Run:
    """The state of one run."""

    def __init__(self, work: Work, journal: Journal, executor: Executor, watch: Watcher) -> None:
        self.work, self.journal, self.executor, self.watch = work, journal, executor, watch
        self.settings_digest = settings_digest(work.settings)
        self.sent = replace(work.settings, program="") if work.is_here else work.settings
        # As JSON, which takes a fifth of the memory of the objects.
        self.results: dict[int, str] = {}
        self.listed = MAX_LISTED
        self.pending: dict[Future[Answer | Failure], _Job] = {}
        self.has_worked = False

    def all(
        self, items: Sequence[Item], in_flight: Callable[[], int], given_out: Callable[[], None]
    ) -> list[Result]:
        self.listed = min(MAX_LISTED, max(FEW_LISTED, LISTED_IN_ALL // max(len(items), 1)))
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
        """The inputs that need work; all others are finished while this iterates."""
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
        while not done:  # a wait without time limit cannot be interrupted on Windows
            done, _ = wait(self.pending, SECONDS_TO_WAIT, FIRST_COMPLETED)
        # A set has no order: without one the log would differ from run to run.
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
        """Write an answer. An output that is open elsewhere fails this input, a full disk ends the run."""
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
        """The answer to a task; None when the executor lost the task and it is to be submitted again."""
        try:
            answer = future.result()
        except Exception as error:  # of the executor: a lost machine, a broken connection
            if job.attempts < ATTEMPTS:
                return None
            answer = Failure("worker_killed", f"{type(error).__name__}: {error}")
        return _as_answer(answer, job.task.name, self.work.limits) if isinstance(answer, Failure) else answer

    def _refuse_unfit_machine(self, answer: Answer) -> None:
        """End the run when the first input fails because the machine lacks something: all others would fail, too."""
        first = not self.has_worked
        self.has_worked = True
        for problem in answer.result.problems:
            if first and problem.code == "environment":
                raise EnvironmentProblem(problem.message, problem.remedy)

    def _finished(self, number: int, fate: Fate, result: Result, known: str) -> None:
        self.results[number] = result.listing(self.listed).to_json()
        with suppress(BrokenPipeError):
            self.watch(fate, result, known)


def _as_answer(failure: Failure, name: str, limits: Limits) -> Answer:
    """The answer for a call that failed in its worker."""
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
