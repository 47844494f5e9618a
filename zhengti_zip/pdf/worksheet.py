"""评分底稿 as a PDF."""

from __future__ import annotations

from hashlib import sha256

from zhengti_zip.base.templates import shared_templates
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.grid.metrics import FontMetrics
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.html import css_string
from zhengti_zip.scoring.explanation import Explanation
from zhengti_zip.scoring.working_paper import sections, subtitle


def worksheet_pdf(explanation: Explanation) -> bytes:
    """The worksheet as PDF; characters in no font are printed as 〓.

    Raises:
        EnvironmentProblem, RenderError: as :func:`zhengti_zip.pdf.engine.render_html`.
    """
    html = (
        shared_templates()
        .get_template("worksheet.html.j2")
        .render(
            title=explanation.title,
            subtitle=_printable(subtitle(explanation)),
            footer_css=css_string(_printable(explanation.form_name)),
            sections=sections(explanation),
            printable=_printable,
        )
    )
    return render_html(html, pdf_identifier=sha256(html.encode("utf-8")).digest()[:16])


def _printable(text: str) -> str:
    return FontMetrics.bundled().printable(legal_text(text))
