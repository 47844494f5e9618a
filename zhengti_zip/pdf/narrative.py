"""A document of headings, paragraphs, lists and tables as a PDF that looks like an official paper (公文)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from zhengti_zip.base.markdown import WHOLE_ROWS, Block, Entry, Heading, Table, widths
from zhengti_zip.base.templates import shared_templates
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.html import css_string, set_line
from zhengti_zip.pdf.render import VARIANT


def narrative_pdf(
    blocks: Sequence[Block], title: str, fonts: tuple[Path, ...] = (), *, draft: bool = False
) -> bytes:
    """The document as a tagged PDF; the same blocks give the same bytes.

    Args:
        title: for the document properties.
        fonts: font files for characters no bundled font has; what is missing then is printed as 〓.
        draft: whether every page has a 草稿 watermark.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
    """
    faces = metrics_for(fonts).other_faces
    html = (
        shared_templates()
        .get_template("narrative.html.j2")
        .render(
            title=legal_text(title),
            draft=draft,
            families=[css_string(family) for family, chars in faces if chars],
            blocks=[_prepared(block, fonts) for block in blocks],
        )
    )
    identifier = sha256(html.encode("utf-8")).digest()[:16]
    return render_html(html, fonts=fonts, pdf_variant=VARIANT, pdf_identifier=identifier)


def _prepared(block: Block, fonts: tuple[Path, ...]) -> dict[str, Any]:
    """What the template needs of a block: its tag, and its lines or its cells."""

    def put(text: str) -> Markup:
        return set_line(legal_text(text), fonts)

    if isinstance(block, Table):
        return {
            "tag": "table",
            "is_whole": len(block.rows) <= WHOLE_ROWS,
            "widths": [round(share * 100, 3) for share in widths(block)],
            "sides": [str(side) for side in block.sides],
            "heads": [put(head) for head in block.heads],
            "rows": [[put(cell) for cell in row] for row in block.rows],
        }
    if isinstance(block, Heading):
        return {"tag": f"h{block.level}", "lines": [put(block.text)]}
    text = f"{block.mark}{block.text}" if isinstance(block, Entry) else block.text
    return {"tag": "p", "lines": [put(line) for line in text.split("\n")]}
