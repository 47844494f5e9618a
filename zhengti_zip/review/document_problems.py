"""Problems of a reviewed Word file, with their place in it."""

from __future__ import annotations

from dataclasses import replace

from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity

WORD_FILE = "Word 文件"


def word_place(label: str) -> Place:
    """The place of a value in the Word file, named by its label."""
    return Place(None, f"{WORD_FILE}：{label}")


def in_file(problem: Problem, name: str) -> Problem:
    """A problem of one of several reviewed files: its place names the file."""
    place = problem.place
    if place is None or not place.cell.startswith(WORD_FILE):
        return replace(problem, message=f"{name}：{problem.message}")
    return replace(problem, place=Place(None, place.cell.replace(WORD_FILE, name, 1)))


def document_problem(
    severity: Severity, code: str, message: str, remedy: str, path: InputPath, label: str, value: str = ""
) -> Problem:
    """A problem of the input ``path``, which the user knows as ``label``."""
    return Problem(severity, code, message, remedy, path, label, value, word_place(label))
