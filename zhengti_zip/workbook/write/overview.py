"""检查: what is still missing on each sheet, the total and the grade, on one screen."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.numbers import plain
from zhengti_zip.submission.inputs import groups_of
from zhengti_zip.submission.paths import BUDGET, DATA, FIELDS, GOALS, INDICATORS, SCORES, UNITS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.plan import (
    BUDGET_SHEET,
    CHECK_SHEET,
    COMPUTED_COLUMN,
    COUNTING_COLUMN,
    DATA_SHEET,
    FIELDS_SHEET,
    FIRST_ROW,
    READ_COLUMNS,
    SCORE_COLUMNS,
    SCORE_STATUS_COLUMN,
    SCORES_SHEET,
    STATUS_COLUMNS,
    WorkbookPlan,
    name_of,
    result_name,
)
from zhengti_zip.workbook.write import live_scores, live_switched, live_tables, style

HINT = (
    "红色：还有缺漏或错误，必须处理；黄色：请核对；绿色：已完整。插入的行没有检查公式，算作请核对。点工作表名称可以跳转。"
    "这里只是初步检查，以 zhengti-zip check 的结果为准。"
)
WEIGHT_COLUMN = 4
"""Of 指标自评."""

WIDTHS = (20, 52, 12, 12, 30)
HEADS = ("工作表", "检查内容", "待处理", "请核对", "状态")

NAMED = (
    (live_scores.NO_SCORE, "没有自评分，也没有可供评分的数据"),
    (live_scores.NO_REASON, "低于分值，没有填写未达标原因"),
    (live_scores.NO_IMPROVEMENT, "低于分值，没有填写改进措施"),
    (live_scores.ABOVE_WEIGHT, "自评分超过分值"),
    (live_scores.DIFFERS, "自评分与按数据计算的得分不同（以自评分为准）"),
)
"""What is counted one by one for 指标自评, with the words of its 检查 column."""


def overview_sheet(sheet: Worksheet, plan: WorkbookPlan, last_rows: dict[str, int]) -> None:
    """Fill the sheet; ``last_rows`` says where the growing tables end."""
    style.widths(sheet, WIDTHS)
    style.title(sheet, f"{CHECK_SHEET}：还差什么", HINT, len(WIDTHS))
    style.fit_height(sheet, 2, [(HINT, sum(WIDTHS))], least=20)
    for column, word in enumerate(HEADS, start=1):
        style.head(sheet.cell(FIRST_ROW - 1, column, word))
    sheet.row_dimensions[FIRST_ROW - 1].height = 26
    row = FIRST_ROW
    for checked in _checked(plan, last_rows):
        _line(sheet, row, checked)
        row += 1
    style.lights(sheet, f"E{FIRST_ROW}:E{row - 1}")
    row = _details(sheet, plan, row + 1)
    _results(sheet, row + 1)
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
    def single(
        sheet: str, words: str, column: int | None = None, errors: str = "0", warnings: str = "0"
    ) -> _Checked:
        rows = [cell.row for cell in plan.on_sheet(sheet)]
        letter = get_column_letter(column or STATUS_COLUMNS[sheet])
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
    lines = {
        FIELDS: lambda: single(FIELDS_SHEET, "必填项目是否填写"),
        GOALS: lambda: table(GOALS, "每条目标是否都有完成情况", no_goal),
        BUDGET: lambda: single(BUDGET_SHEET, "金额是否齐全，合计是否相符", errors=_sum_errors(plan)),
        SCORES: lambda: single(
            SCORES_SHEET, "每项指标是否有得分，失分是否有原因和措施", SCORE_STATUS_COLUMN, *_all_full(plan)
        ),
        DATA: lambda: single(DATA_SHEET, "没有自评分的指标，评分数据是否齐全"),
        INDICATORS: lambda: table(INDICATORS, "每项绩效指标是否完整"),
        UNITS: lambda: table(UNITS, "各单位金额是否齐全，合计是否等于部门预算", unequal),
    }
    return [lines[group]() for group in groups_of(plan.form) if group in lines]


def _all_full(plan: WorkbookPlan) -> tuple[str, str]:
    """Full marks everywhere, as errors and as warnings."""
    severity = plan.form.checks.severity("all_full_marks")
    sheet = quote_sheetname(SCORES_SHEET)
    columns = {
        "weight": WEIGHT_COLUMN,
        "read": READ_COLUMNS[SCORES_SHEET],
        "evidence": SCORE_COLUMNS["evidence"],
        "counting": COUNTING_COLUMN,
        "computed": COMPUTED_COLUMN,
    }
    found = live_switched.all_full_marks(
        plan,
        {
            part: f"{sheet}!{live_scores.column_range(plan, column, absolute=True)}"
            for part, column in columns.items()
        },
    )
    return (found if severity == "error" else "0", found if severity == "warning" else "0")


def _sum_errors(plan: WorkbookPlan) -> str:
    count = len(plan.form.budget.sums)
    return "+".join(f'({result_name(f"sums.{number}")}="不符")' for number in range(1, count + 1)) or "0"


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
    """How many scored rows lack what."""
    letter = get_column_letter(SCORE_STATUS_COLUMN)
    rows = plan.score_rows.values()
    cells = f"{quote_sheetname(SCORES_SHEET)}!${letter}${min(rows)}:${letter}${max(rows)}"
    style.merge_label(sheet, row, row + len(NAMED) - 1, SCORES_SHEET)
    for word, words in NAMED:
        style.label(sheet.cell(row, 2, words))
        style.result(
            sheet.cell(row, 3, f"={excel.count_naming(cells, word)}"), style.COUNT_FORMAT, center=True
        )
        style.label(sheet.cell(row, 4, "项"), center=True)
        sheet.row_dimensions[row].height = 22
        row += 1
    return row


def _results(sheet: Worksheet, row: int) -> None:
    """总分 and 评价等级, large."""
    for offset, (word, name) in enumerate((("总分", "total"), ("评价等级", "grade"))):
        head = sheet.cell(row + offset, 1, word)
        style.head(head)
        cell = sheet.cell(row + offset, 2, f'=IF({result_name(name)}="","—",{result_name(name)})')
        style.result(cell, style.GENERAL_FORMAT, center=True)
        cell.font = Font(name=style.FACE, size=18, bold=True, color="1F4E79")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[row + offset].height = 34


def missing_scores(plan: WorkbookPlan, scores: str) -> str:
    """The remark beside the total: how many rows still have no score."""
    rows = len(plan.form.rows)
    full = plain(plan.form.full_score)
    return f'=IF(COUNT({scores})<{rows},"还有 "&({rows}-COUNT({scores}))&" 项没有有效得分","满分 {full} 分")'
