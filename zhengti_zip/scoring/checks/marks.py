"""Scores seen together: all of them full, or high while the money was not spent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import PERCENT, grouped, plain, round_points
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin
from zhengti_zip.submission.inputs import label_of, sheet_title
from zhengti_zip.submission.paths import DATA, InputPath
from zhengti_zip.submission.problems import Problem


def check_marks(subject: Subject) -> Iterator[Problem]:
    """What a reviewer doubts although every score is possible by itself."""
    yield from _all_full(subject)
    yield from _outputs_over_execution(subject)
    yield from _indicators_over_execution(subject)
    yield from _unspent(subject)


def _all_full(subject: Subject) -> Iterator[Problem]:
    """Full marks everywhere, and more than half of them stand for nothing but the department's word."""
    rows = subject.evaluation.rows
    if not all(_is_sound(row, subject) and not row.is_below_weight for row in rows):
        return
    bare = [row for row in rows if _is_bare(row)]
    if len(bare) * 2 > len(rows):
        share = "都" if len(bare) == len(rows) else f"其中 {len(bare)} 项"
        score, grounds = _word(bare[0], subject, "score"), _grounds(bare[0], subject)
        lacks = {0: "", 1: f"，没有{''.join(grounds)}", 2: f"，既没有{'，也没有'.join(grounds)}"}[
            len(grounds)
        ]
        remedy = f"；确为满分的，请填写{'或'.join(grounds)}" if grounds else "；确为满分的可以不改"
        yield from subject.report(
            "all_full_marks",
            f"{len(rows)} 项全部为满分，{share}只有{score}{lacks}",
            f"请对照评分标准核对{score}{remedy}",
            subject.score_path(bare[0].context),
            plain(bare[0].weight),
        )


def _is_sound(row: RowResult, subject: Subject) -> bool:
    """Whether the score counts as it was entered: readable and possible before it is rounded."""
    given = row.entry.score
    return row.path not in subject.unread and row.is_valid and (given is None or 0 <= given <= row.weight)


def _is_bare(row: RowResult) -> bool:
    return row.origin is ScoreOrigin.SELF and row.computed is None and not row.entry.evidence


def _word(row: RowResult, subject: Subject, part: str) -> str:
    """What the form calls something asked for beside a row; "" where it does not ask for it."""
    item = subject.asked(row.context, part)
    return item.label if item else ""


def _grounds(row: RowResult, subject: Subject) -> list[str]:
    """What the form asks for that a score can rest on."""
    data = sheet_title(subject.form, DATA) if subject.form.data_by_id else ""
    return [words for words in (data, _word(row, subject, "evidence")) if words]


def _spending_row(subject: Subject, row_id: str | None) -> RowResult | None:
    """The row of the rate of spending with its sound score; None without one."""
    found = next((row for row in subject.evaluation.rows if row.context.row.id == row_id), None)
    return found if found is not None and _is_sound(found, subject) and found.weight else None


def _outputs_over_execution(subject: Subject) -> Iterator[Problem]:
    """Outputs at full marks while little was spent; entered output rows are told of together, at the first."""
    check = subject.form.checks.full_outputs_low_execution
    spending = _spending_row(subject, check.row)
    if spending is None or (spending.score or Decimal(0)) * PERCENT >= check.below * spending.weight:
        return
    outputs = [row for row in subject.evaluation.rows if _is_output(row, subject)]
    full = [row for row in outputs if _is_sound(row, subject) and not row.is_below_weight]
    entered = [row for row in outputs if row.context.is_entered]
    if entered and len(full) == len(outputs):
        full = entered[:1]
        what = "、".join(check.outputs) + f" {len(entered)} 项都"
    elif entered:
        return
    reason = subject.asked(spending.context, "reason")
    where = f"在“{spending.context.name}”的{reason.label}中" if reason else ""
    for row in full:
        name = what if entered else f"“{row.context.name}”"
        yield from subject.report(
            "full_outputs_low_execution",
            f"{name}为满分，而“{spending.context.name}”"
            f"只得 {plain(spending.score or Decimal(0))} 分（分值 {plain(spending.weight)} 分）",
            f"请核对产出指标的目标值和实际完成值；确已完成的，请{where}说明资金为何没有支出",
            subject.score_path(row.context),
            plain(row.score or row.weight),
        )


def _is_output(row: RowResult, subject: Subject) -> bool:
    outputs = set(subject.form.checks.full_outputs_low_execution.outputs)
    if row.context.number is not None:
        return subject.submission.indicators[row.context.number].group in outputs
    return isinstance(row.rule, Completion) and bool(set(row.rule.groups) & outputs)


def _indicators_over_execution(subject: Subject) -> Iterator[Problem]:
    """All other rows got a clearly larger share of their points than the rate of spending."""
    check, rows = subject.form.checks.indicators_over_execution, subject.evaluation.rows
    spending = _spending_row(subject, check.row)
    others = [row for row in rows if row is not spending]
    weight = sum((row.weight for row in others), Decimal(0))
    if spending is None or not weight or not all(_is_sound(row, subject) for row in others):
        return
    score = sum((row.score or Decimal(0) for row in others), Decimal(0))
    spent = spending.score or Decimal(0)
    # Both shares times both weights, so that nothing is rounded.
    if (score * spending.weight - spent * weight) * PERCENT <= check.above * weight * spending.weight:
        return
    shares = [
        plain(round_points(part * PERCENT / whole))
        for part, whole in ((score, weight), (spent, spending.weight))
    ]
    yield from subject.report(
        "indicators_over_execution",
        f"其余各项共得 {plain(score)} 分，得分率 {shares[0]}%，比“{spending.context.name}”的得分率 "
        f"{shares[1]}% 高出 {plain(check.above)} 个百分点以上",
        "请核对各项指标的目标值和实际完成值是否与资金支出相符；确认无误可以不改",
        _place(spending),
        plain(spent),
    )


def _place(row: RowResult) -> InputPath:
    """Where a computed score comes from: the first value its rule uses elsewhere, or else the score itself."""
    used = [key for key in row.rule.uses() if "." in key]
    return InputPath(used[-1]) if used and row.origin is ScoreOrigin.COMPUTED else row.path


def _unspent(subject: Subject) -> Iterator[Problem]:
    """A large part of the money was not spent."""
    check = subject.form.checks.unspent
    spent, budget = subject.amount(check.spent), subject.amount(check.budget)
    if spent is None or budget is None or budget <= 0 or (budget - spent) * PERCENT <= check.above * budget:
        return
    path = InputPath(check.spent or "")
    rest = round_points((budget - spent) * PERCENT / budget)
    labels = [label_of(subject.form, InputPath(ref or "")) for ref in (check.spent, check.budget)]
    yield from subject.report(
        "unspent",
        f"“{labels[0]}”{grouped(spent)} 万元，“{labels[1]}”{grouped(budget)} 万元，"
        f"还有 {plain(rest)}% 没有支出，超过 {plain(check.above)}%",
        "请核对这两项金额；确认无误的，请说明资金没有支出的原因",
        path,
        grouped(spent),
    )
