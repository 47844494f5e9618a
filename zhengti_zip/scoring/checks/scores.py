"""Scores: which one counts, whether it is possible, and what a lost point asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import YES_NO_CHOICES, Input, ValueKind
from zhengti_zip.form.rules import Computed, NotComputed
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import points_elsewhere
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_scores(
    subject: Subject,
    flawed_groups: frozenset[str] = frozenset(),
    doubtful: frozenset[InputPath] = frozenset(),
) -> Iterator[Problem]:
    """Every row has a score that is possible and, where points were lost, says why.

    Nothing follows from a score that could not be read, that is impossible, or that was worked out from
    data with an error: neither a reason nor a difference is asked for.

    Args:
        flawed_groups: first-level types with an error in a row of 绩效指标.
        doubtful: amounts that may be in 元.
    """
    for row in subject.evaluation.rows:
        if InputPath.score(row.context.row.id) in subject.unread:
            continue
        if row.entry.score is not None and not 0 <= row.entry.score <= row.weight:
            yield _out_of_range(row, row.entry.score)
            continue
        is_doubtful = _is_doubtful(row, flawed_groups, doubtful)
        yield from _self_score(row, is_doubtful=is_doubtful)
        yield from _evidence(row, subject)
        yield from _data(row, subject)
        counts = row.origin is ScoreOrigin.SELF or not is_doubtful
        if row.is_valid and row.is_below_weight and counts:
            yield from _explanations(row, subject)


def _is_doubtful(row: RowResult, groups: frozenset[str], doubtful: frozenset[InputPath]) -> bool:
    """Whether what the rule makes of the data rests on a mistake that is told by itself."""
    if isinstance(row.rule, Completion):
        return bool(groups & set(row.rule.groups))
    return any(InputPath.datum(data_id) in doubtful for data_id in row.rule.uses())


def _score_problem(severity: Severity, code: str, row: RowResult, message: str, remedy: str) -> Problem:
    path, label = InputPath.score(row.context.row.id), f"{row.context.name} 自评分"
    value = "" if row.entry.score is None else plain(row.entry.score)
    return Problem(severity, code, f"“{row.context.name}”{message}", remedy, path, label, value)


def _out_of_range(row: RowResult, score: Decimal) -> Problem:
    fault = "低于 0 分" if score < 0 else f"超过分值 {plain(row.weight)} 分"
    return _score_problem(
        Severity.ERROR,
        "score_out_of_range",
        row,
        f"自评分 {plain(score)} {fault}",
        f"请填写 0 到 {plain(row.weight)} 之间的分数",
    )


def _self_score(row: RowResult, *, is_doubtful: bool) -> Iterator[Problem]:
    score = row.entry.score
    if score is None:
        return
    counting = plain(row.score or Decimal(0))
    if row.score != score:
        words = f"自评分 {plain(score)} 超过两位小数，按 {counting} 分计"
        remedy = f"请按两位小数填写，例如 {counting}"
        yield _score_problem(Severity.WARNING, "score_rounded", row, words, remedy)
    elif isinstance(row.outcome, Computed) and row.outcome.score != score and not is_doubtful:
        yield _score_problem(
            Severity.WARNING,
            "score_differs",
            row,
            f"自评分 {plain(score)} 与按数据计算的 {plain(row.outcome.score)} 不同，以自评分为准。"
            f"按数据计算：{row.outcome.working}",
            f"请核对；要按数据计算的，请清空自评分；要改自评分的，请填 {plain(row.outcome.score)}；确认无误可以不改",
        )


def _evidence(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """A score nothing but the department's word stands for names its evidence."""
    path = InputPath.score(row.context.row.id, "evidence")
    wanted = row.rule.wants_evidence and row.entry.score is not None
    if wanted and no_answer(row.entry.evidence) and path not in subject.unread:
        yield Problem(
            Severity.WARNING,
            "no_evidence",
            f"“{row.context.name}”只有自评分，没有写明佐证材料",
            "请在“佐证材料”中写明文件名称或文号",
            path,
            f"{row.context.name} 佐证材料",
            row.entry.evidence,
        )


def _data(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """What keeps the rule from working, and the row without any score."""
    outcome = row.outcome
    if not isinstance(outcome, NotComputed):
        return
    needed = row.origin is ScoreOrigin.NONE
    severity = Severity.ERROR if needed else Severity.WARNING
    if INDICATORS in (*outcome.missing, *(data_id for data_id, _ in outcome.wrong)):
        if needed and not outcome.started and not _is_unsorted(subject):
            yield _no_score(row)
        return  # what is wrong with an indicator is told at its cell
    for data_id, wrong in outcome.wrong:
        path, label = InputPath.datum(data_id), _label(row, subject, data_id)
        yield Problem(
            severity, "data_contradiction", f"{label}：{wrong}", _way_out(row, subject), path, label
        )
    if outcome.wrong or any(InputPath.datum(data_id) in subject.unread for data_id in row.rule.uses()):
        return
    if outcome.started:
        for data_id in outcome.missing:
            path, label = InputPath.datum(data_id), _label(row, subject, data_id)
            remedy = _missing_remedy(row, subject, data_id, needed)
            yield Problem(severity, "missing", f"“{label}”没有填写，无法按数据评分", remedy, path, label)
    elif needed:
        yield _no_score(row)


def _is_unsorted(subject: Subject) -> bool:
    """Whether an indicator has no readable type, so that it may belong to any group."""
    if any(path.within(InputPath.whole(INDICATORS)) for path in subject.unread):
        return True
    return any(not indicator.group for indicator in subject.submission.indicators)


def _no_score(row: RowResult) -> Problem:
    weight = plain(row.weight)
    message, remedy = "既没有自评分，也没有可供评分的数据", f"请填写自评分（0 到 {weight} 分），或在"
    items = row.rule.inputs()
    if isinstance(row.rule, Completion):
        remedy += f"“绩效指标”中填写{'、'.join(row.rule.groups)}指标"
    elif items:
        remedy += f"“评分数据”中填写{'、'.join(f'“{item.label}”' for item in items)}"
    else:
        message, remedy = "没有填写自评分", f"请填写自评分（0 到 {weight} 分）"
    return _score_problem(Severity.ERROR, "no_score", row, message, remedy)


def _label(row: RowResult, subject: Subject, data_id: str) -> str:
    return f"{row.context.name} {subject.form.data_by_id[data_id].label}"


def _way_out(row: RowResult, subject: Subject) -> str:
    """The remedy of data that contradict each other; a denominator of 0 has two ways out."""
    self_score = f"填写自评分（0 到 {plain(row.weight)} 分）"
    rule = row.rule
    if isinstance(rule, RatioRule) and subject.submission.data.get(rule.denominator.id) == 0:
        return f"请核对这两项评分数据；本年没有此事项的两项都填 0；其他情形请清空这两项，{self_score}"
    return f"请核对这两项评分数据；无法按数据评分的，请清空这两项，{self_score}"


def _missing_remedy(row: RowResult, subject: Subject, data_id: str, needed: bool) -> str:
    item: Input = subject.form.data_by_id[data_id]
    if item.kind is ValueKind.YES_NO:
        fill = f"请选择：{'、'.join(YES_NO_CHOICES)}"
    elif isinstance(row.rule, RatioRule) and data_id == row.rule.denominator.id:
        fill = f"请填写{item.label}" + (f"（单位：{item.unit}）" if item.unit else "")
    else:
        fill = f"请填写{item.label}，没有的填 0"
    other = (
        f"；或填写自评分（0 到 {plain(row.weight)} 分）"
        if needed
        else "；只用自评分的，请清空这一项的其他评分数据"
    )
    return fill + other


def _explanations(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """A score below the weight needs its reason and its improvement."""
    wanted = (
        ("reason", "未达标原因", row.entry.reason, "请写明未得满分的具体原因"),
        ("improvement", "改进措施", row.entry.improvement, "请写明怎样改进、何时完成"),
    )
    for part, word, text, remedy in wanted:
        path, label = InputPath.score(row.context.row.id, part), f"{row.context.name} {word}"
        if path in subject.unread:
            continue
        if no_answer(text):
            lost = f"得 {plain(row.score or Decimal(0))} 分，低于分值 {plain(row.weight)} 分"
            entered = f"{word}只写了“{text}”" if text.strip() else f"没有填写{word}"
            message = f"“{row.context.name}”{lost}，但{entered}"
            yield Problem(Severity.ERROR, f"no_{part}", message, remedy, path, label, text)
        elif points_elsewhere(text):
            yield from subject.report(
                "says_nothing",
                f"“{row.context.name}”的{word}只写了“{text}”，表上看不到内容",
                remedy,
                path,
                text,
            )
