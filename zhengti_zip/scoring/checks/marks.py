"""Scores seen together: all of them full, or outputs full while the money was not spent."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.base.numbers import PERCENT, percent, plain
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem


def check_marks(subject: Subject) -> Iterator[Problem]:
    """What a reviewer doubts although every score is possible by itself."""
    yield from _all_full(subject)
    yield from _outputs_over_execution(subject)


def _all_full(subject: Subject) -> Iterator[Problem]:
    """Full marks everywhere, and some of them stand for nothing but the department's word."""
    rows = subject.evaluation.rows
    if not all(_is_sound(row, subject) and not row.is_below_weight for row in rows):
        return
    bare = [row for row in rows if _is_bare(row)]
    if bare:
        yield from subject.report(
            "all_full_marks",
            f"{len(rows)} 项全部为满分，其中 {len(bare)} 项只有自评分，既没有评分数据，也没有佐证材料",
            "请对照评分标准核对自评分；确为满分的，请填写评分数据或佐证材料",
            InputPath.score(bare[0].context.row.id),
            plain(bare[0].weight),
        )


def _is_sound(row: RowResult, subject: Subject) -> bool:
    """Whether the score counts as it was entered: readable and possible before it is rounded."""
    given = row.entry.score
    return (
        InputPath.score(row.context.row.id) not in subject.unread
        and row.is_valid
        and (given is None or 0 <= given <= row.weight)
    )


def _is_bare(row: RowResult) -> bool:
    return row.origin is ScoreOrigin.SELF and row.computed is None and not row.entry.evidence


def _outputs_over_execution(subject: Subject) -> Iterator[Problem]:
    check = subject.form.checks.full_outputs_low_execution
    spending = next((row for row in subject.evaluation.rows if row.context.row.id == check.row), None)
    if spending is None or spending.score is None or not _is_sound(spending, subject) or not spending.weight:
        return
    share = spending.score / spending.weight
    if share * PERCENT >= check.below:
        return
    for row in subject.evaluation.rows:
        outputs = isinstance(row.rule, Completion) and set(row.rule.groups) & set(check.outputs)
        if outputs and _is_sound(row, subject) and not row.is_below_weight:
            yield from subject.report(
                "full_outputs_low_execution",
                f"“{row.context.name}”为满分，而“{spending.context.name}”只得分值的 {percent(share)}",
                "请核对产出指标的目标值和实际完成值；确已完成的，请在未达标原因中说明节约了资金还是尚未支付",
                InputPath.score(row.context.row.id),
                plain(row.score or row.weight),
            )
