"""The summary of a batch: 汇总表.xlsx to work with and 汇总报告.pdf to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengti_zip.batch.result import Result
from zhengti_zip.work.pool import guarded

if TYPE_CHECKING:
    from zhengti_zip.batch.summary.figures import Figures
    from zhengti_zip.form.definition import FormDefinition

WORKBOOK_NAME, REPORT_NAME = "汇总表", "汇总报告"
UNKNOWN_FORM = "未识别"
"""Part of the file name for files whose form could not be told, where there are several forms."""

SECONDS_FOR_REPORT = 600
"""How long a worker may take for a report before it is made in this process."""

Drawing = tuple["FormDefinition | str | None", tuple[Result, ...], tuple[Path, ...]]
"""What a report is drawn from: form, or what it is loaded by; results, further fonts."""


def get_ready(form: str | None) -> None:
    """Import what :func:`write_summary` needs for a form.

    Args:
        form: id or folder; None for the one most files are of.
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
    executor: Executor | None = None,
    megabytes: int = 0,
) -> list[Path]:
    """Write the summary of a batch: one workbook and one report for each form in it.

    The same results give the same bytes, in whatever order they come.

    Args:
        results: what every file came to.
        forms: the form definitions by id, or what each is loaded by, which a worker does that has done
            it before; results of other forms count as of unknown form.
        folder: where it goes, which must be the folder the paths in ``Result.outputs`` count from.
        fonts: font files for characters no bundled font has.
        executor: where the reports are drawn meanwhile, by workers that have typesetting at hand;
            None draws them here.
        megabytes: the memory limit of those workers.

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
    drawings: dict[str, Drawing] = {
        form_id: (forms.get(form_id), tuple(group), fonts) for form_id, group in groups.items()
    }
    drawn = {
        form_id: executor.submit(guarded, report_of, drawing, SECONDS_FOR_REPORT, megabytes)
        for form_id, drawing in drawings.items()
        if executor
    }
    from zhengti_zip.batch.summary.workbook import summary_workbook  # while the reports are drawn

    contents: dict[Path, bytes] = {}
    for form_id, drawing in drawings.items():
        mark = f"-{form_id or UNKNOWN_FORM}" if len(groups) > 1 else ""
        contents[folder / f"{WORKBOOK_NAME}{mark}.xlsx"] = summary_workbook(_figures(drawing))
        found = _outcome(drawn[form_id]) if form_id in drawn else None
        contents[folder / f"{REPORT_NAME}{mark}.pdf"] = found or report_of(drawing)
    write_all_atomically(contents)
    return list(contents)


def report_of(drawing: Drawing) -> bytes:
    """The report of one form, in whatever process."""
    from zhengti_zip.batch.summary.report import report_pdf

    return report_pdf(_figures(drawing), drawing[2])


def _figures(drawing: Drawing) -> Figures:
    from zhengti_zip.batch.summary.figures import Figures

    form, group, _ = drawing
    if isinstance(form, str):
        from zhengti_zip.form.loader import load_form

        form = load_form(form)
    return Figures(form, group)


def _outcome(drawn: Future[Any]) -> bytes | None:
    """What a worker drew; None when it was lost, or failed for a reason that this process will meet and tell."""
    try:
        found = drawn.result()
    except Exception:  # the executor's own trouble
        return None
    return found if isinstance(found, bytes) else None
