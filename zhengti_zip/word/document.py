"""DOCX: FormTable → pages → one Word table a page, with real styles, every input a content control.

python-docx puts styles, page, header, footer and properties into the frame (``templates/shared/frame.docx``).
The text, which would be slow cell by cell, is one template's XML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import docx
from docx.document import Document
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from zhengti_zip.base.package import zipped
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.geometry import BORDER_PT, Geometry
from zhengti_zip.grid.heights import signature_height
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.word.body import CellWriter, PageWriter
from zhengti_zip.word.content import WordPage, legal
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.dressing import add_data, add_page_numbers, add_watermark, set_page, set_properties
from zhengti_zip.word.styles import CellStyle, cell_styles, twips, write_styles

MAIN_PART = "word/document.xml"


def render_docx(
    table: FormTable,
    draft: bool = False,
    *,
    data: str = "",
    unlocked: bool = False,
    previous: FormTable | None = None,
    pages: Sequence[Page] | None = None,
) -> bytes:
    """The form as a Word file with the pages of the PDF; the same table gives the same bytes.

    Args:
        table: the form.
        draft: put a 草稿 watermark on every page.
        data: the submission as JSON, kept inside; "" leaves it out.
        unlocked: let labels, weights and computed values be edited too.
        previous: the form as it was; what changed since then is shown as tracked changes.
        pages: what :func:`paginate` gives of the table, where it is known already.
    """
    controls = Controls(table.prompts, unlocked)
    writer = PageWriter(table, controls, _cells(controls, previous))
    text = main_part(table, writer.edges, writer.write(paginate(table) if pages is None else pages))
    parts = {**_styled_frame(table.geometry, cell_styles(table)), MAIN_PART: text.encode("utf-8")}
    document = docx.Document(BytesIO(zipped(parts, ZIP_STORED)))
    section = document.sections[0]
    set_page(section, table.geometry)
    set_properties(document.core_properties, table)
    if draft:
        add_watermark(section)
    if table.page_numbers:
        add_page_numbers(section, table.geometry)
    if data:
        add_data(document, table, data)
    return zipped(_parts(document))


def _cells(controls: Controls, previous: FormTable | None) -> CellWriter:
    if previous is None:
        return CellWriter(controls)
    from zhengti_zip.word.changes import ComparedWriter

    return ComparedWriter(controls, previous)


def main_part(table: FormTable, edges: list[int], pages: list[WordPage]) -> str:
    """The XML of the text.

    Args:
        table: the form, for what all pages share.
        edges: x of every column edge in twips.
        pages: what stands on them.
    """
    count, geometry = len(table.signature), table.geometry
    return (
        _templates()
        .get_template("word.xml.j2")
        .render(
            pages=pages,
            columns=[right - left for left, right in pairwise(edges)],
            border=round(BORDER_PT * 8),
            padding_x=twips(geometry.padding_x),
            padding_y=twips(geometry.padding_y),
            signature=[legal(label) for label in table.signature],
            tab_stops=[twips(table.width * number / count) for number in range(1, count)],
            signature_space=twips(signature_height(table) / 2) if count else 0,
        )
    )


@lru_cache(maxsize=16)
def _styled_frame(geometry: Geometry, styles: frozenset[CellStyle]) -> Mapping[str, bytes]:
    """The parts of the frame with the styles of a form, which are the same for all that were entered on it.

    Kept, because they took a seventh of the time.
    """
    document = docx.Document(str(frame_file()))
    write_styles(document, geometry, styles)
    return _parts(document)


def _parts(document: Document) -> dict[str, bytes]:
    """The parts python-docx writes; it also writes the time of saving, which goes."""
    made = BytesIO()
    document.save(made)
    with ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def frame_file() -> Path:
    """The Word file of one empty page that every form starts from."""
    return _shared() / "frame.docx"


def _shared() -> Path:
    return templates_dir() / "shared"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_shared(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.filters["attribute"] = _attribute
    return made


def _attribute(text: str) -> Markup:
    """Text as it stands in an attribute, where XML would make spaces of line breaks and tabs."""
    return Markup(str(escape(legal(text))).replace("\n", "&#10;").replace("\t", "&#9;"))
