"""A working paper read back: a file from outside, of which every cell that is doubtful or not read is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from zhengti_zip.base.characters import unescaped
from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.numbers import CENT, plain, whole_number
from zhengti_zip.batch.carriers import why_foreign
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.cells import PaperCells, found_table, quoted
from zhengti_zip.batch.recheck.model import Paper, PaperProblem, PaperRow, ReadPaper
from zhengti_zip.batch.recheck.paper import DAY, OPINIONS, REVIEWER, TOTAL
from zhengti_zip.batch.recheck.points import why_no_points, why_unexplained
from zhengti_zip.batch.recheck.seal_sheet import MAX_ROWS, SEAL_SHEET, read_seal
from zhengti_zip.batch.task import Task
from zhengti_zip.submission.problems import Severity
from zhengti_zip.submission.raw import clean_text, compact, from_float, shown
from zhengti_zip.workbook.read.grid import CellGrid, open_grid

FIXED = ("分值", "自评完成值", "自评得分", "计算得分")
"""Columns a reviewer has no reason to change."""

WORKED = ("序号", "指标", *FIXED, "差异", "偏离度")
"""Columns with what the program wrote."""

MAX_NAMED = 5
_ASIDE = re.compile(f"(?:{REVIEWER[:-1]}|{DAY[:-1]})[:：]?")


def read_paper(task: Task) -> ReadPaper | Unread:
    """What a working paper says; runs in a worker."""
    name = task.name.rpartition("/")[2]
    try:
        kind = kind_of(Path(name), task.content)
        if task.is_candidate and kind is not FileKind.WORKBOOK:
            return Unread(task.name, why_foreign(kind), "", is_foreign=True)
        return _read(open_grid(Path(name), task.content), task.name, name)
    except InputError as error:
        return Unread(task.name, error.message, error.remedy)


def _read(grid: CellGrid, name: str, file: str) -> ReadPaper:
    made = read_seal(grid, file)
    cells = found_table(grid, file, (SEAL_SHEET, OPINIONS))
    lines, last = _lines(cells, made)
    rows = []
    for number, row in enumerate(made.rows, start=1):
        at = lines.get(number)
        if at is None:
            message = f"缺少第 {number} 行“{row.name}”，按自评得分计"
            cells.problems.append(
                PaperProblem(
                    Severity.ERROR, cells.sheet, row.name, message, "请恢复被删除的行，或重新生成底稿"
                )
            )
            rows.append(replace(row, given=None, remark=""))
        else:
            _compare(cells, at, row)
            rows.append(_entered(cells, at, row))
    reviewer, day = (_signed(cells, last, words) for words in (REVIEWER, DAY))
    _tell_unread(cells, set(lines.values()), last)
    is_reviewed = made.is_begun or bool(reviewer) or _has_entries(made, rows)
    return ReadPaper(name, made.subject, tuple(rows), reviewer, day, is_reviewed, tuple(cells.problems))


def _lines(cells: PaperCells, made: Paper) -> tuple[dict[int, int], int]:
    """The row of the sheet by the number of the paper's row, and the row of the sums or, without one, below them."""
    numbers, names = cells.columns["序号"], cells.columns["指标"]
    filled = sorted({row for row, _ in cells.grid.cells(cells.sheet) if row > cells.head_row})
    by_name = {compact(row.name): number for number, row in enumerate(made.rows, start=1)}
    found: dict[int, int] = {}
    for at in filled[: MAX_ROWS * 2]:
        label = cells.text(at, names, "指标")
        if compact(label) == TOTAL:
            return found, at
        typed = cells.text(at, numbers, "序号")
        number = whole_number(typed) if typed else by_name.get(compact(label))
        if number is None or not 1 <= number <= len(made.rows):
            if label and not _ASIDE.match(label):
                remedy = "底稿的行是固定的；要补充的意见请写在备注栏"
                cells.tell(at, names, label, f"多出的一行{quoted(label)}没有读取", remedy)
        elif number in found:
            words = f"序号 {number} 已在第 {found[number]} 行用过，这一行没有计入"
            cells.tell(at, numbers, label, words, "请删除重复的行", Severity.ERROR)
        else:
            found[number] = at
    return found, max(found.values(), default=cells.head_row) + 1


def _compare(cells: PaperCells, at: int, row: PaperRow) -> None:
    """Tell what of the program's own was changed; the sums take what stood there."""
    column = cells.columns["指标"]
    name = cells.text(at, column, "指标")
    if compact(name) != compact(unescaped(row.name)):
        message = f"指标名称由{quoted(row.name)}改成了{quoted(name)}，按序号仍计入原来的指标"
        cells.tell(at, column, row.name, message, "请核对这一行是不是移错了位置", Severity.ERROR)
    for head, was in zip(FIXED, (row.weight, row.attained, row.score, row.computed), strict=True):
        if head not in cells.columns:
            continue
        column = cells.columns[head]
        if isinstance(was, str):
            now, before = cells.text(at, column, row.name), was
            is_same = compact(now) == compact(unescaped(was))
        else:
            found = cells.text(at, column, row.name)
            now, before = found, "" if was is None else plain(was)
            is_same = found in ("—", "") if was is None else _number(cells, at, column, row) == was
        if not is_same:
            message = f"{head}由{quoted(before)}改成了{quoted(now)}，汇总仍按原来的计"
            cells.tell(
                at, column, row.name, message, "请恢复原来的数；自评有误的，请退回部门改正后重新生成底稿"
            )


def _number(cells: PaperCells, at: int, column: int, row: PaperRow) -> object:
    """What a cell of the program's own holds now, without a problem of its own."""
    known = len(cells.problems)
    found = cells.points(at, column, row.name)
    del cells.problems[known:]
    return found


def _entered(cells: PaperCells, at: int, row: PaperRow) -> PaperRow:
    """The row with what the reviewer entered, checked."""
    column, remarks = cells.columns["复核得分"], cells.columns["备注"]
    given = cells.points(at, column, row.name)
    found = cells.text(at, cells.columns["复核完成值"], row.name)
    remark = clean_text(cells.text(at, remarks, row.name))
    if given is None:
        if found:
            message = f"填了复核完成值{quoted(found)}，没有复核得分，按自评得分计"
            cells.tell(at, column, row.name, message, "请填写复核得分；同意自评的填自评得分")
    elif why := why_no_points(given, row.weight):
        cells.tell(at, column, row.name, why, "请改正复核得分", Severity.ERROR)
    elif why := why_unexplained(given, row.score, remark):
        cells.tell(at, remarks, row.name, why, "请在备注中写明扣分的理由", Severity.ERROR)
    entered = replace(row, given=given, found=found, remark=remark)
    _compare_difference(cells, at, entered)
    return entered


def _compare_difference(cells: PaperCells, at: int, row: PaperRow) -> None:
    """Tell of a difference that somebody typed over its formula: points belong into 复核得分."""
    column = cells.columns.get("差异")
    typed = cells.grid.value(cells.sheet, at, column) if column else None
    if column is None or isinstance(typed, bool) or not isinstance(typed, int | float | Decimal):
        return
    expected = row.difference or Decimal(0)
    if abs(from_float(float(typed)) - expected) > CENT / 2:
        message = f"差异写的是{quoted(shown(typed))}，与复核得分减自评得分（{plain(expected)}）不符，没有读取"
        cells.tell(at, column, row.name, message, "请把复核得分填在“复核得分”一栏")


def _signed(cells: PaperCells, last: int, words: str) -> str:
    """What stands behind 复核人 or 日期 below the table: in the same cell, or in the next one."""
    sheet = cells.grid.cells(cells.sheet)
    for (row, column), cell in sorted(sheet.items()):
        if row < last or not isinstance(cell.value, str) or not cell.value.startswith(words[:-1]):
            continue
        same = cells.text(row, column, words[:-1]).replace("：", ":").partition(":")[2].strip()
        if same:
            return same
        for across in range(column + 1, column + 5):
            text = cells.text(row, across, words[:-1])
            if text and not _ASIDE.match(text):
                return text
            if text:
                break
    return ""


def _tell_unread(cells: PaperCells, read: set[int], last: int) -> None:
    """Name the cells beside and below the table, and the sheets, that hold something and were not read."""
    columns = set(cells.columns.values())
    beside = [
        place
        for place, cell in cells.grid.cells(cells.sheet).items()
        if (place[0] in read and place[1] not in columns and str(cell.value).strip())
        or (place[0] > last + 1 and str(cell.value).strip())
    ]
    if beside:
        named = "、".join(cell_name(*place) for place in sorted(beside)[:MAX_NAMED])
        more = f" 等 {len(beside)} 格" if len(beside) > MAX_NAMED else ""
        message = f"表格以外的内容没有读取：{named}{more}"
        remedy = "需要汇总的意见请写在备注栏"
        cells.problems.append(PaperProblem(Severity.WARNING, cells.sheet, "", message, remedy))
    for title in cells.grid.titles:
        if title not in (cells.sheet, SEAL_SHEET, OPINIONS) and cells.grid.cells(title):
            message = f"工作表“{title}”没有读取"
            cells.problems.append(
                PaperProblem(Severity.WARNING, title, "", message, "复核的内容请填在底稿中")
            )


def _has_entries(made: Paper, rows: list[PaperRow]) -> bool:
    """Whether a reviewer has entered anything since the paper was made."""

    def entries(row: PaperRow, *, is_read: bool) -> Iterator[object]:
        yield row.given if is_read or not made.prefilled else row.reviewed
        yield row.found
        yield clean_text(row.remark)

    before = [tuple(entries(row, is_read=False)) for row in made.rows]
    return before != [tuple(entries(row, is_read=True)) for row in rows]
