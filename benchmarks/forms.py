"""The forms that are made: the published sample under fictional names, every long text another one."""

from __future__ import annotations

import json
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Any

from benchmarks.stage import ROOT, SYSTEM_FONT
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.print_columns import Align
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import Cell, FormTable
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.source import Source

SAMPLE = ROOT / "samples" / "haizhu-2022.json"
LONG = 20
"""Characters from which on a text is varied; shorter ones may be choices or marks."""

OWN_FONT = "Noto Serif SC"
"""The TrueType face in ``fonts/``."""


def mark(number: int) -> str:
    """What makes the texts of a form differ from another's, always of the same width."""
    return f"（{number:03}）"


def data(number: int) -> dict[str, Any]:
    """The data of a department."""
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)
    made: dict[str, Any] = _varied(sample, number)
    made["fields"]["department"] = f"虚构市示例区第{number:03}号部门办公室"
    return made


def _varied(value: Any, number: int) -> Any:
    if isinstance(value, dict):
        return {key: _varied(item, number) for key, item in value.items()}
    if isinstance(value, list):
        return [_varied(item, number) for item in value]
    return value + mark(number) if isinstance(value, str) and len(value) > LONG else value


def source(number: int) -> Source:
    """The form of a department, as read."""
    made = data(number)
    return from_data(made, load_form(made["form"]))


def table(number: int) -> FormTable:
    """The printed grid of a department."""
    read = source(number)
    return examine(read).table


STYLE = """
@page {{ size: {page_width}pt {page_height}pt; margin: {margins} }}
body {{ margin: 0; font: {body}pt/{line_height} "{font}" }}
h1 {{ margin: 0 0 10pt; font-size: {title}pt; text-align: center }}
table {{ width: {width}pt; margin: 0 auto; border-collapse: collapse; table-layout: fixed }}
table + table {{ margin-top: -{border}pt }}
td, th {{ border: {border}pt solid; padding: {padding_y}pt {padding_x}pt; text-align: center }}
th, .bold {{ font-weight: bold }}
.left {{ text-align: left }}
tr {{ break-inside: avoid }}
"""


def plain_html(form: FormTable, font: str = SYSTEM_FONT) -> str:
    """The form as a person would write it in HTML: the same grid with merged cells, all breaks left to
    the engine. Each block has only the columns it needs, column heads are a ``thead``, widths are fixed:
    what makes it quick is done, so that the rival is a good one.
    """
    heads = [number for number, row in enumerate(form.rows) if row.is_head]
    starts = sorted({0, *heads, len(form.rows)})
    tables = (_table(form, range(*pair)) for pair in pairwise(starts))
    geometry = form.geometry
    style = STYLE.format(
        page_width=geometry.page_width,
        page_height=geometry.page_height,
        margins=" ".join(f"{margin}pt" for margin in geometry.margins),
        body=geometry.body,
        title=geometry.title,
        line_height=geometry.line_height,
        padding_x=geometry.padding_x,
        padding_y=geometry.padding_y,
        width=form.width,
        border=BORDER_PT,
        font=font,
    )
    title = "<br>".join(map(escape, form.title))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape("".join(form.title))}'
        f"</title><style>{style}</style></head><body><h1>{title}</h1>{''.join(tables)}</body></html>"
    )


def _table(form: FormTable, rows: range) -> str:
    cells = [cell for cell in form.cells if cell.row in rows]
    used = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    widths = (form.edges[right] - form.edges[left] for left, right in pairwise(used))
    columns = "".join(f'<col style="width:{width:.2f}pt">' for width in widths)
    lines: dict[bool, list[str]] = {True: [], False: []}
    for number in rows:
        is_head = form.rows[number].is_head
        written = "".join(_cell(cell, used, is_head) for cell in cells if cell.row == number)
        lines[is_head].append(f"<tr>{written}</tr>")
    head = f"<thead>{''.join(lines[True])}</thead>" if lines[True] else ""
    return f"<table><colgroup>{columns}</colgroup>{head}<tbody>{''.join(lines[False])}</tbody></table>"


def _cell(cell: Cell, used: list[int], is_head: bool) -> str:
    span = used.index(cell.column + cell.column_span) - used.index(cell.column)
    spans = (("rowspan", cell.row_span), ("colspan", span))
    attributes = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    classes = [name for name, on in (("left", cell.align is Align.LEFT), ("bold", cell.bold)) if on]
    if classes:
        attributes += f' class="{" ".join(classes)}"'
    if cell.scale != 1:
        attributes += f' style="font-size:{cell.scale}em"'
    name = "th" if is_head else "td"
    return f"<{name}{attributes}>{'<br>'.join(escape(p.text) for p in cell.paragraphs)}</{name}>"


def grid_data(form: FormTable) -> str:
    """The form as JSON for the Typst template: title, columns, cells."""
    geometry = form.geometry
    cells = [
        {
            "row": cell.row,
            "column": cell.column,
            "rows": cell.row_span,
            "columns": cell.column_span,
            "left": cell.align is Align.LEFT,
            "bold": cell.bold,
            "scale": cell.scale,
            "text": [paragraph.text for paragraph in cell.paragraphs],
        }
        for cell in form.cells
    ]
    return json.dumps(
        {
            "page": [geometry.page_width, geometry.page_height, *geometry.margins],
            "body": geometry.body,
            "title_size": geometry.title,
            "leading": geometry.line_height - 1,
            "padding": [geometry.padding_x, geometry.padding_y],
            "border": BORDER_PT,
            "title": form.title,
            "edges": form.edges,
            "head": next(number for number, row in enumerate(form.rows) if row.is_head),
            "cells": cells,
        },
        ensure_ascii=False,
    )
