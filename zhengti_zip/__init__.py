"""zhengti-zip (整体自评): from a department's workbook to its scored 部门整体支出绩效自评表.

    from zhengti_zip import build, lay_out, read, render_pdf

    source = read("部门.xlsx")                     # Submission, with the place of every input
    problems = source.problems()                   # everything wrong with it, in Chinese
    evaluation = source.evaluate()                 # scores, total, grade
    table = lay_out(source.form, source.submission, evaluation)
    pdf = render_pdf(table)                        # bytes

Names are imported when first used, so that a program which only reads pays for no typesetting.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from zhengti_zip.anyfile import read_any
    from zhengti_zip.building import build
    from zhengti_zip.comparing import compare
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.layout import lay_out
    from zhengti_zip.pdf.render import render_pdf
    from zhengti_zip.reading import read
    from zhengti_zip.scoring import evaluate
    from zhengti_zip.word.document import render_docx

__all__ = [
    "build",
    "compare",
    "evaluate",
    "lay_out",
    "load_form",
    "read",
    "read_any",
    "render_docx",
    "render_pdf",
]

_HOMES = {
    "build": "zhengti_zip.building",
    "compare": "zhengti_zip.comparing",
    "evaluate": "zhengti_zip.scoring",
    "lay_out": "zhengti_zip.layout",
    "load_form": "zhengti_zip.form.loader",
    "read": "zhengti_zip.reading",
    "read_any": "zhengti_zip.anyfile",
    "render_pdf": "zhengti_zip.pdf.render",
    "render_docx": "zhengti_zip.word.document",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
