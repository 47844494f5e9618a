"""Locate the lines outside the table: those above the title, the title itself and the signature line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhengti_zip.grid.table import Span
from zhengti_zip.review.cell_values import FoundValue
from zhengti_zip.review.located import ABOVE, BELOW, AlteredText
from zhengti_zip.review.locating import Key, Locating
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.placeholders import HINTS
from zhengti_zip.review.reviewed_text import ReviewedParagraph
from zhengti_zip.review.row_matching import match_in_order
from zhengti_zip.review.title_line import fixed_text, values_in_title
from zhengti_zip.submission.paths import InputPath


class LineLocator(Locating):
    """Locates the lines outside the table."""

    def _title(self) -> None:
        lines = [line for line in self._body.title if line.text.strip() or any(map(self._path_of, line.runs))]
        printed = self._baseline.title
        places: list[int | None] = list(range(len(lines)))
        if len(lines) != len(printed):
            places = match_in_order(printed, lines, self._title_likeness)
        for number, ((text, spans), place) in enumerate(zip(printed, places, strict=True)):
            self._title_line(text, spans, (-1, number), None if place is None else lines[place])
        for number, line in enumerate(lines):
            if number not in places:
                self._loose(line.text, ABOVE, line.runs)

    def _title_likeness(self, printed: tuple[str, tuple[Span, ...]], line: ReviewedParagraph) -> float:
        text, spans = printed
        here = set(map(self._path_of, line.runs))
        if any(span.path in here for span in spans) or without_space(text) == without_space(line.text):
            return 2.0
        return 0.1

    def _title_line(
        self, text: str, spans: tuple[Span, ...], key: Key, line: ReviewedParagraph | None
    ) -> None:
        values: Mapping[InputPath, str] = {}
        if line is not None:
            self._comments.note([line], text, is_shared=len(spans) > 1)
            values, is_intact = values_in_title(text, spans, line, self._path_of)
            if not is_intact:
                self._found.altered.append(AlteredText.of(text, line.text, line.runs))
        for span in spans:
            was = text[span.start : span.end]
            part = FoundValue(span.path, values.get(span.path))
            is_empty = not was and sum(s.start == s.end for s in spans) == 1
            self._comments_on(
                line, span.path, [*([part.text] if part.text else []), *(HINTS if is_empty else ())], text
            )
            runs = [] if line is None else line.runs
            own = [run for run in runs if self._path_of(run) == span.path]
            if not own and part.text != was:
                own = [run for run in runs if not self._path_of(run)]
            part.note(own)
            self._parts[span.path, key] = [(was, part)]

    def _comments_on(
        self, line: ReviewedParagraph | None, path: InputPath, values: Iterable[str], text: str
    ) -> None:
        """Note the comments on a value that has no control any more: those on words of it alone."""
        commented: dict[str, str] = {}
        for run in () if line is None else line.runs:
            for comment in run.comments:
                commented[comment] = commented.get(comment, "") + run.text
        for comment, words in commented.items():
            if words.strip() and any(words.strip() in value for value in values):
                self._comments.note_by_place(comment, path, text)

    def _is_signature(self, text: str, spans: tuple[Span, ...], line: ReviewedParagraph) -> bool:
        """Whether a paragraph is the signature line: by its controls or its text, else by its fixed words."""
        if self._title_likeness((text, spans), line) > 1:
            return True
        has_words = bool(without_space(fixed_text(text, spans)))
        return has_words and bool(spans) and values_in_title(text, spans, line, self._path_of)[1]

    def _others(self) -> None:
        text, spans = self._baseline.signature
        others = self._body.others
        place = next((n for n, line in enumerate(others) if self._is_signature(text, spans, line)), None)
        if spans:
            self._title_line(text, spans, (-2, 0), None if place is None else others[place])
        for number, paragraph in enumerate(others):
            typed = paragraph.text.strip()
            if number != place or not spans:
                self._comments.note([paragraph], typed)
            if number != place:
                self._loose(typed, BELOW, paragraph.runs)
