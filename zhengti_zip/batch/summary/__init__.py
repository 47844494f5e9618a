"""The summary of a batch: 汇总表.xlsx to work with and 汇总报告.pdf to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengti_zip.batch.result import Result
from zhengti_zip.form.definition import FormDefinition

WORKBOOK_NAME, REPORT_NAME = "汇总表", "汇总报告"
UNKNOWN_FORM = "未识别"
"""Part of the file name for files whose form could not be told, where there are several forms."""


def write_summary(
    results: Sequence[Result],
    forms: Mapping[str, FormDefinition],
    folder: Path,
    *,
    fonts: tuple[Path, ...] = (),
) -> list[Path]:
    """Write the summary of a batch: one workbook and one report for each form in it.

    The same results give the same bytes, in whatever order they come.

    Args:
        results: what every file came to.
        forms: the form definitions by id; results of other forms count as of unknown form.
        folder: where it goes, which must be the folder the paths in ``Result.outputs`` count from.
        fonts: font files for characters no bundled font has.

    Returns:
        The files written: ``汇总表.xlsx`` and ``汇总报告.pdf``, with ``-<form id>`` behind the name
        when there are several forms.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.render.engine.render_html`.
        OutputError: a file cannot be written; none is replaced then.
    """
    from zhengti_zip.batch.summary.figures import Figures, divided
    from zhengti_zip.batch.summary.report import report_pdf
    from zhengti_zip.batch.summary.workbook import summary_workbook
    from zhengti_zip.files import write_all_atomically

    groups = divided(results, forms) or {"": []}
    contents: dict[Path, bytes] = {}
    for form_id, group in groups.items():
        figures = Figures(forms.get(form_id), tuple(group))
        mark = f"-{form_id or UNKNOWN_FORM}" if len(groups) > 1 else ""
        contents[folder / f"{WORKBOOK_NAME}{mark}.xlsx"] = summary_workbook(figures)
        contents[folder / f"{REPORT_NAME}{mark}.pdf"] = report_pdf(figures, fonts)
    write_all_atomically(contents)
    return list(contents)
