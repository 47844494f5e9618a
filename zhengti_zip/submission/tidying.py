"""What people type although the form prints it by itself: the scope behind the name, numbers before goals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import cast

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.checks import OFF
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_blocks import GridBlock
from zhengti_zip.submission.inputs import goal_parts, label_of
from zhengti_zip.submission.paths import GOALS, SCORES, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import Value, shown

_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", start=1)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WORD = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"\s*(?:[（(]\s*(?P<a>\d{{1,2}}|{_WORD})\s*[）)]|(?P<b>\d{{1,2}})\s*(?:[.．](?!\d)|[、)）])"
    rf"|(?P<c>{_WORD})、|(?P<d>[{_CIRCLED}]))\s*"
)


def score_remedy(form: FormDefinition, path: InputPath) -> str:
    """What to enter as a score, with the points of its row; "" for any other input."""
    if path.group != SCORES or path.part != "score":
        return ""
    weight = plain(form.row_by_id[path.item].row.weight)
    return f"请填写 0 到 {weight} 之间的分数，只填数字；满分填 {weight}"


def strip_scope(form: FormDefinition, values: MutableMapping[InputPath, Value]) -> list[Problem]:
    """Take ``（本级）`` and the like off the end of the department's name; ``values`` is changed."""
    check = form.checks.scope_in_name
    path = InputPath.field(form.roles.department)
    name, scope = values.get(path), form.field_by_id.get(check.field or "")
    if not isinstance(name, str) or scope is None or check.severity == OFF:
        return []
    match = re.search(rf"(?<!\s)\s*+[（(]\s*({'|'.join(map(re.escape, scope.choices))})\s*[）)]$", name)
    if match is None or not name[: match.start()]:
        return []
    values[path] = name[: match.start()]
    chosen = values.get(InputPath.field(scope.id))
    given = f"，现为“{chosen}”" if chosen and chosen != match.group(1) else ""
    message = f"名称末尾的“{match.group().strip()}”已去掉，表上按“{scope.label}”另外打印{given}"
    remedy = f"请只填部门全称；如“{scope.label}”选错，请改选"
    return [
        Problem(
            Severity(check.severity),
            "scope_in_name",
            message,
            remedy,
            path,
            label_of(form, path),
            shown(name),
        )
    ]


def strip_numbers(form: FormDefinition, rows: list[dict[str, Value | None]]) -> list[Problem]:
    """Take the numbers off goals that the form numbers itself; ``rows`` is changed.

    Only where every text of the column has the number of its row, and no second one further down: a text
    that lists points of its own keeps them.
    """
    check = form.checks.number_in_goal
    if check.severity == OFF:
        return []
    found = []
    for part in goal_parts(form):
        if part.id not in _numbered_parts(form):
            continue
        texts = {n: str(row[part.id]) for n, row in enumerate(rows) if row.get(part.id)}
        if not texts or not all(_has_number(text, n + 1) for n, text in texts.items()):
            continue
        for n, text in texts.items():
            rows[n][part.id] = text[cast("re.Match[str]", _NUMBER.match(text)).end() :]
        first = next(iter(texts))
        path = InputPath.cell(GOALS, first, part.id)
        message = f"{len(texts)} 条{part.label}自带的编号已去掉，表上会自动编号"
        remedy = "不必改动；以后不用自己编号"
        found.append(
            Problem(
                Severity(check.severity),
                "number_in_goal",
                message,
                remedy,
                path,
                label_of(form, path),
                shown(texts[first]),
            )
        )
    return found


def _numbered_parts(form: FormDefinition) -> frozenset[str]:
    """Columns of 年度目标 whose entries the form numbers."""
    return frozenset(_cells_with_numbers(form))


def _cells_with_numbers(form: FormDefinition) -> Iterator[str]:
    for block in form.layout.blocks:
        if isinstance(block, GridBlock):
            for cell in block.cells.values():
                if cell.numbered and cell.value and cell.value.startswith(f"{GOALS}."):
                    yield cell.value.partition(".")[2]


def _has_number(text: str, number: int) -> bool:
    match = _NUMBER.match(text)
    if match is None or _value(match.groupdict()) != number or not text[match.end() :]:
        return False
    return not any(_NUMBER.match(line) for line in text.split("\n")[1:])


def _value(groups: Mapping[str, str | None]) -> int:
    text = next(group for group in groups.values() if group)
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return _DIGITS.get(text, 0)
