"""What was changed in the workbook since the Word file was made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.merged_tables import MergedTables
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.submission.inputs import label_of, single_inputs, table_parts
from zhengti_zip.submission.paths import GOALS, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import Value


def changed_since(
    copies: Sequence[ReviewedCopy], workbook: TargetWorkbook, tables: MergedTables, edited: Collection[str]
) -> list[Problem]:
    """One notice for each copy of what was changed in the workbook and not edited in any copy.

    Args:
        edited: the keys of the edited inputs.
    """
    found = [_changed_since(copy, workbook, tables, edited) for copy in copies]
    return list(dict.fromkeys(problem for problem in found if problem is not None))


def _changed_since(
    copy: ReviewedCopy, workbook: TargetWorkbook, tables: MergedTables, edited: Collection[str]
) -> Problem | None:
    document = copy.document
    labels = [
        label_of(workbook.form, now)
        for now, printed in _printed_values(copy, tables)
        if now not in edited and not is_same(printed, workbook.value(now))
    ]
    before, now = document.baseline.submission, workbook.source.submission
    labels += [
        name
        for name, one, other in (
            ("年度目标的行数", len(before.goals), len(now.goals)),
            ("绩效指标", before.indicators, now.indicators),
            ("单位明细", before.units, now.units),
        )
        if one != other
    ]
    if not labels:
        return None
    words = "、".join(labels[:5]) + ("等" if len(labels) > 5 else "")
    message = f"工作簿在生成审阅稿之后又改过 {len(labels)} 处（{words}），审阅人没有改这些，保留工作簿的内容"
    return Problem(Severity.NOTICE, "workbook_changed", message, "请核对审阅人看到的是不是最新的内容")


def no_baseline() -> Problem:
    """The notice that a Word file has no data inside to compare with."""
    return Problem(
        Severity.NOTICE,
        "no_baseline",
        "审阅稿中没有随附的填报数据，按工作簿现在的内容比较",
        "如果工作簿在生成审阅稿之后改过，请核对列出的改动",
    )


def is_same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are equal; an empty text is no value."""
    return (None if one == "" else one) == (None if other == "" else other)


def _printed_values(copy: ReviewedCopy, tables: MergedTables) -> Iterator[tuple[InputPath, Value | None]]:
    """Every input that the workbook still has: common path and printed value."""
    form, printed = copy.document.baseline.form, copy.document.baseline.submission
    for slot in single_inputs(form):
        yield slot.path, printed.value(slot.path)
    for number, goal in enumerate(printed.goals):
        for part in table_parts(form, GOALS):
            now = tables.common(copy, InputPath.cell(GOALS, number, part.id))
            if now:
                yield now, goal.part(part.id)
