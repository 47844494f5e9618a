"""One whole batch: find the inputs, work on them, write the summary, remove outdated outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import ensure_writable
from zhengti_zip.base.limits import read_limited
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.batch.arrivals import Arrivals, arrivals_of
from zhengti_zip.batch.crosschecks import Crosschecks, crosschecked_forms
from zhengti_zip.batch.digests import completed
from zhengti_zip.batch.duplicates import is_counted, settled, times_of
from zhengti_zip.batch.intake import Intake, take_in
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.journal import Journal
from zhengti_zip.batch.outputs import Sweep
from zhengti_zip.batch.previous import previous_items, reading_work
from zhengti_zip.batch.replies.notices import ReplySettings
from zhengti_zip.batch.replies.writing import Replies, write_replies
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.roster import Roster, read_roster
from zhengti_zip.batch.roster_check import Handed, RosterCheck, compared
from zhengti_zip.batch.runner import run
from zhengti_zip.batch.work import Handling, Watcher, Work


@dataclass
class BatchOutcome:
    """The outcome of a batch.

    Attributes:
        results: one per input that counts, sorted by name; departments with several files are failed.
        arrivals: every file that was met, and what became of it.
        crosschecks: the checks across departments, by form id.
        forms: by form id the id or folder that each form is loaded by.
        summaries: the files of the summary.
        swept: outputs of earlier runs whose inputs are gone.
        replies: the letters to departments; None when none were asked for.
    """

    results: list[Result]
    arrivals: Arrivals = field(default_factory=Arrivals)
    crosschecks: dict[str, Crosschecks] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
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
        roster, roster_name: the list of those who are to hand in, and its file name; None without one.
        previous: last year's inputs; None when none are to be compared with.
        has_begun: the journal has entries of an earlier run, so that there may be little to do.
    """

    def __init__(
        self,
        intake: Intake,
        journal: Journal,
        roster: Roster | None,
        roster_name: str,
        previous: list[Item] | None = None,
    ) -> None:
        self.intake, self._journal, self.previous = intake, journal, previous
        self.roster, self.roster_name = roster, roster_name
        self.left: list[str] = []
        self.journal_was_damaged, self.has_begun = journal.was_damaged, journal.has_entries()

    def run(
        self,
        work: Work,
        executor: Executor,
        in_flight: Callable[[], int],
        watch: Watcher,
        watch_previous: Watcher = lambda *_: None,
        replies: ReplySettings | None = None,
    ) -> BatchOutcome:
        """Work on the inputs as :func:`zhengti_zip.batch.runner.run`, read last year's, then write the summary.

        Args:
            watch_previous: called for every input of last year.
            replies: what letters to departments say; None writes none.

        Raises:
            OutputError: an output cannot be written. Finished inputs stay finished.
            EnvironmentProblem: this machine lacks something.
        """
        items, journal = self.intake.items, self._journal
        work = replace(work, settings=completed(work.settings))
        journal.clean(item.stem for item in items)
        moved = journal.make_way(item.stem for item in items)
        told = _Told(watch)
        found = run(items, work, journal, executor, in_flight, told, lambda: _get_ready(work))
        counted = self._counted(found, work, executor, in_flight, told)
        results = [result for result in counted if result.status is not Status.SKIPPED]
        roster = compared(self.roster, self.roster_name, results) if self.roster else None
        arrivals = arrivals_of(self.intake, counted, roster)
        previous: list[Result] | None = None
        if self.previous is not None:
            read = run(self.previous, reading_work(work), journal, executor, in_flight, watch_previous)
            previous = [result for result in read if result.status is not Status.SKIPPED]
        forms = _forms(results, work)
        crosschecks = crosschecked_forms(results, forms, previous)
        from zhengti_zip.batch.summary import write_summary

        summaries = write_summary(
            results,
            forms,
            journal.folder,
            fonts=tuple(map(Path, work.settings.fonts)),
            compared=crosschecks,
            executor=executor,
            megabytes=work.limits.megabytes,
            arrivals=arrivals,
        )
        paths = journal.adopt(summaries)
        letters = self._letters(results, roster, work, replies) if replies else None
        paths += letters.paths if letters else []
        swept = journal.sweep([*counted, *(previous or ())], paths)
        swept = Sweep(moved.removed + swept.removed, moved.left + self.left + swept.left)
        return BatchOutcome(results, arrivals, crosschecks, forms, summaries, swept, letters)

    def _letters(
        self, results: Sequence[Result], roster: RosterCheck | None, work: Work, settings: ReplySettings
    ) -> Replies:
        """The letters to departments with errors, and to those that are on the list and have not handed in."""
        missing = [line.entry.name for line in roster.of(Handed.MISSING)] if roster else []
        known = roster.told_by_name if roster else {}
        results = [replace(r, department=r.department or known.get(r.name, "")) for r in results]
        return write_replies(self._journal, results, missing, _titles(results, work), settings)

    def _counted(
        self, found: list[Result], work: Work, executor: Executor, in_flight: Callable[[], int], told: _Told
    ) -> list[Result]:
        """The results of all inputs, those that do not count skipped, all others printed."""
        by_name = {item.name: item for item in self.intake.items}
        results = settled(found, times_of(self.intake.items) if work.newest else None)
        for before, after in zip(found, results, strict=True):
            if after.status is Status.SKIPPED and before.outputs:
                self.left += self._journal.defer(before).left
        waiting = [result for result in results if result.is_deferred and is_counted(result)]
        printed = {result.name for result in waiting}
        told.tell_all({result.name: result for result in results if result.name not in printed})
        if not waiting:
            return results
        rest = [by_name[result.name] for result in waiting]
        again = replace(work, defers=False)
        new = {result.name: result for result in run(rest, again, self._journal, executor, in_flight, told)}
        return [new.get(result.name, result) for result in results]


@contextmanager
def open_session(
    roots: Sequence[Path], output: Path, roster: Path | None = None, previous: Path | None = None
) -> Iterator[Session]:
    """Find the inputs and lock the output folder.

    Args:
        roots: see :func:`zhengti_zip.batch.intake.take_in`.
        output: the output folder.
        roster: the list of those who are to hand in, .xlsx or .csv.
        previous: last year's inputs: a folder, a file or an archive.

    Raises:
        InputError: there are no inputs, or the list cannot be read or has errors; last year's are none, or among these.
        OutputError: the folder cannot be written, is among the inputs, or another batch is using it.
    """
    expected = _sound_roster(roster) if roster else None
    intake = take_in(roots, output, roster)
    if not intake.items:
        raise InputError("没有找到填报文件（.xlsx、.json，或装有它们的 .zip）", "请检查给出的文件夹")
    earlier = previous_items(previous, intake.items, output) if previous else None
    ensure_writable(output)
    journal = Journal(output)
    try:
        yield Session(intake, journal, expected, shown_name(roster.name) if roster else "", earlier)
    finally:
        journal.close()


class _Told:
    """Tells of each input once: of a file that is only read when it is known what becomes of it."""

    def __init__(self, watch: Watcher) -> None:
        self._watch = watch
        self._held: dict[str, tuple[Handling, str]] = {}

    def __call__(self, handling: Handling, result: Result, digest: str) -> None:
        if result.is_deferred:
            self._held[result.name] = (handling, digest)
        else:
            self._watch(handling, result, digest)

    def tell_all(self, results: Mapping[str, Result]) -> None:
        """Tell of those that were held back."""
        for name, (handling, digest) in self._held.items():
            if name in results:
                with suppress(BrokenPipeError):
                    self._watch(handling, results[name], digest)


def _sound_roster(file: Path) -> Roster:
    """The list of those who are to hand in.

    Raises:
        InputError: it cannot be read, or has errors.
    """
    roster = read_roster(read_limited(file), shown_name(file.name))
    if errors := roster.errors:
        first = f"{errors[0].place}：{errors[0].message}" if errors[0].place else errors[0].message
        more = f"（共 {len(errors)} 处错误）" if len(errors) > 1 else ""
        raise InputError(f"名单 {shown_name(file.name)} 有错误：{first}{more}", errors[0].remedy)
    return roster


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
