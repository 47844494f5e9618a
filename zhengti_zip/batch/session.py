"""One whole batch: find the inputs, work on them, write the summary, remove outdated outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import ensure_writable
from zhengti_zip.batch.digests import completed
from zhengti_zip.batch.duplicates import with_duplicates_marked
from zhengti_zip.batch.intake import Intake, take_in
from zhengti_zip.batch.journal import Journal, Sweep
from zhengti_zip.batch.replies.notices import ReplySettings
from zhengti_zip.batch.replies.writing import Replies, write_replies
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.runner import Watcher, Work, run


@dataclass
class BatchOutcome:
    """The outcome of a batch.

    Attributes:
        results: one per input, sorted by name; departments with several files are failed.
        summaries: the files of the summary.
        swept: outputs of earlier runs whose inputs are gone.
        replies: the letters to departments; None when none were asked for.
    """

    results: list[Result]
    summaries: list[Path] = field(default_factory=list)
    swept: Sweep = field(default_factory=Sweep)
    replies: Replies | None = None

    @property
    def failed(self) -> list[Result]:
        """The results of the inputs that failed."""
        return [result for result in self.results if not result.is_done]


class Session:
    """A batch that has locked its output folder.

    Attributes:
        intake: the inputs found.
        journal_was_damaged: an unreadable journal was set aside, so that everything is made again.
        has_begun: the journal has entries of an earlier run, so that there may be little to do.
    """

    def __init__(self, intake: Intake, journal: Journal) -> None:
        self.intake, self._journal = intake, journal
        self.journal_was_damaged, self.has_begun = journal.was_damaged, journal.has_entries()

    def run(
        self,
        work: Work,
        executor: Executor,
        in_flight: Callable[[], int],
        watch: Watcher,
        replies: ReplySettings | None = None,
    ) -> BatchOutcome:
        """Work on the inputs as :func:`zhengti_zip.batch.runner.run`, then write the summary.

        Args:
            replies: what letters to departments say; None writes none.

        Raises:
            OutputError: an output cannot be written. Finished inputs stay finished.
            EnvironmentProblem: this machine lacks something.
        """
        items, journal = self.intake.items, self._journal
        work = replace(work, settings=completed(work.settings))
        journal.clean(item.stem for item in items)
        moved = journal.make_way(item.stem for item in items)
        found = run(items, work, journal, executor, in_flight, watch, lambda: _get_ready(work))
        results = with_duplicates_marked(found)
        from zhengti_zip.batch.summary import write_summary

        summaries = write_summary(
            results,
            _forms(results, work),
            journal.folder,
            fonts=tuple(map(Path, work.settings.fonts)),
            executor=executor,
            megabytes=work.limits.megabytes,
        )
        paths = journal.adopt(summaries)
        letters = write_replies(journal, results, [], _titles(results, work), replies) if replies else None
        swept = journal.sweep(results, paths + (letters.paths if letters else []))
        swept = Sweep(moved.removed + swept.removed, moved.left + swept.left)
        return BatchOutcome(results, summaries, swept, letters)


@contextmanager
def open_session(roots: Sequence[Path], output: Path) -> Iterator[Session]:
    """Find the inputs and lock the output folder.

    Raises:
        InputError: there are no inputs.
        OutputError: the folder cannot be written, is among the inputs, or another batch is using it.
    """
    intake = take_in(roots, output)
    if not intake.items:
        raise InputError("没有找到填报文件（.xlsx、.json，或装有它们的 .zip）", "请检查给出的文件夹")
    ensure_writable(output)
    journal = Journal(output)
    try:
        yield Session(intake, journal)
    finally:
        journal.close()


def _get_ready(work: Work) -> None:
    """Import what the summary needs while the last inputs are in work. Errors are ignored here: they recur later."""
    from zhengti_zip.batch.summary import get_ready

    Thread(target=get_ready, args=(work.settings.form,), daemon=True).start()


def _forms(results: Sequence[Result], work: Work) -> dict[str, str]:
    """The forms of the results: by id, what each is loaded by."""
    if work.settings.form:
        from zhengti_zip.form.loader import load_form

        return {load_form(work.settings.form).id: work.settings.form}
    return {name: name for name in sorted({result.form for result in results if result.form})}


def _titles(results: Sequence[Result], work: Work) -> dict[str, str]:
    """The names of the forms of the results, by id."""
    from zhengti_zip.form.loader import load_form

    return {form_id: load_form(name).name for form_id, name in _forms(results, work).items()}
