"""What a fixed row lacks to be scored: its data, or any score at all."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import YES_NO_CHOICES, Input, ValueKind
from zhengti_zip.form.rules import NotComputed
from zhengti_zip.form.rules.answers import path_of
from zhengti_zip.form.rules.completion import INDICATORS, Completion
from zhengti_zip.form.rules.operand import item_of
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin
from zhengti_zip.submission.inputs import label_of, sheet_title
from zhengti_zip.submission.paths import DATA, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.rows import row_title


def check_data(row: RowResult, subject: Subject, told: frozenset[InputPath]) -> Iterator[Problem]:
    """What keeps the rule of a row from working, and the row without any score.

    Args:
        told: inputs of which an error is told already; no contradiction among them is told besides.
    """
    outcome = row.outcome
    if not isinstance(outcome, NotComputed):
        return
    needed = row.origin is ScoreOrigin.NONE
    severity = Severity.ERROR if needed else Severity.WARNING
    if INDICATORS in (*outcome.missing, *(key for key, _ in outcome.wrong)):
        if needed and not outcome.started and not _is_unsorted(subject):
            yield no_score(row, subject)
        return  # what is wrong with an indicator is told at its cell
    if outcome.wrong and any(not told.isdisjoint(subject.inputs_of(key)) for key in row.rule.uses()):
        return
    for key, wrong in outcome.wrong:
        path, label = subject.place_of(key), _label(row, subject, key)
        yield Problem(
            severity, "data_contradiction", f"{label}：{wrong}", _way_out(row, subject), path, label
        )
    if outcome.wrong or any(_is_told(key, subject) for key in row.rule.uses()):
        return
    if outcome.started:
        for path in _left_empty(outcome, subject):
            if path not in told:
                key = path.item if path.group == DATA else path
                label, remedy = _label(row, subject, key), _missing_remedy(row, subject, key, needed)
                yield Problem(severity, "missing", f"“{label}”没有填写，无法按数据评分", remedy, path, label)
    elif needed:
        yield no_score(row, subject)


def _left_empty(outcome: NotComputed, subject: Subject) -> list[InputPath]:
    """The inputs that a rule lacks; of a derived value those it is worked out from."""
    behind = (path for key in outcome.missing for path in subject.in_order(subject.inputs_of(key)))
    return [path for path in dict.fromkeys(behind) if subject.is_empty(path)]


def _is_told(key: str, subject: Subject) -> bool:
    """Whether something is said already of what a rule uses: it is unreadable, or asked for by itself."""
    paths, values = subject.inputs_of(key), subject.form.values
    if not subject.unread.isdisjoint(paths):
        return True
    asked = (path for path in paths if path.group != DATA and path in values and values[path].required)
    return any(subject.is_empty(path) for path in asked)


def _is_unsorted(subject: Subject) -> bool:
    """Whether an indicator has no readable type, so that it may belong to any group."""
    if any(path.within(InputPath.whole(INDICATORS)) for path in subject.unread):
        return True
    return any(not indicator.group for indicator in subject.submission.indicators)


def _by_hand(row: RowResult, subject: Subject) -> str:
    """What to do without data: a score by hand, where the form asks for one."""
    part = subject.asked(row.context, "score")
    return f"填写{part.label}（0 到 {plain(row.weight)} 分）" if part else ""


def no_score(row: RowResult, subject: Subject) -> Problem:
    """A row with neither a self-assessed score nor data to compute one."""
    form, rule = subject.form, row.rule
    by_hand, part = _by_hand(row, subject), subject.asked(row.context, "score")
    keys = [key for key in rule.uses() if not key.startswith("row.")]
    if isinstance(rule, Completion):
        title = sheet_title(form, INDICATORS)
        data = f"在“{title}”中填写{'、'.join(rule.groups)}指标"
    elif keys:
        paths = [InputPath(path_of(key)) for key in keys]
        names = "、".join(f"“{_item(row, subject, key).label}”" for key in keys)
        data = f"在“{sheet_title(form, paths[0].group)}”中填写{names}"
    else:
        data = ""
    word = part.label if part else "得分"
    message = f"既没有{word}，也没有可供评分的数据" if data else f"没有填写{word}"
    if not part and data:
        message = "没有可供评分的数据"
    remedy = "请" + ("，或".join(filter(None, (by_hand, data))) or "把这一行填写完整")
    path = subject.score_path(row.context) if part or not keys else InputPath(path_of(keys[0]))
    return Problem(
        Severity.ERROR,
        "no_score",
        f"“{row_title(row.context)}”{message}",
        remedy,
        path,
        label_of(form, path),
    )


def _item(row: RowResult, subject: Subject, key: str) -> Input:
    """What a rule looks at, under the name the rule gives it."""
    operands = {operand.id: item_of(operand) for operand in row.rule.operands()}
    by_id = {item.id: item for item in row.rule.inputs()}
    path = path_of(key)
    return (
        by_id.get(key)
        or operands.get(key)
        or subject.form.values.get(path)
        or Input.model_construct(id=key, label=path)
    )


def _label(row: RowResult, subject: Subject, key: str) -> str:
    data = subject.form.data_by_id
    if key in data:
        return f"{row.context.name} {data[key].label}"
    return _item(row, subject, key).label


def _way_out(row: RowResult, subject: Subject) -> str:
    """The remedy of data that contradict each other; a denominator of 0 has two ways out."""
    rule = row.rule
    if any(path.group != DATA for key in rule.uses() for path in subject.inputs_of(key)):
        return "请核对这两个数，改正填错的一个"
    what, by_hand = f"这两项{sheet_title(subject.form, DATA)}", _by_hand(row, subject)
    emptied = f"请清空这两项，{by_hand}" if by_hand else ""
    if isinstance(rule, RatioRule) and subject.submission.data.get(rule.denominator.id) == 0:
        return f"请核对{what}；本年没有此事项的两项都填 0" + (f"；其他情形{emptied}" if emptied else "")
    return f"请核对{what}" + (f"；无法按数据评分的，{emptied}" if emptied else "，改正填错的一项")


def _missing_remedy(row: RowResult, subject: Subject, key: str, needed: bool) -> str:
    item = _item(row, subject, key)
    if item.kind is ValueKind.YES_NO:
        fill = f"请选择：{'、'.join(YES_NO_CHOICES)}"
    elif item.options:
        fill = f"请选择：{'、'.join(item.options)}"
    elif isinstance(row.rule, RatioRule) and key == row.rule.denominator.id:
        fill = f"请填写{item.label}" + (f"（单位：{item.unit}）" if item.unit else "")
    else:
        fill = f"请填写{item.label}，没有的填 0"
    by_hand = _by_hand(row, subject)
    if not by_hand:
        return fill
    part = subject.asked(row.context, "score")
    word = part.label if part else ""
    return fill + (f"；或{by_hand}" if needed else f"；只用{word}的，请清空这一项的其他评分数据")
