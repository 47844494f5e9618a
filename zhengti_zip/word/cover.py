"""The cover of the Word file: its styles, and its lines where the PDF has them."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Twips

from zhengti_zip.form.print_layout import LineAlign
from zhengti_zip.grid.cover import LINE_HEIGHT, CoverPlan
from zhengti_zip.grid.table import Cover, FormTable, LineText
from zhengti_zip.word.body import CellWriter
from zhengti_zip.word.content import CoverLine, RunGroup, WordCover, WordParagraph
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.styles import SIDES, SPACER, add_line_style, set_type, twips

TITLE, ITEM, VALUE = "CoverTitle", "CoverItem", "CoverValue"
"""Identifiers of the styles of a title line, of an item, and of the value in it."""


def write_cover_styles(document: Document, table: FormTable, cover: Cover, plan: CoverPlan) -> None:
    """Add the styles of a cover."""
    title = add_line_style(document, TITLE, "封面标题", LineAlign.CENTER)
    title.font.bold = title.font.cs_bold = True
    set_type(title, LINE_HEIGHT, plan.title_pt)
    for align in sorted({line.align for line in (*cover.above, *cover.foot)}):
        line = add_line_style(document, _line_style(align), f"封面（{SIDES[align]}）", align)
        set_type(line, LINE_HEIGHT, plan.body_pt)
    style = add_line_style(document, ITEM, "封面栏目", LineAlign.LEFT)
    set_type(style, LINE_HEIGHT, plan.body_pt)
    item = style.paragraph_format
    margin = (table.geometry.content_width - plan.width) / 2
    left, right = margin + plan.label_width, margin + plan.width
    item.left_indent, item.first_line_indent = Twips(twips(left)), -Twips(twips(plan.label_width))
    item.right_indent = Twips(twips(margin))
    item.tab_stops.add_tab_stop(Twips(twips(left)))
    item.tab_stops.add_tab_stop(Twips(twips(right)), WD_TAB_ALIGNMENT.RIGHT)
    value = document.styles.add_style("封面填写内容", WD_STYLE_TYPE.CHARACTER)
    value.style_id, value.font.underline = VALUE, True


def _line_style(align: LineAlign) -> str:
    return f"Cover{align.capitalize()}"


def write_cover(cover: Cover, plan: CoverPlan, cells: CellWriter, controls: Controls) -> WordCover:
    """The lines of a cover, in a group of their own."""
    first = CoverLine(WordParagraph(SPACER), 0)
    lines = (first, *_lines(plan, cover, cells))
    return WordCover(lines, controls.group(), VALUE)


def _lines(plan: CoverPlan, cover: Cover, cells: CellWriter) -> Iterator[CoverLine]:
    for line in cover.above:
        yield CoverLine(_line(line, _line_style(line.align), cells), 0)
    for number, line in enumerate(cover.title):
        yield CoverLine(_line(line, TITLE, cells), 0 if number else twips(plan.title_gap))
    for number, item in enumerate(cover.items):
        gap = plan.item_gap + (0 if number else plan.items_gap)
        yield CoverLine(_item(item, cells), twips(gap), is_item=True)
    for number, line in enumerate(cover.foot):
        yield CoverLine(_line(line, _line_style(line.align), cells), 0 if number else twips(plan.foot_gap))


def _line(line: LineText, style: str, cells: CellWriter) -> WordParagraph:
    return cells.line(line.text, line.inputs, style)


def _item(item: LineText, cells: CellWriter) -> WordParagraph:
    """An item: the group of its label, then those of its value, underlined."""
    paragraph = _line(item, ITEM, cells)
    label, *value = paragraph.run_groups
    return paragraph._replace(run_groups=(label, *map(_underlined, value)))


def _underlined(group: RunGroup) -> RunGroup:
    underlined = tuple(run._replace(style=run.style or VALUE) for run in group.runs)
    control = group.control
    if control is not None:
        # LibreOffice 7.4 shows no style inside a plain-text control.
        control = control._replace(style=VALUE, kind="richText" if control.kind == "text" else control.kind)
    return RunGroup(underlined, control)
