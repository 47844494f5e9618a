"""The summary of a batch: 汇总表.xlsx, a workbook, and 汇总报告.pdf, a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.batch.arrivals import Arrivals
from zhengti_zip.batch.result import Result
from zhengti_zip.work.pool import guarded

if TYPE_CHECKING:
    from zhengti_zip.batch.crosschecks import Crosschecks
    from zhengti_zip.batch.summary.figures import Figures
    from zhengti_zip.form.definition import FormDefinition

WORKBOOK_NAME, REPORT_NAME = "汇总表", "汇总报告"
UNKNOWN_FORM = "未识别"
"""Stands in a file name for the id of a form that could not be read."""

SECONDS_FOR_REPORT = 600
"""Time limit of a worker for one report; after it the report is made in this process."""


@dataclass(frozen=True, slots=True)
class SummaryInput:
    """What one summary is made from; it can be sent to a worker.

    Attributes:
        form: the form, or the id or folder it is loaded by; None for files of unknown form.
        results: of the files of this form.
        fonts: font files for characters no bundled font has.
        compared: the checks across departments; None to have them done when the figures are made.
        arrivals: every file of the batch; None where the summary is not made from files.
    """

    form: FormDefinition | str | None
    results: tuple[Result, ...]
    fonts: tuple[Path, ...]
    compared: Crosschecks | None = None
    arrivals: Arrivals | None = None

    def figures(self) -> Figures:
        """The figures, the form loaded."""
        from zhengti_zip.batch.summary.figures import Figures

        if isinstance(self.form, str):
            from zhengti_zip.form.loader import load_form

            return Figures(load_form(self.form), self.results, self.compared, self.arrivals)
        return Figures(self.form, self.results, self.compared, self.arrivals)


def get_ready(form: str | None) -> None:
    """Import what :func:`write_summary` needs for a form.

    Args:
        form: id or folder; None for the default form.
    """
    with suppress(Exception):
        from zhengti_zip.batch.summary.workbook import summary_workbook  # noqa: F401
        from zhengti_zip.form.loader import DEFAULT_FORM, load_form

        load_form(form or DEFAULT_FORM)


def write_summary(
    results: Sequence[Result],
    forms: Mapping[str, FormDefinition | str],
    folder: Path,
    *,
    fonts: tuple[Path, ...] = (),
    compared: Mapping[str, Crosschecks] | None = None,
    executor: Executor | None = None,
    megabytes: int = 0,
    arrivals: Arrivals | None = None,
) -> list[Path]:
    """Write the summary of a batch: one workbook and one report for each form in it.

    The same results give the same bytes, whatever their order.

    Args:
        results: of all files.
        forms: by form id the definition, or the id or folder a worker loads it by. Results of other forms
            count as of unknown form.
        folder: the output folder, which the paths in ``Result.outputs`` are relative to.
        fonts: font files for characters no bundled font has.
        compared: by form id the checks across departments; those of forms that are missing are done here.
        executor: draws the reports in worker processes; None draws them in this process.
        megabytes: the memory limit of these workers.
        arrivals: every file of the batch; all of them stand in each workbook.

    Returns:
        The files written: ``汇总表.xlsx`` and ``汇总报告.pdf``, with ``-<form id>`` behind the name
        when there are several forms.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
        OutputError: a file cannot be written; none is replaced then.
    """
    from zhengti_zip.base.files import write_all_atomically
    from zhengti_zip.batch.summary.figures import divided

    groups = divided(results, forms) or {"": []}
    known = compared or {}
    inputs = {
        form_id: SummaryInput(forms.get(form_id), tuple(group), fonts, known.get(form_id), arrivals)
        for form_id, group in groups.items()
    }
    reports = {form_id: _report_started(each, executor, megabytes) for form_id, each in inputs.items()}
    from zhengti_zip.batch.summary.workbook import summary_workbook  # while the reports are drawn

    contents: dict[Path, bytes] = {}
    for form_id, each in inputs.items():
        mark = f"-{form_id or UNKNOWN_FORM}" if len(inputs) > 1 else ""
        contents[folder / f"{WORKBOOK_NAME}{mark}.xlsx"] = summary_workbook(each.figures())
        contents[folder / f"{REPORT_NAME}{mark}.pdf"] = reports[form_id]()
    write_all_atomically(contents)
    return list(contents)


def report_of(summary: SummaryInput) -> bytes:
    """The report of one form, as PDF."""
    from zhengti_zip.batch.summary.report import report_pdf

    return report_pdf(summary.figures(), summary.fonts)


def _report_started(summary: SummaryInput, executor: Executor | None, megabytes: int) -> Callable[[], bytes]:
    """Start to draw a report; what is returned waits for it.

    A report that the worker does not deliver is drawn in this process, which then raises what is wrong with it.
    """
    future = executor and executor.submit(guarded, report_of, summary, SECONDS_FOR_REPORT, megabytes)

    def report() -> bytes:
        drawn = None
        with suppress(Exception):  # the executor lost it
            drawn = future and future.result()
        return drawn if isinstance(drawn, bytes) else report_of(summary)

    return report
