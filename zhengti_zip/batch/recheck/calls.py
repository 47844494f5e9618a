"""One call in a worker process for every file, each with limits of time and memory; results in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.processors import cores
from zhengti_zip.batch.failures import words_for
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.settings import BatchSettings, Limits
from zhengti_zip.batch.task import Task
from zhengti_zip.work.pool import IN_FLIGHT, guarded, local_executor
from zhengti_zip.work.worker import Failure

Made = TypeVar("Made")

LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of which nothing can be made: why, and what to do, in Chinese.

    Attributes:
        is_foreign: it is none of the files that were looked for, and nothing has to be done about it.
    """

    name: str
    message: str
    remedy: str
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class FileCall(Generic[Made]):
    """What is done with every file.

    Attributes:
        function: importable; returns a value or an :class:`Unread`, and raises nothing a file can cause.
        form: id or absolute folder of the form the files must be of; None takes the one each file names.
    """

    function: Callable[[Task], Made | Unread]
    form: str | None = None


def each_file(items: Sequence[Item], call: FileCall[Made]) -> Iterator[Made | Unread]:
    """What the call makes of each file, in the order of ``items``; a file that fails is an :class:`Unread`."""
    workers = min(cores(), max(len(items), 1))
    waiting: deque[Future[Made | Unread] | Unread] = deque()
    names: deque[str] = deque()
    with local_executor(workers, megabytes=LIMITS.megabytes) as executor:
        for item in items:
            waiting.append(_started(executor, item, call))
            names.append(item.name)
            if len(waiting) >= workers * IN_FLIGHT:
                yield _finished(waiting.popleft(), names.popleft())
        while waiting:
            yield _finished(waiting.popleft(), names.popleft())


def _started(executor: Executor, item: Item, call: FileCall[Made]) -> Future[Made | Unread] | Unread:
    try:
        content = item.read()
    except InputError as error:
        return Unread(item.name, error.message, error.remedy)
    task = Task(item.name, content, BatchSettings(form=call.form), item.is_candidate)
    return executor.submit(guarded, call.function, task, LIMITS.seconds, LIMITS.megabytes)


def _finished(found: Future[Made | Unread] | Unread, name: str) -> Made | Unread:
    answer = found if isinstance(found, Unread) else found.result()
    if isinstance(answer, Failure):
        return Unread(name, *words_for(answer, LIMITS))
    return answer
