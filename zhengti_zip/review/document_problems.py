"""Problems of a reviewed Word file, with their place in it."""

from __future__ import annotations

from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity


def word_place(label: str) -> Place:
    """The place of a value in the Word file, named by its label."""
    return Place(None, f"Word 文件：{label}")


def document_problem(
    severity: Severity, code: str, message: str, remedy: str, path: InputPath, label: str, value: str = ""
) -> Problem:
    """A problem of the input ``path``, which the user knows as ``label``."""
    return Problem(severity, code, message, remedy, path, label, value, word_place(label))
