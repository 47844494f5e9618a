"""检查: what is still missing on each sheet, the total and the grade, on one screen."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.derived import Appearance, Derived
from zhengti_zip.form.shared_points import shared_points
from zhengti_zip.submission.paths import (
    BUDGET,
    DATA,
    EVIDENCE,
    FIELDS,
    FUNDS,
    GOALS,
    INDICATORS,
    SCORES,
    UNITS,
    InputPath,
)
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.areas import FIRST_ROW
from zhengti_zip.workbook.defined_names import name_of, result_name
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_own, live_scores, live_switched, live_tables, live_totals, style
from zhengti_zip.workbook.write.cell_names import names_of
from zhengti_zip.workbook.write.fund_sheet import sums_name

HINT = (
    "红色：还有缺漏或错误，必须处理；黄色：请核对；绿色：已完整。插入的行没有检查公式，算作请核对。点工作表名称可以跳转。"
    "这里只是初步检查，以网页或 zhengti-zip check 的检查结果为准。"
)
WIDTHS = (20, 52, 12, 12, 30)
HEADS = ("工作表", "检查内容", "待处理", "请核对", "状态")

RAW_COLUMN = 7
"""A hidden column with results whose cells show a dash while there is none."""

NAMED = (
    ("score", live_scores.NO_SCORE, "没有自评分，也没有可供评分的数据"),
    ("reason", live_scores.NO_REASON, "低于分值，没有填写未达标原因"),
    ("improvement", live_scores.NO_IMPROVEMENT, "低于分值，没有填写改进措施"),
    ("score", live_scores.ABOVE_WEIGHT, "自评分超过分值"),
    ("score", live_scores.DIFFERS, "自评分与按数据计算的得分不同（以自评分为准）"),
)
"""What is counted one by one for the fixed rows: the part it is about, the words of their 检查 and those here."""


def overview_sheet(sheet: Worksheet, plan: WorkbookPlan, last_rows: dict[str, int], names: Names) -> None:
    """Fill the sheet; ``last_rows`` says where the growing tables end."""
    style.widths(sheet, WIDTHS)
    style.title(sheet, f"{sheet.title}：还差什么", HINT, len(WIDTHS))
    style.fit_height(sheet, 2, [(HINT, sum(WIDTHS))], least=20)
    for column, word in enumerate(HEADS, start=1):
        style.head(sheet.cell(FIRST_ROW - 1, column, word))
    sheet.row_dimensions[FIRST_ROW - 1].height = 26
    row = FIRST_ROW
    for checked in _checked(plan, last_rows):
        _line(sheet, row, checked)
        row += 1
    style.lights(sheet, f"E{FIRST_ROW}:E{row - 1}")
    if plan.form.rows:
        row = _details(sheet, plan, row + 1)
    row = _derived(sheet, plan, names, row)
    _results(sheet, plan, names, row + 1)
    style.finish(sheet, f"A{FIRST_ROW}")


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the sheet says of one sheet.

    Attributes:
        sheet: its name.
        words: what is checked on it.
        cells: its 检查 cells.
        errors, warnings: expressions that count more of each.
    """

    sheet: str
    words: str
    cells: str
    errors: str = "0"
    warnings: str = "0"


def _checked(plan: WorkbookPlan, last_rows: dict[str, int]) -> list[_Checked]:
    def single(group: str, words: str, errors: str = "0", warnings: str = "0") -> _Checked:
        rows = [cell.row for cell in plan.of_group(group)]
        letter, sheet = get_column_letter(plan.status_column(group)), plan.titles[group]
        cells = f"{quote_sheetname(sheet)}!${letter}${min(rows)}:${letter}${max(rows)}"
        return _Checked(sheet, words, cells, errors, warnings)

    def table(table: str, words: str, errors: str = "0") -> _Checked:
        area = plan.area(table)
        letter = get_column_letter(area.status_column)
        cells = f"{quote_sheetname(area.sheet)}!${letter}${area.first_row}:${letter}${last_rows[table]}"
        return _Checked(area.sheet, words, cells, errors, live_tables.rows_entered(area, cells))

    differences = result_name("units.differences")
    no_goal = f'(SUMPRODUCT(--({name_of(InputPath.column(GOALS, "goal"))}<>""))=0)'
    unequal = f"SUMPRODUCT(--ISNUMBER({differences}),--({differences}<>0))"
    is_own = plan.own_rows is not None
    lines = {
        FIELDS: lambda: single(FIELDS, "必填项目是否填写"),
        GOALS: lambda: table(GOALS, _goal_words(plan), no_goal),
        BUDGET: lambda: single(BUDGET, "金额是否齐全，合计是否相符", errors=_sum_errors(plan)),
        FUNDS: lambda: single(FUNDS, "金额是否齐全，合计是否相符", errors=_fund_errors(plan)),
        SCORES: lambda: single(SCORES, _score_words(plan), *_all_full(plan)),
        DATA: lambda: single(DATA, "没有自评分的指标，评分数据是否齐全"),
        INDICATORS: lambda: table(
            INDICATORS,
            _row_words(plan) if is_own else "每项绩效指标是否完整",
            _share_errors(plan),
        ),
        EVIDENCE: lambda: table(EVIDENCE, "每份材料是否写明名称"),
        UNITS: lambda: table(UNITS, f"各单位金额是否齐全，合计是否等于{plan.titles[BUDGET]}", unequal),
    }
    return [lines[group]() for group in plan.groups]


def _goal_words(plan: WorkbookPlan) -> str:
    completion = any(part.id == "completion" for part in plan.form.goal_columns)
    return "每条目标是否都有完成情况" if completion else "是否有目标"


def _score_words(plan: WorkbookPlan) -> str:
    parts = {"reason": "原因", "improvement": "措施"}
    due = "和".join(word for part, word in parts.items() if part in plan.scores.inputs)
    return "每项指标是否有得分" + (f"，失分是否有{due}" if due else "")


def _all_full(plan: WorkbookPlan) -> tuple[str, str]:
    """Full marks everywhere, as errors and as warnings."""
    severity, scores = plan.form.checks.severity("all_full_marks"), plan.scores
    if "evidence" not in scores.inputs or plan.own_rows is not None:
        return "0", "0"
    sheet = quote_sheetname(plan.titles[SCORES])
    columns = {
        "weight": scores.weight,
        "read": scores.read,
        "evidence": scores.inputs["evidence"],
        "counting": scores.counting,
        "computed": scores.computed,
    }
    found = live_switched.all_full_marks(
        plan,
        {
            part: f"{sheet}!{live_scores.column_range(plan, column, absolute=True)}"
            for part, column in columns.items()
        },
    )
    return (found if severity == "error" else "0", found if severity == "warning" else "0")


def _row_words(plan: WorkbookPlan) -> str:
    """What is checked of entered rows; their points are called as the form calls them."""
    return f"每项是否完整，各类{plan.area(INDICATORS).part('weight').label}合计是否相符"


def _sum_errors(plan: WorkbookPlan) -> str:
    count = len(plan.form.budget.sums)
    return "+".join(f'({result_name(f"sums.{number}")}="不符")' for number in range(1, count + 1)) or "0"


def _fund_errors(plan: WorkbookPlan) -> str:
    numbers = range(1, len(plan.form.funds.sums) + 1)
    return "+".join(f'({result_name(sums_name(number))}="不符")' for number in numbers) or "0"


def _share_errors(plan: WorkbookPlan) -> str:
    numbers = range(len(shared_points(plan.form)))
    states = (result_name(live_own.share_name(number)) for number in numbers)
    return "+".join(f'({state}<>"{live_own.FITS}")' for state in states) or "0"


def _line(sheet: Worksheet, row: int, checked: _Checked) -> None:
    style.link(sheet.cell(row, 1, checked.sheet), checked.sheet)
    style.label(sheet.cell(row, 2, checked.words))
    counts = (
        f"{excel.count_errors(checked.cells)}+{checked.errors}",
        f"{excel.count_warnings(checked.cells)}+{checked.warnings}",
    )
    for column, count in enumerate(counts, start=3):
        style.result(sheet.cell(row, column, f"={count}"), style.COUNT_FORMAT, center=True)
    state = (
        f'=IF(C{row}>0,"有 "&C{row}&" 处待处理",'
        f'IF(D{row}>0,"{excel.NOTICE}"&D{row}&" 处请核对","{excel.COMPLETE}"))'
    )
    style.status(sheet.cell(row, 5, state))
    sheet.row_dimensions[row].height = 26


def _details(sheet: Worksheet, plan: WorkbookPlan, row: int) -> int:
    """How many scored rows of the form lack what."""
    letter = get_column_letter(plan.scores.status)
    rows, title = plan.score_rows.values(), plan.titles[SCORES]
    cells = f"{quote_sheetname(title)}!${letter}${min(rows)}:${letter}${max(rows)}"
    parts = plan.scores.inputs.keys()
    named = [(word, words) for part, word, words in NAMED if part in parts]
    style.merge_label(sheet, row, row + len(named) - 1, title)
    for word, words in named:
        style.label(sheet.cell(row, 2, words))
        style.result(
            sheet.cell(row, 3, f"={excel.count_naming(cells, word)}"), style.COUNT_FORMAT, center=True
        )
        style.label(sheet.cell(row, 4, "项"), center=True)
        sheet.row_dimensions[row].height = 22
        row += 1
    return row


def _derived(sheet: Worksheet, plan: WorkbookPlan, names: Names, row: int) -> int:
    """What is worked out from the amounts, one line each."""
    row += 1 if plan.form.derived else 0
    for item in plan.form.derived:
        style.label(sheet.cell(row, 1, item.label))
        cell = sheet.cell(row, 2, f'=IFERROR({item.formula(names_of(plan))},"")')
        style.result(cell, _format(item), center=True)
        names.result(item.path, cell)
        sheet.row_dimensions[row].height = 22
        row += 1
    return row


def _format(item: Derived) -> str:
    if item.appearance is Appearance.AMOUNT:
        return style.MONEY_FORMAT
    decimals = f".{'0' * item.places}" if item.places else ""
    return f"0{decimals}%" if item.appearance is Appearance.PERCENT else f"0{decimals}"


def _results(sheet: Worksheet, plan: WorkbookPlan, names: Names, row: int) -> None:
    """The total, and the grade of a form that has grades, large."""
    total = result_name(live_totals.TOTAL)
    if plan.own_rows is None:
        lines = live_totals.total_lines(plan, "", total, "")
    else:
        remark = live_totals.not_yet(plan, total)
        lines = live_totals.total_lines(plan, live_totals.all_rows(plan), total, remark)
    for word, name, formula, remark in lines:
        if plan.own_rows is not None:
            raw = sheet.cell(row, RAW_COLUMN, formula)
            names.result(name, raw)
            sheet.column_dimensions[get_column_letter(RAW_COLUMN)].hidden = True
            _remark(sheet, row, remark)
        head = sheet.cell(row, 1, word)
        style.head(head)
        cell = sheet.cell(row, 2, f'=IF({result_name(name)}="","—",{result_name(name)})')
        style.result(cell, style.GENERAL_FORMAT, center=True)
        cell.font = Font(name=style.FACE, size=18, bold=True, color="1F4E79")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[row].height = 34
        row += 1


def _remark(sheet: Worksheet, row: int, words: str) -> None:
    """What is said beside a result."""
    for column in range(3, len(WIDTHS) + 1):
        style.working(sheet.cell(row, column))
    sheet.cell(row, 3).value = words
    sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=len(WIDTHS))
