"""The work on all inputs, through any executor: read one by one, a few in flight, each result written at once."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from zlib import compress, decompress

from zhengti_zip.base.errors import EnvironmentProblem, InputError, OutputError
from zhengti_zip.batch.digests import digest, settings_digest
from zhengti_zip.batch.failures import answer_for, is_of_another_program
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.journal import Journal, JournalEntry
from zhengti_zip.batch.result import FEW_LISTED, LISTED_IN_ALL, MAX_LISTED, ListedProblem, Result, Status
from zhengti_zip.batch.task import SAME_EVERYWHERE, Answer, Task, failed, skipped
from zhengti_zip.batch.work import Handling, Watcher, Work
from zhengti_zip.work.pool import guarded
from zhengti_zip.work.worker import Failure

ATTEMPTS = 3
"""How often a task is submitted that the executor loses, e.g. with a machine of a cluster."""

SECONDS_TO_WAIT = 0.5

SECONDS_TO_ASK = 3.0
"""How often a waiting run asks for the number of tasks in flight, whose answer tells whether a cluster is there."""

SILENCE = 30.0
"""Seconds beyond the time limit of a file after which a cluster that has answered no task is given up. At least one of
the tasks is in work all the time."""

NOT_OF_ONE_FILE = (errno.ENOSPC, errno.EROFS, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Errors of one output that every other output would meet, too."""

SAME_FILE = "重复的文件"


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
            every task and now and then while tasks are awaited, because a cluster may grow, shrink and be lost; then it
            raises an EnvironmentProblem.
        watch: called for every finished input.
        given_out: called when the last task was submitted, to prepare what follows the run.

    Returns:
        One result per input, in the order of ``items``.

    Raises:
        OutputError: no output can be written, e.g. on a full disk. Finished inputs stay finished.
        EnvironmentProblem: the first input failed because this machine lacks something, or a cluster does not answer.
    """
    return _Run(work, journal, executor, in_flight, watch).all(items, given_out)


class _Run:
    """The state of one run."""

    def __init__(
        self, work: Work, journal: Journal, executor: Executor, in_flight: Callable[[], int], watch: Watcher
    ) -> None:
        self.work, self.journal, self.executor, self.watch = work, journal, executor, watch
        self.in_flight = in_flight
        self.settings_digest = settings_digest(work.settings)
        self.sent = replace(work.settings, program="") if work.is_here else work.settings
        # As JSON, which takes a fifth of the memory of the objects, compressed: all of them wait for the summary.
        self.results: dict[int, bytes] = {}
        self.listed = MAX_LISTED
        self.pending: dict[Future[Answer | Failure], _Job] = {}
        self.has_worked = False
        self.known: dict[str, str] = {}
        """The names of the inputs read so far by their digests."""

    def all(self, items: Sequence[Item], given_out: Callable[[], None]) -> list[Result]:
        self.listed = min(MAX_LISTED, max(FEW_LISTED, LISTED_IN_ALL // max(len(items), 1)))
        try:
            for job in self._jobs(items):
                self._submit(job)
                while len(self.pending) >= max(self.in_flight(), 1):
                    self._collect()
            given_out()
            while self.pending:
                self._collect()
        except BaseException:
            for future in self.pending:
                future.cancel()
            raise
        texts = (decompress(self.results.pop(number)).decode("utf-8") for number in range(len(items)))
        return [Result.from_json(text) for text in texts]

    def _jobs(self, items: Sequence[Item]) -> Iterator[_Job]:
        """The inputs that need work; all others are finished while this iterates.

        Files that may turn out to be no inputs come last: of equal files the first one counts.
        """
        for number, item in sorted(enumerate(items), key=lambda numbered: numbered[1].is_candidate):
            try:
                content = item.read()
            except InputError as error:
                self._unread(number, item, error)
                continue
            known = digest(content)
            if (same := self.known.setdefault(known, item.name)) != item.name:
                twin = skipped(item.name, f"{SAME_FILE}：与 {same} 的内容完全相同，只计一份").result
                self._finished(number, Handling.SKIPPED, twin, known)
                continue
            entry = JournalEntry(item.name, item.stem, digest(f"{known} {self.settings_digest}".encode()))
            result = None if self.work.again else self.journal.finished(entry)
            if result and (self.work.defers or not result.is_deferred):
                self._finished(number, Handling.KEPT, result, known)
            else:
                task = Task(item.name, content, self.sent, item.is_candidate, self.work.defers)
                yield _Job(number, task, entry, known)

    def _unread(self, number: int, item: Item, error: InputError) -> None:
        """Finish an input that cannot be read."""
        if item.is_candidate:
            why = f"读不出来：{error.message}"
            self._finished(number, Handling.SKIPPED, skipped(item.name, why).result, "")
            return
        answer = failed(item.name, "unreadable", error.message, error.remedy)
        unread = self._committed(JournalEntry(item.name, item.stem, ""), answer)
        self._finished(number, Handling.WORKED, unread, "")

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
        start = asked = monotonic()
        while not done:  # a wait without time limit cannot be interrupted on Windows
            done, _ = wait(self.pending, SECONDS_TO_WAIT, FIRST_COMPLETED)
            if not done and monotonic() - asked > SECONDS_TO_ASK:
                self.in_flight()
                self._refuse_silence(monotonic() - start)
                asked = monotonic()
        # A set has no order: without one the log would differ from run to run.
        for future in sorted(done, key=lambda future: self.pending[future].number):
            job = self.pending.pop(future)
            answer = self._answer(future, job)
            if answer is None:
                job.attempts += 1
                self._submit(job)
                continue
            self._refuse_unfit_machine(answer)
            self._finished(job.number, Handling.WORKED, self._committed(job.entry, answer), job.digest)

    def _refuse_silence(self, seconds: float) -> None:
        """End a run on other machines that have answered nothing for too long."""
        limit = self.work.limits.seconds
        if limit and not self.work.is_here and seconds > limit + SILENCE:
            raise EnvironmentProblem(
                f"各台机器在 {seconds:.0f} 秒内没有任何回应",
                "已完成的都已保存；请检查工作进程是否仍在运行、能否处理任务，再运行同一命令",
            )

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
            if is_of_another_program(error):
                raise EnvironmentProblem("有的机器不能识别发出的任务", SAME_EVERYWHERE) from error
            answer = Failure("worker_killed", f"{type(error).__name__}: {error}")
        return answer_for(answer, job.task, self.work.limits) if isinstance(answer, Failure) else answer

    def _refuse_unfit_machine(self, answer: Answer) -> None:
        """End the run when the first input fails because the machine lacks something: all others would fail, too."""
        first = not self.has_worked
        self.has_worked = True
        for problem in answer.result.problems:
            if first and problem.code == "environment":
                raise EnvironmentProblem(problem.message, problem.remedy)

    def _finished(self, number: int, handling: Handling, result: Result, known: str) -> None:
        self.results[number] = compress(result.listing(self.listed).to_json().encode("utf-8"), 1)
        with suppress(BrokenPipeError):
            self.watch(handling, result, known)
