"""The sheet 部门排名: one line per department, with its figures and links to its forms."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.measures import Ranked
from zhengti_zip.batch.summary.sheet import FIRST_ROW, SummaryCell, SummaryWorkbook
from zhengti_zip.batch.summary.texts import link_target
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.items import scored_items
from zhengti_zip.submission.identity import identity_fields

TITLE = "部门排名"
HINT = "总分相同的名次相同。浅黄色：低于分值。金额单位：万元。点“PDF”“Word”打开该部门的表。"
LEADING = (
    ("名次", 6),
    ("部门", 34),
    ("", 9),
    ("年度", 7),
    ("总分", 8),
    ("等级", 7),
    ("PDF", 7),
    ("Word", 7),
    ("填报文件", 30),
)
SCOPE, TOTAL, GRADE = 3, 5, 6
"""Numbers of the columns that other sheets refer to. A form without grades or without scope has them hidden."""

WIDE_SCOPE = 30
"""Width of the scope where it is a text, such as the name of a project."""

FROZEN = 2
CHARS_A_PAGE = 170
"""Width printed on one landscape page, in characters; with all columns on one page the text would be too small."""

_LINKED = ((".pdf", "PDF"), (".docx", "Word"))
_BELOW = DifferentialStyle(fill=PatternFill(bgColor="FFF1C9", fill_type="solid"))


class Columns:
    """Numbers of the columns of 部门排名, for the formulas of other sheets.

    Attributes:
        scores: by key of the scored item.
        budget: by key of the amount.
        last, last_row: the last column and row.
    """

    def __init__(self, form: FormDefinition, departments: int) -> None:
        self.last_row = FIRST_ROW + departments - 1
        first_score = len(LEADING) + 1
        self.scores = {item.key: first_score + n for n, item in enumerate(scored_items(form))}
        first_amount = first_score + len(self.scores)
        self.budget = {key: first_amount + n for n, key in enumerate(amounts_asked(form))}
        self.last = first_amount + len(self.budget) - 1

    def cells(self, column: int) -> str:
        """The cells of all departments in a column, as a formula refers to them."""
        return self.block(column, column)

    def block(self, first: int, last: int) -> str:
        """The cells of several columns."""
        left, right = get_column_letter(first), get_column_letter(last)
        return f"'{TITLE}'!${left}${FIRST_ROW}:${right}${self.last_row}"


def ranking_sheet(book: SummaryWorkbook, figures: Figures, form: FormDefinition) -> None:
    """Write 部门排名."""
    columns = Columns(form, len(figures.ranked))
    leading = [width for _, width in LEADING]
    if any(field.kind is ValueKind.TEXT for field in identity_fields(form)):
        leading[SCOPE - 1] = WIDE_SCOPE
    widths = leading + [11.0] * len(columns.scores) + [14.0] * len(columns.budget)
    letter = get_column_letter
    sheet = book.sheet(TITLE, HINT, widths, f"{letter(FROZEN + 1)}{FIRST_ROW}")
    sheet.worksheet.print_title_cols = f"A:{letter(FROZEN)}"
    sheet.print_pages(across=-int(-sum(widths) // CHARS_A_PAGE))
    sheet.skip()
    sheet.head(_heads(figures, form), 76)
    for item in figures.ranked:
        sheet.table(_line(item, columns))
    if not figures.ranked:
        sheet.add([None, SummaryCell("没有可以排名的部门，原因见“问题清单”和“说明”。", SummaryStyle.HINT)])
    else:
        for scored in scored_items(form):
            column = letter(columns.scores[scored.key])
            rule = Rule(type="cellIs", operator="lessThan", formula=[plain(scored.weight)], dxf=_BELOW)
            sheet.worksheet.conditional_formatting.add(
                f"{column}{FIRST_ROW}:{column}{columns.last_row}", rule
            )
    sheet.filter(columns.last, columns.last_row)
    for number, is_there in ((SCOPE, figures.has_scope), (GRADE, figures.has_grades)):
        sheet.worksheet.column_dimensions[letter(number)].hidden = not is_there


def _heads(figures: Figures, form: FormDefinition) -> list[str]:
    leading = [head or figures.scope_label for head, _ in LEADING]
    scores = [f"{item.name}\n（{plain(item.weight)}分）" for item in scored_items(form)]
    return leading + scores + [f"{label}\n（万元）" for label in amounts_asked(form).values()]


def _line(item: Ranked, columns: Columns) -> list[SummaryCell | None]:
    result = item.result
    return [
        SummaryCell(item.rank, SummaryStyle.CENTRE),
        SummaryCell(result.department or "（未填写部门名称）"),
        SummaryCell(item.scope, SummaryStyle.CENTRE),
        SummaryCell(result.year or None, SummaryStyle.CENTRE),
        SummaryCell(item.total, SummaryStyle.SCORE),
        SummaryCell(result.grade or "—", SummaryStyle.CENTRE),
        *output_links(result.outputs),
        SummaryCell(result.name),
        *(SummaryCell(result.scores.get(key), SummaryStyle.SCORE) for key in columns.scores),
        *(SummaryCell(result.budget.get(key), SummaryStyle.MONEY) for key in columns.budget),
    ]


def output_links(outputs: tuple[str, ...]) -> Iterator[SummaryCell]:
    """Links to the PDF and to the Word file."""
    for suffix, word in _LINKED:
        path = next((path for path in outputs if path.lower().endswith(suffix)), "")
        yield (
            SummaryCell(word, SummaryStyle.LINK, link=link_target(path))
            if path
            else SummaryCell("—", SummaryStyle.CENTRE)
        )
