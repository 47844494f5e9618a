"""The values of a form as texts: each as the printed form shows it, by its path."""

from __future__ import annotations

from zhengti_zip.base.answers import no_answer
from zhengti_zip.form.base import PERCENT_SIGN, ValueKind
from zhengti_zip.grid.content import Entry
from zhengti_zip.grid.examine import Examination
from zhengti_zip.grid.formats import number, shown
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import DERIVED, InputPath

TOTAL_SCORE = InputPath.total("score")


class Figures:
    """The values of one examined input."""

    def __init__(self, examined: Examination) -> None:
        source = examined.source
        self._entry = Entry(source.form, source.submission, examined.evaluation)
        self._printed: dict[str, str] = {}
        for cell in examined.table.cells:
            for paragraph in cell.paragraphs:
                if paragraph.path:
                    self._printed.setdefault(paragraph.path, paragraph.value)

    def text(self, path: str) -> str:
        """A value by its path, e.g. ``budget.total``, ``derived.execution_rate`` or ``total.score``; "" for none.

        A number stands as the form prints it, or as its kind is printed where this form does not print it.
        """
        form, evaluation = self._entry.form, self._entry.evaluation
        key = InputPath(path)
        if key.group == DERIVED:
            item = next((item for item in form.derived if item.path == path), None)
            text = item.text(evaluation.derived.get(path)) if item else ""
            return self._printed.get(path, text) if text else ""
        if path == TOTAL_SCORE:
            total = evaluation.total
            return "" if total is None else self._printed.get(path, number(total))
        value, asked = self._entry.submission.value(key), form.values.get(path)
        if value is None or asked is None:
            return "" if value is None else str(value)
        if isinstance(value, str):
            return "" if no_answer(value) and not asked.options else shown(value, asked).text
        printed = self._printed.get(path)
        if printed is None:
            return shown(value, asked).whole
        return printed + (PERCENT_SIGN if asked.kind is ValueKind.PERCENT else "")

    def label(self, path: str) -> str:
        """What the form calls an input."""
        asked = self._entry.form.values.get(path)
        return asked.label if asked else label_of(self._entry.form, InputPath(path))
