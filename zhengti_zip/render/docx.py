"""DOCX: FormTable → pages → one Word table a page, with real styles, every input a content control."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.render.docx_cells import CellWriter
from zhengti_zip.render.docx_controls import Controls
from zhengti_zip.render.docx_data import data_part
from zhengti_zip.render.docx_foot import signature
from zhengti_zip.render.docx_frame import Kind, frame
from zhengti_zip.render.docx_package import packed, properties_part
from zhengti_zip.render.docx_styles import PAGE_BREAK, SPACER, TITLE
from zhengti_zip.render.docx_table import TableWriter
from zhengti_zip.render.docx_xml import markup, paragraph
from zhengti_zip.render.pagination import PagePart, paginate
from zhengti_zip.table import FormTable


def render_docx(
    table: FormTable,
    draft: bool = False,
    *,
    data: str = "",
    unlocked: bool = False,
    previous: FormTable | None = None,
) -> bytes:
    """The form as a Word file with the pages of the PDF; the same table gives the same bytes.

    Args:
        table: the form.
        draft: put a 草稿 watermark on every page.
        data: the submission as JSON, kept inside; "" leaves it out.
        unlocked: let labels, weights and computed values be edited too.
        previous: the form as it was; what changed since then is shown as tracked changes.
    """
    controls = Controls(table.prompts, unlocked)
    text = "".join(_content(table, paginate(table), controls, _cells(controls, previous)))
    made = frame(Kind.of(table, draft, bool(data)))
    return packed(made.filled(text, properties_part(table), data_part(table, data) if data else b""))


def _cells(controls: Controls, previous: FormTable | None) -> CellWriter:
    if previous is None:
        return CellWriter(controls)
    from zhengti_zip.render.docx_compared import ComparedWriter

    return ComparedWriter(controls, previous)


def _content(
    table: FormTable, pages: Sequence[PagePart], controls: Controls, cells: CellWriter
) -> Iterator[str]:
    """Title and tables; Word needs a paragraph between two tables and after the last one."""
    writer = TableWriter(table, cells)
    inputs = (*table.title_inputs, *((),) * len(table.title))
    for number, page in enumerate(pages):
        start = paragraph(PAGE_BREAK if number else SPACER)
        lines = zip(table.title, inputs, strict=False) if page.has_title else ()
        title = "".join(cells.line(text, spans, TITLE) for text, spans in lines)
        yield controls.group(start + title + writer.part(page))
    yield markup(signature(table)) if table.signature else paragraph(SPACER)
