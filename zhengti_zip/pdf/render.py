"""PDF: FormTable → pages → HTML → PDF/A-3a with the data inside."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from zhengti_zip.base.errors import RenderError
from zhengti_zip.base.originals import Attachment
from zhengti_zip.base.resources import shared_dir
from zhengti_zip.grid.cover import plan_cover
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.html import page_html
from zhengti_zip.pdf.ruling import ruling

BASE = "base.css"

VARIANT = "pdf/a-3a"
"""The strictest PDF/A-3: level a asks for tags beside Unicode text (u) and faithful looks (b)."""


def render_pdf(
    table: FormTable,
    draft: bool = False,
    attachments: Sequence[Attachment] = (),
    pages: Sequence[Page] | None = None,
) -> bytes:
    """The form as a PDF/A-3a file; the same table and attachments give the same bytes.

    Args:
        table: the form.
        draft: print a 草稿 watermark on every page.
        attachments: files kept inside, e.g. the workbook it was made from.
        pages: what :func:`paginate` gives of the table, where it is known already.

    Raises:
        EnvironmentProblem: a library is missing.
        RenderError: the engine complained, a character is in no font, or the cover is too full.
    """
    _refuse_unprintable(table, draft)
    if table.cover and plan_cover(table, table.cover).is_too_full and not draft:
        raise RenderError(
            "封面放不下一页", "请在表定义中减少封面的栏目、缩短文字，或减小字号（layout.cover）"
        )
    pages = paginate(table) if pages is None else pages
    html = page_html(table, pages, draft)
    identifier = sha256(html.encode("utf-8"))
    for attachment in attachments:
        identifier.update(attachment.content)
    return render_html(
        html,
        len(pages) + table.cover_pages,
        pdf_variant=VARIANT,
        pdf_identifier=identifier.digest()[:16],
        attachments=attachments,
        fonts=table.fonts,
        base=(shared_dir() / BASE,),
        finisher=ruling(table, pages),
    )


def _refuse_unprintable(table: FormTable, draft: bool) -> None:
    lines = (line.text for line in table.outside)
    text = "".join([*table.title, *lines, *(cell.text for cell in table.cells)])
    if (missing := metrics_for(table.fonts).missing(text)) and not draft:
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:10])
        raise RenderError(
            f"字体中没有以下字符，无法打印：{named}",
            "请换用其他字词，或用 --font 指定含有这些字符的字体",
        )
