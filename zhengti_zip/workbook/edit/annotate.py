"""A copy of a workbook that shows every problem where it is; annotating it again replaces what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhengti_zip.base.coordinates import cell_name, position, rectangle
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORKBOOK, FileKind, must_be
from zhengti_zip.base.limits import MAX_CELLS, read_limited, too_much
from zhengti_zip.base.package import Element
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.raw import shown
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.edit.comments import Comments
from zhengti_zip.workbook.edit.list_sheet import add_first, remove_first
from zhengti_zip.workbook.edit.ooxml import Package, cell_elements, main
from zhengti_zip.workbook.edit.ooxml_styles import Styles
from zhengti_zip.workbook.edit.problem_sheet import COLOURS, PROBLEM_SHEET, problem_sheet
from zhengti_zip.workbook.read.grid import damage_is
from zhengti_zip.workbook.write import style

MARK_NAME = "zt_problems"
"""The defined name that leads to our own sheet, whatever it is called by now."""

RANK = list(Severity)
INPUT_COLOUR = str(style.INPUT_FILL.start_color.rgb)[-6:]


def annotate(file: Path, source: Source, problems: Sequence[Problem]) -> bytes:
    """A copy of ``file`` with comments, colours and a first sheet 问题清单; all else is as it was.

    Args:
        file: the workbook ``source`` was read from; its bytes are taken from ``source`` where it has them.
        source: not changed by annotations: the reader looks at inputs only.
        problems: what to show, each with its place.

    Raises:
        InputError: it is no workbook, or too large.
    """
    content = source.original.content if source.original else read_limited(file)
    must_be(FileKind.WORKBOOK, file, content)
    with damage_is(InputError(f"{file} 的格式特殊，无法在其中标注", RESAVE_WORKBOOK)):
        return _annotated(file, content, problems)


def _annotated(file: Path, content: bytes, problems: Sequence[Problem]) -> bytes:
    package = Package(content, file)
    styles = Styles(package)
    _remove_old(package, styles)
    unmarked: list[str] = []
    by_sheet: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.place and problem.place.sheet:
            by_sheet.setdefault(problem.place.sheet, []).append(problem)
    for title, part in package.sheets().items():
        sheet = package.xml(part)
        here = _by_cell(sheet, by_sheet.get(title, []), file, title)
        if not here:
            continue
        cells = {cell.get("r", ""): cell for cell in sheet.iter(main("c")) if cell.get("r") in here}
        cells |= cell_elements(sheet, here.keys() - cells.keys())
        comments = Comments(package, part)
        for place, found in here.items():
            worst = min((problem.severity for problem in found), key=RANK.index)
            cell = cells[place]
            cell.set("s", styles.filled(cell.get("s", "0"), COLOURS[worst]))
            if not comments.add(place, "\n".join(_words(problem) for problem in found)):
                unmarked.append(f"{title}!{place}")
    add_first(package, problem_sheet(problems, styles, unmarked), PROBLEM_SHEET, MARK_NAME)
    return package.save()


def _words(problem: Problem) -> str:
    return f"{problem.severity.label}：{problem.message}。{problem.remedy}".replace("。。", "。")


def _by_cell(sheet: Element, problems: list[Problem], file: Path, title: str) -> dict[str, list[Problem]]:
    """Problems by the cell that is seen: of merged cells the upper left one.

    Raises:
        InputError: more cells than :data:`MAX_CELLS` are merged.
    """
    if not problems:
        return {}
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    merged = 0
    for item in sheet.iter(main("mergeCell")):
        left, top, right, bottom = rectangle(item.get("ref", "A1"))
        merged += (bottom - top + 1) * (right - left + 1)
        if merged > MAX_CELLS:
            raise too_much(file, f"工作表“{shown(title)}”中合并的单元格", MAX_CELLS)
        for row in range(top, bottom + 1):
            corners.update({(row, column): (top, left) for column in range(left, right + 1)})
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        assert problem.place is not None
        here = position(problem.place.cell)
        found.setdefault(cell_name(*corners.get(here, here)), []).append(problem)
    return found


def _remove_old(package: Package, styles: Styles) -> None:
    """Take off what an earlier run put on."""
    remove_first(package, MARK_NAME)
    ours = set(COLOURS.values())
    for part in package.sheets().values():
        Comments(package, part).remove_ours()
        restored: dict[str, str] = {}
        for cell in package.xml(part).iter(main("c")):
            look = cell.get("s", "0")
            if look not in restored:
                coloured = styles.fill_colour(look) in ours
                restored[look] = styles.filled(look, INPUT_COLOUR) if coloured else look
            if restored[look] != look:
                cell.set("s", restored[look])
