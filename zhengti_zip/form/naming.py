"""What the documents made beside a form are called after."""

from __future__ import annotations

import re

from zhengti_zip.form.definition import FormDefinition

_YEAR = re.compile(r"[（(]?\{[^}]*\}\s*年度?[）)]?")
_FIELD = re.compile(r"[（(]?\{[^}]*\}[）)]?")


def document_title(form: FormDefinition, document: str) -> str:
    """The title of a document about a form, e.g. ``部门整体支出绩效自评评分底稿``.

    Args:
        document: what kind of document it is, e.g. 评分底稿. It follows the line of the printed title that
            says what the form is, without year, department and the last character 表.
    """
    lines = (_FIELD.sub("", _YEAR.sub("", line)).strip() for line in form.title)
    name = next((line for line in lines if line.endswith("表")), form.name)
    return f"{name.removesuffix('表')}{document}"
