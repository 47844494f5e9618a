"""PDF: FormTable → pages → HTML → WeasyPrint."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from zhengti_zip.errors import RenderError
from zhengti_zip.form.layout import Align
from zhengti_zip.render.engine import render_html
from zhengti_zip.render.measure import TITLE_GAP_LINES, title_lines
from zhengti_zip.render.metrics import FontMetrics
from zhengti_zip.render.pagination import PageCell, PagePart, paginate
from zhengti_zip.resources import templates_dir
from zhengti_zip.table import BORDER_PT, FormTable

SHARED = "shared"
GETA = "〓"
"""Stands for a character that cannot be printed, as in Chinese typesetting."""


@cache
def shared_templates() -> Environment:
    """The templates every form shares; all they print is escaped."""
    return Environment(
        loader=FileSystemLoader(templates_dir() / SHARED, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        auto_reload=False,
    )


def render_pdf(table: FormTable, draft: bool = False) -> bytes:
    """The form as a PDF file; the same table gives the same bytes.

    Args:
        table: the form.
        draft: print a 草稿 watermark on every page.

    Raises:
        EnvironmentProblem: a library is missing.
        RenderError: the engine complained.
    """
    _refuse_unprintable(table, draft)
    pages = paginate(table)
    html = page_html(table, pages, draft)
    identifier = sha256(html.encode("utf-8")).digest()[:16]
    return render_html(html, len(pages), pdf_identifier=identifier)


def _refuse_unprintable(table: FormTable, draft: bool) -> None:
    text = "".join([*table.title, *(cell.text for cell in table.cells)])
    if (missing := FontMetrics.bundled().missing(text)) and not draft:
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:10])
        raise RenderError(f"字体中没有以下字符，无法打印：{named}", "请换用其他字词或删除这些字符")


@cache
def _unusual() -> re.Pattern[str]:
    """Runs of characters of the symbol face; the only ones that need more than escaping."""
    return re.compile("[" + re.escape("".join(sorted(FontMetrics.bundled().symbols))) + "]+")


def set_line(text: str) -> Markup:
    """A line as HTML: escaped, symbols in their own face, what no face has as 〓 (in drafts only).

    Symbols get a span without line height: where Pango mixes two faces it makes the line higher than
    the row heights, which are computed, allow for.
    """
    if missing := FontMetrics.bundled().missing(text):
        text = text.translate({ord(char): GETA for char in missing})
    return Markup(_unusual().sub(r'<span class="symbol">\g<0></span>', str(escape(text))))


def page_html(table: FormTable, pages: list[PagePart], draft: bool = False) -> str:
    """The HTML that is typeset: one table a page, every line break decided."""
    scales = sorted({cell.scale for cell in table.cells})
    css = (
        shared_templates()
        .get_template("form.css.j2")
        .render(
            g=table.geometry,
            width=round(table.width + BORDER_PT, 4),
            border=BORDER_PT,
            scales=scales,
            title_gap=TITLE_GAP_LINES * table.geometry.title * table.geometry.line_height,
            draft=draft,
        )
    )
    title = [set_line(line) for line in title_lines(table)]
    around = 2 * table.geometry.padding_y + BORDER_PT
    return (
        shared_templates()
        .get_template("form.html.j2")
        .render(
            title="".join(table.title),
            author=table.department,
            css=Markup(css),
            widths=[
                round(right - left, 4) for left, right in zip(table.edges, table.edges[1:], strict=False)
            ],
            pages=[_page(page, title, scales, around) for page in pages],
            draft=draft,
        )
    )


def _page(page: PagePart, title: list[Markup], scales: list[float], around: float) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"is_head": row.is_head, "cells": []} for row in page.rows]
    for cell in page.cells:
        rows[cell.row]["cells"].append(_cell(cell, page, scales, around))
    return {"title": title if page.has_title else [], "rows": rows}


def _cell(cell: PageCell, page: PagePart, scales: list[float], around: float) -> dict[str, Any]:
    """What the template needs of a cell.

    The height is set on cells, not rows: given a row height, WeasyPrint takes the whole height of a
    merged cell for that of its last row.
    """
    source = cell.source
    classes = [f"s{scales.index(source.scale) + 1}"]
    if source.align is Align.LEFT:
        classes.append("left")
    if source.bold:
        classes.append("bold")
    if cell.is_cut:
        classes.append("cut")
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.row_span), ("colspan", source.column_span))
        if span > 1
    )
    height = sum(row.height for row in page.rows[cell.row : cell.row + cell.row_span]) - around
    tag = "th" if page.rows[cell.row].is_head else "td"
    return {
        "tag": tag,
        "spans": Markup(spans),
        "classes": " ".join(classes),
        "height": round(height, 4),
        "lines": [set_line(line.text) for line in cell.lines],
    }
