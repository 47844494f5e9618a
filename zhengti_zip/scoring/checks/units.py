"""The rows of 单位明细: complete, each adding up by itself, and together the department's budget."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import grouped
from zhengti_zip.form.money import Sum
from zhengti_zip.scoring.checks.magnitude import Suspects
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.sums import budget_amounts, culprit, failing_sums, sides, unit_amounts
from zhengti_zip.scoring.checks.words import same_key
from zhengti_zip.submission.inputs import row_label, row_name, sheet_title, unit_parts
from zhengti_zip.submission.paths import BUDGET, UNITS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

MOST_COLUMNS = 2
"""So many columns that do not add up are written out; the others are counted."""


def check_units(subject: Subject, suspects: Suspects) -> Iterator[Problem]:
    """单位数 equals the rows of 单位明细, and their amounts add up to the department's.

    What is wrong with the rows comes first: an amount missing, a unit there twice and a row that does
    not add up each explain why the sums over all units do not hold.
    """
    form, submission = subject.form, subject.submission
    if not form.has_units:
        return
    is_counted = form.roles.unit_count is not None
    count = submission.fields.get(form.roles.unit_count or "") if is_counted else len(submission.units)
    if not isinstance(count, int):
        return
    if is_counted and count < 1:
        yield _count_problem(
            subject, "no_units", "至少为 1", "请填写纳入本表的单位个数；只有本单位的填 1", count
        )
    is_lost = InputPath.whole(UNITS) in subject.unread
    if not submission.units and (not is_counted or count <= 1 or subject.is_scope_wrong or is_lost):
        return
    repeated = _repeated(subject) if subject.is_on("same_unit_twice") else {}
    rows = len(submission.units)
    yield from _rows(subject, repeated, is_cause=rows != count or bool(column_differences(subject)))
    title = sheet_title(form, UNITS)
    if is_counted and count not in (rows, rows - len(repeated)):
        message = f"为 {count}，而“{title}”填写了 {rows} 个单位"
        surplus = f"请改正单位数，或删除“{title}”中多余的行"
        remedy = f"请补全“{title}”，或改正单位数" if rows < count else surplus
        yield _count_problem(subject, "unit_count_mismatch", message, remedy, count)
    explained = yield from _row_sums(subject, suspects)
    if rows == count and not repeated:
        yield from _columns(subject, suspects, explained)


def _count_problem(subject: Subject, code: str, message: str, remedy: str, count: int) -> Problem:
    field = subject.form.field_by_id[subject.form.roles.unit_count or ""]
    path = InputPath.field(field.id)
    return Problem(Severity.ERROR, code, f"“{field.label}”{message}", remedy, path, field.label, str(count))


def column_differences(subject: Subject) -> dict[str, Decimal]:
    """The budget columns whose sum over all units is not the department's amount, with that sum.

    Columns with a missing amount are left out.
    """
    form, found = subject.form, {}
    budget = budget_amounts(subject)
    units = [unit_amounts(subject, number) for number in range(len(subject.submission.units))]
    for column in form.budget.columns:
        amounts = [amount for unit in units if (amount := unit.get(column.id)) is not None]
        whole = budget.get(column.id)
        if units and whole is not None and len(amounts) == len(units):
            total = sum(amounts, Decimal(0))
            if total != whole:
                found[column.id] = total
    return found


def _repeated(subject: Subject) -> dict[int, int]:
    """Rows whose unit was there before, with the row it was in."""
    seen: dict[str, int] = {}
    found = {}
    for number, unit in enumerate(subject.submission.units):
        key = same_key(unit.name)
        if key and key in seen:
            found[number] = seen[key]
        seen.setdefault(key, number)
    return found


def _rows(subject: Subject, repeated: dict[int, int], *, is_cause: bool) -> Iterator[Problem]:
    for number, unit in enumerate(subject.submission.units):
        for part in unit_parts(subject.form):
            value = unit.part(part.id)
            if part.required and value in (None, ""):
                label = row_label(UNITS, number, part)
                remedy = "请填写单位全称" if part.id == "name" else "没有的金额填 0"
                yield from subject.missing(InputPath.cell(UNITS, number, part.id), label, remedy)
        if number in repeated:
            yield from subject.report(
                "same_unit_twice",
                f"{row_name(UNITS, number)}“{unit.name}”与{row_name(UNITS, repeated[number])}相同",
                "请改正单位名称，或删除重复的一行",
                InputPath.cell(UNITS, number, "name"),
                unit.name,
                is_error=is_cause,
            )


def _row_sums(subject: Subject, suspects: Suspects) -> Generator[Problem, None, set[str]]:
    """Each unit adds up by itself. Returns the columns whose sum over all units is explained by that."""
    form, differing = subject.form, column_differences(subject)
    budget = budget_amounts(subject)
    explained: set[str] = set()
    for number in range(len(subject.submission.units)):
        row = unit_amounts(subject, number)
        for rule in failing_sums(form, row):
            keys = (*rule.left, *rule.right)
            left, right = sides(rule, row) or (Decimal(0), Decimal(0))
            off = {key: differing[key] - budget[key] for key in differing}
            wrong = culprit(rule, off, left - right)
            explained |= {wrong} if wrong else set(keys)
            if not suspects.guilty & {InputPath.cell(UNITS, number, key) for key in keys}:
                yield _row_sum(subject, number, rule, row, wrong or rule.left[0])
    return explained


def _row_sum(subject: Subject, number: int, rule: Sum, row: dict[str, Decimal], at: str) -> Problem:
    left, right = sides(rule, row) or (Decimal(0), Decimal(0))
    name = subject.submission.units[number].name or row_name(UNITS, number)
    column = subject.form.budget.column(at)
    return Problem(
        Severity.ERROR,
        "sum_mismatch",
        f"“{name}”合计不符：{rule.text}，左边为 {grouped(left)}，右边为 {grouped(right)}，"
        f"相差 {grouped(abs(left - right))} 万元",
        "请核对这个单位的各项金额，改正填错的一项",
        InputPath.cell(UNITS, number, at),
        row_label(UNITS, number, column),
        grouped(row[at]),
    )


def _columns(subject: Subject, suspects: Suspects, explained: set[str]) -> Iterator[Problem]:
    """The units add up to the department; all columns that do not are one problem, at the first of them."""
    budget = budget_amounts(subject)
    in_sums = {key for rule in failing_sums(subject.form, budget) for key in (*rule.left, *rule.right)}
    guilty = {path.part or path.item for path in suspects.guilty}
    left = {
        key: total
        for key, total in column_differences(subject).items()
        if key not in explained | in_sums | guilty
    }
    if not left:
        return
    words = "；".join(
        f"“{subject.form.budget.column(key).label}”合计 {grouped(total)}，部门为 {grouped(budget[key])}，"
        f"相差 {grouped(abs(total - budget[key]))} 万元"
        for key, total in list(left.items())[:MOST_COLUMNS]
    )
    if len(left) > MOST_COLUMNS:
        words += f"；等 {len(left)} 栏"
    column = subject.form.budget.column(next(iter(left)))
    yield Problem(
        Severity.ERROR,
        "units_sum_mismatch",
        f"各单位{words}",
        f"请核对“{sheet_title(subject.form, UNITS)}”各行与“{sheet_title(subject.form, BUDGET)}”的金额",
        InputPath.amount(column.id),
        column.label,
        grouped(budget[column.id]),
    )
