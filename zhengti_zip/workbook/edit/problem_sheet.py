"""问题清单: the first sheet of an annotated copy, every problem with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.base.package import Element
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.workbook.edit.list_sheet import Column, ListRow, ListSheet
from zhengti_zip.workbook.edit.ooxml_styles import Styles

PROBLEM_SHEET = "问题清单"
COLOURS = {Severity.ERROR: "FFA8A8", Severity.WARNING: "FFD37A", Severity.NOTICE: "A9D4FF"}
"""Fill of a cell by what is wrong with it; used for nothing else, so that it can be taken off again."""

COLUMNS = (
    Column("序号", 6, is_centred=True),
    Column("程度", 7, is_centred=True),
    Column("工作表", 13, is_centred=True),
    Column("单元格", 9, is_centred=True),
    Column("项目", 24),
    Column("填写的内容", 22),
    Column("问题", 44),
    Column("怎样处理", 38),
)
SEVERITY_COLUMN, CELL_COLUMN = 1, 3


SHOWN_CELLS = 20
"""Most cells named in the summary."""


def problem_sheet(problems: Sequence[Problem], styles: Styles, unmarked: Sequence[str] = ()) -> Element:
    """The sheet as XML.

    Args:
        problems: all of them.
        unmarked: cells that are coloured only, because they have a conversation (会话批注) already.
    """
    lines = [_line(number, problem) for number, problem in enumerate(problems, start=1)]
    words = summary(problems)
    if unmarked:
        more = " 等" if len(unmarked) > SHOWN_CELLS else ""
        words += f"{'、'.join(unmarked[:SHOWN_CELLS])}{more} 已有会话批注，问题没有写进批注，请看下表。"
    sheet = ListSheet(PROBLEM_SHEET, words, COLUMNS, lines, CELL_COLUMN)
    return sheet.element(styles)


def summary(problems: Sequence[Problem]) -> str:
    """How many of each, and what to do now."""
    if not problems:
        return "没有发现问题，可以生成表格。"
    counts = (f"{s.label} {n} 处" for s in Severity if (n := sum(p.severity is s for p in problems)))
    return (
        f"{'，'.join(counts)}。错误必须改正，警告请核对。点“单元格”可跳到该处，鼠标停在有颜色的单元格上可看到问题。"
        "改好后保存，再检查一次。"
    )


def _line(number: int, problem: Problem) -> ListRow:
    place = problem.place
    words = (
        str(number),
        problem.severity.label,
        place.sheet or "" if place else "",
        place.cell if place else "",
        problem.field,
        problem.value,
        problem.message,
        problem.remedy,
    )
    return ListRow(words, place, {SEVERITY_COLUMN: COLOURS[problem.severity]})
