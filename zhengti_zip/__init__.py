"""zhengti-zip (整体自评): from a department's workbook to its scored 部门整体支出绩效自评表.

    from zhengti_zip import build, examine, read, render_pdf

    source = read("部门.xlsx")         # Submission, with the place of every input
    examined = examine(source)         # scores, everything wrong with it in Chinese, the laid-out table
    pdf = render_pdf(examined.table)   # bytes
    build(examined, "输出", "部门")     # 输出/部门.pdf and 输出/部门.docx

The public names are imported when first used, so that a program which only reads pays for no typesetting.
docs/api.md describes them; everything else may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.version import VERSION

if TYPE_CHECKING:
    from zhengti_zip.base.errors import ZhengtiError
    from zhengti_zip.comparing.comparison import compare
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.grid.lay_out import lay_out
    from zhengti_zip.pdf.render import render_pdf
    from zhengti_zip.printing.build import build
    from zhengti_zip.printing.options import PrintOptions
    from zhengti_zip.review.anyfile import read_any
    from zhengti_zip.scoring.evaluation import evaluate
    from zhengti_zip.word.document import render_docx
    from zhengti_zip.workbook.read.anyinput import read

__version__ = VERSION

_HOMES = {
    "PrintOptions": "zhengti_zip.printing.options",
    "ZhengtiError": "zhengti_zip.base.errors",
    "build": "zhengti_zip.printing.build",
    "compare": "zhengti_zip.comparing.comparison",
    "evaluate": "zhengti_zip.scoring.evaluation",
    "examine": "zhengti_zip.grid.examine",
    "lay_out": "zhengti_zip.grid.lay_out",
    "load_form": "zhengti_zip.form.loader",
    "read": "zhengti_zip.workbook.read.anyinput",
    "read_any": "zhengti_zip.review.anyfile",
    "render_docx": "zhengti_zip.word.document",
    "render_pdf": "zhengti_zip.pdf.render",
}

__all__ = [
    "PrintOptions",
    "ZhengtiError",
    "build",
    "compare",
    "evaluate",
    "examine",
    "lay_out",
    "load_form",
    "read",
    "read_any",
    "render_docx",
    "render_pdf",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
